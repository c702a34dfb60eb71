"""The settings: the only place that reads the environment (and `.env` in the working folder).

Every setting has a safe default; with nothing set the program runs in the terminal with no key and no server.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.tokens import Price
from bot.errors import ConfigError
from bot.ports.recordings import SpeechSettings

_LARGEST_PORT = 65535
_LONGEST_CATCH_UP = 24
_LONGEST_GRACE = 365
_LIMITS = ("now", "question", "place", "proposal", "episode")
"""What is counted a day: `now` and questions to a model of a person, those of a place, proposals of a person, overviews
of episodes that nobody asked for before of a person."""
EXTRACTIVE = "extractive"
"""What the writer that needs no model is called where a model is named."""
_TOKENS = ("edition_in", "edition_out", "day", "tenant_day", "person_day")
"""What tokens are limited by: of one edition, of everything in a day, of a server's and a person's wishes in a day."""
_MOST = 10_000_000
"""Of any whole number about a model."""
_MOST_TOKENS = 1_000_000_000
"""That a limit may have: counts are kept in 32 bits."""
_NUMBER = r"\d+(?:\.\d+)?"
_PRICE = re.compile(rf"(?P<model>.+)=(?P<taken>{_NUMBER})/(?P<given>{_NUMBER})(?:/(?P<cached>{_NUMBER}))?", re.ASCII)
_SHORTEST_KEY = 32
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How we are let into Slack. Tokens and secrets are never printed.

    `app_token` opens sockets from here; without it Slack sends its events to `address`, signed. With `bot_token` we are
    in that one workspace; without it any workspace can install us through `address`.
    """

    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    address: str | None = None
    """Public `https://` address that Slack reaches us by, without a path."""
    listen: str = "127.0.0.1:3000"
    """`host:port` where its requests arrive, behind whatever ends TLS."""
    managers: tuple[str, ...] = ()
    """Ids of people who manage besides the admins and owners of a workspace."""
    api: str = "https://slack.com/api/"
    """Where Slack's methods are."""

    @property
    def one_workspace(self) -> bool:
        """We are in one workspace, whose token the operator gave us."""
        return self.bot_token is not None

    @property
    def by_socket(self) -> bool:
        """Events come through sockets that we open."""
        return self.app_token is not None

    @property
    def listens(self) -> bool:
        """Requests arrive at `listen`: events, or people who install us."""
        return not self.by_socket or not self.one_workspace


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model, and what it may take. The key is never printed.

    `small` and `large` are names of models as the server knows them; one of them may do for both.
    """

    large: str
    """Writes stories, dialogue and answers; empty where there is a key or an address and no model was named."""
    small: str
    """Chooses, reads again, translates."""
    key: str | None = field(default=None, repr=False)
    address: str | None = None
    """None: the usual one of the key's vendor."""
    context: int = 16_384
    """Tokens that the server keeps of prompt and answer together."""
    prices: Mapping[str, Price] = field(default_factory=dict)
    """Of a million tokens, by model."""
    currency: str = "$"
    """Of the prices, as it stands before a number."""
    timeout: timedelta = timedelta(minutes=3)
    """For one call with everything it takes, also what is asked again; waiting for a place is not counted."""
    at_once: int = 8
    """Calls that may run side by side."""
    edition_in: int = 60_000
    edition_out: int = 6_000
    """Tokens that one edition may take."""
    day: int = 2_000_000
    """Tokens that everything may take in a day (UTC)."""
    tenant_day: int = 300_000
    """Of those, what the questions and wishes of one server may take."""
    person_day: int = 60_000
    """And of one person."""
    second_reading: bool = False
    """The small model reads every sentence beside its passages once more; it can only remove."""
    effort: str | None = None
    """How long a model that thinks may think, in its vendor's words (`low`); None: not said."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decided. Paths are absolute."""

    database_url: str
    """SQLAlchemy address; its password is never printed, see `database`."""
    roster: Path | None
    """None: the shipped roster, tier 1."""
    data: Path
    """Where the database and an edited roster live."""
    contact: str | None
    language: str
    zone: str
    allow: tuple[str, ...]
    desks: Path | None = None
    """None: there is one desk, the default one."""
    listen: str | None = None
    """`host:port` of the pages for machines; None: there are none."""
    catch_up: timedelta = timedelta(hours=3)
    """How long after its time an edition is still published."""
    discord_token: str | None = field(default=None, repr=False)
    """Secret; None: Discord is left alone."""
    discord_reads_all: bool = False
    """Ask for the Message Content intent, which the developer portal has to allow."""
    grace: timedelta = timedelta(days=7)
    """When this has passed after we were removed from a server, its rows are deleted."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """How often a day, where it is not as usual: `now`, `question`, `place`, `proposal`, `episode`."""

    slack: SlackSettings | None = None
    """None: Slack is left alone."""
    model: ModelSettings | None = None
    """None: there is neither key nor address nor name of one; see `writer`."""
    speech: SpeechSettings | None = None
    """None: recordings are not heard, only read."""
    key: str | None = field(default=None, repr=False)
    """Secret that tokens of workspaces are encrypted with where they are kept; None: they are kept as they are."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed or logged."""
        slack = self.slack or SlackSettings()
        known = (slack.bot_token, slack.app_token, slack.signing_secret, slack.client_secret)
        keys = (self.key or "").split(",")
        hired = [each.key for each in (self.model, self.speech) if each is not None]
        return tuple(secret for secret in (self.discord_token, *hired, *keys, *known) if secret)

    @property
    def currency(self) -> str:
        """What prices of models are in, as it stands before a number; empty where none is known."""
        return self.model.currency if self.model else ""

    @property
    def writer(self) -> ModelSettings | None:
        """The model that writes; None: everything is selected."""
        return self.model if self.model and self.model.large else None

    def with_model(self, name: str | None) -> "Settings":
        """The same with another model; `extractive` is none, None is the one that is set.

        Raises:
            ConfigError: there is no way to reach a model.
        """
        if name is None or (self.model is not None and name == self.model.large):
            return self
        if name == EXTRACTIVE:
            return replace(self, model=None)
        if self.model is None:
            raise ConfigError([f"--model: {name!r} cannot be reached: set OPENAI_API_KEY or OPENAI_BASE_URL first"])
        return replace(self, model=replace(self.model, large=name, small=self.model.small or name))

    @property
    def database(self) -> str:
        """The database's address as people may see it."""
        scheme, separator, rest = self.database_url.partition("://")
        return f"{scheme}{separator}…@{rest.rpartition('@')[2]}" if "@" in rest else self.database_url


