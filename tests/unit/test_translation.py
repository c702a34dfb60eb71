"""A translation is held against its original: what must stay the same does, and nothing joins it."""

from dataclasses import replace

import pytest

from bot.domain.edition import Edition, Sentence
from bot.domain.translation.faults import faults, tidy
from bot.domain.translation.parts import Names, Part, Rendering, names_of, parts_of_card, parts_of_story, told
from tests.fakes.editions import clocks, edition, lamps

NAMES = Names(("Ada Quill", "Orrin Vale", "Will Sand", "Вера Мол"), ("Tidewater Review", "The Lamp"))
GEARS = "Ada Quill replaced 14 gears with 3 magnets and lost 40% of the weight."
DRIFT = "Vale answers that magnets “drift by nine minutes a week.”"
VOTE = "The council voted 11 to 6 on Tuesday to allow night crossings until 3 March."


def wrong(original: str, said: str, language: str, *, spoken: str = "en") -> tuple[str, ...]:
    """What does not stand of a translation."""
    part = Part("body[0]", original, original)
    return faults(part, tidy(said, language), language, NAMES, spoken=spoken)


# ---------------------------------------------------------------- what stands


@pytest.mark.parametrize(
    ("original", "said", "language"),
    [
        (GEARS, "Ada Quill заменила 14 шестерён тремя магнитами и потеряла 40 % веса.", "ru"),
        (GEARS, "Ada Quill ersetzte 14 Zahnräder durch drei Magnete und verlor 40 Prozent des Gewichts.", "de"),
        (GEARS, "Ada Quill a remplacé 14 engrenages par 3 aimants et perdu 40 % du poids.", "fr"),
        (GEARS, "Ada Quill は14個の歯車を3個の磁石に置き換え、重量の40％を失った。", "ja"),
        (DRIFT, "Vale отвечает, что магниты «drift by nine minutes a week» (уплывают на девять минут в неделю).", "ru"),
        (
            DRIFT,
            "Vale antwortet, Magnete „drift by nine minutes a week.“ (gehen neun Minuten in der Woche nach).",
            "de",
        ),
        (VOTE, "Совет во вторник 11 голосами против 6 разрешил ночные рейсы до 3 марта.", "ru"),
        (VOTE, "Совет к вторнику 11 голосами против 6 разрешил ночные рейсы до 3 марта.", "ru"),
        (VOTE, "Der Rat stimmte am Dienstag mit 11 zu 6 dafür, Nachtfahrten bis zum 3. März zu erlauben.", "de"),
        (VOTE, "Le conseil a voté mardi à 11 contre 6 pour autoriser les traversées de nuit jusqu'au 3 mars.", "fr"),
        (VOTE, "Rada we wtorek głosami 11 do 6 zezwoliła na nocne rejsy do 3 marca.", "pl"),
        ("It costs 2.4 million crowns.", "Это стоит 2,4 млн крон.", "ru"),
        ("It costs 2.4 million crowns.", "费用为240万克朗。", "zh"),
        ("It costs 1,200 crowns a year.", "Es kostet 1.200 Kronen im Jahr.", "de"),
        ("Paper charts won for the third year.", "Бумажные карты победили третий год подряд.", "ru"),
        ("They waited for three hundred days.", "Они ждали триста дней.", "ru"),
        ("It drifts in a nine-minute step.", "Она уходит девятиминутными шагами.", "ru"),
        ("Sixteen ships waited there.", "Dort warteten sechzehn Schiffe.", "de"),
        ("An open source compiler (Nib) is out.", "Вышел компилятор с открытым кодом (open source) Nib.", "ru"),
        ("The keeper went to the pier.", "Смотритель пошёл на пирс.", "ru"),
        ("The office does not accept the clock.", "Контора отказывается принять эти часы.", "ru"),
        ("The office fails to accept the clock.", "Контора не принимает эти часы.", "ru"),
        ("At least two of them stayed.", "Не менее двух из них остались.", "ru"),
        ("Will the lamp shine?", "Будет ли светить лампа?", "ru"),
        ("The Lamp reports fog on the strait.", "Lamp сообщает о тумане в проливе.", "ru"),
        ("Tidekit 2.1", "Tidekit 2.1", "ru"),
        ("AI", "ИИ", "ru"),
    ],
)
def test_an_honest_translation_stands(original: str, said: str, language: str) -> None:
    """Numbers and dates in the form of its language, names in their letters, quotations with a translation."""
    assert wrong(original, said, language) == ()


