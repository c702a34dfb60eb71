"""Blocks of a document as Slack's blocks: headers, sections, prose in Markdown, small print, buttons."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from adapters.platforms.slack import payloads
from adapters.platforms.slack.payloads import OPTION, Payload
from adapters.platforms.slack.rendering.dates import told, written
from adapters.platforms.slack.rendering.limits import ADDRESS, ALT, HEADER, LABEL, LINK, SECTION
from adapters.platforms.slack.rendering.marks import MARKDOWN, MRKDWN, Markup, line, lines
from adapters.wire.runs import led_to, plain
from bot.domain.document import (
    Actions,
    Block,
    Divider,
    Document,
    Entry,
    Heading,
    Menu,
    Paragraph,
    Picture,
    Points,
    Quotation,
    Run,
    Runs,
    Small,
    Sources,
)
from bot.domain.layout.cutting import cut, halves, trimmed
from bot.domain.layout.runs import runs_of
from bot.domain.press import named, typed
from bot.domain.reply import Action
from bot.ports.phrases import Phrases

_PRIMARY: Final = frozenset({"ask", "share", "retry"})
_LABELS: Final = {"share": "post"}
"""Labels that are others here than elsewhere: who presses posts in the thread."""
_READ_OUT: Final = {"src": "look-sources", "ctr": "look-counter", "deep": "said-deeper", "why": "look-why"}
"""What is read out in place of a label that stands under every story, by its verb."""
_READ_OUT_OF_ALL: Final = {"src": "look-sources-all", "ctr": "look-counters"}
_STORY_MENU: Final = (("sources", "src"), ("counter", "ctr"), ("deeper", "deep"), ("ask", "ask"), ("send", "send"))
"""What the menu of a story line holds: label and verb of each."""
_READS: Final = {"story": "go"}
"""The menu of an edition that stands nowhere else: it shows a whole story to one person."""
_STORY: Final = re.compile(r"story:(\d{1,4})")
_TITLE: Final = 500
"""Characters of the title of a source; that of an item has fewer."""
_EPISODE: Final = frozenset({"overview", "chapters"})
_NOTHING: Final = frozenset({"preview", "question"})
"""Frames without buttons: a preview, whose stories are read by its menu, and the open question, which is answered by
writing.
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a document becomes blocks."""

    phrases: Phrases
    kind: str = ""
    """`card`, `preview`, `story`, `question`, `overview`, `chapters`, `answer`; empty for anything else."""
    edition: str = ""
    """Id of what its buttons are about."""
    stories: Mapping[int, str] = field(default_factory=dict)
    """Addresses of the stories' messages."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What labels of buttons are filled in with."""
    zone: str | None = None
    """Of the one person who reads it."""
    prose: bool = False
    """Its texts are Markdown from the start on, not only after the first line: of an answer."""
    view: bool = False
    """It stands in a window, which knows no Markdown."""
    feedback: bool = False
    """Two small buttons stand under it."""
    trims: bool = False
    """Addresses lose their tracking parameters."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Ids of the files of pictures, by name; a picture whose file is missing is left out."""

    def leads(self, url: str) -> str | None:
        """Where a run leads here."""
        story = _STORY.fullmatch(url)
        if story is not None:
            url = self.stories.get(int(story[1]), "")
        led = led_to(trimmed(url) if self.trims else url)
        if led is not None and len(led) > LINK:
            led = led_to(trimmed(url))
        return led if led is not None and len(led) <= LINK else None

    def line(self, runs: Runs, markup: Markup = MRKDWN) -> str:
        """Runs on one line."""
        return line(runs, markup, self.leads, lambda run: self._told(run, markup))

    def lines(self, runs: Runs, markup: Markup = MRKDWN) -> str:
        """Runs with their line ends."""
        return lines(runs, markup, self.leads, lambda run: self._told(run, markup))

    def _told(self, run: Run, markup: Markup) -> str:
        # Markdown knows no date tokens.
        if markup is MARKDOWN:
            return MARKDOWN.escaped(written(run, self.phrases, self.zone))
        return told(run, self.phrases, self.zone, alone=self.view)


