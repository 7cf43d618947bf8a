import gzip
import inspect
import io
import json
import math
import random
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vsaviz.errors import InputError
from vsaviz.ingest import LIMITS, Limits, Parsed, parse, read_json

LONG = 123456789012345678901234567890

ACCEPTED = [
    (b"null", None),
    (b"true", True),
    (b"false", False),
    (b"0", 0),
    (b"-0", 0),
    (b"-0.0", -0.0),
    (b"0.0", 0.0),
    (b"0e0", 0.0),
    (b"-0e-0", -0.0),
    (b"1", 1),
    (b"1.0", 1.0),
    (b"1e0", 1.0),
    (b"1E+2", 100.0),
    (b"1e-2", 0.01),
    (b"1.5e3", 1500.0),
    (b"1e308", 1e308),
    (b"1.7976931348623157e308", sys.float_info.max),
    (b"5e-324", 5e-324),
    (b"1e-400", 0.0),
    (b"0.1", 0.1),
    (b"9007199254740993", 2**53 + 1),
    (b"9223372036854775807", 2**63 - 1),
    (b"9223372036854775808", 2**63),
    (b"18446744073709551615", 2**64 - 1),
    (b"18446744073709551616", 2**64),
    (b"-9223372036854775808", -(2**63)),
    (b"-9223372036854775809", -(2**63) - 1),
    (b"9999999999999999999", 9999999999999999999),
    (b"-9999999999999999999", -9999999999999999999),
    (b"123456789012345678901234567890", LONG),
    (b"[123456789012345678901234567890,\n-123456789012345678901234567890]", [LONG, -LONG]),
    (b'{"a":123456789012345678901234567890}', {"a": LONG}),
    (b'{"a" : 123456789012345678901234567890\r\n}', {"a": LONG}),
    (b'[0.1, "\xc3\xa9 12345678901234567890123 ", 36893488147419103232]',
     [0.1, "\u00e9 12345678901234567890123 ", 2**65]),
    (b"1" + b"0" * 400, 10**400),
    (b"[-1" + b"0" * 400 + b"]", [-(10**400)]),
    (b"0.12345678901234567890123", 0.12345678901234567890123),
    (b"12345678901234567890123.5", 12345678901234567890123.5),
    (b"12345678901234567890123e1", 12345678901234567890123e1),
    (b"12345678901234567890123E-1", 12345678901234567890123e-1),
    (b"[36893488147419103232, 36893488147419103232.0]", [2**65, 2.0**65]),
    (b"1e-00000000000000000000000000001", 0.1),
    (b'"12345678901234567890123"', "12345678901234567890123"),
    (b'" 12345678901234567890123 "', " 12345678901234567890123 "),
    (b'"a,12345678901234567890123,b"', "a,12345678901234567890123,b"),
    (b'["\\", 12345678901234567890123 ,"]', ['", 12345678901234567890123 ,']),
    (b'["\\\\", 36893488147419103232 ,""]', ["\\", 2**65, ""]),
    (b'{"12345678901234567890123": 1}', {"12345678901234567890123": 1}),
    (b'""', ""),
    (b'"a"', "a"),
    (b'"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t'),
    (b'"\\u00e9\\u00E9"', "\u00e9\u00e9"),
    (b'"\\u0000"', "\0"),
    (b'"\x7f"', "\x7f"),
    (b'"\\ud83d\\ude00"', "\U0001f600"),
    (b'"\xf0\x9f\x98\x80"', "\U0001f600"),
    (b'"\xe2\x80\xa8\xe2\x80\xa9"', "\u2028\u2029"),
    (b'"\xef\xbf\xbf"', "\uffff"),
    (b'"NaN"', "NaN"),
    (b'"// no /* comment */ # here"', "// no /* comment */ # here"),
    (b'"[[[[{{{{"', "[[[[{{{{"),
    (b"[]", []),
    (b"{}", {}),
    (b"[[]]", [[]]),
    (b"[{}]", [{}]),
    (b'{"":0}', {"": 0}),
    (b'{"a":{"a":{}}}', {"a": {"a": {}}}),
    (b'{"a":1,"a":2}', {"a": 2}),
    (b'{"a":1,"b":0,"a":36893488147419103232}', {"a": 2**65, "b": 0}),
    (b'{"a":1,"\\u0061":2}', {"a": 2}),
    (b" \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 ] \t\r\n", [1, 2]),
    (b"[1\r\n,2\r\n]\r\n", [1, 2]),
    (b"\xef\xbb\xbf[1]", [1]),
    (b"[true,false,null]", [True, False, None]),
    (b'[1,\n{"a":\n"b"}]', [1, {"a": "b"}]),
]  # fmt: skip