def test_the_other_way_round_stands_as_well() -> None:
    """Out of Russian, with a name that its own letters write otherwise."""
    original = "Вера Мол в среду насчитала 1200 карт и не нашла ошибок."
    assert wrong(original, "Vera Mol counted 1,200 charts on Wednesday and found no mistakes.", "en", spoken="ru") == ()


# ---------------------------------------------------------------- what does not


@pytest.mark.parametrize(
    ("original", "said", "language", "reason"),
    [
        (GEARS, "", "ru", "it is missing"),
        (GEARS, "Ada Quill заменила 15 шестерён тремя магнитами и потеряла 40 % веса.", "ru", "14 is missing"),
        (GEARS, "Ada Quill заменила 15 шестерён тремя магнитами и потеряла 40 % веса.", "ru", "15 is not in"),
        (GEARS, "Ada Quill ersetzte 14 Zahnräder durch 3 Magnete und verlor 40 Kilo Gewicht.", "de", "kilograms"),
        ("It takes 5 hours there.", "Там это занимает 5 минут.", "ru", "5 minutes is 5 hours"),
        (GEARS, "Ада Квилл заменила 14 шестерён тремя магнитами и потеряла 40 % веса.", "ru", "Quill is missing"),
        (GEARS, "Ada Quillа заменила 14 шестерён тремя магнитами и потеряла 40 % веса.", "ru", "not bent"),
        ("Quill's clock stopped at the pier.", "Quills Uhr blieb am Pier stehen.", "de", "Quill is missing"),
        ("The clock stopped at the pier.", "Die Uhr von Vale blieb am Pier stehen.", "de", "Vale is not named"),
        (
            "Tidewater Review counts charts.",
            "«Приливное обозрение» считает карты.",
            "ru",
            "Tidewater Review is missing",
        ),
        (DRIFT, "Vale отвечает, что магниты «уплывают на девять минут в неделю».", "ru", "in the original, and put"),
        (DRIFT, "Vale отвечает, что магниты «drift by nine minutes a week».", "ru", "needs your translation"),
        (
            DRIFT,
            "Vale отвечает, что магниты «drift by nine minutes a week» (they drift a lot here).",
            "ru",
            "in Russian",
        ),
        ("The clock stopped.", "Часы остановились, «и это навсегда».", "ru", "is no quotation of"),
        ("A compiler is out.", "Вышел компилятор (и он очень хорош, купите его).", "ru", "is not in the original"),
        (VOTE, "Совет в среду 11 голосами против 6 разрешил ночные рейсы до 3 марта.", "ru", "Tuesday is missing"),
        (VOTE, "Совет во вторник 11 голосами против 6 разрешил ночные рейсы до 3 мая.", "ru", "3 March is missing"),
        (VOTE, "Rada we wtorek głosami 11 do 6 zezwoliła na nocne rejsy do 4 marca.", "pl", "March"),
        (VOTE, VOTE, "ru", "write it in Russian"),
        ("Charts Outsell Screens In Wexmouth Again", "Charts Outsell Screens In Wexmouth Again", "de", "in German"),
        ("The office does not accept the clock.", "Контора принимает эти часы.", "ru", "the original says “not”"),
        ("The office accepts the clock.", "Контора не принимает эти часы.", "ru", "says “не”"),
        ("The office didn't accept the clock.", "Das Amt nimmt die Uhr an.", "de", "the original says “didn't”"),
        ("The office accepts the clock.", "Le bureau n'accepte pas l'horloge.", "fr", "says “pas”"),
        ("Paper charts are read in Wexmouth.", "Карты читают тут: https://evil.example/x", "ru", "https://evil"),
        ("Paper charts are read in Wexmouth.", "Бумажные карты читают на evil.example в порту.", "ru", "evil.example"),
        ("Paper charts are read in Wexmouth.", "Бумажные карты читают здесь @everyone.", "ru", "@everyone"),
        ("Paper charts are read in Wexmouth.", "Бумажные карты читают <!channel> в порту.", "ru", "<!channel>"),
        ("Paper charts are read in Wexmouth.", "Бумажные карты читают в порту 🎉.", "ru", "🎉"),
        ("Paper charts are read in Wexmouth.", "Да.", "ru", "much shorter"),
        ("Paper charts are read in Wexmouth.", "Карты " * 20 + "читают.", "ru", "much longer"),
    ],
)
def test_a_translation_that_changes_something_does_not(original: str, said: str, language: str, reason: str) -> None:
    """And whoever translates again is told what."""
    assert reason in "; ".join(wrong(original, said, language))


