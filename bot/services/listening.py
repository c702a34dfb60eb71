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

from bot.domain.desk import DEFAULT_DESK, Desks, OpenDesk
from bot.domain.episode import Episode
from bot.domain.episodes.check import ENOUGH_WORDS, faults
from bot.domain.episodes.compose import RULES, Heard, compose
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.moments import words_in
from bot.domain.episodes.settling import settle
from bot.domain.identity import canonical_link
from bot.domain.item import item_id
from bot.domain.ledger import Posting, State, wish_key
from bot.domain.place import Place
from bot.domain.show import Listened
from bot.domain.transcript import Transcript
from bot.domain.visitor import Visitor
from bot.errors import CoresError, NotFoundError, SourceError, SourceMalformed, SourceRefused, SourceUnavailable
from bot.ports.clock import Clock
from bot.ports.cores import Cores
from bot.ports.episodes import KeptEpisode
from bot.ports.events import Events
from bot.ports.phrases import Catalogue
from bot.ports.recordings import Recordings, Transcriber, Upload
from bot.ports.store import Store
from bot.services.allowance import Allowance
from bot.services.retelling import SELECTED, Retelling
from bot.services.shows import ShowRoom, is_address
from bot.services.together import Together

Tell = Callable[[Listened], Awaitable[None]]
_LIMIT: Final = timedelta(seconds=60)
"""For composing: the longest transcript there may be takes half of it."""
_BLURB: Final = timedelta(hours=3)
"""How long an overview without a transcript stands before one is looked for again, and a selected one before a model
is asked again.
"""


