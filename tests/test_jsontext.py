"""Values as text: exact, and the same as the standard library wherever that can write them."""

import json

import pytest
from hypothesis import given
from strategies import values

from vsaviz import strict_json
from vsaviz.jsontext import indented, scalar, short, visible

DEEPEST = 500


def nested(depth):
    value = 1
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


@given(values)
def test_indented_text_is_that_of_the_standard_library(value):
    assert indented(value) == json.dumps(value, indent=2, ensure_ascii=False)


@given(values)
def test_indented_text_reads_back_as_the_same_value(value):
    assert repr(strict_json.loads(indented(value).encode(), DEEPEST)) == repr(value)


def test_an_integer_of_5000_digits_is_written_digit_by_digit():
    digits = "1" + "0" * 4998 + "7"
    value = strict_json.loads(digits.encode(), DEEPEST)
    assert scalar(value) == short(value) == digits
    assert scalar(-value) == f"-{digits}"
    assert indented({"n": [value]}) == f'{{\n  "n": [\n    {digits}\n  ]\n}}'


def test_the_deepest_document_that_is_read_can_be_written():
    text = indented(nested(DEEPEST))
    assert text.count("\n") == 2 * DEEPEST
    assert strict_json.loads(text.encode(), DEEPEST) == nested(DEEPEST)


@pytest.mark.parametrize(
    ("value", "as_json", "as_label"),
    [
        (None, "null", "–"),
        (True, "true", "true"),
        (False, "false", "false"),
        (1, "1", "1"),
        (1.5, "1.5", "1.5"),
        ("a", '"a"', "a"),
        ("", '""', ""),
        ('say "é"\n\x1b', '"say \\"é\\"\\n\\u001b"', 'say "é"\n\x1b'),
    ],
)
def test_known_values(value, as_json, as_label):
    assert scalar(value) == as_json
    assert short(value) == as_label


def test_what_cannot_be_seen_is_shown_as_an_escape():
    assert visible("a\0b\x1b[31m\x7f\u202egnp\ufeff") == "a\\u0000b\\u001b[31m\\u007f\\u202egnp\\ufeff"
    untouched = "line\nbreak\t 👩\u200d👧 עברית 日本 é"
    assert visible(untouched) == untouched
    assert json.loads(visible(scalar("\u202e\x85"))) == "\u202e\x85"
