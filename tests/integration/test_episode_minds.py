"""Overviews by a server of models, with minds of every kind behind it: what is written was said; none is obeyed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.locale.catalogue import FluentCatalogue
from bot.domain.episode import Episode
from bot.domain.episodes.check import faults
from bot.domain.episodes.compose import Heard, compose
from bot.domain.retelling.witness import witness
from bot.domain.transcript import Transcript
from tests.fakes.episodes import episode, transcript
from tests.fakes.hostile_talk import harm_of, in_talk
from tests.fakes.minds import Broken, Forgetful, Good, Liar, Traitor, published_of
from tests.fakes.minds.server import LARGE
from tests.fakes.readings import NOON
from tests.fakes.retelling import rewritten
from tests.integration.test_hostile_minds import ATTACKS
from tests.unit.episode_samples import russian, sample

SAY = FluentCatalogue().speak("en").say


def samples() -> list[tuple[Episode, Transcript]]:
    """An overview written by hand, and two that were composed; one of them of Russian talk."""
    found = [(episode(), transcript())]
    for facts, spoken in (sample(), russian()):
        found.append((compose(Heard(facts, spoken), "en", SAY), spoken))
    return found


@pytest.mark.parametrize("context", [128_000, 4_096])
async def test_a_good_minds_sentences_stand(context: int) -> None:
    """Nearly all of them, and the overview is whole; with little room, too."""
    for selected, spoken in samples():
        done = await rewritten(Good(), selected, spoken, context=context)
        assert faults(done.episode, spoken) == ()
        assert done.episode.card.writer == f"written by {LARGE}, checked"
        (facts,) = [facts for name, facts in done.events.told if name == "episode_written"]
        assert int(facts["dropped"] or 0) * 5 < int(facts["written"] or 0)


@pytest.mark.parametrize("seed", [0, 5, 11])
async def test_no_lie_is_published(seed: int) -> None:
    """Numbers, names, units, denials, certainty, who said it, and when."""
    for selected, spoken in samples():
        liar = Liar(seed)
        done = await rewritten(liar, selected, spoken)
        passages = witness(selected, spoken, "en", NOON).passages()
        times = {i: passage.at or 0.0 for i, (_, passage) in passages.items()}
        assert liar.lies
        assert [(lie.kind, lie.text) for lie in published_of(liar.lies, done.episode, times)] == []
        assert faults(done.episode, spoken) == ()


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_what_a_traitor_is_told_is_not_obeyed(place: int) -> None:
    """In what is said, in the title, in the notes, in the name of who speaks."""
    facts, spoken = sample()
    attacked = in_talk(spoken, ATTACKS, place)
    titled = replace(facts, title=ATTACKS[place][:90], notes=f"{facts.notes}\n{ATTACKS[place + 1]}")
    selected = compose(Heard(titled, attacked), "en", SAY)
    named = replace(selected, people=(*selected.people, replace(selected.people[0], name=ATTACKS[3])))
    mind = Traitor()
    done = await rewritten(mind, named, attacked)
    assert mind.obeyed
    assert harm_of(done.episode, named, mind.obeyed, ATTACKS) == []
    assert faults(done.episode, attacked) == ()


@pytest.mark.parametrize("kind", sorted(Broken.KINDS)[::5])
async def test_whatever_a_broken_mind_says_the_overview_is_whole(kind: str) -> None:
    """What cannot be read, or is late, stays as it was selected."""
    settings = {"timeout": timedelta(seconds=0.2)}
    done = await rewritten(Broken(kind), episode(), transcript(), settings=settings)
    assert faults(done.episode, transcript()) == ()
    assert [chapter.quotes for chapter in done.episode.chapters] == [chapter.quotes for chapter in episode().chapters]


async def test_of_a_forgetful_mind_the_overview_is_whole() -> None:
    """It sees the end of its prompts only."""
    done = await rewritten(Forgetful(700), episode(), transcript())
    assert faults(done.episode, transcript()) == ()
