"""An episode to talk about, with its transcript. The show, its people, sites and words are invented.

All of it fits together as the real thing does: quotations and mentions are byte for byte in the transcript, chapters
follow each other, shares are counted.
"""

import re
from collections import Counter
from datetime import UTC, datetime

from bot.domain.durations import duration
from bot.domain.episode import (
    Chapter,
    ChapterKind,
    Entity,
    EntityType,
    Episode,
    EpisodeCard,
    EpisodeLink,
    EpisodePerson,
    EpisodeQuote,
    Mention,
    Series,
    Share,
    Told,
)
from bot.domain.item import item_id
from bot.domain.text.sentences import sentences
from bot.domain.transcript import Transcript, Utterance
from bot.ports.episodes import KeptEpisode

URL = "https://saltroad.example/12"
NADIA, TOBIN = "Nadia Quill", "Tobin Vale"
_END = 2400.0

_SAID: tuple[tuple[float, str, str], ...] = (
    (0, TOBIN, "A thermometer that nobody reads is only a decoration."),
    (12, NADIA, "This is Salt Road, the show about people who measure things. I am Nadia Quill."),
    (
        31,
        NADIA,
        (
            "My guest is Tobin Vale, who put nine hundred weather stations on the roofs of Lower Marrin, one house at "
            "a time."
        ),
    ),
    (58, TOBIN, "Nine hundred and twelve since this morning. A bakery asked for two."),
    (95, NADIA, "Why does a town of forty thousand people need nine hundred thermometers?"),
    (
        104,
        TOBIN,
        (
            "Because one roof is not a street. The harbour can be four degrees colder than the market square, and the "
            "Weather Office has a single mast between them."
        ),
    ),
    (151, NADIA, "So whom does the mast describe?"),
    (160, TOBIN, "The mast describes the mast. Everybody else gets a guess that is drawn through two points."),
    (
        212,
        TOBIN,
        (
            "When we drew the first map of Lower Marrin at night, the cold ran down the old river bed like water. "
            "Nobody at the Weather Office had seen that before, because nobody had anything to see it with."
        ),
    ),
    (298, NADIA, "And what did they say when you showed them the map?"),
    (310, TOBIN, "They asked how often we calibrate. That was the right question, and we had no answer."),
    (520, NADIA, "Let us stay with calibration. What does a cheap sensor get wrong?"),
    (
        533,
        TOBIN,
        (
            "It drifts. A Puffin board costs eleven crowns, and after one summer in the sun it reads almost a degree "
            "too warm. The plastic shield turns yellow, and yellow plastic keeps the heat."
        ),
    ),
    (601, NADIA, "Almost a degree is most of what you want to measure."),
    (
        612,
        TOBIN,
        (
            "It is all of what we want to measure. So every spring a volunteer carries a reference sensor from roof to "
            "roof for ten minutes each, and the drift of every station is taken off."
        ),
    ),
    (700, NADIA, "Who pays for the ten minutes?"),
    (709, TOBIN, "Nobody does. We call it the spring walk, and people bring soup."),
    (812, NADIA, "Iris Holm of the Weather Office wrote that volunteers cannot replace a maintained mast."),
    (
        826,
        TOBIN,
        (
            "Iris Holm is right about that. We never wanted to replace the mast; we want to know where it is wrong. A "
            "cheap sensor next to a good one tells you more than either of them alone."
        ),
    ),
    (1003, NADIA, "Salt Road is brought to you by Kettle and Rope, makers of coats for standing still in."),
    (1031, NADIA, "Kettle and Rope: type the word roof when you order, and the hood is free."),
    (1060, NADIA, "Tobin, who owns a measurement that is made on my roof?"),
    (
        1072,
        TOBIN,
        (
            "You do, until you give it to us. The Open Roof licence says that anyone may use the numbers, and that no "
            "one may ask which house they came from."
        ),
    ),
    (1140, NADIA, "An insurer has asked, as I hear."),
    (
        1150,
        TOBIN,
        (
            "An insurer has asked three times. They wanted hail by street and by name, and we said no, since a licence "
            "that bends once is a letter and not a licence."
        ),
    ),
    (1233, NADIA, "Could the town council simply order it?"),
    (
        1240,
        TOBIN,
        (
            "The council of Lower Marrin could try. Then nine hundred people would take a ladder and a screwdriver, "
            "and that would be the end of the map."
        ),
    ),
    (1420, NADIA, "That sounds like a threat."),
    (1426, TOBIN, "It is arithmetic. What is lent can be taken back."),
    (1650, NADIA, "Where does this go? You have spoken of a forecast for a single field."),
    (
        1662,
        TOBIN,
        (
            "A farmer does not need to know whether it freezes in the county. She needs to know whether it freezes in "
            "the lower corner, where the apricots are, before she lights the burners."
        ),
    ),
    (1741, NADIA, "Can you tell her?"),
    (
        1745,
        TOBIN,
        (
            "With the Puffin board in her orchard and one clear night of data, we were right on seventeen of twenty "
            "nights. The mast alone was right on eleven."
        ),
    ),
    (1830, NADIA, "What about the three nights?"),
    (
        1836,
        TOBIN,
        (
            "Fog. Fog came in from the harbour and we did not see it, since a thermometer that nobody reads is only a "
            "decoration, and that week nobody read ours."
        ),
    ),
    (
        1932,
        TOBIN,
        (
            "We now send a plain text message at four in the morning. It costs less than the apricots, and somebody "
            "wakes up."
        ),
    ),
    (2180, NADIA, "Tobin Vale, thank you. The spring walk begins on the second of April."),
    (2194, TOBIN, "Bring soup."),
    (2201, NADIA, "Salt Road comes back in two weeks. Good night."),
)

