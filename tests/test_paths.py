"""Paths are tuples of steps; printed, different ones stay different."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vsaviz import InputError
from vsaviz.features.paths import ARRAY, ITEM, at, collapsed, field_name, field_path, key, pointer

names = st.text(alphabet='ab0.[]"$~/\\- \n\u00e9', max_size=3)
keyed = names.map(lambda name: (key(name),))
positioned = st.integers(0, 11).map(lambda i: (ARRAY, at(i)))
some_item = st.just((ARRAY, ITEM))
paths = st.lists(keyed | positioned | some_item, max_size=4).map(lambda steps: sum(steps, ()))
concrete = st.lists(keyed | positioned, max_size=4).map(lambda steps: sum(steps, ()))


@given(paths, paths)
def test_different_paths_are_printed_differently(a, b):
    assert (field_name(a) == field_name(b)) == (a == b)


@given(st.data())
def test_different_paths_of_few_names_are_printed_differently(data):
    few = st.lists(
        st.sampled_from(["", ".", "$", "a", "a.b", "[]", "[0]", '"']).map(lambda n: (key(n),)), max_size=3
    )
    a, b = (sum(data.draw(few), ()) for _ in range(2))
    assume(a != b)
    assert field_name(a) != field_name(b)


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ((), "$"),
        ((key("$"),), '["$"]'),
        ((key("a"), key("b")), "a.b"),
        ((key("a.b"),), '["a.b"]'),
        ((key("orders"), ARRAY, ITEM, key("sku")), "orders[].sku"),
        ((key("orders"), ARRAY, at(3), key("sku")), "orders[3].sku"),
        ((ARRAY, ITEM, ARRAY, at(0)), "[][0]"),
        ((key("0"),), "0"),
        ((key(""),), '[""]'),
        ((key("größe"),), "größe"),
        ((key("two words"),), '["two words"]'),
    ],
)
def test_printed(path, printed):
    assert field_name(path) == printed


@given(paths)
def test_a_path_is_read_as_it_is_printed(path):
    assert field_path(field_name(path)) == path


@pytest.mark.parametrize(
    "name",
    ["", ".", ".a", "a.", "a..b", "a b", "a[", "a[x]", "a[-1]", 'a["b', 'a["\\x"]', "a]", "a[]b", "a.$"],
)
def test_what_is_never_printed_is_no_path(name):
    with pytest.raises(InputError, match="path"):
        field_path(name)


@given(paths)
def test_a_field_has_no_positions_and_is_its_own_field(path):
    field = collapsed(path)
    assert len(field) == len(path)
    assert not any(role[0] == "at" for role in field)
    assert collapsed(field) == field
    assert [role for role in field if role != ITEM] == [r for r in path if r[0] != "at" and r != ITEM]


def resolved(document, text):
    """RFC 6901, section 4."""
    for token in text.split("/")[1:]:
        step = token.replace("~1", "/").replace("~0", "~")
        document = document[int(step) if isinstance(document, list) else step]
    return document


@given(concrete)
def test_a_pointer_finds_the_leaf(path):
    document = "leaf"
    for role in reversed([role for role in path if role != ARRAY]):
        document = {role[1]: document} if role[0] == "key" else ["other"] * role[1] + [document]
    assert resolved(document, pointer(path)) == "leaf"


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ((), ""),
        ((key("foo"), ARRAY, at(0)), "/foo/0"),
        ((key(""),), "/"),
        ((key("a/b"),), "/a~1b"),
        ((key("m~n"),), "/m~0n"),
        ((key("~1"),), "/~01"),
        ((key("a"), ARRAY, ITEM), "/a/-"),
    ],
)
def test_pointers_of_the_rfc(path, printed):
    assert pointer(path) == printed
