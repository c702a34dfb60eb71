"""Captions of YouTube's videos, through the library that knows how to ask for them, kept on a short leash.

The library brings its own HTTP client, which knows nothing of our guarded one. So it gets a session that can reach
YouTube's hosts and nothing else, whatever it is redirected to, with caps on time and size, and without the proxies and
passwords of the environment. It blocks, so it runs in a thread.
"""

import asyncio
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn, Protocol
from xml.etree.ElementTree import ParseError

from adapters.episodes import watching
from bot.domain.languages import primary
from bot.errors import SourceRefused, SourceUnavailable

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter
    from youtube_transcript_api import FetchedTranscript, Transcript

HOSTS = ("https://www.youtube.com/", "https://consent.youtube.com/")
LIMIT = timedelta(seconds=45)
"""For one video: a page, a question to the player, the captions."""

BLOCKED = (
    "YouTube does not give its captions to this server; upload the transcript as a file, or paste the link of the"
    " episode's own page."
)
STRANGE = "YouTube answers in a way we do not understand; upload the transcript as a file instead."


@dataclass(frozen=True, slots=True)
class Captioned:
    """The captions of a video."""

    document: bytes
    """As YouTube's own JSON has them."""
    language: str
    automatic: bool
    """A machine wrote them down."""


class Captions(Protocol):
    """Where the captions of videos come from."""

    async def of(self, video: str, language: str | None) -> Captioned | None:
        """Those a person made before automatic ones, those in `language` first; None where there are none.

        Raises:
            SourceRefused: nobody gets at them: the video is private, gone, for members or adults, or live.
            SourceUnavailable: they cannot be had now, or not by this server.
        """
        ...


class YouTubeCaptions:
    """From YouTube. `transport` carries the requests (a `requests` adapter; None: the network)."""

    def __init__(self, transport: "BaseAdapter | None" = None, limit: timedelta = LIMIT) -> None:
        self._transport = transport
        self._limit = limit

    async def of(self, video: str, language: str | None) -> Captioned | None:
        """See `Captions`."""
        stop = threading.Event()
        try:
            async with asyncio.timeout(self._limit.total_seconds()):
                return await asyncio.to_thread(_captions, video, language, self._transport, stop)
        except TimeoutError as error:
            seconds = self._limit.total_seconds()
            raise SourceUnavailable(f"YouTube did not answer in full within {seconds:g} seconds.") from error
        finally:
            stop.set()  # a thread cannot be cancelled; its next piece is its last


def _captions(
    video: str, language: str | None, transport: "BaseAdapter | None", stop: threading.Event
) -> Captioned | None:
    """Ask the library; its errors become ours. Runs in a thread."""
    from requests import RequestException
    from requests.exceptions import InvalidSchema, InvalidURL
    from youtube_transcript_api import CouldNotRetrieveTranscript, YouTubeTranscriptApi

    from adapters.episodes.leash import leashed

    try:
        with leashed(HOSTS, stop, transport) as session:
            best = _best(YouTubeTranscriptApi(http_client=session).list(video), language)
            return None if best is None else _captioned(best.fetch())
    except CouldNotRetrieveTranscript as error:
        _translate(error)
        return None
    except (InvalidSchema, InvalidURL) as error:
        raise SourceRefused("YouTube sends us to another site; we do not follow.") from error
    except RequestException as error:
        raise SourceUnavailable(f"YouTube cannot be reached: {_said(error)}.") from error
    except (ParseError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        # What the library does when the JSON or XML is not what it expects.
        raise SourceUnavailable(STRANGE) from error


def _best(tracks: "Iterable[Transcript]", language: str | None) -> "Transcript | None":
    """By a person before by a machine; of these the language asked for, else that which is spoken, else the first."""
    listed = list(tracks)
    spoken = next((track.language_code for track in listed if track.is_generated), None)
    wanted = [primary(tongue) for tongue in (language, spoken) if tongue]

    def rank(track: "Transcript") -> tuple[bool, int]:
        tongue = primary(track.language_code)
        # A translation by somebody is no better than what a machine heard in the language itself.
        foreign = bool(wanted) and tongue not in wanted
        return (track.is_generated or foreign, wanted.index(tongue) if tongue in wanted else len(wanted))

    return min(listed, key=rank, default=None)


def _captioned(fetched: "FetchedTranscript") -> Captioned | None:
    events = [
        {
            "tStartMs": round(snippet.start * 1000),
            "dDurationMs": round(snippet.duration * 1000),
            "segs": [{"utf8": snippet.text}],
        }
        for snippet in fetched
    ]
    if not events:
        return None
    document = json.dumps({"events": events}, ensure_ascii=False).encode("utf-8", "replace")
    return Captioned(document, fetched.language_code, fetched.is_generated)


def _translate(error: Exception) -> None:
    """Nothing, where there are no captions.

    Raises:
        SourceRefused, SourceUnavailable: where something else is the matter.
    """
    import youtube_transcript_api as library

    match error:
        case library.TranscriptsDisabled() | library.NoTranscriptFound():
            return
        case library.VideoUnavailable() | library.InvalidVideoId():
            raise SourceRefused(watching.GONE) from error
        case library.AgeRestricted():
            raise SourceRefused(watching.ADULTS) from error
        case library.RequestBlocked() | library.PoTokenRequired():
            raise SourceUnavailable(BLOCKED) from error
        case library.VideoUnplayable():
            _unplayable(error.reason or "", error)
        case library.YouTubeRequestFailed():
            raise SourceUnavailable(f"YouTube did not answer as it should: {_said(error.reason)}.") from error
        case _:
            raise SourceUnavailable(STRANGE) from error


def _unplayable(reason: str, error: Exception) -> NoReturn:
    status = {"status": "UNPLAYABLE", "reason": reason}
    if any(word in reason.casefold() for word in ("live event", "premiere", "live stream")):
        status = {"status": "LIVE_STREAM_OFFLINE"}
    raise SourceRefused(watching.unplayable(status, {}) or watching.ELSEWHERE) from error


def _said(reason: object) -> str:
    """The first words of an error, without the address it may hold."""
    return str(reason).partition(" for url")[0].partition(" (Caused")[0][:120].rstrip(" .:")
