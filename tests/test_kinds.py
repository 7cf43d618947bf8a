"""Kinds of leaves: laws over their tables, and near values nearer than far ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from strategies import numbers, texts

from vsaviz.features.atoms import AtomTable
from vsaviz.features.kinds import NUMERIC, TEXTUAL, Values, Writing, recognized
from vsaviz.features.kinds.times import seconds
from vsaviz.features.numbers import exact
from vsaviz.features.strings import STRINGS

FIELDS = {
    "date": [f"20{y}-{1 + y % 12:02}-{1 + y:02}T{y:02}:30:00Z" for y in range(10, 24)],
    "boolean as text": ["yes", "No", "YES"],
    "number as text": [f"{n} {'kg' if n % 2 else 'mg'}" for n in range(1, 40)],
    "coordinates": [f"{n / 2 - 4.5}, {n * 3.25}" for n in range(40)],
    "network address": [f"10.{n % 3}.{n}.{255 - n}" for n in range(30)],
    "version": [f"{n % 4}.{n % 7}.{n}" for n in range(30)],
    "link or file path": [f"https://{'ab'[n % 2]}.org/docs/part{n % 3}/page{n}" for n in range(30)],
    "identifier": [f"{n * 7919:032x}" for n in range(60)],
    "code": [f"{'ABC'[n % 3]}-{n:04}" for n in range(60)],
    "enumeration": ["open", "closed"] * 12,
    "long text": [
        f"in the year {n} there were many more words than a label would ever need" for n in range(9)
    ],
    "text": ["red shirt", "blue skirt", "a saw", ""],
    "row number": list(range(60)),
    "epoch time": [1_600_000_000 + 40_000 * n for n in range(60)],
    "number": [0.5, 3, 1e9, -7],
}
KINDS = [(name, kinds) for kinds in (TEXTUAL, NUMERIC) for name in kinds]
PLAIN = {id(TEXTUAL): STRINGS["words+ngrams"], id(NUMERIC): lambda values, atoms: exact(values, None, atoms)}


def distinct(values):
    found = {value: list(values).count(value) for value in values}
    return Values(list(found), np.array(list(found.values())))


def coded(name, kinds, values):
    """The rows of values, dense (values × atoms), on the scales of the kind's own field."""
    kind, atoms = kinds[name], AtomTable()
    scales = kind.fit(distinct(FIELDS[name]))
    found = kind.write(list(values), Writing(scales, atoms, PLAIN[id(kinds)]))
    shape = (len(values), max(1, len(atoms)))
    return sparse.csr_array((found.weight, (found.row, found.atom)), shape=shape).toarray(), atoms.symbols()


def similar(name, *values):
    rows, _ = coded(name, TEXTUAL if name in TEXTUAL else NUMERIC, values)
    return (rows @ rows.T)[0, 1:].tolist()


def test_every_kind_is_tried_here():
    assert {name for name, _ in KINDS} == FIELDS.keys()


@pytest.mark.parametrize(("name", "kinds"), KINDS, ids=[name for name, _ in KINDS])
def test_a_field_of_a_kind_is_recognized(name, kinds):
    assert recognized(distinct(FIELDS[name]), kinds)[0] is kinds[name]


@pytest.mark.parametrize(("name", "kinds"), KINDS, ids=[name for name, _ in KINDS])
@settings(max_examples=30)
@given(st.data())
def test_any_value_gives_a_row_of_length_one_whatever_its_company(name, kinds, data):
    any_value = texts if kinds is TEXTUAL else numbers
    values = [*FIELDS[name][:3], *data.draw(st.lists(any_value, max_size=4))]
    rows, atoms = coded(name, kinds, values)
    np.testing.assert_allclose((rows**2).sum(axis=1), 1)
    for value, row in zip(values, rows, strict=True):
        alone, its_atoms = coded(name, kinds, [value])
        weights = {symbol: weight for symbol, weight in zip(atoms, row, strict=True) if weight}
        assert weights == pytest.approx({s: w for s, w in zip(its_atoms, alone[0], strict=True) if w})


