"""A small valid edition in words of our own: a conflict, an argument of ours, a story without a counter view.

`edition()` passes every check; `edition(title="…")` changes fields of it. The field (clocks, charts and lamps of an
invented coast) and its people do not exist.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.edition import (
    Card,
    Checks,
    Citation,
    Cited,
    CitedPassage,
    CitedThinker,
    ClosedPromise,
    Connection,
    Counter,
    Crux,
    Edition,
    Line,
    PlainWord,
    Position,
    Promise,
    Promises,
    PullQuote,
    Sentence,
    Signal,
    SourceDown,
    Story,
    Synthesis,
    Window,
)
from bot.domain.item import ItemKind
from bot.domain.roster import ThinkerKind

ID = "harbour-20260303-am-1a2b3c4d"
WINDOW = Window(datetime(2026, 3, 2, 18, tzinfo=UTC), datetime(2026, 3, 3, 6, tzinfo=UTC))
QUILL, VALE, REVIEW, WORKS, MOL = "Ada Quill", "Orrin Vale", "Tidewater Review", "Harbour Works", "Вера Мол"
IDS = {QUILL: "ada-quill", VALE: "orrin-vale", REVIEW: "tidewater", WORKS: "harbour-works", MOL: "vera-mol"}


def edition(**changes: Any) -> Edition:
    """The edition, with some of its fields changed."""
    whole = Edition(
        id=ID,
        desk="harbour",
        slot="am",
        date=date(2026, 3, 3),
        window=WINDOW,
        language="en",
        title="Quill drops gears, Wexmouth keeps paper, a lamp loses its keeper",
        title_evidence=("1.1", "2.1", "3.2"),
        lede="Ada Quill swapped 14 gears for 3 magnets; Orrin Vale says magnets drift.",
        lede_evidence=("1.2", "4.1"),
        stories=(clocks(), charts(), lamps()),
        citations=citations(),
        thinkers=thinkers(),
        open_question=Sentence("Who notices first when a clock, a chart or a lamp is wrong?", ("4.1", "3.2")),
        promises=Promises(
            made=(
                Promise(
                    f"{ID}#1",
                    f"{ID}/1",
                    "We will look at the drift of the magnets again.",
                    datetime(2026, 3, 10, 6, tzinfo=UTC),
                    ("4.1",),
                ),
            ),
            closed=(
                ClosedPromise(
                    "harbour-20260220-pm-0c0d0e0f#1", "happened", "Wexmouth has printed its charts.", ("2.2",)
                ),
            ),
        ),
        dialogue=dialogue(),
        card=card(),
    )
    return replace(whole, **changes)


def clocks() -> Story:
    """Story 1: a real conflict, a crux, a burst, an exact pull quote."""
    return Story(
        id=f"{ID}/1",
        number=1,
        title="Tide clocks: fewer gears, or a mistake",
        question="Should a tide clock keep its gears?",
        standfirst=Sentence(
            "Quill built a tide clock with fewer gears; Vale calls that a mistake.", ("1.1", "1.2", "4.1")
        ),
        topic="Tide clocks",
        state="new",
        continues=None,
        signal=Signal(4, 6, 12.0, 0.8, 7.5, 0.004, 1.0, Sentence("Harbour masters began to test it.", ("5.1",))),
        positions=(
            Position(QUILL, IDS[QUILL], "for", "Says 3 magnets do the work of 14 gears.", ("1.2",)),
            Position(VALE, IDS[VALE], "against", "Says magnets “drift by nine minutes a week.”", ("4.1",)),
            Position("Imke Sand", None, "adjacent", "Would not sail by a magnet.", ("5.2",)),
        ),
        counter=Counter(
            "person", "conflict", VALE, IDS[VALE], "Fewer gears is a mistake, Vale says: the magnets drift.", ("4.1",)
        ),
        body=(
            Sentence("Ada Quill replaced 14 gears with 3 magnets and lost 40% of the weight.", ("1.2",)),
            Sentence("Vale answers that magnets “drift by nine minutes a week.”", ("4.1",)),
            Sentence("Imke Sand, who keeps the Low Pier clock, said, “I would not sail by a magnet.”", ("5.2",)),
            Sentence("Harbour Works released Tidekit 2.1, a kit for such clocks.", ("6.1",)),
        ),
        synthesis=Synthesis("split", "Quill counts weight, Vale counts minutes.", ("1.2", "4.1")),
        crux=Crux("Do the magnets drift?", "A month beside a geared clock would show the drift in minutes.", ("4.1",)),
        pull_quote=PullQuote("magnets drift by nine minutes a week", VALE, IDS[VALE], "exact", None, ("4.1",)),
        plain_words=(PlainWord("drift", "to go wrong a little every day, always the same way"),),
        analogy="A lighter boat is faster until somebody asks it to carry something.",
        so_what="Ask what a simpler thing has stopped measuring.",
        connects_to=(Connection(f"{ID}/2", "A paper chart needs no clock and nobody has to charge it.", ("2.3",)),),
        citations=(1, 2, 4, 5, 6),
    )


def charts() -> Story:
    """Story 2: nobody disagrees; a normalised pull quote."""
    return Story(
        id=f"{ID}/2",
        number=2,
        title="Paper charts outsell screens in Wexmouth",
        question=None,
        standfirst=Sentence("Paper charts outsold screens for the third year.", ("2.1",)),
        topic="Paper charts",
        state="update",
        continues="harbour-20260220-pm-0c0d0e0f/2",
        signal=Signal(
            2, 2, 12.0, None, None, None, 0.4, Sentence("The harbour office printed 1,200 charts.", ("2.2",))
        ),
        positions=(
            Position(REVIEW, IDS[REVIEW], "for", "Finds that a paper chart still works when it is wet.", ("2.3",)),
        ),
        counter=Counter("none", None, None, None, "No source in this window says otherwise.", ()),
        body=(
            Sentence("In Wexmouth paper charts outsell screens for the third year.", ("2.1",)),
            Sentence("The harbour office printed one thousand two hundred charts on 2 March.", ("2.2",)),
            Sentence("Tidewater Review: “A paper chart ‘still works’ when it is wet.”", ("2.3",)),
        ),
        synthesis=None,
        crux=None,
        pull_quote=PullQuote(
            "a paper chart 'still works' when it is wet", REVIEW, IDS[REVIEW], "normalised", None, ("2.3",)
        ),
        plain_words=(),
        analogy=None,
        so_what=None,
        connects_to=(),
        citations=(2,),
    )


def lamps() -> Story:
    """Story 3: our own argument, a translated pull quote."""
    return Story(
        id=f"{ID}/3",
        number=3,
        title="The lamp at Grauholm runs without a keeper",
        question=None,
        standfirst=Sentence("Grauholm has sent its last keeper home.", ("3.1",)),
        topic="Lamps",
        state="new",
        continues=None,
        signal=Signal(2, 3, 12.0, 2.0, None, None, 0.5, Sentence("The keeper left on Monday.", ("3.1",))),
        positions=(Position(MOL, IDS[MOL], "for", "Says a lamp that shines does not see.", ("7.1",)),),
        counter=Counter("argument", None, None, None, "A lamp was never asked to see, only to be seen.", ()),
        body=(
            Sentence("The lamp at Grauholm lost its keeper on Monday.", ("3.1",)),
            Sentence("The harbour office says the lamp costs less without a keeper.", ("3.2",)),
        ),
        synthesis=Synthesis("one_sided", "Only the harbour office has counted what a keeper costs.", ("3.2",)),
        crux=None,
        pull_quote=PullQuote(
            "A lamp without a keeper shines, but it does not see.",
            MOL,
            IDS[MOL],
            "translated",
            "Маяк без смотрителя светит, но не видит.",
            ("7.1",),
        ),
        plain_words=(),
        analogy=None,
        so_what=None,
        connects_to=(Connection(f"{ID}/1", "Here, too, somebody stopped watching minutes.", ("4.1",)),),
        citations=(3, 4, 7),
    )


def citations() -> tuple[Citation, ...]:
    """Seven items by five thinkers, in order of first use."""
    return (
        _cited(
            1, QUILL, ItemKind.ARTICLE, "Tide clocks need fewer gears",
            "Tide clocks need fewer gears", "We replaced 14 gears with 3 magnets and lost 40 percent of the weight.",
        ),
        _cited(
            2, REVIEW, ItemKind.ARTICLE, "Paper charts outsell screens for the third year in Wexmouth",
            "Paper charts outsell screens for the third year in Wexmouth",
            "The harbour office has printed 1,200 charts.",
            "A paper chart “still works” when it is wet, and nobody has to charge it.",
        ),
        _cited(
            3, REVIEW, ItemKind.ARTICLE, "Grauholm lamp loses its keeper",
            "Grauholm sent its last keeper home on Monday.",
            "The harbour office says that the lamp costs less without a keeper.",
        ),
        _cited(4, VALE, ItemKind.POST, None, "Fewer gears is a mistake: magnets drift by nine minutes a week."),
        _cited(
            5, REVIEW, ItemKind.ARTICLE, "Harbour masters test tide clocks without gears",
            "Harbour masters test tide clocks without gears",
            "“I would not sail by a magnet,” said Imke Sand, who keeps the Low Pier clock.",
        ),
        _cited(6, WORKS, ItemKind.RELEASE, "Tidekit 2.1", "Tidekit 2.1: a kit for clocks without gears"),
        _cited(7, MOL, ItemKind.POST, None, "Маяк без смотрителя светит, но не видит."),
    )  # fmt: skip


def thinkers() -> tuple[CitedThinker, ...]:
    """Everyone cited, and one who is only quoted."""
    return (
        CitedThinker(QUILL, IDS[QUILL], ThinkerKind.PERSON, "@quill", "https://quill.example/", (f"{ID}/1",)),
        CitedThinker(
            REVIEW,
            IDS[REVIEW],
            ThinkerKind.NEWSLETTER,
            None,
            "https://tidewater.example/",
            tuple(f"{ID}/{n}" for n in (1, 2, 3)),
        ),
        CitedThinker(VALE, IDS[VALE], ThinkerKind.PERSON, "@vale", "https://vale.example/", (f"{ID}/1", f"{ID}/3")),
        CitedThinker(WORKS, IDS[WORKS], ThinkerKind.ORGANIZATION, None, "https://works.example/", (f"{ID}/1",)),
        CitedThinker(MOL, IDS[MOL], ThinkerKind.PERSON, None, "https://mol.example/", (f"{ID}/3",)),
        CitedThinker("Imke Sand", None, "quoted", None, None, (f"{ID}/1",)),
    )


def dialogue() -> tuple[Line, ...]:
    """Two hosts: sign-on, three stories, the open question, sign-off."""
    one, two, three = (f"{ID}/{n}" for n in (1, 2, 3))
    return (
        Line("Runa", "This is Counterpoint. I am Runa.", None, ()),
        Line("Tolm", "I am Tolm. Every claim has its number in the thread.", None, ()),
        Line("Runa", "Tide clocks. Six items, four voices.", one, ("1.1",)),
        Line("Tolm", "Ada Quill lost 40 percent of the weight with 3 magnets.", one, ("1.2",)),
        Line("Runa", "Orrin Vale says, “Fewer gears is a mistake.”", one, ("4.1",)),
        Line("Tolm", "In Wexmouth paper still outsells screens.", two, ("2.1",)),
        Line("Runa", "And at Grauholm a lamp runs alone.", three, ("3.1",)),
        Line("Tolm", "So who notices first when something is wrong?", None, ("4.1", "3.2")),
        Line("Runa", "Tell us in the thread.", None, ()),
    )


def card() -> Card:
    """What the edition's card says."""
    return Card(
        sources_read=9,
        sources_down=(SourceDown("Low Pier Letters", "feed:https://lowpier.example/feed.xml", "did not answer"),),
        items_read=41,
        items_used=8,
        cited=Cited(7, 5),
        checks=Checks(
            quotes=8, quotes_exact=6, sentences=39, sentences_dropped=1, sentences_extractive=2, duplicates=1
        ),
        writer="written by tide-model-1, checked",
        tokens={"in": 5200, "out": 1400, "cached": 0},
        cost=0.02,
        seconds=31.5,
        sources_silent=1,
    )


def _cited(n: int, thinker: str, kind: ItemKind, title: str | None, *texts: str) -> Citation:
    return Citation(
        n=n,
        item=f"{n:016x}",
        thinker=thinker,
        thinker_id=IDS[thinker],
        handle=None,
        kind=kind,
        title=title,
        url=f"https://{IDS[thinker]}.example/{n}",
        published=datetime(2026, 3, 2, 18 + n % 6, tzinfo=UTC),
        passages=tuple(CitedPassage(f"{n}.{k}", text) for k, text in enumerate(texts, 1)),
    )
