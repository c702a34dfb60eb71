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
why = Why this story
settle = What would settle it
all-stories = All stories
wrong = Report a mistake
goto = Go to it
mine = Show it to me only
find = Search older editions
stop = Stop
retry = Try again
passage = Full passage
prev = Previous: { $number }
next = Next: { $number }
save = Save and preview
change = Change times or language
post-now = Post this one now
post-here = Post here
wait = Wait for the first
check = Check again
channel = Choose another channel
preview = Preview now
resume = Resume
forget = Forget me
accept = Add: { $number }
decline = Drop: { $number }
add-source = Add this source
all-places = All channels
export = Export as a file
forget-now = Forget me now
keep = Keep it
pause = Pause
propose = Propose this source
unsubscribe = Unsubscribe
unsubscribe-now = Unsubscribe now
post = Post in thread
send = Share to a channel
useful = Useful
not-useful = Not useful
close = Close
first-sources = Sources of story 1
quotes = Quotes
entities = People and terms
open = Open the episode
listen-at = Listen at { $time }
all-chapters = All chapters
read-chapter = Chapter { $number }

## selects

goto-story = Go to story
full = Read a passage in full
where = Choose a channel
zone = What time is it where you read?
subscription = Choose a channel to change
role = A role that the card mentions
chapter = Read a chapter

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
plain-word = { $term }: { $meaning }.
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
progress = { $n ->
    [one] Reading { $n } source of this edition
   *[other] Reading { $n } sources of this edition
}
archive = { $n ->
    [one] Not in this edition. From { $n } older one:
   *[other] Not in this edition. From { $n } older ones:
}
stopped = Stopped.
gone = This edition is no longer kept.

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
claim-plain = { $thinker }: { $claim }
who-position-plain = Story { $number }: { $claim }

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
help-passage = `passage 3`: everything this edition has of source 3, in its own words

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
trouble-store = I could not finish this answer. The database did not respond. Try again in a minute; if it goes on, tell whoever runs this bot.
trouble-source = I could not finish this answer. A source could not be read. Try again in a minute; if it goes on, tell whoever runs this bot.
trouble-cores = I could not finish this answer. The work took too long. Try a shorter question; if it goes on, tell whoever runs this bot.
trouble-setting = I could not finish this answer. A setting is wrong. Tell whoever runs this bot.
trouble-inside = I could not finish this answer. Something went wrong on my side, not yours. Try again; if it goes on, tell whoever runs this bot.
error-note = Error { $id }, also in the server log
not-your-answer = This answer belongs to somebody else. Only they, or who moderates here, can stop it or try it again.
not-allowed-pause = Only people who manage this server can pause its editions. You can mute this thread for yourself in its menu.
paused-here = Editions are paused here. Who manages this server can resume them with /brief settings.
no-such-source = { $most ->
    [0] This edition has no sources.
    [one] This edition has one source: number 1.
   *[other] There are sources 1 to { $most }; add the number, for instance `passage 2`.
}

## typed words: the spellings of each command, lower case, with commas between

words-sources = sources, source, links
words-quote = quote, quotes, pull quote
words-counter = counter, counter view, counter views, counterview, other side
words-deeper = deeper, go deeper, dig deeper
words-crux = crux, the crux
words-chapter = chapter, chapters
words-why = why
words-who = who is, who's, whos, who are
words-audio = audio, listen
words-transcript = transcript
words-translate = in, translate to, translate into, translate in
words-list = list, stories, list stories, list chapters
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
words-stop = stop, stop it, cancel
words-pause = pause
words-retry = retry, try again
words-passage = passage, full passage
words-story = story
words-people = people, people and terms

## console

console-prompt = Ask about this edition, or type a word such as `sources 1`. `help` shows all, `quit` leaves.
console-type = Type:
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
card-read = Read { $items ->
    [one] { $items } item
   *[other] { $items } items
} of { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}.
card-checks = { $exact } of { $quotes } quotations exact to the letter, { $dropped ->
    [one] { $dropped } sentence dropped
   *[other] { $dropped } sentences dropped
}.
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

## discord: rights

right-view = to see the channel at all
right-send = to post the card of each edition
right-thread = to post the stories, and to answer, in the thread of an edition
right-open = to open the thread of an edition
right-links = to show links as links
right-files = to post the audio and its transcript
right-history = to look whether an edition is there already, so that none comes twice
right-line = { $right }: { $why }.
rights-how = Give them in the channel’s settings: Edit Channel, Permissions, add Counterpoint, switch them on.
thread-locked = The thread is locked. Unlock it, or give Counterpoint the right Manage Threads.

## discord: talk

ask-title = Ask about this edition
ask-label = Your question
ask-hint = It is posted in the thread under your name and answered there.
wrong-label = What is wrong?
wrong-hint = Whoever runs this bot reads it.
wrong-thanks = Thank you. Whoever runs this bot has your report.
person-asks = { $name } asks:
asked-there = Your question is in the thread, and the answer will be under it.
how-to-ask = I cannot read this message. Mention me in it, reply with the mention left on, or press Ask a question.
shared-already = This is in the thread already.
shared-now = This is in the thread now.
cannot-share = I cannot post here, so only you see it. Whoever manages this server can let me write in its threads.

## demonstration

demo-title = Counterpoint on { $platform }
demo-intro = An edition of invented thinkers, drawn from the messages as they would be sent. Menus open when pressed.
demo-channel = briefings
demo-card = In the channel: one message
demo-thread = In its thread: one message for each story
demo-talk = In the thread: people ask
demo-press = { $name } presses { $label } under story { $n }
demo-written = A moment later, all of it
demo-home = App Home, as it opens after the install

## labels of cards, stories and look-ups

