"""An edition to talk about, and someone to talk to. Places, people and sites are invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.domain.edition import (
    Audio,
    AudioChapter,
    Card,
    Checks,
    Citation,
    Cited,
    CitedPassage,
    CitedThinker,
    Counter,
    Crux,
    Edition,
    Line,
    Position,
    Promises,
    PullQuote,
    Sentence,
    Signal,
    State,
    Story,
    Synthesis,
    Window,
)
from bot.domain.item import ItemKind
from bot.domain.message import Message
from bot.domain.place import Inbound, Place
from bot.domain.roster import ThinkerKind
from bot.ports.platform import Ref

DESK = "harbour"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

_CITED: tuple[tuple[str, str | None, ItemKind, str | None, tuple[str, ...]], ...] = (
    (
        "Ilka Morrow",
        "ilka-morrow",
        ItemKind.ARTICLE,
        "Nobody at the wheel",
        (
            "The driverless ferry Petrel crossed the Sallow strait 340 times in October without a pilot on board.",
            "Ilka Morrow calls the trial a success because no crossing was delayed by more than four minutes.",
            "“Fog is where a machine earns its fare,” the shipyard engineer Bram Oyelaran told me.",
        ),
    ),
    (
        "Harbour Pilots Union",
        "pilots-union",
        ItemKind.ARTICLE,
        "Statement on the Petrel trial",
        (
            "The union wants a licensed pilot aboard every ferry that carries passengers at night.",
            "On 3 November the Petrel stopped in the channel for nineteen minutes after a sensor iced over.",
            "We do not accept that a remote desk in Orrin counts as a crew.",
        ),
    ),
    (
        "Tove Lindqvist",
        "tove-lindqvist",
        ItemKind.POST,
        None,
        (
            "Passengers trust the Petrel more than its insurer does.",
            "The insurer Halden Mutual doubled the premium in November, which nobody mentions.",
        ),
    ),
    (
        "Sallow Gazette",
        "sallow-gazette",
        ItemKind.ARTICLE,
        "Council votes on night crossings",
        (
            "The Sallow council voted 11 to 6 on Tuesday to allow night crossings without a pilot until March.",
            "Mayor Renske Adair abstained.",
        ),
    ),
    (
        "Quill Foundation",
        "quill-foundation",
        ItemKind.RELEASE,
        "Quill 3.0",
        (
            "Quill 3.0 compiles the standard library in 41 seconds, down from 96.",
            "Quill 3.0 drops the permissive licence for the new Commons-2 licence.",
        ),
    ),
    (
        "Dario Feld",
        "dario-feld",
        ItemKind.ARTICLE,
        "Why I forked Quill",
        (
            "I forked Quill because Commons-2 forbids hosting the compiler as a paid service.",
            "A licence that asks who you are is no longer an open licence.",
            "The fork is called Nib and has six maintainers.",
        ),
    ),
    (
        "Amara Quist",
        "amara-quist",
        ItemKind.POST,
        "Paying for compilers",
        (
            "Three cloud companies earn money with Quill and none of them pays its maintainers.",
            "Commons-2 is the first licence in years that makes hosting companies share revenue.",
            "I sell consulting on Commons-2, so weigh my enthusiasm accordingly.",
        ),
    ),
    (
        "Ines Calloway",
        "ines-calloway",
        ItemKind.ARTICLE,
        "A wall of grass",
        (
            "The restored saltmarsh at Orrin Point lowered storm waves by a third in the October gale.",
            "Restoring the saltmarsh cost 2.4 million crowns, a ninth of the price of a sea wall.",
            "Grass needs eight years to grow dense enough, and nobody knows whether the sea will wait.",
        ),
    ),
    (
        "Port Authority of Orrin",
        "orrin-port",
        ItemKind.ARTICLE,
        "Flood defence review",
        (
            "The authority prefers a concrete sea wall because a marsh cannot be certified against a great flood.",
            "Construction of the wall would begin in spring 2028.",
        ),
    ),
    (
        "Jonas Brandt",
        "jonas-brandt",
        ItemKind.STAR,
        "marshlab/wavegauge",
        ("Wave gauges for saltmarshes, built from buoys and telephones.",),
    ),
    (
        "Voices Collective",
        "voices-collective",
        ItemKind.ARTICLE,
        "We are suing Larkspur",
        (
            "The Voices Collective sued Larkspur on Monday for training a narrator model on 9,000 audiobooks.",
            "Our readers were paid once for a book and never for a machine.",
        ),
    ),
    (
        "Larkspur Audio",
        "larkspur",
        ItemKind.ARTICLE,
        "On the lawsuit",
        (
            "Larkspur says its contracts with publishers cover training.",
            "Larkspur will not name the publishers before the hearing.",
        ),
    ),
    (
        "Mei Thorne",
        "mei-thorne",
        ItemKind.EPISODE,
        "Ledger of Sound 112",
        (
            "A narrator's breath is the first thing the model learns and the last thing a contract mentions.",
            "I expect a settlement before the hearing in January.",
        ),
    ),
    (
        "Grid Letter",
        "grid-letter",
        ItemKind.POST,
        "Heat at night",
        (
            "The night tariff for heat pumps falls to 11 cents per kilowatt-hour from December.",
            "Heat pumps used a fifth of the evening load in Sallow last winter.",
        ),
    ),
    (
        "Osric Vane",
        "osric-vane",
        ItemKind.ARTICLE,
        "Cheap nights, cold tenants",
        (
            "Tenants gain nothing from the night tariff since landlords choose the meter.",
            "Osric Vane proposes a cap on what landlords may charge for shared heat.",
        ),
    ),
)

_THINKERS: tuple[tuple[str, str | None, ThinkerKind, str | None, str | None], ...] = (
    ("Ilka Morrow", "ilka-morrow", ThinkerKind.PERSON, "@ilkamorrow", "https://morrow.example/"),
    ("Harbour Pilots Union", "pilots-union", ThinkerKind.ORGANIZATION, None, "https://pilots.example/"),
    ("Tove Lindqvist", "tove-lindqvist", ThinkerKind.PERSON, "@tove@social.example", None),
    ("Sallow Gazette", "sallow-gazette", ThinkerKind.ORGANIZATION, None, "https://gazette.example/"),
    ("Quill Foundation", "quill-foundation", ThinkerKind.ORGANIZATION, None, "https://quill.example/"),
    ("Dario Feld", "dario-feld", ThinkerKind.PERSON, "@dario", "https://feld.example/"),
    ("Amara Quist", "amara-quist", ThinkerKind.PERSON, None, "https://quist.example/"),
    ("Ines Calloway", "ines-calloway", ThinkerKind.PERSON, None, "https://calloway.example/"),
    ("Port Authority of Orrin", "orrin-port", ThinkerKind.ORGANIZATION, None, "https://port.example/"),
    ("Jonas Brandt", "jonas-brandt", ThinkerKind.PERSON, "jbrandt", None),
    ("Voices Collective", "voices-collective", ThinkerKind.ORGANIZATION, None, "https://voices.example/"),
    ("Larkspur Audio", "larkspur", ThinkerKind.ORGANIZATION, None, "https://larkspur.example/"),
    ("Mei Thorne", "mei-thorne", ThinkerKind.PODCAST, None, "https://ledger.example/"),
    ("Grid Letter", "grid-letter", ThinkerKind.NEWSLETTER, None, "https://grid.example/"),
    ("Osric Vane", "osric-vane", ThinkerKind.PERSON, "@osricvane", "https://vane.example/"),
)


def _citations() -> tuple[Citation, ...]:
    found = []
    for n, (thinker, thinker_id, kind, title, passages) in enumerate(_CITED, 1):
        timed = kind is ItemKind.EPISODE
        spans = tuple(
            CitedPassage(f"{n}.{i}", text, 760.0 + 60 * i if timed else None) for i, text in enumerate(passages, 1)
        )
        url = f"https://{(thinker_id or 'site')}.example/{n}"
        published = datetime(2026, 11, 20, n % 12, 5, tzinfo=UTC)
        found.append(Citation(n, f"{n:016x}", thinker, thinker_id, None, kind, title, url, published, spans))
    return tuple(found)


def _story(
    edition: str,
    number: int,
    title: str,
    topic: str,
    cited: tuple[int, ...],
    *,
    question: str | None,
    standfirst: Sentence,
    positions: tuple[Position, ...],
    counter: Counter,
    body: tuple[Sentence, ...],
    signal: Signal,
    state: State = "new",
    synthesis: Synthesis | None = None,
    crux: Crux | None = None,
    pull_quote: PullQuote | None = None,
) -> Story:
    return Story(
        f"{edition}/{number}",
        number,
        title,
        question,
        standfirst,
        topic,
        state,
        None,
        signal,
        positions,
        counter,
        body,
        synthesis,
        crux,
        pull_quote,
        (),
        None,
        None,
        (),
        cited,
    )


def _counted(voices: int, items: int, usual: float | None, now: Sentence) -> Signal:
    burst = None if usual is None else items / usual
    return Signal(voices, items, 12.0, usual, burst, None, 1.0, now)


def _said(n: str, text: str) -> Sentence:
    return Sentence(text, (n,))


def _stories(edition: str) -> tuple[Story, ...]:
    voted = _said("4.1", "The Sallow council allows night crossings without a pilot until March.")
    ferry = _story(
        edition,
        1,
        "A ferry without a pilot: safe enough at night?",
        "Petrel ferry",
        (1, 2, 3, 4),
        question="Is a driverless ferry safe enough to carry passengers at night?",
        standfirst=voted,
        positions=(
            Position(
                "Harbour Pilots Union",
                "pilots-union",
                "against",
                "Wants a licensed pilot aboard every night ferry.",
                ("2.1",),
            ),
            Position(
                "Ilka Morrow", "ilka-morrow", "for", "Calls the trial a success: no delay above four minutes.", ("1.2",)
            ),
            Position("Bram Oyelaran", None, "for", "Says fog is where a machine earns its fare.", ("1.3",)),
        ),
        counter=Counter(
            "person",
            "conflict",
            "Harbour Pilots Union",
            "pilots-union",
            "The Petrel stopped for nineteen minutes.",
            ("2.2",),
        ),
        body=(voted, _said("1.1", "The Petrel crossed the strait 340 times in October.")),
        signal=_counted(4, 7, 0.6, voted),
        state="update",
        crux=Crux("Does a remote desk count as a crew?", "A ruling on what the licence demands at night.", ("2.3",)),
        pull_quote=PullQuote("Fog is where a machine earns its fare", "Bram Oyelaran", None, "exact", None, ("1.3",)),
    )
    drops = _said("5.2", "Quill 3.0 drops its permissive licence for Commons-2.")
    quill = _story(
        edition,
        2,
        "Quill changes its licence, and a fork follows",
        "Quill licence",
        (5, 6, 7),
        question="Is Commons-2 an open licence?",
        standfirst=drops,
        positions=(
            Position("Dario Feld", "dario-feld", "against", "A licence that asks who you are is not open.", ("6.2",)),
            Position("Amara Quist", "amara-quist", "for", "Commons-2 makes hosting companies share revenue.", ("7.2",)),
        ),
        counter=Counter(
            "person", "scope", "Amara Quist", "amara-quist", "None of three cloud companies pays.", ("7.1",)
        ),
        body=(drops, _said("6.1", "Dario Feld forked Quill over a clause on paid hosting.")),
        signal=_counted(3, 3, None, drops),
        synthesis=Synthesis("split", "They split over openness.", ("6.2", "7.2")),
        pull_quote=PullQuote(
            "A licence that asks who you are is no longer an open licence.",
            "Dario Feld",
            "dario-feld",
            "exact",
            None,
            ("6.2",),
        ),
    )
    marsh_now = _said("8.1", "The saltmarsh at Orrin Point lowered storm waves by a third.")
    marsh = _story(
        edition,
        3,
        "Saltmarsh or sea wall at Orrin Point",
        "Orrin flood defence",
        (8, 9, 10),
        question="Can grass replace a wall?",
        standfirst=marsh_now,
        positions=(
            Position("Ines Calloway", "ines-calloway", "for", "The marsh cost a ninth of a wall.", ("8.2",)),
            Position("Port Authority of Orrin", "orrin-port", "adjacent", "A marsh cannot be certified.", ("9.1",)),
        ),
        counter=Counter("argument", None, None, None, "One gale is a small sample.", ()),
        body=(marsh_now,),
        signal=_counted(3, 4, 1.5, marsh_now),
        state="developing",
    )
    sued = _said("11.1", "The Voices Collective sued Larkspur on Monday.")
    voices = _story(
        edition,
        4,
        "Narrators sue Larkspur over a model of their voices",
        "Narrator models",
        (11, 12, 13),
        question=None,
        standfirst=sued,
        positions=(
            Position(
                "Voices Collective", "voices-collective", "for", "Readers were never paid for a machine.", ("11.2",)
            ),
        ),
        counter=Counter("none", None, None, None, "", ()),
        body=(sued,),
        signal=_counted(3, 3, 0.4, sued),
        synthesis=Synthesis("one_sided", "Only one side has evidence.", ("11.2",)),
    )
    tariff = _said("14.1", "The night tariff for heat pumps falls in December.")
    heat = _story(
        edition,
        5,
        "A night tariff that tenants may never see",
        "Night tariff",
        (14, 15),
        question=None,
        standfirst=tariff,
        positions=(),
        counter=Counter("person", None, "Osric Vane", "osric-vane", "Tenants gain nothing from it.", ("15.1",)),
        body=(tariff,),
        signal=_counted(2, 2, None, tariff),
        state="settled",
    )
    return ferry, quill, marsh, voices, heat


def sample(identity: str = "harbour-20261120-am-0a1b2c3d", *, end: datetime = NOON) -> Edition:
    """An edition of five stories, fifteen citations and as many thinkers."""
    stories = _stories(identity)
    thinkers = tuple(
        CitedThinker(name, key, kind, handle, url, tuple(s.id for s in stories if n in s.citations))
        for n, (name, key, kind, handle, url) in enumerate(_THINKERS, 1)
    )
    card = Card(
        sources_read=15,
        sources_down=(),
        items_read=40,
        items_used=15,
        cited=Cited(15, 15),
        checks=Checks(1, 1, 20, 0, 20, 0),
        writer="selected",
        tokens={"in": 0, "out": 0, "cached": 0},
        cost=0.0,
        seconds=None,
    )
    window = Window(end.replace(hour=0), end)
    return Edition(
        identity,
        DESK,
        "am",
        date(2026, 11, 20),
        window,
        "en",
        "A ferry, a fork, a marsh",
        ("1.1",),
        "Five quarrels.",
        ("2.1",),
        stories,
        _citations(),
        thinkers,
        None,
        Promises(),
        (),
        card,
    )


def spoken(edition: Edition) -> Edition:
    """The same edition with an audio of two parts and a dialogue."""
    first = edition.stories[0]
    chapters = (
        AudioChapter("cold_open", None, "Opening", 0.0, 20.0),
        AudioChapter("story", first.id, first.title, 20.0, 444.0),
    )
    audio = Audio("media/1.mp3", 444.0, 3_000_000, ("ada", "lin"), "media/1.txt", chapters)
    lines = (Line("Ada", "Good morning.", None, ()), Line("Lin", "The Petrel stopped once.", first.id, ("2.2",)))
    return replace(edition, audio=audio, dialogue=lines)


def older(identity: str = "harbour-20261119-pm-0a1b2c3e") -> Edition:
    """An earlier edition of the same desk with one story: the kelp farms of Brae."""
    edition = sample(identity, end=datetime(2026, 11, 19, 18, 0, tzinfo=UTC))
    text = "Kelp farms at Brae sold 700 tonnes of seaweed to bakeries this autumn."
    passage = CitedPassage("1.1", text)
    citation = replace(
        edition.citations[0],
        title="Kelp for bread",
        url="https://morrow.example/kelp",
        item="kelp",
        passages=(passage,),
    )
    said = _said("1.1", text)
    story = replace(
        edition.stories[0],
        title="Kelp farms find bakers",
        topic="Kelp",
        question=None,
        standfirst=said,
        positions=(),
        body=(said,),
        counter=Counter("none", None, None, None, "", ()),
        crux=None,
        pull_quote=None,
        citations=(1,),
    )
    return replace(edition, slot="pm", stories=(story,), citations=(citation,), thinkers=edition.thinkers[:1])


def typed(text: str, **facts: object) -> Inbound:
    """A message in the thread of an edition."""
    message = Inbound("m1", Place("console", "lobby", "thread"), "omar", text, NOON, "en")
    return replace(message, **facts)  # type: ignore[arg-type]  # the caller names fields of Inbound


@dataclass
class FakeReplyHandle:
    """Keeps what was answered, with whether it was private."""

    answers: list[tuple[Message, bool]] = field(default_factory=list)
    failures: Sequence[Exception] = ()
    """Raised one after the other by the first answers."""
    progresses: list[Message] = field(default_factory=list)
    progress_failures: Sequence[Exception] = ()
    """The same, by the first progress."""

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Keep the answer."""
        if self.failures:
            first, *rest = self.failures
            self.failures = rest
            raise first
        self.answers.append((message, private))
        return None

    async def progress(self, message: Message) -> None:
        """Keep it."""
        if self.progress_failures:
            first, *rest = self.progress_failures
            self.progress_failures = rest
            raise first
        self.progresses.append(message)
