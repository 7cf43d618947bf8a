"""JSON text → leaves: against the walk of the parsed documents, however the text is written."""

import json
from dataclasses import replace

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import keys, values

from vsaviz import JSONVectorizer
from vsaviz.errors import InputError
from vsaviz.features import Lines
from vsaviz.features import walk as plain
from vsaviz.features.paths import ARRAY, ITEM, key
from vsaviz.features.text import leaves as fast
from vsaviz.features.text import refused, walk_text, words
from vsaviz.features.text.repeated import earlier
from vsaviz.features.text.structure import NotTakenError
from vsaviz.features.text.table import Table
from vsaviz.features.walk import walk
from vsaviz.ingest import LIMITS
from vsaviz.shipped import load, names
from vsaviz.strict_json import loads_lines

BALANCE = 0.3


def numbers_first(items):
    return sorted(items, key=lambda item: (isinstance(item, str), item))


marks = st.text('{}[],:"\\/ \n\té€👩', max_size=9)
nested = st.recursive(
    values | marks,
    lambda below: (
        st.lists(below, max_size=4)
        | st.lists(st.integers(0, 3) | st.sampled_from(["a", "b"]), max_size=3).map(numbers_first)
        | st.dictionaries(keys | marks, below, max_size=4)
    ),
    max_leaves=12,
)


def written(value, draw):
    """Return a value as JSON text, in one of the many ways that JSON allows."""

    def blank():
        return draw.choice(["", "", "", " ", "\t ", "\r"])

    def member(name, child):
        return f"{blank()}{written(name, draw)}{blank()}:{written(child, draw)}"

    if isinstance(value, dict):
        members = [member(name, child) for name, child in value.items()]
        for name in value:
            if draw.random() < 0.2:  # the key comes twice: the last counts
                members.insert(0, member(name, draw.choice([0, [1, {"a": 2}], {"b": [3]}])))
        text = "{" + (",".join(members) or blank()) + "}"
    elif isinstance(value, list):
        text = "[" + (",".join(written(child, draw) for child in value) or blank()) + "]"
    elif isinstance(value, str):
        text = escaped(value, draw)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = number(value, draw)
    else:
        text = json.dumps(value)
    return blank() + text + blank()


def escaped(text, draw):
    how = draw.random()
    if how < 0.2:
        units = text.encode("utf-16-be").hex()
        return '"' + "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)) + '"'
    return json.dumps(text, ensure_ascii=how < 0.6).replace("/", "\\/" if how < 0.4 else "/")


def number(value, draw):
    if isinstance(value, int) and abs(value) < 10**300:
        return f"{value}{draw.choice(['', '', '.0', 'e0', 'E+00', '.00e-0'])}"
    return repr(value)


def lines_of(documents, draw):
    return "\n".join([written(document, draw) + draw.choice(["", "\n", "\n \r"]) for document in documents])


def same(text, balances=None):
    """Check that a text has the leaves of its documents."""
    documents = loads_lines(text, LIMITS.depth).values
    one = walk_text(text, BALANCE, balances or {})
    alike(one, walk(documents, BALANCE, balances or {}))
    return one


def alike(one, other):
    assert sorted(one.paths) == sorted(other.paths)
    assert entries(one) == entries(other)
    assert arrays(one) == arrays(other)
    assert one.shares.shape == other.shares.shape
    assert one.shares.has_canonical_format
    for name in ("indices", "indptr", "data"):
        assert getattr(one.shares, name).dtype == getattr(other.shares, name).dtype


def entries(leaves):
    """For each path and value how often it occurs, and in which documents with which share."""
    shares = leaves.shares.tocsc()
    found = {}
    for leaf, (place, value) in enumerate(zip(leaves.place.tolist(), leaves.values, strict=True)):
        column = slice(shares.indptr[leaf], shares.indptr[leaf + 1])
        weights = [pytest.approx(weight, rel=1e-6) for weight in shares.data[column].tolist()]
        of = dict(zip(shares.indices[column].tolist(), weights, strict=True))
        found[leaves.paths[place], type(value), value] = (int(leaves.occurrences[leaf]), of)
    assert len(found) == len(leaves.values)
    return found


def arrays(leaves):
    return {one.path: one for one in leaves.arrays}