issue-am = morning edition
issue-pm = evening edition
issue-now = edition on demand
title-update = Update: { $title }
for-and-against = for and against
one-side = one side so far
n-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
position = { $name }, { $stance }:
counter-person-kind = Counter view, by { $name }, { $kind }:
connects-story = story { $number }
story-continued = Story { $number } of { $total }, continued
site-at = { $site } at { $time }
shared-by = Shared by { $name }
look-sources = Sources of story { $number }
look-sources-all = Sources of this edition
look-quote = Quotation of story { $number }
look-counter = Counter view on story { $number }
look-counters = Counter views of this edition
look-crux = The crux of story { $number }
look-deeper = More on story { $number }
look-why = Why story { $number } is here
look-list = Stories of this edition
look-help = What you can type
look-passage = Passage of source { $n }
sources-part = { $n } of the { $all ->
    [one] { $all } source
   *[other] { $all } sources
} in this edition.
kind-post = post
kind-article = article
kind-star = starred
kind-release = release
kind-push = commits
kind-repost = repost
kind-video = video
kind-episode = episode
kind-at = { $kind }, at { $time }
whose-star = the project’s own words
whose-repost = the original words
whose-release = the words of the release
whose-push = the words of the commits
quoted = { $words } ({ $status })
not-here = Not in this edition.
none-found = None found.
nobody-disagrees = No source of this edition disagrees on story { $number }.
not-invented = We do not invent one.

## search of the archive

search-found = { $n ->
    [one] From { $n } edition:
   *[other] From { $n } editions:
}
search-nothing = { $n ->
    [one] The last edition says nothing on that. What comes nearest:
   *[other] None of the last { $n } editions says anything on that. What comes nearest:
}
search-near = { $title } ({ $date })
search-empty = There is no scheduled edition to search yet.

## told to who set a place up

host-place-closed = I can no longer post editions in a place where you set them up: it is gone, or I may not post there any more. They are paused. Let me post there again, then resume them with /brief settings.

## discord: forms and pages

greet = Counterpoint is installed. It posts nothing until somebody with Manage Server runs { $setup }.
greet-note = It answers in its own threads and where it is mentioned, nowhere else. { $privacy } says what is kept.
setup-title = Set up Counterpoint
setup-what = Choose where and when. Everything else has a default you can change later with { $settings }.
setup-channel = Channel
setup-time = Your time
setup-desk = { $n ->
    [one] Desk: { $desk }, { $n } source.
   *[other] Desk: { $desk }, { $n } sources.
}
setup-rights = I can post, open threads and attach files in this channel.
editions-both = Editions at { $am } and { $pm }, { $days }, in { $language }.
editions-one = Editions at { $at }, { $days }, in { $language }.
days-every = every day
days-work = Monday to Friday
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
day-0 = Monday
day-1 = Tuesday
day-2 = Wednesday
day-3 = Thursday
day-4 = Friday
day-5 = Saturday
day-6 = Sunday
language-en = English
language-ru = Russian
language-de = German
language-fr = French
language-es = Spanish
language-it = Italian
language-pt = Portuguese
language-nl = Dutch
language-pl = Polish
language-uk = Ukrainian
language-tr = Turkish
language-ar = Arabic
language-zh = Chinese
language-ja = Japanese
language-ko = Korean
city-title = Where do you read?
city-label = City
city-hint = A large city in your time zone, or the zone’s name
zone-here = It is { $time } here ({ $zone })
zone-other = My zone is not here
zone-other-about = Type a city
zone-unknown = I know no such city. Try the largest city in your time zone, or the name of the zone, such as Europe/Berlin.
field-am = Morning
field-pm = Evening
field-days = Days
field-language = Language of the editions
field-desk = Desk
field-zone = Time zone
time-hint = Such as 07:30; leave it empty for no edition then
time-off = off
times-wrong = That is no time of day. Write one such as 07:30 or 18:00.
times-none = Both times are empty. Keep one of them, or pause the editions instead.
times-order = The morning time has to be before the evening time.
missing-right-view = I cannot see that channel. Without that right nothing of mine reaches { $channel }.
missing-right-send = I cannot post there. Without that right I cannot put the card into { $channel }.
missing-right-thread = I cannot write in threads there. Without that right the threads of { $channel } stay empty.
missing-right-open = I cannot open threads there. Without that right I have nowhere to put the stories of { $channel }.
missing-right-links = I cannot show links there. Without that right the sources in { $channel } are no links.
missing-right-files = I cannot attach files there. Without that right there is no audio in { $channel }.
missing-right-history = I cannot read the history there. Without that right an edition might come twice to { $channel }.
missing-several = { $n ->
    [one] I lack { $n } right in { $channel }. Without it editions cannot come there.
   *[other] I lack { $n } rights in { $channel }. Without them editions cannot come there.
}
missing-fix = A server manager can fix it: channel settings, Permissions, Counterpoint, allow { $rights }.
saved = Saved. The first edition comes to { $channel } { $relative }, { $time }.
saved-paused = Saved. Editions for { $channel } are paused until somebody resumes them.
preview-below = Below is what the edition would say now. Only you see it.
preview-head = This is what the next edition for { $channel } would say now. Only you see it.
still-reading = { $sources ->
    [one] I am still reading: { $read } of { $sources } source so far, items: { $items }. The first reading takes a few minutes.
   *[other] I am still reading: { $read } of { $sources } sources so far, items: { $items }. The first reading takes a few minutes.
}
posted = Posted. It appears in { $channel } in a moment.
posted-before = It was posted before. This edition is in { $channel } already, or on its way.
post-not-allowed = You cannot post here. This needs the right Send Messages in this channel.
unchanged = Nothing was changed.
form-too-old = I cannot read this form any more. Start again with the command.
settings-title = Settings
settings-zone = Times are those of { $zone }.
status-next = Next edition: { $time }.
status-next-none = No next edition is planned.
status-last = Last edition: { $time }.
paused-for-good = Paused until somebody resumes it.
paused-until = Paused until { $time }.
paused-why = Reason: { $reason }.
paused-now = Paused. { $channel } gets no editions until somebody resumes them.
paused-now-until = Paused. { $channel } gets no editions until { $time }.
resumed = Resumed. { $channel } gets editions again.
unsubscribe-sure = End the editions for { $channel }? What was posted stays there. Settings are lost.
unsubscribed = Unsubscribed. { $channel } gets no more editions; what was posted stays there.
subscription-none = This server has no editions yet. Somebody with Manage Server can begin with `/brief setup`.
subscription-gone = This subscription is gone. Somebody ended it meanwhile.
subscription-which = Several channels have editions, and this is none of them. Use the command there, or `/brief settings`.
desk-unknown = There is no desk { $desk }.
placement-thread = Stories: a thread for each edition
placement-day = Stories: one thread a day
answers-mentions = Answers: only when mentioned
answers-questions = Answers: to questions, too
answers-all = Answers: to everything in its threads
only-in-servers = This works in a server that has added Counterpoint. Here there is nothing to set up.
only-managers = You cannot change this. It needs the right Manage Server.
limit-reached = { $n ->
    [one] That was your { $n } for today. You can go on { $time }.
   *[other] Those were your { $n } for today. You can go on { $time }.
}
status-title = Status
status-none = No channel of this server has editions yet.
status-down = { $n ->
    [one] { $n } source is down:
   *[other] { $n } sources are down:
}
status-figures = { $sources ->
    [one] { $sources } source read
   *[other] { $sources } sources read
} · { $items ->
    [one] { $items } item kept
   *[other] { $items } items kept
} · { $editions ->
    [one] { $editions } edition
   *[other] { $editions } editions
}
sources-title = What this server reads
sources-count = { $n ->
    [one] { $n } thinker is read; added here: { $added }, left out: { $out }.
   *[other] { $n } thinkers are read; added here: { $added }, left out: { $out }.
}
sources-proposed = { $n ->
    [one] { $n } proposal by members:
   *[other] { $n } proposals by members:
}
source-roster = from the roster
source-added = added here
source-left-out = left out here
source-now = From now on { $name } is read.
source-no-more = { $name } is not read any more.
source-proposed = Thank you. Those who manage this server will see your proposal: { $name }.
proposal-gone = This proposal is gone. Somebody decided on it meanwhile.
page = Page { $page } of { $pages }
tried-items = { $n ->
    [0] Nothing was found there.
    [one] { $n } item was found.
   *[other] { $n } items were found.
}
tried-newest = The newest is of { $time }.
imported = { $n ->
    [0] No new source was in the list.
    [one] { $n } source was added.
   *[other] { $n } sources were added.
}
imported-more = { $n ->
    [one] and { $n } more that was left out
   *[other] and { $n } more that were left out
}
list-too-large = The file is too large. A list may have 1 MB.
privacy-title = What is kept about you
kept-now = { $n ->
    [one] { $day }: { $n } edition on demand
   *[other] { $day }: { $n } editions on demand
}
kept-question = { $n ->
    [one] { $day }: { $n } question
   *[other] { $day }: { $n } questions
}
kept-added = You added { $name }.
kept-left-out = You left out { $name }.
kept-proposed = You proposed { $name }.
kept-set-up = You set up editions for
kept-nothing = Nothing.
privacy-questions = Counts are kept for the limits of the day. The words of your questions are not kept under your name.
privacy-server = When the bot is removed from a server, what is kept of that server is deleted some days later.
exported = Everything that is kept about you, as a file.
forget-sure = Delete everything that is kept about you? Subscriptions belong to the server and stay, without your name.
forgotten = { $n ->
    [0] Forgotten. There was nothing to delete.
    [one] Forgotten. { $n } entry was deleted.
   *[other] Forgotten. { $n } entries were deleted.
}
doctor-title = Doctor
doctor-well = has all the rights that editions need.
doctor-missing = { $n ->
    [one] lacks { $n } right.
   *[other] lacks { $n } rights.
}
doctor-intent = Message Content is on: every reply in a thread is read.
doctor-no-intent = Message Content is off: only mentions, replies with a ping, buttons and commands are read. Whoever runs this bot can change it: switch on Message Content Intent in the developer portal, page Bot, and set COUNTERPOINT_DISCORD_CONTENT.
help-title = What you can do
help-read-head = Read
help-read-lines =
    `/brief now topic: agents hours: 24`: an edition of what was gathered so far, only for you; post it here if you like
    `/brief episode`, with a link or a name: an overview of a podcast or video, posted here; or add a transcript as a file
    `/brief shows`: the podcasts and channels that are read, and their episodes
    `/brief search query: memory`: what earlier editions have on it
    `/brief status`: the last and the next edition
