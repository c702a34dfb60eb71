"""A toy of a translator: word for word, from a small dictionary; letters for letters where a word is not in it.

Nobody would take it for a translation. What has to stay stays: numbers, names, quotations in the original.
"""

import re


def _pairs(words: str) -> dict[str, str]:
    """`word=wort`, many of them."""
    return dict(word.split("=") for word in words.split())


_RU = _pairs(
    """
    the= a= an= is=это are=это was=был were=были be=быть been=был has=имеет have=имеют had=имел and=и or=или
    but=но not=не no=нет of=из to=к in=в on=на at=у by=от for=для from=из with=с without=без as=как that=что
    this=это these=эти those=те it=это its=его they=они their=их he=он she=она his=его her=её we=мы our=наш you=вы
    who=кто what=что which=который says=говорит say=говорят said=сказал writes=пишет wrote=написал
    reports=сообщает asks=спрашивает according=согласно account=рассказ words=слова headline=заголовок will=будет
    may=может might=мог can=может could=мог would=бы should=должен after=после before=до during=во_время
    when=когда where=где while=пока because=потому_что if=если than=чем more=больше less=меньше all=все
    every=каждый each=каждый only=только also=также very=очень new=новый old=старый first=первый last=последний
    next=следующий many=многие most=большинство some=некоторые other=другой both=оба two=два three=три four=четыре
    five=пять nine=девять percent=процентов week=неделя month=месяц year=год day=день days=дней hour=час
    minutes=минут time=время people=люди team=команда company=компания clock=часы clocks=часы chart=карта
    charts=карты paper=бумага lamp=лампа keeper=смотритель harbour=гавань office=контора gears=шестерни
    magnets=магниты magnet=магнит weight=вес lost=потерял tide=прилив mistake=ошибка review=проверка
    change=изменение changes=изменения dam=плотина wall=стена work=работа stopped=остановил question=вопрос
    answer=ответ story=история
    """
)
_DE = _pairs(
    """
    the=die a=ein an=ein is=ist are=sind was=war were=waren be=sein been=gewesen has=hat have=haben had=hatte
    and=und or=oder but=aber not=nicht no=kein of=von to=zu in=in on=auf at=bei by=durch for=für from=aus with=mit
    without=ohne as=wie that=dass this=dies these=diese those=jene it=es its=sein they=sie their=ihr he=er she=sie
    his=sein her=ihr we=wir our=unser you=ihr who=wer what=was which=welche says=sagt say=sagen said=sagte
    writes=schreibt wrote=schrieb reports=berichtet asks=fragt according=laut account=Bericht words=Worte
    headline=Überschrift will=wird may=darf might=könnte can=kann could=konnte would=würde should=sollte
    after=nach before=vor during=während when=wenn where=wo while=während because=weil if=falls than=als more=mehr
    less=weniger all=alle every=jede each=jede only=nur also=auch very=sehr new=neu old=alt first=erste
    last=letzte next=nächste many=viele most=meiste some=einige other=andere both=beide two=zwei three=drei
    four=vier five=fünf nine=neun percent=Prozent week=Woche month=Monat year=Jahr day=Tag days=Tage hour=Stunde
    minutes=Minuten time=Zeit people=Leute team=Gruppe company=Firma clock=Uhr clocks=Uhren chart=Karte
    charts=Karten paper=Papier lamp=Lampe keeper=Wärter harbour=Hafen office=Amt gears=Zahnräder magnets=Magnete
    magnet=Magnet weight=Gewicht lost=verlor tide=Gezeiten mistake=Fehler review=Prüfung change=Änderung
    changes=Änderungen dam=Damm wall=Mauer work=Arbeit stopped=stoppte question=Frage answer=Antwort
    story=Geschichte
    """
)
_LETTERS = {
    "sch": "щ", "sh": "ш", "ch": "ч", "th": "т", "ph": "ф", "ck": "к", "qu": "кв", "ee": "и", "oo": "у", "ou": "ау",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "дж", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "в", "x": "кс",
    "y": "и", "z": "з",
}  # fmt: skip
_QUOTE = re.compile(r"“[^”]*”|«[^»]*»|„[^“]*“")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_BY_LETTERS = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))


def translated(text: str, language: str) -> str:
    """A text word for word; quotations stay, and are followed by theirs in brackets."""
    if language not in {"ru", "de"}:
        return text
    found: list[str] = []
    past = 0
    for quote in _QUOTE.finditer(text):
        found.append(_words(text[past : quote.start()], language))
        found.append(f"{quote.group()} ({_words(quote.group()[1:-1], language)})")
        past = quote.end()
    found.append(_words(text[past:], language))
    whole = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r" {2,}", " ", "".join(found))).strip()
    return whole[:1].upper() + whole[1:]


def _words(text: str, language: str) -> str:
    def one(match: re.Match[str]) -> str:
        word = match.group()
        begins = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith((".", ":", "!", "?"))
        if word[0].isupper() and not (begins and word.lower() in _RU):
            return word
        told = (_RU if language == "ru" else _DE).get(word.lower())
        if told is None:
            return word if language == "de" else _BY_LETTERS.sub(lambda m: _LETTERS[m.group()], word.lower())
        return told.replace("_", " ")

    return _WORD.sub(one, text)
