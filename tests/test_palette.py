"""Colours that colour-blind people tell apart too.

Simulated with the matrices for complete deuteranopia, protanopia and tritanopia of G. Machado, M. Oliveira
and L. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), on linear
sRGB.
Distances are those of CIE Lab (1976), where about 2.3 is just noticeable.
"""

from itertools import combinations

import numpy as np
import pytest
from plotly.colors import sample_colorscale

from vsaviz.figures.palette import CATEGORIES, DARK, ORDERED, OTHER, Apart, categories

SEEN = {
    "normally": np.eye(3),
    "without red cones": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "without green cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "without blue cones": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
LEAST = 15


def linear(color):
    share = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(color, matrix):
    x = TO_XYZ @ np.clip(np.array(matrix) @ linear(color), 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(x > (6 / 29) ** 3, np.cbrt(x), x / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(colors, matrix):
    places = {color: lab(color, matrix) for color in colors}
    return {
        pair: float(np.linalg.norm(np.subtract(*map(places.get, pair)))) for pair in combinations(colors, 2)
    }


def test_the_simulation_does_what_it_should():
    assert lab("#FFFFFF", SEEN["normally"]) == pytest.approx([100, 0, 0], abs=0.01)
    for matrix in SEEN.values():  # grey is seen by all as it is
        assert lab("#808080", matrix) == pytest.approx(lab("#808080", np.eye(3)), abs=0.1)
    pair = ("#CC3311", "#668800")  # red and green of one lightness
    assert apart(pair, SEEN["without green cones"])[pair] < apart(pair, SEEN["normally"])[pair] / 3


@pytest.mark.parametrize("matrix", SEEN.values(), ids=SEEN)
@pytest.mark.parametrize("colors", [CATEGORIES, (*CATEGORIES[:-1], OTHER)], ids=["eight", "with the rest"])
def test_classes_are_told_apart_by_everybody(colors, matrix):
    distances = apart(colors, matrix)
    nearest = min(distances, key=distances.get)
    assert distances[nearest] >= LEAST, nearest


@pytest.mark.parametrize("matrix", SEEN.values(), ids=SEEN)
def test_the_scale_grows_lighter_all_the_way_for_everybody(matrix):
    scale = sample_colorscale(ORDERED, np.linspace(0, 1, 33).tolist(), colortype="tuple")
    hexes = ["#" + "".join(f"{round(255 * part):02X}" for part in color) for color in scale]
    assert (np.diff([lab(color, matrix)[0] for color in hexes]) > 0.5).all()


def contrast(one, other):
    low, high = sorted(0.05 + float(TO_XYZ[1] @ linear(color)) for color in (one, other))
    return high / low


def test_the_greys_are_seen_on_light_and_on_dark_pages():
    for grey in (CATEGORIES[-1], OTHER):
        assert contrast(grey, "#FFFFFF") > 3
        assert contrast(grey, "#14181D") > 2.9
    assert contrast(DARK.text, "#14181D") > 4.5


def test_what_is_in_no_class_is_grey_hollow_and_last():
    classes = categories(["a", None, "b", None, None, "a"])
    assert [(one.name, one.color, one.symbol, one.rows.tolist()) for one in classes][:2] == [
        ("a", CATEGORIES[0], "circle", [0, 5]),
        ("b", CATEGORIES[1], "square", [2]),
    ]
    assert (classes[-1].name, classes[-1].color, classes[-1].symbol) == ("–", OTHER, "circle-open")
    named = categories([Apart("no cluster"), "x", "no cluster of mine"])
    assert [one.name for one in named] == ["no cluster of mine", "x", "no cluster"]


@pytest.mark.parametrize(("distinct", "names"), [(7, 7), (8, 7), (12, 7)])
def test_with_it_the_eighth_colour_is_no_class(distinct, names):
    classes = categories([*range(distinct), None])
    assert [one.color for one in classes[:names]] == list(CATEGORIES[:names])
    assert {one.color for one in classes[names:]} == {OTHER}
    assert sum(len(one.rows) for one in classes) == distinct + 1


def test_where_all_is_in_no_class_it_is_one_class():
    (lone,) = categories([None, None])
    assert (lone.color, lone.rows.tolist()) == (CATEGORIES[0], [0, 1])
