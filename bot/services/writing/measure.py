"""How many tokens each call of an edition may take.

Out, of the 6,000 that an edition has:

    choice of a desk's rubric   1 x   100 =   100
    stories                     5 x   780 = 3,900     (four: 3,120; up to three: 3 x 1,100 = 3,300)
    frame                       1 x   350 =   350
    dialogue                    1 x 1,650 = 1,650
                                            6,000

All of this is set aside before the first story is asked for. Repairs (500), questions asked a second time because the
answer could not be read, and second readings get only what is over: what was planned and not taken. So a bad answer
costs its own part at most, and never a later one. A story of 120 words takes some 550 tokens; of five there is enough
over for two repairs.

In, of the 60,000, an English edition of five stories as estimated: house 700, material 5,000, a story's task 500 and
its schema 650 make 6,900; five are 34,500; frame and dialogue with the stories as told some 8,500 each, 51,500 in all.
Where that does not fit (other scripts take more tokens), stories are asked for on their own material alone.

Who sets `edition_out` higher, for models that think before they answer, gets longer answers in the same proportions.
"""

from dataclasses import dataclass

from bot.domain.prose import dialogue, story

CHOICE = 100
STORY, LONG_STORY = 780, 1_100
FRAME = 350
DIALOGUE = 1_650
REPAIR = 500
VOTE = 150
"""A second reading: some numbers."""
_USUAL = 6_000
_ROOMY = 8_192
"""A context in which answers may be longer than they need to be."""
_WORDS_A_TOKEN = {"en": 0.5}
_FOREIGN = 0.36
"""Other languages take more tokens a word, and JSON around lines takes its share everywhere."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Tokens out of each call, and the length that is asked for."""

    story: int
    frame: int
    dialogue: int
    repair: int
    sentences: int
    """Of the body of one story."""
    words: int
    """Of the same."""
    language: str

    def spoken(self, stories: int, whole: int) -> tuple[int, int, int]:
        """Tokens, and fewest and most words, of a dialogue on so many of the edition's stories."""
        tokens = self.dialogue * stories // max(1, whole)
        room = round(tokens * _WORDS_A_TOKEN.get(self.language.partition("-")[0], _FOREIGN))
        least, most = (words * stories // max(1, whole) for words in dialogue.measure_of(whole))
        most = min(room, most)
        return tokens, min(least, round(most * 0.9)), most


def measured(edition_out: int, room: int, stories: int, language: str) -> Measure:
    """What the calls of an edition of so many stories may take of `edition_out` tokens, in a context of `room`."""
    share = max(1.0, min(edition_out / _USUAL, room / _ROOMY))
    sentences, words = story.measure_of(stories)
    return Measure(
        story=round(share * (STORY if stories > story.MANY or room < _ROOMY else LONG_STORY)),
        frame=round(share * FRAME),
        dialogue=round(share * DIALOGUE),
        repair=round(share * REPAIR),
        sentences=sentences,
        words=words,
        language=language,
    )
