"""Documents → leaves: against a plain recursion, and what is refused, with its place."""

import copy
from collections import Counter, OrderedDict
from enum import IntEnum, StrEnum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import collections, values

from vsaviz.errors import InputError
from vsaviz.features.paths import ARRAY, at, key
from vsaviz.features.walk import walk
from vsaviz.ingest import LIMITS

CONSTANTS = {None: ("null",), True: ("true",), False: ("false",)}


def plain(value, path=(), weight=1.0, balance=0.0):
    """Yield (path, leaf, weight) for each leaf, by recursion."""
    if isinstance(value, dict) and value:
        for name, child in value.items():
            yield from plain(child, (*path, key(name)), weight * len(value) ** -balance, balance)
    elif isinstance(value, list) and value:
        if path and path[-1][0] == "key":
            yield path, ("present",), weight
        for i, child in enumerate(value):
            yield from plain(child, (*path, ARRAY, at(i)), weight * len(value) ** -balance, balance)
    elif value is None or isinstance(value, bool):
        yield path, CONSTANTS[value], weight
    elif isinstance(value, dict | list):
        yield path, ("empty object",) if isinstance(value, dict) else ("empty array",), weight
    else:
        yield path, value, weight


def found(leaves, matrix):
    """For each document its leaves and their entries in a matrix."""
    leaf = [(leaves.paths[place], value) for place, value in zip(leaves.place, leaves.values, strict=True)]
    rows = [matrix[[i]].tocoo() for i in range(leaves.n_documents)]
    return [
        {leaf[c]: pytest.approx(float(w)) for c, w in zip(row.col, row.data, strict=True)} for row in rows
    ]


@given(collections, st.sampled_from([0.0, 0.25, 1.0]))
def test_leaves_are_those_of_the_plain_recursion(documents, balance):
    leaves = walk(documents, balance)
    counts: Counter = Counter()
    shares = []
    for document in documents:
        counts.update((path, leaf) for path, leaf, _ in plain(document))
        shares.append(Counter())
        for path, leaf, weight in plain(document, balance=balance):
            shares[-1][path, leaf] += weight
    leaf = zip([leaves.paths[place] for place in leaves.place], leaves.values, strict=True)
    assert dict(zip(leaf, leaves.occurrences.tolist(), strict=True)) == counts
    assert found(leaves, leaves.shares) == shares


