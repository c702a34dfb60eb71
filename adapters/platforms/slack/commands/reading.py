"""Commands for everybody: a briefing now, a question, the archive, how things are, help."""

from adapters.platforms.slack.calling import Call, Refused, escaped, setting_up
from adapters.platforms.slack.commands.words import Wish
from adapters.platforms.slack.forms.previewing import still_reading
from adapters.platforms.slack.forms.setup_form import missing_there
from adapters.platforms.slack.kit import Json, place_of
from adapters.platforms.slack.naming import channel_of, mention, naming
from adapters.platforms.slack.payloads import (
    View,
    actions,
    bold_start,
    context,
    field,
    filled,
    footed,
    modal,
    section,
    text_input,
)
from adapters.platforms.slack.rights import missing_in
from adapters.platforms.slack.talk.whence import Editions, Question, inbound_of
from adapters.platforms.slack.talk.writing import MOST_CHARACTERS, question_form
from bot.domain.edition import Edition
from bot.domain.layout.sheets import helping, status
from bot.domain.message import Answer, EditionCard, Message, Sheet
from bot.domain.press import Press, named
from bot.domain.writing.quotation import quoted
from bot.errors import NotFoundError
from bot.ports.platform import Inbox, Ref

LONGEST_QUERY = 100
QUERY = "query"
"""Id of the block."""


async def now(call: Call, wish: Wish) -> None:
    """An edition of what was gathered, to this person; in a channel it can be posted there."""

    async def sooner(edition: Edition) -> None:
        # Beside what was typed, each answer is a message of its own: there only the written one is shown.
        if call.has_window:
            await call.show(_card(call, edition, context(call.say("being-written"))))

    edition = await call.kit.office.on_demand.now(
        call.visitor, topic=wish.rest or None, hours=wish.hours, language=wish.language, sooner=sooner
    )
    if not edition.stories and (still := await still_reading(call, call.tenant)):
        view = call.page(section(still))
        if wish == Wish("now"):  # else the same would have to be typed again
            again = named("home", "", "now")
            view = footed(view, close=call.say("close"), submit=call.say("retry"), callback=again)
        await call.show(view)
    else:
        await call.show(_card(call, edition))


def _card(call: Call, edition: Edition, *above: Json) -> View:
    """The card as a window; in a channel it can be posted from there."""
    view = call.drawn(EditionCard(edition), above=above)
    if call.channel is None or not edition.stories:
        return view
    return footed(view, close=call.say("close"), submit=call.say("post-here"), callback=named("post", edition.id))


async def post_here(call: Call, press: Press) -> None:
    """Post the edition that was shown to this person to the channel they are in."""
    if call.channel is None:
        raise Refused(call.say("slack-post-not-here"))
    lacking = await missing_in(call.kit, call.whence.team, call.channel, call.phrases)
    if lacking:
        await call.show(missing_there(call.channel, lacking, call.phrases))
        return
    place = place_of(call.whence.team, call.channel)
    try:
        first = await call.kit.office.on_demand.publish(press.edition, place, tenant=call.tenant)
    except NotFoundError as error:
        raise Refused(call.say("gone")) from error
    await call.show(call.note(call.say("posted" if first else "posted-before", channel=mention(call, place))))


class Asking:
    """Questions by command: answered from an edition, to this person; they can be shown to all then."""

    def __init__(self, inbox: Inbox, editions: Editions) -> None:
        self._inbox = inbox
        self._editions = editions

    async def ask(self, call: Call, wish: Wish) -> None:
        """Answer a question; without one, a form for it."""
        here = None if channel_of(call.visitor.place) is None else await self._editions.at(call.visitor.place)
        edition = here or await self._editions.latest(call.whence.team) or ""
        if not wish.rest:
            # Outside of channels no thread can be answered in.
            alone = not edition or call.channel is None
            await call.show(question_form(edition, "", call.phrases, alone=alone))
            return
        text = wish.rest[:MOST_CHARACTERS]
        question = Question(
            call.whence,
            call.visitor.place,
            call.whence.channel or "",
            call.asked.id,
            call.visitor.language,
            zone=call.zone,
        )
        asked = inbound_of(question, text, edition, call.kit.clock.now(), pressed=True)
        await self._inbox(asked, _Reply(call))


class _Reply:
    """Answers a question where the call is answered."""

    def __init__(self, call: Call) -> None:
        self._call = call

    async def answer(self, message: Message, *, private: bool) -> Ref | None:
        """Show it to who asks; it cannot be referred to."""
        del private
        await self._call.tell(message)
        return None

    async def progress(self, message: Message) -> None:
        """The window says so from the beginning."""


async def search(call: Call, wish: Wish) -> None:
    """What earlier editions have on it; without words, a form for them."""
    if not wish.rest:
        await call.show(_search_form(call))
        return
    found = await call.kit.office.on_demand.search(call.visitor, wish.rest[:LONGEST_QUERY])
    await call.show(call.drawn(Answer(found, call.visitor.language), title=call.say("slack-search-title")))


def _search_form(call: Call) -> dict[str, object]:
    say = call.say
    words = text_input("home", most=LONGEST_QUERY)
    asked = field(say("slack-search-label"), words, block=QUERY)
    return modal(
        say("slack-search-title"),
        asked,
        close=say("cancel"),
        submit=say("slack-search"),
        callback=named("home", "", "found"),
    )


async def found(call: Call, _: Wish) -> None:
    """The form for words to look for was sent."""
    (typed, *_rest) = filled(call.asked.view or {}).get(QUERY, ("",))
    await search(call, Wish("search", " ".join(typed.split())))


async def status_(call: Call, _: Wish) -> None:
    """The last and the next edition, and what is down."""
    report = await call.kit.office.reporting.report(call.tenant)
    manages = await call.manages()
    shown = await naming(call, [one.place for one in report.subscriptions], private=manages)
    begin = [actions(setting_up(call))] if manages and not report.subscriptions else []
    await call.show(call.drawn(Sheet(status(report, shown, call.phrases), call.phrases.language), below=begin))


async def help_(call: Call, _: Wish) -> None:
    """What can be done, by topic."""
    await call.tell(Sheet(helping(call.phrases), call.phrases.language))


async def unknown(call: Call, wish: Wish) -> None:
    """The same for a word that means nothing to us, which is named first."""
    said = bold_start(call.say("slack-unknown-word", word=quoted(escaped(wish.rest), call.phrases.language)))
    await call.show(call.drawn(Sheet(helping(call.phrases), call.phrases.language), above=[section(said)]))