help-ask-head = Ask
help-ask-lines =
    `/brief ask question: Who disagrees?`: an answer from the latest edition, only for you; share it if you like
    Reply in the thread of an edition, or type `sources 2`, `counter 3`, `deeper 1`, `list`: answered in the thread
    Apps, Ask about this, in the menu of a message: the same for any message
help-manage-head = Manage, with the right Manage Server
help-manage-lines =
    `/brief setup`: choose a channel and a time
    `/brief settings`: times, days, language, role, placement
    `/brief pause days: 3`, `/brief resume`, `/brief unsubscribe`
    `/brief sources list`, `add`, `remove`, `test`, `import`; members use `propose`
    `/brief preview` and `/brief doctor`: what comes next, and what is missing
help-private-head = Your data
help-private-lines =
    `/brief privacy`: what is kept about you, as a file, or deleted
menu-ask = Ask about this
zone-europe-berlin = Berlin, Paris, Rome, Madrid, Lagos
zone-europe-london = London, Lisbon, Dublin, Accra
zone-europe-helsinki = Helsinki, Kyiv, Athens, Bucharest
zone-europe-moscow = Moscow, Istanbul, Minsk, Nairobi
zone-america-new-york = New York, Toronto, Atlanta, Miami
zone-america-chicago = Chicago, Houston, Winnipeg
zone-america-denver = Denver, Calgary, Salt Lake City
zone-america-los-angeles = Los Angeles, San Francisco, Seattle, Vancouver
zone-america-sao-paulo = São Paulo, Sao Paulo, Rio de Janeiro, Brasília
zone-america-mexico-city = Mexico City, Guadalajara, Monterrey
zone-america-bogota = Bogotá, Bogota, Lima, Quito
zone-america-argentina-buenos-aires = Buenos Aires, Montevideo
zone-africa-cairo = Cairo, Alexandria
zone-africa-johannesburg = Johannesburg, Cape Town, Harare
zone-asia-dubai = Dubai, Abu Dhabi, Baku, Tbilisi
zone-asia-karachi = Karachi, Lahore, Tashkent
zone-asia-kolkata = Delhi, Mumbai, Bengaluru, Kolkata
zone-asia-dhaka = Dhaka, Bishkek
zone-asia-bangkok = Bangkok, Hanoi, Jakarta
zone-asia-shanghai = Beijing, Shanghai, Hong Kong, Taipei, Singapore
zone-asia-tokyo = Tokyo, Osaka, Seoul
zone-australia-sydney = Sydney, Melbourne, Canberra
zone-pacific-auckland = Auckland, Wellington
zone-asia-yekaterinburg = Yekaterinburg, Chelyabinsk
zone-utc = Coordinated time, Reykjavik
kept-proposal = { $n ->
    [one] { $day }: { $n } proposal
   *[other] { $day }: { $n } proposals
}
doctor-missed = { $n ->
    [one] { $n } edition was not posted.
   *[other] { $n } editions were not posted.
}
doctor-paused-more = { $n ->
    [one] { $n } other channel is paused.
   *[other] { $n } other channels are paused.
}
doctor-late = { $n ->
    [one] { $n } edition of the last { $days } days came more than { $minutes } minutes late.
   *[other] { $n } editions of the last { $days } days came more than { $minutes } minutes late.
}
doctor-down-more = and { $n } more

