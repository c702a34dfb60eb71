"""Places and what people say in them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, thread or direct message on a platform."""

    platform: str
    id: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    name: str
    """As its sender called it; untrusted."""
    url: str
    """Where the platform keeps it."""
    size: int
    """Bytes, as the platform says."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message or press that reached us. Its text is untrusted."""

    id: str
    """Unique on its platform: the same id is answered once."""
    place: Place
    author: str
    text: str
    at: datetime
    language: str
    """Language of the reader's interface."""
    edition: str | None = None
    """Id of the edition whose thread this is, when the platform knows it."""
    mentions_us: bool = False
    replies_to_us: bool = False
    mentions_others: bool = False
    """It addresses another person by mention, or replies to one."""
    from_bot: bool = False
    pressed: bool = False
    """It came from a button or a command: always answered, privately."""
    in_public: bool = False
    """Of a press: its answer is for all who read there."""
    tenant: str = ""
    """The server or workspace it came from, such as `discord:1234`; empty where there is none."""
    manages: bool = False
    """The platform lets this person decide for others what the text asks: looked up for this message."""
    about: str | None = None
    """Id of the message whose answer is to be stopped, where the platform knows it."""
    complaint: str = ""
    """Why an earlier answer to the same was not useful, such as `long`; empty: nobody has complained."""
    attachments: tuple[Attachment, ...] = ()
    """Files that came with it, in order."""
