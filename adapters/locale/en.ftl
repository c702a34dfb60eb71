### The words of the interface, in English.
### Buttons and select options keep to 24 and 75 characters. A fixed sentence is one entry: never glue two.

## buttons

ask = Ask a question
sources = Sources
counter = Counter view
counters = Counter views
deeper = Go deeper
listen = Listen · { $time }
transcript = Transcript
feed = Open the feed
share = Share in thread
post = Post in thread
why = Why this story
settle = What would settle it
all-stories = All stories
wrong = Report a mistake
goto = Go to it
mine = Show it to me only
find = Search older editions
stop = Stop
retry = Try again
useful = Useful
not-useful = Not useful
passage = Full passage
more = More like this
less = Less like this
quotes = Quotes
entities = People and terms
open = Open the episode
prev = Previous: { $number }
next = Next: { $number }
listen-at = Listen at { $time }
save = Save and preview
change = Change times or language
post-now = Post this one now
post-here = Post here
wait = Wait for the first
check = Check again
channel = Choose another channel
set-up = Set up
example = Show me an example
preview = Preview now
now = Briefing now
search = Search editions
add = Add a channel
resume = Resume
edit = Edit
doctor = Run doctor
kept = What is kept about me
forget = Forget me
close = Close
cancel = Cancel

## selects

goto-story = Go to story
chapter = Read a chapter
full = Read a passage in full
where = Choose a channel
zone = What time is it where you read?

## labels

story = Story { $number } of { $total } · { $state }
state-new = new
state-update = update
state-developing = developing
state-settled = settled
slot-am = morning
slot-pm = evening
slot-now = on demand
signal = Signal:
signal-burst = { $voices ->
    [one] { $voices } voice
   *[other] { $voices } voices
}, { $items ->
    [one] { $items } item
   *[other] { $items } items
} in { $hours } h, usual { $usual } ({ $burst } times usual)
signal-few = { $voices ->
    [one] { $voices } voice
   *[other] { $voices } voices
}, { $items ->
    [one] { $items } item
   *[other] { $items } items
} in { $hours } h, too few for a multiplier
signal-unknown = { $voices ->
    [one] { $voices } voice
   *[other] { $voices } voices
}, { $items ->
    [one] { $items } item
   *[other] { $items } items
} in { $hours } h, usual rate not known yet
signal-unseen = { $voices ->
    [one] { $voices } voice
   *[other] { $voices } voices
}, { $items ->
    [one] { $items } item
   *[other] { $items } items
} in { $hours } h, none in the days before
signal-ordinary = { $voices ->
    [one] { $voices } voice
   *[other] { $voices } voices
}, { $items ->
    [one] { $items } item
   *[other] { $items } items
} in { $hours } h, usual { $usual }
why-now = Why now:
stance-for = for
stance-against = against
stance-adjacent = on a related point
sells = They sell { $what } and say so.
quoted-by = as quoted by { $publisher }
counter-person = Counter view, by { $name }:
counter-argument = Counter view, our argument, no source:
counter-none = Counter view: none found in this edition.
counter-kind-conflict = a conflict
counter-kind-scope = a different scope
counter-kind-changed = changed view
counter-kind-echo = same report repeated
synthesis-split = Split:
synthesis-leaning = Leaning:
synthesis-consensus = Consensus:
synthesis-one-sided = One side so far:
synthesis-talking-past = Talking past each other:
crux = The crux:
would-settle = What would settle it:
our-reading = Our reading:
plain-words = In plain words:
plain-word = { $term }: { $meaning }
connects = Connects to story { $number }:
sources-line = Sources:
sources-answer = From this edition:
quote-exact = exact words
quote-normalised = exact words
quote-translated = translation
original = Original:
promise-happened = Kept:
promise-not-yet = Not yet:
promise-dropped = Dropped:
promise-open = Open:
question = The open question
hint = Reply here to ask or to argue. Short words work too: `sources 2`, `counter 3`, `deeper 1`, `list`, `help`.
counts = { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
} · { $thinkers ->
    [one] { $thinkers } thinker
   *[other] { $thinkers } thinkers
}
counts-audio = { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
} · { $thinkers ->
    [one] { $thinkers } thinker
   *[other] { $thinkers } thinkers
} · { $time }
writer-selected = Selected from originals, no model.
writer-model = Written by { $model }, checked:
late = Late: planned for { $time }.
thin = { $n ->
    [0] A thin day: no stories. Nothing had two independent voices.
    [one] A thin day: { $n } story. Nothing else had two independent voices.
   *[other] A thin day: { $n } stories. Nothing else had two independent voices.
}
corrected = Corrected { $time }: { $what }.
progress = { $n ->
    [one] Reading { $n } source of this edition
   *[other] Reading { $n } sources of this edition
}
archive = { $n ->
    [one] Not in this edition. From { $n } older one:
   *[other] Not in this edition. From { $n } older ones:
}
refusal = { $n ->
    [one] Not in this edition. Its { $n } source does not say { $what }. The nearest passages:
   *[other] Not in this edition. None of its { $n } sources says { $what }. The nearest passages:
}
spent = { $n ->
    [one] You have used your { $n } model question for today. Until { $time } I answer with original passages.
   *[other] You have used your { $n } model questions for today. Until { $time } I answer with original passages.
}
error = I could not finish this answer. { $cause }. This question does not count: you have { $n } of { $m } left today.
stopped = Stopped.
gone = This edition is no longer kept.
not-yours = This one belongs to somebody else. Start your own with /brief setup.
private = Only you see this.

