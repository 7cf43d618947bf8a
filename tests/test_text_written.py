"""Documents → their text → leaves: the same as by looking at each value, or not by way of the text at all."""

import datetime
import enum
import json
import uuid
from collections import OrderedDict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_text_leaves import BALANCE, alike, nested

from vsaviz.errors import InputError
from vsaviz.features.text import leaves_of, lines
from vsaviz.features.text.structure import NotTakenError
from vsaviz.features.text.written import written
from vsaviz.features.walk import walk


@pytest.fixture(autouse=True)
def always_written(monkeypatch):
    monkeypatch.setattr(lines, "WRITTEN", range(100))


@given(st.lists(nested, max_size=5), st.integers(1, 40))
def test_the_text_says_the_same(documents, n_bytes):
    try:
        blocks = list(written(documents, n_bytes))
    except NotTakenError:
        assert any(abs(number) > 2**63 for number in integers(documents))
        return
    assert repr([json.loads(line) for line in b"".join(blocks).splitlines()]) == repr(documents)
    assert all(len(block) >= n_bytes for block in blocks[:-1])


def integers(value):
    if isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from integers(child)
    elif isinstance(value, int):
        yield value


@given(st.lists(nested, max_size=5))
def test_leaves_are_those_that_a_walk_finds(documents):
    alike(leaves_of(iter(documents), BALANCE), walk(documents, BALANCE))


class Word(str):
    __slots__ = ()


class Color(enum.StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    "value", [2**64, -(2**70), Word("a"), Color.RED, OrderedDict(b=1, a=[]), np.float64(0.5), -0.0, 1.0]
)
def test_what_is_json_but_rare_has_the_same_leaves(value):
    documents = [{"a": 1}, {"a": [value]}]
    alike(leaves_of(documents, BALANCE), walk(documents, BALANCE))


@pytest.mark.parametrize(
    "value",
    [
        (1, 2),
        float("nan"),
        float("inf"),
        {1: 2},
        uuid.UUID(int=1),
        datetime.date(2026, 1, 1),
        b"a",
        "\ud800",
        {"\ud800": 1},
        {"a", "b"},
        np.int64(1),
    ],
)
def test_what_is_not_json_is_refused_as_a_walk_does(value):
    documents = [{"a": 1}, {"b": {"c": value}}]
    with pytest.raises(InputError) as expected:
        walk(documents)
    with pytest.raises(InputError) as found:
        leaves_of(documents)
    assert str(found.value) == str(expected.value)


def test_few_and_very_many_documents_are_looked_at_as_they_are(monkeypatch):
    monkeypatch.setattr(lines, "WRITTEN", range(3, 5))
    monkeypatch.setattr(lines, "written", lambda *_: pytest.fail("written"))
    for n in (2, 5):
        assert leaves_of([1] * n).n_documents == n
    with pytest.raises(pytest.fail.Exception):
        leaves_of([1, 2, 3])
