"""What a workspace decides about a subscription, and the scopes that we ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.slack.options import ANSWERS, EPISODES, KINDS, Options
from adapters.platforms.slack.permissions import OPTIONAL, REQUIRED, SCOPES, missing, names, remedy
from adapters.platforms.slack.posting.places import Channel
from adapters.platforms.slack.rights import lacking
from bot.errors import ConfigError

PHRASES = FluentCatalogue().speak("en")


@given(
    st.sampled_from(ANSWERS),
    st.sampled_from(KINDS),
    st.none() | st.from_regex(r"\AT[A-Z0-9]{3,9}/U[A-Z0-9]{3,9}\Z"),
    st.sampled_from(EPISODES),
)
def test_what_is_written_is_read_back(answers, kind, host, episodes):
    """And what is as usual is not written."""
    options = Options(answers, host, kind, episodes)
    assert Options.read(options.written()) == options
    assert not {"questions", "public", "no"} & set(options.written().values())


def test_every_mistake_is_named_at_once():
    """Names of others are left alone; what cannot be read is as usual."""
    wrong = {"answers": "never", "kind": "secret", "episodes": "maybe", "host": "<@U1>", "role": "42"}
    with pytest.raises(ConfigError) as caught:
        Options.read(wrong)
    assert [one.partition(":")[0] for one in caught.value.mistakes] == ["answers", "kind", "episodes", "host"]
    assert Options.read_or_usual(wrong) == Options()
    assert Options.read({"role": "42", "answers": ""}) == Options()


def test_each_scope_says_why_in_every_language():
    """Names are Slack's own; nothing is asked for twice."""
    assert len({scope.name for scope in SCOPES}) == len(SCOPES) == len(REQUIRED) + len(OPTIONAL)
    for language in FluentCatalogue().languages:
        phrases = FluentCatalogue().speak(language)
        assert all(phrases.say(scope.key) for scope in SCOPES)


def test_what_is_missing_is_told_with_the_way_to_mend_it_first():
    """Nothing where nothing is missing."""
    granted = {scope.name for scope in SCOPES} - {"chat:write", "channels:join"}
    assert names(missing(granted)) == "chat:write"
    assert names(missing(granted, optional=True)) == "channels:join"
    first, line = remedy(missing(granted), PHRASES)
    assert "api.slack.com/apps" in first
    assert line == "chat:write: to post editions and answers."
    assert remedy((), PHRASES) == ()


ALL = frozenset(scope.name for scope in SCOPES)


@pytest.mark.parametrize(
    ("channel", "scopes", "remedy_", "why"),
    [
        (Channel("T1", "C1", archived=True), ALL, "slack-unarchive", "slack-archived"),
        (Channel("T1", "C1", member=False), ALL - {"channels:join"}, "slack-invite", "slack-not-in-it"),
        (Channel("T1", "C1", member=False, private=True), ALL, "slack-invite", "slack-not-in-it"),
        (Channel("T1", "C1"), ALL - {"channels:history"}, "scopes-how", "slack-no-history"),
        (Channel("T1", "C1", private=True), ALL - {"groups:history"}, "scopes-how", "slack-no-history"),
    ],
)
def test_what_a_channel_lacks_is_said_with_the_way_to_mend_it_first(channel, scopes, remedy_, why):
    """One thing at a time: with the first mended, the next is found."""
    first, second = lacking(channel, scopes, PHRASES)
    assert first == PHRASES.say(remedy_)
    assert second == PHRASES.say(why, scope="groups:history" if channel.private else "channels:history")


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        (Channel("T1", "C1"), "public"),
        (Channel("T1", "C1", member=False), "public"),
        (Channel("T1", "C1", private=True), "private"),
        (Channel("T1", "D1", private=True, direct=True), "direct"),
    ],
)
def test_a_channel_that_is_well_lacks_nothing(channel, kind):
    """A public one that we are not in is joined when something is posted."""
    assert lacking(channel, ALL, PHRASES) == ()
    assert channel.kind == kind
