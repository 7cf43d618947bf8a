"""What the browser gets of the map: compact arrays, no documents, and text that stays text."""

import json
import struct

import numpy as np
import pytest

from vsaviz.figures.map import SVG_UP_TO
from vsaviz.ui.exploring.canvas import HERE, SCRIPTS
from vsaviz.ui.exploring.packed import FINEST, NAMED_LETTERS, STEPS, mask, packed, unpacked
from vsaviz.ui.exploring.shown import Shown


def cloud(n, seed=0):
    return (np.random.default_rng(seed).normal(size=(n, 2)) * [3, 1] + [5, -7]).astype(np.float32)


def sent(values, n=None, ids=None, **shown):
    n = len(values) if n is None else n
    ids = [f"d{row}" for row in range(n)] if ids is None else ids
    return unpacked(packed("map", "key", cloud(n), ids, Shown(values, "kind", "pca", **shown)))


@pytest.mark.parametrize("n", [0, 1, 2, 50])
def test_places_come_back_on_one_scale_both_ways(n):
    points = cloud(n)
    header, arrays = sent(["a"] * n)
    assert header["n"] == n
    places = arrays["places"].reshape(-1, 2) / FINEST
    if n > 1:
        extent = points.max(axis=0) - points.min(axis=0)
        np.testing.assert_allclose(header["extent"], extent / extent.max(), rtol=1e-6)
        assert np.abs((places - places[0]) * extent.max() - (points - points[0])).max() < 1e-4 * extent.max()
    np.testing.assert_array_equal(np.abs(places - 0.5).max(axis=0, initial=0) <= 0.5, True)


def test_classes_have_their_rows_colours_and_counts():
    values = [*"abcabcaab", None]
    header, arrays = sent(values)
    names = [one["name"] for one in header["classes"]]
    assert [names[code] for code in arrays["codes"]] == [value or "–" for value in values]
    assert [one["count"] for one in header["classes"]] == [4, 3, 2, 1]
    assert len({(one["color"], one["symbol"]) for one in header["classes"]}) == 4


def test_numbers_get_a_scale_and_what_is_missing_a_class():
    values = [*range(20), None, 10**400]
    header, arrays = sent(values)
    assert header["scale"]["low"] == "0"
    assert [one["name"] for one in header["classes"]] == ["–"]
    codes = arrays["codes"]
    assert codes[20] == STEPS
    assert codes[21] == STEPS - 1 == codes[np.arange(22) != 20].max()
    assert len(header["scale"]["colors"]) == STEPS
    assert np.isfinite(arrays["values"][[0, 19, 21]]).all()
    even = sent(list(range(20)))[1]["codes"]
    assert (np.diff(even.astype(int)) > 0).all()


def test_sizes_grow_with_numbers_and_what_has_none_is_small():
    _, arrays = sent(["a"] * 4, sizes=[0, 25, 100, "x"])
    assert arrays["relative"].tolist() == [0, 128, 255, 0]
    assert "relative" not in sent(["a"])[1]


def test_names_go_where_they_are_few_and_rows_are_named_by_number_else():
    assert sent(["a"] * 3)[0]["names"] == ["d0", "d1", "d2"]
    long = ["x" * (NAMED_LETTERS // 2 + 1)] * 2
    assert "names" not in sent(["a"] * 2, ids=long)[0]


def test_fifty_thousand_points_are_small_and_bear_their_density():
    n = 50_000
    data = packed("map", "key", cloud(n), ["x" * 36] * n, Shown(list(range(n)), "n", "pca"))
    assert len(data) < 600_000
    header, arrays = unpacked(data)
    assert arrays["density"].max() == 255
    assert header["grid"]["left"] < 0 < 1 < header["grid"]["right"]
    assert "grid" not in sent(["a"] * SVG_UP_TO)[0]


def test_a_mask_holds_the_rows_lowest_first():
    import base64

    bits = np.unpackbits(np.frombuffer(base64.b64decode(mask([0, 3, 17], 20)), np.uint8), bitorder="little")
    assert np.flatnonzero(bits).tolist() == [0, 3, 17]


def test_text_of_the_data_is_json_and_the_script_writes_it_as_text_alone():
    hostile = ["<img src=x onerror=alert(1)>", "</script>", "\ud800", "a\u2028b"]
    data = packed("map", "key", cloud(4), hostile, Shown(hostile, hostile[0], "pca"))
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length])
    assert {one["name"] for one in header["classes"]} == {
        "<img src=x onerror=alert(1)>",
        "</script>",
        "\ud800",
        "a b",
    }
    script = "".join((HERE / f"{name}.js").read_text() for name in SCRIPTS)
    written = [line for line in script.splitlines() if "innerHTML" in line or "insertAdjacent" in line]
    assert len(written) == 1
    assert 'd="${path}"' in written[0]  # the icons of its own buttons
    assert not any(word in script for word in ("eval(", "document.write", "http://e", "https://", "fetch("))
