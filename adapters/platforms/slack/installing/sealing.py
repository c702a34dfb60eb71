"""Tokens are encrypted where they are kept, once the operator has set a key.

What is sealed begins with how: `v0:` as it is, `v1:` encrypted. So rows that were written before there was a key are
still read, and are encrypted when they are next written. A key that was replaced goes on opening what it closed, for as
long as it stands behind the new one, after a comma.
"""

from base64 import urlsafe_b64encode
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot.errors import ConfigError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_PLAIN: Final = "v0:"
_ENCRYPTED: Final = "v1:"
_PURPOSE: Final = b"counterpoint/grants/v1"
_SHORTEST: Final = 32
_LENGTH: Final = 32
"""Bytes of a Fernet key: half of them sign, half encrypt."""

_NO_KEY: Final = (
    "COUNTERPOINT_KEY: is not set, and tokens of workspaces in the database are encrypted; set the key they were "
    "written with. Nothing was changed"
)
_WRONG_KEY: Final = (
    "COUNTERPOINT_KEY: does not open the tokens of workspaces in the database; set the key they were written with, or "
    "put it behind the new one with a comma between them. Nothing was changed"
)


class Seal:
    """Closes and opens what is kept of workspaces."""

    def __init__(self, key: str | None) -> None:
        """`key` is the setting COUNTERPOINT_KEY; of several with commas between them, the first closes.

        Raises:
            ConfigError: one of several keys is too short.
        """
        self._keys = tuple(part.strip() for part in (key or "").split(",") if part.strip())
        if any(len(part) < _SHORTEST for part in self._keys):
            raise ConfigError([f"COUNTERPOINT_KEY: of several keys, one has fewer than {_SHORTEST} characters"])

    def close(self, text: str) -> str:
        """What may be kept of a text."""
        if not self._fernets:
            return _PLAIN + text
        return _ENCRYPTED + self._fernets[0].encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text.

        Raises:
            ConfigError: it was encrypted with a key that is not ours, or we have none; or it was never sealed.
        """
        if sealed.startswith(_PLAIN):
            return sealed.removeprefix(_PLAIN)
        if not self._fernets:
            raise ConfigError([_NO_KEY])
        return self._decrypted(sealed)

    def is_newest(self, sealed: str) -> bool:
        """Whether it is closed as `close` would close it now."""
        if not self._fernets:
            return sealed.startswith(_PLAIN)
        return _opened(self._fernets[0], sealed) is not None

    def _decrypted(self, sealed: str) -> str:
        for fernet in self._fernets:
            text = _opened(fernet, sealed)
            if text is not None:
                return text
        raise ConfigError([_WRONG_KEY])

    @cached_property
    def _fernets(self) -> "tuple[Fernet, ...]":
        return tuple(_fernet(key) for key in self._keys)


def _fernet(key: str) -> "Fernet":
    """Whatever an operator takes for a key becomes one of the right length (HKDF, RFC 5869, with SHA-256)."""
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=_LENGTH, salt=None, info=_PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))


def _opened(fernet: "Fernet", sealed: str) -> str | None:
    from cryptography.fernet import InvalidToken

    if not sealed.startswith(_ENCRYPTED):
        return None
    try:
        return fernet.decrypt(sealed.removeprefix(_ENCRYPTED).encode()).decode()
    except InvalidToken:
        return None
