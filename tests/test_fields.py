"""What is said of each field: its kind, its scale, and whether it looks like an identifier."""

import random
import uuid
from datetime import date, timedelta
from hashlib import sha1

import pytest

from vsaviz.features.fields import FEWEST_VALUES, IDENTIFIER_WEIGHT, fit_fields
from vsaviz.features.readings import read_arrays
from vsaviz.features.walk import walk

DRAW = random.Random(3)  # noqa: S311 - not for secrets


def table(documents):
    found, _ = fit_fields(read_arrays(walk(documents), "bag"))
    return {field.name: field for field in found.values()}


def column(name, values):
    return table([{name: value, "n": i % 3} for i, value in enumerate(values)])[name]


def shuffled(values):
    return DRAW.sample(list(values), len(values))


@pytest.mark.parametrize(
    ("name", "values", "shape"),
    [
        ("x", [str(uuid.UUID(int=DRAW.getrandbits(128))) for _ in range(60)], "UUID"),
        ("x", [str(uuid.UUID(int=DRAW.getrandbits(128))).upper() for _ in range(60)], "UUID"),
        ("x", [sha1(bytes([i])).hexdigest() for i in range(60)], "hash"),  # noqa: S324 - a shape only
        ("x", [f"ORD-{i:05}" for i in shuffled(range(200))], "code"),
        ("x", [f"A{i}B" for i in range(60)], "code"),
        ("id", range(1, 61), "sequence"),
        ("id", shuffled(range(1000, 1060)), "sequence"),
        ("orderId", range(60), "sequence"),
        ("order_id", range(0, 6000, 100), "sequence"),
        ("ID", range(60), "sequence"),
        ("index", range(60), "sequence"),
    ],
)
def test_identifiers_are_found_and_say_why(name, values, shape):
    field = column(name, values)
    assert (field.kind, field.weight) == ("identifier", IDENTIFIER_WEIGHT)
    assert shape in field.why
    assert f"{len(values)} of {len(values)} values distinct" in field.why


DAYS = [(date(2020, 1, 1) + timedelta(days=i)).isoformat() for i in range(200)]


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("id", [i + 0.5 for i in range(60)], "number"),
        ("id", [i / 7 for i in range(60)], "number"),
        ("date", DAYS, "string"),
        ("id", DAYS, "string"),
        ("id", [f"{day}T10:00:00Z" for day in DAYS], "string"),
        ("lat", [round(DRAW.uniform(-90, 90), 4) for _ in range(60)], "number"),
        (
            "position",
            [f"{DRAW.uniform(-90, 90):.4f},{DRAW.uniform(0, 180):.4f}" for _ in range(60)],
            "string",
        ),
        ("id", range(FEWEST_VALUES - 1), "number"),
        ("x", [str(uuid.UUID(int=i)) for i in range(FEWEST_VALUES - 1)], "string"),
        ("x", [f"ORD-{i % 40:05}" for i in range(200)], "string"),
        ("id", [i % 40 for i in range(200)], "number"),
        ("price", shuffled(range(60)), "number"),
        ("year", range(1900, 1980), "number"),
        ("id", shuffled(range(0, 60_000_000, 1_000_003)), "number"),
        ("x", [f"word{'s' * i} of text" for i in range(60)], "string"),
        ("x", ["".join(DRAW.choices("abcdefghijkl", k=9)) for _ in range(60)], "string"),
        ("dose", [f"{i}mg" for i in range(100)], "string"),
        ("x", [str(i) for i in range(60)], "string"),
    ],
)
def test_what_could_mean_something_is_no_identifier(name, values, kind):
    field = column(name, values)
    assert (field.kind, field.weight, field.why) == (kind, 1.0, "")


def test_fifty_values_are_enough():
    assert column("id", range(FEWEST_VALUES)).kind == "identifier"


def test_identifiers_in_arrays_are_judged_by_their_field():
    found = table([{"items": [{"uid": f"U{10 * i + j:04}"} for j in range(3)]} for i in range(30)])
    assert found["items[].uid"].kind == "identifier"
    assert found["items[].uid"].distinct == 90
    assert found["items[].uid"].documents == 30


def test_kinds_and_counts():
    found = table(
        [
            {"n": 1, "s": "a", "b": True, "z": None, "e": {}, "l": [1, "x"], "m": 1},
            {"n": 1.0, "s": None, "b": False, "z": None, "e": [], "l": [2], "m": "1"},
            {"n": 2, "s": "a", "b": None, "l": [], "o": {"p": 1}},
        ]
    )
    assert {name: (f.kind, f.documents, f.distinct) for name, f in found.items()} == {
        "n": ("number", 3, 2),
        "s": ("string", 3, 2),
        "b": ("boolean", 3, 3),
        "z": ("null", 2, 1),
        "e": ("empty", 2, 2),
        "l": ("array", 3, 2),
        "l[]": ("mixed", 2, 3),
        "m": ("mixed", 2, 2),
        "o.p": ("number", 1, 1),
    }


def test_scales_are_those_of_numeric_fields():
    _, scales = fit_fields(read_arrays(walk([{"a": [3, 1, "x"], "b": 7}, {"a": [2.5], "c": None}]), "bag"))
    knots = {path[0][1]: scale.fine for path, scale in scales.items()}
    assert knots == {"a": (1.0, 2.5, 3.0), "b": (7.0,)}
