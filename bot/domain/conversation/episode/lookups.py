"""Look-ups of an episode besides its chapters: people and terms, sources, sound, transcript, help."""

from bot.domain.chapters import fitting
from bot.domain.conversation.episode.saying import (
    around,
    at,
    listening,
    quotation,
    replying,
    said,
    span,
    told,
    turn,
    within,
)
from bot.domain.conversation.episode.shelf import EpisodeShelf
from bot.domain.conversation.people import matching, names_near, says_name
from bot.domain.conversation.wording import Wording
from bot.domain.conversation.words import Command
from bot.domain.edition import Sentence
from bot.domain.episode import Entity, EpisodePerson, Mention
from bot.domain.episodes.moments import words_of
from bot.domain.reply import MOST_WORDS_OF_AN_ITEM, Action, Reply

_HELP = ("chapter", "chapters", "quotes", "deeper", "people", "who", "transcript", "sources", "language", "ask")
_MOST_MENTIONS = 5
_MOST_PASSAGES = 3
_PAGE = 300
"""Words of a transcript on a page, of one that who asks has brought along."""


def overview(shelf: EpisodeShelf, wording: Wording) -> Reply:
    """What the episode is about: its overview, as an answer."""
    lines = [told(line, shelf) for line in shelf.episode.told] or [Sentence(shelf.episode.overview, ())]
    del wording
    return replying("answer", lines, shelf, [Action("all-chapters", "list")])


def people(shelf: EpisodeShelf, wording: Wording) -> Reply:
    """Who speaks, then everybody and everything that is named, with its first time."""
    episode = shelf.episode
    speakers = [_person(person, wording) for person in episode.people if person.role != "named"]
    named = [_entity(entity, shelf, wording) for entity in named_of(shelf)]
    lines = [*speakers, *named] or [wording.plain("people-none")]
    return replying("people", lines, shelf, [Action("all-chapters", "list")])


def named_of(shelf: EpisodeShelf) -> list[Entity]:
    """What is spoken of; who speaks is listed above it."""
    speakers = {person.name for person in shelf.episode.people if person.role != "named"}
    return [entity for entity in shelf.episode.entities if entity.name not in speakers]


def who(name: str, shelf: EpisodeShelf, wording: Wording) -> Reply:
    """Somebody or something of the episode: the role, what is said of it, where it is named, what they say."""
    episode = shelf.episode
    names = [*(person.name for person in episode.people), *(entity.name for entity in episode.entities)]
    found = matching(name, list(dict.fromkeys(names)))
    if found is None:
        return _unknown(name, shelf, wording)
    lines = [_person(person, wording) for person in episode.people if person.name == found]
    entity = next((entity for entity in episode.entities if entity.name == found), None)
    if entity is not None:
        lines = [*lines[:1], *([] if lines else [_entity(entity, shelf, wording)])]
        if entity.description and episode.people and lines[0].evidence == ():
            lines.append(Sentence(entity.description, at(shelf, *entity.times[:1])))
        lines += [Sentence(wording.quote(one.text), at(shelf, one.at)) for one in _mentions(entity)]
    spoken = [quote for chapter in episode.chapters for quote in chapter.quotes if quote.speaker == found]
    left = MOST_WORDS_OF_AN_ITEM - sum(len(words_of(line.text)) for line in lines)
    lines += [quotation(quote, shelf, wording) for quote in fitting(spoken[:_MOST_PASSAGES], left)]
    return replying("who", lines, shelf, [Action("entities", "people")])


def _mentions(entity: Entity) -> list[Mention]:
    """The first places where it is named, within the words that one look-up shows; its description is shown, too."""
    left = MOST_WORDS_OF_AN_ITEM - len(words_of(entity.description))
    found: list[Mention] = []
    for mention in entity.mentions[:_MOST_MENTIONS]:
        left -= len(words_of(mention.text))
        if left >= 0:
            found.append(mention)
    return found


def sources(shelf: EpisodeShelf, wording: Wording) -> Reply:
    """The episode, and what its publisher links to."""
    episode = shelf.episode
    lines = [wording.plain("episode-source", title=episode.title, show=episode.show or "—", url=episode.url or "—")]
    for link in episode.links:
        evidence = () if link.at is None else at(shelf, link.at)
        lines.append(wording.plain("episode-link", evidence, title=link.title, url=link.url))
    return replying("sources", lines, shelf, _page(shelf))


def audio(shelf: EpisodeShelf, wording: Wording) -> Reply:
    """Where to hear it."""
    key = "episode-audio" if shelf.episode.url else "episode-audio-missing"
    return replying("audio", [wording.plain(key, title=shelf.episode.title)], shelf, _page(shelf))


