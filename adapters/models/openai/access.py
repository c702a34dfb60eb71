"""How a model is reached: the settings as far as this adapter asks for them, and an address that may be shown."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Protocol
from urllib.parse import urlsplit

from bot.domain.tokens import Price
from bot.ports.model import Role

VENDOR: Final = "https://api.openai.com/v1"
"""Where the key's vendor answers; used where no address is set."""


class Access(Protocol):
    """The settings: `bot.config.ModelSettings` is this. The key is never printed."""

    @property
    def large(self) -> str:
        """The model that writes."""
        ...

    @property
    def small(self) -> str:
        """The model that chooses, reads again, translates."""
        ...

    @property
    def key(self) -> str | None:
        """None for servers that want none."""
        ...

    @property
    def address(self) -> str | None:
        """Where the server is, with `/v1`; None: the vendor's."""
        ...

    @property
    def context(self) -> int:
        """Tokens that the server keeps of prompt and answer together."""
        ...

    @property
    def prices(self) -> Mapping[str, Price]:
        """Of a million tokens, by model."""
        ...

    @property
    def timeout(self) -> timedelta:
        """For one call with everything it takes, retries too."""
        ...

    @property
    def at_once(self) -> int:
        """Calls that may run side by side."""
        ...

    @property
    def effort(self) -> str | None:
        """How long a model that thinks may think, in its vendor's words; None: not said."""
        ...


def address_of(access: Access) -> str:
    """Where the server is."""
    return access.address or VENDOR


def named(access: Access, role: Role) -> str:
    """The model behind a role."""
    return access.small if role == "small" else access.large


def shown(address: str) -> str:
    """An address as people may see it: without a name, a password and a query."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "the address in OPENAI_BASE_URL"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"


def can_be(address: str) -> bool:
    """Whether it is the address of a server."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_vendor(address: str) -> bool:
    """Whether it is the vendor's own server, which is first to know new parameters and to refuse old ones."""
    try:
        return urlsplit(address).hostname == urlsplit(VENDOR).hostname
    except ValueError:
        return False
