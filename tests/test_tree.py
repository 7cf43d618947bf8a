"""Documents as trees: escaped, bounded, and with marks that do not hang on colour."""

import re
import tomllib
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from strategies import values

from vsaviz import features
from vsaviz.features import FeatureSettings
from vsaviz.sidebyside import DIFFERENT, EQUAL, NEAR, ONLY, side_by_side
from vsaviz.ui.tree import DEEPEST, ITEMS_AT_MOST, SIGNS, tree_html

ROOT = Path(__file__).parent.parent
TAGS = {"div", "details", "summary", "ul", "li", "span", "i"}


def both(one, other):
    """The two trees of two documents side by side."""
    marks = side_by_side(one, other, features.fit([one, other], FeatureSettings())[0])
    return [tree_html(document, mark) for document, mark in zip((one, other), marks, strict=True)]


def signs(html):
    return re.findall(r'class="vz-sign">(.)<', html)


@given(values, values)
def test_nothing_of_the_data_becomes_markup(one, other):
    hostile = {"<script>": one, '" onclick="x': other, "k": "</span></details><b>out</b>'\""}
    for html in (tree_html(hostile), *both(hostile, {"k": [one, other]})):
        assert set(re.findall(r"</?([a-zA-Z]+)", html)) <= TAGS
        inside = re.sub(r' (class|title)="[^"<>]*"| open(?=>)', "", html)
        assert {tag for tag in re.findall(r"<[^>]*>", inside) if " " in tag} == set()
        for tag in TAGS:
            assert len(re.findall(f"<{tag}[ >]", html)) == html.count(f"</{tag}>")


def test_a_tree_without_marks_has_no_signs():
    html = tree_html({"a": [1, None, "x"]})
    assert signs(html) == []
    assert "vz-mark" not in html
    assert "title=" not in html


def test_every_leaf_has_its_sign_and_says_what_it_means():
    html = tree_html(
        {"a": 1, "b": "x", "c": None, "d": {"e": [], "f": 2}},
        {"a": EQUAL, "b": NEAR, "c": DIFFERENT, "d": {"e": ONLY, "f": EQUAL}},
    )
    assert signs(html) == ["=", "≈", "≠", "+", "="]
    for sign in SIGNS.values():
        assert f'class="vz-mark vz-{sign.name}" title="{sign.words}"' in html
    assert len({sign.symbol for sign in SIGNS.values()}) == len({sign.name for sign in SIGNS.values()}) == 4


def test_the_mark_of_a_container_is_that_of_all_it_holds():
    html = tree_html({"a": {"b": [1, 2]}}, {"a": ONLY})
    assert signs(html) == ["+"] * 4


def test_what_is_equal_is_folded_and_what_differs_deep_within_is_open():
    same, other = {"x": {"y": [1, 2]}}, [[[["one"]]]]
    html = both(
        {"same": same, "other": other, "bag": [1, 2]}, {"same": same, "other": [[[["two"]]]], "bag": [2, 1]}
    )[0]
    folded = re.findall(r"(?<=<details>)<summary>(.*?)</summary>", html)
    assert len(folded) == 4  # same, x, y and bag
    assert all("=" in signs(summary) for summary in folded)
    assert html.count("<details open>") == 5  # the root, and what leads to "one"
    assert both(same, same)[0].startswith('<div class="vz-tree"><details open>')


def test_long_text_and_long_arrays_say_what_is_left_out_with_marks_too():
    left, _ = both({"t": "a" * 9_000, "n": list(range(ITEMS_AT_MOST + 5))}, {"t": "b" * 9_000, "n": [-1]})
    assert "7,000 more characters" in left
    assert "… 5 more" in left
    assert len(left) < 60_000
    deep = [1]
    for _ in range(DEEPEST + 5):
        deep = [deep]
    assert "nested deeper" in both({"d": deep}, {"d": [deep]})[0]


def test_keys_and_values_are_readable_behind_their_escapes():
    html = both({"<k>": 'a "b" & c'}, {"<k>": "d"})[0]
    assert escape("<k>") in html
    assert r'"a \"b\" & c"' in unescape(html)


# Colours


def rgb(text):
    if text.startswith("#"):
        return tuple(int(text[i : i + 2], 16) for i in (1, 3, 5)), 1.0
    *color, alpha = map(float, re.findall(r"[\d.]+", text))
    return tuple(color), alpha


def over(color, alpha, ground):
    return tuple(alpha * one + (1 - alpha) * other for one, other in zip(color, ground, strict=True))


def contrast(one, other):
    """The contrast of two colours, from 1 to 21, as the Web Content Accessibility Guidelines define it."""
    bright = []
    for color in (one, other):
        parts = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in color)
        ]
        bright.append(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05)
    return max(bright) / min(bright)


def test_contrast_is_known_for_black_and_white_and_for_a_grey():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76,) * 3, (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sign", SIGNS.values(), ids=lambda sign: sign.name)
def test_marked_text_can_be_read_on_its_colour_in_both_themes(theme, sign):
    style = (ROOT / "vsaviz" / "ui" / "style.css").read_text("utf-8")
    (rule,) = re.findall(rf"^\.vz-{sign.name} {{(.*)}}", style, re.MULTILINE)
    assert re.search(r"^\.vz-mark > span { color: inherit; }", style, re.MULTILINE)
    colors = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][theme]
    text, ground = rgb(colors["textColor"])[0], rgb(colors["backgroundColor"])[0]
    tint = re.search(r"background: (rgba\(.*?\))", rule)
    if tint:
        ground = over(*rgb(tint[1]), ground)
    faded = re.search(r"opacity: ([\d.]+)", rule)
    if faded:
        text = over(text, float(faded[1]), ground)
    assert contrast(text, ground) >= 4.5
