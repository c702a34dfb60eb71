### Слова интерфейса по-русски.
### Кнопки до 24 знаков, подписи списков до 75. Готовая фраза хранится целиком, из кусков её не собирают.

## buttons

ask = Задать вопрос
sources = Источники
counter = Возражение
counters = Возражения
deeper = Подробнее
listen = Слушать · { $time }
transcript = Расшифровка
feed = Открыть ленту
share = Показать в ветке
post = Отправить в ветку
why = Почему этот сюжет
settle = Что решит спор
all-stories = Все сюжеты
wrong = Сообщить об ошибке
goto = Перейти
mine = Показать только мне
find = Искать в архиве
stop = Остановить
retry = Повторить
useful = Полезно
not-useful = Бесполезно
passage = Весь отрывок
more = Больше такого
less = Меньше такого
quotes = Цитаты
entities = Люди и термины
open = Открыть эпизод
prev = Назад: { $number }
next = Дальше: { $number }
listen-at = Слушать с { $time }
save = Сохранить и показать
change = Изменить время или язык
post-now = Опубликовать сейчас
post-here = Опубликовать здесь
wait = Дождаться первого
check = Проверить снова
channel = Выбрать другой канал
set-up = Настроить
example = Показать пример
preview = Посмотреть сейчас
now = Сводка сейчас
search = Поиск по выпускам
add = Добавить канал
resume = Возобновить
edit = Изменить
doctor = Проверить всё
kept = Что обо мне хранится
forget = Забыть меня
close = Закрыть
cancel = Отмена

## selects

goto-story = Перейти к сюжету
chapter = Читать главу
full = Прочитать отрывок целиком
where = Выберите канал
zone = Который у вас час?

## labels

