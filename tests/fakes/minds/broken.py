"""The broken mind: answers as models and servers do on bad days, one way at a time."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bot.domain.checks.lexicon import vocabulary
from tests.fakes.minds.good import Good
from tests.fakes.minds.prompts import Reading
from tests.fakes.minds.saying import Mind, Prompt, Said, Wire

Breaking = Callable[[Said, Prompt], Said]
_THOUGHT = 'The user wants JSON. Perhaps {"title": "a thought"} would do? No. Let me look at the passages again.'
_REFUSAL = "I'm sorry, but I can't assist with that request."
_PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def _text(change: Callable[[str], str | None], **others: Any) -> Breaking:
    """Another text."""
    return lambda said, _: Said(change(said.text or ""), **others)


def _data(change: Callable[[Any], Any]) -> Breaking:
    """Other JSON; where the answer is plain text, that inside JSON."""

    def breaking(said: Said, _: Prompt) -> Said:
        return Said(json.dumps(change(_loaded(said.text or ""))))

    return breaking


def _sent(**others: Any) -> Breaking:
    """The right answer, sent wrong."""
    return lambda said, _: Said(said.text, wire=Wire(**others))


def _error(status: int, message: str, code: str | None = None, **headers: str) -> Breaking:
    body = {"error": {"message": message, "type": "server_error", "param": None, "code": code}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda said, _: Said(said.text, wire=Wire(status, named, json.dumps(body).encode()))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {"answer": text}


def _missing(data: Any) -> Any:
    return dict(list(data.items())[: len(data) // 2]) if isinstance(data, dict) else data


def _mistyped(data: Any) -> Any:
    """Texts where there should be lists, numbers where there should be texts."""
    turned: dict[type, Callable[[Any], Any]] = {dict: lambda v: [str(v)], list: json.dumps, str: len, int: str}
    return {key: turned.get(type(value), _same)(value) for key, value in data.items()}


def _same(value: Any) -> Any:
    return value


def _strings(data: Any) -> Any:
    """Inner objects as JSON in strings."""
    return {key: json.dumps(value) if isinstance(value, dict | list) else value for key, value in data.items()}


def _multiplied(most: int) -> Callable[[Any], Any]:
    def change(data: Any) -> Any:
        return {k: (v * most)[:most] if isinstance(v, list) and v else v for k, v in data.items()}

    return change


def _everywhere(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, dict):
        return {key: _everywhere(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [_everywhere(value, change) for value in data]
    return change(data) if isinstance(data, str) and " " in data else data


def _in_texts(change: Callable[[str], str]) -> Breaking:
    return _data(lambda data: _everywhere(data, change))


def _repositioned(data: Any) -> Any:
    """Numbers that nothing was given."""
    positions = [p | {"position": n} for p, n in zip(data.get("positions") or [], (0, -1, 99, 1, 1), strict=False)]
    lines = [line | {"story": 99, "host": 3} for line in data.get("lines") or []]
    return data | {k: v for k, v in (("positions", positions), ("lines", lines)) if data.get(k)}


def _misnumbered(data: Any) -> Any:
    """Evidence as numbers, as one text, as words."""
    if isinstance(data, dict):
        odd = [3.1, "[3.1]", "passage 3.1", None, "3.1, 4.2"]
        return {k: odd if k == "evidence" else _misnumbered(v) for k, v in data.items()}
    return [_misnumbered(each) for each in data] if isinstance(data, list) else data


def _doubled_keys(text: str) -> str:
    return '{"title": "First", ' + text[1:] if text.startswith("{") else text


def _yaml(text: str) -> str:
    data = _loaded(text)
    return "\n".join(f"{key}: {json.dumps(value)[:200]}" for key, value in data.items())


def _html(text: str) -> str:
    return f"<html><body><h1>Answer</h1><pre>{text.replace('<', '&lt;')}</pre></body></html>"


def _pieces(text: str) -> str:
    return f"<think>one</think>\n<think>\ntwo {{</think>{text[:40]}<think>three, in the middle</think>{text[40:]}"


def _numbers_gone(text: str) -> str:
    at = text.rfind("}")
    return f'{text[:at]}, "score": NaN, "more": Infinity}}' if at > 0 else "NaN"


def _tool_call(said: Said, _: Prompt) -> Said:
    call = {"id": "call_1", "type": "function", "function": {"name": "write_story", "arguments": said.text or ""}}
    return Said(None, "tool_calls", tool_calls=(call,))


def _echo(_: Said, prompt: Prompt) -> Said:
    return Said(prompt.messages[-1][1])


def _no_choices(said: Said, _: Prompt) -> Said:
    body = {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []}
    return Said(said.text, wire=Wire(body=json.dumps(body).encode()))


BREAKINGS: Final[Mapping[str, Breaking]] = {
    # around the answer
    "fences": _text(lambda t: f"```json\n{t}\n```"),
    "fences_plain": _text(lambda t: f"```\n{t}\n```\n"),
    "fences_open": _text(lambda t: f"```json\n{t}"),
    "prose_around": _text(lambda t: f"Sure! Here is the JSON:\n\n{t}\n\nLet me know if I should change it."),
    "think": _text(lambda t: f"<think>\n{_THOUGHT}\n</think>\n\n{t}"),
    "think_headless": _text(lambda t: f"{_THOUGHT}\n</think>\n\n{t}"),
    "think_unclosed": _text(lambda t: f"<think>\n{_THOUGHT}\n{t}"),
    "think_in_pieces": _text(_pieces),
    "think_only": _text(lambda t: f"<think>\n{_THOUGHT}\n</think>\n"),
    "think_endless": _text(lambda t: "<think>\n" + _THOUGHT * 200, finish="length"),
    "reasoning_beside": lambda said, _: Said(said.text, reasoning=_THOUGHT),
    "reasoning_only": lambda _, __: Said("", reasoning=_THOUGHT, finish="length"),
    "byte_order_mark": _text(lambda t: f"\ufeff{t}"),
    "two_objects": _text(lambda t: f"{t}\n{t}"),
    "two_different": _text(lambda t: '{"title": "A first try"}\n' + t),
    "html": _text(_html),
    "yaml": _text(_yaml),
    "xml": _text(lambda t: f"<answer><title>A title</title><body>{t[:80]}</body></answer>"),
    # the JSON itself
    "truncated": _text(lambda t: t[: len(t) * 2 // 3]),
    "truncated_early": _text(lambda t: t[: max(1, len(t) // 10)]),
    "length": _text(lambda t: t[: len(t) * 3 // 4], finish="length"),
    "single_quotes": _text(lambda t: str(_loaded(t))),
    "trailing_commas": _text(lambda t: t.replace("}", ",}").replace("]", ",]")),
    "comments": _text(lambda t: t.replace("{", "{ // here it begins\n", 1)),
    "unquoted_keys": _text(lambda t: t.replace('"title":', "title:").replace('"text":', "text:")),
    "nan": _text(_numbers_gone),
    "duplicate_keys": _text(_doubled_keys),
    "deep_nesting": _text(lambda t: '{"title": ' + "[" * 20_000 + "]" * 20_000 + "}"),
    "raw_newlines": _in_texts(lambda t: t.replace(" ", "\n", 1)),
    # its shape
    "missing_fields": _data(_missing),
    "extra_fields": _data(lambda d: d | {"confidence": 0.93, "notes": ["I am sure."], "settings": {"post": "all"}}),
    "wrong_types": _data(_mistyped),
    "nested_strings": _data(_strings),
    "string_of_json": _text(json.dumps),
    "list_of_one": _data(lambda d: [d]),
    "wrapped": _data(lambda d: {"response": {"data": d}}),
    "all_null": _data(dict.fromkeys),
    "null": _text(lambda t: "null"),
    "wrong_positions": _data(_repositioned),
    "wrong_evidence": _data(_misnumbered),
    "five_thousand": _data(_multiplied(5_000)),
    "five_megabytes": _text(lambda t: t + " " + "lorem ipsum dolor " * 290_000),
    # its letters
    "surrogates": _in_texts(lambda t: f"{t[:5]}\ud83d{t[5:]}\udc00"),
    "controls": _in_texts(lambda t: f"{t[:5]}\x00\x1b[31m\x07{t[5:]}\x7f\x85"),
    "bidi": _in_texts(lambda t: f"\u202e{t}\u2066\u2069\u200b"),
    "tags": _in_texts(lambda t: t + "".join(chr(0xE0000 + ord(letter)) for letter in "ping everyone")),
    "markup": _in_texts(lambda t: f"**{t}** <b>really</b> [more](https://evil.example/more)"),
    "zalgo": _in_texts(lambda t: "".join(letter + "\u0335\u0321" for letter in t)),
    # nothing, or something else
    "empty": _text(lambda t: ""),
    "whitespace": _text(lambda t: " \n\t\n "),
    "null_content": _text(lambda t: None),
    "empty_object": _text(lambda t: "{}"),
    "refusal_field": lambda _, __: Said(None, refusal=_REFUSAL),
    "refusal_prose": _text(lambda t: _REFUSAL),
    "content_filter": _text(lambda t: t[:50], finish="content_filter"),
    "content_filter_empty": _text(lambda t: None, finish="content_filter"),
    "tool_calls": _tool_call,
    "echo": _echo,
    "loop": _text(lambda t: "The the the report says that " * 3_000, finish="length"),
    "foreign": _in_texts(lambda t: "这份报告说，情况正在迅速变化，许多人正在关注。"),
    "as_a_model": _in_texts(lambda t: f"As an AI language model, I would say: {t}"),
    # the server
    "rate_limited": _error(429, "Rate limit reached.", "rate_limit_exceeded", Retry_After="0"),
    "rate_limited_long": _error(429, "Rate limit reached.", "rate_limit_exceeded", Retry_After="3600"),
    "rate_limited_bare": _error(429, "Too many requests."),
    "rate_limited_odd": _error(429, "Rate limit reached.", None, Retry_After="soon"),
    "quota": _error(429, "You exceeded your current quota.", "insufficient_quota"),
    "error_500": _error(500, "The server had an error while processing your request."),
    "error_503": _error(503, "The engine is currently overloaded.", None, Retry_After="0"),
    "error_502_page": _sent(status=502, body=_PAGE, kind="text/html"),
    "forbidden": _error(403, "Your request was blocked."),
    "page": _sent(body=b"<html><body>Please log in to continue.</body></html>", kind="text/html"),
    "wrong_type": _sent(kind="text/plain"),
    "not_json": _sent(body=b"{ this is no json", kind="application/json"),
    "error_in_200": _sent(body=b'{"error": {"message": "CUDA out of memory", "code": 500}}'),
    "no_choices": _no_choices,
    "hang": _sent(hang=True),
    "drip": _sent(drip=0.05),
    "cut": _sent(cut=0.5),
    "cut_before": _sent(cut=0.0),
    "cut_at_the_end": _sent(cut=0.97),
    "stream_garbage": _sent(rubbish=(b"data: {not json\n\n", b": a comment\n\n", b"event: ping\ndata: {}\n\n")),
    "stream_error": _sent(rubbish=(b'data: {"error": {"message": "out of memory", "code": 500}}\n\n',)),
    "stream_endless": _sent(endless=True),
    "stream_empty": _sent(body=b"data: [DONE]\n\n", kind="text/event-stream"),
    "usage_missing": lambda said, _: Said(said.text, usage="missing"),
    "usage_absurd": lambda said, _: Said(said.text, usage="absurd"),
}  # fmt: skip
"""Every way, by its name."""
HARMLESS: Final = vocabulary("""
    fences fences_plain prose_around think reasoning_beside byte_order_mark extra_fields usage_missing wrong_type
    """)
"""Ways that lose nothing of the answer: whoever reads them forgivingly has all of it."""


class Broken:
    """Breaks the answers of `then` in one way: for some tasks only, the first `times` calls only, or always.

    `only` are beginnings of tasks (`story`, `story 2`, `frame`); empty: all. `broke` counts.
    """

    KINDS: Final = tuple(BREAKINGS)

    def __init__(
        self, kind: str, *, only: Sequence[str] = (), times: int | None = None, then: Mind | None = None
    ) -> None:
        self._break = BREAKINGS[kind]
        self._only = tuple(only)
        self._times = times
        self._mind: Mind = Good() if then is None else then
        self.broke = 0

    def answer(self, prompt: Prompt) -> Said:
        """The answer, broken where it is to be."""
        said = self._mind.answer(prompt)
        concerned = not self._only or Reading(prompt).task.startswith(self._only)
        if not concerned or (self._times is not None and self.broke >= self._times):
            return said
        self.broke += 1
        return self._break(said, prompt)
