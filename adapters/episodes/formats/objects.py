"""Transcripts in JSON: whoever writes them has a list of pieces somewhere, under names that differ.

Read are podcast:transcript (`segments` with `startTime`, `body`), Whisper and its kin (`segments` or `chunks` with
`start`, `text`), YouTube's json3 (`events` with `segs`), `utterances` and `entries` of speech services, plain lists,
one object a line. The list with the most characters wins, so that words one by one beside their sentences do not.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from adapters.episodes.formats.moments import seconds
from adapters.episodes.formats.opening import MOST_PIECES, limited
from adapters.episodes.formats.result import Read
from adapters.episodes.formats.rolling import unrolled
from adapters.episodes.formats.tags import plain
from bot.domain.transcript import Cue

_TEXT = ("body", "text", "transcript", "content", "utterance", "sentence", "doc", "caption", "line", "value")
_START = ("startTime", "start", "start_time", "time", "begin", "from", "offset", "ts", "timestamp")
_END = ("endTime", "end", "end_time", "to", "stop", "end_ts")
_LENGTH = ("duration", "dur")
_SPEAKER = ("speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "name", "author", "user")
_AD = ("ad", "ads", "advertisement", "sponsor", "commercial")
_DEEPEST = 6
_MOST_LOOKED_AT = 50
"""Lists of one file that are weighed; pieces by which a list is judged."""
_MANY = 5
_SLOW = 0.2
"""Characters a second below which whole numbers are no seconds but thousandths."""
_PAIR = 2


def is_json(text: str) -> bool:
    """Whether what begins with a bracket is JSON: `[00:12:03] Anna: hello` is not."""
    inside = text[1:200].lstrip()
    return inside[:1] in ('"', "}") if text.startswith("{") else inside[:1] in ("{", '"', "[", "]")


def read(text: str) -> Read:
    """The pieces of a transcript in JSON.

    Raises:
        ValueError: it is damaged, or holds no list of pieces.
    """
    limited(text, "{", 2 * MOST_PIECES, "pieces")
    told = _parsed(text)
    whole = told if isinstance(told, dict) else {}
    if isinstance(whole.get("events"), list) and any(
        isinstance(one, dict) and "segs" in one for one in whole["events"]
    ):
        return Read(tuple(_youtube(whole["events"])), "json", automatic=_is_heard(whole["events"]))
    pieces = _best(told)
    if pieces is None:
        raise ValueError("This JSON holds no transcript: there is no list of pieces with text in it.")
    cues = list(_cues(pieces))
    language = _text(whole, ("language", "lang", "language_code"))
    return Read(
        cues=tuple(unrolled(_in_seconds(cues))),
        format="json",
        language=language if language and len(language) <= len("zh-Hant-TW") and language.isascii() else None,
        title=_text(whole, ("title",)),
        duration=seconds(whole.get("duration")) or None,
        automatic=any("avg_logprob" in piece or "confidence" in piece for piece in pieces[:_MANY]),
    )


def _parsed(text: str) -> Any:  # noqa: ANN401 (JSON has no narrower type)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = _by_line(text) if error.msg == "Extra data" else None
        if lines is None:
            raise ValueError(f"The JSON is damaged at line {error.lineno}, column {error.colno}.") from error
        return lines
    except RecursionError as error:
        raise ValueError("The JSON is nested too deeply for a transcript.") from error
    except ValueError as error:  # a number of thousands of digits
        raise ValueError("The JSON is damaged: it holds a number nobody can read.") from error


def _by_line(text: str) -> list[Any] | None:
    """One object a line, None where that is not so."""
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None


def _best(told: Any) -> Sequence[Mapping[str, Any]] | None:  # noqa: ANN401 (as above)
    """The list of pieces that says most; among equals the one with the fewest pieces, which has sentences."""
    found = list(islice(_lists(told, 0), _MOST_LOOKED_AT))
    if not found:
        texts = [told] if isinstance(told, str) else [_text(told, _TEXT) or ""] if isinstance(told, dict) else []
        return [{"text": text} for text in texts if text] or None
    said = [sum(len(_said(piece)) for piece in pieces) for pieces in found]
    most = max(said)
    # Words one by one lack the spaces between them, but may have punctuation of their own.
    return min((pieces for pieces, count in zip(found, said, strict=True) if count * 10 >= most * 8), key=len)


def _lists(told: Any, depth: int) -> Iterator[list[Mapping[str, Any]]]:  # noqa: ANN401 (as above)
    """Every list of objects with text in it."""
    if isinstance(told, list):
        objects = [one for one in told if isinstance(one, dict)]
        if objects and any(_said(one) for one in objects):
            yield [one for one in objects if _said(one) or _is_ad(one)]
        elif told and all(isinstance(one, str) for one in told):
            yield [{"text": one} for one in told]
        inside: Sequence[Any] = told[:_MANY]
    else:
        inside = list(islice(told.values(), _MOST_LOOKED_AT)) if isinstance(told, dict) else ()
    if depth < _DEEPEST:
        for one in inside:
            if isinstance(one, dict | list):
                yield from _lists(one, depth + 1)


def _said(piece: Mapping[str, Any]) -> str:
    direct = _text(piece, _TEXT)
    if direct is not None:
        return direct
    elements = piece.get("elements") or piece.get("words") or piece.get("sentences")
    if not isinstance(elements, list):
        return ""
    glue = "" if "elements" in piece else " "
    return glue.join(_text(one, ("punctuated_word", "word", *_TEXT)) or "" for one in elements if isinstance(one, dict))


def _text(piece: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    return next((value for key in keys if isinstance(value := piece.get(key), str) and value.strip()), None)


def _cues(pieces: Sequence[Mapping[str, Any]]) -> Iterator[Cue]:
    for piece in pieces:
        start, end = _times(piece)
        yield Cue(plain(_said(piece)).strip(), start, end, _speaker(piece), ad=_is_ad(piece))


def _times(piece: Mapping[str, Any]) -> tuple[float | None, float | None]:
    pair = piece.get("timestamp") or piece.get("timestamps")
    if isinstance(pair, list) and len(pair) == _PAIR:
        return seconds(pair[0]), seconds(pair[1])
    if isinstance(pair, dict):
        piece = pair
    elements = piece.get("elements") or piece.get("words")
    if isinstance(elements, list) and not any(key in piece for key in _START):
        timed = [one for one in elements if isinstance(one, dict) and any(key in one for key in _START)]
        if timed:
            return _first(timed[0], _START), _first(timed[-1], _END)
    start, end, length = _first(piece, _START), _first(piece, _END), _first(piece, _LENGTH)
    if end is None and start is not None and length is not None:
        end = start + length
    return start, end


def _first(piece: Mapping[str, Any], keys: Sequence[str]) -> float | None:
    return next((value for key in keys if (value := seconds(piece.get(key))) is not None), None)


def _speaker(piece: Mapping[str, Any]) -> str | None:
    for key in _SPEAKER:
        named = piece.get(key)
        if isinstance(named, dict):
            named = _text(named, ("name", "label", "id"))
        if isinstance(named, int) and not isinstance(named, bool):
            return f"Speaker {named}"
        if isinstance(named, str) and named.strip():
            return named.strip()
    return None


def _is_ad(piece: Mapping[str, Any]) -> bool:
    kind = piece.get("type") or piece.get("kind")
    return any(piece.get(key) is True for key in _AD) or (isinstance(kind, str) and kind.lower() in _AD)


def _in_seconds(cues: list[Cue]) -> list[Cue]:
    """Times in thousandths, as some services give them, are made seconds: nobody speaks that slowly."""
    starts = [cue.start for cue in cues if cue.start is not None]
    if len(starts) < _PAIR or any(start != int(start) for start in starts):
        return cues
    characters = sum(len(cue.text) for cue in cues)
    if max(starts) - min(starts) <= characters / _SLOW:
        return cues
    return [
        Cue(
            cue.text,
            None if cue.start is None else cue.start / 1000,
            None if cue.end is None else cue.end / 1000,
            cue.speaker,
            cue.ad,
        )
        for cue in cues
    ]


def _youtube(events: Sequence[Any]) -> Iterator[Cue]:
    """Captions of json3: an event is a line, its segments are words with the white space between them."""
    for event in events:
        if not isinstance(event, dict) or not isinstance(event.get("segs"), list):
            continue
        text = "".join(
            one["utf8"] for one in event["segs"] if isinstance(one, dict) and isinstance(one.get("utf8"), str)
        )
        start, length = seconds(event.get("tStartMs")), seconds(event.get("dDurationMs"))
        if text.strip():
            begun = None if start is None else start / 1000
            yield Cue(plain(text).strip(), begun, None if begun is None or length is None else begun + length / 1000)


def _is_heard(events: Sequence[Any]) -> bool:
    """Whether words have times of their own: only captions that a machine heard do."""
    return any(
        "tOffsetMs" in one
        for event in events[: _MOST_LOOKED_AT * _MANY]
        if isinstance(event, dict) and isinstance(event.get("segs"), list)
        for one in event["segs"]
        if isinstance(one, dict)
    )
