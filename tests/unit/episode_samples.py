"""Two conversations of our own: an English one with a clip at its opening and an advertisement, and a Russian one."""

from datetime import UTC, datetime

from bot.domain.episode import EpisodeLink
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.recording import NamedPerson
from bot.domain.transcript import Transcript, Utterance

_WORDS_A_SECOND = 2.4
_AD = "[ad]"

_ENGLISH = """
Tobin: A cracked bell is honest. It tells you in one stroke what the founder got wrong a hundred years ago.
Nora: Welcome to Ringing Hours, the show about old sound. I'm Nora Quell, and my guest today is Tobin Harrow, \
who tunes bells at the Marrowgate Foundry. Hello Tobin.
Tobin: Hello Nora, thanks for having me.
Nora: We will talk about why bells crack, how they are mended, and whether a mended bell should ring again.
Nora: Let's start at the beginning. Why do bells crack at all?
Tobin: Most people think a bell cracks because it is old. Age has almost nothing to do with it. Bell bronze does \
not rot and it does not get tired the way steel does. What kills a bell is a clapper that strikes the same spot \
for decades, and a headstock that will not let it swing away from the blow.
Nora: Mm-hmm.
Tobin: I keep a notebook of every broken bell I have seen, and of two hundred and twelve cracked bells only nine \
had a flaw in the bronze. The other two hundred were killed by their own clapper. Clappers should be turned a \
quarter every ten years, and nobody does it because nobody climbs the tower. A church will spend a fortune on \
the roof and never send anyone up to look at the clapper.
Nora: Is that the fault of the parish or of the foundries?
Tobin: Honestly, it is ours. A foundry sells a bell as if it were a stone, something you hang once and forget. \
We never wrote the clapper into the contract. When I took over the workshop in Marrowgate I put a page about the \
clapper into every contract, and the number of cracks we hear about fell by half within eight years.
Nora: [ad] This episode is brought to you by Fernleaf Ladders. Fernleaf Ladders are light enough for one person \
and strong enough for two. Go to fernleaf dot example and use the code BELL for ten percent off.
Nora: We are back. So let us talk about mending. How do you mend a bell that is cracked?
Tobin: There are two schools. The Dutch school welds the crack: you heat the whole bell to a dull red for two \
days, you fill the crack with the same bronze, and you let it cool for a week. The other school says a welded \
bell is a new bell with an old skin, and that you should drill a hole at the end of the crack and leave it \
silent.
Nora: And which school are you in?
Tobin: I was in the silent school for fifteen years. Then I heard the tenor of Saint Oda after it was welded, \
and I had to admit that I was wrong. The weld took eleven days and the hum note came back within four cents of \
the old one. You cannot hear four cents. I could not, and tuning bells is my trade.
Nora: Was there anything that the weld did not bring back?
Tobin: The strike note of Saint Oda is a little drier than before. I measured it, and the ring dies two seconds \
sooner. Welding bronze takes away some of the slow crystal that makes a bell sing, and I believe no furnace will \
ever give that back.
Nora: Some listeners will say that a cracked bell is a document and that nobody should touch it.
Tobin: I agree with them more than they expect. A cracked bell is honest. It tells you in one stroke what the \
founder got wrong a hundred years ago. If you weld it, that testimony is gone. So before any weld we now record \
every bell with six microphones, and we keep the recording in the archive at Marrowgate, open to everyone.
Nora: Who decides in the end, the museum or the village?
Tobin: The village should decide, because a bell belongs to the people who are woken by it. Museums want silence \
and villages want Sunday. I have never met a village that voted for silence.
Nora: That is a wonderful place to stop. Tobin Harrow, thank you for coming up our stairs.
Tobin: Thank you, Nora.
Nora: You can find the recordings in the show notes. Next week we talk about organ pipes. Goodbye.
"""