# bytes, the place, and a piece of the reason
REFUSED = [
    (b"[NaN]", (1, 2), "write null"),
    (b"[Infinity]", (1, 2), "write null"),
    (b"[-Infinity]", (1, 3), "write null"),
    (b"nan", (1, 1), ""),
    (b"True", (1, 1), "true, false and null"),
    (b"[1, None]", (1, 5), "true, false and null"),
    (b'{"a": undefined}', (1, 7), "true, false and null"),
    (b"TRUE", (1, 1), ""),
    (b"tru", None, ""),
    (b"nul", None, ""),
    (b"truex", (1, 5), ""),
    (b"[1,]", (1, 3), "trailing comma"),
    (b'{"a":1,}', (1, 7), "trailing comma"),
    (b"[1,,2]", (1, 4), ""),
    (b"[,1]", (1, 2), ""),
    (b"[1 2]", (1, 4), "expected ',' or ']', found '2'"),
    (b"[1;2]", (1, 3), "found ';'"),
    (b"[1", (1, 3), "end of data"),
    (b"[", (1, 2), "end of data"),
    (b"{", (1, 2), "end of data"),
    (b"[" * 300, (1, 301), "end of data"),
    (b"1\n" + b"[" * 300, (2, 301), "end of data"),
    (b"]", (1, 1), ""),
    (b"}", (1, 1), ""),
    (b"[1]]", (1, 4), ""),
    (b"[1}", (1, 3), ""),
    (b'{"a":1]', (1, 7), ""),
    (b'{"a":}', (1, 6), ""),
    (b'{"a"}', (1, 5), "':'"),
    (b'{"a" 1}', (1, 6), "':'"),
    (b'{"a",1}', (1, 5), "':'"),
    (b'{"a":1', (1, 7), "end of data"),
    (b'{"a":1 "b":2}', (1, 8), ""),
    (b"{,}", (1, 2), ""),
    (b"{1:2}", (1, 2), "key"),
    (b"{null:2}", (1, 2), "double quotes"),
    (b"{a:1}", (1, 2), "a key stands in double quotes"),
    (b"{'a':1}", (1, 2), "double quotes"),
    (b"['a']", (1, 2), "double quotes"),
    (b"// x\n1", (1, 1), "comments"),
    (b"[1, // x\n2]", (1, 5), "comments"),
    (b"[1 /* x */]", (1, 4), "comments"),
    (b"[1] # x", (1, 5), "comments"),
    (b'"a', (1, 3), "end of data"),
    (b'"\\', (1, 3), "end of data"),
    (b'"\\"', (1, 4), "end of data"),
    (b'["a\nb"]', (1, 4), "control character"),
    (b'"\t"', (1, 2), "control character"),
    (b'["\x00"]', (1, 3), "control character"),
    (b'"a\x1fb"', (1, 3), "control character"),
    (b'"\\x41"', (1, 2), "escape"),
    (b'"\\\'"', (1, 2), "escape"),
    (b'"ab\\u12"', (1, 4), "escape"),
    (b'"\\u12g4"', (1, 2), "escape"),
    (b'"\\U0001"', (1, 2), "escape"),
    (b'["ab\\ud800"]', (1, 5), "half of a surrogate pair"),
    (b'"\\udc00"', (1, 2), "half of a surrogate pair"),
    (b'"\\ud800\\u0041"', (1, 2), "half of a surrogate pair"),
    (b'"\\udc00\\ud800"', (1, 2), "half of a surrogate pair"),
    (b'{"\\ud800":1}', (1, 3), "half of a surrogate pair"),
    (b'[36893488147419103232, "\\ud800"]', (1, 25), "half of a surrogate pair"),
    (b"1e400", (1, 1), "range of a double"),
    (b"[0,-1e309]", (1, 4), "range of a double"),
    (b"[36893488147419103232, 1e400]", (1, 24), "range of a double"),
    (b"1" + b"0" * 400 + b".0", (1, 1), "range of a double"),
    (b"01", (1, 1), "leading zero"),
    (b"-01", None, "leading zero"),
    (b"000000000000000000000000000001", (1, 1), "leading zero"),
    (b"+1", (1, 1), ""),
    (b"+12345678901234567890123", (1, 1), ""),
    (b".5", (1, 1), ""),
    (b"-", (1, 2), ""),
    (b"--1", (1, 2), ""),
    (b"1.", (1, 3), ""),
    (b"[1.]", (1, 4), ""),
    (b"1.e1", (1, 3), ""),
    (b"1e", (1, 3), ""),
    (b"1e+", (1, 4), ""),
    (b"0x10", (1, 2), ""),
    (b"1_000", (1, 2), ""),
    (b"12345678901234567890123x", (1, 24), "found 'x'"),
    (b"[1 23456789012345678901234]", (1, 4), "found '2'"),
    (b"[12345678901234567890123 x]", (1, 26), "found 'x'"),
    (b"1 2", (1, 3), "after document"),
    (b'{"a":1} {"b":2}', (1, 9), "after document"),
    (b'{"a":1},\n{"b":2}', (1, 8), "after document"),
    (b"[1,\n2,\n x]", (3, 2), "found 'x'"),
    (b"[1,\r\n2,\r\n x]", (3, 2), "found 'x'"),
    (b'["\xc3\xa9\xc3\xa9",\n"\xf0\x9f\x98\x80" x]', (2, 5), "found 'x'"),
    (b"\xef\xbb\xbf[x]", (1, 2), "found 'x'"),
    (b"\xef\xbb\xbf\xef\xbb\xbf[1]", (1, 1), ""),
    (b"\xc2\xa01", (1, 1), ""),
    (b"[1\x0b]", (1, 3), ""),
    (b"[1]\x0c", (1, 4), ""),
    (b"[1]\x00", (1, 4), ""),
    (b'"\xff"', (1, 2), "byte 0xff is not UTF-8"),
    (b'["\xc3\xa9\xc3"]', (1, 4), "byte 0xc3 is not UTF-8"),
    (b'[1,\n"\xc3\xa9\xed\xa0\x80"]', (2, 3), "byte 0xed is not UTF-8"),
    (b'"\xc0\x80"', (1, 2), "not UTF-8"),
    (b'"\xf4\x90\x80\x80"', (1, 2), "not UTF-8"),
    (b'["caf\xe9"]', (1, 6), "byte 0xe9 is not UTF-8"),
    # JSON Lines
    (b'{"a":1}\n{"a":}\n{"a":3}', (2, 6), ""),
    (b'{"a":1}\r\n\r\n{"a":2}\r\n{"a" 3}\r\n', (4, 6), "':'"),
    (b"\n\n1\n2\nNaN\n", (5, 1), "write null"),
    (b"1\n2 3\n", (2, 3), "after document"),
    (b"1\n[1,\n", (2, 4), "end of data"),
    (b'"a"\n"\xc3\xa9\xff"', (2, 3), "byte 0xff is not UTF-8"),
    (b"36893488147419103232\n[36893488147419103232 x]", (2, 23), "found 'x'"),
    (b'1\n"\\ud800"', (2, 2), "half of a surrogate pair"),
    (b"1\n1e400", (2, 1), "range of a double"),
    (b"1\n\xef\xbb\xbf2", (2, 1), ""),
    (b'{"a":1,}\n{"a":2}', (1, 7), "trailing comma"),
]  # fmt: skip

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**70), 2**70)
    | st.integers(0, 40).map(lambda n: -(10**n))
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.text("0123456789 ,:[]{}\"\\", max_size=40),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)  # fmt: skip
BIG = {"a": [LONG, "123456789012345678901 [", 0.5, {"\u00e9\\": [None, True]}]}