## time and quotation

moment = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $time } UTC
day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }
timed = { $words } (at { $time })

## cited

cited = { $thinker }, { $time }, { $title }: { $words }
cited-untitled = { $thinker }, { $time }: { $words }
cited-bare = { $thinker }, { $time }, { $title }
cited-star = { $thinker } starred this, { $time }. The project’s own words: { $words }
cited-repost = { $thinker } reposted this, { $time }. The original words: { $words }
cited-release = { $thinker } released this, { $time }. The release says: { $words }
cited-push = { $thinker } pushed this, { $time }. The commits say: { $words }
from-edition = Edition of { $date }, { $slot }. { $line }

## replies

no-stories = This edition has no stories.
no-such-story = { $most ->
    [one] This edition has one story: number 1.
   *[other] There are stories 1 to { $most }.
}
which-story = { $most ->
    [one] This edition has one story: number 1.
   *[other] Which story? There are stories 1 to { $most }; add the number, for instance `{ $example } 2`.
}
stories-head = { $n ->
    [one] { $n } story:
   *[other] { $n } stories:
}
numbered = { $number } · { $title }
sources-head = Story { $number } rests on these, with the words used:
sources-all = { $n ->
    [one] { $n } source stands behind this edition:
   *[other] { $n } sources stand behind this edition:
}
sources-of = Story { $number }: { $names }
quote-said = { $status ->
    [translated] { $thinker }, in translation.
   *[exact] { $thinker }. The words are exact.
}
quote-said-by-other = { $status ->
    [translated] { $thinker }, in translation, as quoted by { $publisher }.
   *[exact] { $thinker }, as quoted by { $publisher }. The words are exact.
}
quote-original = Original: { $words }
quote-inside = The sentence they stand in: { $words }
quote-missing = Story { $number } has no quotation set apart. Its sources hold the original words: type `sources { $number }`.
counter-of = Story { $number }: { $text }
counter-by-conflict = Its standing: a source, { $name }. Its kind: a conflict, so the two contradict each other.
counter-by-scope = Its standing: a source, { $name }. Its kind: a different scope, so both can be true.
counter-by-changed = Its standing: a source, { $name }. Its kind: a changed view, by the same voice.
counter-by-echo = Its standing: a source, { $name }. Its kind: one report repeated, not several.
counter-by-other = Its standing: a source, { $name }. It does not contradict the others outright.
counter-ours = This is our own argument. It has no source.
counter-missing = None found. No source of this edition disagrees on story { $number }, and we do not invent one.
counter-missing-short = none found in this edition.
counter-ours-short = our argument, no source: { $text }
crux-head = The crux of story { $number }: { $question }
crux-settles = What would settle it: { $text }
crux-missing = Story { $number } has no crux: its sources do not contradict each other.
crux-missing-one-sided = Story { $number } has no crux: only one side has spoken so far.
crux-missing-conflict = Story { $number } has no crux yet: its sources disagree, but none of them says what would settle it.
crux-ours = What stands against them is our own argument, which has no source.
crux-elsewhere = Story { $number } has a crux; type `crux { $number }`.
claim-for = For, { $thinker }: { $claim }
claim-against = Against, { $thinker }: { $claim }
claim-adjacent = On a related point, { $thinker }: { $claim }
named-by = { $name }, as quoted by { $publisher }
around = What stands around it:
around-nothing = The story already shows every passage its sources gave.
missing-against = What is missing: none of these passages speaks against it.
missing-numbers = What is missing: none of these passages gives a number.
missing-voices = What is missing: a second voice. All of this comes from one.
missing-link = What is missing: none of these passages names what would settle it.
why-burst = { $voices ->
    [one] { $voices } voice published
   *[other] { $voices } voices published
} { $items ->
    [one] { $items } item
   *[other] { $items } items
} on this in { $hours } h. The usual rate is { $usual }, so this is { $burst } times usual; by accident it would come at most once in { $chance } windows.
why-few = { $voices ->
    [one] { $voices } voice published
   *[other] { $voices } voices published
} { $items ->
    [one] { $items } item
   *[other] { $items } items
} on this in { $hours } h. That is too few for a multiplier.
why-unknown = { $voices ->
    [one] { $voices } voice published
   *[other] { $voices } voices published
} { $items ->
    [one] { $items } item
   *[other] { $items } items
} on this in { $hours } h. There is no usual rate for it yet, so there is no multiplier.
why-unseen = { $voices ->
    [one] { $voices } voice published
   *[other] { $voices } voices published
} { $items ->
    [one] { $items } item
   *[other] { $items } items
} on this in { $hours } h. There was none in the days before, so there is no multiplier.
why-ordinary = { $voices ->
    [one] { $voices } voice published
   *[other] { $voices } voices published
} { $items ->
    [one] { $items } item
   *[other] { $items } items
} on this in { $hours } h. The usual rate is { $usual }: lively, but no burst.
why-together = The items belong together because several of them name { $names }.
why-topic = The items belong together under one topic: { $topic }.
why-state-new = It is new: no earlier edition carried it.
why-state-update = It is an update: an earlier edition carried it, and there is something new.
why-state-developing = It is developing: an earlier edition carried it, and it goes on.
why-state-settled = It is settled: what an earlier edition left open has an answer.
who-person = { $name }, a person.
who-organization = { $name }, an organization.
who-podcast = { $name }, a podcast.
who-newsletter = { $name }, a newsletter.
who-quoted = { $name }, quoted by others here and not read directly.
who-handle = Handle: { $handle }
who-url = Address: { $url }
who-in-stories = { $n ->
    [one] In this edition: story { $numbers }.
   *[other] In this edition: stories { $numbers }.
}
who-position-for = Story { $number }, for: { $claim }
who-position-against = Story { $number }, against: { $claim }
who-position-adjacent = Story { $number }, on a related point: { $claim }
who-named = Nobody under the name { $name } speaks in this edition. The name stands in these passages:
who-unknown = Nobody under the name { $name } speaks in this edition, and no passage names them.
who-nearest = The nearest names: { $names }.
audio-missing = This edition has no audio. All of it is here to read: type `list` for the stories.
audio-length = This edition reads aloud in { $time }. Its parts:
audio-part = { $number } · { $title } ({ $start } to { $end })
part-missing = { $most ->
    [one] The audio has one part.
   *[other] The audio has parts 1 to { $most } and lasts { $time }.
}
spoken = { $host }: { $text }
translate-missing = A translation needs a language model, and none is set up. The original words stay as they are, each with its link.
answer-head = The original words on this:
refusal-plain = { $n ->
    [0] Not in this edition. It has no sources.
    [one] Not in this edition. Its { $n } source does not say it.
   *[other] Not in this edition. None of its { $n } sources says it.
}
refusal-number = { $n ->
    [0] Not in this edition. It has no sources.
    [one] Not in this edition. Its { $n } source gives no number for this.
   *[other] Not in this edition. None of its { $n } sources gives a number for this.
}
refusal-date = { $n ->
    [0] Not in this edition. It has no sources.
    [one] Not in this edition. Its { $n } source gives no time for this.
   *[other] Not in this edition. None of its { $n } sources gives a time for this.
}
refusal-reason = { $n ->
    [0] Not in this edition. It has no sources.
    [one] Not in this edition. Its { $n } source gives no reason for this.
   *[other] Not in this edition. None of its { $n } sources gives a reason for this.
}
refusal-words = { $n ->
    [0] Not in this edition. It has no sources.
    [one] Not in this edition. No passage of its { $n } source has the words: { $words }.
   *[other] Not in this edition. No passage of its { $n } sources has the words: { $words }.
}
refusal-foreign = { $n ->
    [0] Not in this edition. It has no sources.
    [one] I found no answer in the passages of its { $n } source, which stand in another language than your question.
   *[other] I found no answer in the passages of its { $n } sources, which stand in another language than your question.
}
refusal-archive = { $n ->
    [one] Not in { $n } older edition either.
   *[other] Not in the { $n } older editions either.
}
nearest = The nearest passages:
nearest-nothing = No passage comes near it. Type `list` for what this edition is about.

