"""When something was said of which no time, or only some times, are given.

Between two known moments words are spread by their characters, as people speak at much the same rate for minutes on
end. Where nothing is known a minute has 160 words, which lies between reading aloud (150) and lively talk (180).
"""

from collections.abc import Sequence

WORDS_A_MINUTE = 160
_SLOWEST, _FASTEST = 80, 260
"""Words a minute that an observed rate may lie between before it is trusted for what has no times."""
_LETTERS_A_WORD = 12
"""More than this in a word, on the average: a script without spaces, of which two characters are worth a word."""


def spoken_words(text: str) -> int:
    """How many words are spoken where `text` is written; Chinese and its like count two characters a word."""
    spaced = len(text.split())
    return spaced if len(text) <= _LETTERS_A_WORD * max(spaced, 1) else len(text) // 2


def spread(texts: Sequence[str], starts: Sequence[float | None], duration: float | None = None) -> list[float]:
    """When each text begins, in seconds, and when the last one ends: one number more than there are texts.

    `starts` holds what is known and never steps back; the rest lies between in proportion to characters. What comes
    before the first known moment is spread from 0 on or, where that were too slow, at the usual rate before it. What
    comes after the last one goes on at the rate observed so far, and never beyond `duration`; without any known moment
    it fills `duration`, or takes as long as the usual rate has it.
    """
    passed = [0]
    for text in texts:
        passed.append(passed[-1] + len(text) + 1)
    anchors = [(passed[index], start) for index, start in enumerate(starts) if start is not None]
    usual = _usual_rate(texts)
    if not anchors:
        whole = duration if duration is not None and duration > 0 else passed[-1] / usual
        return [whole * done / max(passed[-1], 1) for done in passed]
    first_done, first_at = anchors[0]
    begun = max(0.0, first_at - first_done / (usual * _SLOWEST / WORDS_A_MINUTE))
    rate = _observed_rate(anchors, usual)
    end = anchors[-1][1] + (passed[-1] - anchors[-1][0]) / rate
    if duration is not None and duration > anchors[-1][1]:
        end = min(end, duration)
    return _between(passed, [(0, begun), *anchors, (passed[-1], end)], starts)


def _usual_rate(texts: Sequence[str]) -> float:
    """Characters a second at 160 words a minute."""
    words = sum(spoken_words(text) for text in texts)
    characters = sum(len(text) + 1 for text in texts)
    return characters / max(words, 1) * WORDS_A_MINUTE / 60


def _observed_rate(anchors: Sequence[tuple[int, float]], usual: float) -> float:
    """Characters a second between the first and the last known moment, held within what a mouth can do."""
    done, seconds = anchors[-1][0] - anchors[0][0], anchors[-1][1] - anchors[0][1]
    if done <= 0 or seconds <= 0:
        return usual
    return min(max(done / seconds, usual * _SLOWEST / WORDS_A_MINUTE), usual * _FASTEST / WORDS_A_MINUTE)


def _between(
    passed: Sequence[int], anchors: Sequence[tuple[int, float]], starts: Sequence[float | None]
) -> list[float]:
    """The moments at which so many characters have passed, in straight lines from one known moment to the next."""
    moments: list[float] = []
    at = 0
    for index, done in enumerate(passed):
        known = starts[index] if index < len(starts) else None
        if known is not None:
            moments.append(known)
            continue
        while at + 2 < len(anchors) and anchors[at + 1][0] <= done:
            at += 1
        (left, begun), (right, ended) = anchors[at], anchors[at + 1]
        share = (done - left) / (right - left) if right > left else 1.0
        moments.append(begun + (ended - begun) * min(max(share, 0.0), 1.0))
    return moments
