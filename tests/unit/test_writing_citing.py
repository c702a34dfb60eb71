"""Numbers, passage ids and the limit of what is shown of one item."""

from dataclasses import replace

from bot.domain.argument import Quote
from bot.domain.item import ItemKind
from bot.domain.reading import Reading
from bot.domain.writing.citing import Citing
from tests.fakes.readings import reading

TWELVE = "The harbour pays its pilots more than the town pays its teachers. "


def quotes(one: Reading) -> list[Quote]:
    return [Quote(one, span, 1.0) for span in one.spans]


def long_reading(sentences: int, kind: ItemKind) -> Reading:
    """So many different sentences of twelve words."""
    numerals = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
    text = "".join(TWELVE.replace("The", f"All {numerals[n]}") for n in range(sentences))
    return reading("Ada Brook", text.replace(" more", ""), kind=kind)


def test_numbers_follow_first_use_and_passages_count_within_their_item() -> None:
    """The same sentence keeps its id however often it is cited."""
    one, other = reading("Ada Brook", TWELVE * 1 + "Nobody counts pilots."), reading("Ben Stone", TWELVE)
    citing = Citing()
    first, second = quotes(one)
    ids = [citing.cite(q) for q in (second, quotes(other)[0], first, second)]
    assert ids == ["1.1", "2.1", "1.2", "1.1"]
    assert [(c.n, c.thinker, [p.text for p in c.passages]) for c in citing.citations()] == [
        (1, "Ada Brook", [second.text, first.text]),
        (2, "Ben Stone", [quotes(other)[0].text]),
    ]


def test_a_citation_says_whose_item_it_is_and_when_and_where_it_stands() -> None:
    """Thinker, address, kind and time are the item's; an untitled item has no title."""
    one = reading("Ada Brook", TWELVE, kind=ItemKind.POST)
    citing = Citing()
    citing.cite(quotes(one)[0])
    (citation,) = citing.citations()
    assert (citation.item, citation.url, citation.kind) == (one.item.id, one.item.url, ItemKind.POST)
    assert (citation.published, citation.thinker_id, citation.title) == (one.item.at, "ada-brook", None)


def test_an_article_shows_sixty_words() -> None:
    """Five sentences of twelve words are an excerpt, six are not; what is shown already may be shown again."""
    said = quotes(long_reading(8, ItemKind.ARTICLE))
    assert [len(q.text.split()) for q in said] == [12] * 8
    citing = Citing()
    for quote in said[:5]:
        assert citing.fits(quote)
        citing.cite(quote)
    assert not citing.fits(said[5])
    assert citing.fits(said[0])


def test_a_short_post_may_be_whole_and_a_long_one_may_not() -> None:
    """Up to eighty words a post is short."""
    short, long = (quotes(long_reading(n, ItemKind.POST)) for n in (6, 7))
    citing = Citing()
    for quote in (*short[:5], *long[:5]):
        citing.cite(quote)
    assert citing.fits(short[5])
    assert not citing.fits(long[5])


def test_an_item_without_an_address_cannot_be_cited() -> None:
    """There would be nothing to follow."""
    one = reading("Ada Brook", TWELVE)
    nowhere = replace(one, item=replace(one.item, url=None))
    assert not Citing().fits(quotes(nowhere)[0])
