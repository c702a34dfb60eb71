"""Look-ups of what an edition holds: its stories, its sources, its quotations, its audio, and help."""

from bot.domain.conversation.wording import Wording, cited_by, excerpt, replying
from bot.domain.conversation.words import Command
from bot.domain.durations import duration
from bot.domain.edition import Audio, Edition, Sentence, Story
from bot.domain.reply import Action, Reply

_HELP = ("sources", "passage", "quote", "counter", "deeper", "crux", "why", "who", "list", "ask")


def list_stories(edition: Edition, wording: Wording) -> Reply:
    """The stories with their numbers."""
    if not edition.stories:
        return replying("list", [wording.plain("no-stories")], edition)
    head = wording.plain("stories-head", n=len(edition.stories))
    lines = [wording.plain("numbered", s.standfirst.evidence, number=s.number, title=s.title) for s in edition.stories]
    return replying("list", [head, *lines], edition, [Action("deeper", f"deeper {edition.stories[0].number}")])


def help_with(edition: Edition, wording: Wording) -> Reply:
    """What can be typed."""
    lines = [wording.plain("help-head"), *(wording.plain(f"help-{key}") for key in _HELP)]
    return replying("help", lines, edition, [Action("all-stories", "list")])


def sources(story: Story, edition: Edition, wording: Wording) -> Reply:
    """Each citation of a story with the words used."""
    cited = [c for n in story.citations if (c := edition.citation(n)) is not None]
    lines = [wording.cited(citation, citation.passages) for citation in cited]
    head = wording.plain("sources-head", number=story.number)
    actions = [Action("why", f"why {story.number}"), Action("deeper", f"deeper {story.number}")]
    return replying("sources", [head, *lines], edition, actions)


def all_sources(edition: Edition, wording: Wording) -> Reply:
    """Who stands behind each story, one line a story."""
    lines = [wording.plain("sources-all", n=len(edition.citations))]
    for story in edition.stories:
        cited = [c for n in story.citations if (c := edition.citation(n)) is not None]
        names = ", ".join(dict.fromkeys(c.thinker for c in cited))
        evidence = [c.passages[0].id for c in cited if c.passages]
        lines.append(wording.plain("sources-of", evidence, number=story.number, names=names))
    actions = [Action("first-sources", f"sources {s.number}") for s in edition.stories[:1]]
    return replying("sources", lines, edition, actions)


def standfirst(story: Story, edition: Edition, wording: Wording) -> Reply:
    """What a story is, in its one sentence."""
    del wording
    actions = [Action(key, f"{key} {story.number}") for key in ("sources", "counter", "deeper")]
    return replying("story", [story.standfirst], edition, actions)


def quote(story: Story, edition: Edition, wording: Wording) -> Reply:
    """The quotation of a story: its words, whose they are, whether exact, and the sentence they stand in."""
    actions = [Action("sources", f"sources {story.number}")]
    pulled = story.pull_quote
    if pulled is None:
        return replying("quote", [wording.plain("quote-missing", number=story.number)], edition, actions)
    words = pulled.text.strip('“”«»"')
    said = {"thinker": pulled.thinker, "status": "translated" if pulled.status == "translated" else "exact"}
    publisher = next((c.thinker for c in cited_by(pulled.evidence, edition)), pulled.thinker)
    lines = [Sentence(wording.quote(words), pulled.evidence)]
    if publisher == pulled.thinker:
        lines.append(wording.plain("quote-said", pulled.evidence, **said))
    else:
        lines.append(wording.plain("quote-said-by-other", pulled.evidence, publisher=publisher, **said))
    if pulled.status == "translated" and pulled.original:
        lines.append(wording.plain("quote-original", pulled.evidence, words=wording.quote(pulled.original)))
    for passage_id in pulled.evidence:
        _, passage = edition.passages().get(passage_id, (None, None))
        if passage is not None and len(passage.text) > len(words) + 2:
            lines.append(wording.plain("quote-inside", (passage_id,), words=wording.words(passage)))
    return replying("quote", lines, edition, actions)


def passages(n: int | None, edition: Edition, wording: Wording) -> Reply:
    """Everything this edition has of one citation, in the original words; what there is, for an unknown number."""
    actions = [Action("sources", "sources")]
    citation = edition.citation(n) if n is not None else None
    if citation is None:
        most = max((c.n for c in edition.citations), default=0)
        return replying("passage", [wording.plain("no-such-source", most=most)], edition, actions)
    lines = [wording.cited(citation, citation.passages[:1])]
    lines += [Sentence(wording.words(passage), (passage.id,)) for passage in excerpt(citation.passages)[1:]]
    return replying("passage", lines, edition, actions)


def translate(edition: Edition, wording: Wording) -> Reply:
    """No model is here to translate, and the originals stay."""
    return replying("translate", [wording.plain("translate-missing")], edition, [Action("all-stories", "list")])


def translate_story(story: Story, edition: Edition, wording: Wording) -> Reply:
    """The same of one story."""
    del story
    return translate(edition, wording)


def hear(command: Command, edition: Edition, wording: Wording) -> Reply:
    """`audio`, `transcript` and `chapter` of the edition's own audio."""
    audio = edition.audio
    if audio is None:
        line = wording.plain("audio-missing")
        return replying(command.kind, [line], edition, [Action("all-stories", "list")])
    if command.kind == "transcript":
        lines = [wording.plain("spoken", s.evidence, host=s.host, text=s.text) for s in edition.dialogue]
        return replying("transcript", lines, edition)
    if command.kind == "chapter" and (command.number is not None or command.at is not None):
        return _chapter(command, audio, edition, wording)
    head = wording.plain("audio-length", time=duration(audio.seconds))
    parts = [_part(n, audio, wording) for n in range(1, len(audio.chapters) + 1)]
    return replying(command.kind, [head, *parts], edition, [Action("transcript", "transcript")])


def _chapter(command: Command, audio: Audio, edition: Edition, wording: Wording) -> Reply:
    number = command.number
    if command.at is not None:
        inside = (n for n, c in enumerate(audio.chapters, 1) if c.start <= command.at < c.end)
        number = next(inside, None)
    if number is None or not 1 <= number <= len(audio.chapters):
        missing = wording.plain("part-missing", most=len(audio.chapters), time=duration(audio.seconds))
        return replying("chapter", [missing], edition)
    spoken = [line for line in edition.dialogue if line.story == audio.chapters[number - 1].story and line.story]
    lines = [wording.plain("spoken", line.evidence, host=line.host, text=line.text) for line in spoken]
    return replying("chapter", [_part(number, audio, wording), *lines], edition)


def _part(number: int, audio: Audio, wording: Wording) -> Sentence:
    part = audio.chapters[number - 1]
    span = {"start": duration(part.start), "end": duration(part.end)}
    return wording.plain("audio-part", number=number, title=part.title, **span)