def composed(document: Document, frame: Frame) -> list[Payload]:
    """The blocks of a document. They may be too long: `limits.faults` says."""
    found: list[Payload] = []
    fixed = _without_lines_between_entries(document)
    options = {one.value for block in fixed if isinstance(block, Menu) for one in block.options}
    has_entries = any(isinstance(block, Entry) for block in fixed)
    markdown = frame.prose
    for group in _groups(fixed, frame):
        match group:
            case (Divider(),):
                found += _line_after(found)
                markdown = markdown or frame.kind == "story"
            case (Menu() as menu,):
                found += [] if has_entries or frame.kind == "card" else _select(menu, frame)
            case (Actions(actions),) if frame.kind not in _NOTHING:
                found = _below(found, _pressable(actions, frame, apart=has_entries and frame.view), frame)
            case (Entry() as entry,):
                found += _entry(entry, frame, options)
            case (Points(points, True),) if frame.kind == "card":
                found += _story_lines(points, frame)
            case _:
                found += _said(group, frame, markdown=markdown and not frame.view)
    while found and found[-1]["type"] == "divider":
        found.pop()
    return [*found, *([_feedback(frame)] if frame.feedback else [])]


def _line_after(found: Sequence[Payload]) -> list[Payload]:
    return [payloads.divider()] if found and found[-1]["type"] != "divider" else []


def _picture(picture: Picture, frame: Frame) -> list[Payload]:
    file = frame.pictures.get(picture.file)
    return [] if file is None else [payloads.uploaded(file, cut(plain(picture.alt), ALT))]


def prose(document: Document, frame: Frame) -> str:
    """What a document says in running text, as one Markdown: what is streamed."""
    said = [block for block in document if isinstance(block, Heading | Paragraph | Points | Quotation)]
    return _together(said, replace(frame, kind="answer"), MARKDOWN)


# ---------------------------------------------------------------- texts


def _without_lines_between_entries(document: Document) -> Document:
    """A list of sources is parted by its buttons already."""
    kept: list[Block] = []
    for n, block in enumerate(document):
        around = (*document[max(n - 1, 0) : n], *document[n + 1 : n + 2])
        if not (isinstance(block, Divider) and any(isinstance(one, Entry) for one in around)):
            kept.append(block)
    return tuple(kept)


def _groups(document: Document, frame: Frame) -> Iterator[Sequence[Block]]:
    """Blocks that share one: the running text of an answer; promises; a list with what announces it."""
    group: list[Block] = []
    for block in document:
        if group and not _joins(group[-1], block, frame):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _joins(last: Block, block: Block, frame: Frame) -> bool:
    if not isinstance(last, Paragraph | Points) or not isinstance(block, Paragraph | Points):
        return False
    if isinstance(last, Paragraph) and isinstance(block, Points):
        return frame.kind != "card"
    return frame.kind == "question" or (frame.kind == "answer" and not frame.view)


def _said(group: Sequence[Block], frame: Frame, *, markdown: bool) -> list[Payload]:
    first = group[0]
    match first:
        case Heading(runs, level):
            return _heading(runs, level, frame)
        case Small(runs):
            return [payloads.context(text) for text in _pieces(runs, frame.line)]
        case Sources(label, links):
            return _sources(plain(label), links, frame)
        case Picture():
            return _picture(first, frame)
    if markdown and not _has_instants(group):
        text = _together(group, frame, MARKDOWN)
        return [payloads.markdown(text)] if text else []
    return [payloads.section(text) for text in _sections(group, frame)]


def _heading(runs: Runs, level: int, frame: Frame) -> list[Payload]:
    """A header, where it can be one; else in bold, as Slack has no smaller heading and links none in a header."""
    text = plain("".join(written(run, frame.phrases, frame.zone) for run in runs))
    if level == 1 and len(text) <= HEADER and not any(run.url for run in runs):
        return [payloads.header(text)] if text else []
    bold = tuple(run if run.url or run.at or run.style != "plain" else replace(run, style="bold") for run in runs)
    return [payloads.section(said) for said in _pieces(bold, frame.lines)]


def _sources(label: str, links: Runs, frame: Frame) -> list[Payload]:
    """The label and the sites; in further blocks, where there are too many for one."""
    rows = [f"{MRKDWN.escaped(label)} "]
    for shown in (said for run in links if (said := frame.line((run,)))):
        joint = "" if rows[-1].endswith(" ") or not rows[-1] else " · "
        if len(rows[-1]) + len(joint) + len(shown) > SECTION and rows[-1].strip():
            rows.append(shown)
        else:
            rows[-1] += f"{joint}{shown}"
    return [payloads.context(row.strip()) for row in rows]


