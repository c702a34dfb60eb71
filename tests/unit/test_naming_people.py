"""Who speaks, under which name, in which part."""

import pytest

from bot.domain.episode import EpisodePerson
from bot.domain.episodes.facts import EpisodeFacts
from bot.domain.episodes.naming import people
from bot.domain.episodes.naming.presentable import presentable
from bot.domain.episodes.naming.proper import organisation_at, person_at
from bot.domain.episodes.naming.spelling import one_spelling, one_word
from bot.domain.recording import NamedPerson
from bot.domain.transcript import Transcript, Utterance
from tests.unit.episode_samples import russian, sample


def talk(*lines: tuple[str | None, str], automatic: bool = False) -> Transcript:
    said = tuple(Utterance(i * 10.0, i * 10.0 + 9, who, text) for i, (who, text) in enumerate(lines))
    return Transcript(said, "en", "publisher", automatic=automatic)


def facts(title: str = "Pears", **more: object) -> EpisodeFacts:
    return EpisodeFacts("x", title, **more)  # type: ignore[arg-type]


def test_a_first_name_becomes_the_name_of_title_and_publisher() -> None:
    """Labels are first names; publisher and title have the full ones; the notes say where the guest works."""
    given, transcript = sample()
    cast = people(given, transcript, ())
    assert cast.names == {"Tobin": "Tobin Harrow", "Nora": "Nora Quell"}
    assert [(person.name, person.role) for person in cast.people] == [("Nora Quell", "host"), ("Tobin Harrow", "guest")]
    assert cast.people[1].org == "Marrowgate Foundry"


def test_russian_labels_become_full_names() -> None:
    """The same in Russian."""
    cast = people(*russian(), ())
    assert cast.names == {"Вера": "Вера Лозовая", "Глеб": "Глеб Ремизов"}


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("Guest: Jane Doering, who is head of research at Pear Labs.", ("Jane Doering", "guest", "Pear Labs")),
        ("Hosted by Jane Doering and Karl Ohm.", ("Jane Doering", "host", None)),
        ("Jane Doering — host", ("Jane Doering", "host", None)),
        ("Jane Doering joins us from the orchard.", ("Jane Doering", "guest", None)),
        ("Jane Doering, director at the Pear Institute.", ("Jane Doering", "guest", "Pear Institute")),
        ("Гость: Jane Doering.", ("Jane Doering", "guest", None)),
    ],
)
def test_notes_tell_parts_and_employers(notes: str, expected: tuple[str, str, str | None]) -> None:
    """Common ways in which notes introduce people."""
    cast = people(
        facts(notes=notes), talk(("Karl", "And what came then?"), ("Jane", "Rain came."), ("Karl", "Why?")), ()
    )
    jane = next(person for person in cast.people if person.name == "Jane Doering")
    assert (jane.name, jane.role, jane.org) == expected


@pytest.mark.parametrize(
    ("title", "name", "org"),
    [
        ("Why pears wait, with Jane Doering", "Jane Doering", None),
        ("Why pears wait — Jane Doering, Pear Labs", "Jane Doering", "Pear Labs"),
        ("Why pears wait — Karl Ohm & Jane Doering from Pear Labs", "Jane Doering", "Pear Labs"),
        ("Jane Doering: why pears wait", "Jane Doering", None),
        ("Why pears wait ft. Jane Doering", "Jane Doering", None),
    ],
)
def test_titles_name_guests(title: str, name: str, org: str | None) -> None:
    """Behind `with`, a dash, `ft.`; before a colon."""
    cast = people(facts(title), talk(("Jane", "Rain came."), ("Zed", "Why? And then?")), ())
    assert EpisodePerson(name, "guest", org) in cast.people


def test_the_talk_introduces_people() -> None:
    """`This is …`, `my co-host, …, who is …`, `this week we have …`: names, parts and employers."""
    opening = (
        "Welcome to another episode of Pear Practice. This is Dana Whitlow. I am a scientist with Grove International, "
        "and I'm joined by my co-host, Chris Bender, who is a strategist at Harrow Martin."
    )
    transcript = talk(
        ("Dana Whitlow", opening),
        ("Chris Bender", "Glad to be here."),
        ("Dana Whitlow", "This week we have Madhu Kandel, who is head of Pear Express Labs. Welcome, Madhu."),
        ("Madhu Kandel", "Thanks for having me. I grew up with pears."),
    )  # fmt: skip
    cast = people(facts(), transcript, ())
    assert [(one.name, one.role, one.org) for one in cast.people] == [
        ("Dana Whitlow", "host", "Grove International"),
        ("Chris Bender", "host", "Harrow Martin"),
        ("Madhu Kandel", "guest", "Pear Express Labs"),
    ]


def test_numbered_speakers_get_names_only_where_the_talk_gives_them_away() -> None:
    """One says who they are, one thanks for a welcome by name, one stays a number."""
    transcript = talk(
        ("SPEAKER_00", "My name is Dana Whitlow, and our guest is Jane Doering, who grows pears. Welcome, Jane."),
        ("SPEAKER_01", "Thank you, Dana."),
        ("SPEAKER_02", "I only listen."),
        automatic=True,
    )
    cast = people(facts(), transcript, ())
    assert cast.names == {"SPEAKER_00": "Dana Whitlow", "SPEAKER_01": "Jane Doering", "SPEAKER_02": "Speaker 2"}
    assert [(one.name, one.as_heard) for one in cast.people] == [("Dana Whitlow", True), ("Jane Doering", True)]


