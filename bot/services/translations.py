"""Parts of editions in other languages: asked for, held against their originals, asked for once more, and kept.

A part that does not stand stays as it was. What was built is kept by what it was made of; two who want the same at the
same moment wait for the same call.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from bot.domain.languages import english_name
from bot.domain.prose.shapes import TranslationProse
from bot.domain.prose.showing import folded
from bot.domain.tokens import Used, estimate
from bot.domain.translation.faults import faults, tidy
from bot.domain.translation.parts import Names, Part, Rendering, shown_parts
from bot.domain.visitor import Visitor
from bot.errors import LimitReached, ModelError, ModelMalformed, OverBudget
from bot.ports.clock import Clock
from bot.ports.events import Events
from bot.ports.model import ModelRequest, Role
from bot.ports.prompts import Fact, PromptLibrary, Untrusted
from bot.ports.store import Store
from bot.services.allowance import Allowance
from bot.services.asking import Asking
from bot.services.results import Dump, Load, TypedResults, key_of
from bot.services.spending import Account
from bot.services.together import Together
from bot.services.waiting import side_by_side

Words = tuple[str, bool]
"""Words to translate, and whether they are somebody's, whose marks and original stay around them."""
_ROLE: Role = "small"
_GROWS = 2.5
"""Tokens of a translation, in tokens of its original: other scripts take more of them."""
_A_PART = 24
"""Tokens of JSON around a part."""
_MOST_OUT = 3_000
"""Tokens of one answer; longer stories are asked for in several."""
_MARGIN = 64
_FEW = 2
"""Parts that may all stay as they were."""
_FORM = 1
"""Of what is kept; a higher one when the checks change what may stand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one call, or a few, are for: title and lede, or one story."""

    name: str
    parts: tuple[Part, ...]
    names: Names
    spoken: str
    language: str


class Translations:
    """Builds pieces of editions in other languages, each once."""

    def __init__(
        self,
        *,
        asking: Asking,
        prompts: PromptLibrary,
        store: Store,
        clock: Clock,
        events: Events,
        dump: Dump,
        load: Load,
    ) -> None:
        """Prepare; nothing is asked yet. `dump` and `load` turn what is kept into text and back."""
        self._asking = asking
        self._prompts = prompts
        self._events = events
        self._results = TypedResults(store, clock, dump, load)
        self._together = Together[Rendering]()

    @property
    def model(self) -> str:
        """The model that translates."""
        return self._asking.name(_ROLE)

    async def __call__(self, piece: Piece, bill: "Bill") -> Rendering:
        """A piece, built by whoever wants it first; who waited for somebody without questions left builds it."""
        if not piece.parts:
            return Rendering(())
        key, mine = self._key(piece), False

        async def work() -> Rendering:
            nonlocal mine
            mine = True
            return await self._results.find(Rendering, key) or await self._built(key, piece, bill)

        while True:
            try:
                return await self._together(key, work)
            except (LimitReached, OverBudget):
                if mine:
                    raise

    async def _built(self, key: str, piece: Piece, bill: "Bill") -> Rendering:
        await bill.pay()
        chunks = self._chunks(piece)
        found = await side_by_side([self._translated(piece, chunk, bill.account) for chunk in chunks])
        said = {pair: text for texts, _ in found for pair, text in texts.items()}
        pairs = tuple(
            (part.text, part.shown(said[_words(part)], piece.language)) for part in piece.parts if _words(part) in said
        )
        if not pairs and len(piece.parts) > _FEW:
            # It would stay so for everybody, for as long as it is kept.
            raise ModelMalformed(f"Nothing stands of the translation of {piece.name}.")
        rendering = Rendering(pairs, sum((used for _, used in found), Used()))
        await self._results.keep(key, rendering)
        bill.delivered()
        kept = len(piece.parts) - len(pairs)
        self._events.tell("translated", part=piece.name, language=piece.language, parts=len(piece.parts), kept=kept)
        return rendering

    async def _translated(self, piece: Piece, parts: Sequence[Part], account: Account) -> tuple[dict[Words, str], Used]:
        """What stands of the answers for some parts, by their words; and what they took."""
        answer, used = await self._asking.ask(self._request(piece, parts), TranslationProse, account)
        said, wrong = await asyncio.to_thread(_examined, piece, parts, answer)
        if wrong:
            # It is no loss if nobody can be asked again: what does not stand stays as it was.
            try:
                answer, more = await self._asking.ask(self._again(piece, wrong), TranslationProse, account)
            except ModelError as error:
                self._events.warn("translation_not_repaired", part=piece.name, error=type(error).__name__)
            else:
                used += more
                mended, _ = await asyncio.to_thread(_examined, piece, [flawed.part for flawed in wrong], answer)
                said |= mended
        return said, used

    # ------------------------------------------------------------ what is asked

    def _chunks(self, piece: Piece) -> list[list[Part]]:
        """The parts, each words once, in as many calls as their lengths and the context want."""
        unique = list({_words(part): part for part in reversed(piece.parts)}.values())[::-1]
        return self._halved(piece, unique)

    def _halved(self, piece: Piece, parts: list[Part]) -> list[list[Part]]:
        request = self._request(piece, parts)
        tokens = self._asking.taken(request, TranslationProse) + request.most_tokens + _MARGIN
        if len(parts) < 2 or (tokens <= self._asking.room(_ROLE) and request.most_tokens <= _MOST_OUT):
            return [parts]
        middle = len(parts) // 2
        return [*self._halved(piece, parts[:middle]), *self._halved(piece, parts[middle:])]

    def _request(self, piece: Piece, parts: Sequence[Part]) -> ModelRequest:
        facts: dict[str, Fact] = {"language": english_name(piece.language), "parts": Untrusted(shown_parts(parts))}
        return self._asked(self._prompts.render("translate", facts), parts, f"translation {piece.name}")

    def _again(self, piece: Piece, wrong: Sequence["_Flawed"]) -> ModelRequest:
        shown = Untrusted("\n".join(map(_shown, wrong)))
        facts: dict[str, Fact] = {"language": english_name(piece.language), "faults": shown}
        parts = [flawed.part for flawed in wrong]
        return self._asked(self._prompts.render("translate_again", facts), parts, f"repair translation {piece.name}")

    def _asked(self, task: str, parts: Sequence[Part], about: str) -> ModelRequest:
        most = sum(_A_PART + round(_GROWS * estimate(part.words)) for part in parts)
        return ModelRequest(_ROLE, "", "", task, most, about=about)

    def _key(self, piece: Piece) -> str:
        """Of what is translated, by whom and how; not of where it stands."""
        parts = [asdict(part) for part in piece.parts]
        names = asdict(piece.names)
        mark = [_FORM, self._asking.name(_ROLE), self._prompts.digest]
        return key_of(["translation", mark, piece.language, piece.spoken, parts, names])


