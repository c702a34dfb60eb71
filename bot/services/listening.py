"""Overviews of podcasts and videos: found, read or heard, composed, kept, and posted where somebody asked for them.

An overview is made once for everybody: its id follows from the episode's link, so a second server gets the first one's.
Only what is made of a file that somebody gave us stays with those who gave it.
"""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.domain.desk import DEFAULT_DESK, OpenDesk
from bot.domain.episode import Episode
from bot.domain.episodes.check import ENOUGH_WORDS, faults
from bot.domain.episodes.compose import RULES, Heard, compose
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.settling import settle
from bot.domain.identity import canonical_link
from bot.domain.item import item_id
from bot.domain.ledger import Posting, State, wish_key
from bot.domain.place import Place
from bot.domain.show import Listened
from bot.domain.transcript import Transcript
from bot.domain.visitor import Visitor
from bot.errors import NotFoundError, SourceError, SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.episodes import KeptEpisode
from bot.ports.events import Events
from bot.ports.phrases import Catalogue
from bot.ports.recordings import Recordings, Transcriber, Upload
from bot.ports.store import Store
from bot.services.allowance import Allowance
from bot.services.shows import ShowRoom, is_address
from bot.services.together import Together

Tell = Callable[[Listened], Awaitable[None]]
_LIMIT: Final = timedelta(seconds=60)
"""For composing: a twelve-hour stream takes ten."""


_BLURB: Final = timedelta(hours=3)
"""How long an overview without a transcript stands before one is looked for again."""


