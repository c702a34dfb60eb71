"""Extractive briefs: ROUGE against the editors' own summaries of newsletter issues, at equal length."""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.domain.argument import quotes_of
from bot.domain.reading import Reading, Span
from bot.domain.sentence_ranking import central_sentences, lead_sentence, rank_sentences
from tests.bench.corpus import newsletter, without_markdown
from tests.bench.row import Row

_SHORTEST = 25
"""Words of a summary that says something."""
Brief = Callable[[Sequence[Reading]], Sequence[Span | None]]


def measure(data: Path) -> Iterator[Row]:
    """ROUGE-1 and ROUGE-2 F1, ours beside leads, titles and chance."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1", "rouge2"], use_stemmer=True)
    issues = _issues(data)

    def scores(brief: Brief, years: tuple[str, str]) -> str:
        found = []
        for date, summary, readings in issues:
            if years[0] <= date[:4] <= years[1]:
                words = " ".join(span.text.strip("-*# \n") for span in brief(readings) if span).split()
                score = scorer.score(summary, " ".join(words[: len(summary.split())]))
                found.append((score["rouge1"].fmeasure, score["rouge2"].fmeasure))
        return " / ".join(f"{100 * sum(part) / len(found):.1f}" for part in zip(*found, strict=True))

    peers: dict[str, Brief] = {
        "first sentence of each item": lambda readings: [_first(reading) for reading in readings],
        "titles": lambda readings: [reading.spans[0] for reading in readings if reading.spans],
        "centroid over the issue": lambda readings: central_sentences(readings, most=6, titles=False),
        "random": _random,
    }
    for years, note in ((("2018", "2021"), " (tuned here)"), (("2022", "2023"), "")):
        beside = ", ".join(f"{name} {scores(brief, years)}" for name, brief in peers.items())
        yield Row(
            f"brief {years[0]}-{years[1]}, as the writer chooses a sentence an item, ROUGE-1 / 2",
            scores(_written, years),
            beside,
            ">= 34 ROUGE-1",
        )
        lead = scores(lambda readings: [lead_sentence(reading) for reading in readings], years)
        yield Row(f"the same, by a lead chooser that the writer does not use{note}", lead, "", "")


def _issues(data: Path) -> list[tuple[str, str, list[Reading]]]:
    by_date: dict[str, list[Reading]] = defaultdict(list)
    for reading in newsletter(data)[0]:
        by_date[reading.item.at.date().isoformat()].append(reading)
    lines = (data / "newsletter-threads/issues.jsonl").read_text(encoding="utf-8").splitlines()
    issues = [json.loads(line) for line in lines]
    made = [(i["date"], without_markdown(i["human_summary"]), by_date[i["date"]]) for i in issues]
    return [issue for issue in made if len(issue[1].split()) >= _SHORTEST and issue[2]]


def _written(readings: Sequence[Reading]) -> list[Span]:
    """The sentence of each item that the extractive writer ranks first."""
    best = []
    for reading in readings:
        quotes = quotes_of([reading], dict(rank_sentences([reading], context=readings)))
        best += [quote.span for quote in quotes[:1]]
    return best


def _first(reading: Reading) -> Span | None:
    return next((span for span in reading.spans if span.where == "text"), None)


def _random(readings: Sequence[Reading]) -> list[Span]:
    spans = [span for reading in readings for span in reading.spans]
    random.Random(1).shuffle(spans)
    return spans