## discord: commands

cmd-brief-about = Read briefings of what people argue about, with sources
cmd-sources = sources
cmd-sources-about = See and change what this server reads
cmd-now = now
cmd-now-about = Get an edition of what was gathered so far, only for you
cmd-now-topic = What it is to be about
cmd-now-hours = How many hours back, 1 to 168
cmd-now-language = Its language
cmd-ask = ask
cmd-ask-about = Ask about the latest edition; only you see the answer
cmd-ask-question = Your question
cmd-ask-edition = Another edition
cmd-search = search
cmd-search-about = Search older editions
cmd-search-query = Words to look for
cmd-status = status
cmd-status-about = See the last and the next edition, and what is down
cmd-help = help
cmd-help-about = See what you can do here
cmd-privacy = privacy
cmd-privacy-about = See, export or delete what is kept about you
cmd-setup = setup
cmd-setup-about = Set up editions for a channel (Manage Server)
cmd-subscribe = subscribe
cmd-subscribe-about = Subscribe a channel in one line (Manage Server)
cmd-subscribe-channel = Where editions come
cmd-subscribe-desk = Whose editions
cmd-subscribe-morning = Time of day such as 07:30, or off
cmd-subscribe-evening = Time of day such as 18:00, or off
cmd-subscribe-zone = City or time zone
cmd-subscribe-days = Such as mon-fri or mon,wed,fri
cmd-subscribe-language = Language of the editions
cmd-settings = settings
cmd-settings-about = Change times, language, role and more (Manage Server)
cmd-pause = pause
cmd-pause-about = Pause the editions of this channel (Manage Server)
cmd-pause-days = For how many days; without it, until resumed
cmd-resume = resume
cmd-resume-about = Resume the editions of this channel (Manage Server)
cmd-unsubscribe = unsubscribe
cmd-unsubscribe-about = End the editions of this channel (Manage Server)
cmd-preview = preview
cmd-preview-about = See what the next edition would say now (Manage Server)
cmd-doctor = doctor
cmd-doctor-about = Check rights and name what is missing (Manage Server)
cmd-sources-list = list
cmd-sources-list-about = List what this server reads
cmd-sources-add = add
cmd-sources-add-about = Add a blog, feed or account (Manage Server)
cmd-sources-add-address = Address of a page, feed or account
cmd-sources-add-name = What to call it
cmd-sources-remove = remove
cmd-sources-remove-about = Stop reading somebody (Manage Server)
cmd-sources-remove-thinker = Whom
cmd-sources-test = test
cmd-sources-test-about = Try an address and keep nothing
cmd-sources-test-address = Address of a page, feed or account
cmd-sources-import = import
cmd-sources-import-about = Add every feed of an OPML file (Manage Server)
cmd-sources-import-file = An OPML file of at most 1 MB
cmd-sources-propose = propose
cmd-sources-propose-about = Propose something to read to those who manage the server
cmd-sources-propose-address = Address of a page, feed or account
opt-topic = topic
opt-hours = hours
opt-language = language
opt-question = question
opt-edition = edition
opt-query = query
opt-channel = channel
opt-desk = desk
opt-morning = morning
opt-evening = evening
opt-zone = zone
opt-days = days
opt-address = address
opt-name = name
opt-thinker = thinker
opt-file = file

## slack: messages and windows

only-you = Only you see this.
loading = One moment.
said-deeper = Go deeper on story { $number }
said-passage = Full passage of source { $n }
said-useful = Mark this answer useful
said-not-useful = Mark this answer not useful
text-card = { $desk }, { $issue }: { $title }
text-story = Story { $number } of { $total }: { $title }
at-time = { $day } at { $time }
not-all-fits = Not everything fits here.
not-all-fits-type = Not everything fits here. Type `{ $words }` in the thread to see all of it.

## installing

install-name = Counterpoint
install-front = Counterpoint posts a briefing every morning and evening: what thinkers are arguing about, with a source behind every sentence.
install-add = Add Counterpoint to Slack
install-done-title = Counterpoint is installed
install-done-in = It is in the workspace { $workspace } now.
install-done-org = It is installed for { $organization } now. An admin of the organization adds it to workspaces next.
install-done = It posts nothing until somebody sets it up in App Home.
install-open = Open App Home in Slack
install-open-browser = Open Slack in the browser
install-refused-title = Nothing was installed
install-refused = You did not allow it, so nothing was kept.
install-stale-title = This link cannot be used
install-stale = It began in another browser, was used before, or is older than ten minutes. Nothing was installed.
install-failed-title = It could not be installed
install-failed = Slack, or the database behind this page, did not answer as it should. Nothing was posted. Try again in a minute.
install-again = Begin again
install-nothing-title = Nothing is at this address
install-nothing = Check the link that brought you to this page.

## slack: rights