@dataclass(frozen=True, slots=True)
class _Link:
    """What is behind a link."""

    address: str
    facts: EpisodeFacts | None
    """As far as they were gathered already."""
    source: str | None
    language: str


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted, once it is found."""

    facts: EpisodeFacts
    transcript: Transcript | None
    language: str
    tenant: str | None
    source: str | None


class Listening:
    """Makes overviews, or finds them."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        cores: Cores,
        catalogue: Catalogue,
        recordings: Recordings,
        transcriber: Transcriber | None,
        shows: ShowRoom,
        desks: Mapping[str, OpenDesk],
        allowance: Allowance,
        events: Events,
        language: str = "en",
    ) -> None:
        """Prepare; nothing is read yet. `language` is the operator's: what is written in it has the plain id."""
        self._store = store
        self._clock = clock
        self._cores = cores
        self._catalogue = catalogue
        self._recordings = recordings
        self._transcriber = transcriber
        self._shows = shows
        self._desks = desks
        self._allowance = allowance
        self._events = events
        self._language = catalogue.speak(language).language
        self._together = Together[Episode]()

    async def overview(
        self, visitor: Visitor, wanted: str | Upload, *, told: Tell | None = None, counted: bool = True
    ) -> Episode:
        """The overview of what is behind a link, or under a name, or of a transcript file; as `office.Listening`.

        `counted`: it is one of those that the visitor has in a day.

        Raises:
            LimitReached: the visitor has had today's; one that is kept is free.
            ConfigError, SourceError, SpeechError, CoresError, NotFoundError: nothing was made.
            StoreError: the database failed.
        """
        language = self._catalogue.speak(visitor.language).language if visitor.language else self._language
        if isinstance(wanted, Upload):
            return await self._given(visitor, wanted, language, told, counted=counted)
        found, source = None, None
        if not is_address(wanted):
            item, source = await self._shows.called(visitor.tenant, wanted)
            wanted, found = item.url or "", self._shows.facts(item)
        identity = item_id(canonical_link(wanted) or wanted)
        kept = await self._current(self._named(identity, language), visitor.tenant)
        if kept is not None:
            return kept
        if found is None:
            item_of, source = await self._shows.known(visitor.tenant, identity)
            found = self._shows.facts(item_of) if item_of else None
        wish = _Link(wanted, found, source, language)
        async with self._counted(visitor, counted):
            return await self._together(("link", identity, language), lambda: self._of_link(visitor, wish, told))

    async def episode(self, episode: str, *, tenant: str | None = None) -> Episode | None:
        """A kept overview.

        Raises:
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            kept = (await unit.episodes.get([episode], tenant=tenant)).get(episode)
        return kept.episode if kept else None

    async def publish(self, episode: str, place: Place, *, tenant: str) -> bool:
        """Post a kept overview to a place, through the ledger, once; False if it was asked for there before.

        Raises:
            NotFoundError: it is not kept, or is another tenant's.
            StoreError: the database failed.
        """
        async with self._store.unit() as unit:
            kept = (await unit.episodes.get([episode], tenant=tenant)).get(episode)
            if kept is None:
                raise NotFoundError(f"There is no overview {episode[:60]!r}.")
            first = await unit.threads.open(_posting(kept.episode, place, tenant, self._clock.now()))
            await unit.commit()
        return first

    # ------------------------------------------------------------ finding

    async def _current(self, episode: str, tenant: str) -> Episode | None:
        """A kept overview, if its chapters were found by the rules of today, and no transcript may have come since."""
        async with self._store.unit() as unit:
            kept = (await unit.episodes.get([episode], tenant=tenant)).get(episode)
        if kept is None or kept.rules != RULES:
            return None
        is_old = kept.transcript is None and self._clock.now() - kept.made >= _BLURB
        return None if is_old else kept.episode

    async def _of_link(self, visitor: Visitor, wish: _Link, told: Tell | None) -> Episode:
        facts = await self._found(wish, told)
        facts = replace(facts, id=self._named(facts.id, wish.language))
        kept = await self._current(facts.id, visitor.tenant)
        if kept is not None:
            return kept
        await _say(told, "reading")
        transcript = await self._transcript(facts, told)
        return await self._made(_Wish(facts, transcript, wish.language, None, wish.source), told)

    @asynccontextmanager
    async def _counted(self, visitor: Visitor, wanted: bool) -> AsyncIterator[None]:
        """Counts one; what nobody asked for is not counted."""
        if not wanted:
            yield
            return
        async with self._allowance.counted(visitor, "episode"):
            yield

    async def _given(
        self, visitor: Visitor, upload: Upload, language: str, told: Tell | None, *, counted: bool
    ) -> Episode:
        await _say(told, "reading")
        facts, transcript = await self._recordings.read(upload)
        own = self._named(item_id(f"{visitor.tenant}\n{facts.id}"), language)
        kept = await self._current(own, visitor.tenant)
        if kept is not None:
            return kept
        async with self._counted(visitor, counted):
            wish = _Wish(replace(facts, id=own), transcript, language, visitor.tenant, None)
            return await self._together(("file", own), lambda: self._made(wish, told))

    async def _found(self, wish: _Link, told: Tell | None) -> EpisodeFacts:
        """As its page and its feed tell today; where they cannot be had, as it was gathered."""
        await _say(told, "finding")
        try:
            return await self._recordings.find(wish.address)
        except SourceError:
            if wish.facts is None:
                raise
            return wish.facts

    async def _transcript(self, facts: EpisodeFacts, told: Tell | None) -> Transcript | None:
        """What was written down; else what we hear ourselves; else None."""
        can_hear = self._transcriber is not None and facts.media is not None
        try:
            written = await self._recordings.transcript(facts)
        except SourceUnavailable as error:
            if not can_hear and not facts.notes.strip():
                raise
            # There is one, and it is kept from us: what there is besides is better than nothing, and says what it is.
            self._events.warn("transcript_not_had", episode=facts.id, reason=str(error)[:200])
            written = None
        if written is not None or self._transcriber is None or facts.media is None:
            return written
        await _say(told, "hearing")
        cues = await self._transcriber.hear(facts.media, language=facts.language)
        settling = partial(settle, origin="speech", language=facts.language, duration=None, automatic=True)
        try:
            return await self._cores.call(settling, list(cues), limit=_LIMIT)
        except ValueError as error:
            raise SourceMalformed(f"What was heard cannot be used: {error}") from error

    # ------------------------------------------------------------ making

    async def _made(self, wish: _Wish, told: Tell | None) -> Episode:
        """Compose, hold against the contract, keep."""
        await _say(told, "composing")
        facts, transcript = wish.facts, wish.transcript
        if transcript is None and not facts.notes.strip():
            raise SourceRefused("There is no transcript of it, and nothing was written about it: nothing to sum up.")
        if transcript is not None and _words(transcript) < ENOUGH_WORDS:
            raise SourceRefused(f"Only {_words(transcript)} words of it are written down: too few for an overview.")
        known = tuple(sorted({one.name for desk in self._desks.values() for one in desk.roster.thinkers}))
        say = self._catalogue.speak(wish.language).say
        heard = Heard(facts, transcript, known)
        episode = await self._cores.call(compose, heard, wish.language, say, limit=_LIMIT)
        wrong = faults(episode, transcript)
        if wrong:
            self._events.warn("overview_not_whole", episode=facts.id, reason="; ".join(wrong)[:300])
            raise SourceMalformed(f"No whole overview came of it, so none is shown: {wrong[0]}.")
        async with self._store.unit() as unit:
            now = self._clock.now()
            await unit.episodes.put(KeptEpisode(episode, transcript, now, RULES, wish.tenant, wish.source))
            await unit.commit()
        self._events.tell("overview_made", episode=episode.id, chapters=len(episode.chapters))
        return episode

    def _named(self, identity: str, language: str) -> str:
        """The id of an overview whose frames are in this language."""
        if language == self._language:
            return identity
        return hashlib.sha256(f"{identity}/{language}".encode()).hexdigest()[:16]


def _posting(episode: Episode, place: Place, tenant: str, now: datetime) -> Posting:
    return Posting(
        key=wish_key(episode.id, place),
        subscription="",
        tenant=tenant,
        place=place,
        desk=DEFAULT_DESK.id,
        slot="now",
        date=now.date(),
        due=now,
        language=episode.card.language,
        state=State.COMPOSED,
        edition=episode.id,
    )


def _words(transcript: Transcript) -> int:
    from bot.domain.episodes.overview import words_in

    return sum(words_in(said.text) for said in transcript.utterances)


async def _say(told: Tell | None, stage: Listened) -> None:
    if told is not None:
        await told(stage)
