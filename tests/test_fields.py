"""What is said of each field: its kind, what was measured, and the weight that follows."""

import random
import uuid
from datetime import date, timedelta
from hashlib import sha1

import pytest

from vsaviz.features import FeatureSettings, fit
from vsaviz.features.kinds.identifiers import CODE, FEWEST, LITTLE

DRAW = random.Random(3)  # noqa: S311 - not for secrets


def table(documents):
    vocabulary, _ = fit(documents, FeatureSettings())
    return {field.name: field for field in vocabulary.fields.values()}


def column(name, values):
    return table([{name: value, "n": i % 3} for i, value in enumerate(values)])[name]


def shuffled(values):
    return DRAW.sample(list(values), len(values))


UUIDS = [str(uuid.UUID(int=DRAW.getrandbits(128))) for _ in range(60)]
HASHES = [sha1(bytes([i])).hexdigest() for i in range(60)]  # noqa: S324 - a shape only
DAYS = [(date(2020, 1, 1) + timedelta(days=i)).isoformat() for i in range(200)]
PLACES = [f"{DRAW.uniform(-90, 90):.4f},{DRAW.uniform(0, 180):.4f}" for _ in range(60)]
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen"


@pytest.mark.parametrize(
    ("values", "kind", "weight", "why"),
    [
        (UUIDS, "identifier", LITTLE, "60 of 60 values distinct (at least 90 %), UUID shape → 0.1"),
        ([one.upper() for one in UUIDS], "identifier", LITTLE, "UUID shape"),
        (HASHES, "identifier", LITTLE, "60 of 60 values distinct (at least 90 %), hash shape → 0.1"),
        ([f"ORD-{i:05}" for i in shuffled(range(200))], "code", CODE, "200 of 200 values distinct"),
        ([f"A{i}B" for i in range(60)], "code", CODE, "code shape → 0.5"),
        (range(60), "row number", LITTLE, "whole numbers from 0 to 59 with few gaps → 0.1"),
        (shuffled(range(1, 61)), "row number", LITTLE, "60 of 60 values distinct"),
        ([float(i) for i in range(60)], "row number", LITTLE, "whole numbers from 0"),
        (DAYS, "date", 1, "200 of 200 values read as date"),
        ([f"{day}T10:00:00Z" for day in DAYS], "date", 1, "read as date"),
        (["Jun 12 1998", "Mon, 13 Jan 2020 10:00:00 GMT", "1 Mar 2021"], "date", 1, "3 of 3"),
        (PLACES, "coordinates", 1, "60 of 60 values read as coordinates"),
        ([str(i) for i in range(60)], "number as text", 1, "60 of 60 values read as number as text"),
        ([f"{i}mg" for i in range(100)], "number as text", 1, "100 of 100"),
        ([f"${i},000.50" for i in range(1, 9)], "number as text", 1, "8 of 8"),
        ([1_600_000_000 + 1000 * i for i in range(10)], "epoch time", 1, "are seconds since 1970"),
        ([1_600_000_000_000 + i for i in range(10)], "epoch time", 1, "are milliseconds since 1970"),
        (["1.0.2", "^2.13.0", "3.0.0-rc.1"], "version", 1, "3 of 3 values read as version"),
        (["10.0.0.1", "192.168.1.9:80"], "network address", 1, "2 of 2 values read as network address"),
        (["https://a.org/x", "http://b.org"], "link or file path", 1, "2 of 2"),
        (["src/a/b.py", "src/c.py"], "link or file path", 1, "read as link or file path"),
        (["yes", "No", "YES"], "boolean as text", 1, "all values are yes or no"),
        (["red", "blue"] * 10, "enumeration", 1, "2 values in 20 places (at least 10 places a value)"),
        ([f"{LONG} {i}" for i in range(5)], "long text", 1, "14 words on average (at least 12)"),
        ([f"word{'s' * i} of text" for i in range(60)], "text", 1, ""),
        ([i / 7 for i in range(60)], "number", 1, ""),
    ],
)
def test_kinds_say_what_was_measured(values, kind, weight, why):
    for order in (list(values), list(values)[::-1]):
        field = column("x", order)
        assert (field.kind, field.weight) == (kind, weight)
        assert why in field.why
        assert why or field.why.startswith("in ")  # nothing but what rules choose beside the weight


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (UUIDS[: FEWEST - 1], "text"),
        ([f"ORD-{i % 40:05}" for i in range(200)], "text"),
        (range(FEWEST - 1), "number"),
        ([i % 40 for i in range(200)], "number"),
        (range(1900, 1980), "number"),
        (shuffled(range(0, 60_000_000, 1_000_003)), "number"),
        ([1_600_000_000 + i for i in range(9)], "number"),
        ([1_600_000_000, *range(20)], "number"),
        ([f"{i:05}" for i in range(60)], "text"),
        (["".join(DRAW.choices("abcdefghijkl", k=9)) for _ in range(60)], "text"),
        ([str(i) for i in range(7)], "text"),
        (["yes", "maybe"], "text"),
        (["no", "no"], "text"),
        (["2020-01-01", "soon"], "text"),
        (["1999-99-99", "2020-13-01"], "text"),
        (["1.5", "2.5", "3.5"], "text"),
        (["10.0.0.256", "10.0.0.300"], "text"),
        (["and/or", "x y/z w"], "text"),
        (["red", "blue"] * 9, "text"),
        (["red"] * 50, "text"),
    ],
)
def test_what_only_looks_alike_is_not_taken_for_it(values, kind):
    assert column("x", values).kind == kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([None, True, False], "boolean"),
        ([None, None], "null"),
        ([{}, {}], "empty"),
        (["a", 1, None], "mixed"),
        (["a", True], "mixed"),
        ([3, None], "number"),
        ([[1], [2, 3]], "array"),
    ],
)
def test_kinds_of_other_values(values, kind):
    assert column("x", values).kind == kind


def test_no_rule_looks_at_a_name():
    for name in ("id", "uuid", "date", "price", "lat"):
        for values in (UUIDS, DAYS, PLACES, range(60), [i / 7 for i in range(60)]):
            named, plain = column(name, values), column("x", values)
            assert (named.kind, named.weight, named.why) == (plain.kind, plain.weight, plain.why)


def test_a_field_of_many_kinds_has_full_weight_unless_all_are_of_little():
    assert column("x", [*UUIDS, *range(60)]).weight == LITTLE
    assert column("x", [*UUIDS, *range(7)]).weight == 1
    assert column("x", [*UUIDS, True]).weight == 1


def test_counts_are_those_of_documents_and_of_values():
    fields = table([{"a": [1, 1, 2]}, {"a": [2]}, {"b": {}}])
    assert (fields["a[]"].documents, fields["a[]"].distinct) == (2, 2)
    assert (fields["a"].documents, fields["a"].kind) == (2, "array")
    assert fields["b"].documents == 1
