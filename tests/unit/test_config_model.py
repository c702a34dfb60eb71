"""The settings of a language model: none, half set up, whole, and every mistake."""

from datetime import timedelta

import pytest

from bot.config import EXTRACTIVE, Settings, load
from bot.domain.tokens import Price
from bot.errors import ConfigError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """No `.env` of the working folder is read."""
    monkeypatch.chdir(tmp_path)


def _with(monkeypatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load()


def test_nothing_set_means_no_model():
    """Everything is selected."""
    assert load().model is None
    assert load().writer is None


def test_a_key_alone_names_no_model(monkeypatch):
    """Many people have one in their environment for something else: nothing is sent anywhere because of it."""
    settings = _with(monkeypatch, OPENAI_API_KEY="sk-something")
    assert settings.writer is None
    assert settings.model is not None


def test_a_local_server_needs_an_address_and_a_name(monkeypatch):
    """One model does for both roles, and the sizes are the usual ones."""
    settings = _with(monkeypatch, OPENAI_BASE_URL="http://127.0.0.1:11434/v1/", COUNTERPOINT_MODEL="tide-small")
    writer = settings.writer
    assert writer is not None
    assert (writer.large, writer.small, writer.key) == ("tide-small", "tide-small", None)
    assert writer.address == "http://127.0.0.1:11434/v1"
    assert (writer.context, writer.edition_in, writer.edition_out) == (16_384, 60_000, 6_000)


def test_every_setting_of_a_model_is_read(monkeypatch):
    """Prices by model, limits by name, seconds as a duration."""
    settings = _with(
        monkeypatch,
        OPENAI_API_KEY="sk-1",
        COUNTERPOINT_MODEL="tide-large",
        COUNTERPOINT_MODEL_SMALL="tide-small",
        COUNTERPOINT_MODEL_CONTEXT="4096",
        COUNTERPOINT_MODEL_TIMEOUT="30",
        COUNTERPOINT_MODEL_AT_ONCE="2",
        COUNTERPOINT_MODEL_EFFORT="low",
        COUNTERPOINT_MODEL_PRICES="tide-large=2.5/10/1.25 vendor/tide-small=0.1/0.4",
        COUNTERPOINT_TOKENS="day=500000, edition_in=30000 person_day=1000",
        COUNTERPOINT_SECOND_READING="yes",
        COUNTERPOINT_CURRENCY="€",
    )
    writer = settings.writer
    assert writer is not None
    assert writer.prices == {"tide-large": Price(2.5, 10, 1.25), "vendor/tide-small": Price(0.1, 0.4, 0.1)}
    assert (writer.small, writer.context, writer.at_once, writer.effort) == ("tide-small", 4096, 2, "low")
    assert (writer.day, writer.edition_in, writer.edition_out, writer.person_day) == (500_000, 30_000, 6_000, 1_000)
    assert (writer.timeout, writer.second_reading, writer.currency) == (timedelta(seconds=30), True, "€")
    assert "sk-1" not in repr(settings)
    assert "sk-1" in settings.secrets


def test_every_mistake_about_a_model_is_named_at_once(monkeypatch):
    """Each with its variable."""
    with pytest.raises(ConfigError) as found:
        _with(
            monkeypatch,
            COUNTERPOINT_MODEL="tide-large",
            COUNTERPOINT_MODEL_CONTEXT="512",
            COUNTERPOINT_MODEL_TIMEOUT="soon",
            COUNTERPOINT_MODEL_AT_ONCE="0",
            COUNTERPOINT_MODEL_PRICES="tide-large=cheap =1/2 a=1/2/3/4",
            COUNTERPOINT_TOKENS="week=5 day=many",
            COUNTERPOINT_SECOND_READING="perhaps",
        )
    assert sorted(mistake.partition(":")[0] for mistake in found.value.mistakes) == [
        "COUNTERPOINT_MODEL_AT_ONCE",
        "COUNTERPOINT_MODEL_CONTEXT",
        "COUNTERPOINT_MODEL_PRICES",
        "COUNTERPOINT_MODEL_PRICES",
        "COUNTERPOINT_MODEL_PRICES",
        "COUNTERPOINT_MODEL_TIMEOUT",
        "COUNTERPOINT_SECOND_READING",
        "COUNTERPOINT_TOKENS",
        "COUNTERPOINT_TOKENS",
        "OPENAI_API_KEY or OPENAI_BASE_URL",
    ]


@pytest.mark.parametrize(
    ("variable", "value"), [("OPENAI_API_KEY", "two words"), ("OPENAI_BASE_URL", "localhost:8080")]
)
def test_a_wrong_key_or_address_is_named(monkeypatch, variable, value):
    """Before anything is sent."""
    with pytest.raises(ConfigError, match=variable):
        _with(monkeypatch, **{variable: value, "COUNTERPOINT_MODEL": "tide-large"})


def test_another_model_for_one_command(monkeypatch):
    """`--model NAME` keeps everything else; `extractive` is no model; no way to a model is a mistake."""
    settings = _with(monkeypatch, OPENAI_BASE_URL="http://127.0.0.1:1/v1", COUNTERPOINT_MODEL="tide-large")
    other = settings.with_model("tide-huge").writer
    assert other is not None
    assert (other.large, other.small) == ("tide-huge", "tide-large")
    assert settings.with_model(EXTRACTIVE).writer is None
    assert settings.with_model(None) is settings
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.delenv("COUNTERPOINT_MODEL")
    with pytest.raises(ConfigError, match="--model"):
        load().with_model("tide-huge")