def encoded(value, **style):
    return json.dumps(value, **style).encode()


def same(a, b):
    """Whether two JSON values agree in every type, -0.0 and order included."""
    return repr(a) == repr(b)


def refusal(source, **arguments):
    with pytest.raises(InputError) as caught:
        parse(source, **arguments)
    return str(caught.value)


def outcome(source):
    """The value and no message, or no value and a message; any other error is a failure."""
    try:
        return parse(source).top, None
    except InputError as error:
        return None, str(error)


@pytest.mark.parametrize(("text", "value"), ACCEPTED)
def test_accepted(text, value):
    parsed = parse(text)
    assert same(parsed.top, value)
    assert not parsed.lines


@pytest.mark.parametrize(("text", "value"), ACCEPTED)
def test_accepted_on_lines_of_their_own(text, value):
    line = b" ".join(text.removeprefix(b"\xef\xbb\xbf").splitlines())
    assert same(parse(b"0\n" + line + b"\n").top, [0, value])


@pytest.mark.parametrize(("text", "place", "reason"), REFUSED)
def test_refused(text, place, reason):
    message = refusal(text)
    line, column = place or (1, "")
    assert message.startswith(f"input, line {line}, column {column}")
    if place:
        assert message.startswith(f"input, line {line}, column {column}: ")
    assert reason in message