story = Сюжет { $number } из { $total } · { $state }
state-new = новый
state-update = обновление
state-developing = развивается
state-settled = решён
slot-am = утро
slot-pm = вечер
slot-now = по запросу
late = с опозданием, срок был
signal = Сигнал:
signal-burst = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
}, { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} за { $hours } ч, обычно { $usual } (в { $burst ->
    [one] { $burst } раз
    [few] { $burst } раза
    [many] { $burst } раз
   *[other] { $burst } раза
} больше обычного)
signal-few = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
}, { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} за { $hours } ч, для кратности мало
signal-unknown = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
}, { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} за { $hours } ч, обычная частота пока неизвестна
signal-unseen = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
}, { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} за { $hours } ч, в прежние дни ни одной
signal-ordinary = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
}, { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} за { $hours } ч, обычно { $usual }
why-now = Почему сейчас:
stance-for = за
stance-against = против
stance-adjacent = по смежному вопросу
sells = Сами продают { $what } и говорят об этом.
quoted-by = в пересказе { $publisher }
counter-person = Возражение, { $name }:
counter-argument = Возражение, наш довод, без источника:
counter-none = Возражение: в этом выпуске не нашлось.
counter-kind-conflict = противоречие
counter-kind-scope = о другом
counter-kind-changed = мнение изменилось
counter-kind-echo = повтор одного сообщения
synthesis-split = Мнения разделились:
synthesis-leaning = Перевес:
synthesis-consensus = Согласие:
synthesis-one-sided = Пока одна сторона:
synthesis-talking-past = Говорят о разном:
crux = Решающий вопрос:
would-settle = Что его решит:
our-reading = Наше прочтение:
plain-words = Простыми словами:
plain-word = { $term }: { $meaning }
connects = Связано с сюжетом { $number }:
sources-line = Источники:
sources-answer = Из этого выпуска:
quote-exact = дословно
quote-normalised = дословно
quote-translated = перевод
original = В оригинале:
promise-happened = Выполнено:
promise-not-yet = Пока нет:
promise-dropped = Снято:
promise-open = Ждём:
question = Открытый вопрос
hint = Отвечайте здесь: спросите или возразите. Годятся и короткие слова: `источники 2`, `возражение 3`, `подробнее 1`, `список`, `помощь`.
counts = { $sources ->
    [one] { $sources } источник
    [few] { $sources } источника
   *[many] { $sources } источников
} · { $thinkers ->
    [one] { $thinkers } автор
    [few] { $thinkers } автора
   *[many] { $thinkers } авторов
}
counts-audio = { $sources ->
    [one] { $sources } источник
    [few] { $sources } источника
   *[many] { $sources } источников
} · { $thinkers ->
    [one] { $thinkers } автор
    [few] { $thinkers } автора
   *[many] { $thinkers } авторов
} · { $time }
writer-selected = Отобрано из оригиналов, без модели.
writer-model = Текст написан моделью { $model } и проверен:
late = С опозданием: по плану { $time }.
thin = { $n ->
    [0] Небогатый день: сюжетов нет. Нигде не было двух независимых голосов.
    [one] Небогатый день: { $n } сюжет. Больше нигде не было двух независимых голосов.
    [few] Небогатый день: { $n } сюжета. Больше нигде не было двух независимых голосов.
   *[many] Небогатый день: { $n } сюжетов. Больше нигде не было двух независимых голосов.
}
corrected = Исправлено { $time }: { $what }.
progress = { $n ->
    [one] Читаю { $n } источник этого выпуска
    [few] Читаю { $n } источника этого выпуска
   *[many] Читаю { $n } источников этого выпуска
}
archive = { $n ->
    [one] В этом выпуске нет. Из { $n } прежнего:
   *[other] В этом выпуске нет. Из { $n } прежних:
}
refusal = { $n ->
    [one] В этом выпуске нет. Его { $n } источник не говорит, { $what }. Ближайшие места:
   *[other] В этом выпуске нет. Ни один из { $n } источников не говорит, { $what }. Ближайшие места:
}
spent = { $n ->
    [one] Ваш { $n } вопрос к модели на сегодня исчерпан. До { $time } отвечаю отрывками из источников.
    [few] Ваши { $n } вопроса к модели на сегодня исчерпаны. До { $time } отвечаю отрывками из источников.
   *[many] Ваши { $n } вопросов к модели на сегодня исчерпаны. До { $time } отвечаю отрывками из источников.
}
error = Не удалось закончить ответ. { $cause }. Вопрос не засчитан: осталось { $n } из { $m } на сегодня.
stopped = Остановлено.
gone = Этот выпуск больше не хранится.
not-yours = Это окно другого человека. Начните своё: /brief setup.
private = Видите только вы.

## time and quotation

moment = { $day } { $month ->
    [1] янв
    [2] фев
    [3] мар
    [4] апр
    [5] мая
    [6] июн
    [7] июл
    [8] авг
    [9] сен
    [10] окт
    [11] ноя
   *[12] дек
} { $time } UTC
day = { $day } { $month ->
    [1] янв
    [2] фев
    [3] мар
    [4] апр
    [5] мая
    [6] июн
    [7] июл
    [8] авг
    [9] сен
    [10] окт
    [11] ноя
   *[12] дек
} { $year }
timed = { $words } (на { $time })

## cited

cited = { $thinker }, { $time }, { $title }: { $words }
cited-untitled = { $thinker }, { $time }: { $words }
cited-bare = { $thinker }, { $time }, { $title }
cited-star = { $thinker }: отметка звездой, { $time }. Слова самого проекта: { $words }
cited-repost = { $thinker }: репост, { $time }. Слова оригинала: { $words }
cited-release = { $thinker }: выпуск версии, { $time }. В описании сказано: { $words }
cited-push = { $thinker }: отправка кода, { $time }. В описании сказано: { $words }
from-edition = Выпуск от { $date }, { $slot }. { $line }

## replies