collections_and_manner = given(st.lists(nested, max_size=5), st.randoms(use_true_random=False))


@collections_and_manner
def test_leaves_of_a_text_are_those_of_its_documents(documents, draw):
    same(lines_of(documents, draw).encode())


@collections_and_manner
def test_it_does_not_matter_where_blocks_end(documents, draw):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "AT_ONCE", 16)
        same(lines_of(documents, draw).encode())


@collections_and_manner
def test_slices_of_one_hash_are_told_apart(documents, draw):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_MIXED", np.uint64(0))
        same(lines_of(documents, draw).encode())


@pytest.mark.parametrize("collection", names())
def test_shipped_collections(collection):
    same(b"\n".join(json.dumps(document).encode() for document in load(collection).documents[:40]))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n\n",
        b" 1 \r\n\r\n2",
        b'{"a":1,"\\u0061":2,"a":[1,[2]]}',
        b'{"a":{"b":{"b":1},"b":2},"a":{"b":3}}',
        b'"\\\\"\n"\\\\\\""\n["\\\\\\\\", "\\"{", {"\\\\":"\\\\"}]',
        b'{"a\\":b":1,"c":2}\n{"a\\\\\\":":1}',
        b'{"a\\"b":1,"a\\\\":{"x":2},"a\\\\" : {"x" :2}}',
        b'{"a":1}\n{"a":1.0}\n{"b":10e-1}\n{"a":-0.0}\n{"a":0}\n{"b":true}\n{"b":"1"}',
        b'{"n":[1,2,3]}\n{"n":[2,2.0]}\n{"m":[1,"a"]}\n{"m":["a"]}\n{"k":[2,1]}\n{"k":[1,2]}',
        b'{"n":[9007199254740993,9007199254740992.0]}\n{"m":[9007199254740992.0,9007199254740993]}',
        b'{"s":["\xc3\xa9","\\uFFFD","\xf0\x9f\x98\x80"]}\n{"t":["\xf0\x9f\x98\x80","\\uFFFD"]}',
        b'{"a":[[],[{}],[null]],"b":[1,2,3,4,5,6,7,8,[]]}',
        b'{"a":' + b"9" * 5000 + b',"b":-' + b"9" * 20 + b',"c":18446744073709551616}',
        b'{"' + b"k" * 300 + b'":"' + b"v" * 300 + b'"}\n["' + b"v" * 300 + b'"]',
        b'["' + b'","'.join(b"v" * n for n in range(140)) + b'"]',
        b'["' + b'","'.join(b"v" * n + b"w" + b"v" * (120 - n) for n in range(121)) + b'"]',
    ],
)
def test_awkward_texts(text):
    same(text)


def test_leaves_by_hand():
    leaves = walk_text(b'{"a": [1, 1.0]}\n\n{"a": [1]}', 0.5)
    assert leaves.values == [1, 1, ("present",)]
    assert leaves.occurrences.tolist() == [2, 1, 2]
    assert leaves.shares.toarray() == pytest.approx(np.array([[0.5**0.5, 0.5**0.5, 1], [1, 0, 1]]))


def test_arrays_of_some_fields_divide_their_weight_in_their_own_way():
    text = b'{"a":[{"b":[1,2,3]},{"b":{"c":[4,5]}}],"b":[6,7]}\n{"a":[{"b":[8,9]}]}'
    leaves = same(text, {(key("a"), ARRAY, ITEM, key("b")): 1.0, (key("b"),): 0.0})
    assert leaves.shares.toarray()[1, leaves.values.index(9)] == 0.5


