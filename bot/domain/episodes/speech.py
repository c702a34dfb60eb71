"""What an item says when its episode is heard: the quotations of its chapters, before the blurb its publisher wrote."""

from dataclasses import replace

from bot.domain.episode import Episode
from bot.domain.item import MAX_TEXT, Item, Spoken


def with_speech(item: Item, episode: Episode) -> Item:
    """The item with what was said in its text, and when. Opening clips are left out: they are said again later."""
    said = [
        Spoken(quote.at, quote.original or quote.text)
        for chapter in episode.chapters
        for quote in chapter.quotes
        if chapter.kind == "topic"
    ]
    text = "\n".join([*(each.text for each in said), item.text])[:MAX_TEXT]
    return replace(item, text=text, spoken=tuple(said))