no-stories = В этом выпуске нет сюжетов.
no-such-story = { $most ->
    [1] В этом выпуске один сюжет: номер 1.
   *[other] Есть сюжеты с 1 по { $most }.
}
which-story = { $most ->
    [1] В этом выпуске один сюжет: номер 1.
   *[other] Какой сюжет? Есть сюжеты с 1 по { $most }; добавьте номер, например `{ $example } 2`.
}
stories-head = { $n ->
    [one] { $n } сюжет:
    [few] { $n } сюжета:
   *[many] { $n } сюжетов:
}
numbered = { $number } · { $title }
sources-head = Сюжет { $number } стоит на этих источниках; вот взятые слова:
sources-all = { $n ->
    [one] За этим выпуском стоит { $n } источник:
    [few] За этим выпуском стоят { $n } источника:
   *[many] За этим выпуском стоят { $n } источников:
}
sources-of = Сюжет { $number }: { $names }
quote-said = { $status ->
    [translated] { $thinker }, в переводе.
   *[exact] { $thinker }. Слова приведены дословно.
}
quote-said-by-other = { $status ->
    [translated] { $thinker }, в переводе; цитату приводит { $publisher }.
   *[exact] { $thinker }; цитату приводит { $publisher }. Слова приведены дословно.
}
quote-original = В оригинале: { $words }
quote-inside = Предложение, в котором они стоят: { $words }
quote-missing = В сюжете { $number } нет выделенной цитаты. Слова оригиналов есть в источниках: наберите `источники { $number }`.
counter-of = Сюжет { $number }: { $text }
counter-by-conflict = Кто возражает: источник, { $name }. Вид: противоречие, одно исключает другое.
counter-by-scope = Кто возражает: источник, { $name }. Вид: речь о другом, верным может быть и то и другое.
counter-by-changed = Кто возражает: источник, { $name }. Вид: мнение изменилось, голос тот же.
counter-by-echo = Кто возражает: источник, { $name }. Вид: повтор одного сообщения, а не несколько разных.
counter-by-other = Кто возражает: источник, { $name }. Прямого противоречия здесь нет.
counter-ours = Это наш собственный довод. Источника у него нет.
counter-missing = Не нашлось. Ни один источник этого выпуска не возражает по сюжету { $number }, а придумывать возражение мы не станем.
counter-missing-short = в этом выпуске не нашлось.
counter-ours-short = наш довод, без источника: { $text }
crux-head = Решающий вопрос сюжета { $number }: { $question }
crux-settles = Что его решит: { $text }
crux-missing = В сюжете { $number } решающего вопроса нет: источники не противоречат друг другу.
crux-missing-one-sided = В сюжете { $number } решающего вопроса нет: пока высказалась одна сторона.
crux-missing-conflict = В сюжете { $number } решающего вопроса пока нет: источники спорят, но ни один не говорит, что решило бы спор.
crux-ours = Против них стоит только наш собственный довод, без источника.
crux-elsewhere = Решающий вопрос есть в сюжете { $number }: наберите `вопрос { $number }`.
claim-for = За, { $thinker }: { $claim }
claim-against = Против, { $thinker }: { $claim }
claim-adjacent = По смежному вопросу, { $thinker }: { $claim }
named-by = { $name } (цитату приводит { $publisher })
around = Что стоит рядом:
around-nothing = Все взятые из источников слова уже показаны в сюжете.
missing-against = Чего не хватает: ни одно из этих мест не возражает.
missing-numbers = Чего не хватает: ни в одном из этих мест нет числа.
missing-voices = Чего не хватает: второго голоса. Всё это сказано одним.
missing-link = Чего не хватает: ни одно из этих мест не называет, что решило бы спор.
why-burst = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
} и { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} об этом за { $hours } ч. Обычно { $usual }, то есть в { $burst ->
    [one] { $burst } раз
    [few] { $burst } раза
    [many] { $burst } раз
   *[other] { $burst } раза
} больше обычного; случайно так бывает не чаще раза на { $chance } окон.
why-few = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
} и { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} об этом за { $hours } ч. Для кратности этого мало.
why-unknown = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
} и { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} об этом за { $hours } ч. Обычная частота пока неизвестна, поэтому кратности нет.
why-unseen = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
} и { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} об этом за { $hours } ч. В прежние дни не было ни одной, поэтому кратности нет.
why-ordinary = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
} и { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} об этом за { $hours } ч. Обычно { $usual }: оживлённо, но не всплеск.
why-together = Публикации связаны: в нескольких из них названы { $names }.
why-topic = Публикации связаны одной темой: { $topic }.
why-state-new = Это новый сюжет: прежние выпуски его не касались.
why-state-update = Это обновление: сюжет был в прежнем выпуске, и появилось новое.
why-state-developing = Сюжет развивается: он был в прежнем выпуске и продолжается.
why-state-settled = Сюжет решён: на то, что прежний выпуск оставил открытым, есть ответ.
who-person = { $name }: человек.
who-organization = { $name }: организация.
who-podcast = { $name }: подкаст.
who-newsletter = { $name }: рассылка.
who-quoted = { $name }: слова приводят другие, напрямую мы этот голос не читаем.
who-handle = Имя в сети: { $handle }
who-url = Адрес: { $url }
who-in-stories = { $n ->
    [1] В этом выпуске: сюжет { $numbers }.
   *[other] В этом выпуске: сюжеты { $numbers }.
}
who-position-for = Сюжет { $number }, за: { $claim }
who-position-against = Сюжет { $number }, против: { $claim }
who-position-adjacent = Сюжет { $number }, по смежному вопросу: { $claim }
who-named = Под именем { $name } в этом выпуске никто не говорит. Имя стоит в этих местах:
who-unknown = Под именем { $name } в этом выпуске никто не говорит, и ни в одном отрывке такого имени нет.
who-nearest = Ближайшие имена: { $names }.
audio-missing = У этого выпуска нет аудио. Всё можно прочитать здесь: наберите `список`, чтобы увидеть сюжеты.
audio-length = Этот выпуск звучит { $time }. Его части:
audio-part = { $number } · { $title } (с { $start } по { $end })
part-missing = { $most ->
    [1] В аудио одна часть.
   *[other] В аудио части с 1 по { $most }, длина { $time }.
}
spoken = { $host }: { $text }
translate-missing = Для перевода нужна языковая модель, а она не подключена. Слова оригиналов остаются как есть, у каждых своя ссылка.
answer-head = Слова оригинала об этом:
refusal-plain = { $n ->
    [0] В этом выпуске нет. У него нет источников.
    [one] В этом выпуске нет. Его { $n } источник этого не говорит.
   *[other] В этом выпуске нет. Ни один из { $n } источников этого не говорит.
}
refusal-number = { $n ->
    [0] В этом выпуске нет. У него нет источников.
    [one] В этом выпуске нет. Его { $n } источник не называет такого числа.
   *[other] В этом выпуске нет. Ни один из { $n } источников не называет такого числа.
}
refusal-date = { $n ->
    [0] В этом выпуске нет. У него нет источников.
    [one] В этом выпуске нет. Его { $n } источник не называет времени.
   *[other] В этом выпуске нет. Ни один из { $n } источников не называет времени.
}
refusal-reason = { $n ->
    [0] В этом выпуске нет. У него нет источников.
    [one] В этом выпуске нет. Его { $n } источник не называет причины.
   *[other] В этом выпуске нет. Ни один из { $n } источников не называет причины.
}
refusal-words = { $n ->
    [0] В этом выпуске нет. У него нет источников.
    [one] В этом выпуске нет. Ни в одном отрывке его { $n } источника нет слов: { $words }.
   *[other] В этом выпуске нет. Ни в одном отрывке его { $n } источников нет слов: { $words }.
}
refusal-foreign = { $n ->
    [0] В этом выпуске нет. У него нет источников.
    [one] В отрывках { $n } источника ответа не нашлось; они на другом языке, чем вопрос.
   *[other] В отрывках { $n } источников ответа не нашлось; они на другом языке, чем вопрос.
}
refusal-archive = { $n ->
    [one] И в { $n } прежнем выпуске тоже нет.
   *[other] И в { $n } прежних выпусках тоже нет.
}
nearest = Ближайшие места:
nearest-nothing = Ничего близкого нет. Наберите `список`, чтобы увидеть, о чём этот выпуск.