def load() -> Settings:
    """Read the settings.

    Raises:
        ConfigError: every mistake at once, each naming its variable.
    """
    import platformdirs

    found = _environment()
    data = Path(platformdirs.user_data_path("counterpoint", appauthor=False))
    mistakes: list[str] = []
    roster = _file("COUNTERPOINT_ROSTER", found["counterpoint_roster"], data / "roster.toml", mistakes)
    desks = _file("COUNTERPOINT_DESKS", found["counterpoint_desks"], data / "desks.toml", mistakes)
    listen = _address("COUNTERPOINT_LISTEN", found["counterpoint_listen"], mistakes)
    hours = _number("COUNTERPOINT_CATCH_UP", found["counterpoint_catch_up"], "hours", _LONGEST_CATCH_UP, mistakes)
    days = _number("COUNTERPOINT_GRACE", found["counterpoint_grace"], "days", _LONGEST_GRACE, mistakes)
    limits = _limits("COUNTERPOINT_LIMITS", found["counterpoint_limits"], mistakes)
    reads_all = _switch("COUNTERPOINT_DISCORD_CONTENT", found["counterpoint_discord_content"], mistakes)
    mistakes += _wrong(found["discord_token"], found["counterpoint_zone"], found["database_url"])
    slack = _slack(found, mistakes)
    model = _model(found, mistakes)
    mistakes += _wrong_key(found["counterpoint_key"])
    if mistakes:
        raise ConfigError(mistakes)
    return Settings(
        database_url=found["database_url"] or f"sqlite+aiosqlite:///{data / 'counterpoint.db'}",
        roster=roster,
        data=data,
        contact=found["counterpoint_contact"] or None,
        language=found["counterpoint_language"],
        zone=found["counterpoint_zone"],
        allow=_listed(found["counterpoint_allow"]),
        desks=desks,
        listen=listen,
        catch_up=timedelta(hours=hours),
        discord_token=found["discord_token"] or None,
        discord_reads_all=reads_all,
        grace=timedelta(days=days),
        limits=limits,
        slack=slack,
        model=model,
        speech=_speech(found),
        key=found["counterpoint_key"] or None,
    )


