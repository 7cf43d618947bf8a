"""Filters by column keep exactly what predicates keep of documents; conditions are written as predicates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from vsaviz import InputError
from vsaviz.features.paths import collapsed, field_name
from vsaviz.features.walk import walk
from vsaviz.jsontext import scalar
from vsaviz.search.columns import column_at, kept_rows
from vsaviz.search.conditions import AMONG, BETWEEN, CONTAINS, HAS, WAYS, WRITTEN, Condition, read_conditions
from vsaviz.search.predicates import read_predicate
from vsaviz.search.where import where_filters


@st.composite
def asked(draw):
    """Documents, and predicates on their own fields with values of their own or strange ones."""
    documents = draw(strategies.collections)
    paths = sorted({collapsed(path) for path in walk(documents).paths}, key=repr)
    name = field_name(draw(st.sampled_from(paths)))
    own = [v for document in documents for v in column_at([document], paths[0]).values]
    values = strategies.scalars | st.sampled_from(
        [v for v in own if not isinstance(v, dict | list)] or [None]
    )
    way = draw(st.sampled_from([way for way in WAYS if way != WRITTEN]))
    if way == CONTAINS:
        given_values = (draw(strategies.texts),)
    elif way == BETWEEN:
        given_values = tuple(draw(st.tuples(strategies.numbers | st.none(), strategies.numbers | st.none())))
    else:
        given_values = tuple(draw(st.lists(values, max_size=3)))
        given_values = (
            tuple(v for v in given_values if isinstance(v, str)) if "contain" in way else given_values
        )
    return documents, Condition(name, way, given_values)


@settings(max_examples=60)
@given(asked())
def test_a_column_keeps_exactly_what_the_predicates_keep(case):
    documents, condition = case
    exact = [all(one.keeps(d) for one in where_filters(list(condition.predicates))) for d in documents]
    read = [read_predicate(text) for text in condition.predicates]
    steps = kept_rows(read, len(documents), lambda path: column_at(documents, path))
    fast = steps[-1] if steps else np.ones(len(documents), bool)
    assert fast.tolist() == exact


@settings(max_examples=60)
@given(asked())
def test_what_a_condition_writes_is_read_as_the_same_condition(case):
    _, condition = case
    again = read_conditions(condition.predicates)
    assert [text for one in again for text in one.predicates] == list(condition.predicates)
    if len(condition.predicates) == 1 and condition.way in (AMONG, HAS):
        assert [one.way for one in again] == [condition.way]


def test_values_of_other_kinds_stay_apart_and_each_document_counts_once():
    column = column_at([{"a": [1, 1, True]}, {"a": [1.0, "1"]}, {}], read_predicate("a[] exists").path)
    counts = {scalar(v): n for v, n in zip(column.values, column.counts.tolist(), strict=True)}
    assert counts == {"1": 1, "true": 1, "1.0": 1, '"1"': 1}
    assert column.n_having == 2
    assert column.kept(read_predicate("a[] = 1")).tolist() == [True, True, False]


def test_objects_and_arrays_can_be_asked_for_too():
    documents = [{"a": {"b": 1}}, {"a": {"b": 2}}, {"a": []}]
    column = column_at(documents, read_predicate("a exists").path)
    assert column.kept(read_predicate('a = {"b": 1.0}')).tolist() == [True, False, False]
    assert column.kept(read_predicate("not a = []")).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("texts", "ways"),
    [
        (["a >= 1", "a <= 2"], [BETWEEN]),
        (["a <= 2", "a >= 1"], [BETWEEN, BETWEEN]),
        (["a >= 1", 'a <= "x"'], [BETWEEN, BETWEEN]),
        (["a >= 1", "b <= 2"], [BETWEEN, BETWEEN]),
        (["not a >= 1"], [WRITTEN]),
        (["a < 1", 'a = {"b": 1}', 'a ~ ""'], [WRITTEN] * 3),
    ],
)
def test_only_the_two_ends_of_one_range_become_one_condition(texts, ways):
    assert [one.way for one in read_conditions(texts)] == ways
    assert [text for one in read_conditions(texts) for text in one.predicates] == texts


def test_what_is_no_predicate_is_no_condition():
    with pytest.raises(InputError, match="write PATH = VALUE"):
        read_conditions(["nonsense"])
