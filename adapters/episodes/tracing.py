"""From an address to what is known of the episode behind it.

An episode is known best by its feed, so a page, or a directory, leads to the entry that is meant.
"""

import re
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from adapters.episodes import directories, watching
from adapters.episodes.answers import Answers
from adapters.episodes.entries import FeedSaid, Wanted
from adapters.episodes.pages import PageSaid
from adapters.episodes.shownotes import chapters_in, chapters_of
from adapters.wire.http import MIB
from adapters.wire.markup import line
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.identity import canonical_link
from bot.domain.item import MAX_TITLE, item_id
from bot.domain.recording import TranscriptLink
from bot.domain.sites import video_of
from bot.errors import ConfigError, SourceError, SourceMalformed, SourceRefused, SourceUnavailable

_MOST_FEEDS = 3
"""Of a page, that are asked for its episode."""
_MOMENT = re.compile(r"t=[\d:hms.,]+")

NOTHING = (
    "There is nothing to hear on that page, and it names no podcast. Paste the link of an episode or a video, or upload"
    " its transcript."
)
SPOTIFY = (
    "Spotify does not tell where a show is published, nor what is said in it. Paste the link of the episode's own page,"
    " its link at Apple Podcasts, or the show's feed; or upload a transcript."
)
LISTING = "That is a playlist or a channel, not one video. Paste the link of one:"


class Tracing:
    """Follows an address to its episode."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def trace(self, address: str) -> EpisodeFacts:
        """The episode behind an address. See `bot.ports.recordings.Recordings.find`."""
        link = canonical_link(address) or ""
        if video := video_of(link):
            return await self._video(video)
        if listing := directories.listing(link):
            newest = await self._newest(listing)
            raise ConfigError([LISTING if newest else f"{LISTING.removesuffix(':')}.", *newest])
        if asked := directories.apple(link):
            return await self._listed(asked, address)
        if directories.is_spotify(link):
            raise SourceRefused(SPOTIFY)
        if directories.is_sound(link):
            return _of_sound(link)
        return await self._read_there(address, link)

    async def _read_there(self, address: str, link: str) -> EpisodeFacts:
        """What lies at the address itself."""
        plain, _, part = address.partition("#")
        names = () if _MOMENT.fullmatch(part) or not part else (unquote(part), part)
        answered, seen = await self._answers.looked(plain, Wanted(names))
        if seen.feed is not None:
            return await self._of_feed(seen.feed)
        if seen.page is not None:
            return await self._of_page(seen.page, answered.url, plain, spoken=seen.spoken)
        if seen.sound:
            return _of_sound(canonical_link(answered.url) or link)
        if seen.transcript is None:
            raise SourceMalformed(seen.wrong)
        own = canonical_link(answered.url) or link
        written = (TranscriptLink(own, answered.content_type),)
        return EpisodeFacts(item_id(own), seen.transcript or stem(own) or own, url=own, transcripts=written)

    async def _video(self, video: str) -> EpisodeFacts:
        """What YouTube says of a video; where it only asks for something, what oEmbed says."""
        try:
            page = await self._answers.get(watching.WATCH.format(video), watching.MOST_BYTES)
            facts = await self._answers.call(watching.read_watch_page, page.body, video)
        except SourceUnavailable:
            facts = None  # it has had enough of us, but oEmbed is another door
        if facts is not None:
            return facts
        try:
            told = await self._answers.get(watching.OEMBED.format(video), MIB)
        except SourceRefused as error:
            raise SourceRefused(watching.HIDDEN) from error
        return watching.read_oembed(told.body, video)

    async def _newest(self, listing: str) -> list[str]:
        """The newest few of a list of videos, if YouTube gives them."""
        try:
            _, seen = await self._answers.looked(listing, Wanted(("",)))
        except SourceError:
            return []
        return _named(seen.feed) if seen.feed else []

    async def _listed(self, asked: directories.Apple, address: str) -> EpisodeFacts:
        """An episode at Apple Podcasts, by the feed of its show."""
        told = await self._answers.get(directories.LOOKUP.format(asked.show), 5 * MIB)
        published = await self._answers.call(directories.read_lookup, told.body, asked)
        wanted = Wanted(published.names, published.titles)
        if asked.episode and not published.names and not published.titles:  # it is an old one
            _, seen = await self._answers.looked(address, wanted)
            wanted = Wanted((), seen.page.titles) if seen.page else wanted
        _, seen = await self._answers.looked(published.feed, wanted)
        if seen.feed is None:
            raise SourceMalformed("What Apple says is the feed of this show is none; paste the link of its own page.")
        return await self._of_feed(seen.feed)

    async def _of_feed(self, said: FeedSaid) -> EpisodeFacts:
        """The entry that was wanted.

        Raises:
            ConfigError: none was, or there is no such one.
        """
        if said.chosen is not None:
            return _heard(await self._with_chapters(said.chosen, said.chapters))
        if not said.episodes:
            raise ConfigError([f"The feed “{said.title}” has nothing to hear: it is no podcast."])
        count = f"{said.episodes} episodes" if said.episodes > 1 else "one episode"
        raise ConfigError(
            [f"“{said.title}” is a show with {count}. Paste the link of the one you mean:", *_named(said)]
        )

    async def _of_page(self, said: PageSaid, url: str, asked: str, *, spoken: bool) -> EpisodeFacts:
        wanted = Wanted((url, asked, *said.names), said.titles)
        show: FeedSaid | None = None
        for feed in said.feeds[:_MOST_FEEDS]:
            try:
                _, seen = await self._answers.looked(feed, wanted)
            except SourceError:
                continue
            if seen.feed is not None and seen.feed.chosen is not None:
                chosen = await self._with_chapters(seen.feed.chosen, seen.feed.chapters)
                return _heard(_together(chosen, said.facts, url, spoken=spoken))
            show = seen.feed if seen.feed is not None and seen.feed.episodes and show is None else show
        own = canonical_link(url) or url
        page = _together(replace(said.facts, id=item_id(own), url=own), said.facts, url, spoken=spoken)
        if not said.episode and not page.transcripts and page.video is None and show is not None:
            return await self._of_feed(show)
        page = page if said.episode else _heard(page)
        return page if page.chapters else replace(page, chapters=chapters_in(page.notes, page.duration))

    async def _with_chapters(self, facts: EpisodeFacts, address: str | None) -> EpisodeFacts:
        """With those of the publisher's file of chapters, if it can be had."""
        if address is None:
            return facts
        try:
            told = await self._answers.get(address, MIB)
            chapters = await self._answers.call(chapters_of, told.body)
        except SourceError:
            return facts
        inside = tuple(one for one in chapters if facts.duration is None or one.start < facts.duration)
        return replace(facts, chapters=inside or facts.chapters)


