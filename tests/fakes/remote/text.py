"""A message as plain text, as the remote platform keeps it."""

from bot.domain.document import Actions, Block, Divider, Document, Entry, Menu, Picture, Quotation, Runs, Sources
from bot.domain.document import Points as PointList


def plain(document: Document) -> str:
    """Its blocks, a blank line between them; links are not shown."""
    return "\n\n".join(_block(block) for block in document)


def _block(block: Block) -> str:
    match block:
        case PointList(points):
            return "\n".join(f"- {_joined(runs)}" for runs in points)
        case Quotation(words, whose, original):
            return "\n".join(f"> {_joined(runs)}" for runs in (words, whose, original) if runs)
        case Entry(title, facts, words):
            return "\n".join(_joined(runs) for runs in (title, facts, words) if runs)
        case Menu(_, command, options):
            return " · ".join(f"{command} {option.value}" for option in options)
        case Sources(label, links):
            return f"{label} {' · '.join(link.text for link in links)}"
        case Actions(actions):
            return " · ".join(action.command for action in actions)
        case Divider():
            return "---"
        case _:
            return block.alt if isinstance(block, Picture) else _joined(block.runs)


def _joined(runs: Runs) -> str:
    return "".join(run.text for run in runs)
