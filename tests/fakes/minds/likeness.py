"""What kinds of servers take and refuse."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.checks.lexicon import vocabulary

_KNOWN = vocabulary(
    """
    model messages temperature top_p n max_tokens max_completion_tokens stop stream stream_options response_format seed
    user safety_identifier prompt_cache_key prompt_cache_retention reasoning_effort verbosity service_tier store
    metadata logprobs top_logprobs presence_penalty frequency_penalty logit_bias tools tool_choice parallel_tool_calls
    modalities prediction
    """
)
_ROLES = frozenset({"system", "developer", "user", "assistant", "tool"})
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_UNSPOKEN = frozenset(
    {"prefixItems", "patternProperties", "unevaluatedProperties", "if", "then", "else", "not", "default"}
)


class Refused(Exception):
    """An answer that is a refusal, in the server's own words."""

    def __init__(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body
        self.headers = headers or {}


def refusal(
    status: int, message: str, *, kind: str = "invalid_request_error", param: str | None = None, code: str | None = None
) -> Refused:
    """In the shape of OpenAI's errors."""
    return Refused(status, {"error": {"message": message, "type": kind, "param": param, "code": code}})


@dataclass(frozen=True)
class Likeness:
    """How a server treats what it is asked, besides answering."""

    truncates: bool = False
    """Drops the head of what is too long, and says nothing of it."""
    counts: bool = True
    """Tells what a call took."""
    caches: bool = True
    """Tells how much of it was cached."""
    knows_key: bool = True
    """Wants the right key."""
    knows_models: bool = True
    """Wants a model it has."""

    def check(self, body: Mapping[str, Any]) -> None:
        """Raise `Refused` where it would refuse: messages have to be there."""
        check_messages(body)

    def too_long(self, asked: int, context: int) -> Refused:
        """What it says of a prompt beyond its context: `context_length_exceeded`."""
        return refusal(
            400,
            f"This model's maximum context length is {context} tokens. However, you requested {asked} tokens. "
            "Please reduce the length of the messages or completion.",
            param="messages",
            code="context_length_exceeded",
        )


@dataclass(frozen=True)
class Vendor(Likeness):
    """Refuses what it does not know, holds schemas to the strict form, counts and caches."""

    thinks: bool = False
    """As with models that think: no `max_tokens`, no temperature but 1."""

    def check(self, body: Mapping[str, Any]) -> None:
        """As the vendors do."""
        for name in body:
            if name not in _KNOWN:
                raise refusal(400, f"Unrecognized request argument supplied: {name}", param=name)
        check_messages(body)
        if "max_tokens" in body and "max_completion_tokens" in body:
            raise refusal(400, "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.")
        if body.get("stream_options") is not None and not body.get("stream"):
            raise refusal(
                400, "The 'stream_options' parameter is only allowed when 'stream' is enabled.", param="stream_options"
            )
        if self.thinks:
            _check_thinking(body)
        check_format(body)


@dataclass(frozen=True)
class Ollama(Likeness):
    """Takes any field, holds a schema as well as it can, and drops the head of what is too long without a word."""

    truncates: bool = True
    caches: bool = False
    knows_key: bool = False


@dataclass(frozen=True)
class LlamaCpp(Likeness):
    """Takes any model's name and any field, refuses what is too long in words of its own."""

    knows_key: bool = False
    knows_models: bool = False

    def check(self, body: Mapping[str, Any]) -> None:
        """Messages have to be there, and a format it knows."""
        check_messages(body)
        kind = (body.get("response_format") or {}).get("type", "text")
        if kind not in {"text", "json_object", "json_schema"}:
            message = f'response_format type must be one of "text" or "json_object", but got: {kind}'
            raise Refused(400, {"error": {"code": 400, "message": message, "type": "invalid_request_error"}})

    def too_long(self, asked: int, context: int) -> Refused:
        """`exceed_context_size_error`."""
        message = f"request ({asked} tokens) exceeds the available context size ({context} tokens), try increasing it"
        error = {"code": 400, "message": message, "type": "exceed_context_size_error"}
        return Refused(400, {"error": error | {"n_prompt_tokens": asked, "n_ctx": context}})


@dataclass(frozen=True)
class Old(Likeness):
    """A server from before most of it: no formats, no counts while it streams, no newer names of fields."""

    counts: bool = False
    caches: bool = False
    knows_key: bool = False

    def check(self, body: Mapping[str, Any]) -> None:
        """What is new is refused, in the words of three servers."""
        if "response_format" in body:
            raise refusal(400, "Unrecognized request argument supplied: response_format")
        if "max_completion_tokens" in body:
            raise refusal(
                400,
                "Unknown parameter: 'max_completion_tokens'.",
                param="max_completion_tokens",
                code="unknown_parameter",
            )
        for name in ("stream_options", "safety_identifier", "prompt_cache_key", "reasoning_effort", "user"):
            if name in body:
                fault = (
                    f"{{'type': 'extra_forbidden', 'loc': ('body', '{name}'), 'msg': 'Extra inputs are not permitted'}}"
                )
                said = {"object": "error", "message": fault, "type": "BadRequestError", "param": None, "code": 400}
                raise Refused(400, said)
        check_messages(body)

    def too_long(self, asked: int, context: int) -> Refused:
        """Its words are a sentence, without a code."""
        message = f"This model's maximum context length is {context} tokens. However, you requested {asked} tokens."
        return Refused(400, {"object": "error", "message": message, "type": "BadRequestError", "code": 400})


LIKENESSES: Mapping[str, Likeness] = {
    "vendor": Vendor(), "thinking": Vendor(thinks=True), "ollama": Ollama(), "llamacpp": LlamaCpp(), "old": Old(),
}  # fmt: skip


def check_messages(body: Mapping[str, Any]) -> None:
    """There are messages, each with a role and text."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        raise refusal(
            400, "Missing required parameter: 'messages'.", param="messages", code="missing_required_parameter"
        )
    for at, message in enumerate(messages):
        role = message.get("role") if isinstance(message, dict) else None
        if role not in _ROLES:
            raise refusal(400, f"Invalid value: '{role}'.", param=f"messages[{at}].role", code="invalid_value")
        if not isinstance(message.get("content"), str | list):
            raise refusal(400, "Invalid type for content.", param=f"messages[{at}].content", code="invalid_type")


def check_format(body: Mapping[str, Any]) -> None:
    """The format of the answer is one that exists, and a strict schema is strict."""
    wanted = body.get("response_format")
    if wanted is None:
        return
    kind = wanted.get("type") if isinstance(wanted, dict) else None
    if kind not in {"text", "json_object", "json_schema"}:
        raise refusal(400, f"Invalid value: '{kind}'.", param="response_format.type", code="invalid_value")
    said = " ".join(str(message["content"]) for message in body["messages"])
    if kind == "json_object" and "json" not in said.lower():
        message = (
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."
        )
        raise refusal(400, message, param="messages")
    if kind == "json_schema":
        given = wanted.get("json_schema")
        if not isinstance(given, dict) or not _NAME.match(str(given.get("name", ""))):
            raise refusal(400, "Invalid 'response_format.json_schema.name'.", param="response_format.json_schema.name")
        if given.get("strict"):
            _check_strict(given.get("schema"), given["name"], ())


def _check_strict(schema: Any, name: str, path: tuple[str, ...]) -> None:
    if isinstance(schema, list):
        for at, each in enumerate(schema):
            _check_strict(each, name, (*path, str(at)))
    if not isinstance(schema, dict):
        return
    if problem := _not_strict(schema):
        context = "(" + ", ".join(f"'{step}'" for step in path) + ")"
        message = f"Invalid schema for response_format '{name}': In context={context}, {problem}"
        raise refusal(400, message, param="response_format", code="invalid_json_schema")
    for key, each in (schema.get("properties") or {}).items():
        _check_strict(each, name, (*path, "properties", key))
    for key in schema.keys() - {"properties", "enum", "const", "required", "examples"}:
        inner = schema[key] if key != "$defs" else list(schema[key].values())
        _check_strict(inner, name, (*path, key))


def _not_strict(schema: Mapping[str, Any]) -> str | None:
    for word in sorted(_UNSPOKEN & schema.keys()):
        return f"'{word}' is not permitted."
    if "$ref" in schema and len(schema) > 1:
        return f"$ref cannot have keywords {sorted(schema.keys() - {'$ref'})}."
    if schema.get("type") != "object" and "properties" not in schema:
        return None
    if schema.get("additionalProperties") is not False:
        return "'additionalProperties' is required to be supplied and to be false."
    properties = schema.get("properties") or {}
    missing = [field for field in properties if field not in (schema.get("required") or ())]
    if missing:
        wanted = "'required' is required to be supplied and to be an array including every key in properties."
        return f"{wanted} Missing '{missing[0]}'."
    return None


def _check_thinking(body: Mapping[str, Any]) -> None:
    if "max_tokens" in body:
        message = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        )
        raise refusal(400, message, param="max_tokens", code="unsupported_parameter")
    if body.get("temperature", 1) != 1:
        message = "Unsupported value: 'temperature' does not support this value with this model. Only 1 is supported."
        raise refusal(400, message, param="temperature", code="unsupported_value")