def transcript(command: Command, shelf: EpisodeShelf, wording: Wording) -> Reply:
    """All of it, a page at a time, where it is a file that somebody gave us; else the words around a moment."""
    if shelf.transcript is None:
        return replying("transcript", [wording.plain("transcript-none")], shelf, _page(shelf))
    if shelf.transcript.origin == "upload" and command.at is None:
        return _paged(command.number or 1, shelf, wording)
    moment = command.at if command.at is not None else 0.0
    lines = [said(passage, shelf, wording) for passage in around(moment, shelf)]
    why = [] if shelf.transcript.origin == "upload" else [wording.plain("transcript-short")]
    return replying("transcript", [*lines, *why], shelf, listening(shelf, moment))


def help_with(shelf: EpisodeShelf, wording: Wording, *, unknown: bool = False) -> Reply:
    """What can be typed under an episode; `unknown`: what was typed is for editions."""
    head = wording.plain("episode-help-not" if unknown else "episode-help-head")
    return replying("help", [head, *(wording.plain(f"episode-help-{key}") for key in _HELP)], shelf)


def translate(shelf: EpisodeShelf, wording: Wording, labels: Wording) -> Reply:
    """No model translates here: what was said stays, the labels change."""
    episode = shelf.episode
    lines = [wording.plain("episode-translate-missing"), *(told(line, shelf) for line in episode.told)]
    lines += [_person(person, labels) for person in episode.people]
    lines.append(labels.plain("chapters-head", n=len(episode.chapters)))
    for one in episode.chapters:
        head = {"title": one.title, "span": span(one, labels)}
        lines.append(labels.plain("chapter-head", at(shelf, one.start), number=one.number, **head))
    return replying("translate", lines, shelf, [Action("all-chapters", "list")])


def _paged(page: int, shelf: EpisodeShelf, wording: Wording) -> Reply:
    pages: list[list[Sentence]] = [[]]
    words = 0
    for passage in shelf.spoken(0.0, float("inf")):
        count = len(words_of(passage.text))
        if pages[-1] and words + count > _PAGE:
            pages.append([])
            words = 0
        pages[-1].append(said(passage, shelf, wording))
        words += count
    if not 1 <= page <= len(pages):
        return replying("transcript", [wording.plain("no-such-page", most=len(pages))], shelf)
    head = [wording.plain("transcript-page", number=page, total=len(pages))] if len(pages) > 1 else []
    turns = [("prev", page - 1), ("next", page + 1)]
    ways = [turn(key, number, "transcript") for key, number in turns if 1 <= number <= len(pages)]
    return replying("transcript", [*head, *pages[page - 1]], shelf, ways)


def _page(shelf: EpisodeShelf) -> list[Action]:
    return [] if shelf.episode.url is None else [Action("open", "audio", shelf.episode.url)]


def _person(person: EpisodePerson, wording: Wording) -> Sentence:
    """`Ada Byron: guest, Engine Works.`"""
    name = wording.say("as-heard", name=person.name) if person.as_heard else person.name
    role = wording.say(f"person-{person.role}")
    if person.org:
        return wording.plain("person-of", name=name, role=role, org=person.org)
    return wording.plain("person", name=name, role=role)


def _entity(entity: Entity, shelf: EpisodeShelf, wording: Wording) -> Sentence:
    """`Weather Office: organization, 3 times. What the episode says of it.`, with the first time."""
    name = wording.say("as-heard", name=entity.name) if entity.as_heard else entity.name
    times = entity.times or tuple(mention.at for mention in entity.mentions)
    facts = {"name": name, "type": wording.say(f"entity-{entity.type}"), "n": len(times)}
    text = f"{wording.say('entity', **facts)} {entity.description}".strip()
    return Sentence(text, at(shelf, *times[:1]))


def _unknown(name: str, shelf: EpisodeShelf, wording: Wording) -> Reply:
    """Nobody of that name is among its people: where it is said, else the nearest names."""
    naming = [passage for passage in shelf.spoken(0.0, float("inf")) if says_name(name, passage.text)]
    if naming:
        lines = [said(passage, shelf, wording) for passage in within(naming[:_MOST_PASSAGES])]
        return replying("who", [wording.plain("episode-who-named", name=name), *lines], shelf)
    lines = [wording.plain("episode-who-unknown", name=name)]
    near = names_near(name, [person.name for person in shelf.episode.people])
    if near:
        lines.append(wording.plain("who-nearest", names=", ".join(near)))
    return replying("who", lines, shelf, [Action("entities", "people")])