_CHAPTERS: tuple[tuple[ChapterKind, float, str, tuple[tuple[str, float], ...], tuple[float, ...]], ...] = (
    ("clip", 0, "A thermometer that nobody reads", (("Tobin Vale on what an unread thermometer is.", 0),), (0,)),
    (
        "intro",
        12,
        "Nine hundred roofs",
        (("Nadia Quill introduces Tobin Vale, who has put more than nine hundred weather stations on roofs.", 31),),
        (58,),
    ),
    (
        "topic",
        95,
        "One roof is not a street",
        (
            ("A single mast of the Weather Office stands for all of Lower Marrin, says Vale.", 104),
            ("The first map at night showed cold running down the old river bed.", 212),
            ("Asked how often the stations are calibrated, he had no answer.", 310),
        ),
        (104, 160),
    ),
    (
        "topic",
        520,
        "What a cheap sensor gets wrong",
        (
            ("A Puffin board costs eleven crowns and reads almost a degree too warm after one summer.", 533),
            ("Each spring volunteers carry a reference sensor from roof to roof.", 612),
            ("Vale agrees with Iris Holm that volunteers cannot replace a maintained mast.", 826),
        ),
        (601, 709, 826),
    ),
    ("ad", 1003, "Kettle and Rope", (("An advertisement for coats.", 1003),), ()),
    (
        "topic",
        1060,
        "Who owns a measurement",
        (
            ("Under the Open Roof licence the numbers are free and the houses stay unnamed.", 1072),
            ("An insurer asked three times for hail by street and by name, and was refused.", 1150),
        ),
        (1150, 1426),
    ),
    (
        "topic",
        1650,
        "A forecast for a single field",
        (
            ("With one station in an orchard the forecast was right on seventeen of twenty nights.", 1745),
            ("Fog from the harbour spoiled the other three.", 1836),
        ),
        (1662, 1745),
    ),
    ("outro", 2180, "Bring soup", (("The spring walk begins on the second of April.", 2180),), (2194,)),
)
_QUOTED = {
    0: "A thermometer that nobody reads is only a decoration.",
    58: "Nine hundred and twelve since this morning.",
    104: "Because one roof is not a street.",
    160: "The mast describes the mast.",
    601: "Almost a degree is most of what you want to measure.",
    709: "We call it the spring walk, and people bring soup.",
    826: "A cheap sensor next to a good one tells you more than either of them alone.",
    1150: "a licence that bends once is a letter and not a licence",
    1426: "What is lent can be taken back.",
    1662: "A farmer does not need to know whether it freezes in the county.",
    1745: "The mast alone was right on eleven.",
    2194: "Bring soup.",
}
_NAMED: tuple[tuple[str, EntityType, str], ...] = (
    ("Weather Office", "organization", "It has a single mast between the harbour and the market square."),
    ("Lower Marrin", "place", "A town of forty thousand people."),
    ("Puffin board", "software", ""),
    ("Iris Holm", "person", "Of the Weather Office."),
    ("Open Roof", "work", "A licence: anyone may use the numbers, and no one may ask which house they came from."),
    ("spring walk", "concept", "Volunteers carry a reference sensor from roof to roof."),
    ("Kettle and Rope", "organization", ""),
    ("mast", "concept", ""),
    ("Tobin Vale", "person", "He put nine hundred weather stations on the roofs of Lower Marrin."),
)
_TOLD = (
    ("Tobin Vale has put more than nine hundred cheap weather stations on the roofs of Lower Marrin.", (31.0,)),
    ("He tells Nadia Quill why a single mast of the Weather Office misses what happens between houses.", (104.0,)),
    (
        (
            "Cheap sensors drift, and once a year volunteers carry a reference sensor from roof to roof to take the "
            "drift off."
        ),
        (533.0, 612.0),
    ),
    ("An insurer that wanted hail by street and by name was refused three times.", (1150.0,)),
    ("In an orchard the stations were right about frost on seventeen nights of twenty, the mast on eleven.", (1745.0,)),
)