def test_random_access_to_a_long_text():
    """Many blocks, tables that grow, and texts that come back."""
    draw = np.random.default_rng(7)
    documents = [
        {
            "id": i,
            "word": f"w{n % 999}",
            "at": [float(n), n // 7],
            f"k{n % 77}": {"deep": [{"n": n % 5}] * (n % 3)},
        }
        for i, n in enumerate(draw.integers(0, 3_000, 1000).tolist())
    ]
    text = b"\n".join(json.dumps(document).encode() for document in documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "AT_ONCE", 1 << 13)
        same(text)


@given(st.lists(st.lists(st.integers(1, 9) | st.integers(1, 2**64 - 1), max_size=9)))
def test_a_table_numbers_keys_as_they_come(blocks):
    table, seen = Table(), {}
    for block in blocks:
        known = len(seen)
        expected = [seen.setdefault(one, len(seen)) for one in block]
        ids, first = table.ids(np.array(block, np.uint64))
        assert ids.tolist() == expected
        assert [expected[row] for row in first] == list(range(known, len(seen)))
        assert first.tolist() == [expected.index(n) for n in range(known, len(seen))]


@given(st.lists(st.integers(0, 9) | st.integers(0, 2**64 - 1)))
def test_keys_that_come_again_later(numbers):
    found = earlier(np.array(numbers, np.uint64))
    assert found.tolist() == [i for i, one in enumerate(numbers) if one in numbers[i + 1 :]]


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_nesting_goes_as_deep_as_the_limit_and_no_deeper(opened, closed):
    text = opened * LIMITS.depth + "0" + closed * LIMITS.depth
    same(text.encode())
    deeper = f"\n0\n{opened}{text}{closed}\n[{opened}{text}{closed}]".encode()
    documents = loads_lines(deeper, 2 * LIMITS.depth).values
    assert outcome(walk_text, deeper) == outcome(walk, documents)
    assert "document 1: nested deeper" in outcome(walk_text, deeper)


@given(st.lists(nested, min_size=1, max_size=5), st.integers(1, 12), st.randoms(use_true_random=False))
def test_too_many_places_are_refused_with_the_document(documents, most, draw):
    text = lines_of(documents, draw).encode()
    documents = loads_lines(text, LIMITS.depth).values
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "LIMITS", replace(LIMITS, places=most))
        patch.setattr(refused, "LIMITS", replace(LIMITS, places=most))
        assert outcome(walk_text, text) == outcome(walk, documents)


def outcome(walked, given_):
    try:
        return walked(given_).n_documents
    except InputError as error:
        return str(error)


SOUND = [
    b'{"a":1,"b":[1,2,{"c":"x,y"}],"d":{}}',
    b'[[1,"a\\"b"],[],{"k":null}]',
    b'{"s":"{}[],:","\\u0061":"\\\\","b" : [ 1 , 2 ] }',
    b"12.5",
]
BYTES = b'{}[]",:\\ \n\t\x0b0a.e-\xc3\xa9\x00u'
change = st.tuples(st.integers(0, 120), st.integers(0, 3), st.sampled_from(BYTES))


@given(st.lists(st.sampled_from(SOUND), min_size=1, max_size=3), st.lists(change, min_size=1, max_size=3))
def test_what_is_no_json_is_refused_as_the_parser_does(lines, changes):
    text = bytearray(b"\n".join(lines))
    for place, cut, byte in changes:
        text[place : place + cut] = bytes([byte])
    if loads_lines(bytes(text), LIMITS.depth).broken:
        with pytest.raises((NotTakenError, InputError)):
            walk_text(bytes(text))
    else:
        same(bytes(text))


@pytest.mark.parametrize(
    "text",
    [b'{"a":1[2]}', b'{"a":}', b"[1,]", b"[[1][2]]", b'{"a":[}]', b'["a":1[2]]', b"[1\n]", b'"a\nb"', b"1,2"],
)
def test_slips_that_each_slice_alone_does_not_show(text):
    with pytest.raises((NotTakenError, InputError)):
        walk_text(text)


def test_lines_stand_for_documents():
    documents = [{"a": [1, "two words", {"b": None}]}, {"a": []}, {"c": 2.5, "a": ["words"]}]
    lines = Lines(b"\n\n".join(map(orjson.dumps, documents)))
    one, other = JSONVectorizer(dimensions=64), JSONVectorizer(dimensions=64)
    expected = one.fit_transform(documents)
    assert list(lines) == documents
    assert np.allclose(other.fit_transform(lines), expected, atol=1e-6)
    assert np.allclose(one.transform(lines), expected, atol=1e-6)
    assert one.fields_ == other.fields_


def test_a_broken_line_is_named():
    with pytest.raises(InputError, match=r"a\.jsonl, line 2, column 7: .*expected"):
        JSONVectorizer().fit(Lines(b'{"a": 1}\n{"a": ]}', "a.jsonl"))