## help

help-head = Type one of these as the whole message, or just ask a question about the stories:
help-sources = `sources 2`: what story 2 rests on, in the original words
help-quote = `quote 3`: the quotation of story 3, and where it stands
help-counter = `counter 2`: the strongest disagreement with story 2
help-deeper = `deeper 1`: who claims what in story 1, and what is missing
help-crux = `crux 2`: the question whose answer would settle story 2
help-why = `why 2`: why story 2 is here, with its arithmetic
help-who = `who is` and a name: what this edition has of them
help-list = `list`: all stories of this edition
help-ask = A question gets passages from this edition first, then from older ones. If nothing supports an answer, I say so.

## troubles

too-fast = { $n ->
    [one] That was { $n } question within a minute, which is my limit for one person. Ask again after { $time }.
   *[other] That was { $n } questions within a minute, which is my limit for one person. Ask again after { $time }.
}
too-many = { $n ->
    [one] That was { $n } question within a day, which is my limit for one person. Ask again after { $time }.
   *[other] That was { $n } questions within a day, which is my limit for one person. Ask again after { $time }.
}
no-edition = There is no edition yet.
trouble-store = I could not answer: the database did not respond. Try again in a minute. If it goes on, tell whoever runs this bot: { $id }.
trouble-source = I could not answer: a source could not be read. Try again in a minute. If it goes on, tell whoever runs this bot: { $id }.
trouble-cores = I could not answer: the work took too long. Try a shorter question. If it goes on, tell whoever runs this bot: { $id }.
trouble-setting = I could not answer: a setting is wrong. Tell whoever runs this bot: { $id }.
trouble-inside = I could not answer: something went wrong on my side, not yours. Try again. If it goes on, tell whoever runs this bot: { $id }.