def _has_instants(group: Sequence[Block]) -> bool:
    """Only mrkdwn shows each reader their own time."""
    return any(run.at is not None for block in group for run in runs_of(block))


def _together(group: Sequence[Block], frame: Frame, markup: Markup) -> str:
    """Blocks as one text: paragraphs apart, lists close to what announces them."""
    said = ""
    for block in group:
        rows = _rows(block, frame, markup)
        close = isinstance(block, Points) or frame.kind == "question"
        said += (("\n" if close else "\n\n") if said and rows else "") + "\n".join(rows)
    return said


def _sections(group: Sequence[Block], frame: Frame) -> list[str]:
    """Blocks as texts in mrkdwn, each short enough for a section: parted between lines, then inside of paragraphs."""
    whole = _together(group, frame, MRKDWN)
    if len(whole) <= SECTION:
        return [whole] if whole else []
    texts: list[str] = []
    for block in group:
        pieces = _pieces(block.runs, frame.lines) if isinstance(block, Paragraph) else _rows(block, frame, MRKDWN)
        for piece in pieces:
            if texts and not isinstance(block, Paragraph) and len(texts[-1]) + len(piece) < SECTION:
                texts[-1] += f"\n{piece}"
            else:
                texts.append(piece)
    return texts


def _rows(block: Block, frame: Frame, markup: Markup) -> list[str]:
    match block:
        case Heading(runs):
            said = frame.line(runs, markup)
            return [f"{markup.bold}{said}{markup.bold}"] if said else []
        case Paragraph(runs):
            said = frame.lines(runs, markup)
            return said.split("\n") if said else []
        case Points(points, numbered):
            bullet = "-" if markup is MARKDOWN else "•"
            marks = (f"{n}." if numbered else bullet for n in range(1, len(points) + 1))
            return _prefixed(zip(marks, points, strict=True), frame, markup)
        case Quotation(words, whose, original):
            return _prefixed(((">", runs) for runs in (words, whose, original)), frame, markup)
    return []


def _prefixed(rows: Iterable[tuple[str, Runs]], frame: Frame, markup: Markup) -> list[str]:
    """Rows with their marks, in mrkdwn each short enough for a section: what goes on from one is quoted, too."""
    found: list[str] = []
    for mark, runs in rows:
        whole = markup is MARKDOWN
        pieces = [frame.line(runs, markup)] if whole else _pieces(runs, frame.line, SECTION - len(mark) - 1)
        found += [f"{mark} {said}" if n == 0 or mark == ">" else said for n, said in enumerate(pieces) if said]
    return found


def _pieces(runs: Runs, write: Callable[[Runs], str], most: int = SECTION) -> list[str]:
    """Runs as texts short enough for a section each; one that cannot be parted is among them, too."""
    said = write(runs)
    if len(said) <= most:
        return [said] if said else []
    parts = halves(runs)
    return [said] if parts is None else [piece for part in parts for piece in _pieces(part, write, most)]


# ---------------------------------------------------------------- lists with something to press


def _story_lines(points: Sequence[Runs], frame: Frame) -> list[Payload]:
    """A line a story, which leads to it once its message stands, and what can be done with it in a menu."""
    found: list[Payload] = []
    for n, runs in enumerate(points, start=1):
        options = [
            payloads.option(frame.phrases.say(label), name)
            for label, verb in _STORY_MENU
            if (name := _named(verb, frame.edition, str(n)))
        ]
        menu = _named("go", frame.edition, str(n))
        over = payloads.overflow(menu, options, n=n) if menu and options else None
        found.append(payloads.section(f"{n}. {frame.line(runs)}".strip(), over))
    return found