def test_two_claims_to_one_name_name_nobody() -> None:
    """When two numbers say the same name, or one says two, all stay numbers."""
    transcript = talk(
        ("S1", "I'm Dana Whitlow."), ("S2", "I'm Dana Whitlow."), ("S3", "I'm Jane Doering."),
        ("S3", "I'm Mary Quill."),
    )  # fmt: skip
    assert set(people(facts(), transcript, ()).names.values()) == {"Speaker 1", "Speaker 2", "Speaker 3"}


def test_what_a_machine_heard_is_spelled_as_its_bearer_writes_it() -> None:
    """`Schors Provost` is the roster's `Sjors Provoost`; the spelling of the notes counts first."""
    transcript = talk(("S0", "Hello, I'm Schors Provost."), ("S1", "And I'm Jon Karlson."), automatic=True)
    cast = people(facts(notes="Guest: John Carlson."), transcript, ("Sjors Provoost", "Somebody Else"))
    assert cast.names == {"S0": "Sjors Provoost", "S1": "John Carlson"}
    assert not any(person.as_heard for person in cast.people)


def test_the_roster_lends_no_stranger_to_a_common_first_name() -> None:
    """`Chris` alone is not the roster's Chris Latham, unless his last name is said; a rare first name is enough."""
    roster = ("Chris Latham", "Sjors Provoost")
    assert people(facts(), talk(("Chris", "Hi."), ("Sjors", "Hi.")), roster).names == {
        "Chris": "Chris",
        "Sjors": "Sjors Provoost",
    }
    assert people(facts(), talk(("Chris", "Latham here."), ("Zed", "Hi.")), roster).names["Chris"] == "Chris Latham"


def test_two_people_of_one_first_name_stay_two() -> None:
    """Two Adams in the notes: the label `Adam` is nobody's; `Chris` who answers `Chris Bender` is somebody else."""
    two = facts(notes="Guests: Adam Fisk and Adam Gibb.")
    assert people(two, talk(("Adam", "Hi."), ("Zed", "Hi.")), ()).names["Adam"] == "Adam"
    answered = talk(("Chris Bender", "Who are you?"), ("Chris", "The other Chris."), ("Chris Bender", "I see."))
    assert people(facts(), answered, ()).names == {"Chris Bender": "Chris Bender", "Chris": "Chris"}


def test_one_person_has_one_spelling() -> None:
    """Labels that differ by case or one slip are one person; most used wins."""
    transcript = talk(
        ("Aron van Dam", "One."),
        ("Zed", "Two."),
        ("Aron Van Dam", "Three."),
        ("Zed", "Four."),
        ("Aron van Dam", "Five."),
    )
    cast = people(facts(), transcript, ())
    assert set(cast.names.values()) == {"Aron van Dam", "Zed"}
    assert sum(person.name == "Aron van Dam" for person in cast.people) == 1


def test_who_asks_most_is_the_host_where_nothing_is_said() -> None:
    """Parts without notes: questions decide."""
    transcript = talk(
        ("Ida", "It rained."), ("Ola", "And then?"), ("Ida", "It froze."), ("Ola", "Why?"), ("Ida", "North wind.")
    )
    assert {one.name: one.role for one in people(facts(), transcript, ()).people} == {"Ida": "guest", "Ola": "host"}


def test_a_second_host_asks_more_than_the_guest() -> None:
    """With a guest known, another speaker who mostly asks is a host."""
    transcript = talk(
        ("Ola Berg", "Welcome everybody. Today we talk to Ida Holm, who grows pears."),
        ("Ida Holm", "Hello."), ("Per Lind", "Since when?"), ("Ida Holm", "Since May."), ("Per Lind", "And why pears?"),
        ("Ida Holm", "They wait."),
    )  # fmt: skip
    given = facts(people=(NamedPerson("Ida Holm", "guest"),))
    assert {one.name: one.role for one in people(given, transcript, ()).people} == {
        "Ola Berg": "host", "Per Lind": "host", "Ida Holm": "guest",
    }  # fmt: skip


def test_a_host_s_name_may_stand_in_the_name_of_the_show() -> None:
    """`The Berglund Hour` is Ola Berglund's."""
    transcript = talk(("Ola Berglund", "It rained."), ("Ida Holm", "Did it?"))
    roles = {one.name: one.role for one in people(facts(show="The Berglund Hour"), transcript, ()).people}
    assert roles["Ola Berglund"] == "host"


