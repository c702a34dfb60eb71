"""Forms with one thing to fill in, and what people write: their state stands in their id, so they outlive a restart."""

import re
from typing import Final

from adapters.platforms.slack.payloads import View, channels, context, field, filled, modal, option, radio, text_input
from bot.domain.press import named
from bot.ports.phrases import Phrases

MOST_CHARACTERS: Final = 1_000
"""Of a question."""
MOST_REPORTED: Final = 500
"""Of the report of a mistake."""
QUESTION, MISTAKE, CHANNEL, REASON, MORE = "question", "mistake", "channel", "reason", "more"
"""Ids of blocks: what is filled in stands under them."""
REASONS: Final = ("unsupported", "off_point", "long")
"""Why an answer was not useful."""
_MARK = re.compile(r"<(?P<kind>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_OF_ALL = re.compile(r"<!(?:channel|here|everyone|subteam\^)")


def question_form(edition: str, rest: str, phrases: Phrases, *, alone: bool = False) -> View:
    """Ask a question about an edition; `alone`: who asks will be the only one to see the answer."""
    box = text_input("ask", hint="", lines=True, most=MOST_CHARACTERS)
    say = phrases.say
    asked = field(say("ask-label"), box, block=QUESTION, about=say("slack-ask-alone" if alone else "ask-hint"))
    return modal(
        say("ask-title"), asked, close=say("cancel"), submit=say("ask-send"), callback=named("ask", edition, rest)
    )


def mistake_form(edition: str, rest: str, phrases: Phrases) -> View:
    """Say what is wrong with a story."""
    box = text_input("wrong", lines=True, most=MOST_REPORTED)
    say = phrases.say
    told = field(say("wrong-label"), box, block=MISTAKE, about=say("wrong-hint"))
    return modal(
        say("wrong"), told, close=say("cancel"), submit=say("wrong-send"), callback=named("wrong", edition, rest)
    )


def share_form(edition: str, rest: str, phrases: Phrases) -> View:
    """Choose a channel to show a story in. Only channels of this workspace that the person can see are offered."""
    say = phrases.say
    menu = channels("send", say("where"))
    chosen = field(say("send-label"), menu, block=CHANNEL, about=say("send-hint"))
    return modal(
        say("send-title"), chosen, close=say("cancel"), submit=say("send-send"), callback=named("send", edition, rest)
    )


def feedback_form(edition: str, rest: str, phrases: Phrases) -> View:
    """Say why an answer was not useful, to get another one in its place."""
    say = phrases.say
    reasons = [option(say(f"feedback-{one.replace('_', '-')}"), one) for one in REASONS]
    why = field(say("feedback-label"), radio("useful", reasons, chosen="off_point"), block=REASON)
    box = text_input("useful", hint=say("feedback-hint"), lines=True, most=MOST_CHARACTERS)
    more = field(say("feedback-more"), box, block=MORE, optional=True)
    return modal(
        say("feedback-title"),
        why,
        more,
        context(say("feedback-note")),
        close=say("cancel"),
        submit=say("retry"),
        callback=named("useful", edition, rest),
    )


def written(view: object, block: str) -> str:
    """What somebody wrote or chose under a block of a form; nothing where it was left empty."""
    found = filled(view).get(block) if isinstance(view, dict) else None
    return found[0].strip() if found else ""


def readable(text: str, me: str) -> str:
    """What somebody wrote, as they see it: without our own mention, other marks as plain words, nothing escaped."""

    def plain(found: re.Match[str]) -> str:
        kind, what, label = found["kind"], found["what"], found["label"]
        if kind == "@" and what == me:
            return " "
        if kind == "!":
            return label or f"@{what.partition('^')[0]}"
        return f"{kind}{(label or what).lstrip(kind or ' ')}"

    bare = _MARK.sub(plain, text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return bare.strip()


def turns_to_all(text: str) -> bool:
    """Whether somebody calls a whole channel or group."""
    return _OF_ALL.search(text) is not None
