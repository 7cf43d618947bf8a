"""The budget of memory: kept to, oldest first, and nothing of one visit to be had from another."""

import gc
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vsaviz.ui.budget import Budget, PutAwayError, Store
from vsaviz.ui.memory import budget_of
from vsaviz.ui.sizes import SAMPLE, size_of
from vsaviz.ui.turns import Turns
from vsaviz.ui.visits import Visits

KB = 1_000
OWN = 200
"""More than an array takes beside its numbers."""


def block(kilobytes):
    return np.zeros(kilobytes * KB, np.uint8)


def keep(store, key, kilobytes, kind="arrays", most=100):
    return store.remembered(kind, key, lambda: block(kilobytes), most)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(1, 40)), max_size=40))
def test_the_budget_is_kept_and_what_was_used_last_is_there(steps):
    budget = Budget(100 * KB)
    stores = [Store(budget) for _ in range(3)]
    used = {}  # what a budget that is exact would keep, oldest first
    for visit, key, kilobytes in steps:
        kilobytes = used.get((visit, key), kilobytes)
        made = keep(stores[visit], key, kilobytes)
        assert len(made) == kilobytes * KB
        used.pop((visit, key), None)
        used[visit, key] = kilobytes
        while sum(used.values()) * KB + OWN * len(used) > budget.most:
            used.pop(next(iter(used)))
        assert budget.used <= budget.most
        assert abs(budget.used - sum(used.values()) * KB) <= OWN * len(used)
        there = {(v, k) for v, store in enumerate(stores) for k in range(6) if store.knows("arrays", k)}
        assert there == set(used)


def test_the_oldest_goes_first_whosever_it_is():
    budget = Budget(100 * KB)
    one, other = Store(budget), Store(budget)
    keep(one, "first", 40)
    keep(other, "second", 40)
    keep(one, "first", 40)  # used again
    keep(one, "third", 40)
    assert (one.knows("arrays", "first"), other.knows("arrays", "second")) == (True, False)


def test_what_is_kept_is_not_made_again_and_of_a_kind_only_the_last():
    store = Store(Budget(100 * KB))
    first = keep(store, 1, 1, most=2)
    assert keep(store, 1, 1, most=2) is first
    keep(store, 2, 1, most=2)
    keep(store, 3, 1, most=2)
    assert [store.knows("arrays", key) for key in (1, 2, 3)] == [False, True, True]


def test_one_visit_has_nothing_of_another():
    budget = Budget(100 * KB)
    one, other = Store(budget), Store(budget)
    secret = ["the word is xylophone"]
    one.remembered("documents", "key", lambda: secret, 6)
    assert not other.knows("documents", "key")
    assert other.remembered("documents", "key", lambda: ["mine"], 6) == ["mine"]
    assert not reaches(budget, secret), "the budget, which all share, leads to what a visit keeps"


def reaches(start, goal):
    """Whether one comes from an object to another, without going through the interpreter's own."""
    todo, seen = [start], {id(start)}
    while todo:
        for held in gc.get_referents(todo.pop()):
            if held is goal:
                return True
            if id(held) not in seen and not isinstance(held, type | type(gc) | type(reaches)):
                seen.add(id(held))
                todo.append(held)
    return False


def test_a_visit_that_ends_frees_all_it_kept():
    budget = Budget(100 * KB)
    store, other = Store(budget), Store(budget)
    kept = weakref.ref(keep(store, "a", 30))
    keep(other, "a", 20)
    del store
    gc.collect()
    assert kept() is None
    assert 20 * KB <= budget.used <= 20 * KB + OWN


def test_what_is_larger_than_the_budget_is_made_and_drives_nothing_out():
    store = Store(Budget(100 * KB))
    keep(store, "small", 10)
    assert len(keep(store, "large", 200)) == 200 * KB
    assert (store.knows("arrays", "small"), store.knows("arrays", "large")) == (True, False)


def test_what_grows_is_measured_again_at_the_end_of_the_run():
    budget = Budget(100 * KB)
    store = Store(budget)
    store.begin()
    known = store.remembered("reasons", "key", dict, 6)
    known[1] = block(60)
    store.end()
    assert budget.used >= 60 * KB
    store.begin()
    keep(store, "new", 50)
    store.end()
    assert not store.knows("reasons", "key")


