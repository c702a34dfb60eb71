"""What of an episode's overview is translated: words of ours, or of a model, as those of an edition are.

Of what was said, only the words are sent, and they stay, with the translation in brackets after them: nobody said it in
that language.
"""

from bot.domain.episode import Chapter, Episode
from bot.domain.translation.parts import Names, Part, foreign_parts


def names_of_episode(episode: Episode) -> Names:
    """Everybody who speaks in it, and the organizations and shows that it names."""
    people = {person.name for person in episode.people}
    people |= {entity.name for entity in episode.entities if entity.type == "person"}
    others = {entity.name for entity in episode.entities if entity.type == "organization"}
    others |= {episode.show} if episode.show else set()
    return Names(tuple(sorted(people)), tuple(sorted(others - people)))


def parts_of_overview(episode: Episode, language: str) -> tuple[Part, ...]:
    """The paragraph, and the titles of all chapters."""
    texts = [(f"overview[{n}]", told.text) for n, told in enumerate(episode.told)]
    texts += [(f"title[{chapter.number}]", chapter.title) for chapter in episode.chapters]
    return foreign_parts(texts, _speakers(episode), episode.card.language, language)


def parts_of_chapter(episode: Episode, chapter: Chapter, language: str) -> tuple[Part, ...]:
    """Its title and its summary."""
    texts = [("title", chapter.title), *((f"summary[{n}]", told.text) for n, told in enumerate(chapter.told))]
    return foreign_parts(texts, _speakers(episode), episode.card.language, language)


def parts_of_quotations(episode: Episode, chapter: Chapter, language: str) -> tuple[Part, ...]:
    """What is quoted of it: only the words that were said are translated."""
    texts = [(f"quote[{n}]", f"“{quote.text}”") for n, quote in enumerate(chapter.quotes)]
    return foreign_parts(texts, (), episode.language, language)


def _speakers(episode: Episode) -> tuple[str, ...]:
    """Names that stay in their letters, in one order."""
    return tuple(person.name for person in episode.people)