def stem(name: str) -> str:
    """The name of a file or of what an address ends in, without its ending."""
    last = unquote(urlsplit(name).path if "://" in name else name).rstrip("/").rpartition("/")[2]
    return line((last.rpartition(".")[0] or last).replace("<", " "))[:MAX_TITLE]


def _heard(facts: EpisodeFacts) -> EpisodeFacts:
    """The facts of something that can be heard or read.

    Raises:
        SourceRefused: it is an article.
    """
    if facts.media is None and facts.video is None and not facts.transcripts:
        raise SourceRefused(NOTHING)
    return facts


def _of_sound(link: str) -> EpisodeFacts:
    return EpisodeFacts(item_id(link), stem(link) or link, url=link, media=link)


def _named(said: FeedSaid) -> list[str]:
    return [f"“{each.title}”: {each.address}" for each in said.newest]


def _together(entry: EpisodeFacts, page: EpisodeFacts, url: str, *, spoken: bool) -> EpisodeFacts:
    """What a feed's entry says, and where it says nothing, what its page says."""
    transcripts = {link.url: link for link in (*entry.transcripts, *page.transcripts)}
    if spoken:
        transcripts.setdefault(url, TranscriptLink(url, "text/html", page.language))
    return replace(
        entry,
        show=entry.show or page.show,
        published=entry.published or page.published,
        duration=entry.duration or page.duration,
        language=entry.language or page.language,
        notes=entry.notes or page.notes,
        people=entry.people or page.people,
        links=entry.links or page.links,
        chapters=entry.chapters or page.chapters,
        transcripts=tuple(transcripts.values()),
        media=entry.media or page.media,
        video=entry.video or page.video,
    )