## help

help-head = Наберите одно из этих слов отдельным сообщением или просто задайте вопрос о сюжетах:
help-sources = `источники 2`: на чём стоит сюжет 2, словами оригинала
help-quote = `цитата 3`: цитата сюжета 3 и откуда она
help-counter = `возражение 2`: самое сильное возражение по сюжету 2
help-deeper = `подробнее 1`: кто что утверждает в сюжете 1 и чего не хватает
help-crux = `вопрос 2`: вопрос, ответ на который решил бы спор в сюжете 2
help-why = `почему 2`: почему сюжет 2 здесь, с его арифметикой
help-who = `кто такой` и имя: что в этом выпуске есть об этом человеке
help-list = `список`: все сюжеты этого выпуска
help-ask = На вопрос отвечаю отрывками сначала из этого выпуска, потом из прежних. Если ответа ничто не подтверждает, так и скажу.

## troubles

too-fast = { $n ->
    [one] За минуту был { $n } вопрос, это предел для одного человека. Спросите снова после { $time }.
    [few] За минуту было { $n } вопроса, это предел для одного человека. Спросите снова после { $time }.
   *[many] За минуту было { $n } вопросов, это предел для одного человека. Спросите снова после { $time }.
}
too-many = { $n ->
    [one] За день был { $n } вопрос, это предел для одного человека. Спросите снова после { $time }.
    [few] За день было { $n } вопроса, это предел для одного человека. Спросите снова после { $time }.
   *[many] За день было { $n } вопросов, это предел для одного человека. Спросите снова после { $time }.
}
no-edition = Выпусков пока нет.
trouble-store = Ответить не удалось: база данных не отозвалась. Повторите через минуту. Если не поможет, передайте тому, кто ведёт бота: { $id }.
trouble-source = Ответить не удалось: источник не прочитался. Повторите через минуту. Если не поможет, передайте тому, кто ведёт бота: { $id }.
trouble-cores = Ответить не удалось: работа заняла слишком много времени. Спросите короче. Если не поможет, передайте тому, кто ведёт бота: { $id }.
trouble-setting = Ответить не удалось: ошибка в настройках. Передайте тому, кто ведёт бота: { $id }.
trouble-inside = Ответить не удалось: ошибка у меня, не у вас. Повторите. Если не поможет, передайте тому, кто ведёт бота: { $id }.

