"""What is too long is cut and parted where nothing is torn, and loses first what stands elsewhere."""

from datetime import UTC, datetime

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.document import Actions, Divider, Entry, Menu, Option, Paragraph, Points, Run, Small
from bot.domain.layout import lay_out
from bot.domain.layout.cutting import border, cut, halves, trimmed
from bot.domain.layout.portions import bare, clipped, continued, portions, shorter, unquoted
from bot.domain.message import Answer, EditionCard, Message, Notice, Progress, Sheet, StoryPart, edition_of, thread_of
from bot.domain.reply import Reply
from tests.fakes.editions import edition as written

FAMILY, FLAG, LETTER, SYLLABLE = "👨‍👩‍👧‍👦", "🇺🇦", "e\u0323\u0301", "\u1112\u1161\u11ab"


@pytest.mark.parametrize("sign", [FAMILY, FLAG, LETTER, "👍🏽", "❤️", "ก็"])
@pytest.mark.parametrize("most", range(10, 30))
def test_no_character_is_torn(sign, most):
    """A family, a flag, a letter with its accents are cut before or after, never inside."""
    kept = cut(sign * 40, most)
    assert kept == sign * (len(kept) // len(sign))
    assert len(kept) <= most
    parts = halves((Run(sign * 40),))
    assert parts is not None
    assert all(len(part[0].text) % len(sign) == 0 for part in parts)


def test_a_border_is_found_where_there_is_one():
    """In one endless character there is none."""
    assert border("abc", 2) == 2
    assert border("abc", 3) == 3
    assert border("\u0301" * 9, 5) == 5
    assert border(SYLLABLE * 2, 4) == 3
    assert cut("a few words more", 9) == "a few"
    assert cut("short", 9) == "short"


def test_what_cannot_be_halved_is_not():
    """A link, an instant, one character."""
    at = datetime(2026, 3, 3, tzinfo=UTC)
    assert halves(()) is None
    assert halves((Run("[1]", url="https://a.example"),)) is None
    assert halves((Run("a"),)) is None
    assert halves((Run("now", at=at),)) is None


def test_only_what_tracks_is_taken_off():
    """The place in a recording stays; what is no shorter stays as it is."""
    assert trimmed("https://a.example/x?utm_source=y&id=3#t=760") == "https://a.example/x?id=3#t=760"
    assert trimmed("https://a.example/x?id=3#t=760") == "https://a.example/x?id=3#t=760"
    assert trimmed("nonsense") == "nonsense"


def test_what_is_bare_has_no_numbers_and_all_its_words():
    """A link with words of its own is no number: the titles of a card lead to its stories."""
    cited = (Run("Five quarrels."), Run(" "), Run("[2]", url="https://a.example"))
    title = (Run("[3] is a title", url="story:1"),)
    document = (Paragraph(cited), Points((title,), numbered=True), Small((Run("[4]"),)))
    assert bare(document) == (Paragraph(cited[:2]), Points((title,), numbered=True), Small((Run("[4]"),)))


def test_what_is_clipped_keeps_its_first_words():
    """Of every run of running text; what is pressed stays as it is."""
    actions, words = Actions(()), "three whole words"
    assert clipped((Paragraph((Run(words),)), Points(((Run(words, url="story:1"),),)), actions), 12) == (
        Paragraph((Run("three whole"),)),
        Points(((Run("three whole", url="story:1"),),)),
        actions,
    )


def test_passages_go_one_by_one_from_the_last():
    """Their titles stay."""
    one, two = Entry((Run("one"),), (), (Run("said"),)), Entry((Run("two"),), (), (Run("said"),))
    bared = [Entry(entry.title, (), ()) for entry in (one, two)]
    assert unquoted((one, Divider(), two)) == [(one, Divider(), bared[1]), (bared[0], Divider(), bared[1])]
    assert unquoted((Divider(),)) == []


def test_a_document_is_parted_at_its_second_line_and_what_is_pressed_comes_last():
    """Where that is not enough, wherever need be, with nothing lost; what cannot be parted stays as it is."""
    told = [Paragraph((Run(f"{n} " + "word " * 9),)) for n in range(4)]
    menu = Menu("full", "passage", (Option("a", "1"),))
    document = (told[0], Divider(), told[1], Divider(), told[2], told[3], menu)
    whole = portions(document, lambda part: len(part) < 5)
    assert whole == [document[:3], document[4:]]
    parts = portions(document, lambda part: len(part) < 3)
    assert [block for part in parts for block in part if not isinstance(block, Divider)] == [*told, menu]
    assert portions((menu,), lambda _: False) == [(menu,)]


def test_only_a_card_and_an_answer_have_shorter_forms():
    """A card that is too long loses its numbers, then words; an answer its passages; all else is parted."""
    phrases = FluentCatalogue().speak("en")
    card, part = EditionCard(written()), StoryPart(written(), written().stories[0])
    forms = shorter(card, lay_out(card, phrases))
    assert forms[0] == bare(lay_out(card, phrases))
    assert forms[1:] == [clipped(forms[0], most) for most in (400, 200, 100, 60)]
    assert shorter(part, lay_out(part, phrases)) == []
    entry = Entry((Run("one"),), (), (Run("said"),))
    assert shorter(Answer(Reply("sources", (), ()), "en"), (entry,)) == [(Entry((Run("one"),), (), ()),)]


def test_a_further_part_of_a_story_says_of_which():
    """Of anything else, nothing."""
    phrases = FluentCatalogue().speak("en")
    part = StoryPart(written(), written().stories[0])
    assert continued(part, phrases) == (Small((Run("Story 1 of 3, continued"),)),)
    assert continued(EditionCard(written()), phrases) == ()


def test_a_message_says_which_edition_it_is_about():
    """As far as it is about one."""
    edition = written()
    about: list[Message] = [*thread_of(edition), Answer(Reply("help", (), ()), "en", edition)]
    about += [Notice("x", edition=edition.id), Progress(3, "en", edition.id)]
    assert {edition_of(message) for message in about} == {edition.id}
    nothing: list[Message] = [Answer(Reply("help", (), ()), "en"), Notice("x"), Sheet((), "en")]
    assert {edition_of(message) for message in nothing} == {""}