def _environment() -> dict[str, str]:
    """What the environment says, and `.env`; what neither says as it is usual."""
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class _Environment(BaseSettings):
        model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")
        database_url: str = ""
        counterpoint_roster: str = ""
        counterpoint_contact: str = ""
        counterpoint_language: str = "en"
        counterpoint_zone: str = "UTC"
        counterpoint_allow: str = ""
        counterpoint_desks: str = ""
        counterpoint_listen: str = "127.0.0.1:8321"
        counterpoint_catch_up: str = "3"
        counterpoint_grace: str = "7"
        counterpoint_limits: str = ""
        discord_token: str = ""
        counterpoint_discord_content: str = "no"
        slack_bot_token: str = ""
        slack_app_token: str = ""
        slack_signing_secret: str = ""
        slack_client_id: str = ""
        slack_client_secret: str = ""
        slack_api_url: str = "https://slack.com/api/"
        counterpoint_slack_address: str = ""
        counterpoint_slack_listen: str = "127.0.0.1:3000"
        counterpoint_slack_managers: str = ""
        counterpoint_key: str = ""
        openai_api_key: str = ""
        openai_base_url: str = ""
        counterpoint_model: str = ""
        counterpoint_model_small: str = ""
        counterpoint_model_context: str = "16384"
        counterpoint_model_prices: str = ""
        counterpoint_model_timeout: str = "180"
        counterpoint_model_at_once: str = "8"
        counterpoint_model_effort: str = ""
        counterpoint_second_reading: str = "no"
        counterpoint_tokens: str = ""
        counterpoint_speech: str = ""
        counterpoint_speech_url: str = ""
        counterpoint_speech_key: str = ""
        counterpoint_currency: str = "$"

    return dict(_Environment().model_dump())


def _speech(found: Mapping[str, str]) -> SpeechSettings | None:
    """`here:small` is faster-whisper on this machine; anything else is a model of a server."""
    named, here, own = found["counterpoint_speech"].strip().partition("here:")
    if here and not named:
        return SpeechSettings("", local=own.strip() or "small")
    address = found["counterpoint_speech_url"] or found["openai_base_url"] or None
    key = found["counterpoint_speech_key"] or found["openai_api_key"] or None
    chosen = found["counterpoint_speech"].strip()
    return SpeechSettings(chosen, base_url=address, key=key) if chosen else None


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _slack(found: Mapping[str, str], mistakes: list[str]) -> SlackSettings | None:
    slack = SlackSettings(
        bot_token=found["slack_bot_token"] or None,
        app_token=found["slack_app_token"] or None,
        signing_secret=found["slack_signing_secret"] or None,
        client_id=found["slack_client_id"] or None,
        client_secret=found["slack_client_secret"] or None,
        address=found["counterpoint_slack_address"].rstrip("/") or None,
        listen=found["counterpoint_slack_listen"],
        managers=_listed(found["counterpoint_slack_managers"]),
        api=found["slack_api_url"].rstrip("/") + "/",
    )
    if not any((slack.bot_token, slack.app_token, slack.signing_secret, slack.client_id, slack.client_secret)):
        return None
    _address("COUNTERPOINT_SLACK_LISTEN", slack.listen, mistakes)
    mistakes += _wrong_slack(slack)
    return slack


