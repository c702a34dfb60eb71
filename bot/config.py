"""The settings: the only place that reads the environment (and `.env` in the working folder).

Every setting has a safe default; with nothing set the program runs in the terminal with no key and no server.
"""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import ConfigError


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

    found = _Environment()
    data = Path(platformdirs.user_data_path("counterpoint", appauthor=False))
    roster = Path(found.counterpoint_roster).expanduser().absolute() if found.counterpoint_roster else None
    mistakes = []
    if roster is not None and not roster.is_file():
        mistakes.append(f"COUNTERPOINT_ROSTER: there is no file {roster}")
    try:
        ZoneInfo(found.counterpoint_zone)
    except (ZoneInfoNotFoundError, ValueError):
        mistakes.append(
            f"COUNTERPOINT_ZONE: {found.counterpoint_zone!r} is no time zone; write one such as Europe/Berlin"
        )
    if found.database_url and not found.database_url.startswith(("sqlite", "postgresql")):
        mistakes.append("DATABASE_URL: begins with neither sqlite nor postgresql")
    if mistakes:
        raise ConfigError(mistakes)
    edited = data / "roster.toml"
    return Settings(
        database_url=found.database_url or f"sqlite+aiosqlite:///{data / 'counterpoint.db'}",
        roster=roster or (edited if edited.is_file() else None),
        data=data,
        contact=found.counterpoint_contact or None,
        language=found.counterpoint_language,
        zone=found.counterpoint_zone,
        allow=tuple(part.strip() for part in found.counterpoint_allow.split(",") if part.strip()),
    )