@given(VALUES, st.booleans(), st.sampled_from([None, 0, 2]))
@example(BIG, False, 1)
def test_what_is_written_is_read(value, ascii_only, indent):
    data = encoded(value, ensure_ascii=ascii_only, indent=indent)
    variants = [data, b"\xef\xbb\xbf" + data, gzip.compress(data), data.replace(b"\n", b"\r\n")]
    for variant in variants:
        assert same(parse(variant).top, value)


@given(st.lists(VALUES, min_size=2, max_size=5), st.sampled_from([b"\n", b"\r\n", b"\n \t\r\n\n"]))
@example([BIG, BIG, 1], b"\r\n")
def test_lines_written_are_lines_read(values, end):
    data = end.join(encoded(value, ensure_ascii=False) for value in values)
    for variant in (data, data + end, end + data, b"\xef\xbb\xbf" + data, gzip.compress(data)):
        assert parse(variant).lines
        assert same(read_json(variant), values)


@settings(max_examples=200)
@given(VALUES, st.randoms(use_true_random=False), st.booleans())
def test_damaged_bytes_are_read_or_refused_with_a_place(value, chance, lines):
    data = bytearray((encoded(value, ensure_ascii=False) + b"\n") * (1 + 2 * lines))
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 2)] = chance.choice(
            [b"", b"\xff", b"\0", b'"', b"\\", b"[", b"}", b",", b"\n", b"7" * 25, b"1e999", b"NaN"]
        )
        data = data or bytearray(b" ")
    _, message = outcome(bytes(data))
    assert message is None or (message.startswith("input") and len(message) < 800)


@given(st.binary(max_size=30))
def test_any_bytes_are_read_or_refused(data):
    for source in (data, b"\x1f\x8b" + data):
        _, message = outcome(source)
        assert message is None or message.startswith("input")


@given(VALUES, st.randoms(use_true_random=False))
def test_damaged_gzip_is_read_or_refused(value, chance):
    data = bytearray(gzip.compress(encoded(value), mtime=0))
    data[chance.randrange(2, len(data))] ^= 1 << chance.randrange(8)
    top, message = outcome(bytes(data))
    if message is None:  # the damage hit a time stamp or the like
        assert same(top, value)
    else:
        assert message.startswith("input: gzip")