## typed words: the spellings of each command, lower case, with commas between

words-sources = источники, источник, источника, источников, ссылки
words-quote = цитата, цитаты, цитату
words-counter = возражение, возражения, контраргумент, другая сторона
words-deeper = подробнее, глубже
words-crux = решающий вопрос, вопрос, развилка
words-chapter = глава, главу
words-why = почему
words-who = кто такой, кто такая, кто такие
words-audio = аудио, послушать, слушать
words-transcript = расшифровка, расшифровку, стенограмма
words-translate = на, по, перевод на, перевести на, переведи на
words-list = список, сюжеты, список сюжетов
words-help = помощь, справка, команды
words-filler = для, к, о, об, по, про, сюжет, сюжета, сюжету, сюжете, номер
words-polite = пожалуйста, плиз, плз
words-language-en = английском, английский, английски
words-language-ru = русском, русский, русски
words-language-de = немецком, немецкий, немецки
words-language-fr = французском, французский, французски
words-language-es = испанском, испанский, испански
words-language-it = итальянском, итальянский, итальянски
words-language-pt = португальском, португальский, португальски
words-language-nl = нидерландском, нидерландский, голландском
words-language-pl = польском, польский, польски
words-language-uk = украинском, украинский, украински
words-language-tr = турецком, турецкий, турецки
words-language-ar = арабском, арабский, арабски
words-language-zh = китайском, китайский, китайски
words-language-ja = японском, японский, японски
words-language-ko = корейском, корейский, корейски

