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
why = Почему этот сюжет
settle = Что решит спор
all-stories = Все сюжеты
wrong = Сообщить об ошибке
goto = Перейти
mine = Показать только мне
find = Искать в архиве
stop = Остановить
retry = Повторить
passage = Весь отрывок
prev = Назад: { $number }
next = Дальше: { $number }
save = Сохранить и показать
change = Изменить время или язык
post-now = Опубликовать сейчас
post-here = Опубликовать здесь
wait = Дождаться первого
check = Проверить снова
channel = Выбрать другой канал
preview = Посмотреть сейчас
resume = Возобновить
forget = Забыть меня
accept = Добавить: { $number }
decline = Отклонить: { $number }
add-source = Добавить источник
all-places = Все каналы
export = Сохранить в файл
forget-now = Забыть сейчас
keep = Оставить
pause = Приостановить
propose = Предложить источник
unsubscribe = Отписать канал
unsubscribe-now = Отписать сейчас
post = Отправить в ветку
send = Показать в канале
useful = Полезно
not-useful = Бесполезно
close = Закрыть
first-sources = Источники сюжета 1
quotes = Цитаты
entities = Люди и термины
open = Открыть эпизод
listen-at = Слушать с { $time }
all-chapters = Все главы
read-chapter = Глава { $number }

## selects

goto-story = Перейти к сюжету
full = Прочитать отрывок целиком
where = Выберите канал
zone = Который у вас час?
subscription = Какой канал изменить?
role = Роль, которую упоминает карточка
chapter = Читать главу

## labels

story = Сюжет { $number } из { $total } · { $state }
state-new = новый
state-update = обновление
state-developing = развивается
state-settled = решён
slot-am = утро
slot-pm = вечер
slot-now = по запросу
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
plain-word = { $term }: { $meaning }.
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
writer-model = Текст написан моделью { $model } и проверен.
late = С опозданием: по плану { $time }.
thin = { $n ->
    [0] Небогатый день: сюжетов нет. Нигде не было двух независимых голосов.
    [one] Небогатый день: { $n } сюжет. Больше нигде не было двух независимых голосов.
    [few] Небогатый день: { $n } сюжета. Больше нигде не было двух независимых голосов.
   *[many] Небогатый день: { $n } сюжетов. Больше нигде не было двух независимых голосов.
}
progress = { $n ->
    [one] Читаю { $n } источник этого выпуска
    [few] Читаю { $n } источника этого выпуска
   *[many] Читаю { $n } источников этого выпуска
}
archive = { $n ->
    [one] В этом выпуске нет. Из { $n } прежнего:
   *[other] В этом выпуске нет. Из { $n } прежних:
}
stopped = Остановлено.
gone = Этот выпуск больше не хранится.

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
claim-plain = { $thinker }: { $claim }
who-position-plain = Сюжет { $number }: { $claim }

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
help-passage = `отрывок 3`: всё, что в этом выпуске есть из источника 3, дословно

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
trouble-store = Не удалось закончить ответ. База данных не отозвалась. Повторите через минуту; если не поможет, передайте тому, кто ведёт бота.
trouble-source = Не удалось закончить ответ. Источник не прочитался. Повторите через минуту; если не поможет, передайте тому, кто ведёт бота.
trouble-cores = Не удалось закончить ответ. Работа заняла слишком много времени. Спросите короче; если не поможет, передайте тому, кто ведёт бота.
trouble-setting = Не удалось закончить ответ. Ошибка в настройках. Передайте тому, кто ведёт бота.
trouble-inside = Не удалось закончить ответ. Ошибка у меня, не у вас. Повторите; если не поможет, передайте тому, кто ведёт бота.
error-note = Ошибка { $id }, она же в журнале сервера
not-your-answer = Это ответ другому человеку. Остановить или повторить его может только он сам или модератор.
not-allowed-pause = Приостановить выпуски может только тот, кто управляет сервером. Для себя эту ветку можно заглушить в её меню.
paused-here = Выпуски здесь приостановлены. Возобновить их может тот, кто управляет сервером: /brief settings.
no-such-source = { $most ->
    [0] В этом выпуске нет источников.
    [1] В этом выпуске один источник: номер 1.
    [one] В этом выпуске { $most } источник, с номерами от 1 до { $most }; добавьте номер, например `отрывок 1`.
   *[other] В этом выпуске источники от 1 до { $most }; добавьте номер, например `отрывок 2`.
}

## typed words: the spellings of each command, lower case, with commas between

words-sources = источники, источник, источника, источников, ссылки
words-quote = цитата, цитаты, цитату
words-counter = возражение, возражения, контраргумент, другая сторона
words-deeper = подробнее, глубже
words-crux = решающий вопрос, вопрос, развилка
words-chapter = глава, главу, главы
words-why = почему
words-who = кто такой, кто такая, кто такие
words-audio = аудио, послушать, слушать
words-transcript = расшифровка, расшифровку, стенограмма
words-translate = на, по, перевод на, перевести на, переведи на
words-list = список, сюжеты, список сюжетов, список глав
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
words-stop = стоп, остановить, остановись, отмена
words-pause = пауза
words-retry = повторить, повтори
words-passage = отрывок, весь отрывок
words-story = сюжет
words-people = люди, люди и термины

## console

