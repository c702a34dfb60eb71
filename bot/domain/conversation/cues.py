"""The small words by which a question is known, and by which it is known to be for somebody else.

These are facts about English and Russian, not interface text, so they stand here and not in the catalogues.
"""

import re


def one_of(words: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(words.split())


ASKING = one_of(
    """
    what what's whats who who's whos whose whom when where where's why how how's which is are was were do does
    did has have had can could will would should что кто кого кому кем чей чья чьи когда где куда откуда почему
    зачем как какой какая какое какие какого какую каким каких какова каковы каков сколько чем чему насколько
    """
)
"""Words a question begins with."""

WONDERING = one_of("what who whose whom when where why how which")
"""Those that ask without a question mark too."""

LEADING = one_of(
    """
    so and but or ok okay well wait hmm hm also then now actually still a а и но так ну или то есть тогда же вот
    там in on at for by from with about to of according under after before since в на по о об от из у с к до за
    при для про
    """
)
"""Words that may stand before the question word."""

REQUESTS = re.compile(
    r"^(?:(?:please|so|ok|and|пожалуйста|а|ну|и)[\s,]+)*(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?)?"
    r"(?:tell\s+(?:me|us)|explain|show\s+(?:me|us)|summari[sz]e|describe|compare|give\s+me|remind\s+me|"
    r"расскажи(?:те)?|объясни(?:те)?|покажи(?:те)?|сравни(?:те)?|напомни(?:те)?|опиши(?:те)?)\b",
    re.IGNORECASE,
)
"""Asking by an order: `tell me what …`."""

IMPERSONAL = re.compile(
    r"\b(?:do\s+we\s+know|what\s+do\s+you\s+have|do\s+you\s+(?:have|know)\s+(?:anything|something)|tell\s+me|tell\s+us|"
    r"show\s+me|give\s+me|remind\s+me|can\s+(?:you|we|i)\s+(?:tell|explain|show|see|read)|"
    r"where\s+(?:can|do)\s+i\s+read|should\s+i\s+read|is\s+it\s+known|мне|у\s+нас\s+есть)\b",
    re.IGNORECASE,
)
"""Turns of speech with `you`, `I` or `we` that are for anyone who knows."""

PEOPLE = one_of(
    """
    you you're youre you've you'd you'll your yours yourself u ur ya y'all yall guys here folks anyone anyone's
    anybody someone somebody everyone everybody i i'm im i've ive i'd i'll me my mine we we're we've we'd we'll
    our ours let's lets lol lmao lmfao rofl haha hahaha hah xd dude dudes bro bruh mate man mom mum dad guys huh
    eh yo hey hi hello wtf omg imo tbh idk sup gonna wanna gotta ты тебе тебя тобой твой твоя твоё твое твои вы
    вам вас вами ваш ваша ваше ваши мы нам нами наш наша наше наши я меня мной мой моя моё мое мои ребят ребята
    народ пацаны девочки чувак братан бро кто-нибудь кого-нибудь кому-нибудь кто-то кого-то ктонибудь лол ахах
    ахаха хаха хахаха хех блин короче привет приветик слушай слушайте помнишь помните видел видела видели
    смотрел смотрела смотрели читал читала читали знаешь знаете думаешь думаете хочешь хотите будешь будете
    можешь можете пойдешь пойдёшь пойдём пойдем придешь придёшь идешь идёшь идём идем давай давайте скинь
    скиньте
    """
)
"""Words that turn a message to the people around, or show that it is about them."""

TAGS = re.compile(
    r"(?:,|\s[-–—])\s*(?:right|huh|eh|no|yeah|innit|ok|okay|correct|hm+|da|да|нет|верно|правда|а|ага|"
    r"(?:is|are|was|were|do|does|did|has|have|can|could|will|would|should|ai)n['’]?t\s+(?:it|he|she|they|that|there)|"
    r"(?:is|are|was|were|do|does|did|has|have|can|could|will|would)\s+(?:it|he|she|they))\s*[?!.]*$|"
    r"\bor\s+(?:what|nah|not|something|no)\s*[?!.]*$|\bне\s+так\s+ли\s*[?!.]*$|\bда\s*\?+$",
    re.IGNORECASE,
)
"""A statement with a question hung on: no question for us."""

RHETORICAL = re.compile(
    r"^(?:who\s+cares|who\s+knows|who\s+(?:here|posted|would\s+have)\b|what\s+the\s|what\s+an?\b(?![^?]*\?)|how\s+(?:dare|come\s+on)|so\s+what\s*\W*$|are\s+(?:they|these)\s+"
    r"(?:serious|kidding|nuts|mad|crazy)|is\s+(?:he|she|this|that|it)\s+(?:serious|real|a\s+joke|for\s+real)|what\s+else\s+is\s+new|"
    r"кого\s+это|кому\s+это|какая\s+разница|и\s+что\s*\??$|ну\s+и\s+что|кто\s+бы\s+(?:мог|сомневался)|сколько\s+можно)",
    re.IGNORECASE,
)
"""Questions that want no answer."""

VOCATIVE_FIRST = re.compile(r"^\s*@?([^\W\d_][\w'’-]*)\s*[,:]\s+\S")
VOCATIVE_LAST = re.compile(r",\s*@?([^\W\d_][\w'’-]*)(?:\s+([^\W\d_][\w'’-]*))?\s*[?!.]*\s*$")
AT_SOMEBODY = re.compile(r"(?<![\w/.])@[^\W\d_]")

NO_NAMES = LEADING | one_of(
    """
    yes no yeah nope sure right exactly again please though anyway sorry thanks too either instead then maybe
    finally today tomorrow tonight yesterday generally overall exactly here there question quick да нет конечно
    ладно хорошо кстати вообще значит просто опять снова пожалуйста спасибо сегодня завтра вчера итак интересно
    вопрос точно
    """
)
"""Words before or after a comma that address nobody."""

OURSELVES = one_of("bot counterpoint бот ботик контрапункт")

ABOUT_THE_EDITION = re.compile(
    r"\b(?:story|stories|сюжет\w*)\s*(?:#|№|no\.?\s*|number\s*|номер\s*)?\d{1,2}\b|\b(?:this|the|today['’]s|latest)\s+"
    r"(?:edition|briefing)\b|\b(?:these|those|today['’]s)\s+stories\b|\b(?:этот|этом|этого|сегодняшн\w+)\s+выпуск\w*|"
    r"\bв\s+выпуске\b|\bcounter\s+view\b|\b(?:stories|sources)\s+(?:in|of|behind)\s+(?:this|the|today['’]s)\s+(?:edition|briefing|story)\b",
    re.IGNORECASE,
)
STORY_NUMBER = re.compile(r"\b(?:story|сюжет\w*)\s*(?:#|№|no\.?\s*|number\s*|номер\s*)?(\d{1,2})\b", re.IGNORECASE)

CHAPTER_NUMBER = re.compile(r"\b(?:chapter|глав\w+)\s*(?:#|№|no\.?\s*|number\s*|номер\s*)?(\d{1,3})\b", re.IGNORECASE)
ABOUT_THE_EPISODE = re.compile(
    r"\b(?:this|the)\s+(?:episode|podcast|talk|video)\b|\bэт(?:от|ом|ого)\s+(?:эпизод\w*|выпуск\w*|подкаст\w*)|"
    r"\bэто\s+видео\b|\bв\s+(?:эпизоде|выпуске|подкасте)\b|\bэпизод\w*\b",
    re.IGNORECASE,
)

POINTING = re.compile(r"\b(?:they|them|it|he|she|that|this|these|those|они|он|она|это|этот|эта)\b", re.IGNORECASE)
"""Words that point at something said before, most likely by a person."""

EVERYDAY = one_of(
    """
    data platform progress confer conferenc project migrat deadlin schedul report updat present slide invoic
    custom client user account password login access network internet websit site page app laptop screen camera
    printer file document doc sheet folder calendar event speaker speak class school exam cours teacher student
    doctor bank shop store market stuff meet meeting talk call game team plan start open play watch link send
    move chang thing stuff happen mean feel find help run turn night morn even tomorrow tonight monday tuesday
    wednesday thursday friday saturday sunday weekend home hous food lunch dinner phone email mail messag read
    write sleep buy pay money work job offic boss room door car bus train friend peopl person guy girl kid
    famili wife husband mother father parti movi film show song music pictur photo video pic coffe beer drink
    eat walk drive leav stay wait late earli lunch ticket trip flight hotel birthday cat dog idea question
    answer problem point place number name word sound guess hope love hate believ rememb forget hear heard chat
    channel thread server bot repli join meetup release build test fix bug code review deploy sure fine cool
    nice bad great real big small littl long short old young live life world hour minut second end close side
    way part bit lot kind sort differ count bring hold set check cost price стар нов дел врем дом рабо вечер
    завтр сегодн утр люд человек встреч игр фильм видео фот ссылк вопрос ответ
    """
)
"""Stems of daily talk: sharing only these with an edition says nothing."""