@given(collections)
def test_every_distinct_leaf_stands_once(documents):
    leaves = walk(documents)
    pairs = list(zip(leaves.place.tolist(), map(repr, leaves.values), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert len(set(leaves.paths)) == len(leaves.paths)
    assert (leaves.shares.sum(axis=1) > 0).all()


def test_shares_by_hand():
    leaves = walk([{"a": [1, 1, 2, 3], "b": {}}], balance=0.5)
    half, item = 0.5**0.5, 0.5**0.5 / 2
    assert found(leaves, leaves.shares) == [
        {
            ((key("a"),), ("present",)): half,
            ((key("a"), ARRAY, at(0)), 1): item,
            ((key("a"), ARRAY, at(1)), 1): item,
            ((key("a"), ARRAY, at(2)), 2): item,
            ((key("a"), ARRAY, at(3)), 3): item,
            ((key("b"),), ("empty object",)): half,
        }
    ]


def test_values_that_python_holds_equal_stay_apart():
    leaves = walk([1, True, "1", "true", 1.0, 0, False, -0.0, 2**53, 2**53 + 1, float(2**53)])
    assert leaves.values == [1, ("true",), "1", "true", 0, ("false",), 2**53, 2**53 + 1]
    assert leaves.occurrences.tolist() == [2, 1, 1, 1, 2, 1, 2, 1]


@given(st.lists(values, min_size=1, max_size=3))
def test_documents_are_not_changed(documents):
    before = copy.deepcopy(documents)
    walk(iter(documents))
    assert repr(documents) == repr(before)


class Color(StrEnum):
    RED = "red"


class Size(IntEnum):
    LARGE = 3


def named(leaves):
    """Each leaf as a text, with its path."""
    return [
        ascii((leaves.paths[place], value)) for place, value in zip(leaves.place, leaves.values, strict=True)
    ]


@pytest.mark.parametrize(
    ("given_", "plain_"),
    [
        (OrderedDict(a=1, b={}), {"a": 1, "b": {}}),
        ({"a": OrderedDict()}, {"a": {}}),
        ({"a": Color.RED, "b": Size.LARGE}, {"a": "red", "b": 3}),
        ({"a": np.float64(1.5), "b": np.str_("x")}, {"a": 1.5, "b": "x"}),
        ({Color.RED: 1, np.str_("x"): 2}, {"red": 1, "x": 2}),
    ],
)
def test_subclasses_of_the_types_of_json_are_read_as_those(given_, plain_):
    one, other = walk([given_]), walk([plain_])
    # What is no plain str or number is looked at last.
    assert sorted(named(one)) == sorted(named(other))


NAN, INFINITY, SURROGATE = float("nan"), float("inf"), "\ud800"


@pytest.mark.parametrize(
    ("document", "place", "reason"),
    [
        ({"a": [1, NAN]}, "/a/1", "nan is not a JSON number"),
        ({"a": {"b/c": INFINITY}}, "/a/b~1c", "inf is not a JSON number"),
        (-INFINITY, "its root", "-inf is not a JSON number"),
        ({"a": np.float64("nan")}, "/a", "nan is not a JSON number"),
        ({"a": (1, 2)}, "/a", "tuple is not a JSON type"),
        ({"a": ()}, "/a", "tuple is not a JSON type"),
        ([{1, 2}], "/0", "set is not a JSON type"),
        ({"a": b"bytes"}, "/a", "bytes is not a JSON type"),
        ({"a": np.int64(3)}, "/a", "int64 is not a JSON type"),
        ({"a": np.float32(3)}, "/a", "float32 is not a JSON type"),
        ({"a": np.True_}, "/a", "bool is not a JSON type"),
        ({"a": np.zeros(3)}, "/a", "ndarray is not a JSON type"),
        ({"a": 1j}, "/a", "complex is not a JSON type"),
        ({"a": {1: 2}}, "/a", "the key 1 is not a string"),
        ({True: 2}, "its root", "the key True is not a string"),
        ({"a": {None: 2}}, "/a", "the key None is not a string"),
        ({"a": SURROGATE}, "/a", "a lone surrogate"),
        ({"a": {f"x{SURROGATE}": 2}}, "/a", "a lone surrogate"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(document, place, reason):
    with pytest.raises(InputError) as refused:
        walk([{"a": 1}, document])
    assert str(refused.value).startswith(f"document 1, at {place}: {reason}")


def nested(levels, opened="{"):
    document = 1
    for _ in range(levels):
        document = {"a": document} if opened == "{" else [document]
    return document


@pytest.mark.parametrize("opened", "{[")
def test_nesting_goes_as_deep_as_the_limit_and_no_deeper(opened):
    leaves = walk([nested(LIMITS.depth, opened)])
    steps = [role for role in leaves.paths[0] if role != ARRAY]
    assert len(steps) == LIMITS.depth
    with pytest.raises(InputError, match=f"document 1: nested deeper than {LIMITS.depth} levels"):
        walk([0, nested(LIMITS.depth + 1, opened)])
    with pytest.raises(InputError, match="document 0: nested deeper than"):
        walk([nested(100_000, opened)])


def test_a_document_inside_itself_is_refused():
    document = {}
    document["a"] = [document]
    with pytest.raises(InputError, match="nested deeper"):
        walk([document])


def test_no_documents_have_no_leaves():
    leaves = walk([])
    assert leaves.n_documents == 0
    assert leaves.values == []
