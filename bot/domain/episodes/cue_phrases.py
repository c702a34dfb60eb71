"""The phrases of each class of cues, by language: see `cues`. They follow each other with commas."""

from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "settled": """
            okay, ok, all right, alright, great, cool, awesome, perfect, excellent, fantastic, good, nice, very
            good, sounds good, wonderful, amazing
        """,
        "turning": "so, now, anyway",
        "answering": """
            yeah, yes, yep, yup, no, right, exactly, sure, correct, mm, mhm, uh-huh, true, of course, absolutely,
            definitely, yea
        """,
        "going_on": """
            and, but, because, or, which, that, that's, if, it, it's, then, also, they, he, she, this, there, i mean
        """,
        "announcing": """
            next, moving on, moving along, move on, switch gears, switching gears, shift gears, turning to, turn to,
            jump in, jump into, jumping into, on to, get into, get to, back to, another thing, another topic,
            another question, last thing, last question, last topic, last one, final, finally, one more, second,
            secondly, third, other thing, other topic, next up, before we
        """,
        "proposing": """
            let's, let us, let me, talk about, talking about, tell us, tell me, walk us, walk me, explain, discuss,
            dive, start, starting, introduce, introduction, topic, question, chapter, section, episode, cover,
            summarize, summarise, recap, speaking of, curious, wonder, wondering, ask
        """,
        "leaving": """
            thanks, thank you, bye, goodbye, wrap up, wrapping up, appreciate, see you, that's it, that is it, tune
            in, listening, listeners
        """,
        "greeting": "welcome, hello, hi, hey, my name is, i'm your, joined by, joining, today",
        "asking": "what, how, why, who, where",
        "you": "you, your, you're, you've, guys",
        "we": "we, we're, we've, we'll, let's",
    },
    "de": {
        "settled": "okay, gut, alles klar, super, schön, prima, genug",
        "turning": "also, so, nun, jetzt, jedenfalls",
        "answering": "ja, nein, genau, richtig, klar, stimmt, doch, absolut, natürlich",
        "going_on": "und, aber, weil, oder, das, dass, wenn, es, dann, auch, sie, er, da",
        "announcing": """
            nächste, nächster, nächstes, weiter, kommen wir, zum schluss, letzte, zuletzt, noch eine, zweitens,
            drittens, anderes thema, zurück zu, bevor wir
        """,
        "proposing": """
            lass uns, lasst uns, reden wir, sprechen wir, erzähl, erzählen, erklär, erklären, anfangen, thema,
            frage, kapitel, folge, zusammenfassen, apropos
        """,
        "leaving": "danke, vielen dank, tschüss, auf wiedersehen, bis bald, bis zum nächsten mal, das war's",
        "greeting": "willkommen, hallo, guten tag, guten morgen, mein name ist, zu gast, heute",
        "asking": "was, wie, warum, wer, wo, wieso, welche",
        "you": "du, ihr, sie, dich, euch, ihnen",
        "we": "wir, uns, unser",
    },
    "fr": {
        "settled": "ok, d'accord, très bien, super, parfait, génial, bien, bon",
        "turning": "alors, donc, maintenant, bref",
        "answering": "oui, non, ouais, exactement, voilà, tout à fait, absolument, bien sûr, c'est ça",
        "going_on": "et, mais, parce que, ou, que, qui, si, c'est, ça, puis, aussi, il, elle, ils",
        "announcing": """
            ensuite, prochain, prochaine, suivant, suivante, passons, dernière, dernier, enfin, finalement,
            deuxième, troisième, autre sujet, autre question, revenons, avant de
        """,
        "proposing": """
            parlons, parler de, racontez, raconte, expliquez, explique, commençons, commencer, sujet, question,
            chapitre, épisode, résumer, à propos
        """,
        "leaving": "merci, au revoir, à bientôt, à la prochaine",
        "greeting": "bienvenue, bonjour, bonsoir, salut, je m'appelle, aujourd'hui",
        "asking": "comment, pourquoi, qui, où, quel, quelle, est-ce que",
        "you": "vous, votre, tu, ton, toi",
        "we": "nous, notre, nos",
    },
    "es": {
        "settled": "vale, bueno, bien, perfecto, genial, muy bien, estupendo",
        "turning": "entonces, así que, ahora, pues, en fin",
        "answering": "sí, no, exacto, exactamente, claro, correcto, por supuesto, totalmente",
        "going_on": "y, pero, porque, o, que, si, eso, luego, también, es, él, ella",
        "announcing": """
            siguiente, próximo, próxima, pasemos, última, último, finalmente, por último, segundo, tercero, otro
            tema, otra pregunta, volviendo, antes de
        """,
        "proposing": """
            hablemos, hablar de, cuéntanos, cuéntame, explica, explícanos, empecemos, empezar, tema, pregunta,
            capítulo, episodio, resumir, hablando de
        """,
        "leaving": "gracias, adiós, hasta luego, hasta la próxima, nos vemos",
        "greeting": "bienvenidos, bienvenidas, bienvenido, hola, buenos días, buenas tardes, me llamo, hoy",
        "asking": "qué, cómo, por qué, quién, dónde, cuál",
        "you": "tú, usted, ustedes, vosotros, te, os",
        "we": "nosotros, vamos, nuestro, nuestra",
    },
    "it": {
        "settled": "ok, va bene, bene, perfetto, ottimo, benissimo, bello",
        "turning": "allora, quindi, ora, adesso, dunque, comunque",
        "answering": "sì, no, esatto, esattamente, certo, giusto, assolutamente",
        "going_on": "e, ma, perché, o, che, se, questo, poi, anche, è, lui, lei",
        "announcing": """
            prossimo, prossima, passiamo, ultima, ultimo, infine, secondo, terzo, altro tema, altra domanda,
            torniamo, prima di
        """,
        "proposing": """
            parliamo, parlare di, raccontaci, raccontami, spiegaci, spiega, cominciamo, iniziamo, tema, domanda,
            capitolo, puntata, episodio, riassumere, a proposito
        """,
        "leaving": "grazie, arrivederci, ciao a tutti, alla prossima",
        "greeting": "benvenuti, benvenuto, buongiorno, buonasera, mi chiamo, oggi",
        "asking": "cosa, come, perché, chi, dove, quale",
        "you": "tu, voi, lei, ti, vi",
        "we": "noi, nostro, nostra",
    },
    "pt": {
        "settled": "ok, tá bom, está bem, bom, ótimo, perfeito, legal, beleza, muito bem",
        "turning": "então, agora, enfim",
        "answering": "sim, não, exato, exatamente, claro, certo, com certeza, isso",
        "going_on": "e, mas, porque, ou, que, se, depois, também, é, ele, ela",
        "announcing": """
            próximo, próxima, seguinte, passemos, última, último, finalmente, segundo, terceiro, outro tema, outra
            pergunta, voltando, antes de
        """,
        "proposing": """
            vamos falar, falar sobre, conta, conte, explica, explique, começar, tema, pergunta, capítulo, episódio,
            resumir, falando em
        """,
        "leaving": "obrigado, obrigada, tchau, até logo, até a próxima",
        "greeting": "bem-vindos, bem-vindo, olá, oi, bom dia, boa tarde, meu nome é, hoje",
        "asking": "como, por que, quem, onde, qual, o que",
        "you": "você, vocês, te, seu, sua",
        "we": "nós, nosso, nossa, a gente",
    },
    "nl": {
        "settled": "oké, goed, prima, mooi, top, prachtig, helder",
        "turning": "dus, nu, nou, hoe dan ook",
        "answering": "ja, nee, precies, klopt, zeker, juist, absoluut, natuurlijk",
        "going_on": "en, maar, want, omdat, of, dat, als, het, dan, ook, ze, hij",
        "announcing": """
            volgende, verder, laatste, tot slot, ten slotte, tweede, derde, nog een, ander onderwerp, terug naar,
            voordat
        """,
        "proposing": """
            laten we, praten over, vertel, leg uit, uitleggen, beginnen, onderwerp, vraag, hoofdstuk, aflevering,
            samenvatten, over gesproken
        """,
        "leaving": "bedankt, dank je, dankjewel, tot ziens, tot de volgende keer",
        "greeting": "welkom, hallo, goedemorgen, goedemiddag, mijn naam is, te gast, vandaag",
        "asking": "wat, hoe, waarom, wie, waar, welke",
        "you": "jij, je, jullie, u, jouw",
        "we": "we, wij, ons, onze",
    },
    "ru": {
        "settled": "хорошо, окей, ладно, отлично, супер, прекрасно, понятно, ясно, здорово",
        "turning": "так, итак, теперь, ну что, вот, значит, короче",
        "answering": "да, нет, ага, угу, именно, точно, конечно, верно, правильно, абсолютно",
        "going_on": "и, но, а, потому что, или, что, если, это, то есть, потом, тоже, он, она, они",
        "announcing": """
            следующий, следующая, следующее, дальше, далее, перейдём, перейдем, переходим, последний, последняя,
            последнее, наконец, напоследок, во-вторых, в-третьих, второй, ещё один, ещё вопрос, другая тема,
            вернёмся, вернемся, прежде чем
        """,
        "proposing": """
            давай, давайте, поговорим, расскажи, расскажите, объясни, объясните, обсудим, начнём, начнем, тема,
            тему, вопрос, глава, выпуск, подытожим, кстати, интересно, хочу спросить
        """,
        "leaving": "спасибо, пока, до свидания, до встречи, до новых встреч, всем пока, подписывайтесь",
        "greeting": """
            добро пожаловать, привет, здравствуйте, всем привет, добрый день, добрый вечер, меня зовут, в гостях,
            сегодня
        """,
        "asking": "что, как, почему, кто, где, зачем, какой, какая",
        "you": "ты, вы, тебя, вас, тебе, вам, твой, ваш",
        "we": "мы, нас, нам, наш, нами",
    },
}