scope-write = to post editions and answers
scope-commands = to offer /brief and the shortcuts
scope-mentions = to be told when somebody mentions me
scope-channels = to know what a channel is called and whether I am in it
scope-history = to answer in the threads of editions, and to look whether one is there already
scope-direct = to read what people write to me
scope-open = to write to a person who asks for it
scope-people = to know a person’s language and time zone, and who manages the workspace
scope-assistant = to show that I am at work, and to suggest what to ask
scope-private = the same in private channels
scope-private-history = to answer and to look in private channels
scope-join = to come into a public channel without an invitation
scopes-how = Add them on the app’s page at api.slack.com/apps, OAuth & Permissions, and install the app again.
slack-invite = Type /invite @Counterpoint in that channel.
slack-unarchive = Unarchive the channel, or choose another one.
slack-not-a-member = I am not in that channel, so I cannot post there. Type /invite @Counterpoint in it.
slack-no-channel = There is no such channel, or it is private and I am not in it. Type /invite @Counterpoint in it.
slack-archived = The channel is archived: nobody can post there.
slack-no-history = Without { $scope } I cannot answer in threads there, and after a failure I cannot tell whether an edition came through.
slack-not-installed = Counterpoint is not installed in this workspace any more. Ask an admin to install it again.
slack-not-in-it = I am not in that channel.
slack-not-found = There is no such channel, or it is private and I am not in it.
slack-no-people = Without users:read I cannot see who manages this workspace. Add it on the app’s page at api.slack.com/apps, OAuth & Permissions, and install the app again.
scope-files = to show the picture of an episode’s chapters

## slack: talk

status-working = is looking into this
status-reading = { $n ->
    [one] is reading { $n } source of this edition
   *[other] is reading { $n } sources of this edition
}
loading-reading = Reading the sources of this edition
loading-comparing = Comparing what they say
press-late = That took too long. Press it again.
ask-anew = I cannot read that question any more. Ask it again.
ask-send = Ask
ask-empty = Write a question.
wrong-send = Report
cannot-share-slack = I cannot post here, so only you see it. Invite Counterpoint to this channel, and I can.
no-edition-slack = There is no edition yet. Open the Home tab and press Set up, or type `/brief setup` in a channel.
send-title = Share this story
send-label = Channel
send-hint = It is posted there under your name.
send-send = Share
send-now = It is in that channel now.
send-before = It is in that channel already.
send-not-there = I am not in that channel. Type `/invite @Counterpoint` there, then share the story again.
send-unsure = Slack did not say whether the story was posted. Look into the channel before you share it again.
feedback-title = Not useful
feedback-label = What is wrong with it?
feedback-unsupported = The sources do not say this
feedback-off-point = It misses my question
feedback-long = It is too long
feedback-more = What did you want to know?
feedback-hint = In a few words
feedback-note = “Try again” answers once more in the same message: your own words, a shorter answer, or what older editions have.
prompts-title = Ask about the latest edition
prompt-sources = Sources: { $title }
prompt-counter = What speaks against story { $number }?
prompt-changed = What is new in story { $number }?
prompt-deeper = Who claims what in story { $number }?
prompt-list = All stories of this edition
prompt-begin = How do I set this up?
prompt-help = What can you do here?
cancel = Cancel

## slack: commands

slack-only-managers = You cannot change this. Admins and owners of this workspace can.
slack-only-managers-and = You cannot change this. Admins and owners of this workspace can, and { $name }, who installed Counterpoint.
slack-subscription-none = This workspace has no editions yet. An admin can begin with `/brief setup` or in the Home tab.
slack-subscription-which = Several channels have editions, and this is none of them. Type the command there, or `/brief settings`.
slack-form-too-old = I cannot read this form any more. Type `/brief`, or open the Home tab.
slack-status-none = No channel of this workspace has editions yet.
slack-sources-title = What is read here
slack-source-proposed = Thank you. Those who manage this workspace will see your proposal: { $name }.
slack-privacy-server = When the app is removed from a workspace, what is kept of that workspace is deleted.
slack-forget-sure = Delete everything that is kept about you? Subscriptions belong to the workspace and stay, without your name.
slack-help-title = What you can do
slack-help-read-lines =
    `/brief now agents 24h`: an edition of what was gathered so far, only for you; post it in the channel if you like
    `/brief episode`, with a link or a name: an overview of a podcast or video, posted in the channel
    `/brief shows`: the podcasts and channels that are read, and their episodes
    `/brief search memory`: what earlier editions have on it
    `/brief status`: the last and the next edition
slack-help-ask-lines =
    `/brief ask Who disagrees?`: an answer from the latest edition, only for you
    Reply in the thread of an edition, or type `sources 2`, `counter 3`, `deeper 1`, `list`: answered in the thread
    Ask about this, in the menu of a message: the same for any message
slack-help-manage-head = Manage, as an admin of the workspace
slack-help-manage-lines =
    `/brief setup`: choose a channel and times
    `/brief settings`: times, days, language, how I answer
    `/brief pause 3d`, `/brief resume`, `/brief unsubscribe`
    `/brief sources list`, `add`, `remove`, `test`, `import`; members use `propose`
    `/brief preview` and `/brief doctor`: what comes next, and what is missing