@pytest.mark.parametrize("n", [640, 641, 4300, 4301, 5000, 100_000])
def test_integers_of_any_length(n):
    digits = "".join(random.Random(n).choices("123456789", k=n))  # noqa: S311
    sevens = 7 * (10**n - 1) // 9
    big, negative, one = read_json(f"[{'7' * n}, -{'7' * n}, 1]".encode())
    assert big == sevens
    assert negative == -sevens
    assert one == 1
    (value,) = read_json(digits.encode())
    assert value % 10**50 == int(digits[-50:])
    assert value // 10 ** (n - 50) == int(digits[:50])
    assert read_json(f"1\n{digits}\n2".encode()) == [1, value, 2]


def test_errors_beside_a_very_long_integer_do_not_print_it():
    message = refusal(b"[" + b"7" * 5000 + b" x]")
    assert message.startswith("input, line 1, column 5003: ")
    assert len(message) < 100


def nested(depth, inside=b""):
    return b"[" * depth + inside + b"]" * depth


@pytest.mark.parametrize("inside", [b"", b"36893488147419103232", b'"[[\\"[["', b"1.5"])
@pytest.mark.parametrize("padding", [0, 1000])
def test_depth_500_is_read(inside, padding):
    value = parse(b" " * padding + nested(500, inside)).top
    for _ in range(499):
        (value,) = value
    assert value == [json.loads(item) for item in [inside] if item]


@pytest.mark.parametrize("depth", [501, 1000, 1024, 1025, 2000, 100_000])
@pytest.mark.parametrize("inside", [b"", b"36893488147419103232", b"x"])
def test_deeper_is_refused(depth, inside):
    for text in (nested(depth, inside), b"[" * depth):
        message = refusal(text)
        assert message.startswith("input, line 1, column 501: nested deeper than 500 levels: ")
    objects = b'{"a":' * depth + inside
    assert "column 2501: nested" in refusal(objects)


def test_deep_line_among_lines():
    message = refusal(b"1\n" + nested(500) + b"\n" + b" " + nested(501) + b"\n2")
    assert message.startswith("input, line 3, column 502: nested deeper")
    assert "line 1, column 501: nested" in refusal(nested(501) + b"\n1")


def test_many_brackets_that_do_not_nest_are_read():
    n = 2000
    flat = [[], {"a": ["[" * n, "]" * n, '"[' * n, "\\[" * n, "\\"]}] * 3 + [[]] * n
    assert parse(encoded(flat)).top == flat
    assert parse(encoded([0, flat], indent=1)).top == [0, flat]


@given(st.lists(st.text('[]{}"\\a', max_size=6), max_size=6), st.integers(1, 12))
def test_depth_counts_brackets_outside_strings(texts, depth):
    value = texts
    for _ in range(depth - 1):
        value = [texts, value]
    data = encoded(value, indent=30)
    assert parse(data, limits=Limits(depth=depth)).top == value
    if depth > 1:
        assert "nested deeper" in refusal(data, limits=Limits(depth=depth - 1))


def test_deep_stack_of_the_caller():
    def called_from(frames, text):
        return parse(text) if frames == 0 else called_from(frames - 1, text)

    free = sys.getrecursionlimit() - len(inspect.stack(0))
    for text in (nested(500), nested(500, b"36893488147419103232")):
        assert called_from(free - 80, text) == parse(text)
    with pytest.raises(InputError, match="nested deeper"):
        called_from(free - 80, nested(100_000))


