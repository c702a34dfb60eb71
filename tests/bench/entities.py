"""Names and terms found in real talks, against mentions labelled by hand before anything was run.

`tests/recordings/episode_mentions.jsonl` has a line a sample (`every`, `from`: which utterances were read) and a line a
mention: file, index of the utterance, name, type; several types where more than one is right; `optional` where a
careful reader could leave it. A found mention is right if a labelled one of the same utterance has the same name
(case, hyphens and plural aside) and type; optional ones count neither way. Mistakes in
episodes with an odd place in their sorted folder were never listed one by one while the rules were written, but their
labels were made by the same hand, and the lists shown of some of them were read: take that half as a little kind.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming import people
from bot.domain.episodes.naming.subjects import key_of, subjects
from bot.domain.transcript import Transcript, Utterance
from tests.bench.row import Row

LABELS = Path(__file__).parents[1] / "recordings" / "episode_mentions.jsonl"


def read(path: Path) -> Transcript:
    """The transcript of a file of the four folders, one utterance a piece as the file has it."""
    pieces: list[tuple[float | None, str | None, str]]
    if path.suffix == ".md":
        pieces = list(_of_markdown(path.read_text()))
    elif path.parent.name == "tinyrec":
        (whole,) = json.loads(path.read_text()).values()
        pieces = [(e["start"], e.get("user_id"), e["doc"]) for e in whole["entries"] if e.get("doc", "").strip()]
    else:
        pieces = [(u.get("start"), u["speaker"], u["text"]) for u in json.loads(path.read_text())["utterances"]]
    utterances: list[Utterance] = []
    at = 0.0
    for start, speaker, text in pieces:
        at = max(at, start if start is not None else at + 3)
        utterances.append(Utterance(at, at, speaker, re.sub(r"\s+", " ", text).strip()))
    return Transcript(tuple(utterances), "en", "publisher", automatic=path.parent.name == "tinyrec")


def _of_markdown(text: str) -> Iterator[tuple[None, str | None, str]]:
    speaker = None
    for block in re.split(r"\n\s*\n", text.strip()):
        line = re.sub(r"\s+", " ", block).strip()
        named = re.match(r"\*\*(.+?):\*\*\s*", line)
        if named:
            speaker, line = named[1], line[named.end() :]
        yield None, speaker, re.sub(r"\\\[[\d:]+\\\]\s*", "", line).replace("\\", "")


def labels() -> tuple[dict[str, dict[str, Any]], dict[tuple[str, int], list[dict[str, Any]]]]:
    """The samples by file, and the labelled mentions by file and utterance."""
    samples: dict[str, dict[str, Any]] = {}
    mentions: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for line in LABELS.read_text().splitlines():
        one = json.loads(line)
        if "every" in one:
            samples[one["file"]] = one
        else:
            mentions[one["file"], one["utterance"]].append(one)
    return samples, mentions


def found_in(data: Path, sample: dict[str, Any]) -> tuple[dict[int, set[tuple[str, str]]], float]:
    """Names and types found in the sampled utterances; seconds for all of it."""
    transcript = read(data / sample["file"])
    facts = EpisodeFacts(id="x", title="")
    begun = perf_counter()
    _, found = subjects(transcript, facts, people(facts, transcript, ()))
    seconds = perf_counter() - begun
    of: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for subject in found:
        for place in subject.places:
            if place.utterance % sample["every"] == sample["from"]:
                of[place.utterance].add(
                    (transcript.utterances[place.utterance].text[place.start : place.end], subject.type)
                )
    return of, seconds


def score(
    data: Path, sample: dict[str, Any], mentions: dict[tuple[str, int], list[dict[str, Any]]]
) -> tuple[int, int, int, list[str], list[str]]:
    """Labelled and found, wrongly found, labelled; and the wrong and the missed ones. Optional ones are left out."""
    of, _ = found_in(data, sample)
    wanted = 0
    wrong: list[str] = []
    missed: list[str] = []
    for index in range(sample["from"], sample["utterances"], sample["every"]):
        labelled = mentions.get((sample["file"], index), [])
        keys = {key_of(one["name"].lower(), "en"): one for one in labelled}
        hit = set()
        for name, kind in sorted(of.get(index, ())):
            one = keys.get(key_of(name.lower(), "en"))
            if one is not None and kind in one["type"].split("|"):
                hit.add(key_of(name.lower(), "en"))
            elif one is None or not one.get("optional"):
                wrong.append(f"{index} {name}: {kind}")
        needed = [key for key, one in keys.items() if not one.get("optional")]
        wanted += len(needed)
        missed += [f"{index} {keys[key]['name']}: {keys[key]['type']}" for key in needed if key not in hit]
    return wanted - len(missed), len(wrong), wanted, wrong, missed


def is_kept_aside(data: Path, file: str) -> bool:
    """Whether the rules were written without a look at this file."""
    folder = data / file.split("/")[0]
    files = sorted(str(p.relative_to(data)) for p in folder.rglob("*.*") if p.suffix in {".json", ".md"})
    files = [name for name in files if "_anno" not in name and not name.endswith("README.md")]
    return files.index(file) % 2 == 1


def measure(data: Path) -> Iterator[Row]:
    """Precision and recall of mentions, on the half that was tuned on and the half kept aside; seconds an episode."""
    samples, mentions = labels()
    for aside in (False, True):
        sums = [0, 0, 0]
        for file, sample in samples.items():
            if is_kept_aside(data, file) == aside:
                sums = [a + b for a, b in zip(sums, score(data, sample, mentions)[:3], strict=True)]
        right, wrong, wanted = sums
        half = "kept aside" if aside else "tuned on"
        beside = f"recall {right / max(1, wanted):.2f} of {wanted} (>= .6)"
        yield Row(
            f"episode entities, mentions, {half}",
            f"precision {right / max(1, right + wrong):.2f} of {right + wrong}",
            beside,
            ">= .85",
        )
    slowest = max(found_in(data, sample)[1] for sample in samples.values())
    yield Row("episode entities, slowest of the episodes", f"{slowest:.2f} s", "", "<= 0.25 s an hour")


if __name__ == "__main__":
    import os

    ROOT = Path(os.environ["COUNTERPOINT_REAL_DATA"])
    SAMPLES, MENTIONS = labels()
    for FILE, SAMPLE in SAMPLES.items():
        if not is_kept_aside(ROOT, FILE):
            print(FILE, *score(ROOT, SAMPLE, MENTIONS), sep="\n  ")