@dataclass(frozen=True, slots=True)
class _Link:
    """What is behind a link."""

    address: str
    facts: EpisodeFacts | None
    """As far as they were gathered already."""
    source: str | None
    language: str
    tenant: str | None = None
    """Whose own source told those facts; None: one that the operator reads."""
    hears: bool = True
    """What nobody wrote down may be heard; else it is no episode to sum up."""

    @property
    def asked(self) -> str:
        """What was asked for, in one form: with its fragment, by which an entry of a feed is meant."""
        return f"{canonical_link(self.address) or self.address}#{self.address.partition('#')[2]}"


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
        retelling: Retelling | None = None,
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
        self._retelling = retelling
        self._together = Together[Episode]()

    async def overview(
        self,
        visitor: Visitor,
        wanted: str | Upload,
        *,
        told: Tell | None = None,
        counted: bool = True,
        hears: bool = True,
    ) -> Episode:
        """The overview of what is behind a link, or under a name, or of a transcript file; as `office.Listening`.

        `counted`: it is one of those that the visitor has in a day. Without `hears` there is one of what was written
        down only: nothing is heard, and nothing is made of the blurb.

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
        kept = await self._current(_named(identity, language, self._language), visitor.tenant)
        if kept is not None:
            return kept
        if found is None:
            item_of, source = await self._shows.known(visitor.tenant, identity)
            found = self._shows.facts(item_of) if item_of else None
        own = None if source is None or self._shows.is_everybodys(source) else visitor.tenant
        wish = _Link(wanted, found, source, language, own, hears)
        async with _counted(self._allowance, visitor, counted):
            key = ("link", wish.asked, own, language, hears)
            return await self._together(key, lambda: self._of_link(visitor, wish, told))

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
        is_old = self._clock.now() - kept.made >= _BLURB
        if kept.transcript is None:
            return None if is_old else kept.episode
        if self._retelling is None or not is_old or kept.episode.card.writer != SELECTED:
            return kept.episode
        # There was no model when it was made, or none that managed.
        return await self._together(("write", episode), lambda: self._kept(kept, None))

    async def _of_link(self, visitor: Visitor, wish: _Link, told: Tell | None) -> Episode:
        facts, tenant = await self._found(wish, told)
        identity = _vouched(wish, facts, tenant)
        facts = replace(facts, id=_named(identity, wish.language, self._language))
        kept = await self._current(facts.id, visitor.tenant)
        if kept is not None:
            return kept
        await _say(told, "reading")
        if wish.hears:
            transcript = await self._transcript(facts, told, identity)
        else:
            transcript = await _written(self._recordings, facts)
        return await self._made(_Wish(facts, transcript, wish.language, tenant, wish.source), told)

    async def _given(
        self, visitor: Visitor, upload: Upload, language: str, told: Tell | None, *, counted: bool
    ) -> Episode:
        await _say(told, "reading")
        facts, transcript = await self._recordings.read(upload)
        own = _named(item_id(f"{visitor.tenant}\n{facts.id}"), language, self._language)
        kept = await self._current(own, visitor.tenant)
        if kept is not None:
            return kept
        async with _counted(self._allowance, visitor, counted):
            wish = _Wish(replace(facts, id=own), transcript, language, visitor.tenant, None)
            return await self._together(("file", own), lambda: self._made(wish, told))

    async def _found(self, wish: _Link, told: Tell | None) -> tuple[EpisodeFacts, str | None]:
        """As its page and its feed tell today; where they cannot be had, as it was gathered. And whose that is."""
        await _say(told, "finding")
        try:
            return await self._recordings.find(wish.address), None
        except SourceError:
            if wish.facts is None:
                raise
            return wish.facts, wish.tenant

    async def _transcript(self, facts: EpisodeFacts, told: Tell | None, plain: str) -> Transcript | None:
        """What was written down; else what we hear, or heard for the overview of the id `plain`; else None."""
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
        heard = await _heard_before(self._store, plain)
        if heard is not None:
            return heard
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
        # Not those of a server's own sources: what is made is everybody's.
        read = Desks.of(self._desks).named.values()
        known = tuple(sorted({one.name for desk in read for one in desk.roster.thinkers}))
        say = self._catalogue.speak(wish.language).say
        heard = Heard(facts, transcript, known)
        try:
            episode = await self._cores.call(compose, heard, wish.language, say, limit=_LIMIT)
        except CoresError as error:
            self._events.warn("overview_not_composed", episode=facts.id, reason=str(error)[:200])
            raise SourceMalformed("It takes too much time or memory to sum up, so no overview is shown.") from error
        wrong = faults(episode, transcript)
        if wrong:
            self._events.warn("overview_not_whole", episode=facts.id, reason="; ".join(wrong)[:300])
            raise SourceMalformed(f"No whole overview came of it, so none is shown: {wrong[0]}.")
        kept = KeptEpisode(episode, transcript, self._clock.now(), RULES, wish.tenant, wish.source)
        return await self._kept(kept, told)

    async def _kept(self, selected: KeptEpisode, told: Tell | None) -> Episode:
        """Have it written, where there is a model, and keep it."""
        episode = selected.episode
        if self._retelling is not None and selected.transcript is not None:
            await _say(told, "writing")
            episode = await self._retelling(episode, selected.transcript, episode.card.language)
        async with self._store.unit() as unit:
            await unit.episodes.put(replace(selected, episode=episode, made=self._clock.now()))
            await unit.commit()
        self._events.tell("overview_made", episode=episode.id, chapters=len(episode.chapters))
        return episode


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


async def _written(recordings: Recordings, facts: EpisodeFacts) -> Transcript:
    """What was written down, and nothing else."""
    written = await recordings.transcript(facts)
    if written is None:
        raise SourceUnavailable("Its transcript is not there yet.")
    return written


async def _heard_before(store: Store, plain: str) -> Transcript | None:
    """What was heard for the overview in the operator's language: to hear an hour takes minutes, and may cost."""
    async with store.unit() as unit:
        kept = (await unit.episodes.get([plain])).get(plain)
    heard = kept.transcript if kept else None
    return heard if heard is not None and heard.origin == "speech" else None


def _vouched(wish: _Link, facts: EpisodeFacts, tenant: str | None) -> str:
    """The id that an overview of these facts may have.

    A feed or a page can claim to be about anybody's page. Only what was found at that page itself is shared under its
    id; what was found elsewhere is shared with those who ask there, too, and what a server's own source says of it
    stays with that server.
    """
    if tenant is not None:
        return item_id(f"{tenant}\n{facts.id}")
    asked = item_id(canonical_link(wish.address) or wish.address)
    known = wish.facts is not None and wish.facts.id == asked
    return asked if known or facts.id == asked else item_id(f"{wish.asked}\n{facts.id}")


def _named(identity: str, language: str, plain: str) -> str:
    """The id of an overview whose frames are in this language; the `plain` one's is that of the episode."""
    if language == plain:
        return identity
    return hashlib.sha256(f"{identity}/{language}".encode()).hexdigest()[:16]


@asynccontextmanager
async def _counted(allowance: Allowance, visitor: Visitor, wanted: bool) -> AsyncIterator[None]:
    """Counts one; what nobody asked for is not counted."""
    if not wanted:
        yield
        return
    async with allowance.counted(visitor, "episode"):
        yield


def _words(transcript: Transcript) -> int:
    return sum(words_in(said.text) for said in transcript.utterances)


async def _say(told: Tell | None, stage: Listened) -> None:
    if told is not None:
        await told(stage)
