"""Closed lists that turn a sentence round: words that deny, words that face each other, words that leave a thing open.

Opposites stand as pairs of groups, each word in the form in which it is written; a word of one group faces every word
of the other. English is kept well, German and Russian as far as it costs nothing.
"""

import re
from collections.abc import Mapping

from bot.domain.checks.lexicon import vocabulary

NEGATORS = vocabulary(
    """
    not n't never no non without hardly barely neither nor nobody none nothing scarcely
    не ни нет без никогда нельзя никто ничего ничто никак
    nicht kein keine keinen keinem keiner keines nie niemals ohne weder niemand nichts
    """
)
"""Words that deny what follows them (in German, what stands around them)."""

DENYING = vocabulary(
    """
    deny denies denied denying refuse refuses refused refusing fail fails failed failing decline declines declined
    declining lack lacks lacked lacking unable stop stops stopped stopping cease ceases ceased halt halts halted
    avoid avoids avoided prevent prevents prevented quit instead rather yet unlike vs versus dispute disputes disputed
    abandon abandons abandoned drop drops dropped end ends ended missing absent
    отрицает отрицал отрицали отказался отказалась отказались отказывается отверг отвергли перестал перестали
    bestreitet bestritt leugnet verneint verweigert
    """
)
"""Verbs and adverbs that deny as much: what a passage denies with `not`, a sentence may deny with one of these."""

SCOPE_ENDS = vocabulary(
    """
    but although though while whereas because however except unless
    но однако хотя aber obwohl während sondern
    """
)
"""Words after which a denial no longer holds."""

NO_DENIAL: Mapping[str, frozenset[str]] = {
    "not": vocabulary("only just merely least simply solely more less fewer long far surprisingly"),
    "no": vocabulary("doubt matter less more fewer wonder surprise later sooner"),
    "without": vocabulary("doubt question exception"),
    "n't": vocabulary("just only"),
    "nothing": vocabulary("but short less"),
    "none": vocabulary("other"),
    "не": vocabulary("только просто"),
    "nicht": vocabulary("nur bloß"),
}
"""What follows where one of them denies nothing."""