slack-unknown-word = I do not know { $word }. This is what you can type:
slack-late-form = That took too long, so nothing could be opened. Type the command again, or open the Home tab.
slack-setup-about = Choose where and when. Everything else can be changed later.
slack-channel = Channel
slack-channel-hint = Private channels: invite @Counterpoint there first.
slack-am = Morning edition
slack-pm = Evening edition
slack-time = Time
slack-time-hint = Clear it for no edition then.
slack-zone = Time zone
slack-zone-hint = From your Slack profile. Type a city to find another one.
slack-language = Language
slack-days = Days
slack-save = Save
slack-channel-none = Choose a channel.
slack-days-none = Choose at least one day.
slack-missing = I cannot post in { $channel } yet.
slack-missing-then = Then press Check again: what you chose is kept.
slack-preview-title = Preview
slack-saved = Saved. The first edition comes to { $channel } on { $time }. This is what it would say now.
slack-saved-short = Saved. The first edition comes to { $channel } on { $time }.
slack-preview-head = This is what the next edition for { $channel } would say now.
slack-post-not-here = There is no channel here to post it in. Type `/brief now` in a channel.
slack-settings-answers = How I answer there
slack-stop-here = Stop posting here
slack-all-places = All channels
slack-stop-title = Stop posting?
slack-search-title = Search editions
slack-search-label = Words to look for
slack-search-empty = Write what to look for.
slack-address-label = Address
slack-address-hint = A page, a feed or an account, such as https://example.org/feed.xml
slack-address-empty = Write an address.
slack-name-label = What to call it
slack-thinker-label = Who is not to be read any more
slack-thinker-empty = Choose somebody.
slack-import-label = The list (OPML)
slack-import-hint = Paste the file, or some of its outline lines: at most 3,000 characters at a time.
slack-import-empty = Paste a list.
slack-source-add = Add a source
slack-source-remove = Remove a source
slack-source-test = Try an address
slack-source-propose = Propose a source
slack-source-import = Add a list
slack-exported = Everything that is kept about you, as JSON. Select it to copy it.
slack-doctor-reads = Replies in the threads of editions are read.
slack-doctor-no-reads = Replies in threads are not read: channels:history is missing. Mentions, buttons and commands work.
slack-home-title = Counterpoint
slack-home-first = Briefings built from voices that answer each other
slack-home-first-what = Twice a day I read a list of public sources, find what several people argue about, and post one message in a channel of your choice. Every sentence has a link to its source. I answer in my own threads and where I am mentioned, nowhere else.
slack-home-first-who = An admin of this workspace can set it up here.
slack-set-up = Set up
slack-example = Show me an example
slack-home-next = Next edition: { $when }
slack-home-none = No edition is planned
slack-home-goes = { $slot ->
    [am] Morning edition of { $desk }, to { $channel }.
    [pm] Evening edition of { $desk }, to { $channel }.
   *[now] Edition of { $desk }, to { $channel }.
}
slack-home-last = The last one came on { $time }, on time.
slack-home-last-late = The last one was planned for { $time } and came late.
slack-home-paused = All editions are paused.
slack-when-today = today at { $time }
slack-when-tomorrow = tomorrow at { $time }
slack-when-day = { $day } at { $time }
slack-now = Briefing now
slack-search = Search editions
slack-status = Status
slack-sources = Sources
slack-help = Help
slack-settings = Settings
slack-home-where = Where it posts
slack-home-more = { $n ->
    [one] and { $n } channel more: `/brief settings`
   *[other] and { $n } channels more: `/brief settings`
}
slack-home-direct = direct messages
slack-home-line = { $desk } · { $times }, { $zone } · { $days } · { $language }
slack-home-both = { $am } and { $pm }
slack-home-add = Add a channel
slack-home-you = You
slack-home-you-language = Language: { $language }, as in your Slack profile.
slack-home-you-zone = Time zone: { $zone }.
slack-home-you-direct = Direct messages: I write to you only after you write to me.
slack-kept = What is kept about me
slack-home-health = Health
slack-home-for-admins = For admins of this workspace
slack-home-sources = { $n ->
    [one] { $well } of { $n } source answers.
   *[other] { $well } of { $n } sources answer.
}
slack-doctor = Run doctor
slack-home-privacy = What is kept: editions, settings, and counts for the limits of the day. The words of your questions are not kept under your name.
slack-brief-hours = h, hr, hrs, hour, hours
slack-brief-days = d, day, days
slack-stop-there = this channel
slack-export = Export as text
slack-help-private-lines =
    `/brief privacy`: what is kept about you, as text, or deleted
slack-said-settings = Settings of { $channel }
slack-not-done = That did not work.
slack-answers-mentions = Only when mentioned
slack-answers-questions = To mentions and questions
slack-answers-all = To everything in its threads
slack-zone-search = Type a city to find another one.
slack-thinker-choose = Choose a source
slack-ask-alone = Only you see the answer.
slack-private-channel = a private channel
slack-no-files = I do not open files on Slack. Paste a link to the episode, or to a page with its transcript; or run counterpoint episode with the file.
slack-episode = Show overview
slack-episode-title = Episode overview
slack-episode-label = Link or name
slack-episode-empty = Paste a link, or write the name of an episode.

## what is kept about somebody: tokens

kept-tokens = { $n ->
    [one] { $day }: { $n } token of the language model
   *[other] { $day }: { $n } tokens of the language model
}

## what was said before

long-day = { $day } { $month ->
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
}
said-then = { $name }: on { $day }, { $words }
promise-still = { $when ->
    [morning] This morning
    [evening] This evening
    [yesterday] Yesterday
   *[day] On { $day }
} we said: { $text } That is still open.
promise-left = On { $day } we said: { $text } We have found no answer, and leave it there.

## answers of a model

answer-written = Written by { $model }, checked.
answer-broken = { $model } broke off here. What it wrote is checked.
answer-unwritten = The model did not answer. These are original passages.
answer-unfounded = The model found no answer in the passages. These are original passages.
answer-dropped = What the model wrote did not pass the checks. These are original passages.
spent = { $n ->
    [one] You have used your model question for today. Until { $time } I answer with original passages.
   *[other] You have used your { $n } model questions for today. Until { $time } I answer with original passages.
}
spent-place = { $n ->
    [one] The model question of this place for today is used up. Until { $time } I answer with original passages.
   *[other] The { $n } model questions of this place for today are used up. Until { $time } I answer with original passages.
}
spent-none = No model answers questions here. These are original passages.
spent-tokens = What the model may write today is used up. Until { $time } I answer with original passages.
answer-claimed = What is claimed:
answer-missing = What is missing:

## edition: around what a model writes

dialogue-first-host = This is { $desk }. I’m { $host }.
dialogue-second-host = And I’m { $host }. Every claim you hear has its number in the thread.
dialogue-read = You heard { $voices ->
    [one] { $voices } voice
   *[other] { $voices } voices
} out of { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
} that we read.
dialogue-next = { $coming ->
    [today-morning] The next edition comes this morning.
    [today-afternoon] The next edition comes this afternoon.
    [today-evening] The next edition comes this evening.
    [tomorrow-morning] The next edition comes tomorrow morning.
    [tomorrow-afternoon] The next edition comes tomorrow afternoon.
    [tomorrow-evening] The next edition comes tomorrow evening.
   *[later] The next edition comes in a few days.
}
dialogue-end = That was { $desk }. The links are in the thread.
note-spent = The budget of the language model is spent: the rest is selected sentences.
card-repaired = { $n ->
    [one] { $n } sentence was corrected and checked again.
   *[other] { $n } sentences were corrected and checked again.
}
card-selected = { $n ->
    [one] { $n } sentence selected from originals.
   *[other] { $n } sentences selected from originals.
}

## on demand

being-written = A model is writing this edition. The text changes when it is done.

## translations

