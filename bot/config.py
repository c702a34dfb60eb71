"""The settings: the only place that reads the environment (and `.env` in the working folder).

Every setting has a safe default; with nothing set the program runs in the terminal with no key and no server.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import ConfigError

_LARGEST_PORT = 65535
_LONGEST_CATCH_UP = 24
_LONGEST_GRACE = 365
_LIMITS = ("now", "question", "place", "proposal")
"""What is counted a day: `now` and questions to a model of a person, those of a place, proposals of a person."""
_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0"})


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
    """How often a day, where it is not as usual: `now`, `question`, `place`, `proposal`."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed or logged."""
        return tuple(secret for secret in (self.discord_token,) if secret)

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

    found = _Environment()
    data = Path(platformdirs.user_data_path("counterpoint", appauthor=False))
    mistakes: list[str] = []
    roster = _file("COUNTERPOINT_ROSTER", found.counterpoint_roster, data / "roster.toml", mistakes)
    desks = _file("COUNTERPOINT_DESKS", found.counterpoint_desks, data / "desks.toml", mistakes)
    listen = _address("COUNTERPOINT_LISTEN", found.counterpoint_listen, mistakes)
    hours = _number("COUNTERPOINT_CATCH_UP", found.counterpoint_catch_up, "hours", _LONGEST_CATCH_UP, mistakes)
    days = _number("COUNTERPOINT_GRACE", found.counterpoint_grace, "days", _LONGEST_GRACE, mistakes)
    limits = _limits("COUNTERPOINT_LIMITS", found.counterpoint_limits, mistakes)
    reads_all = _switch("COUNTERPOINT_DISCORD_CONTENT", found.counterpoint_discord_content, mistakes)
    mistakes += _wrong(found.discord_token, found.counterpoint_zone, found.database_url)
    if mistakes:
        raise ConfigError(mistakes)
    return Settings(
        database_url=found.database_url or f"sqlite+aiosqlite:///{data / 'counterpoint.db'}",
        roster=roster,
        data=data,
        contact=found.counterpoint_contact or None,
        language=found.counterpoint_language,
        zone=found.counterpoint_zone,
        allow=tuple(part.strip() for part in found.counterpoint_allow.split(",") if part.strip()),
        desks=desks,
        listen=listen,
        catch_up=timedelta(hours=hours),
        discord_token=found.discord_token or None,
        discord_reads_all=reads_all,
        grace=timedelta(days=days),
        limits=limits,
    )


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