_PAIRS = """
    rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb
    climbs climbed climbing gain gains gained soar soars soared jump jumps jumped surge surges surged expand
    expands expanded expanding raise raises raised raising upward boost boosts boosted higher growth | fall
    falls fell fallen falling decrease decreases decreased decreasing shrink shrinks shrank shrunk shrinking
    drop drops dropped dropping decline declines declined declining plunge plunges plunged slump slumps slumped
    cut cuts cutting reduce reduces reduced reducing lower lowers lowered lowering downward lose loses lost
    contract contracts contracted;
    up | down;
    more | less fewer;
    most many majority | few minority least;
    accept accepts accepted accepting approve approves approved approving agree agrees agreed agreeing endorse
    endorses endorsed adopt adopts adopted embrace embraces embraced | reject rejects rejected rejecting refuse
    refuses refused refusing disagree disagrees disagreed decline declines declined disapprove dismiss dismisses
    dismissed;
    support supports supported supporting back backs backed backing favour favor favours favors favoured favored
    defend defends defended defending praise praises praised praising welcome welcomes welcomed for | oppose
    opposes opposed opposing against criticise criticises criticised criticize criticizes criticized condemn
    condemns condemned attack attacks attacked resist resists resisted;
    allow allows allowed allowing permit permits permitted permitting enable enables enabled enabling let lets
    legalise legalises legalised legalize legalizes legalized authorise authorised authorize authorized | ban
    bans banned banning forbid forbids forbade forbidden prohibit prohibits prohibited prohibiting block blocks
    blocked blocking prevent prevents prevented preventing disable disables disabled bar bars barred outlaw
    outlaws outlawed disallow disallows disallowed;
    win wins won winning victory victories succeed succeeds succeeded succeeding success successful successfully
    beat beats | lose loses lost losing defeat defeats loss fail fails failed failing failure failures
    unsuccessful;
    before earlier | after later afterwards;
    above over | below under beneath;
    begin begins began begun beginning start starts started starting launch launches launched launching open
    opens opened opening resume resumes resumed | end ends ended ending stop stops stopped stopping close closes
    closed closing halt halts halted halting finish finishes finished cease ceases ceased suspend suspends
    suspended cancel cancels cancelled canceled quit;
    continue continues continued continuing | stop stops stopped halt halts halted cease ceases ceased suspend
    suspends suspended cancel cancels cancelled canceled quit;
    confirm confirms confirmed confirming admit admits admitted acknowledge acknowledges acknowledged | deny
    denies denied denying dispute disputes disputed refute refutes refuted rule;
    buy buys bought buying purchase purchases purchased acquire acquires acquired | sell sells sold selling;
    hire hires hired hiring | fire fires fired firing dismiss dismisses dismissed;
    join joins joined joining enter enters entered entering arrive arrives arrived stay stays stayed remain
    remained | leave leaves leaving exit exits exited quit quits depart departs departed;
    add adds added adding include includes included including insert inserts inserted keep keeps kept keeping |
    remove removes removed removing exclude excludes excluded excluding delete deletes deleted deleting drop
    drops dropped omit omits omitted;
    increase raise | reduce cut;
    improve improves improved improving improvement better best | worsen worsens worsened worsening degrade
    degrades degraded degradation worse worst;
    fast faster fastest quick quicker quickly rapid rapidly accelerate accelerates accelerated speed | slow
    slower slowest slowly;
    strong stronger strongest strengthen strengthens strengthened | weak weaker weakest weaken weakens weakened;
    safe safer safest safely secure harmless | dangerous unsafe risky reckless insecure harmful;
    cheap cheaper cheapest | expensive dear dearer costly costlier;
    easy easier easiest easily simple simpler simplest | hard harder hardest difficult complex complicated;
    right correct correctly accurate | wrong mistaken incorrect incorrectly inaccurate;
    true real genuine | false fake untrue;
    good great excellent | bad poor terrible awful;
    high highest | low lowest;
    large larger largest big bigger biggest huge | small smaller smallest tiny little;
    long longer longest | short shorter shortest;
    old older oldest | new newer newest young younger youngest;
    early first | late last;
    public publicly | private privately secret secretly;
    all every always everyone everybody | none never no nobody;
    often frequently usually | rarely seldom;
    help helps helped helping benefit benefits benefited protect protects protected | hurt hurts harm harms
    harmed harming damage damages damaged endanger endangers endangered;
    create creates created creating build builds built building | destroy destroys destroyed destroying demolish
    demolishes demolished;
    love loves loved like likes liked enjoy enjoys enjoyed | hate hates hated dislike dislikes disliked;
    trust trusts trusted | distrust distrusts distrusted doubt doubts doubted;
    optimistic hopeful | pessimistic hopeless;
    positive positively | negative negatively;
    maximum maximize maximise | minimum minimize minimise;
    inside within internal | outside external;
    possible able | impossible unable;
    same similar alike identical like | different differently unlike opposite;
    useful | useless;
    rich richer wealthy | poor poorer;
    full | empty;
    present | absent;
    near close | far distant;
    import imports imported | export exports exported;
    guilty convict convicts convicted | innocent acquit acquits acquitted;
    alive live lives | dead die dies died;
    peace truce ceasefire | war;
    ally allies friend friends | enemy enemies foe foes;
    find finds found | lose loses lost;
    send sends sent | receive receives received;
    hot hotter warm warmer | cold colder cool cooler;
    profit profits | loss losses;
    increase growth | decrease decline reduction;
    advantage advantages benefit benefits | disadvantage disadvantages drawback drawbacks;
    with | without;
    advance advances advanced | retreat retreats retreated;
    connect connects connected | disconnect disconnects disconnected;
    encourage encourages encouraged | discourage discourages discouraged;
    вырос выросла выросло выросли растёт растет растут больше выше рост повысил повысила повысили | упал упала
    упало упали падает падают меньше ниже падение снизил снизила снизили снизился снизилась;
    поддержал поддержала поддержали поддерживает принял приняла приняли одобрил одобрила одобрили | отверг
    отвергла отвергли отклонил отклонила отклонили осудил осудила осудили против;
    разрешил разрешила разрешили разрешает | запретил запретила запретили запрещает;
    выиграл выиграла выиграли победил победила победили | проиграл проиграла проиграли;
    начал начала начали открыл открыла открыли | закончил закончила закончили закрыл закрыла закрыли прекратил;
    купил купила купили | продал продала продали;
    подтвердил подтвердила подтвердили | опроверг опровергла опровергли отрицает отрицал;
    лучше | хуже;
    быстрее | медленнее;
    до перед | после;
    правда верно прав правы | ложь неверно неправ неправы;
    steigt stieg steigen gestiegen wächst wuchs mehr höher | fällt fiel fallen gefallen sinkt sank gesunken
    weniger niedriger;
    unterstützt unterstützte unterstützen billigt billigte | lehnt lehnte ablehnen abgelehnt bekämpft;
    erlaubt erlaubte erlauben | verbietet verbot verbieten verboten;
    gewinnt gewann gewonnen | verliert verlor verloren;
    vor | nach;
    besser | schlechter;
"""
"""Pairs end with a semicolon; a bar stands between their two sides."""