def _entry(entry: Entry, frame: Frame, options: Iterable[str]) -> list[Payload]:
    """A source with its words, the way to its full passage, and who, what, where, when below."""
    number = re.match(r"\[(\d{1,4})\]", "".join(run.text for run in entry.title))
    button = _full_passage(number[1], frame) if number and number[1] in options else None
    title = frame.line(tuple(replace(run, text=cut(run.text, _TITLE)) for run in entry.title))
    words = _prefixed([(">", entry.words)], frame, MRKDWN)
    if len(title) + len("".join(words[:1])) < SECTION:
        words = ["\n".join(part for part in (title, *words[:1]) if part), *words[1:]]
    else:
        words = [title, *words]
    first, *more = words
    said = [payloads.section(first, button)] if first else []
    return [*said, *map(payloads.section, more), *map(payloads.context, _pieces(entry.facts, frame.line))]


def _full_passage(number: str, frame: Frame) -> Payload | None:
    name = _named("pas", frame.edition, number)
    if name is None:
        return None
    say = frame.phrases.say
    return payloads.button(say("passage"), name, said=say("said-passage", n=int(number)))


def _select(menu: Menu, frame: Frame) -> list[Payload]:
    """Lines to choose from; each says in its value what it does."""
    command = _READS.get(menu.command, menu.command)
    options = [
        payloads.option(cut(plain(one.label), OPTION) or one.value, name, about=cut(plain(one.description), OPTION))
        for one in menu.options
        if (name := typed(f"{command} {one.value}", frame.edition))
    ]
    own = typed(command, frame.edition)
    return [payloads.actions(payloads.select(own, frame.phrases.say(menu.key), options))] if own and options else []


# ---------------------------------------------------------------- buttons


def _below(found: list[Payload], controls: list[Payload], frame: Frame) -> list[Payload]:
    """Buttons under what stands; under the menu of an episode, in one row with it."""
    menu = found[-1] if found else {}
    if frame.kind in _EPISODE and menu.get("type") == "actions" and controls and controls[0]["type"] == "actions":
        together = payloads.actions(*menu["elements"], *controls[0]["elements"])
        return [*found[:-1], together, *controls[1:]]
    return [*found, *controls]


def _pressable(actions: Sequence[Action], frame: Frame, *, apart: bool) -> list[Payload]:
    """Buttons; a link that is too long for a button is a link in small print."""
    buttons: list[Payload] = []
    links: list[Payload] = []
    for action in actions:
        label = cut(
            plain(frame.phrases.say(_LABELS.get(action.key, action.key), **frame.facts, **dict(action.facts))), LABEL
        )
        if action.url is None:
            buttons += _button(action, label, buttons, frame)
        elif (target := led_to(action.url)) is not None and len(target) <= ADDRESS:
            buttons.append(payloads.link(label, target, n=len(buttons) + 1))
        elif target is not None:
            links.append(payloads.context(frame.line((Run(label, url=action.url),))))
    row = [payloads.actions(*buttons)] if buttons else []
    return [*([payloads.divider()] if apart and row else []), *row, *links]


def _button(action: Action, label: str, before: Sequence[Payload], frame: Frame) -> list[Payload]:
    name = typed(action.command, frame.edition)
    if name is None or any(one.get("value") == name for one in before):
        return []
    primary = action.key.replace("_", "-") in _PRIMARY and all("style" not in one for one in before)
    same = sum(one["action_id"].startswith(payloads.action(name)) for one in before)
    said = _read_out(name, frame)
    return [payloads.button(label, name, n=same + 1 if same else None, primary=primary, said=said)]


def _read_out(name: str, frame: Frame) -> str:
    """What is read out in place of a label that stands under every story."""
    _, verb, _, about, *_ = f"{name}:::".split(":")
    if about.isdecimal() and verb in _READ_OUT:
        return frame.phrases.say(_READ_OUT[verb], number=int(about))
    return "" if about or verb not in _READ_OUT_OF_ALL else frame.phrases.say(_READ_OUT_OF_ALL[verb])


def _feedback(frame: Frame) -> Payload:
    """Whether an answer was useful."""
    say = frame.phrases.say
    own, yes, no = (named("useful", frame.edition, rest) for rest in ("", "yes", "no"))
    useful = (say("useful"), say("said-useful"))
    not_useful = (say("not-useful"), say("said-not-useful"))
    return payloads.context_actions(payloads.feedback(own, useful, not_useful, (yes, no)))


def _named(verb: str, edition: str, rest: str) -> str | None:
    try:
        return named(verb, edition, rest)
    except ValueError:
        return None
