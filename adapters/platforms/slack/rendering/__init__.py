"""What a message looks like on Slack: JSON payloads and nothing else, so that everything about them can be tested.

No Slack library here: a payload is data. What stands where is decided in `bot.domain.layout`; this module decides what
of it fits into one message, and what becomes of it in a window. `blocks` turns a document's blocks into Slack's.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from adapters.platforms.slack import payloads
from adapters.platforms.slack.payloads import TITLE, Json, Payload, View
from adapters.platforms.slack.rendering.blocks import Frame, composed, prose
from adapters.platforms.slack.rendering.limits import check, faults
from adapters.platforms.slack.rendering.marks import sentence
from adapters.wire.runs import plain
from bot.domain.desk import name_from_id
from bot.domain.document import (
    Actions,
    Block,
    Document,
    Heading,
    Menu,
    Paragraph,
    Points,
    Quotation,
    Runs,
    Small,
    Sources,
)
from bot.domain.document import Run as Text
from bot.domain.durations import duration
from bot.domain.layout import coded, lay_out
from bot.domain.layout.cutting import cut
from bot.domain.layout.portions import continued, portions, shorter, unquoted
from bot.domain.message import (
    Answer,
    EditionCard,
    EpisodeContents,
    EpisodeOverview,
    Message,
    QuestionPart,
    StoryPart,
    edition_of,
)
from bot.domain.press import typed
from bot.ports.phrases import Phrases

__all__ = ["Streamed", "Where", "loading", "modal", "permalink", "render", "streamed", "summary"]

NAME: Final = "Counterpoint"
"""What stands where nothing else names a window or message."""
_NUMBER: Final = re.compile(r"\[\d+\]")
_SUMMARY: Final = 300
"""Characters of the top-level text: what a notification shows."""


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of the place a message is shown in. Everything may be missing: then less is linked."""

    stories: Mapping[int, str] = field(default_factory=dict)
    """Story number to the address of its message (`permalink`), as far as they are posted."""
    private: bool = False
    """Only one person sees it: what is not for all, such as Post in thread, is offered only then."""
    zone: str | None = None
    """Time zone of that person, for what cannot show each reader their own time."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Ids of the files of pictures, by name, as far as they were put into the workspace; others are left out."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """An answer that is written bit by bit."""

    markdown: str
    """What is streamed."""
    blocks: tuple[Payload, ...]
    """What stands under it when it has ended: where it comes from, buttons, feedback."""


def render(message: Message, phrases: Phrases, where: Where) -> tuple[Payload, ...]:
    """The payloads `{"text", "blocks"}` of a message: one; more, in their order, where it is too long for one.

    Every payload has passed `limits.check`. What is too long loses tracking parameters of addresses first; then a list
    of sources shows fewer of its passages (each can be read by itself), and everything else but the card is split: a
    story at its second divider. No sentence is cut, no citation left out, no number unlinked for it.

    Raises:
        MessageRefused: it cannot be shown within the limits; the words name what is too long.
    """
    if isinstance(message, Answer):
        message = replace(message, reply=replace(message.reply, private=where.private))
    frame = _frame(message, phrases, where)
    document, words = lay_out(message, phrases), summary(message, phrases)
    for tight in (replace(frame, trims=False), replace(frame, trims=True)):
        payload = payloads.message(words, *composed(document, tight))
        if not faults(payload):
            return (payload,)
    frame = replace(frame, trims=True)
    for smaller in shorter(message, document):
        payload = payloads.message(words, *composed(smaller, frame))
        if not faults(payload):
            return (payload,)
        document = smaller
    return _several(document, frame, words, continued(message, phrases))


def streamed(answer: Answer, phrases: Phrases, where: Where) -> Streamed:
    """An answer as it is written bit by bit: the same words, then the same blocks, as `render` gives.

    Raises:
        MessageRefused: it cannot be shown within the limits.
    """
    answer = replace(answer, reply=replace(answer.reply, private=where.private))
    frame, document = _frame(answer, phrases, where), lay_out(answer, phrases)
    rest = tuple(block for block in document if isinstance(block, Sources | Small | Menu | Actions))

    def whole(made: Streamed) -> Payload:
        # Text and blocks become one message.
        return payloads.message(NAME, payloads.markdown(made.markdown or NAME), *made.blocks)

    made = Streamed(prose(document, frame), tuple(composed(rest, frame)))
    if faults(whole(made)):
        frame = replace(frame, trims=True)
        made = Streamed(prose(document, frame), tuple(composed(rest, frame)))
        check(whole(made))
    return made


def modal(
    message: Message,
    phrases: Phrases,
    where: Where,
    *,
    title: str | None = None,
    above: Sequence[Json] = (),
    below: Sequence[Json] = (),
    metadata: str = "",
) -> View:
    """A window that shows a message to one person, who is told so in its first line.

    What can be shared has "Post in thread" as its submit button: `callback_id` is then the id of what to share
    (`b1:share:<edition>:src.2`). `above` stands over the message, parted by a line; `below` under it. `metadata` is for
    who opens it. The title is `title`, else the message's heading where it has at most 24 characters, which then stands
    nowhere else. What does not fit is left out from the end, and a line says so and what to type for all of it.

    Raises:
        MessageRefused: `above` and `below` leave no room.
    """
    if isinstance(message, Answer):
        message = replace(message, reply=replace(message.reply, private=True))
    frame = replace(_frame(message, phrases, where), view=True, prose=False, feedback=False)
    frame = replace(frame, kind="preview") if frame.kind == "card" else frame
    document = lay_out(message, phrases)
    # Who wrote it and what was checked is said where it is published.
    document = document[:-1] if frame.kind == "preview" else document
    heading, document = _titled(message, document, title, phrases)
    share, document = _shared(document, frame)
    submit = {"submit": phrases.say("post"), "callback": share} if share else {}

    def window(shown: Document, *, trims: bool) -> View:
        note, rest = _first_line(shown, phrases)
        tight = replace(frame, trims=trims)
        inside = [*composed((note,), tight), *above, *([payloads.divider()] if above else []), *composed(rest, tight)]
        return payloads.modal(heading, *inside, *below, close=phrases.say("close"), metadata=metadata, **submit)

    for shown, trims in ((document, False), (document, True)):
        if not faults(view := window(shown, trims=trims)):
            return view
    for shown in shorter(message, document):
        if not faults(view := window(shown, trims=True)):
            return view
    view = window(_shorter(message, document, phrases, lambda part: not faults(window(part, trims=True))), trims=True)
    check(view)
    return view


def loading(phrases: Phrases, *, title: str | None = None) -> View:
    """A window that stands while something is looked up."""
    said = payloads.section(phrases.say("loading"))
    return payloads.modal(title or NAME, payloads.context(phrases.say("only-you")), said, close=phrases.say("close"))


def summary(message: Message, phrases: Phrases) -> str:
    """The top-level text of a message: what a notification shows and a screen reader reads, at most 300 characters."""
    return sentence(cut(_summed(message, phrases), _SUMMARY)) or NAME


def permalink(address: str, channel: str, ts: str, thread: str | None = None) -> str:
    """The address of a message; `address` is that of its workspace, `https://harbour.slack.com/`."""
    base = f"{address.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}"
    return base if thread is None or thread == ts else f"{base}?thread_ts={thread}&cid={channel}"


# ---------------------------------------------------------------- one message


def _frame(message: Message, phrases: Phrases, where: Where) -> Frame:
    frame = Frame(
        phrases,
        edition=edition_of(message),
        stories=dict(where.stories),
        zone=where.zone,
        pictures=where.pictures,
    )
    match message:
        case EditionCard(edition):
            facts = {} if edition.audio is None else {"time": duration(edition.audio.seconds)}
            return replace(frame, kind="card", facts=facts)
        case StoryPart():
            return replace(frame, kind="story")
        case QuestionPart():
            return replace(frame, kind="question")
        case EpisodeOverview():
            return replace(frame, kind="overview", prose=True)
        case EpisodeContents():
            return replace(frame, kind="chapters", prose=True)
        case Answer(reply, shared_by=sharer):
            # Not useful leads to a second try, which only an answer to a question has.
            asked = reply.kind == "answer" and reply.state == "whole" and not reply.private and sharer is None
            return replace(frame, kind="answer", prose=True, feedback=asked)
    return frame


def _summed(message: Message, phrases: Phrases) -> str:
    say = phrases.say
    match message:
        case EditionCard(edition):
            desk = edition.desk_name or name_from_id(edition.desk)
            return plain(say("text-card", desk=desk, issue=say(f"issue-{edition.slot}"), title=edition.title))
        case StoryPart(edition, story):
            facts = {"number": story.number, "total": len(edition.stories)}
            return plain(say("text-story", title=story.title, **facts))
        case EpisodeOverview(episode):
            return plain(f"{episode.show}: {episode.title}" if episode.show else episode.title)
    told = ""
    for text in _texts(lay_out(message, phrases)):
        if told and len(told) + len(text) >= _SUMMARY:
            break
        told = f"{told} {text}".strip()
    return told


def _texts(document: Document) -> list[str]:
    """What a document says, without the numbers of its sources; its small print where there is nothing else."""
    found: list[Runs] = []
    for block in document:
        match block:
            case Heading(runs) | Paragraph(runs):
                found.append(runs)
            case Points(points):
                found += points
            case Quotation(words):
                found.append(words)
    found = found or [block.runs for block in document if isinstance(block, Small)]
    said = (plain("".join(run.text for run in runs if not _NUMBER.fullmatch(run.text))) for runs in found)
    return [text for text in said if text]


# ---------------------------------------------------------------- what is too long


def _several(document: Document, frame: Frame, words: str, head: Document) -> tuple[Payload, ...]:
    """The first part as it is; of further ones all running text is prose, and feedback stands under the last."""
    further = replace(frame, prose=frame.prose or frame.kind == "story")

    def payload(part: Document, n: int, *, last: bool) -> Payload:
        shown = composed((*head, *part), further) if n else composed(part, frame)
        shown = [block for block in shown if last or block["type"] != "context_actions"]
        return payloads.message(words, *shown)

    parts = [document]
    if frame.kind not in {"card", "overview"}:
        parts = portions(document, lambda part: not any(faults(payload(part, n, last=True)) for n in (0, 1)))
    made = tuple(payload(part, n, last=n == len(parts) - 1) for n, part in enumerate(parts))
    for one in made:
        check(one)
    return made


# ---------------------------------------------------------------- in a window


def _titled(message: Message, document: Document, title: str | None, phrases: Phrases) -> tuple[str, Document]:
    """The title of a window, and the document without the heading that became it."""
    heading = next((block for block in document if isinstance(block, Heading) and block.level == 2), None)
    said = plain("".join(run.text for run in heading.runs)) if heading is not None else ""
    fits = 0 < len(said) <= TITLE and heading is not None and not any(run.url for run in heading.runs)
    if fits and (title is None or title == said):
        return said, tuple(block for block in document if block is not heading)
    return cut(plain(title or _short(message, phrases)), TITLE) or NAME, document


def _short(message: Message, phrases: Phrases) -> str:
    """A name for a window whose heading is too long for a title."""
    match message:
        case Answer(reply) if reply.kind in {"sources", "counter", "deeper"}:
            return phrases.say("counters" if reply.kind == "counter" and reply.story is None else reply.kind)
        case EditionCard(edition):
            return edition.desk_name or name_from_id(edition.desk)
        case EpisodeOverview(episode) if episode.show:
            return episode.show
    return NAME


def _shared(document: Document, frame: Frame) -> tuple[str | None, Document]:
    """The id of what to share, and the document without the button for it: the window's own button does it."""
    found: str | None = None
    kept: list[Block] = []
    for block in document:
        if isinstance(block, Actions):
            found = found or next((typed(a.command, frame.edition) for a in block.actions if a.key == "share"), None)
            rest = tuple(action for action in block.actions if action.key != "share")
            kept += [Actions(rest)] if rest else []
        else:
            kept.append(block)
    return found, tuple(kept)


def _first_line(document: Document, phrases: Phrases) -> tuple[Small, Document]:
    """`Only you see this.`, with the facts that begin the document."""
    only = phrases.say("only-you")
    match document:
        case (Small(runs), *rest) if not any(isinstance(block, Heading) and block.level == 1 for block in rest):
            return Small((Text(f"{only} "), *runs)), tuple(rest)
    return Small((Text(only),)), document


def _shorter(message: Message, document: Document, phrases: Phrases, fits: Callable[[Document], bool]) -> Document:
    """The document without passages, only so much of its beginning as fits, and a line that says so."""
    words = message.command if isinstance(message, Answer) else None
    said = phrases.say("not-all-fits-type", words=words) if words else phrases.say("not-all-fits")
    document = (unquoted(document) or [document])[-1]
    shown = tuple(block for block in document if not isinstance(block, Menu | Actions))
    end = (Small(coded(said)), *(block for block in document if isinstance(block, Menu | Actions)))
    return (*portions(shown, lambda part: fits((*part, *end)))[0], *end)
