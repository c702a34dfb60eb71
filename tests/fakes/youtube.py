"""A YouTube for tests: watch pages, the player's answers, captions, feeds, oEmbed, and every way it refuses.

`Tube.page` and `Tube.web` serve our guarded client; `Tube.transport()` is a `requests` adapter, so that the library for
captions runs as it is. All titles and words are invented.
"""

import io
import json
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

KEY = "AIzaInvented"
CONSENT = (
    '<form action="https://consent.youtube.com/s" method="POST"><input type="hidden" name="v" value="cb.1"></form>'
)


@dataclass(slots=True)
class Track:
    """Captions in one language."""

    language: str
    said: tuple[tuple[float, float, str], ...]
    """Start, length, words."""
    automatic: bool = False


@dataclass(slots=True)
class Video:
    """A video, and what keeps people from it."""

    id: str
    title: str = "How bridges hum"
    channel: str = "Span & Sons"
    seconds: int = 1800
    description: str = ""
    published: str = "2026-10-05T08:00:00-07:00"
    tracks: tuple[Track, ...] = ()
    status: dict[str, Any] = field(default_factory=lambda: {"status": "OK"})
    flags: dict[str, Any] = field(default_factory=dict)
    """More of `videoDetails`."""

    def player(self, base: str = "https://www.youtube.com") -> dict[str, Any]:
        """The player's answer."""
        tracks = [
            {
                "baseUrl": f"{base}/api/timedtext?v={self.id}&lang={track.language}&kind={'asr' * track.automatic}",
                "name": {"runs": [{"text": track.language}]},
                "languageCode": track.language,
                "isTranslatable": True,
                **({"kind": "asr"} if track.automatic else {}),
            }
            for track in self.tracks
        ]
        answer: dict[str, Any] = {"playabilityStatus": self.status}
        if self.status["status"] in ("OK", "UNPLAYABLE", "LIVE_STREAM_OFFLINE"):
            answer["videoDetails"] = {
                "videoId": self.id,
                "title": self.title,
                "lengthSeconds": str(self.seconds),
                "author": self.channel,
                "shortDescription": self.description,
                **self.flags,
            }
            answer["microformat"] = {"playerMicroformatRenderer": {"publishDate": self.published}}
        if tracks:
            answer["captions"] = {
                "playerCaptionsTracklistRenderer": {"captionTracks": tracks, "translationLanguages": []}
            }
        return answer

    def page(self) -> str:
        """The watch page."""
        data = json.dumps(self.player())
        return (
            f"<!DOCTYPE html><html><head><title>{escape(self.title)} - YouTube</title>"
            f'<script>ytcfg.set({{"INNERTUBE_API_KEY":"{KEY}"}});var ytInitialPlayerResponse = {data};var meta = 1;'
            "</script></head><body></body></html>"
        )

    def timedtext(self, language: str, *, automatic: bool) -> str:
        """One track as XML."""
        (track,) = [each for each in self.tracks if (each.language, each.automatic) == (language, automatic)]
        lines = [f'<text start="{start}" dur="{dur}">{escape(escape(text))}</text>' for start, dur, text in track.said]
        return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{"".join(lines)}</transcript>'


@dataclass(slots=True)
class Tube:
    """The whole site. `answers` overrules: path to status, headers and body."""

    videos: dict[str, Video]
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    consent: bool = False
    """Ask for consent until the cookie comes."""
    asked: list[str] = field(default_factory=list)

    def answer(self, request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        """What the site says to one request."""
        parts = urlsplit(request.url or "")
        self.asked.append(f"{parts.scheme}://{parts.netloc}{parts.path}")
        if parts.path in self.answers:
            return self.answers[parts.path]
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/watch":
            if self.consent and "CONSENT=YES+cb.1" not in (request.headers.get("Cookie") or ""):
                return 200, {"Content-Type": "text/html"}, CONSENT.encode()
            return 200, {"Content-Type": "text/html"}, self.videos[query["v"]].page().encode()
        if parts.path == "/youtubei/v1/player":
            body = request.body if isinstance(request.body, bytes) else str(request.body).encode()
            player = self.videos[json.loads(body)["videoId"]].player()
            return 200, {"Content-Type": "application/json"}, json.dumps(player).encode()
        if parts.path == "/api/timedtext":
            said = self.videos[query["v"]].timedtext(query["lang"], automatic=query.get("kind") == "asr")
            return 200, {"Content-Type": "text/xml"}, said.encode()
        return 404, {}, b""

    def transport(self) -> BaseAdapter:
        """For the library's session."""
        return _Transport(self)


class _Transport(BaseAdapter):
    """Carries requests to a `Tube` instead of the network."""

    def __init__(self, tube: Tube) -> None:
        super().__init__()
        self._tube = tube

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """The site's answer."""
        status, headers, body = self._tube.answer(request)
        response = Response()
        response.status_code, response.url, response.request = status, request.url or "", request
        response.headers.update(headers)
        response.encoding = "utf-8"
        response.raw = io.BytesIO(body)
        return response

    def close(self) -> None:
        """Nothing to close."""


def feed(title: str, videos: list[Video]) -> bytes:
    """A channel's or a playlist's feed."""
    entries = "".join(
        f"<entry><id>yt:video:{video.id}</id><title>{escape(video.title)}</title>"
        f'<link rel="alternate" href="https://www.youtube.com/watch?v={video.id}"/>'
        f"<published>{video.published}</published></entry>"
        for video in videos
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title>{entries}</feed>'.encode()
