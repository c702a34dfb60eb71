"""Documents for a terminal, and the same as Markdown for files."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from urllib.parse import quote

from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style
from rich.text import Text

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
from bot.domain.reply import Action
from bot.ports.phrases import Phrases

_STYLES = {"plain": "", "bold": "bold", "italic": "italic", "code": "cyan"}
_WIDEST = 100
"""Columns; longer lines are hard to read."""
_INDENT = "    "
_NO_COMMANDS = frozenset({"filler", "polite"})
_HELD = "\ue000"
"""Stands for a no-break space while lines are broken: the terminal library takes that for a place to break."""


class Rendered:
    """A document as a rich renderable; what to type next is shown in the words of the reader's language."""

    def __init__(self, document: Document, phrases: Phrases) -> None:
        self._document = document
        self._phrases = phrases

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, _WIDEST)
        blocks = self._document
        if title := _title(blocks):
            # Where a message begins: its place and date, or its heading, on a heavy line.
            yield _line(title, width)
            yield Text("")
            blocks = blocks[1:]
        for block in blocks:
            if self._shows(block):
                yield from self._block(block, console, width)
                yield Text("")

    def _shows(self, block: Block) -> bool:
        """Whether a terminal has anything of it: what a menu offers is typed, and some buttons have no words."""
        words = self._phrases.words()
        typed = isinstance(block, Actions) and any(_in_words(action.command, words) for action in block.actions)
        return typed or not isinstance(block, Actions | Menu)

    def _block(self, block: Block, console: Console, width: int) -> Iterator[Text]:
        match block:
            case Sources(label, links) if not console.is_terminal:
                # Where links cannot be followed, their addresses are printed, one a line.
                yield Text(visible(label), "dim")
                yield from (_address(link) for link in links)
            case Points(points, numbered):
                for number, runs in enumerate(points, start=1):
                    mark = f"  {number}  " if numbered else "  •  "
                    yield from _wrapped(text(runs), console, width, mark)
            case Quotation() | Entry():
                yield from self._framed(block, console, width)
            case Divider():
                yield Text("─" * width, "dim")
            case Actions(actions):
                yield from _wrapped(self._typed(actions), console, width)
            case Menu():
                return
            case _:
                yield from _wrapped(_running(block), console, width)

    def _framed(self, block: Quotation | Entry, console: Console, width: int) -> Iterator[Text]:
        """Somebody's words, set in; with whose they are, or under what they stand in."""
        if isinstance(block, Entry):
            yield from _wrapped(text(block.title), console, width)
            yield from _wrapped(text(block.facts, "dim"), console, width, _INDENT)
            if block.words:
                yield from _wrapped(text(block.words, "italic"), console, width, _INDENT)
            if not console.is_terminal:
                yield from (_address(run) for run in block.title if _leads(run))
            return
        yield from _wrapped(text(block.words, "italic"), console, width, _INDENT)
        for runs in filter(None, (block.whose, block.original)):
            yield from _wrapped(text(runs, "dim"), console, width, _INDENT)

    def _typed(self, actions: Iterable[Action]) -> Text:
        """`Type: sources 1 · counter 1`; what only a button can do is left out."""
        words = self._phrases.words()
        typed = [said for action in actions if (said := _in_words(action.command, words))]
        commands = Text(" · ").join(Text(said, "cyan") for said in typed)
        return Text.assemble((self._phrases.say("console-type"), "dim"), " ", commands)


def _running(block: Heading | Paragraph | Small | Sources | Picture) -> Text:
    """A block that is nothing but lines of text."""
    match block:
        case Heading(runs, level):
            return text(runs, "bold" if level == 1 else "bold dim")
        case Paragraph(runs):
            return text(runs)
        case Small(runs):
            return text(runs, "dim")
        case Sources(label, links):
            return text(_listed(label, links), "dim")
        case Picture(_, alt):
            return Text(visible(alt), "dim italic")


def _title(document: Document) -> Text | None:
    """What stands over a message that is published: the small line before its heading, or its smaller heading."""
    match document:
        case (Small(runs), Heading(), *_):
            return text(runs, "bold")
        case (Heading(runs, 2), *_):
            return text(runs, "bold")
    return None


def _line(title: Text, width: int) -> Text:
    return Text.assemble(("━━ ", "dim"), title, (f" {'━' * max(2, width - title.cell_len - 4)}", "dim"))


