"""Selections: undone, named, combined, saved by ids, written into addresses, and how alike two are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsaviz import InputError
from vsaviz.groups.cosines import mean_cosines
from vsaviz.selections import COMBINED, read_rows, read_selections, rows_text, write_selections
from vsaviz.ui import selection
from vsaviz.ui.selection import Selection

some_rows = st.sets(st.integers(0, 60)).map(sorted)


@given(st.lists(some_rows, min_size=1, max_size=6))
def test_undo_walks_back_through_all_selections_and_redo_forth_again(steps):
    state, seen = Selection("c"), [()]
    for rows in steps:
        state = state.selecting(rows)
        if tuple(rows) != seen[-1]:
            seen.append(tuple(rows))
    for rows in reversed(seen):
        assert state.rows == rows
        state = state.undone()
    assert state.undone() == state
    for rows in seen:
        assert state.rows == rows
        state = state.redone()


def test_a_new_selection_ends_the_future_and_memory_is_bounded(monkeypatch):
    state = Selection("c").selecting([1]).selecting([2]).undone().selecting([3])
    assert state.future == ()
    assert state.undone().rows == (1,)
    monkeypatch.setattr(selection, "REMEMBERED", 10)
    for first in range(9):
        state = state.selecting(range(first, first + 4))
    assert [len(rows) for rows in state.past] == [4, 4]


@given(some_rows)
def test_rows_come_back_from_their_text(rows):
    if rows:
        assert read_rows(rows_text(rows), 61) == tuple(rows)
    else:
        assert rows_text(rows) == ""


@pytest.mark.parametrize("text", ["", "1-", "5-3", "9", "1..2", "0-99999999999", "a", "١", "1 2", "-1"])
def test_what_is_no_text_of_rows_is_refused(text):
    with pytest.raises(InputError, match="rows"):
        read_rows(text, 9)


def test_two_selections_make_a_third():
    one, other = np.array([1, 2, 3]), np.array([3, 4])
    assert [how(one, other).tolist() for how in COMBINED.values()] == [[1, 2, 3, 4], [3], [1, 2]]


def test_a_file_of_selections_names_documents_by_their_ids():
    ids = ["a", "b</script>", "c\u2028", "é"]
    data = write_selections("pets", {"x": [0, 2], "<y>": [3]}, ids)
    assert read_selections(data, ids).rows == {"x": (0, 2), "<y>": (3,)}
    other = read_selections(data, ["é", "z"])
    assert (other.rows, other.strangers) == ({"x": (), "<y>": (0,)}, 2)


@pytest.mark.parametrize(
    "data", [b"", b"[1]", b'{"selections": {"a": [1]}}', b'{"selections": []}', b"\xff{"]
)
def test_another_file_is_refused(data):
    with pytest.raises(InputError, match="selections"):
        read_selections(data, ["a"])


def test_mean_cosines_are_the_means_over_all_pairs():
    rows = np.random.default_rng(3).normal(size=(9, 5)).astype(np.float32)
    one, other = rows[:5], rows[5:]
    found = mean_cosines(one, other)
    within = [np.mean([a @ b for i, a in enumerate(t) for b in t[:i]]) for t in (one, other)]
    assert found.within == pytest.approx(within, abs=1e-6)
    assert found.between == pytest.approx(float(np.mean(one @ other.T)), abs=1e-6)
    assert mean_cosines(one[:1], other).within[0] is None
    with pytest.raises(ValueError, match="0 and 4 rows"):
        mean_cosines(one[:0], other)