my-language = In my language
words-language-mine = my language
translate-same = There is nothing to translate: it is in that language already.
translate-failed = The model gave no translation this time. The edition stays as it is.
translate-unknown = I cannot tell which language you read. Name it, for example: `in German`.
translate-note = Translated by { $model }, checked. Quotations keep their original words.
translate-kept = { $text } (original words)
translate-kept-note = { $n ->
    [one] One part did not pass the checks and stays in its original words.
   *[other] { $n } parts did not pass the checks and stay in their original words.
}
translate-growing = More is being translated.
translate-told = In detail:
first-story = Read story 1
read-story = Read a story
look-translated = Translation
look-translated-story = Story { $number }, translated

## pictures

shape-chapters = { $count ->
    [one] { $count } chapter
   *[other] { $count } chapters
}
shape-estimated = times estimated
shape-shared = { $title } (and { $count } more)
shape-others = others
shape-lanes = Named in the talk, one tick a mention
shape-mentions = { $count ->
    [one] { $count } mention
   *[other] { $count } mentions
}
shape-alt = Time line of the episode: { $count ->
    [one] { $count } chapter
   *[other] { $count } chapters
} over { $duration }; the longest is { $number }, { $title }, { $length }.
shape-alt-untitled = Time line of the episode: { $count ->
    [one] { $count } chapter
   *[other] { $count } chapters
} over { $duration }; the longest is { $number }, { $length }.
shape-alt-one = Time line of the episode: one part over { $duration }, { $title }.
shape-alt-one-untitled = Time line of the episode: one part over { $duration }.
shape-alt-shares = { $name } speaks { $share }%, { $others }.
shape-alt-both = { $name } is named throughout; { $other } only from { $start } to { $end }.
shape-alt-part = { $name } is named only from { $start } to { $end }.
shape-alt-throughout = { $name } is named throughout.

## Episodes

episode-times-sparse = The transcript gives few times: those between them are reckoned.
episode-times-estimated = The transcript gives no times: they are estimates.
episode-repaired = { $n ->
    [one] One thing in the transcript was repaired.
   *[other] { $n } things in the transcript were repaired.
}
episode-two-languages = Spoken in two languages: { $first } and { $second }.
episode-comes-here = The overview of “{ $title }” is on its way to this channel.
episode-stands-here = The overview of “{ $title }” stands in this channel already, or is on its way.

## episodes on platforms

episode-untitled = Episode
tag-episode = episode
shows-title = Shows
shows-none = No podcast and no channel is read here yet. A show is added as a source.
shows-more = { $n ->
    [one] And { $n } more, by name.
   *[other] And { $n } more, by name.
}
show-episodes = { $n ->
    [0] no episodes yet
    [one] { $n } episode
   *[other] { $n } episodes
}
show-transcripts = { $n ->
    [0] no transcripts
    [one] { $n } transcript
   *[other] { $n } transcripts
}
episodes-none = No episode of this show is known yet.
episodes-more = { $n ->
    [one] And { $n } older one, by name or link.
   *[other] And { $n } older ones, by name or link.
}
episode-transcript = transcript
episode-no-transcript = no transcript
episode-overview = overview ready
open-show = See the episodes of a show
open-episode = Open an overview
listened-finding = Looking for the episode.
listened-reading = Reading the transcript.
listened-hearing = There is no transcript, so I listen to the recording. This takes some minutes.
listened-composing = Finding the chapters.
listened-writing = Writing the overview.
episode-which = Name an episode or paste its link, or add a transcript as a file.
episode-one-of-both = Give a link or name, or a file: not both.
file-too-large = The file is too large. A transcript may have { $n } MB.
episode-posted = The overview appears in { $channel } in a moment.
episode-stands = The overview is in { $channel } already, or on its way.
episode-alone = You cannot post in this channel, so only you see this overview.
episode-alone-ours = I cannot post in this channel, so only you see this overview.
cmd-episode = episode
cmd-episode-about = See an overview of a podcast episode or video: chapters, quotes, people
cmd-episode-episode = A link, or the name of an episode of a show that is read here
cmd-episode-file = A transcript as a file instead
cmd-shows = shows
cmd-shows-about = See the podcasts and channels that are read here
cmd-episodes = episodes
cmd-episodes-about = See the episodes of a show, newest first
cmd-episodes-show = The show
opt-episode = episode
opt-show = show
episodes-no = Overviews of new episodes: no
episodes-yes = Overviews of new episodes: yes
settings-episodes-no = Overviews of new episodes and videos do not come by themselves.
settings-episodes-yes = Overviews of new episodes and videos come by themselves, too.
slack-settings-episodes = Overviews of new episodes
slack-episodes-no = No
slack-episodes-yes = Yes, as they are published

## episode: overview and chapters

who-speaks = { $hosts } with { $guests }
chapter-span = { $start } to { $end }
chapters-title = Chapters
chapters-more = { $n ->
    [one] and { $n } more: type `chapters`
   *[other] and { $n } more: type `chapters`
}
chapters-none = There are no chapters: nothing was written down of what is said.
episode-hint = Reply here to ask. Short words work too: `chapter { $number }`, `chapter 12:40`, `quotes`, `people`, `help`.
episode-hint-who = Reply here to ask. Short words work too: `chapter { $number }`, `chapter 12:40`, `quotes`, `who is { $name }`, `people`, `help`.
chapters-by-publisher = Chapters by the publisher.
chapters-by-us = Chapters found in the transcript.
episode-selected = Overview selected from the transcript, no model.
episode-selected-notes = Overview selected from the show notes, no model.
episode-written = Overview written by { $model }, checked.
episode-quotes-checked = { $quotes ->
    [one] { $exact } of { $quotes } quote exact.
   *[other] { $exact } of { $quotes } quotes exact.
}
episode-dropped = { $n ->
    [one] { $n } sentence dropped.
   *[other] { $n } sentences dropped.
}
transcript-from-publisher = The transcript stays with the publisher.
transcript-from-captions = From the captions of the video.
transcript-from-upload = From the transcript that was uploaded.
transcript-from-speech = Heard by a machine, names may be misspelt.
transcript-from-nobody = No transcript was published: this is from the show notes.
times-estimated = Times are estimated.
times-sparse = Some times are estimated.
chapter-of = chapter { $number } of { $total }
chapter-kind-clip = opening clip
chapter-kind-ad = advertisement
quote-by = { $speaker }, at { $time }, { $status }
quote-at = at { $time }, { $status }
clip-from = clip from { $time }
chapter-speaking = Speaking: { $names }.
speaking-share = { $name } { $percent }%
chapter-named = Named here: { $names }.