def _wrong_slack(slack: SlackSettings) -> list[str]:
    """What is missing of the two ways in: one workspace by its token, or many by installing; a socket, or requests."""
    wrong = []
    for name, value, start in (
        ("SLACK_BOT_TOKEN", slack.bot_token, "xoxb-"),
        ("SLACK_APP_TOKEN", slack.app_token, "xapp-"),
    ):
        if value is not None and (re.search(r"\s", value) or not value.startswith(start)):
            wrong.append(f"{name}: does not begin with {start}; copy it from api.slack.com/apps")
    if not slack.by_socket and slack.signing_secret is None:
        wrong.append(
            "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: one of them is needed, for sockets or for signed requests"
        )
    if slack.one_workspace and slack.client_secret is not None:
        wrong.append("SLACK_BOT_TOKEN and SLACK_CLIENT_SECRET: one of them, for one workspace or for many")
    many = (slack.client_id, slack.client_secret, slack.address)
    if not slack.one_workspace and not all(many):
        wrong.append(
            "SLACK_BOT_TOKEN is missing; or, for many workspaces: SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and "
            "COUNTERPOINT_SLACK_ADDRESS, all three"
        )
    if slack.address is not None and not re.fullmatch(r"https?://[^\s/]+", slack.address):
        wrong.append("COUNTERPOINT_SLACK_ADDRESS: is no address such as https://counterpoint.example.org")
    if not re.fullmatch(r"https?://\S+/", slack.api):
        wrong.append("SLACK_API_URL: is no address")
    return wrong


def _model(found: Mapping[str, str], mistakes: list[str]) -> ModelSettings | None:
    """The model. A key alone names none: many people have one in their environment for something else."""
    large = found["counterpoint_model"] or found["counterpoint_model_small"]
    key, address = found["openai_api_key"], found["openai_base_url"].rstrip("/")
    tokens = _tokens("COUNTERPOINT_TOKENS", found["counterpoint_tokens"], mistakes)
    prices = _prices("COUNTERPOINT_MODEL_PRICES", found["counterpoint_model_prices"], mistakes)
    second_reading = _switch("COUNTERPOINT_SECOND_READING", found["counterpoint_second_reading"], mistakes)
    if not (large or key or address):
        return None
    if re.search(r"\s", key):
        mistakes.append("OPENAI_API_KEY: holds blanks")
    if address and not re.fullmatch(r"https?://\S+", address):
        mistakes.append("OPENAI_BASE_URL: is no address such as http://127.0.0.1:11434/v1")
    if not key and not address:
        mistakes.append("OPENAI_API_KEY or OPENAI_BASE_URL: one of them is needed to reach a model")
    return ModelSettings(
        large=large,
        small=found["counterpoint_model_small"] or large,
        key=key or None,
        address=address or None,
        context=_whole("COUNTERPOINT_MODEL_CONTEXT", found["counterpoint_model_context"], 2_048, mistakes),
        prices=prices,
        currency=found["counterpoint_currency"],
        timeout=timedelta(
            seconds=_whole("COUNTERPOINT_MODEL_TIMEOUT", found["counterpoint_model_timeout"], 1, mistakes)
        ),
        at_once=_whole("COUNTERPOINT_MODEL_AT_ONCE", found["counterpoint_model_at_once"], 1, mistakes),
        second_reading=second_reading,
        effort=found["counterpoint_model_effort"] or None,
        **tokens,
    )


