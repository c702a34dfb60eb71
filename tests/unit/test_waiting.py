"""Tasks that wait, held against a list that is looked through from its beginning."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ports.work import Kind, Task
from scheduler.work.waiting import Waiting

KINDS: tuple[Kind, ...] = ("gather", "build", "deliver")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from(KINDS), st.sampled_from("abc")),
        st.tuples(st.just("take"), st.sampled_from(KINDS), st.just("")),
        st.tuples(st.just("release"), st.just("build"), st.sampled_from("abc")),
    ),
    max_size=60,
)


@given(STEPS)
def test_the_first_task_of_a_kind_whose_lock_is_free_is_taken(steps):
    """Whatever was put, taken and released before."""
    waiting = Waiting(KINDS)
    listed: list[Task] = []
    taken: set[str] = set()
    for number, (step, kind, lock) in enumerate(steps):
        if step == "put":
            task = Task(kind, str(number), lock)
            waiting.put(task)
            listed.append(task)
        elif step == "release":
            if lock in taken:
                waiting.release(lock)
            taken.discard(lock)
        else:
            first = next((task for task in listed if task.kind == kind and task.lock not in taken), None)
            assert waiting.take(kind) == first
            if first is not None:
                listed.remove(first)
                taken.add(first.lock)
