"""The language gate: what a text is written in, whatever names and quotations it carries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.text.tongue import UNKNOWN, is_in, tongue

SENTENCES = {
    "en": "The harbour office says that the lamp costs less without a keeper.",
    "ru": "Портовое управление говорит, что маяк без смотрителя обходится дешевле.",
    "uk": "Портове управління каже, що маяк без доглядача обходиться дешевше.",
    "bg": "Пристанищното управление казва, че фарът без пазач излиза по-евтино.",
    "de": "Das Hafenamt sagt, dass die Lampe ohne einen Wärter weniger kostet.",
    "fr": "Le bureau du port affirme que la lampe coûte moins cher sans gardien.",
    "es": "La oficina del puerto dice que la lámpara cuesta menos sin un guardián.",
    "pt": "A administração do porto diz que a lâmpada custa menos sem um guarda.",
    "it": "L'ufficio del porto dice che la lampada costa meno senza un guardiano.",
    "nl": "Het havenkantoor zegt dat de lamp zonder wachter minder geld kost.",
    "pl": "Urząd portowy mówi, że lampa bez latarnika kosztuje mniej niż dotąd.",
    "tr": "Liman idaresi, bekçisi olmayan lambanın daha ucuza geldiğini söylüyor.",
    "cs": "Přístavní úřad říká, že lampa bez strážce stojí méně než dříve.",
    "sv": "Hamnkontoret säger att lampan kostar mindre utan en vakt på plats.",
    "fi": "Satamatoimisto sanoo, että lamppu maksaa vähemmän ilman vartijaa.",
    "hu": "A kikötői hivatal szerint a lámpa őr nélkül kevesebbe kerül.",
    "vi": "Văn phòng cảng nói rằng ngọn đèn tốn ít tiền hơn khi không có người gác.",
    "el": "Το γραφείο του λιμανιού λέει ότι ο φάρος κοστίζει λιγότερο χωρίς φύλακα.",
    "ja": "港の事務所によると、灯台は番人がいないほうが安く済むという。",
    "zh": "港务局表示，没有看守人的灯塔花费更少，而且不会比从前更危险。",
    "ko": "항만 사무소는 등대지기가 없으면 등대 비용이 더 적게 든다고 말한다.",
    "ar": "يقول مكتب الميناء إن المنارة تكلف أقل من دون حارس يقيم فيها.",
    "he": "משרד הנמל אומר שהמגדלור עולה פחות בלי שומר שגר בו.",
    "hi": "बंदरगाह कार्यालय का कहना है कि रखवाले के बिना दीपक पर कम खर्च आता है।",
    "th": "สำนักงานท่าเรือกล่าวว่าประภาคารที่ไม่มีคนเฝ้าใช้เงินน้อยกว่า",
}
NAMES = st.sampled_from(
    ["Ada Quill", "Вера Мол", "OpenAI", "GPT-5", "Harbour Works", "東京", "Łódź", "README.md", "v2.1"]
)


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_in_its_own_language(language: str) -> None:
    """It is found first, and passes the gate."""
    found, sure = tongue(SENTENCES[language])
    assert found == language
    assert 0.5 < sure <= 1.0
    assert is_in(SENTENCES[language], language)


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_in_no_other_language(language: str) -> None:
    """The gate is closed for every other language, near relatives among them."""
    assert [other for other in SENTENCES if other != language and is_in(SENTENCES[language], other)] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "ru"),
        ("Ada Quill, Orrin Vale, OpenAI", "ru"),
        ("GPT-5.1 Codex", "ja"),
        ("Nein.", "en"),
        ("“The lamp was never asked to see, only to be seen by everyone.”", "ru"),
        ("Вера Мол: “The lamp was never asked to see, only to be seen by everyone.”", "ru"),
        ("https://example.org/what-the-harbour-office-says-about-lamps", "de"),
        ("`counterpoint brief --format json`", "de"),
        ("!!! 40 % … 1,200", "fr"),
    ],
)
def test_what_cannot_be_told_passes(text: str, language: str) -> None:
    """Names, quotations, code, single words and numbers are of no language."""
    assert is_in(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("OpenAI выпустила GPT-5.1 Codex для Android и обновила README.md.", "ru"),
        ("Маяк работает без смотрителя (unattended operation, as the harbour office calls it everywhere).", "ru"),
        (
            "Ада Квилл заменила шестерни магнитами: «Nobody rowed, and nobody will ever row again in this harbour».",
            "ru",
        ),
        ("Das Fine-Tuning der Large Language Models kostet laut Harbour Works weniger als früher.", "de"),
        ("OpenAIがGPT-5.1を発表し、Android向けのアプリも公開した。", "ja"),
        ("Harbour Works 发布了 Tidekit 2.1，用于这种时钟。", "zh"),
        ("Вера Мол and 東京 Lamps disagree about what the harbour office has said.", "en"),
        ("Lampka (po angielsku: the little lamp of the old harbour) świeci bez latarnika od wtorku.", "pl"),
    ],
)
def test_names_quotations_and_terms_in_brackets_change_nothing(text: str, language: str) -> None:
    """What stands in another language on purpose is left out before anything is judged."""
    assert is_in(text, language)


@pytest.mark.parametrize(
    ("language", "same"),
    [("pt-BR", "pt"), ("zh_TW", "zh"), ("EN-us", "en"), ("iw", "he")],
)
def test_regions_and_older_codes_are_their_language(language: str, same: str) -> None:
    """A setting may name a region or an older code."""
    assert is_in(SENTENCES[same], language)
    assert not is_in(SENTENCES["pl"], language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Biuro portu podaje, że latarnia bez latarnika kosztuje mniej.", "ru"),
        ("The Harbour Office of Wexmouth Sold Its Lamps, and Nobody Has Asked Why.", "ru"),
        ("他说灯塔很便宜而且不需要看守人所以大家都同意了这个办法", "ja"),
        ("Ліхтар без наглядача їм подобається.", "ru"),
        ("THE HARBOUR OFFICE HAS SOLD ALL OF ITS LAMPS", "de"),
        ("Модель выпустили вчера.", "en"),
        ("The model was released yesterday.", "kk"),
    ],
)
def test_another_script_or_alphabet_is_refused_even_when_short(text: str, language: str) -> None:
    """Letters tell sooner than statistics do."""
    assert not is_in(text, language)


def test_serbian_may_be_in_either_script() -> None:
    """Its script says nothing; another language is still seen."""
    assert is_in("Lučka uprava kaže da svetionik bez čuvara košta mnogo manje nego ranije.", "sr")
    assert is_in("Лучка управа каже да светионик без чувара кошта мање него раније.", "sr")
    assert not is_in(SENTENCES["de"], "sr")


def test_an_unknown_language_is_judged_by_script_alone() -> None:
    """Nobody can say whether a text is in a language that no model knows."""
    assert is_in(SENTENCES["fr"], "qqq")
    assert not is_in(SENTENCES["ru"], "qqq")


def test_japanese_with_many_chinese_characters_is_japanese() -> None:
    """A few kana settle it, however many characters both languages share."""
    text = "港湾管理事務所灯台保守部門は灯台番人不要方針を本日発表"
    assert tongue(text) == ("ja", 1.0)
    assert is_in(text, "ja")


def test_a_text_without_words_has_no_language() -> None:
    """Nothing to judge is said as such."""
    assert tongue("“Only a quotation.” 12.5 %") == (UNKNOWN, 0.0)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from([*SENTENCES, "pt-BR", "qqq", "", "x-y"]))
def test_any_text_is_judged_twice_alike(text: str, language: str) -> None:
    """No text breaks the gate, lone surrogates and marks without letters included."""
    assert is_in(text, language) == is_in(text, language)
    found, sure = tongue(text)
    assert (found == UNKNOWN) == (sure == 0.0)
    assert 0.0 <= sure <= 1.0


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SENTENCES)), st.lists(NAMES, max_size=4), st.sampled_from(sorted(SENTENCES)))
def test_names_and_a_quoted_original_never_close_the_gate(language: str, names: list[str], original: str) -> None:
    """An edition quotes in the original and names people as they are called."""
    assert is_in(f"{' / '.join(names)} — {SENTENCES[language]} “{SENTENCES[original]}”", language)