@pytest.mark.parametrize(
    ("name", "value", "nearest_first"),
    [
        (
            "date",
            "2015-04-06T10:00:00Z",
            ["2015-04-06T10:00:00Z", "2015-04-07T11:00:00Z", "2016-05-03", "2023-01-02"],
        ),
        ("number as text", "10 kg", ["10kg", "10.1 kg", "11 kg", "11 mg", "30 mg"]),
        ("coordinates", "1.5, 30.0", ["1.5,30.0", "1.6, 30.5", "4, 60.5", "14.5, 120.25"]),
        (
            "network address",
            "10.0.3.17",
            ["10.0.3.17", "10.0.3.17:80", "10.0.3.4", "10.0.9.17", "10.1.3.17", "11.0.3.17"],
        ),
        ("version", "1.2.9", ["1.2.9", "1.2.4", "1.5.0", "2.2.9"]),
        (
            "link or file path",
            "https://a.org/docs/part1/page7",
            [
                "https://a.org/docs/part1/page7",
                "https://a.org/docs/part1/page9",
                "https://a.org/docs/other",
                "https://b.org/help",
                "ftp://c.net/",
            ],
        ),
        ("code", "A-0001", ["A-0001", "A-0002", "C-9888"]),
        ("enumeration", "open", ["open", "opens", "closed"]),
        ("identifier", f"{1:032x}", [f"{1:032x}", f"{2:032x}", "another text"]),
        ("epoch time", 1_600_000_000, [1_600_000_000, 1_600_003_600, 1_600_200_000, 1_602_300_000]),
    ],
)
def test_the_nearer_the_more_similar(name, value, nearest_first):
    found = similar(name, value, *nearest_first)
    assert found[0] == pytest.approx(1)
    assert found == sorted(found, reverse=True)
    assert len(set(np.round(found, 6))) == len(found)


def test_the_same_hour_weekday_and_season_are_near_in_long_fields_only():
    monday_nine = "2015-03-02T09:00:00Z"
    same_hour, other_hour = "2021-08-04T09:00:00Z", "2021-08-04T21:00:00Z"
    one, other = similar("date", monday_nine, same_hour, other_hour)
    assert one > other + 0.05
    kind, atoms = TEXTUAL["date"], AtomTable()
    scales = kind.fit(distinct(["2020-01-01T09:00:00Z", "2020-01-01T12:00:00Z"]))
    assert scales[0].cycles == ()
    kind.write([monday_nine], Writing(scales, atoms, STRINGS["words"]))
    assert {symbol[0] for symbol in atoms.symbols()} == {"date fine", "date coarse"}


@pytest.mark.parametrize(
    ("days", "cycles"),
    [
        (range(3), ()),
        ([0, 0.5, 2], ("day",)),
        (range(15), ("week",)),
        ([0, 0.25, 20], ("day", "week")),
        (range(0, 800, 7), ("year",)),
        (range(0, 800, 5), ("week", "year")),
    ],
)
def test_a_cycle_counts_where_times_spread_over_two_of_it(days, cycles):
    values = [1_600_000_000 + 86_400 * day for day in days]
    assert NUMERIC["epoch time"].fit(distinct(values))[0].cycles == cycles


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("1970-01-01", 0),
        ("1970-02", 31 * 86_400),
        ("1970-01-01T00:00:01Z", 1),
        ("1970-01-01 00:01", 60),
        ("1970-01-01T01:00:00+01:00", 0),
        ("1970-01-01T00:00:00.5Z", 0.5),
        ("1970-01-01 00:00:02 UTC", 2),
        ("1969/12/31", -86_400),
        ("19700101T000003Z", 3),
        ("Thu, 01 Jan 1970 00:00:04 GMT", 4),
        ("Jan 2, 1970", 86_400),
        ("2-Jan-1970", 86_400),
        ("1 Jan 1970 05:00 -0500", 36_000),
        ("0001-01-01", -62_135_596_800),
        ("9999-12-31", 253_402_214_400),
    ],
)
def test_dates_are_read_as_seconds(text, since):
    assert seconds(text) == since


@pytest.mark.parametrize(
    "text",
    ["", "1970", "1970-13-01", "1970-02-30", "1970-01-01T25:00", "32 Jan 1970", "01/02/1970", "١٩٧٠-٠١-٠١"],
)
def test_what_is_no_date_is_not_read(text):
    assert seconds(text) is None