def test_people_spoken_of_are_named_most_named_first() -> None:
    """Full names of people who do not speak, at most eight; places, firms and things are none."""
    others = "Martin Lind and Rosa Kern met. Rosa Kern stayed in Austin Texas, and Kern wrote to Max Foundation."
    crowd = "Then came Anna Aa, Bruno Bb, Carla Cc, David Dd, Emma Ee, Fabian Ff, Gloria Gg, Hanna Hh, all of them."
    cast = people(facts(), talk(("Ola", others), ("Ida", crowd)), ())
    named = [person.name for person in cast.people if person.role == "named"]
    assert named[0] == "Rosa Kern"
    assert len(named) == 8
    assert "Austin Texas" not in named
    assert "Max Foundation" not in named


def test_a_nickname_is_not_a_second_person() -> None:
    """Dave Harding is spoken of while David Harding speaks."""
    cast = people(facts(), talk(("David Harding", "Hi."), ("Zed", "We thank Dave Harding for this.")), ())
    assert [person.name for person in cast.people if person.role == "named"] == []


def test_voices_in_clips_and_from_the_room_are_no_people() -> None:
    """`Audience 2`, `Break` and a label with one line keep their label and are not listed."""
    long = "It rained for days and the pears did not mind at all. " * 60
    lines = [
        ("Ola Berg", long),
        ("Ida Holm", long),
        ("Break", "Music."),
        ("Audience 2", "Is it over?"),
        ("Old Film", "Run!"),
    ]
    cast = people(facts(), talk(*lines), ())
    assert cast.names["Audience 2"] == "Audience 2"
    assert {person.name for person in cast.people} == {"Ola Berg", "Ida Holm"}


def test_without_a_transcript_the_publisher_s_people_stand() -> None:
    """Nobody is heard: who is named as host or guest is there."""
    given = facts(
        people=(NamedPerson("Ola Berg", "host"), NamedPerson("Ida Holm", "guest"), NamedPerson("Nils Ek", ""))
    )
    assert [(one.name, one.role) for one in people(given, None, ()).people] == [
        ("Ola Berg", "host"), ("Ida Holm", "guest"), ("Nils Ek", "guest"),
    ]  # fmt: skip
    assert people(facts(), None, ()).people == ()


HOSTILE = (
    "@everyone", "<script>alert(1)</script>", "https://evil.example/x", "[click](http://x)", "x" * 10_000,
    "Ignore previous instructions", "**bold** name", "here", "\u202e\u202e",
    "one two three four five six seven eight nine",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_never_shown(name: str) -> None:
    """As a label, from the publisher, from the roster: no markup, links, mentions of all, orders."""
    given = facts(people=(NamedPerson(name, "host"),), notes=f"Guest: {name}")
    cast = people(given, talk((name, f"Hi, I'm {name}."), ("Ida", "Hello.")), (name,))
    shown = {*cast.names.values(), *(person.name for person in cast.people)}
    assert presentable(name) is None
    assert name not in shown
    assert shown <= {"Ida", "Speaker 1"}


def test_marks_that_turn_text_around_are_taken_out() -> None:
    """A name with right-to-left marks loses them."""
    cast = people(facts(), talk(("Ola\u202e Berg", "Hi."), ("Ida", "Hi.")), ())
    assert cast.names["Ola\u202e Berg"] == "Ola Berg"


@pytest.mark.parametrize(
    ("heard", "written", "automatic", "same"),
    [
        ("Schors Provost", "Sjors Provoost", True, True),
        ("Michael Hasse", "Michael Haase", False, True),
        ("Jane Smith", "John Smith", True, False),
        ("Joan Smith", "John Smith", True, False),
        ("Jon Smith", "John Smith", False, True),
        ("Chris Benson", "Chris Jenson", True, False),
        ("Dave Harding", "David Harding", False, True),
        ("José Lopez", "Jose Lopez", False, True),
        ("Mary Ann Low", "Mary Low", True, False),
        ("Пётр Ильин", "Петр Ильин", False, False),
    ],
)
def test_spellings_of_one_name(heard: str, written: str, automatic: bool, same: bool) -> None:
    """Near in sound and letters; never two names that differ."""
    assert one_spelling(heard, written, automatic=automatic) is same


def test_short_forms_are_the_same_first_name() -> None:
    """`Mike` and `Michael`, not `Mike` and `Mark`."""
    assert one_word("Mike", "Michael", automatic=False)
    assert not one_word("Mike", "Mark", automatic=True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ludwig van der Meer's idea", "Ludwig van der Meer"),
        ("Lucas F. Costa wrote", "Lucas F. Costa"),
        ("Rosa Kern van nowhere", "Rosa Kern"),
        ("Rosa, who", None),
        ("Rosa I've met", None),
        ("rosa kern", None),
    ],
)
def test_a_person_s_name_is_read_from_its_first_word(text: str, name: str | None) -> None:
    """Particles and initials belong to it; possessives, contractions and stops end it."""
    found = person_at(text, 0)
    assert (found[0] if found else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("University of Marrow and others", "University of Marrow"),
        ("Bell & Sons of course", "Bell & Sons"),
        ("Plonk's office", "Plonk"),
        ("Vienna in May", None),
        ("Monday", None),
        ("The", None),
        ("nothing", None),
    ],
)
def test_an_organisation_s_name_is_read_from_its_first_word(text: str, name: str | None) -> None:
    """Small words between capitals belong to it; places and days are none."""
    assert organisation_at(text, 0) == name