@dataclass(frozen=True, slots=True)
class _Flawed:
    """A translation that does not stand."""

    part: Part
    said: str
    reasons: tuple[str, ...]


class Bill:
    """What one wish costs who has it: a question if anything has to be built, and gets built; and tokens."""

    def __init__(self, allowance: Allowance, account: Account, asker: Visitor) -> None:
        self.account = account
        self._allowance = allowance
        self._asker = asker
        self._paying: asyncio.Task[date] | None = None
        self._delivered = False

    async def pay(self) -> None:
        """Count the question, once for all that is built.

        Raises:
            LimitReached, StoreError: as `Allowance.spend`.
        """
        if self._paying is None:
            self._paying = asyncio.create_task(self._allowance.spend(self._asker, "question"))
        await asyncio.shield(self._paying)

    def delivered(self) -> None:
        """Something was built for it."""
        self._delivered = True

    async def settle(self) -> None:
        """Give the question back if nothing came of it."""
        paid = self._paying
        if paid is not None and paid.done() and paid.exception() is None and not self._delivered:
            await self._allowance.give_back(self._asker, "question", paid.result())


def _words(part: Part) -> Words:
    return part.words, part.is_quotation


def _examined(piece: Piece, parts: Sequence[Part], answer: TranslationProse) -> tuple[dict[Words, str], list[_Flawed]]:
    """What of an answer stands, by the words it is for; and the rest, with what is wrong with it."""
    written = {part.where.strip(" :"): part.text for part in answer.parts}
    said: dict[Words, str] = {}
    wrong: list[_Flawed] = []
    for part in parts:
        text = tidy(written.get(part.where, ""), piece.language)
        reasons = faults(part, text, piece.language, piece.names, spoken=piece.spoken)
        if reasons:
            wrong.append(_Flawed(part, text, reasons))
        else:
            said[_words(part)] = text
    return said, wrong


def _shown(flawed: _Flawed) -> str:
    part = flawed.part
    return (
        f"{part.where}: {folded(part.words)}\n"
        f"- your translation: {flawed.said or 'none'}\n"
        f"- what is wrong: {'; '.join(flawed.reasons)}"
    )
