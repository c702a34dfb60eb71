"""From what somebody pastes to an episode, and from an episode to what was said in it.

What is fetched comes through the guarded client, whoever chose the address, and is read in worker processes, whatever
it turns out to be.
"""

import hashlib
import re

from adapters.episodes.answers import Answers
from adapters.episodes.tracing import Tracing, stem
from adapters.episodes.written import Written, by_worth
from adapters.episodes.youtube import Captions
from adapters.wire.deps import Fetching
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.identity import canonical_link
from bot.domain.transcript import LONGEST_SECONDS, MOST_BYTES, Transcript
from bot.errors import ConfigError, SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.cores import Cores
from bot.ports.recordings import Upload

_MOST_TRANSCRIPTS = 6
_LONGEST_ADDRESS = 4_000
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?")


class Finding:
    """`Recordings` on the web and on files."""

    def __init__(self, web: Fetching, cores: Cores, captions: Captions) -> None:
        self._answers = Answers(web, cores)
        self._tracing = Tracing(self._answers)
        self._captions = captions

    async def find(self, address: str) -> EpisodeFacts:
        """The episode behind a link. See `bot.ports.recordings.Recordings`."""
        facts = await self._tracing.trace(_address(address))
        if facts.duration is not None and facts.duration > LONGEST_SECONDS:
            hours = facts.duration / 3600
            raise SourceRefused(f"It is {hours:.0f} hours long; at most {LONGEST_SECONDS // 3600} hours are read.")
        return facts

    async def transcript(self, facts: EpisodeFacts) -> Transcript | None:
        """What was written down of it. See `bot.ports.recordings.Recordings`."""
        unavailable: SourceUnavailable | None = None
        for link in by_worth(facts.transcripts, facts.language)[:_MOST_TRANSCRIPTS]:
            try:
                answered = await self._answers.get(link.url)
                kind, name = link.type or answered.content_type, link.url
                written = Written(answered.body, "publisher", kind, name, link.language or facts.language)
                return (await self._answers.settled(written, facts.duration))[1]
            except SourceUnavailable as error:
                unavailable = error
            except (SourceRefused, SourceMalformed):
                continue
        spoken = await self._captioned(facts) if facts.video else None
        if spoken is None and unavailable is not None:
            raise unavailable
        return spoken

    async def read(self, upload: Upload) -> tuple[EpisodeFacts, Transcript]:
        """A transcript file. See `bot.ports.recordings.Recordings`."""
        if len(upload.data) > MOST_BYTES:
            raise SourceRefused(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
        name = upload.name.replace("\\", "/").rpartition("/")[2]
        told, transcript = await self._answers.settled(Written(upload.data, "upload", "", name), None)
        facts = EpisodeFacts(
            hashlib.sha256(upload.data).hexdigest()[:16],
            told.title or stem(name) or told.format,
            duration=told.duration,
            language=told.language,
            chapters=told.chapters,
        )
        return facts, transcript

    async def _captioned(self, facts: EpisodeFacts) -> Transcript | None:
        """The captions of its video.

        Raises:
            SourceUnavailable: there may be some, but they cannot be had now, or not by us.
        """
        try:
            captions = await self._captions.of(facts.video or "", facts.language)
            if captions is None:
                return None
            written = Written(
                captions.document, "captions", "application/json", "", captions.language, captions.automatic
            )
            return (await self._answers.settled(written, facts.duration))[1]
        except (SourceRefused, SourceMalformed):
            return None


def _address(text: str) -> str:
    """What somebody pasted, as an address.

    Raises:
        ConfigError: it is none.
    """
    text = text.strip()[: _LONGEST_ADDRESS + 1].strip("<>")
    if "://" not in text and _BARE.fullmatch(text):
        text = f"https://{text}"
    if len(text) > _LONGEST_ADDRESS or canonical_link(text) is None:
        raise ConfigError(["That is no address of a page. Paste a link that begins with https://."])
    return text