def test_what_stands_in_the_original_may_stand_in_the_translation() -> None:
    """An address somebody wrote is theirs; renderers make it harmless."""
    original = "Paper charts are listed at charts.example/list for everybody in port."
    said = "Бумажные карты перечислены на charts.example/list для всех в порту."
    assert wrong(original, said, "ru") == ()


def test_markup_and_typed_numbers_are_taken_off() -> None:
    """What a careful copy editor would do without asking."""
    assert tidy("**Карты** читают\nв порту. [2.1]", "ru") == "Карты читают в порту."


# ---------------------------------------------------------------- parts


def test_a_text_that_stands_in_several_places_is_translated_once() -> None:
    """What is nothing but somebody's words sends the words alone; the name before them is theirs."""
    said = "Orrin Vale: “Fewer gears is a mistake: magnets drift by nine minutes a week.”"
    story = replace(clocks(), standfirst=Sentence(said, ("4.1",)), body=(Sentence(said, ("4.1",)),))
    parts = {part.where: part for part in parts_of_story(edition(), story, "ru")}
    assert "body[0]" not in parts
    part = parts["standfirst"]
    assert (part.words, part.before) == (
        "Fewer gears is a mistake: magnets drift by nine minutes a week.",
        "Orrin Vale: ",
    )
    assert part.shown("Меньше шестерён", "ru") == f"Orrin Vale: «{part.words}» (Меньше шестерён)"
    # A sentence of ours that ends in a quotation is a sentence of ours.
    assert parts["positions[1]"].words == "Says magnets “drift by nine minutes a week.”"


def test_parts_have_their_place_as_their_name() -> None:
    """Everything a reader reads of a story; what is not there has no part."""
    wheres = [part.where for part in parts_of_story(edition(), clocks(), "ru")]
    assert wheres == [
        "title", "standfirst", "positions[0]", "positions[1]", "positions[2]", "counter", "body[0]", "body[1]",
        "body[2]", "body[3]", "synthesis", "crux.question", "crux.settles", "so_what",
    ]  # fmt: skip
    assert [part.where for part in parts_of_card(edition(), "ru")] == ["title", "lede"]
    assert "so_what" not in [part.where for part in parts_of_story(edition(), lamps(), "ru")]


def selected(language: str) -> Edition:
    """Original sentences, one of them Russian."""
    whole = "Вера Мол: «Маяк без смотрителя светит, но ничего вокруг себя не видит.»"
    story = replace(lamps(), standfirst=Sentence(whole, ("7.1",)))
    return edition(language=language, stories=(story,))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_in_the_readers_language_already_is_left_alone(language: str) -> None:
    """Whatever language the edition calls its own: it may hold sentences in several."""
    whole = selected(language)
    wheres = [part.where for part in parts_of_story(whole, whole.stories[0], "ru")]
    assert "standfirst" not in wheres
    assert "body[0]" in wheres


def test_what_was_not_translated_is_known() -> None:
    """A failed piece is kept whole, of another what did not pass."""
    one, two, three = (Part("title", text, text) for text in "abc")
    found = told("ru", [((one, two), Rendering((("a", "а"),))), ((three,), None)])
    assert (found("a"), found("b"), sorted(found.kept)) == ("а", "b", ["b", "c"])


def test_everybody_who_speaks_is_known_by_name() -> None:
    """People bend by grammar, organizations are kept whole."""
    names = names_of(edition())
    assert names.people == ("Ada Quill", "Imke Sand", "Orrin Vale", "Вера Мол")
    assert names.others == ("Harbour Works", "Tidewater Review")