_RELATING = vocabulary(
    """
    up down more less fewer most many majority few minority least before earlier after later above over below under
    beneath for against with without all every none no always never inside outside within
    до перед после против vor nach mehr weniger больше меньше
    """
)
"""Opposites that relate what stands beside them: they face each other only before the same word."""

_DESCRIBING = vocabulary(
    """
    fast faster fastest quick quicker slow slower slowest strong stronger strongest weak weaker weakest safe
    safer safest
    dangerous unsafe risky cheap cheaper cheapest expensive costly easy easier easiest simple simpler simplest
    hard harder
    hardest difficult complex right correct wrong good great excellent bad poor terrible high highest low lowest large
    larger largest big bigger biggest huge small smaller smallest tiny little long longer longest short shorter shortest
    old older oldest new newer newest young younger youngest early first late last public private secret
    positive negative
    rich richer full empty near close far distant hot hotter warm cold colder cool better best worse worst same similar
    like different real fake true false open closed
    """
)
"""Opposites that describe: they face each other only beside the same word."""


def needs_neighbour(word: str) -> bool:
    """Whether a word faces its opposite only before the same word."""
    return word in _RELATING


def describes(word: str) -> bool:
    """Whether a word faces its opposite only beside the same word."""
    return word in _DESCRIBING


def _sides() -> dict[str, frozenset[tuple[int, bool]]]:
    sides: dict[str, frozenset[tuple[int, bool]]] = {}
    for number, pair in enumerate(_PAIRS.split(";")):
        one, _, other = pair.partition("|")
        for group, side in ((one, True), (other, False)):
            for word in group.split():
                sides[word] = sides.get(word, frozenset()) | {(number, side)}
    return sides


SIDES: Mapping[str, frozenset[tuple[int, bool]]] = _sides()
"""Word -> the pairs it belongs to, each with its side."""


def opposed(one: str, other: str) -> bool:
    """Whether two words stand on the two sides of a pair."""
    return not {(pair, not side) for pair, side in SIDES.get(one, ())}.isdisjoint(SIDES.get(other, ()))


NEGATIVE = vocabulary(
    """
    only few little rare rarely seldom hard sole solely alone just limited but however yet free zero too wrong bad
    problem problems against ignore ignores ignored ignoring skip skips skipped loss difficult difficulty different
    differently former formerly first until unless still though although unique pushback doubt doubts question questions
    than away off beyond prior before ago late latest lately most gap gaps tiny short small low left trouble error
    errors bug bugs broken break breaks broke stagnant unchanged same preserve preserved keep keeps kept save saved
    remain remains remained all whole always everything everyone clean clear prefer prefers vain minus nil null void
    false fake myth exception exceptions anything anyone any ever whatever regardless despite
    """
) | frozenset(word for word, sides in SIDES.items() if all(not side for _, side in sides))
"""Words out of which an honest writer may make a denial: `few do` is nearly `most do not`."""

