"""What each sign tells of a chapter that begins: log-odds for each standard deviation, or unit, of the sign.

LEARNED is logistic regression (L2) over 44 talks of 12 shows, 73 recordings of a panel that goes through news, and 30
meetings, all in English and all with speakers; `tests/bench/train_chapters.py` learned it and prints it anew. CHOSEN is
what one would write down without data, from the literature: cohesion dips, somebody who asks takes the floor, a phrase
announces. The numbers hold no words of anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the signs by name, and the log-odds where no sign shows."""

    signs: Mapping[str, float]
    bias: float

    def mean(self, other: "Weights") -> "Weights":
        """Half of each."""
        names = dict.fromkeys((*self.signs, *other.signs))
        halves = {name: (self.signs.get(name, 0.0) + other.signs.get(name, 0.0)) / 2 for name in names}
        return Weights(halves, (self.bias + other.bias) / 2)


CHOSEN: Final = Weights(
    {
        "depth_100": 0.35,
        "apart_100": 0.25,
        "loose_depth": 0.25,
        "taken_40": 0.3,
        "repeated": -0.5,
        "asker": 0.3,
        "asks": 0.15,
        "same": -0.2,
        "words": 0.25,
        "words-1": 0.1,
        "short": -0.3,
        "ends_asking-1": -0.3,
        "settled": 0.2,
        "turning": 0.2,
        "announcing": 0.3,
        "proposing": 0.25,
        "greeting": 0.1,
        "answering": -0.2,
        "going_on": -0.2,
        "last_leaving": 0.1,
        "pause": 0.1,
    },
    -3.0,
)

LEARNED: Final = Weights(
    {
        "announcing": 0.2,
        "announcing+1": -0.03,
        "announcing-1": 0.06,
        "answering": -0.15,
        "answering+1": 0.028,
        "answering-1": 0.048,
        "apart_100": 0.159,
        "apart_20": -0.032,
        "apart_200": 0.21,
        "apart_50": 0.06,
        "asker": 0.215,
        "asker-1": -0.131,
        "asking": 0.067,
        "asks": 0.107,
        "asks+1": -0.02,
        "asks-1": -0.069,
        "beginning": 0.508,
        "depth_100": 0.022,
        "depth_20": 0.052,
        "depth_200": 0.047,
        "depth_50": 0.096,
        "dropped_15": 0.085,
        "dropped_40": 0.174,
        "ending": -1.35,
        "ends_asking": 0.138,
        "ends_asking+1": 0.035,
        "ends_asking-1": -0.125,
        "fresh_15": -0.028,
        "fresh_40": -0.067,
        "going_on": -0.193,
        "going_on+1": 0.002,
        "going_on-1": -0.028,
        "greeting": -0.034,
        "host": 0.382,
        "host+1": 0.108,
        "host-1": 0.204,
        "last_announcing": 0.034,
        "last_leaving": 0.017,
        "last_proposing": 0.061,
        "leaving": -0.021,
        "loose": 0.069,
        "loose_depth": 0.023,
        "newcomer": -0.099,
        "pause": 0.158,
        "place": -0.003,
        "proposing": 0.048,
        "proposing+1": -0.002,
        "proposing-1": 0.003,
        "repeated": -1.179,
        "same": 0.652,
        "settled": 0.063,
        "settled+1": 0.011,
        "settled-1": 0.057,
        "short": 0.071,
        "short-1": 0.017,
        "since": -0.104,
        "taken_15": 0.167,
        "taken_40": 0.105,
        "talker": 0.024,
        "turning": -0.027,
        "turning+1": 0.04,
        "turning-1": -0.021,
        "we": 0.134,
        "words": 0.498,
        "words+1": 0.162,
        "words+2": 0.122,
        "words-1": 0.058,
        "words-2": -0.066,
        "words_after": 0.156,
        "words_before": 0.058,
        "words_share": -0.014,
        "you": -0.157,
    },
    -3.348,
)