def test_what_is_lent_is_let_go_after_the_run_in_which_room_was_needed():
    budget = Budget(100 * KB)
    store, other = Store(budget), Store(budget)
    store.begin()
    part = keep(store, "a", 60)
    lent = store.lend([part])
    keep(other, "b", 60)  # a run is going on: what it has in hand stays
    assert lent.get() == [part]
    store.end()
    with pytest.raises(PutAwayError, match="load the page again"):
        lent.get()
    store.begin()
    lent = store.lend([part])
    store.end()
    assert lent.get() == [part]  # nobody needed the room
    store.begin()
    later = store.lend([part])
    store.end()
    assert (lent.now, later.now) == (None, [part])  # however long somebody refers to what an earlier run lent
    lent = later
    keep(store, "a", 60)
    keep(other, "c", 80)
    assert lent.now is None


def test_several_threads_keep_to_one_budget():
    budget = Budget(100 * KB)
    wrong = []

    def visit(number):
        store = Store(budget)
        for step in range(60):
            value = store.remembered("kind", step % 9, lambda: (number, block(7)), 6)
            if value[0] != number or budget.used > budget.most:
                wrong.append((number, value[0], budget.used))

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    assert wrong == []
    assert budget.used == 0


def test_only_so_many_work_at_once_and_one_that_waits_can_leave():
    turns, at_once, most, lock = Turns(2), 0, [], threading.Lock()

    def work():
        nonlocal at_once
        with turns.taken(lambda: None), turns.taken(lambda: None):  # a work within a work
            with lock:
                at_once += 1
                most.append(at_once)
            time.sleep(0.02)
            with lock:
                at_once -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(most), len(most)) == (2, 6)

    def leave():
        raise InterruptedError

    one = Turns(1)
    with one.taken(lambda: None):
        left = []

        def wait():
            with suppress(InterruptedError), one.taken(leave):
                return
            left.append(True)

        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(10)
        assert left == [True]


class Framework:
    """Sessions by hand."""

    def __init__(self):
        self.active, self.freed = {"a", "b"}, []

    def is_active_session(self, session_id):
        return session_id in self.active

    def remove_files(self, session_id):
        self.freed.append(session_id)


def test_files_and_memory_of_visits_that_left_are_freed_and_of_others_not():
    framework, budget = Framework(), Budget(100 * KB)
    stores = {name: Store(budget) for name in "ab"}
    visits = Visits(framework, patience=120)
    for name, store in stores.items():
        keep(store, name, 20)
        visits.note(name, store)
    framework.active = {"b"}
    for now in (0, 60, 119):
        visits.look(now)
    framework.active = {"a", "b"}  # back in time
    visits.look(125)
    framework.active = {"b"}
    visits.look(200)
    visits.look(300)
    assert framework.freed == []
    visits.look(321)
    visits.look(500)
    assert framework.freed == ["a"]
    assert (stores["a"].knows("arrays", "a"), stores["b"].knows("arrays", "b")) == (False, True)
    assert 20 * KB <= budget.used <= 20 * KB + OWN


@dataclass
class Holder:
    inside: object


def test_sizes_are_exact_for_arrays_and_near_for_documents():
    array = np.zeros((1000, 50), np.float32)
    assert size_of(array[:1]) == pytest.approx(array.nbytes, abs=2 * OWN)  # for one row all of it stays
    assert size_of(Holder([array, array])) == pytest.approx(array.nbytes, abs=3 * OWN)  # once, not twice
    documents = orjson.loads(orjson.dumps([[i + 999, "x" * (i % 900), [i / 7]] for i in range(5000)]))
    exact = sum(size_of(document) for document in documents)
    assert len(documents) > SAMPLE
    assert size_of(documents) == pytest.approx(exact, rel=0.05)
    assert exact > 5000 * 450


def test_what_is_nested_deeply_or_leads_to_itself_has_a_size():
    deep = []
    for _ in range(20_000):
        deep = [deep]
    assert size_of(deep) >= 20_000 * 56
    loop = Holder(None)
    loop.inside = loop
    assert size_of(loop) < 10 * KB


def test_the_budget_is_set_from_outside():
    assert budget_of({}).most == 4_000_000_000
    with pytest.raises(ValueError, match="VSAVIZ_MEMORY must be a whole number of bytes, got '4 GB'"):
        budget_of({"VSAVIZ_MEMORY": "4 GB"})