console-prompt = Спросите об этом выпуске или наберите слово, например `источники 1`. `помощь` покажет всё, `выход` закончит.
console-type = Наберите:
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
card-read = { $items ->
    [one] Прочитана { $items } публикация
    [few] Прочитаны { $items } публикации
   *[many] Прочитано { $items } публикаций
} { $sources ->
    [one] из { $sources } источника
   *[other] из { $sources } источников
}.
card-checks = Цитат, точных до буквы: { $exact } из { $quotes }; снято предложений: { $dropped ->
    [one] { $dropped }
   *[other] { $dropped }
}.
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
note-unfinished = { $n ->
    [one] Без модели: { $n } сюжет из { $all } составлен из отобранных предложений, модель не успела.
    [few] Без модели: { $n } сюжета из { $all } составлены из отобранных предложений, модель не успела.
   *[many] Без модели: { $n } сюжетов из { $all } составлены из отобранных предложений, модель не успела.
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

## discord: rights

right-view = чтобы вообще видеть канал
right-send = чтобы публиковать карточку каждого выпуска
right-thread = чтобы публиковать сюжеты и отвечать в ветке выпуска
right-open = чтобы открывать ветку выпуска
right-links = чтобы ссылки показывались как ссылки
right-files = чтобы публиковать аудио и его расшифровку
right-history = чтобы проверять, не опубликован ли выпуск, и не повторять его
right-line = { $right }: { $why }.
rights-how = Дайте их в настройках канала: «Настроить канал», «Права доступа», добавьте Counterpoint и включите нужное.
thread-locked = Ветка закрыта. Откройте её или дайте Counterpoint право «Управлять ветками» (Manage Threads).

## discord: talk

ask-title = Вопрос об этом выпуске
ask-label = Ваш вопрос
ask-hint = Он появится в ветке под вашим именем, ответ будет там же.
wrong-label = Что неверно?
wrong-hint = Это прочтёт тот, кто ведёт бота.
wrong-thanks = Спасибо. Тот, кто ведёт бота, получил ваше сообщение.
person-asks = { $name } спрашивает:
asked-there = Ваш вопрос опубликован в ветке, ответ появится под ним.
how-to-ask = Я не вижу текста этого сообщения. Упомяните меня в нём, ответьте с включённым упоминанием или нажмите «Задать вопрос».
shared-already = Это уже есть в ветке.
shared-now = Теперь это есть в ветке.
cannot-share = Я не могу писать здесь, поэтому это видите только вы. Тот, кто управляет сервером, может разрешить мне писать в ветках.

## demonstration

demo-title = Counterpoint в { $platform }
demo-intro = Выпуск о вымышленных авторах: сообщения нарисованы такими, какими их отправил бы бот. Меню открываются нажатием.
demo-channel = сводки
demo-card = В канале: одно сообщение
demo-thread = В ветке: по сообщению на сюжет
demo-talk = В ветке: люди спрашивают
demo-press = { $name } нажимает «{ $label }» под сюжетом { $n }
demo-written = Мгновением позже ответ готов
demo-home = App Home, каким он открывается после установки

## labels of cards, stories and look-ups

issue-am = утренний выпуск
issue-pm = вечерний выпуск
issue-now = выпуск по запросу
title-update = Обновление: { $title }
for-and-against = за и против
one-side = пока одна сторона
n-sources = { $n ->
    [one] { $n } источник
    [few] { $n } источника
   *[other] { $n } источников
}
position = { $name }, { $stance }:
counter-person-kind = Возражение, { $name }, { $kind }:
connects-story = сюжетом { $number }
story-continued = Сюжет { $number } из { $total }, продолжение
site-at = { $site }, { $time }
shared-by = Показано всем: { $name }
look-sources = Источники сюжета { $number }
look-sources-all = Источники этого выпуска
look-quote = Цитата сюжета { $number }
look-counter = Возражение к сюжету { $number }
look-counters = Возражения этого выпуска
look-crux = Решающий вопрос сюжета { $number }
look-deeper = Подробнее о сюжете { $number }
look-why = Почему здесь сюжет { $number }
look-list = Сюжеты этого выпуска
look-help = Что можно написать
look-passage = Отрывок из источника { $n }
sources-part = { $n } из { $all ->
    [one] { $all } источника
   *[other] { $all } источников
} этого выпуска.
kind-post = запись
kind-article = статья
kind-star = звезда проекту
kind-release = релиз
kind-push = коммиты
kind-repost = репост
kind-video = видео
kind-episode = выпуск подкаста
kind-at = { $kind }, { $time }
whose-star = слова самого проекта
whose-repost = слова оригинала
whose-release = слова релиза
whose-push = слова коммитов
quoted = { $words } ({ $status })
not-here = В этом выпуске нет.
none-found = Не нашлось.
nobody-disagrees = Ни один источник этого выпуска не спорит по сюжету { $number }.
not-invented = Мы его не придумываем.

## search of the archive

search-found = { $n ->
    [one] Из { $n } выпуска:
   *[other] Из { $n } выпусков:
}
search-nothing = { $n ->
    [one] В { $n } последнем выпуске об этом ничего нет. Ближе всего:
   *[other] В { $n } последних выпусках об этом ничего нет. Ближе всего:
}
search-near = { $title } ({ $date })
search-empty = Искать пока не в чем: выпусков по расписанию ещё не было.

## told to who set a place up

host-place-closed = Я больше не могу публиковать выпуски там, где вы это настроили: места больше нет или мне закрыли доступ. Выпуски приостановлены. Верните мне доступ и возобновите их через /brief settings.

## discord: forms and pages

greet = Counterpoint установлен. Он ничего не публикует, пока кто-то с правом «Управлять сервером» не выполнит { $setup }.
greet-note = Отвечает в своих ветках и там, где его упомянули, больше нигде. { $privacy } покажет, что хранится.
setup-title = Настройка Counterpoint
setup-what = Выберите, где и когда. Для остального есть значения по умолчанию, их можно изменить позже: { $settings }.
setup-channel = Канал
setup-time = Ваше время
setup-desk = { $n ->
    [one] Редакция: { $desk }, { $n } источник.
    [few] Редакция: { $desk }, { $n } источника.
   *[many] Редакция: { $desk }, { $n } источников.
}
setup-rights = Я могу писать, открывать ветки и прикреплять файлы в этом канале.
editions-both = Выпуски в { $am } и { $pm }, { $days }, язык: { $language }.
editions-one = Выпуск в { $at }, { $days }, язык: { $language }.
days-every = каждый день
days-work = с понедельника по пятницу
weekday-0 = пн
weekday-1 = вт
weekday-2 = ср
weekday-3 = чт
weekday-4 = пт
weekday-5 = сб
weekday-6 = вс
day-0 = понедельник
day-1 = вторник
day-2 = среда
day-3 = четверг
day-4 = пятница
day-5 = суббота
day-6 = воскресенье
language-en = английский
language-ru = русский
language-de = немецкий
language-fr = французский
language-es = испанский
language-it = итальянский
language-pt = португальский
language-nl = нидерландский
language-pl = польский
language-uk = украинский
language-tr = турецкий
language-ar = арабский
language-zh = китайский
language-ja = японский
language-ko = корейский
city-title = Где вы читаете?
city-label = Город
city-hint = Крупный город вашего часового пояса или имя пояса
zone-here = Здесь { $time } ({ $zone })
zone-other = Моего пояса здесь нет
zone-other-about = Назовите город
zone-unknown = Такого города я не знаю. Попробуйте самый большой город вашего пояса или имя пояса, например Europe/Berlin.
field-am = Утром
field-pm = Вечером
field-days = Дни
field-language = Язык выпусков
field-desk = Редакция
field-zone = Часовой пояс
time-hint = Например, 07:30; пусто, если выпуск не нужен
time-off = нет
times-wrong = Это не время суток. Напишите, например, 07:30 или 18:00.
times-none = Оба поля пусты. Укажите хотя бы одно время или приостановите выпуски.
times-order = Утреннее время должно быть раньше вечернего.
missing-right-view = Я не вижу этот канал. Без этого права в { $channel } ничего не придёт.
missing-right-send = Я не могу там писать. Без этого права карточке не попасть в { $channel }.
missing-right-thread = Я не могу писать там в ветках. Без этого права ветки в { $channel } останутся пустыми.
missing-right-open = Я не могу открывать там ветки. Без этого права сюжетам в { $channel } негде быть.
missing-right-links = Я не могу встраивать там ссылки. Без этого права источники в { $channel } не будут ссылками.
missing-right-files = Я не могу прикреплять там файлы. Без этого права в { $channel } не будет аудио.
missing-right-history = Я не могу читать там историю. Без этого права выпуск может прийти в { $channel } дважды.
missing-several = { $n ->
    [one] Мне не хватает { $n } права в { $channel }. Без него выпуски туда не придут.
    [few] Мне не хватает { $n } прав в { $channel }. Без них выпуски туда не придут.
   *[many] Мне не хватает { $n } прав в { $channel }. Без них выпуски туда не придут.
}
missing-fix = Исправить может тот, кто управляет сервером: настройки канала, права доступа, Counterpoint, разрешить { $rights }.
saved = Сохранено. Первый выпуск придёт в { $channel } { $relative }, { $time }.
saved-paused = Сохранено. Выпуски для { $channel } приостановлены, пока их не возобновят.
preview-below = Ниже показано, каким этот выпуск был бы сейчас. Видите это только вы.
preview-head = Таким сейчас был бы следующий выпуск для { $channel }. Видите это только вы.
still-reading = { $sources ->
    [one] Я ещё читаю: пока { $read } из { $sources } источника, публикаций: { $items }. Первое чтение занимает несколько минут.
    [few] Я ещё читаю: пока { $read } из { $sources } источников, публикаций: { $items }. Первое чтение занимает несколько минут.
   *[many] Я ещё читаю: пока { $read } из { $sources } источников, публикаций: { $items }. Первое чтение занимает несколько минут.
}
posted = Опубликовано. Выпуск скоро появится в { $channel }.
posted-before = Уже опубликовано. Этот выпуск есть в { $channel } или вот-вот появится.
post-not-allowed = Вы не можете здесь писать. Нужно право «Отправлять сообщения» в этом канале.
unchanged = Ничего не изменилось.
form-too-old = Я больше не могу прочитать эту форму. Начните заново командой.
settings-title = Настройки
settings-zone = Время по поясу { $zone }.
status-next = Следующий выпуск: { $time }.
status-next-none = Следующий выпуск не запланирован.
status-last = Последний выпуск: { $time }.
paused-for-good = Приостановлено, пока не возобновят.
paused-until = Приостановлено до { $time }.
paused-why = Причина: { $reason }.
paused-now = Приостановлено. { $channel } не получает выпусков, пока их не возобновят.
paused-now-until = Приостановлено. { $channel } не получает выпусков до { $time }.
resumed = Возобновлено. { $channel } снова получает выпуски.
unsubscribe-sure = Прекратить выпуски для { $channel }? Опубликованное останется. Настройки пропадут.
unsubscribed = Отписано. { $channel } больше не получает выпусков; опубликованное останется.
subscription-none = У этого сервера пока нет выпусков. Начать может тот, у кого есть право «Управлять сервером»: `/brief setup`.
subscription-gone = Этой подписки больше нет. Кто-то её прекратил.
subscription-which = Выпуски приходят в несколько каналов, но не в этот. Выполните команду там или `/brief settings`.
desk-unknown = Редакции { $desk } нет.
placement-thread = Сюжеты: своя ветка у каждого выпуска
placement-day = Сюжеты: одна ветка на день
answers-mentions = Ответы: только если упомянули
answers-questions = Ответы: на упоминания и вопросы
answers-all = Ответы: на всё в своих ветках
only-in-servers = Это работает на сервере, куда добавлен Counterpoint. Здесь настраивать нечего.
only-managers = Вы не можете это менять. Нужно право «Управлять сервером».
limit-reached = { $n ->
    [one] На сегодня это всё: { $n }. Дальше можно { $time }.
    [few] На сегодня это всё: { $n }. Дальше можно { $time }.
   *[many] На сегодня это всё: { $n }. Дальше можно { $time }.
}
status-title = Состояние
status-none = Ни один канал этого сервера пока не получает выпусков.
status-down = { $n ->
    [one] Недоступен { $n } источник:
    [few] Недоступны { $n } источника:
   *[many] Недоступны { $n } источников:
}
status-figures = { $sources ->
    [one] Прочитан { $sources } источник
    [few] Прочитано { $sources } источника
   *[many] Прочитано { $sources } источников
} · { $items ->
    [one] { $items } публикация
    [few] { $items } публикации
   *[many] { $items } публикаций
} · { $editions ->
    [one] { $editions } выпуск
    [few] { $editions } выпуска
   *[many] { $editions } выпусков
}
sources-title = Что читает этот сервер
sources-count = { $n ->
    [one] Читается { $n } автор; добавлено здесь: { $added }, исключено: { $out }.
    [few] Читаются { $n } автора; добавлено здесь: { $added }, исключено: { $out }.
   *[many] Читаются { $n } авторов; добавлено здесь: { $added }, исключено: { $out }.
}
sources-proposed = { $n ->
    [one] { $n } предложение участников:
    [few] { $n } предложения участников:
   *[many] { $n } предложений участников:
}
source-roster = из общего списка
source-added = добавлено здесь
source-left-out = исключено здесь
source-now = Теперь читается: { $name }.
source-no-more = Больше не читается: { $name }.
source-proposed = Спасибо. Те, кто управляет сервером, увидят ваше предложение: { $name }.
proposal-gone = Этого предложения больше нет. По нему уже решили.
page = Страница { $page } из { $pages }
tried-items = { $n ->
    [0] Там ничего не нашлось.
    [one] Нашлась { $n } публикация.
    [few] Нашлось { $n } публикации.
   *[many] Нашлось { $n } публикаций.
}
tried-newest = Самая новая: { $time }.
imported = { $n ->
    [0] Новых источников в списке нет.
    [one] Добавлен { $n } источник.
    [few] Добавлено { $n } источника.
   *[many] Добавлено { $n } источников.
}
imported-more = { $n ->
    [one] и ещё { $n } пропущен
    [few] и ещё { $n } пропущены
   *[many] и ещё { $n } пропущено
}
list-too-large = Файл слишком большой. Список может занимать до 1 МБ.
privacy-title = Что о вас хранится
kept-now = { $n ->
    [one] { $day }: { $n } выпуск по запросу
    [few] { $day }: { $n } выпуска по запросу
   *[many] { $day }: { $n } выпусков по запросу
}
kept-question = { $n ->
    [one] { $day }: { $n } вопрос
    [few] { $day }: { $n } вопроса
   *[many] { $day }: { $n } вопросов
}
kept-added = Вы добавили: { $name }.
kept-left-out = Вы исключили: { $name }.
kept-proposed = Вы предложили: { $name }.
kept-set-up = Вы настроили выпуски для
kept-nothing = Ничего.
privacy-questions = Счётчики нужны для дневных лимитов. Слова ваших вопросов под вашим именем не хранятся.
privacy-server = Если убрать бота с сервера, всё, что хранится об этом сервере, через несколько дней удаляется.
exported = Всё, что о вас хранится, одним файлом.
forget-sure = Удалить всё, что о вас хранится? Подписки принадлежат серверу и останутся без вашего имени.
forgotten = { $n ->
    [0] Забыто. Удалять было нечего.
    [one] Забыто. Удалена { $n } запись.
    [few] Забыто. Удалено { $n } записи.
   *[many] Забыто. Удалено { $n } записей.
}
doctor-title = Проверка
doctor-well = готов: все нужные права есть.
doctor-missing = { $n ->
    [one] не готов: не хватает { $n } права.
    [few] не готов: не хватает { $n } прав.
   *[many] не готов: не хватает { $n } прав.
}
doctor-intent = Message Content включён: в ветке читается каждый ответ.
doctor-no-intent = Message Content выключен: читаются только упоминания, ответы с уведомлением, кнопки и команды. Изменить это может тот, кто ведёт бота: включить Message Content Intent на странице Bot портала разработчика и задать COUNTERPOINT_DISCORD_CONTENT.
help-title = Что можно делать
help-read-head = Читать
help-read-lines =
    `/brief now topic: агенты hours: 24`: выпуск из собранного к этому часу, только для вас; его можно опубликовать здесь
    `/brief episode` со ссылкой или названием: обзор подкаста или видео, он появится здесь; вместо ссылки годится файл с расшифровкой
    `/brief shows`: подкасты и каналы, которые здесь читаются, и их эпизоды
    `/brief search query: память`: что об этом есть в прежних выпусках
    `/brief status`: последний и следующий выпуск
help-ask-head = Спрашивать
help-ask-lines =
    `/brief ask question: Кто не согласен?`: ответ из последнего выпуска только для вас; им можно поделиться
    Отвечайте в ветке выпуска или наберите `источники 2`, `возражение 3`, `подробнее 1`, `список`: ответ придёт в ветку
    Приложения, Спросить об этом, в меню сообщения: то же для любого сообщения
help-manage-head = Управлять, с правом «Управлять сервером»
help-manage-lines =
    `/brief setup`: выбрать канал и время
    `/brief settings`: время, дни, язык, роль, размещение
    `/brief pause days: 3`, `/brief resume`, `/brief unsubscribe`
    `/brief sources list`, `add`, `remove`, `test`, `import`; участникам доступно `propose`
    `/brief preview` и `/brief doctor`: что будет дальше и чего не хватает
help-private-head = Ваши данные
help-private-lines =
    `/brief privacy`: что о вас хранится, файлом, или удалить
menu-ask = Спросить об этом
zone-europe-berlin = Берлин, Париж, Рим, Мадрид, Лагос
zone-europe-london = Лондон, Лиссабон, Дублин, Аккра
zone-europe-helsinki = Хельсинки, Киев, Афины, Бухарест
zone-europe-moscow = Москва, Стамбул, Минск, Найроби
zone-america-new-york = Нью-Йорк, Торонто, Атланта, Майами
zone-america-chicago = Чикаго, Хьюстон, Виннипег
zone-america-denver = Денвер, Калгари, Солт-Лейк-Сити
zone-america-los-angeles = Лос-Анджелес, Сан-Франциско, Сиэтл, Ванкувер
zone-america-sao-paulo = Сан-Паулу, Рио-де-Жанейро, Бразилиа
zone-america-mexico-city = Мехико, Гвадалахара, Монтеррей
zone-america-bogota = Богота, Лима, Кито
zone-america-argentina-buenos-aires = Буэнос-Айрес, Монтевидео
zone-africa-cairo = Каир, Александрия
zone-africa-johannesburg = Йоханнесбург, Кейптаун, Хараре
zone-asia-dubai = Дубай, Абу-Даби, Баку, Тбилиси
zone-asia-karachi = Карачи, Лахор, Ташкент
zone-asia-kolkata = Дели, Мумбаи, Бангалор, Калькутта
zone-asia-dhaka = Дакка, Бишкек
zone-asia-bangkok = Бангкок, Ханой, Джакарта
zone-asia-shanghai = Пекин, Шанхай, Гонконг, Тайбэй, Сингапур
zone-asia-tokyo = Токио, Осака, Сеул
zone-australia-sydney = Сидней, Мельбурн, Канберра
zone-pacific-auckland = Окленд, Веллингтон
zone-asia-yekaterinburg = Екатеринбург, Челябинск
zone-utc = Всемирное время, Рейкьявик
kept-proposal = { $n ->
    [one] { $day }: { $n } предложение
    [few] { $day }: { $n } предложения
   *[many] { $day }: { $n } предложений
}
doctor-missed = { $n ->
    [one] { $n } выпуск не опубликован.
    [few] { $n } выпуска не опубликованы.
   *[other] { $n } выпусков не опубликованы.
}
doctor-paused-more = { $n ->
    [one] Приостановлен ещё { $n } канал.
    [few] Приостановлены ещё { $n } канала.
   *[other] Приостановлены ещё { $n } каналов.
}
doctor-late = { $n ->
    [one] За последние { $days } дней { $n } выпуск опоздал больше чем на { $minutes } минут.
    [few] За последние { $days } дней { $n } выпуска опоздали больше чем на { $minutes } минут.
   *[other] За последние { $days } дней { $n } выпусков опоздали больше чем на { $minutes } минут.
}
doctor-down-more = и ещё { $n }

## discord: commands

cmd-brief-about = Обзоры того, о чём спорят, с источниками
cmd-sources = источники
cmd-sources-about = Показать и изменить, что читает сервер
cmd-now = сейчас
cmd-now-about = Получить выпуск из собранного к этому часу, только для вас
cmd-now-topic = О чём он должен быть
cmd-now-hours = За сколько часов, от 1 до 168
cmd-now-language = Его язык
cmd-ask = спросить
cmd-ask-about = Спросить о последнем выпуске; ответ видите только вы
cmd-ask-question = Ваш вопрос
cmd-ask-edition = Другой выпуск
cmd-search = поиск
cmd-search-about = Искать в прежних выпусках
cmd-search-query = Что искать
cmd-status = состояние
cmd-status-about = Показать последний и следующий выпуск и что не читается
cmd-help = помощь
cmd-help-about = Показать, что здесь можно делать
cmd-privacy = данные
cmd-privacy-about = Показать, выгрузить или удалить то, что о вас хранится
cmd-setup = настройка
cmd-setup-about = Настроить выпуски для канала (управление сервером)
cmd-subscribe = подписать
cmd-subscribe-about = Подписать канал одной строкой (управление сервером)
cmd-subscribe-channel = Куда приходят выпуски
cmd-subscribe-desk = Чьи выпуски
cmd-subscribe-morning = Время, например 07:30, или нет
cmd-subscribe-evening = Время, например 18:00, или нет
cmd-subscribe-zone = Город или часовой пояс
cmd-subscribe-days = Например, mon-fri или mon,wed,fri
cmd-subscribe-language = Язык выпусков
cmd-settings = параметры
cmd-settings-about = Изменить время, язык, роль и прочее (управление сервером)
cmd-pause = пауза
cmd-pause-about = Приостановить выпуски канала (управление сервером)
cmd-pause-days = На сколько дней; без числа до возобновления
cmd-resume = возобновить
cmd-resume-about = Возобновить выпуски канала (управление сервером)
cmd-unsubscribe = отписать
cmd-unsubscribe-about = Прекратить выпуски канала (управление сервером)
cmd-preview = просмотр
cmd-preview-about = Показать, каким был бы следующий выпуск (управление сервером)
cmd-doctor = проверка
cmd-doctor-about = Проверить права и назвать недостающее (управление сервером)
cmd-sources-list = список
cmd-sources-list-about = Показать, что читает этот сервер
cmd-sources-add = добавить
cmd-sources-add-about = Добавить блог, ленту или аккаунт (управление сервером)
cmd-sources-add-address = Адрес страницы, ленты или аккаунта
cmd-sources-add-name = Как называть
cmd-sources-remove = убрать
cmd-sources-remove-about = Перестать читать кого-то (управление сервером)
cmd-sources-remove-thinker = Кого
cmd-sources-test = проверить
cmd-sources-test-about = Проверить адрес, ничего не сохраняя
cmd-sources-test-address = Адрес страницы, ленты или аккаунта
cmd-sources-import = загрузить
cmd-sources-import-about = Добавить все ленты из файла OPML (управление сервером)
cmd-sources-import-file = Файл OPML до 1 МБ
cmd-sources-propose = предложить
cmd-sources-propose-about = Предложить источник тем, кто управляет сервером
cmd-sources-propose-address = Адрес страницы, ленты или аккаунта
opt-topic = тема
opt-hours = часы
opt-language = язык
opt-question = вопрос
opt-edition = выпуск
opt-query = запрос
opt-channel = канал
opt-desk = редакция
opt-morning = утро
opt-evening = вечер
opt-zone = пояс
opt-days = дни
opt-address = адрес
opt-name = название
opt-thinker = автор
opt-file = файл

## slack: messages and windows

only-you = Видите только вы.
loading = Одну минуту.
said-deeper = Подробнее о сюжете { $number }
said-passage = Весь отрывок из источника { $n }
said-useful = Отметить ответ как полезный
said-not-useful = Отметить ответ как бесполезный
text-card = { $desk }, { $issue }: { $title }
text-story = Сюжет { $number } из { $total }: { $title }
at-time = { $day } в { $time }
not-all-fits = Сюда поместилось не всё.
not-all-fits-type = Сюда поместилось не всё. Напишите в ветке `{ $words }`, чтобы увидеть остальное.

## installing

install-name = Counterpoint
install-front = Counterpoint каждое утро и каждый вечер публикует выпуск: о чём спорят думающие люди, с источником за каждым предложением.
install-add = Добавить Counterpoint в Slack
install-done-title = Counterpoint установлен
install-done-in = Теперь он в рабочем пространстве { $workspace }.
install-done-org = Теперь он установлен для { $organization }. Дальше администратор организации добавляет его в рабочие пространства.
install-done = Он ничего не публикует, пока кто-нибудь не настроит его на вкладке App Home.
install-open = Открыть App Home в Slack
install-open-browser = Открыть Slack в браузере
install-refused-title = Ничего не установлено
install-refused = Вы не дали разрешения, поэтому ничего не сохранено.
install-stale-title = Эта ссылка не подходит
install-stale = Она начата в другом браузере, уже использована или старше десяти минут. Ничего не установлено.
install-failed-title = Установить не удалось
install-failed = Slack или база данных этой страницы не ответили как надо. Ничего не опубликовано. Повторите через минуту.
install-again = Начать заново
install-nothing-title = По этому адресу ничего нет
install-nothing = Проверьте ссылку, которая привела на эту страницу.

## slack: rights

scope-write = публиковать выпуски и ответы
scope-commands = предлагать /brief и действия
scope-mentions = узнавать, когда меня упоминают
scope-channels = знать, как называется канал и состою ли я в нём
scope-history = отвечать в ветках выпусков и проверять, не вышел ли выпуск уже
scope-direct = читать то, что мне пишут
scope-open = писать тому, кто об этом попросил
scope-people = знать язык и часовой пояс человека и то, кто управляет рабочим пространством
scope-assistant = показывать, что я работаю, и подсказывать вопросы
scope-private = то же в закрытых каналах
scope-private-history = отвечать и проверять в закрытых каналах
scope-join = входить в открытый канал без приглашения
scopes-how = Добавьте их на странице приложения на api.slack.com/apps, раздел OAuth & Permissions, и установите приложение заново.
slack-invite = Наберите /invite @Counterpoint в этом канале.
slack-unarchive = Верните канал из архива или выберите другой.
slack-not-a-member = Меня нет в этом канале, и я не могу в нём писать. Наберите в нём /invite @Counterpoint.
slack-no-channel = Такого канала нет, или он закрытый и меня в нём нет. Наберите в нём /invite @Counterpoint.
slack-archived = Канал в архиве: писать в нём никто не может.
slack-no-history = Без { $scope } я не могу отвечать там в ветках, а после сбоя не могу узнать, вышел ли выпуск.
slack-not-installed = Counterpoint больше не установлен в этом рабочем пространстве. Попросите администратора установить его снова.
slack-not-in-it = Меня нет в этом канале.
slack-not-found = Такого канала нет, или он закрытый и меня в нём нет.
slack-no-people = Без users:read я не вижу, кто управляет рабочим пространством. Добавьте это право на странице приложения на api.slack.com/apps, раздел OAuth & Permissions, и установите приложение заново.
scope-files = чтобы показывать картинку с главами эпизода

## slack: talk

status-working = ищет ответ
status-reading = { $n ->
    [one] читает { $n } источник этого выпуска
    [few] читает { $n } источника этого выпуска
   *[many] читает { $n } источников этого выпуска
}
loading-reading = Читаю источники этого выпуска
loading-comparing = Сравниваю, что в них сказано
press-late = Прошло слишком много времени. Нажмите ещё раз.
ask-anew = Я больше не могу прочитать этот вопрос. Задайте его ещё раз.
ask-send = Спросить
ask-empty = Напишите вопрос.
wrong-send = Сообщить
cannot-share-slack = Я не могу здесь писать, поэтому это видите только вы. Пригласите Counterpoint в канал, и я смогу.
no-edition-slack = Выпусков пока нет. Откройте вкладку «Главная» и нажмите «Настроить» или введите `/brief setup` в канале.
send-title = Поделиться сюжетом
send-label = Канал
send-hint = Сюжет появится там от вашего имени.
send-send = Поделиться
send-now = Теперь это есть в том канале.
send-before = Это уже есть в том канале.
send-not-there = Меня нет в том канале. Введите там `/invite @Counterpoint` и поделитесь сюжетом ещё раз.
send-unsure = Slack не сообщил, опубликован ли сюжет. Посмотрите в канале, прежде чем делиться снова.
feedback-title = Бесполезно
feedback-label = Что с ним не так?
feedback-unsupported = В источниках этого нет
feedback-off-point = Это не ответ на мой вопрос
feedback-long = Слишком длинно
feedback-more = Что вы хотели узнать?
feedback-hint = В нескольких словах
feedback-note = «Повторить» даст новый ответ в том же сообщении: на ваши слова, короче или из прежних выпусков.
prompts-title = Спросите о последнем выпуске
prompt-sources = Источники: { $title }
prompt-counter = Что говорят против сюжета { $number }?
prompt-changed = Что нового в сюжете { $number }?
prompt-deeper = Кто что утверждает в сюжете { $number }?
prompt-list = Все сюжеты этого выпуска
prompt-begin = Как это настроить?
prompt-help = Что здесь можно делать?
cancel = Отмена

## slack: commands

slack-only-managers = Вы не можете это менять. Это могут администраторы и владельцы рабочего пространства.
slack-only-managers-and = Вы не можете это менять. Это могут администраторы и владельцы рабочего пространства и { $name }: этот человек установил Counterpoint.
slack-subscription-none = В этом рабочем пространстве пока нет выпусков. Начать может администратор: `/brief setup` или вкладка «Главная».
slack-subscription-which = Выпуски приходят в несколько каналов, но не в этот. Введите команду там или `/brief settings`.
slack-form-too-old = Я больше не могу прочитать эту форму. Введите `/brief` или откройте вкладку «Главная».
slack-status-none = Ни один канал этого рабочего пространства пока не получает выпусков.
slack-sources-title = Что здесь читается
slack-source-proposed = Спасибо. Те, кто управляет рабочим пространством, увидят ваше предложение: { $name }.
slack-privacy-server = Если убрать приложение из рабочего пространства, всё, что о нём хранится, удаляется.
slack-forget-sure = Удалить всё, что о вас хранится? Подписки принадлежат рабочему пространству и останутся без вашего имени.
slack-help-title = Что можно делать
slack-help-read-lines =
    `/brief сейчас агенты 24ч`: выпуск из собранного к этому часу, только для вас; его можно опубликовать в канале
    `/brief эпизод` со ссылкой или названием: обзор подкаста или видео, он появится в канале
    `/brief подкасты`: подкасты и каналы, которые здесь читаются, и их эпизоды
    `/brief поиск память`: что об этом было в прежних выпусках
    `/brief состояние`: прошлый и следующий выпуск
slack-help-ask-lines =
    `/brief спросить Кто не согласен?`: ответ из последнего выпуска, только для вас
    Отвечайте в ветке выпуска или введите `источники 2`, `возражение 3`, `подробнее 1`, `список`: ответ придёт в ветку
    «Спросить об этом» в меню сообщения: то же о любом сообщении
slack-help-manage-head = Управлять: для администраторов
slack-help-manage-lines =
    `/brief настройка`: выбрать канал и время
    `/brief параметры`: время, дни, язык, как я отвечаю
    `/brief пауза 3д`, `/brief возобновить`, `/brief отписать`
    `/brief источники список`, `добавить`, `убрать`, `проверить`, `загрузить`; участникам доступно `предложить`
    `/brief просмотр` и `/brief проверка`: что будет дальше и чего не хватает
slack-unknown-word = Я не знаю { $word }. Вот что можно ввести:
slack-late-form = Прошло слишком много времени, и ничего не открылось. Введите команду ещё раз или откройте вкладку «Главная».
slack-setup-about = Выберите, куда и когда. Остальное можно изменить позже.
slack-channel = Канал
slack-channel-hint = В закрытый канал сначала пригласите @Counterpoint.
slack-am = Утренний выпуск
slack-pm = Вечерний выпуск
slack-time = Время
slack-time-hint = Очистите поле, чтобы выпуска не было.
slack-zone = Часовой пояс
slack-zone-hint = Из вашего профиля Slack. Введите город, чтобы найти другой.
slack-language = Язык
slack-days = Дни
slack-save = Сохранить
slack-channel-none = Выберите канал.
slack-days-none = Выберите хотя бы один день.
slack-missing = Я пока не могу публиковать в { $channel }.
slack-missing-then = Потом нажмите «Проверить снова»: всё выбранное сохранится.
slack-preview-title = Просмотр
slack-saved = Сохранено. Первый выпуск придёт в { $channel } { $time }. Вот что в нём было бы сейчас.
slack-saved-short = Сохранено. Первый выпуск придёт в { $channel } { $time }.
slack-preview-head = Вот что было бы сейчас в следующем выпуске для { $channel }.
slack-post-not-here = Здесь нет канала, куда это опубликовать. Введите `/brief сейчас` в канале.
slack-settings-answers = Как я там отвечаю
slack-stop-here = Больше не публиковать
slack-all-places = Все каналы
slack-stop-title = Больше не публиковать?
slack-search-title = Поиск по выпускам
slack-search-label = Что искать
slack-search-empty = Напишите, что искать.
slack-address-label = Адрес
slack-address-hint = Страница, лента или аккаунт, например https://example.org/feed.xml
slack-address-empty = Напишите адрес.
slack-name-label = Как называть
slack-thinker-label = Кого больше не читать
slack-thinker-empty = Выберите кого-нибудь.
slack-import-label = Список (OPML)
slack-import-hint = Вставьте файл или несколько его строк outline: не больше 3 000 знаков за раз.
slack-import-empty = Вставьте список.
slack-source-add = Добавить источник
slack-source-remove = Убрать источник
slack-source-test = Проверить адрес
slack-source-propose = Предложить источник
slack-source-import = Добавить список
slack-exported = Всё, что о вас хранится, в виде JSON. Выделите, чтобы скопировать.
slack-doctor-reads = Ответы в ветках выпусков читаются.
slack-doctor-no-reads = Ответы в ветках не читаются: нет channels:history. Упоминания, кнопки и команды работают.
slack-home-title = Counterpoint
slack-home-first = Сводки из голосов, которые спорят друг с другом
slack-home-first-what = Дважды в день я читаю список открытых источников, нахожу, о чём спорят сразу несколько человек, и публикую одно сообщение в выбранном канале. У каждого предложения есть ссылка на источник. Я отвечаю в своих ветках и там, где меня упомянули, и больше нигде.
slack-home-first-who = Настроить это здесь может администратор рабочего пространства.
slack-set-up = Настроить
slack-example = Показать пример
slack-home-next = Следующий выпуск: { $when }
slack-home-none = Выпусков не запланировано
slack-home-goes = { $slot ->
    [am] Утренний выпуск редакции { $desk }, в { $channel }.
    [pm] Вечерний выпуск редакции { $desk }, в { $channel }.
   *[now] Выпуск редакции { $desk }, в { $channel }.
}
slack-home-last = Прошлый пришёл { $time }, вовремя.
slack-home-last-late = Прошлый был назначен на { $time } и опоздал.
slack-home-paused = Все выпуски приостановлены.
slack-when-today = сегодня в { $time }
slack-when-tomorrow = завтра в { $time }
slack-when-day = { $day }, { $time }
slack-now = Сводка сейчас
slack-search = Поиск по выпускам
slack-status = Состояние
slack-sources = Источники
slack-help = Помощь
slack-settings = Настройки
slack-home-where = Куда приходит
slack-home-more = { $n ->
    [one] и ещё { $n } канал: `/brief параметры`
    [few] и ещё { $n } канала: `/brief параметры`
   *[other] и ещё { $n } каналов: `/brief параметры`
}
slack-home-direct = личные сообщения
slack-home-line = { $desk } · { $times }, { $zone } · { $days } · { $language }
slack-home-both = { $am } и { $pm }
slack-home-add = Добавить канал
slack-home-you = Вы
slack-home-you-language = Язык: { $language }, как в вашем профиле Slack.
slack-home-you-zone = Часовой пояс: { $zone }.
slack-home-you-direct = Личные сообщения: я пишу вам, только если вы написали первыми.
slack-kept = Что обо мне хранится
slack-home-health = Всё ли в порядке
slack-home-for-admins = Для администраторов рабочего пространства
slack-home-sources = { $n ->
    [one] Отвечает { $well } из { $n } источника.
   *[other] Отвечает { $well } из { $n } источников.
}
slack-doctor = Проверить всё
slack-home-privacy = Хранятся выпуски, настройки и счётчики дневных лимитов. Слова ваших вопросов под вашим именем не хранятся.
slack-brief-hours = ч, час, часа, часов
slack-brief-days = д, дн, день, дня, дней
slack-stop-there = этого канала
slack-export = Выгрузить текстом
slack-help-private-lines =
    `/brief данные`: что о вас хранится, текстом, или удалить
slack-said-settings = Настройки: { $channel }
slack-not-done = Не получилось.
slack-answers-mentions = Только если упомянули
slack-answers-questions = На упоминания и вопросы
slack-answers-all = На всё в своих ветках
slack-zone-search = Введите город, чтобы найти другой.
slack-thinker-choose = Выберите источник
slack-ask-alone = Ответ увидите только вы.
slack-private-channel = закрытый канал
slack-no-files = В Slack я не открываю файлы. Вставьте ссылку на эпизод или на страницу с его расшифровкой либо запустите counterpoint episode с этим файлом.
slack-episode = Показать обзор
slack-episode-title = Обзор эпизода
slack-episode-label = Ссылка или название
slack-episode-empty = Вставьте ссылку или напишите название эпизода.

## what is kept about somebody: tokens

kept-tokens = { $n ->
    [one] { $day }: { $n } токен языковой модели
    [few] { $day }: { $n } токена языковой модели
   *[many] { $day }: { $n } токенов языковой модели
}

## what was said before

long-day = { $day } { $month ->
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
}
said-then = { $name }: { $day } — { $words }
promise-still = { $when ->
    [morning] Сегодня утром
    [evening] Сегодня вечером
    [yesterday] Вчера
   *[day] { $day }
} мы писали: { $text } Ответа пока нет.
promise-left = { $day } мы писали: { $text } Ответа мы не нашли и больше не ищем.

## answers of a model

answer-written = Текст написан моделью { $model } и проверен.
answer-broken = На этом месте модель { $model } прервалась. То, что она написала, проверено.
answer-unwritten = Модель не ответила. Это отрывки из источников.
answer-unfounded = Модель не нашла ответа. Это отрывки из источников.
answer-dropped = Ответ модели не прошёл проверку. Это отрывки из источников.
spent = { $n ->
    [one] Ваш { $n } вопрос к модели на сегодня исчерпан. До { $time } отвечаю отрывками из источников.
    [few] Ваши { $n } вопроса к модели на сегодня исчерпаны. До { $time } отвечаю отрывками из источников.
   *[many] Ваши { $n } вопросов к модели на сегодня исчерпаны. До { $time } отвечаю отрывками из источников.
}
spent-place = { $n ->
    [one] Здесь на сегодня исчерпан { $n } вопрос к модели. До { $time } отвечаю отрывками из источников.
    [few] Здесь на сегодня исчерпаны { $n } вопроса к модели. До { $time } отвечаю отрывками из источников.
   *[many] Здесь на сегодня исчерпаны { $n } вопросов к модели. До { $time } отвечаю отрывками из источников.
}
spent-none = Здесь модель на вопросы не отвечает. Это отрывки из источников.
spent-tokens = Модель на сегодня написала всё, что могла. До { $time } отвечаю отрывками из источников.
answer-claimed = Что утверждают:
answer-missing = Чего не хватает:

## edition: around what a model writes

dialogue-first-host = Это { $desk }. Я { $host }.
dialogue-second-host = А я { $host }. У каждого утверждения есть номер: он стоит в ветке.
dialogue-read = { $voices ->
    [one] Прозвучал { $voices } голос
    [few] Прозвучали { $voices } голоса
   *[many] Прозвучало { $voices } голосов
}, { $sources ->
    [one] прочитан { $sources } источник
    [few] прочитаны { $sources } источника
   *[many] прочитано { $sources } источников
}.
dialogue-next = { $coming ->
    [today-morning] Следующий выпуск выйдет сегодня утром.
    [today-afternoon] Следующий выпуск выйдет сегодня днём.
    [today-evening] Следующий выпуск выйдет сегодня вечером.
    [tomorrow-morning] Следующий выпуск выйдет завтра утром.
    [tomorrow-afternoon] Следующий выпуск выйдет завтра днём.
    [tomorrow-evening] Следующий выпуск выйдет завтра вечером.
   *[later] Следующий выпуск выйдет через несколько дней.
}
dialogue-end = Это был { $desk }. Ссылки в ветке.
note-spent = Бюджет языковой модели исчерпан: остальное составлено из отобранных предложений.
card-repaired = { $n ->
    [one] Исправлено и проверено заново: { $n } предложение.
    [few] Исправлено и проверено заново: { $n } предложения.
   *[many] Исправлено и проверено заново: { $n } предложений.
}
card-selected = { $n ->
    [one] Отобрано из оригиналов: { $n } предложение.
    [few] Отобрано из оригиналов: { $n } предложения.
   *[many] Отобрано из оригиналов: { $n } предложений.
}

## on demand

being-written = Модель пишет этот выпуск. Когда она закончит, текст обновится.

## translations

my-language = На моём языке
words-language-mine = моём языке, мой язык, моему
translate-same = Переводить нечего: это и так на этом языке.
translate-failed = На этот раз перевести не удалось. Выпуск остаётся как есть.
translate-unknown = Не знаю, на каком языке вы читаете. Назовите его, например: `на немецком`.
translate-note = Перевела модель { $model }, перевод проверен. Цитаты оставлены в оригинале.
translate-kept = { $text } (слова оригинала)
translate-kept-note = { $n ->
    [one] { $n } часть не прошла проверку и осталась в оригинале.
    [few] { $n } части не прошли проверку и остались в оригинале.
   *[many] { $n } частей не прошли проверку и остались в оригинале.
}
translate-growing = Остальное переводится.
translate-told = Подробно:
first-story = Читать сюжет 1
read-story = Читать сюжет
look-translated = Перевод
look-translated-story = Сюжет { $number }, перевод

## pictures

shape-chapters = { $count ->
    [one] { $count } глава
    [few] { $count } главы
   *[many] { $count } глав
}
shape-estimated = время примерное
shape-shared = { $title } (и ещё { $count })
shape-others = остальные
shape-lanes = О чём говорят: штрих на каждое упоминание
shape-mentions = { $count ->
    [one] { $count } упоминание
    [few] { $count } упоминания
   *[many] { $count } упоминаний
}
shape-alt = Лента времени эпизода: { $count ->
    [one] { $count } глава
    [few] { $count } главы
   *[many] { $count } глав
}, всего { $duration }; самая длинная { $number }, «{ $title }», { $length }.
shape-alt-untitled = Лента времени эпизода: { $count ->
    [one] { $count } глава
    [few] { $count } главы
   *[many] { $count } глав
}, всего { $duration }; самая длинная { $number }, { $length }.
shape-alt-one = Лента времени эпизода: одна часть, { $duration }, «{ $title }».
shape-alt-one-untitled = Лента времени эпизода: одна часть, { $duration }.
shape-alt-shares = Доли речи: { $name } { $share }%, { $others }.
shape-alt-both = «{ $name }» упоминается весь эпизод, «{ $other }» только с { $start } до { $end }.
shape-alt-part = «{ $name }» упоминается только с { $start } до { $end }.
shape-alt-throughout = «{ $name }» упоминается весь эпизод.

## Episodes

episode-times-sparse = В расшифровке мало отметок времени: остальные вычислены.
episode-times-estimated = В расшифровке нет отметок времени: они приблизительны.
episode-repaired = В расшифровке { $n ->
    [one] исправлено { $n } место
    [few] исправлено { $n } места
   *[many] исправлено { $n } мест
}.
episode-two-languages = Говорят на двух языках: { $first } и { $second }.
episode-comes-here = Обзор выпуска «{ $title }» скоро появится в этом канале.
episode-stands-here = Обзор выпуска «{ $title }» уже есть в этом канале или скоро появится.

## episodes on platforms

episode-untitled = Эпизод
tag-episode = эпизод
shows-title = Подкасты и каналы
shows-none = Здесь пока не читается ни один подкаст или канал. Его добавляют как источник.
shows-more = { $n ->
    [one] И ещё { $n }, по названию.
    [few] И ещё { $n }, по названию.
   *[many] И ещё { $n }, по названию.
}
show-episodes = { $n ->
    [0] эпизодов пока нет
    [one] { $n } эпизод
    [few] { $n } эпизода
   *[many] { $n } эпизодов
}
show-transcripts = { $n ->
    [0] без расшифровок
    [one] { $n } расшифровка
    [few] { $n } расшифровки
   *[many] { $n } расшифровок
}
episodes-none = Эпизоды этого подкаста пока неизвестны.
episodes-more = { $n ->
    [one] И ещё { $n } более ранний, по названию или ссылке.
    [few] И ещё { $n } более ранних, по названию или ссылке.
   *[many] И ещё { $n } более ранних, по названию или ссылке.
}
episode-transcript = есть расшифровка
episode-no-transcript = без расшифровки
episode-overview = обзор готов
open-show = Показать эпизоды подкаста
open-episode = Открыть обзор
listened-finding = Ищу эпизод.
listened-reading = Читаю расшифровку.
listened-hearing = Расшифровки нет, поэтому слушаю запись. Это займёт несколько минут.
listened-composing = Размечаю главы.
listened-writing = Пишу обзор.
episode-which = Назовите эпизод или вставьте ссылку на него либо приложите файл с расшифровкой.
episode-one-of-both = Укажите ссылку или название либо файл, но не то и другое сразу.
file-too-large = Файл слишком велик. Расшифровка может занимать { $n } МБ.
episode-posted = Обзор появится в { $channel } через мгновение.
episode-stands = Обзор уже есть в { $channel } или скоро там появится.
episode-alone = Вам нельзя писать в этом канале, поэтому обзор видите только вы.
episode-alone-ours = Мне нельзя писать в этом канале, поэтому обзор видите только вы.
cmd-episode = эпизод
cmd-episode-about = Показать обзор выпуска подкаста или видео: главы, цитаты, люди
cmd-episode-episode = Ссылка или название эпизода подкаста, который здесь читается
cmd-episode-file = Файл с расшифровкой вместо ссылки
cmd-shows = подкасты
cmd-shows-about = Показать подкасты и каналы, которые здесь читаются
cmd-episodes = эпизоды
cmd-episodes-about = Показать эпизоды подкаста, сначала новые
cmd-episodes-show = Подкаст
opt-episode = эпизод
opt-show = подкаст
episodes-no = Обзоры новых выпусков: нет
episodes-yes = Обзоры новых выпусков: да
settings-episodes-no = Обзоры новых выпусков и видео сами не приходят.
settings-episodes-yes = Обзоры новых выпусков и видео тоже приходят сами.
slack-settings-episodes = Обзоры новых выпусков
slack-episodes-no = Нет
slack-episodes-yes = Да, по мере выхода

## episode: overview and chapters

who-speaks = { $hosts }; в гостях: { $guests }
chapter-span = с { $start } по { $end }
chapters-title = Главы
chapters-more = { $n ->
    [one] и ещё { $n }: наберите `главы`
    [few] и ещё { $n }: наберите `главы`
   *[many] и ещё { $n }: наберите `главы`
}
chapters-none = Глав нет: записи сказанного не существует.
episode-hint = Отвечайте здесь: спросите. Годятся и короткие слова: `глава { $number }`, `глава 12:40`, `цитаты`, `люди`, `помощь`.
episode-hint-who = Отвечайте здесь: спросите. Годятся и короткие слова: `глава { $number }`, `глава 12:40`, `цитаты`, `кто такой { $name }`, `люди`, `помощь`.
chapters-by-publisher = Главы от издателя.
chapters-by-us = Главы найдены по расшифровке.
episode-selected = Обзор отобран из расшифровки, без модели.
episode-selected-notes = Обзор отобран из описания, без модели.
episode-written = Обзор написан моделью { $model } и проверен.
episode-quotes-checked = { $quotes ->
    [one] Дословно: { $exact } из { $quotes } цитаты.
    [few] Дословно: { $exact } из { $quotes } цитат.
   *[many] Дословно: { $exact } из { $quotes } цитат.
}
episode-dropped = { $n ->
    [one] Снято { $n } предложение.
    [few] Снято { $n } предложения.
   *[many] Снято { $n } предложений.
}
transcript-from-publisher = Расшифровка остаётся у издателя.
transcript-from-captions = По субтитрам видео.
transcript-from-upload = По загруженной расшифровке.
transcript-from-speech = Распознано машиной, имена могут быть написаны с ошибками.
transcript-from-nobody = Расшифровки нет: это по описанию выпуска.
times-estimated = Время указано приблизительно.
times-sparse = Часть времени указана приблизительно.
chapter-of = глава { $number } из { $total }
chapter-kind-clip = фрагмент в начале
chapter-kind-ad = реклама
quote-by = { $speaker }, на { $time }, { $status }
quote-at = на { $time }, { $status }
clip-from = отрывок разговора на { $time }
chapter-speaking = Говорят: { $names }.
speaking-share = { $name } { $percent }%
chapter-named = Здесь названы: { $names }.

## episode: replies

chapters-head = { $n ->
    [one] { $n } глава:
    [few] { $n } главы:
   *[many] { $n } глав:
}
chapter-head = Глава { $number }, { $title } ({ $span }).
deeper-head = Ещё из главы { $number }, { $title }:
deeper-nothing = В главе { $number } больше нет слов, которые понятны сами по себе. Наберите `глава { $number }` или спросите.
quotes-none-here = В главе { $number } нет выделенных цитат.
quotes-none = В этом выпуске нет выделенных цитат.
quotes-more = { $n ->
    [one] И ещё { $n }: наберите `цитата { $number }`, чтобы увидеть цитаты одной главы.
    [few] И ещё { $n }: наберите `цитата { $number }`, чтобы увидеть цитаты одной главы.
   *[many] И ещё { $n }: наберите `цитата { $number }`, чтобы увидеть цитаты одной главы.
}
no-such-chapter = { $most ->
    [1] Глава одна: номер 1. Конец на { $time }.
   *[other] Есть главы с 1 по { $most }. Конец на { $time }.
}
people-none = Никто и ничто не названы достаточно часто для списка.
person = { $name }: { $role }.
person-of = { $name }: { $role }, { $org }.
person-host = ведёт разговор
person-guest = в гостях
person-named = имя звучит в разговоре
as-heard = { $name } (на слух)
entity = { $n ->
    [one] { $name }: { $type }, { $n } упоминание.
    [few] { $name }: { $type }, { $n } упоминания.
   *[many] { $name }: { $type }, { $n } упоминаний.
}
entity-person = человек
entity-organization = организация
entity-software = программа
entity-concept = термин
entity-place = место
entity-work = произведение
episode-who-named = Среди людей и терминов выпуска { $name } нет. Имя звучит здесь:
episode-who-unknown = Среди людей и терминов выпуска { $name } нет, и само имя не звучит.
episode-source = { $title } ({ $show }): { $url }
episode-link = { $title }: { $url }
episode-audio = { $title }: послушать можно там, где это опубликовано.
episode-audio-missing = Где можно послушать «{ $title }», никто не сказал.
transcript-none = Расшифровки нет. Всё, что здесь есть, взято из описания выпуска.
transcript-short = Расшифровка остаётся у издателя, поэтому здесь только слова около одного времени. Наберите другое, например `расшифровка 12:40`.
transcript-page = Страница { $number } из { $total }. Чтобы открыть другую, наберите `расшифровка` и номер.
no-such-page = { $most ->
    [1] В расшифровке одна страница.
   *[other] В расшифровке страницы с 1 по { $most }.
}
episode-help-head = Наберите одно из этих слов отдельным сообщением или просто спросите о выпуске:
episode-help-not = Это слово годится для выпусков новостей. Здесь можно набрать вот что или просто спросить:
episode-help-chapter = `глава 4`: о чём говорит глава 4; `глава 12:40`: глава в это время и слова вокруг него
episode-help-chapters = `главы`: все главы и их время
episode-help-quotes = `цитаты`: сказанное дословно; `цитата 4`: из главы 4
episode-help-deeper = `подробнее 4`: ещё из сказанного в главе 4
episode-help-people = `люди`: кто говорит, кто и что названы
episode-help-who = `кто такой` и имя: что о нём есть в выпуске
episode-help-transcript = `расшифровка 12:40`: слова около этого времени
episode-help-sources = `источники`: сам выпуск и его ссылки
episode-help-language = `на английском`: мои слова на другом языке
episode-help-ask = На вопрос отвечаю сказанными словами, с именем и временем. Если никто этого не говорит, так и скажу.
episode-translate-missing = Для перевода нужна языковая модель, а она не подключена. Сказанное остаётся на своём языке.
episode-refusal = В этом выпуске нет. Никто в нём этого не говорит.
episode-refusal-words = В этом выпуске нет. Никто не произносит: { $words }.
episode-refusal-foreign = Ответа в этом выпуске не нашлось; он на другом языке, чем вопрос.
look-chapters = Главы этого выпуска
look-quotes = Цитаты этого выпуска
look-quotes-chapter = Цитаты главы { $number }
look-people = Люди и термины
look-transcript = Из расшифровки
look-deeper-chapter = Ещё о главе { $number }
look-episode = Этот выпуск
progress-episode = Читаю, что сказано в этом выпуске
progress-listen = Ищу выпуск и его расшифровку
not-in-episode = В этом выпуске нет.
said-around = Сказано около { $time }:
gone-episode = Этот эпизод больше не хранится.

## episode: words without a model

part-clip = Отрывок в начале
part-intro = Вступление
part-ad = Реклама
part-outro = Прощание
part-again = { $title } { $n }
part-plain = Часть { $n }
told-said = { $name }: «{ $words }»
told-unnamed = «{ $words }»
told-later = И позже: «{ $words }»
told-clip = Отрывок из самой беседы, там это звучит на { $time }.
told-speak = { $count ->
    [one] Здесь говорит { $names }, { $time }.
   *[other] Здесь говорят { $names }, { $time }.
}
told-nobody = Разговор, { $time }.
names-and = { $first } и { $last }
overview-guests = { $count ->
    [one] Беседу ведёт { $hosts }
   *[other] Беседу ведут { $hosts }
}, в гостях { $guests }: { $time }, { $chapters ->
    [one] { $chapters } часть
    [few] { $chapters } части
   *[other] { $chapters } частей
}.
overview-talk = Беседуют { $names }: { $time }, { $chapters ->
    [one] { $chapters } часть
    [few] { $chapters } части
   *[other] { $chapters } частей
}.
overview-alone = Говорит { $name }: { $time }, { $chapters ->
    [one] { $chapters } часть
    [few] { $chapters } части
   *[other] { $chapters } частей
}.
overview-nobody = Запись длится { $time }, в ней { $chapters ->
    [one] { $chapters } часть
    [few] { $chapters } части
   *[other] { $chapters } частей
}.
overview-named = Чаще всего называют: { $names }.
overview-in = В части «{ $title }» { $name } говорит: «{ $words }»
overview-in-unnamed = В части «{ $title }» кто-то говорит: «{ $words }»
overview-also = В части «{ $title }» { $name }: «{ $words }»
overview-end = Ближе к концу { $name } говорит: «{ $words }»
overview-end-unnamed = Ближе к концу кто-то говорит: «{ $words }»
overview-parts = Части по порядку: { $titles }.
overview-most = Больше всех говорит { $name }: { $percent } слов из 100.
overview-longest = Самая длинная часть — «{ $title }», { $time }.
overview-begins = Первые слова: «{ $words }»
overview-closes = Последние слова: «{ $words }»
overview-notes = Расшифровки нет, поэтому вот что пишет издатель: «{ $words }»
overview-notes-more = Ещё издатель пишет: «{ $words }»
overview-notes-none = Расшифровки нет, а издатель не пишет ничего, что можно было бы процитировать.
names-others = { $n ->
    [one] { $first } и ещё { $n } человек
    [few] { $first } и ещё { $n } человека
   *[other] { $first } и ещё { $n } человек
}
overview-about = В начале { $name } говорит: «{ $words }»
overview-about-unnamed = В начале кто-то говорит: «{ $words }»

## Episodes in other languages

episode-translate-failed = Модель на этот раз не перевела. Обзор остаётся как есть.