def _whole(name: str, value: str, least: int, mistakes: list[str]) -> int:
    if not (value.isascii() and value.isdigit() and least <= int(value) <= _MOST):
        mistakes.append(f"{name}: {value!r} is no whole number from {least} to {_MOST}")
        return least
    return int(value)


def _tokens(name: str, value: str, mistakes: list[str]) -> dict[str, int]:
    """`edition_in=60000 day=2000000` as numbers."""
    tokens: dict[str, int] = {}
    for pair in value.replace(",", " ").split():
        kind, _, most = pair.partition("=")
        if kind not in _TOKENS or not (most.isascii() and most.isdigit() and int(most) <= _MOST_TOKENS):
            mistakes.append(
                f"{name}: {pair!r} is not one of {', '.join(_TOKENS)} with a number up to {_MOST_TOKENS}, "
                "such as day=500000"
            )
        else:
            tokens[kind] = int(most)
    return tokens


def _prices(name: str, value: str, mistakes: list[str]) -> dict[str, Price]:
    """`model=2.50/10/1.25` as prices of a million tokens in, out and cached; cached ones cost as others if unsaid."""
    prices: dict[str, Price] = {}
    for pair in value.split():
        match = _PRICE.fullmatch(pair)
        if match is None:
            mistakes.append(
                f"{name}: {pair!r} is no price such as my-model=2.50/10/1.25 (in/out/cached, of a million tokens)"
            )
        else:
            taken, given, cached = match["taken"], match["given"], match["cached"]
            prices[match["model"]] = Price(float(taken), float(given), float(cached or taken))
    return prices


def _wrong_key(key: str) -> list[str]:
    if key and len(key) < _SHORTEST_KEY:
        return [f"COUNTERPOINT_KEY: has fewer than {_SHORTEST_KEY} characters; make one with: openssl rand -base64 32"]
    return []


def _wrong(token: str, zone: str, database: str) -> list[str]:
    wrong = []
    if re.search(r"\s", token):
        wrong.append("DISCORD_TOKEN: holds blanks; copy the bot's token from the developer portal, page Bot")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        wrong.append(f"COUNTERPOINT_ZONE: {zone!r} is no time zone; write one such as Europe/Berlin")
    if database and not database.startswith(("sqlite", "postgres")):
        wrong.append("DATABASE_URL: begins with neither sqlite nor postgresql")
    return wrong


def _file(name: str, value: str, usual: Path, mistakes: list[str]) -> Path | None:
    """The file that was named, else the one in the usual place, if there is one."""
    if not value:
        return usual if usual.is_file() else None
    path = Path(value).expanduser().absolute()
    if not path.is_file():
        mistakes.append(f"{name}: there is no file {path}")
    return path


def _address(name: str, value: str, mistakes: list[str]) -> str | None:
    if value == "off":
        return None
    host, _, port = value.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and int(port) <= _LARGEST_PORT):
        mistakes.append(f"{name}: {value!r} is neither host:port, such as 127.0.0.1:8321, nor off")
    return value


def _number(name: str, value: str, unit: str, most: int, mistakes: list[str]) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number <= most:
        mistakes.append(f"{name}: {value!r} is no number of {unit} from 0 to {most}")
        number = 0
    return number


def _switch(name: str, value: str, mistakes: list[str]) -> bool:
    if value.casefold() not in _YES | _NO:
        mistakes.append(f"{name}: {value!r} is neither yes nor no")
    return value.casefold() in _YES


def _limits(name: str, value: str, mistakes: list[str]) -> dict[str, int]:
    """`now=3 question=10` as numbers."""
    limits: dict[str, int] = {}
    for pair in value.replace(",", " ").split():
        kind, _, most = pair.partition("=")
        if kind not in _LIMITS or not (most.isascii() and most.isdigit()):
            mistakes.append(f"{name}: {pair!r} is not one of {', '.join(_LIMITS)} with a number, such as now=3")
        else:
            limits[kind] = int(most)
    return limits
