"""Episodes of an invented podcast, as far as a picture of them asks."""

from collections.abc import Mapping, Sequence

from bot.domain.episode import (
    Chapter,
    ChapterKind,
    Entity,
    EntityType,
    Episode,
    EpisodeCard,
    EpisodePerson,
    Mention,
    Share,
)
from bot.domain.transcript import Origin, Times

ILSE, EDDA, PERPETUA = "Ilse Marrow", "Edda van der Wrenfield", "Perpetua Sand"
PEOPLE = (
    EpisodePerson(PERPETUA, "host"),
    EpisodePerson(ILSE, "guest"),
    EpisodePerson(EDDA, "guest"),
    EpisodePerson("Ruan Tallis", "named"),
)


def chapter(
    number: int,
    start: float,
    end: float,
    title: str = "What a repeater does",
    words: Mapping[str, int] | None = None,
    kind: ChapterKind = "topic",
) -> Chapter:
    """A chapter with what each says in it."""
    shares = tuple(Share(name, count) for name, count in (words or {}).items())
    return Chapter(number, kind, start, end, title, "", (), "publisher", (), shares)


def evenly(count: int, *, title: str = "What a repeater does", seconds: float = 60.0) -> list[Chapter]:
    """So many chapters of two who speak; every third is twice as long as the others."""
    found: list[Chapter] = []
    start = 0.0
    for number in range(1, count + 1):
        end = start + seconds * (2 if number % 3 == 0 else 1)
        found.append(chapter(number, start, end, title, {PERPETUA: 40, ILSE: 60}))
        start = end
    return found


def entity(name: str, *times: float, kind: EntityType = "concept") -> Entity:
    """Something named at these times."""
    return Entity(name, kind, "", (Mention(1.0, name),), times)


def episode(
    chapters: Sequence[Chapter],
    *,
    entities: Sequence[Entity] = (),
    people: Sequence[EpisodePerson] = PEOPLE,
    title: str = "The lamps that answer themselves",
    show: str | None = "Long Watch",
    duration: float | None = None,
    transcript: Origin | None = "publisher",
    times: Times = "given",
) -> Episode:
    """All of it."""
    card = EpisodeCard(transcript, times, "en", "selected")
    return Episode(
        "0" * 16, show, None, title, None, None, duration, "en", tuple(people), "", (), tuple(chapters),
        tuple(entities), card,
    )  # fmt: skip