## episode: replies

chapters-head = { $n ->
    [one] { $n } chapter:
   *[other] { $n } chapters:
}
chapter-head = Chapter { $number }, { $title } ({ $span }).
deeper-head = More of what is said in chapter { $number }, { $title }:
deeper-nothing = Nothing more of chapter { $number } stands by itself. Type `chapter { $number }`, or ask.
quotes-none-here = Chapter { $number } has no quotation set apart.
quotes-none = This episode has no quotations set apart.
quotes-more = { $n ->
    [one] And { $n } more: type `quote { $number }` for those of one chapter.
   *[other] And { $n } more: type `quote { $number }` for those of one chapter.
}
no-such-chapter = { $most ->
    [1] There is one chapter: number 1. The episode ends at { $time }.
   *[other] There are chapters 1 to { $most }. The episode ends at { $time }.
}
people-none = Nobody and nothing is named often enough to be listed.
person = { $name }: { $role }.
person-of = { $name }: { $role }, { $org }.
person-host = host
person-guest = guest
person-named = named in the talk
as-heard = { $name } (as heard)
entity = { $n ->
    [one] { $name }: { $type }, named once.
   *[other] { $name }: { $type }, named { $n } times.
}
entity-person = person
entity-organization = organization
entity-software = software
entity-concept = term
entity-place = place
entity-work = work
episode-who-named = { $name } is not among the people and terms of this episode. The name is said here:
episode-who-unknown = { $name } is not among the people and terms of this episode, and the name is not said in it.
episode-source = { $title } ({ $show }): { $url }
episode-link = { $title }: { $url }
episode-audio = { $title } can be heard where it was published.
episode-audio-missing = Nobody said where { $title } can be heard.
transcript-none = No transcript was published. What stands here is from the show notes.
transcript-short = The transcript stays with the publisher, so I show a few words around a time. Type another one, for example `transcript 12:40`.
transcript-page = Page { $number } of { $total }. Type `transcript` and a number for another one.
no-such-page = { $most ->
    [1] The transcript has one page.
   *[other] The transcript has pages 1 to { $most }.
}
episode-help-head = Type one of these as the whole message, or just ask a question about the episode:
episode-help-not = That word is for editions. Under an episode you can type these, or just ask:
episode-help-chapter = `chapter 4`: what chapter 4 says; `chapter 12:40`: the chapter at that time, and the words around it
episode-help-chapters = `chapters`: all chapters with their times
episode-help-quotes = `quotes`: what was said, word for word; `quote 4`: of chapter 4
episode-help-deeper = `deeper 4`: more of what is said in chapter 4
episode-help-people = `people`: who speaks, and who and what is named
episode-help-who = `who is` and a name: what the episode has of them
episode-help-transcript = `transcript 12:40`: the words around a time
episode-help-sources = `sources`: the episode and what it links to
episode-help-language = `in Russian`: my words in another language
episode-help-ask = A question gets what was said, with speaker and time. If nobody says it, I say so.
episode-translate-missing = Translating needs a language model, and none is connected. What was said stays in its own language.
episode-refusal = Not in this episode. Nobody says that in it.
episode-refusal-words = Not in this episode. Nobody says: { $words }.
episode-refusal-foreign = Nothing in this episode answers that; it is in another language than the question.
look-chapters = Chapters of this episode
look-quotes = Quotations of this episode
look-quotes-chapter = Quotations of chapter { $number }
look-people = People and terms
look-transcript = From the transcript
look-deeper-chapter = More on chapter { $number }
look-episode = This episode
progress-episode = Reading what was said in this episode
progress-listen = Looking for the episode and its transcript
not-in-episode = Not in this episode.
said-around = Said around { $time }:
gone-episode = This episode is no longer kept.

## episode: words without a model

part-clip = Opening clip
part-intro = Introduction
part-ad = Advertisement
part-outro = Goodbye
part-again = { $title } { $n }
part-plain = Part { $n }
told-said = { $name }: “{ $words }”
told-unnamed = “{ $words }”
told-later = And later: “{ $words }”
told-clip = Taken from the talk, where it is said at { $time }.
told-speak = { $count ->
    [one] { $names } speaks here, for { $time }.
   *[other] { $names } speak here, for { $time }.
}
told-nobody = Talk of { $time }.
names-and = { $first } and { $last }
overview-guests = { $count ->
    [one] { $hosts } talks with { $guests } for { $time }
   *[other] { $hosts } talk with { $guests } for { $time }
}, in { $chapters ->
    [one] one part
   *[other] { $chapters } parts
}.
overview-talk = { $names } talk with each other for { $time }, in { $chapters ->
    [one] one part
   *[other] { $chapters } parts
}.
overview-alone = { $name } speaks for { $time }, in { $chapters ->
    [one] one part
   *[other] { $chapters } parts
}.
overview-nobody = The recording runs for { $time }, in { $chapters ->
    [one] one part
   *[other] { $chapters } parts
}.
overview-named = Named most often: { $names }.
overview-in = In “{ $title }”, { $name } says: “{ $words }”
overview-in-unnamed = In “{ $title }” somebody says: “{ $words }”
overview-also = In “{ $title }”, { $name }: “{ $words }”
overview-end = Towards the end, { $name } says: “{ $words }”
overview-end-unnamed = Towards the end somebody says: “{ $words }”
overview-parts = The parts, in order: { $titles }.
overview-most = Most of it is said by { $name }, { $percent } of 100 words.
overview-longest = The longest part is “{ $title }”, with { $time }.
overview-begins = The first words are: “{ $words }”
overview-closes = The last words are: “{ $words }”
overview-notes = There is no transcript, so this is what the publisher writes: “{ $words }”
overview-notes-more = The publisher also writes: “{ $words }”
overview-notes-none = There is no transcript, and the publisher writes nothing that could be quoted.
names-others = { $n ->
    [one] { $first } and one more
   *[other] { $first } and { $n } others
}
overview-about = At the beginning { $name } says: “{ $words }”
overview-about-unnamed = At the beginning somebody says: “{ $words }”

## Episodes in other languages

episode-translate-failed = The model gave no translation this time. The overview stays as it is.
