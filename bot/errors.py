"""The error tree: choose how broad to catch.

CounterpointError             what went wrong, in words for the person who reads it
├── ConfigError               wrong use or settings; lists every mistake at once       exit 2
│   └── RosterError           mistakes in a roster, each with its line
├── SourceError(source)       one source could not be read; the others go on
│   ├── SourceUnavailable     may work later; carries retry_after
│   ├── SourceRefused         we will not fetch this address, or it will not answer us
│   └── SourceMalformed       the bytes are not what the source promised
├── StoreError                the database                                           exit 3
│   ├── StoreUnavailable      it cannot be opened or reached
│   ├── StoreCorrupt          it is damaged; nothing was created in its place
│   └── StoreTooNew           a newer Counterpoint wrote it
├── PlatformError             a message could not be posted
│   ├── PlatformUnavailable   no answer, or none we understand: it may have been taken; look before posting again
│   ├── PlatformBusy          not taken now: a rate limit, maintenance, no connection; carries retry_after
│   ├── PlaceClosed           not taken: the place is gone, or we may not post there
│   ├── ThreadWithdrawn       not taken: people deleted what it would have followed
│   └── MessageRefused        not taken, and never will be: too long, not valid
├── WriterError               a writer did not manage; what was selected stands
├── ModelError                a language model gave no answer that can be used
│   ├── ModelUnavailable      it may work later; carries retry_after
│   ├── ModelRefused          the server or the model will not answer this
│   ├── ModelMalformed        its answer is not what was asked for, also after it was told why
│   ├── ModelMisconfigured    key, address or model name are wrong: only the operator can mend it
│   └── OverBudget            not asked: there are no tokens left for it
├── SpeechError               a recording could not be heard, or words not be spoken
├── CoresError                work in a worker process did not finish (time, memory, a crash)
├── LimitReached(most, until) somebody has had what the limits give them
├── NotAllowedError           this person may not do that
└── NotFoundError             an edition, story or citation that is not there

No library's exception crosses a port: adapters translate with `raise … from error`.
`retry_after` is a `timedelta` or None, and the only thing retry code looks at.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta


def error_id(platform: str, asked: str, error: BaseException) -> str:
    """Six characters that tell one failure from another, the same each time: for the person, and for the journal.

    `asked` is the platform's id of what somebody wrote or pressed.
    """
    seed = f"{platform}\x1f{asked}\x1f{type(error).__name__}"
    return hashlib.sha256(seed.encode()).hexdigest()[:6].upper()


class CounterpointError(Exception):
    """Something went wrong."""

    def __str__(self) -> str:
        return super().__str__() or (type(self).__doc__ or "").strip().splitlines()[0]


class ConfigError(CounterpointError):
    """The settings or the command have mistakes."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class RosterError(ConfigError):
    """The roster has mistakes; nothing of it was used."""


class SourceError(CounterpointError):
    """A source could not be read."""


class SourceUnavailable(SourceError):
    """The source did not answer."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SourceRefused(SourceError):
    """The address is not one we fetch, or its server refuses us."""


class SourceMalformed(SourceError):
    """What the source sent cannot be read."""


class StoreError(CounterpointError):
    """The database failed."""


class StoreUnavailable(StoreError):
    """The database cannot be opened or reached."""


class StoreCorrupt(StoreError):
    """The database is damaged; nothing was created in its place."""


class StoreTooNew(StoreError):
    """The database was written by a newer Counterpoint."""


class PlatformError(CounterpointError):
    """A message could not be posted."""


class PlatformUnavailable(PlatformError):
    """The platform did not answer, or not in a way we understand; the message may be there."""

    def __init__(self, message: str = "", *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PlatformBusy(PlatformError):
    """The platform did not take the message now."""

    def __init__(self, message: str = "", *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PlaceClosed(PlatformError):
    """The place is gone, or we may not post there."""


class ThreadWithdrawn(PlatformError):
    """People deleted what this message would have followed."""


class MessageRefused(PlatformError):
    """The platform will never take this message."""


class WriterError(CounterpointError):
    """A writer did not manage; what was selected stands."""


class ModelError(CounterpointError):
    """A language model gave no answer that can be used."""


class ModelUnavailable(ModelError):
    """The model does not answer, or breaks off."""

    def __init__(self, message: str = "", *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ModelRefused(ModelError):
    """The model will not answer this."""


class ModelMalformed(ModelError):
    """The model's answer is not what was asked for."""


class ModelMisconfigured(ModelError):
    """The model cannot be asked with these settings."""


class OverBudget(ModelError):
    """There are no tokens left for this."""


class SpeechError(CounterpointError):
    """A recording could not be heard, or words could not be spoken."""


class CoresError(CounterpointError):
    """Work in a worker process did not finish."""


class LimitReached(CounterpointError):
    """Somebody has had what the limits give them."""

    def __init__(self, message: str = "", *, most: int, until: datetime, of: str = "") -> None:
        super().__init__(message)
        self.most = most
        self.until = until
        """When there is more (aware)."""
        self.of = of
        """Which limit, by the names of `bot.services.allowance.USUAL`; empty: it has none of these."""


class NotAllowedError(CounterpointError):
    """This person may not do that."""


class NotFoundError(CounterpointError):
    """Nothing is kept under that name."""