## console

console-prompt = Спросите об этом выпуске или наберите слово, например `источники 1`. `помощь` покажет всё, `выход` закончит.
console-type = Наберите:
console-you = вы
console-bye = До свидания.

group-for = За
group-against = Против
group-also = Ещё
dated = { $weekday ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
}, { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
} { $year }
card-counts = { $stories ->
    [one] { $stories } сюжет
    [few] { $stories } сюжета
   *[many] { $stories } сюжетов
} · { $sources ->
    [one] { $sources } источник
    [few] { $sources } источника
   *[many] { $sources } источников
} · { $thinkers ->
    [one] { $thinkers } автор
    [few] { $thinkers } автора
   *[many] { $thinkers } авторов
} · { $hours } ч до { $end }
card-read = { $items ->
    [one] Прочитана { $items } публикация
    [few] Прочитаны { $items } публикации
   *[many] Прочитано { $items } публикаций
} { $sources ->
    [one] из { $sources } источника
   *[other] из { $sources } источников
}.
card-checks = { $quotes ->
    [one] Проверена { $quotes } цитата
    [few] Проверены { $quotes } цитаты
   *[many] Проверено { $quotes } цитат
}, дословно совпало: { $exact }.
card-down = { $n ->
    [one] Не ответил { $n } источник: { $names }.
    [few] Не ответили { $n } источника: { $names }.
   *[many] Не ответило { $n } источников: { $names }.
}
card-silent = { $n ->
    [one] Для { $n } источника нужен ключ или адаптер.
   *[other] Для { $n } источников нужен ключ или адаптер.
}

## edition: слова отборного редактора вокруг чужих слов

said = { $name }: { $words }
asks = { $name } спрашивает: { $words }
sells-too = { $claim } О своём интересе: { $words }
counter-none-here = Ни один источник этого выпуска не говорит иначе.
empty-title = Тихое время
empty-lede = Из прочитанного за это время сюжета не выходит.
note-nearest = О теме «{ $topic }» за это время ничего нет. Ближайшие темы, о которых писали: { $nearest }.
note-nothing = О теме «{ $topic }» за это время ничего нет, и о другом тоже не писали.
note-unreachable = { $thinkers ->
    [one] { $thinkers } автор недоступен без источника X.
    [few] { $thinkers } автора недоступны без источника X.
   *[many] { $thinkers } авторов недоступны без источника X.
}
note-original-language = Предложения приведены на языке оригинала.
sign-on-reader = { $slot ->
    [am] Это { $desk }, утренний выпуск. Я { $host }, я называю источник.
    [pm] Это { $desk }, вечерний выпуск. Я { $host }, я называю источник.
   *[now] Это { $desk }, выпуск по запросу. Я { $host }, я называю источник.
}
sign-on-quoter = Я { $host }, я читаю, что в нём сказано. Всё, что я читаю, — цитаты.
spoken-items = { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
}
spoken-voices = { $voices ->
    [one] { $voices } голос
    [few] { $voices } голоса
   *[many] { $voices } голосов
}
story-opening-new = { $topic }: { $items }, { $voices }.
story-opening-update = { $topic }, об этом мы уже рассказывали. Новое: { $items }, { $voices }.
frame-name = { $name }.
frame-again = Снова { $name }.
frame-against = Против: { $name }.
frame-related = По смежному вопросу: { $name }.
frame-no-counter = Ни один источник здесь не говорит иначе.
question-by = Открытый вопрос, его задаёт { $name }.
sign-off-reader = Остальное в ветке, со ссылками.
sign-off-quoter = Это был { $desk }.