_RUSSIAN = """
Вера: Здравствуйте, это подкаст «Тихая вода», меня зовут Вера Лозовая. Сегодня у нас в гостях Глеб Ремизов, он \
измеряет лёд на озере Кунгар.
Глеб: Добрый день, спасибо, что позвали.
Вера: Поговорим о том, как растёт лёд, почему ломаются дороги по льду и кому верить, когда прогнозы расходятся.
Вера: Начнём с простого. Почему лёд на одном озере бывает таким разным?
Глеб: Все думают, что толщину льда решает мороз. Мороз решает меньше половины. Главное на озере Кунгар — снег: \
десять сантиметров снега греют лёд лучше любого одеяла. Под снегом лёд почти не растёт, а рядом, где ветер сдул \
снег, он за неделю прибавляет восемь сантиметров.
Вера: Угу.
Глеб: Мы поставили на Кунгаре сорок шесть реек и смотрим на них каждое утро. За три зимы ни одна модель не \
угадала лёд под снегом ближе чем на девять сантиметров. Поэтому я считаю, что рейка и человек с буром пока \
важнее спутника. Спутник видит снег сверху, а лёд держит машину снизу. Рыбаки знают это лучше нас: они слушают \
лёд пешнёй и по звуку отличают прозрачный лёд от белого. Прозрачный лёд вдвое прочнее белого, потому что в белом \
полно воздуха. Мы записали голоса семидесяти лунок и научили программу слышать эту разницу.
Вера: А спутник вообще не нужен?
Глеб: Нужен, но для другого. Спутник за один день показывает, где ветер сдул снег, и мы знаем, куда ехать с \
буром. Без спутника мы объезжали бы озеро две недели. Я за то, чтобы каждый прибор делал своё дело: спутник ищет \
место, бур говорит правду, а решение принимает человек, который завтра сам поедет по этому льду.
Вера: Теперь о дорогах. Каждую весну на ледовой дороге тонут машины. Кто в этом виноват?
Глеб: Виновата скорость. Тяжёлая машина гонит подо льдом волну, и если она едет быстрее тридцати километров в \
час, волна ломает лёд перед ней. Водители боятся тонкого льда, а бояться надо спешки. Ледовая дорога не прощает \
тех, кто опаздывает. Мы проехали по зимнику двести раз с датчиками и увидели, что при сорока километрах в час \
лёд прогибается втрое сильнее, чем под стоящей машиной. Стоять на льду безопаснее, чем торопиться.
Вера: И что вы предлагаете?
Глеб: Мы предложили простую вещь: поставить на дороге камеры, которые меряют скорость, и закрывать дорогу на \
сутки после каждого нарушения. Посёлок Верхний Яр согласился, и за две зимы там не утонула ни одна машина. В \
соседнем посёлке отказались от камер, и прошлой весной там потеряли три грузовика. Камеры стоили меньше одного \
такого грузовика, и поставили их за два дня.
Вера: Почему отказались?
Глеб: Потому что закрытая дорога стоит денег каждый день, а утонувшая машина — только один раз и не у всех. Я \
понимаю этот расчёт, но считаю его бессовестным. На дне озера лежат не только машины. Дорогу должен закрывать \
тот, кто не получает с неё денег, иначе её не закроют никогда. Я говорил об этом на каждом совете, и дважды меня \
просили выйти.
Вера: Последний вопрос. Кому верить, когда прогнозы расходятся?
Глеб: Верить надо тому, кто сегодня утром сверлил лёд. Прогноз всегда говорит о среднем озере, а вы едете по \
одной полынье. Если двое спорят о прогнозе, берите бур и идите смотреть сами. Я тридцать лет хожу по льду и ни \
разу не пожалел о лишней лунке. Жалеют о той, которую поленились просверлить. Лунка занимает минуту, а спасатели \
добираются до середины озера за сорок минут.
Вера: Спасибо, Глеб. Это был подкаст «Тихая вода», до встречи через две недели.
Глеб: До свидания.
"""

CHAPTERS = ((0, 0, "clip"), (1, 3, "intro"), (4, 9, "topic"), (10, 10, "ad"), (11, 16, "topic"), (17, 20, "topic"),
            (21, 23, "outro"))  # fmt: skip
"""First and last utterance and kind of each part of the English sample."""
RUSSIAN_CHAPTERS = ((0, 2, "intro"), (3, 8, "topic"), (9, 14, "topic"), (15, 16, "topic"), (17, 18, "outro"))
"""First and last utterance and kind of each part of the Russian sample."""
REPEATED_AT = 18
"""Index of the English utterance whose words the clip is taken from."""


def sample() -> tuple[EpisodeFacts, Transcript]:
    """An English episode with everything: labels are first names, the notes have the full ones."""
    spoken = _utterances(_ENGLISH)
    facts = EpisodeFacts(
        id="5f0c1b7ad2e46835",
        title="Why bells crack, with Tobin Harrow",
        url="https://ringing-hours.example/41",
        show="Ringing Hours",
        published=datetime(2026, 11, 2, 6, 0, tzinfo=UTC),
        duration=spoken[-1].end,
        language="en",
        notes=(
            "Nora Quell talks with bell tuner Tobin Harrow about the clapper as the true enemy of a bell. They argue "
            "over welding at high heat and over the tenor of Saint Oda.\n"
            "The recordings are kept at the Marrowgate Foundry."
        ),
        people=(NamedPerson("Nora Quell", "host"), NamedPerson("Tobin Harrow", "guest")),
        links=(EpisodeLink("Recordings of Marrowgate", "https://marrowgate.example/recordings"),),
    )
    return facts, Transcript(spoken, "en", "publisher")


def russian() -> tuple[EpisodeFacts, Transcript]:
    """A Russian episode without clip or advertisement."""
    spoken = _utterances(_RUSSIAN)
    facts = EpisodeFacts(
        id="70aa3e5cf19b2d04",
        title="Лёд, снег и спешка: Глеб Ремизов об озере Кунгар",
        url="https://tihaya-voda.example/12",
        show="Тихая вода",
        published=datetime(2026, 10, 15, 6, 0, tzinfo=UTC),
        duration=spoken[-1].end,
        language="ru",
        notes="Вера Лозовая говорит с Глебом Ремизовым о льде, о снеге и о ледовых дорогах.",
        people=(NamedPerson("Вера Лозовая", "host"), NamedPerson("Глеб Ремизов", "guest")),
    )
    return facts, Transcript(spoken, "ru", "publisher")


def _utterances(conversation: str) -> tuple[Utterance, ...]:
    """One a line, `Speaker: words`, at an even pace."""
    made: list[Utterance] = []
    at = 0.0
    for line in conversation.strip().splitlines():
        speaker, _, words = line.partition(": ")
        ad = words.startswith(_AD)
        text = words.removeprefix(_AD).strip()
        end = round(at + len(text.split()) / _WORDS_A_SECOND, 1)
        made.append(Utterance(at, end, speaker, text, ad))
        at = end
    return tuple(made)
