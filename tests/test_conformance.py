"""Every class of file in a suite for JSON parsers, with cases of our own.

What is valid is read with its very value, what is invalid is refused with a message, and where RFC 8259
leaves the choice to the parser, either is right and nothing else may happen.
"""

import json
import sys
from dataclasses import dataclass, field
from typing import Any

import pytest

from vsaviz import InputError, read_json
from vsaviz.ingest import LIMITS, parse

MAX = sys.float_info.max


@dataclass(frozen=True)
class Case:
    """A class of texts: those that are JSON with their values, those that are not, and those in between."""

    valid: list[tuple[bytes, Any]] = field(default_factory=list)
    invalid: list[bytes] = field(default_factory=list)
    either: list[bytes] = field(default_factory=list)


def within(depth, text=b""):
    return b"[" * depth + text + b"]" * depth


CLASSES = {
    "a single value": Case(
        [
            (b"null", None),
            (b"true", True),
            (b"false", False),
            (b"42", 42),
            (b"-1.5e2", -150.0),
            (b'""', ""),
            (b'"x"', "x"),
            (b"[]", []),
            (b"{}", {}),
        ],
        [b"", b" ", b"\n", b"nul", b"nulL", b"Null", b"TRUE", b"fals", b"truetrue", b"undefined", b"None",
         b"x"],
    ),
    "arrays": Case(
        [
            (b"[null]", [None]),
            (b"[[],[[]],[{}]]", [[], [[]], [{}]]),
            (b'[1,"1",true,1.0]', [1, "1", True, 1.0]),
            (b"[ 1 , 2 ]", [1, 2]),
            (b"[1\n,\n2]", [1, 2]),
            (b"[" + b"0," * 9999 + b"0]", [0] * 10_000),
        ],
        [b"[", b"]", b"[1", b"[1,", b"[1,]", b"[,]", b"[,1]", b"[1,,2]", b"[1 2]", b"[1;2]", b"[1:2]", b"[1}",
         b"[]]", b"[[]", b"[1],", b"[a]", b"[-]", b"[*]", b"[\n1\n,1", b"[...]", b"(1)", b"<null>",
         b"[1]\x00", b"[\x0b1]", b"[\xe2\x81\xa01]", b"\xe2\x81\xa0[]"],
    ),
    "objects": Case(
        [
            (b'{"a":1,"b":{"a":2}}', {"a": 1, "b": {"a": 2}}),
            (b'{"":0}', {"": 0}),
            (b'{" ":0,"  ":1}', {" ": 0, "  ": 1}),
            (b'{"a\\u0000b":1}', {"a\0b": 1}),
            (b'{"\\u0061":1}', {"a": 1}),
            (b'{"a.b":{"c/d":1},"e~f":2}', {"a.b": {"c/d": 1}, "e~f": 2}),
            (b'{"__proto__":{"x":1},"constructor":2}', {"__proto__": {"x": 1}, "constructor": 2}),
            (b'{"\xc3\xa9":1,"e\xcc\x81":2}', {"\u00e9": 1, "e\u0301": 2}),
            (b"{" + b",".join(b'"k%d":%d' % (i, i) for i in range(10_000)) + b"}",
             {f"k{i}": i for i in range(10_000)}),
        ],
        [b"{", b"}", b'{"a"', b'{"a":', b'{"a":1', b'{"a":1,', b'{"a":1,}', b"{,}", b'{,"a":1}', b'{"a" 1}',
         b'{"a",1}', b'{"a"::1}', b'{"a":1,,"b":2}', b'{"a":1 "b":2}', b'{"a":1;"b":2}', b'{"a"}', b'{"a":}',
         b"{a:1}", b"{'a':1}", b"{1:1}", b"{null:1}", b"{[]:1}", b'{"a":1]', b'{"a":1}}', b'{"a":1}#',
         b'{:1}', b'{"a":"b":"c"}', b'{"a" b}', b"{{}}", b'{"a":1}/**/', b'{"a":/*1*/1}', b'{"a":1}//',
         b"{\xf0\x9f\x87:1}"],
    ),
    "duplicate keys": Case(
        [
            (b'{"a":1,"a":2}', {"a": 2}),
            (b'{"a":1,"\\u0061":2,"b":3}', {"a": 2, "b": 3}),
            (b'{"a":{"b":1},"a":{"c":2}}', {"a": {"c": 2}}),
            (b'{"a":36893488147419103232,"a":-0}', {"a": 0}),
        ],
    ),
    "whole numbers": Case(
        [
            (b"0", 0),
            (b"-0", 0),
            (b"-1", -1),
            (b"9007199254740993", 9007199254740993),
            (b"9223372036854775808", 9223372036854775808),
            (b"-9223372036854775809", -9223372036854775809),
            (b"18446744073709551616", 18446744073709551616),
            (b"[" + b"9" * 400 + b"]", [10**400 - 1]),
            (b"-" + b"9" * 4_000, -(10**4_000) + 1),
        ],
        [b"+1", b"++1", b"--1", b"01", b"-01", b"00", b"-", b"1 000", b"1_000", b"1,000", b"0x1F", b"0o7",
         b"0b1", b"1n", b"\xef\xbc\x91", b"- 1", b"-x", b"1a", b"[-01]", b"[012]", b"$1"],
    ),
    "numbers with a point or an exponent": Case(
        [
            (b"1.0", 1.0),
            (b"-0.0", -0.0),
            (b"0.1e1", 1.0),
            (b"1E5", 100_000.0),
            (b"1e+2", 100.0),
            (b"1E-2", 0.01),
            (b"1e00", 1.0),
            (b"0e9", 0.0),
            (b"0.30000000000000004", 0.30000000000000004),
            (b"1.7976931348623157e308", MAX),
            (b"4.9e-324", 5e-324),
            (b"1e-999", 0.0),
            (b"0." + b"0" * 5000 + b"1", 0.0),
            (b"123456789012345678901234567890.5", 1.2345678901234568e29),
        ],
        [b".5", b"-.5", b"+.5", b"1.", b"-1.", b"1.e1", b"1.5.2", b"1e", b"1e+", b"1e-", b"1E+-2", b"1e1.5",
         b"e1", b"1ee1", b"1e 1", b"1 e1", b"0e", b"0E+", b"1,5", b"1.a", b"NaN", b"-NaN", b"nan", b"Inf",
         b"Infinity", b"-Infinity", b"+Infinity", b"[NaN]", b"1.0e", b"0x1p3", b"1f", b"1.2d"],
        [b"1e309", b"-1e309", b"1e99999999999999999999", b"-1e9999", b"[1" + b"0" * 400 + b".0]",
         b"1e-99999999999"],
    ),
    "strings": Case(
        [
            (b'"a\\"b\\\\c\\/d/"', 'a"b\\c/d/'),
            (b'"\\b\\f\\n\\r\\t"', "\b\f\n\r\t"),
            (b'"\\u0000\\u001f"', "\0\x1f"),
            (b'"\\\\u0041"', "\\u0041"),
            (b'"\\u0022\\u005C"', '"\\'),
            (b'"\\u2028\\u2029"', "\u2028\u2029"),
            (b'"\xe2\x80\xa8\x7f"', "\u2028\x7f"),
            (b'"\\uFFFF\\ufdd0"', "\uffff\ufdd0"),
            (b'"/* */ // # <!-- -->"', "/* */ // # <!-- -->"),
            (b'" 1 "', " 1 "),
            (b'"' + b"x" * 1_000_000 + b'"', "x" * 1_000_000),
            (b'"' + b"\\n" * 100_000 + b'"', "\n" * 100_000),
        ],
        [b'"', b'"a', b"'a'", b'"a\'', b"\xe2\x80\x9ca\xe2\x80\x9d", b'"\\"', b'"\\', b'"\\x41"', b'"\\a"',
         b'"\\0"', b'"\\\'"', b'"\\ "', b'"\\U0041"', b'"\\u"', b'"\\u1"', b'"\\u12"', b'"\\u123"',
         b'"\\u12G4"', b'"\\u 123"', b'"\\u{41}"', b'"\\\n"', b'"\n"', b'"\r"', b'"\t"', b'"\x00"',
         b'"\x01"', b'"\x1f"', b'"a""b"', b'"a" "b"', b'"a"b', b"`a`", b'"\\\xe9"', b'\\u0022a\\u0022',
         b'["\\uD834\\'],
    ),
    "surrogates": Case(
        [
            (b'"\\ud83d\\ude00"', "\U0001f600"),
            (b'"\\uD834\\uDD1Ex"', "\U0001d11ex"),
            (b'"\\udbff\\udfff"', "\U0010ffff"),
            (b'"\xf0\x9f\x98\x80"', "\U0001f600"),
        ],
        [b'"\\ud83d\\u"', b'"\\ud83d\\ude0"'],
        [b'"\\ud83d"', b'"\\ude00"', b'"\\ude00\\ud83d"', b'"\\ud83dx"', b'"\\ud83d\\n"',
         b'"\\ud83d\\ud83d\\ude00"', b'"\\ud83d\\u0041"', b'{"\\udfaa":0}', b'"\xed\xa0\x80"',
         b'"\xed\xb0\x80"', b'"\xed\xa0\xbd\xed\xb8\x80"'],
    ),
    "bytes that are not UTF-8": Case(
        [(b'"\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf4\x8f\xbf\xbf"', "\x80\u07ff\u0800\uffff\U0010ffff")],
        [b"\xff", b"[\xff]", b"{\xff:1}", b"1\xe5", b"[1\xe5]", b"[1e1\xe5]"],
        [b'"\xe9"', b'"\x81"', b'"\xc3"', b'"\xe0\xff"', b'"\xc0\xaf"', b'"\xe0\x80\xaf"',
         b'"\xc1\xbf"', b'"\xf8\x88\x80\x80\x80"', b'"\xfc\x83\xbf\xbf\xbf\xbf"', b'"\xf4\x90\x80\x80"',
         b'"\xf0\x80\x80\x80"', b'"\xe6\x97\xa5\xd1\x88\xfa"', b'{"\xb9":1}'],
    ),
    "byte order marks and other encodings": Case(
        [(b"\xef\xbb\xbf{}", {}), (b"\xef\xbb\xbf 1", 1), (b'"\xef\xbb\xbf"', "\ufeff")],
        [b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf1", b"\xef\xbb{}", b"\xef[]", b"[\xef\xbb\xbf1]"],
        [text.encode(codec) for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le",
         "utf-32-be")
         for text in ('["é"]', "1", '{"a":"\U0001f600"}')] + ['["é"]'.encode("latin-1"),
         '"я"'.encode("cp1251")],
    ),
    "white space": Case(
        [(b" \t\r\n[ \t\r\n]\t\r\n ", []), (b"\n\n\n1", 1), (b"[1,\r2]", [1, 2]), (b"\r1\r", 1), (b"[\t1\t]",
         [1])],
        [b"\x0c1", b"1\x0b", b"\xc2\xa01", b"[1]\xc2\xa0", b"[\xe2\x80\x8b]", b"\xe3\x80\x80{}",
         b"[1,\xc2\x852]", b"\x1e1", b"\xe2\x80\xa8[]"],
    ),
    "something behind": Case(
        [(b"1\n\n", 1), (b"[1] \r\n", [1])],
        [b"1 1", b"[] []", b"{} 1", b"[1]x", b"[1]]", b"{}}", b"1;", b"[1] ,", b'{"a":1},{"a":2}', b"[1]#",
         b"[1]//", b"12\x00", b"[1]\x00\x00", b"123\x00", b'"a",', b"2@", b"[][", b"[1]\\n", b"null,",
         b"[true]!"],
    ),
    "NUL": Case(
        [(b'"\\u0000"', "\0")],
        [b"\x00", b"\x00" * 9, b"[\x00]", b'["a\x00"]', b"2\x00", b"\x00[1]", b"[1]\x00\n"],
    ),
    "nesting": Case(
        [
            (within(LIMITS.depth), json.loads(within(LIMITS.depth))),
            (b'{"a":' * 300 + b"1" + b"}" * 300, json.loads(b'{"a":' * 300 + b"1" + b"}" * 300)),
            (b"[" + b"[]," * 50_000 + b"[]]", [[] for _ in range(50_001)]),
        ],
        [b"[" * 100_000, b'[{"":' * 50_000, b"[" * 500, b'{"a":' * 400, b"]" * 100_000, within(400)[:-1],
         within(400) + b"]", b'[{"a":[' * 100 + b"x"],
        [within(501), within(1024), within(1025), within(100_000), b'{"a":' * 5000 + b"1" + b"}" * 5000],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLASSES)
def test_what_is_valid_is_read_with_its_value(name):
    for text, value in CLASSES[name].valid:
        assert repr(parse(text).top) == repr(value), text[:60]


@pytest.mark.parametrize("name", CLASSES)
def test_what_is_invalid_is_refused_with_a_message(name):
    for text in CLASSES[name].invalid:
        with pytest.raises(InputError, match=r"^input(, line \d+, column \d+)?: ."):
            pytest.fail(f"{text[:60]} was read as {str(read_json(text))[:60]}")


@pytest.mark.parametrize("name", CLASSES)
def test_what_may_be_either_is_read_or_refused(name):
    for text in CLASSES[name].either:
        try:
            read_json(text)
        except InputError as error:
            message = str(error)
        else:
            message = "input"
        assert message.startswith("input")


def test_the_classes_are_no_shells():
    """At least as many cases as the known suite has files, and each text in one place only."""
    every = [
        text
        for case in CLASSES.values()
        for text in [*(text for text, _ in case.valid), *case.invalid, *case.either]
    ]
    assert len(every) > 300
    assert sorted(set(every)) == sorted(every)
