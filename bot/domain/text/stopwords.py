"""Words that carry no subject, by language, and words that every feed uses."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text that is nothing but words."""
    return frozenset(words.split())


STOP_WORDS: dict[str, frozenset[str]] = {
    name: word_set(words)
    for name, words in {
        "en": """
            a about above across after again against all almost along already also although always am among an
            and another any anybody anyone anything anywhere are aren around as ask at away b back be became
            because become been before behind being below best better between beyond both but by came can cannot
            come comes could couldn did didn do does doesn doing don done down during each either else enough
            etc even ever every everybody everyone everything far few first for from further gave get gets
            getting give given gives go goes going gone good got had hadn has hasn have haven having he hence
            her here hers herself him himself his how however i if in including indeed instead into is isn it
            its itself just keep kept know known last least less let lets like likely little ll look made make
            makes making many may maybe me might mine more most mostly much must my myself near nearly need
            neither never new next no nobody none nor not nothing now of off often ok on once one ones only onto
            or other others otherwise our ours ourselves out over own part per perhaps please put quite rather
            re really right said same saw say says second see seem seems seen several shall she should shouldn
            show since so some somebody someone something sometimes somewhere soon still such take taken takes
            than that the their theirs them themselves then there therefore these they thing things think this
            those though three through thus time to today together told too took toward towards try two under
            unless until up upon us use used uses using usually ve very via want wants was wasn way ways we well
            went were weren what whatever when where whether which while who whole whom whose why will with
            within without won work would wouldn year years yes yet you your yours yourself yourselves according
            latest ago day days week weeks month months
        """,
        "ru": """
            а без более больше будет будто бы был была были было быть в вам вас ведь во вот впрочем все всегда
            всего всех всю вы где да даже два для до другой его ее ей ему если есть еще ещё ж же за зачем здесь
            и из или им иногда их к как какая какой когда конечно кто куда ли лучше между меня мне много может
            можно мой моя мы на над надо наконец нас не него нее ней нельзя нет ни нибудь никогда ним них ничего
            но ну о об один он она они оно опять от перед по под после потом потому почти при про раз разве с
            сам свою себе себя сейчас со совсем так также такой там тебя тем теперь то тогда того тоже только
            том тот три тут ты у уж уже хорошо хоть чего чей чем через что чтоб чтобы чуть эти этого этой этом
            этот эту это я который которая которые которого которых которой которым своих свои своей этих эта
            году год
        """,
        "de": """
            aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist
            da damit dann das dass dein dem den denn der des dich die dies diese diesem diesen dieser dieses dir
            doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen gibt hab habe
            haben hat hatte hier hin hinter ich ihm ihn ihnen ihr ihre im in indem ins ist jede jeden jeder
            jetzt kann kein keine können man mehr mein mich mir mit muss nach nicht nichts noch nun nur ob oder
            ohne sehr sein seine sich sie sind so soll sollte sondern über um und uns unser unter viel vom von
            vor war waren warum was weil welche wenn werden wie wieder will wir wird wo wurde zu zum zur zwar
            zwischen
        """,
        "fr": """
            ai aie ainsi alors après au aussi autre aux avait avec avoir beaucoup bien car ce cela ces cet cette
            ceux chez comme comment dans de des depuis deux du elle elles en encore entre est et était été être
            eu fait faire font il ils je jusque la le les leur leurs lui ma mais me même mes moi moins mon ne
            nos notre nous on ont ou où par pas pendant peu peut plus pour pourquoi qu quand que quel quelle qui
            sa sans se ses si son sont sous sur ta te tes toi ton tous tout toute très tu un une vers vos votre
            vous y
        """,
        "es": """
            a ahora al algo algunos ante antes aquí así aunque cada como cómo con contra cual cuando de del
            desde donde dos durante e el él ella ellas ellos en entre era eres es esa ese eso esta está están
            este esto estos fue fueron ha había han hasta hay la las le les lo los más me mi mientras mis mucho
            muy nada ni no nos nosotros o otra otro otros para pero poco por porque pues que qué quien se sea
            según ser si sí sin sobre son su sus también tan tanto te tiene todo todos tras tu un una unas uno
            unos ya yo
        """,
        "it": """
            a ad al alla alle allo anche ancora avere aveva che chi ci come con contro cui da dal dalla dalle de
            degli dei del della delle dello di dopo dove due e è ed era essere fa fra gli ha hanno ho i il in io
            la le lei li lo loro lui ma me mi mia mio molto ne nei nel nella nelle no noi non nostro o ogni per
            perché più poi prima può qua quando quanto quella quello questa questi questo se sé sei senza si sia
            siamo solo sono sta stata stato su sua sue sui sul sulla suo tra tu tutti tutto un una uno vi voi
        """,
        "pt": """
            a ainda algo ao aos após aquela aquele aqui as assim até cada com como contra da das de dela dele
            deles depois desde do dos e é ela elas ele eles em entre era essa esse esta está estão este eu foi
            foram há isso isto já lhe mais mas me mesmo meu minha muito na não nas nem no nos nós nosso num numa
            o onde os ou para pela pelo pelos pois por porque qual quando que quem se seja sem ser seu seus só
            sobre sua suas também te tem têm toda todo todos tu um uma umas uns você vocês
        """,
        "nl": """
            aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een en er
            ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan
            kon kunnen maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons ook op
            over reeds te tegen toch toen tot u uit uw van veel voor want waren was wat werd wezen wie wil
            worden wordt zal ze zelf zich zij zijn zo zonder zou
        """,
    }.items()
}  # fmt: skip

ALWAYS_STOPPED = word_set(
    """
    http https www com html amp nbsp href rss feed subscribe newsletter read reading comments permalink rt
    """
)

CALENDAR = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu
    thur thurs fri sat sun январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среда
    четверг пятница суббота воскресенье januar februar märz mai juni juli oktober dezember montag dienstag
    mittwoch donnerstag freitag samstag sonntag
    """
)
"""Months and days: capitalised, and never a subject."""