NEGATIVE_SHAPE = re.compile(
    r"(?:un(?!i|der|til)|dis(?!c|p|t|k)|non|mis|anti|impos|inval|incor|incom|insec|inab|infreq|incons|inact|inde|illeg|"
    r"irreg|irrel|imper|imprac|differ|fault|miss|lack|avoid|prevent|resist|limit)\w{3,}|\w+less|\w{2,}est|не\w{4,}|un\w{4,}"
)
"""Shapes of such words."""


HEDGES = vocabulary(
    """
    may might could would possibly perhaps maybe probably likely unlikely reportedly allegedly alleged apparently
    appears appear appeared seems seem seemed suspected suspects expected expects expect plans plan planned
    planning intends intend aims aim hopes hope hoped considering considers consider weighs weighing proposes propose
    proposed proposal rumored rumoured if suggests suggest suggested potentially potential poised believes believe
    thinks estimates estimated claims claim claimed purported purportedly supposedly should unconfirmed tentative
    tentatively threatens threaten threatened wants want seeks seek draft unless whether ought
    может могут мог могла могли возможно вероятно якобы планирует планируют намерен намерена намерены ожидается
    ожидают предположительно если бы хочет хотят похоже
    könnte könnten dürfte dürften soll sollen möglicherweise vielleicht angeblich wahrscheinlich plant planen
    mutmaßlich
    """
)
"""Words that leave open whether a thing is so, or will be."""

SOFT = HEDGES | vocabulary(
    """
    says say said saying tell tells told argues argue argued warns warn warned writes write wrote asks ask asked
    according report reports reported predicts predict predicted forecast forecasts can question questions call calls
    called calling fear fears feared bid bids eye eyes eyed accuse accuses accused accusation alleges allege sees
    talk talks try tries trying tried push pushes goal option possible possibility risk risks chance promise promises
    promised vow vows vowed offer offers offered agree agrees demand demands demanded urge urges urged case against
    near toward towards how why what when who which let
    говорит сказал сказала заявил заявила сообщил сообщает считает пишет обещает предупредил предупреждает
    sagt sagte schreibt warnt meldet zufolge laut kann können
    """
)
"""What a sentence may say instead of a hedge: that somebody says, plans, fears or asks."""

IRREGULAR: Mapping[str, str] = {
    form: forms.split()[0]
    for forms in (
        "sell sold", "buy bought", "say said", "tell told", "rise rose risen", "fall fell fallen", "grow grew grown",
        "win won", "lose lost", "build built", "make made", "find found", "leave left", "keep kept",
        "begin began begun",
        "write wrote written", "take took taken", "give gave given", "get got gotten", "go went gone", "come came",
        "see saw seen", "know knew known", "think thought", "bring brought", "hold held", "lead led", "pay paid",
        "meet met", "send sent", "spend spent", "lend lent", "sue sued suing", "run ran", "speak spoke spoken",
        "break broke broken", "choose chose chosen", "draw drew drawn", "drive drove driven", "eat ate eaten",
        "fight fought", "fly flew flown", "forbid forbade forbidden", "forget forgot forgotten", "hear heard",
        "hide hid hidden", "mean meant", "shrink shrank shrunk", "sink sank sunk", "steal stole stolen",
        "strike struck", "swear swore sworn", "teach taught", "throw threw thrown", "wear wore worn", "feel felt",
        "sit sat", "stand stood", "understand understood", "become became", "show shown", "do did done",
        "die died dying", "catch caught", "seek sought", "feed fed", "lay laid", "withdraw withdrew withdrawn",
    )
    for form in forms.split()
}  # fmt: skip
"""Forms of a verb that stemming does not join."""