@pytest.mark.parametrize("text", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_empty(text):
    assert refusal(text) == "input: empty: expected a JSON value, or one on each line"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings(codec):
    expected = f"input: encoded as {codec[:6].upper()}: save it as UTF-8"
    for text in ('{"a": 1}', "[\u00e9]", "12"):
        assert refusal(text.encode(codec)) == expected


def test_lines_are_known_by_content_not_by_name(tmp_path):
    array = tmp_path / "array.jsonl"
    array.write_bytes(b"[1,\n2]\n")
    lines = tmp_path / "lines.json"
    lines.write_bytes(b"[1]\n[2]\n")
    assert parse(array) == Parsed("array.jsonl", [1, 2], lines=False)
    assert parse(lines) == Parsed("lines.json", [[1], [2]], lines=True)
    assert not parse(b"\n[1]\n\n").lines
    assert parse(b'{"a": 36893488147419103232}\n{}').lines


def test_every_kind_of_source_gives_the_same(tmp_path):
    data = b'{"a": 1}\n{"a": 2}\n'
    path = tmp_path / "some.json.gz"
    path.write_bytes(gzip.compress(data))
    expected = Parsed("some.json.gz", [{"a": 1}, {"a": 2}], lines=True)
    assert parse(path) == expected
    assert parse(str(path)) == expected
    with path.open("rb") as stream:
        assert parse(stream) == expected
        assert not stream.closed
    for source in (data, bytearray(data), memoryview(data), io.BytesIO(data)):
        assert parse(source) == Parsed("input", expected.top, lines=True)
    assert parse(data, name="mine").name == "mine"


def test_messages_name_the_file(tmp_path):
    path = tmp_path / "bad.json"
    path.write_bytes(b"[1,\n2,\n")
    assert refusal(path).startswith("bad.json, line 3, column 1: ")
    assert refusal(path, name="mine").startswith("mine, line 3, column 1: ")
    stream = io.BytesIO(b"[x]")
    stream.name = "/some/where/upload.json"
    assert refusal(stream).startswith("upload.json, line 1, column 2: ")


def test_paths_that_cannot_be_read(tmp_path):
    missing = tmp_path / "missing.json"
    assert str(missing) in refusal(missing)
    assert "No such file" in refusal(str(missing))
    assert str(tmp_path) in refusal(tmp_path)
    assert "directory" in refusal(tmp_path)
    assert "cannot be read" in refusal("a\0b")
    assert "cannot be read" in refusal("x" * 10_000)


def test_text_given_by_mistake(tmp_path):
    for text in ('{"a": 1}', " [1, 2]", "[" * 100_000):
        message = refusal(text)
        assert "give JSON text as bytes" in message
        assert len(message) < 200
    path = tmp_path / "a.json"
    path.write_bytes(b"[1]")
    with path.open() as stream:
        assert refusal(stream) == "a.json: the file is open as text: open it with mode 'rb'"
    assert "open it with mode 'rb'" in refusal(io.StringIO("[1]"))
    assert "got dict" in refusal({"a": 1})
    assert "got NoneType" in refusal(None)
    stream = io.BytesIO(b"1")
    stream.close()
    assert "closed file" in refusal(stream)


def test_gzip_of_several_members():
    data = b"".join(gzip.compress(piece) for piece in (b'{"a"', b": 1}\n", b"", b'{"a": 2}'))
    assert read_json(data) == [{"a": 1}, {"a": 2}]
    assert read_json(data + bytes(512)) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("cut", [2, 5, 10, 15, -9, -8, -4, -1])
def test_gzip_cut_short(cut):
    data = gzip.compress(b'{"a": [1, 2, 3]}')
    for whole in (data, data + data):
        assert "damaged or cut short" in refusal(whole[: len(whole) - len(data)] + data[:cut])


def test_gzip_with_something_behind():
    assert "damaged or cut short" in refusal(gzip.compress(b"1") + b"garbage")


def test_size_limit():
    ten = Limits(bytes=10)
    assert parse(b"[1,2,3,45]", limits=ten).top == [1, 2, 3, 45]
    assert parse(gzip.compress(b"[1,2,3,45]"), limits=Limits(bytes=40)).top == [1, 2, 3, 45]
    assert (
        refusal(b"[1,2,3,456]", limits=ten)
        == "input: more than 10 bytes: split the file, or set VSAVIZ_LIMIT_BYTES higher"
    )


def test_gzip_bomb_is_stopped():
    bomb = gzip.compress(bytes(1 << 26), compresslevel=1)
    assert "more than 1,000,000 bytes" in refusal(bomb, limits=Limits(bytes=1_000_000))


def test_limits_are_generous():
    assert (LIMITS.bytes, LIMITS.depth) == (2 * 1024**3, 500)
    assert math.isclose(parse(b" " * 1_000_000 + b"0.5").top, 0.5)