## typed words: the spellings of each command, lower case, with commas between

words-sources = sources, source, links
words-quote = quote, quotes, pull quote
words-counter = counter, counter view, counter views, counterview, other side
words-deeper = deeper, go deeper, dig deeper
words-crux = crux, the crux
words-chapter = chapter
words-why = why
words-who = who is, who's, whos, who are
words-audio = audio, listen
words-transcript = transcript
words-translate = in, translate to, translate into, translate in
words-list = list, stories, list stories
words-help = help, commands
words-filler = for, of, on, to, about, the, story, number, no, nr
words-polite = please, pls, thanks
words-language-en = english
words-language-ru = russian
words-language-de = german
words-language-fr = french
words-language-es = spanish
words-language-it = italian
words-language-pt = portuguese
words-language-nl = dutch
words-language-pl = polish
words-language-uk = ukrainian
words-language-tr = turkish
words-language-ar = arabic
words-language-zh = chinese
words-language-ja = japanese
words-language-ko = korean

## console

console-prompt = Ask about this edition, or type a word such as `sources 1`. `help` shows all, `quit` leaves.
console-type = Type:
console-you = you
console-bye = Goodbye.

group-for = For
group-against = Against
group-also = Also
dated = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}, { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
card-counts = { $stories ->
    [one] { $stories } story
   *[other] { $stories } stories
} · { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
} · { $thinkers ->
    [one] { $thinkers } thinker
   *[other] { $thinkers } thinkers
} · { $hours } h to { $end }
card-read = Read { $items ->
    [one] { $items } item
   *[other] { $items } items
} of { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}.
card-checks = { $quotes ->
    [one] { $quotes } quotation checked
   *[other] { $quotes } quotations checked
}, { $exact } letter for letter.
card-down = { $n ->
    [one] One source was down: { $names }.
   *[other] { $n } sources were down: { $names }.
}
card-silent = { $n ->
    [one] One source needs a key or an adapter.
   *[other] { $n } sources need a key or an adapter.
}

## edition: what the extractive writer says around original words

said = { $name }: { $words }
asks = { $name } asks: { $words }
sells-too = { $claim } Their own interest: { $words }
counter-none-here = No source in this window says otherwise.
empty-title = A quiet window
empty-lede = Nothing that was read in this window makes a story.
note-nearest = Nothing about { $topic } in this window. Nearest topics with items: { $nearest }.
note-nothing = Nothing about { $topic } in this window, and no other topic has items.
note-unreachable = { $thinkers ->
    [one] One thinker cannot be reached without an X source.
   *[other] { $thinkers } thinkers cannot be reached without an X source.
}
note-unfinished = { $n ->
    [one] { $n } of { $all } stories is selected sentences: the writer was not done in time.
   *[other] { $n } of { $all } stories are selected sentences: the writer was not done in time.
}
note-original-language = Sentences stand in the language they were written in.
sign-on-reader = { $slot ->
    [am] This is { $desk }, the morning edition. I’m { $host }, and I name the source.
    [pm] This is { $desk }, the evening edition. I’m { $host }, and I name the source.
   *[now] This is { $desk }, on request. I’m { $host }, and I name the source.
}
sign-on-quoter = I’m { $host }, and I read what it says. Everything I read is quotation.
spoken-items = { $items ->
    [one] one item
   *[other] { $items } items
}
spoken-voices = { $voices ->
    [one] one voice
   *[other] { $voices } voices
}
story-opening-new = { $topic }: { $items } from { $voices }.
story-opening-update = { $topic }, which we told before. { $items } more, from { $voices }.
frame-name = { $name }.
frame-again = { $name } again.
frame-against = Against that, { $name }.
frame-related = On a related point, { $name }.
frame-no-counter = No source here says otherwise.
question-by = A question left open by { $name }.
sign-off-reader = The rest is in the thread, with the links.
sign-off-quoter = That was { $desk }.