def _in_words(command: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """A typed command in the reader's language: `sources 2` as `источники 2`; None if it cannot be typed."""
    first, blank, rest = command.partition(" ")
    if first == "in":
        return command  # names of languages stand in it, in English
    key = first if first in words else next((key for key, spelled in words.items() if first in spelled), None)
    return None if key is None or key in _NO_COMMANDS else f"{words[key][0]}{blank}{rest}"


def _wrapped(content: Text, console: Console, width: int, mark: str = "") -> Iterator[Text]:
    """Lines of at most `width` columns; continued lines stand under the text, not under its mark."""
    content.plain = content.plain.replace("\u00a0", _HELD)
    for number, line in enumerate(content.wrap(console, max(10, width - len(mark)))):
        line.plain = line.plain.replace(_HELD, " ")
        line.rstrip()
        yield Text.assemble((mark if number == 0 else " " * len(mark), "bold"), line)


def _listed(label: str, links: Runs) -> Runs:
    """`Sources: [1] site · [2] site` on a line."""
    return (Run(label, "bold"), *(run for n, link in enumerate(links) for run in (Run(" · " if n else " "), link)))


def _address(run: Run) -> Text:
    number = visible(run.text).partition("]")[0].lstrip("[")
    return Text(f"  [{number}] {visible(run.url or '')}", "dim", no_wrap=True, overflow="ignore")


def visible(said: str) -> str:
    """Text without control and invisible characters; line ends stay."""
    return "".join(
        c if c == "\n" else " " if c in "\t\u2028\u2029" else c
        for c in said
        if c in "\n\t" or unicodedata.category(c)[0] != "C"
    )


def text(runs: Runs, style: str = "") -> Text:
    """Runs as terminal text with hyperlinks; control characters from outside never reach the screen."""
    result = Text(style=style)
    for run, following in zip_longest(runs, runs[1:]):
        shown = visible(run.text)
        if run.at:
            shown = shown.replace(" ", "\u00a0")  # an instant is not broken over lines
        elif following and _leads(following) and shown.endswith(" "):
            shown = f"{shown[:-1]}\u00a0"  # a number stands on the line of what it belongs to
        link = Style(link=_target(run.url or "")) if _leads(run) else Style()
        result.append(shown, Style.parse(_STYLES[run.style]) + link)
    return result


def markdown(document: Document) -> str:
    """A document as CommonMark; text from outside is escaped, so that none of it is markup."""
    return "\n\n".join(part for block in document if (part := _markdown(block)))


def _markdown(block: Block) -> str:
    match block:
        case Points(points, numbered):
            return "\n".join(
                f"{f'{n}.' if numbered else '-'} {_inline(runs)}" for n, runs in enumerate(points, start=1)
            )
        case Quotation(words, whose, original):
            said = (_inline(runs) for runs in (words, whose, original) if runs)
            return "\n".join(f"> {line}  " for line in said).rstrip()
        case Entry(title, facts, words):
            quoted = [f"> {_inline(words)}"] if words else []
            return "\n".join([f"{_inline(title)}  ", f"<small>{_inline(facts)}</small>", *quoted])
        case Divider():
            return "---"
        case Actions() | Menu():
            return ""
        case _:
            return _running_markdown(block)


def _running_markdown(block: Heading | Paragraph | Small | Sources | Picture) -> str:
    match block:
        case Heading(runs, level):
            return f"{'#' * (level + 1)} {_inline(runs)}"
        case Paragraph(runs):
            return _inline(runs)
        case Small(runs):
            return f"<small>{_inline(runs)}</small>"
        case Sources(label, links):
            return f"<small>{_inline(_listed(label, links))}</small>"
        case Picture(_, alt):
            return _inline((Run(alt, "italic"),))


def _leads(run: Run) -> bool:
    """Whether a run is a link here: where other messages of ours stand, a terminal cannot say."""
    return run.url is not None and not run.url.startswith("story:")


_ESCAPED = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|~!"})
_ENTITY = re.compile(r"&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.")
"""What would be read as a character, or as an address to press."""
_NUMBER = re.compile(r"^\\\[(\d+)\\\]")
_BRACKETED = r"[\1]"
"""A citation's number, escaped, and as it may stand inside of a link."""
_BLOCK_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What would begin a list or underline a heading at the start of a line."""


def _inline(runs: Iterable[Run]) -> str:
    """Runs on one line: a line end of the outside becomes a blank."""
    parts: list[str] = []
    for run in runs:
        said = " ".join(visible(run.text).splitlines())
        shown = _code(said) if run.style == "code" else _escaped(said)
        if run.style in {"bold", "italic"} and shown.strip():
            mark = "**" if run.style == "bold" else "*"
            inner = shown.strip()
            before, _, after = shown.partition(inner)
            shown = f"{before}{mark}{inner}{mark}{after}"
        if run.url and _leads(run):
            # Two numbers stand apart in Markdown: `[4] [24]`.
            apart = " " if parts and parts[-1].endswith(")") and run.text.startswith("[") else ""
            shown = f"{apart}[{_NUMBER.sub(_BRACKETED, shown)}]({_addressed(run.url)})"
        parts.append(shown)
    line = "".join(parts).strip()
    return _BLOCK_START.sub(lambda found: f"\\{found[0]}" if not found[0][0].isdigit() else f"{found[0]}\\", line)


def _escaped(said: str) -> str:
    return _ENTITY.sub(r"\\\g<0>", said.translate(_ESCAPED))


def _code(said: str) -> str:
    """A code span; its fence is longer than any in it."""
    longest = max((len(ticks) for ticks in re.findall("`+", said)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {said} {fence}" if longest else f"{fence}{said}{fence}"


def _addressed(url: str) -> str:
    """An address as Markdown wants it: in angle brackets where parentheses would end it."""
    target = _target(url)
    return f"<{target}>" if "(" in target or ")" in target else target


def _target(url: str) -> str:
    """An address that cannot end its link early: blanks, angle brackets and control characters in percent signs."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~|^{}\"")