def transcript() -> Transcript:
    """What is said in it, each utterance with its time and speaker."""
    ends = [*(start for start, _, _ in _SAID[1:]), _END]
    said = tuple(
        Utterance(float(start), float(end), speaker, text, ad=1003 <= start < 1060)
        for (start, speaker, text), end in zip(_SAID, ends, strict=True)
    )
    return Transcript(said, "en", "publisher")


def episode() -> Episode:
    """Its overview: eight chapters, two speakers, nine people and things."""
    told = tuple(Told(text, at) for text, at in _TOLD)
    chapters = _chapters()
    quotes = sum(len(chapter.quotes) for chapter in chapters)
    return Episode(
        id=item_id(URL),
        show="Salt Road",
        series=None,
        title="Nine hundred thermometers",
        url=URL,
        published=datetime(2026, 11, 18, 6, 0, tzinfo=UTC),
        duration=_END,
        language="en",
        people=(
            EpisodePerson(NADIA, "host"),
            EpisodePerson(TOBIN, "guest"),
            EpisodePerson("Iris Holm", "named", "Weather Office"),
        ),
        overview=" ".join(line.text for line in told),
        links=(
            EpisodeLink("The map of Lower Marrin", "https://roofs.example/map", 212.0),
            EpisodeLink("The Open Roof licence", "https://roofs.example/licence"),
        ),
        chapters=chapters,
        entities=tuple(_entity(*named) for named in _NAMED),
        card=EpisodeCard(
            transcript="publisher",
            times="given",
            language="en",
            writer="selected",
            quotes=quotes,
            quotes_exact=quotes,
            sentences=len(told) + sum(len(chapter.told) for chapter in chapters),
        ),
        told=told,
        media="https://cdn.saltroad.example/12.mp3",
    )


def with_series() -> Series:
    """A show within the show."""
    return Series("Long walks", "◆")


def kept(tenant: str | None = None) -> KeptEpisode:
    """As it is stored; with a tenant, as of a file that somebody gave us."""
    return KeptEpisode(episode(), transcript(), datetime(2026, 11, 19, 8, 0, tzinfo=UTC), 1, tenant, "podcast:saltroad")


def _chapters() -> tuple[Chapter, ...]:
    ends = [*(start for _, start, _, _, _ in _CHAPTERS[1:]), _END]
    found: list[Chapter] = []
    for number, ((kind, start, title, lines, quoted), end) in enumerate(zip(_CHAPTERS, ends, strict=True), 1):
        told = tuple(Told(text, (at,)) for text, at in lines)
        quotes = tuple(_quote(at) for at in quoted)
        words: Counter[str] = Counter()
        for at, speaker, text in _SAID:
            if start <= at < end:
                words[speaker] += len(text.split())
        shares = tuple(Share(name, n) for name, n in sorted(words.items(), key=lambda one: (-one[1], one[0])))
        summary = " ".join(line.text for line in told)
        found.append(
            Chapter(number, kind, float(start), float(end), title, summary, quotes, "transcript", told, shares)
        )
    return tuple(found)


def _quote(at: float) -> EpisodeQuote:
    speaker, text = next((speaker, text) for start, speaker, text in _SAID if start == at)
    words = _QUOTED[int(at)]
    assert words in text, f"{words!r} is not said at {duration(at)}"
    return EpisodeQuote(float(at), words, speaker, "exact", clip_of=1836.0 if at == 0 else None)


def _entity(name: str, kind: EntityType, description: str) -> Entity:
    """With each place where it is named, reckoned by its characters."""
    mentions: list[Mention] = []
    ends = [*(start for start, _, _ in _SAID[1:]), _END]
    for (start, _, text), end in zip(_SAID, ends, strict=True):
        for found in re.finditer(re.escape(name), text):
            at = start + (end - start) * found.start() / len(text)
            sentence = next(text[a:b] for a, b in sentences(text) if a <= found.start() < b)
            mentions.append(Mention(round(at, 1), sentence))
    assert mentions, f"{name} is never named"
    return Entity(name, kind, description, tuple(mentions[:3]), tuple(mention.at for mention in mentions))
