"""Figures, read from their traces: what goes to the browser, and what a click gives back."""

import json
from html import escape

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsaviz import schemes
from vsaviz.figures import (
    contributions_figure,
    differences_figure,
    map_figure,
    matrix_figure,
    shares_figure,
    strips_figure,
)
from vsaviz.figures.density import density, with_density
from vsaviz.figures.drawings import DRAWINGS, GAP, tiles
from vsaviz.figures.map import SVG_UP_TO
from vsaviz.figures.palette import (
    CATEGORIES,
    DARK,
    LESS,
    LIGHT,
    MORE,
    MOST_CATEGORIES,
    OTHER,
    categories,
    is_ordered,
)
from vsaviz.figures.plain import LONGEST, plain

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<a href='http://e.invalid'>x</a>",
    "%{x}",
    "%{customdata}",
    "=1+1",
]
colors = st.lists(
    st.none() | st.booleans() | st.integers(-30, 30) | st.floats(-5, 5) | st.sampled_from("abcdefghij"),
    max_size=40,
)


def drawn(values, selected=(), focus=None, neighbors=(), **options):
    points = np.random.default_rng(len(values)).normal(size=(len(values), 2)).astype(np.float32)
    ids = [f"d{row}" for row in range(len(values))]
    return points, map_figure(
        points, ids, values, selected=selected, focus=focus, neighbors=neighbors, **options
    )


def clouds(figure):
    """The traces of documents, which have rows; rings have none."""
    return [trace for trace in figure.data if trace.customdata is not None]


def rings(figure):
    return [trace for trace in figure.data if trace.customdata is None]


def as_sent(figure):
    """What the browser gets, as text without the packing of arrays."""
    return json.dumps(figure.to_dict(), default=lambda array: array.tolist())


# The map


@given(colors)
def test_every_row_is_drawn_once_at_its_place_under_its_id(values):
    points, figure = drawn(values)
    seen = []
    for trace in clouds(figure):
        for x, y, row, text in zip(trace.x, trace.y, trace.customdata, trace.text, strict=True):
            assert (x, y) == tuple(points[row])
            assert text == f"d{row}"
            seen.append(int(row))
    assert sorted(seen) == list(range(len(values)))


@given(colors, st.data())
def test_the_marked_points_of_all_traces_are_the_selected_rows(values, data):
    rows = data.draw(st.sets(st.integers(0, max(len(values) - 1, 0)), max_size=6)) if values else set()
    traces = clouds(drawn(values, selected=sorted(rows))[1])
    if not rows:
        assert all(trace.selectedpoints is None for trace in traces)
    else:
        assert {int(trace.customdata[i]) for trace in traces for i in trace.selectedpoints} == rows
        assert all(trace.selected.marker.opacity > trace.unselected.marker.opacity for trace in traces)


def test_a_trace_without_a_selected_point_fades_altogether():
    one, other = clouds(drawn(["a", "a", "b"], selected=[2])[1])
    assert list(one.selectedpoints) == []
    assert list(other.selectedpoints) == [0]


def test_the_focus_has_a_ring_and_its_neighbours_thinner_ones():
    points, figure = drawn(["a", "b", "a", "b"], focus=2, neighbors=[3, 0])
    around, own = rings(figure)
    np.testing.assert_array_equal(np.c_[own.x, own.y], points[[2]])
    np.testing.assert_array_equal(np.c_[around.x, around.y], points[[3, 0]])
    assert own.marker.line.width > around.marker.line.width > 0
    assert own.marker.size > around.marker.size > clouds(figure)[0].marker.size
    for ring in (around, own):
        assert ring.hoverinfo == "skip"
        assert ring.marker.color == "rgba(0,0,0,0)"
        assert ring.selectedpoints is None or len(ring.selectedpoints) == 0
        assert ring.unselected.marker.opacity == 1


def test_without_focus_there_are_no_rings():
    assert rings(drawn(["a", "b"])[1]) == []


@given(st.lists(st.integers(0, 30).map(str), min_size=1, max_size=60))
def test_colours_are_few_and_the_rest_is_other_with_its_number(values):
    classes = categories(values)
    distinct = len(set(values))
    assert len(classes) == min(distinct, MOST_CATEGORIES)
    assert len({one.color for one in classes}) == len(classes) <= 8
    assert (classes[-1].color == OTHER) == (distinct > MOST_CATEGORIES)
    if distinct > MOST_CATEGORIES:
        assert classes[-1].name == f"{distinct - MOST_CATEGORIES + 1} other values"
    sizes = [len(one.rows) for one in classes if one.color != OTHER]
    assert sizes == sorted(sizes, reverse=True)
    assert classes[0].color == CATEGORIES[0]
    assert len({one.symbol for one in classes if one.color != OTHER}) == len(sizes)


def test_the_legend_names_classes_with_their_counts():
    figure = drawn(["b", "a", "b", None, True])[1]
    assert [trace.name for trace in figure.data] == ["b (2)", "a (1)", "true (1)", "– (1)"]
    assert all(trace.showlegend for trace in figure.data)
    assert not drawn(["b", "a"], legend=False)[1].layout.showlegend


def test_one_class_needs_no_legend():
    assert [trace.showlegend for trace in drawn([None, None])[1].data] == [False]


def test_numbers_of_many_sizes_get_a_scale_and_missing_ones_stay_on_the_map():
    values = [*range(20), 2.5, None, None]
    figure = drawn(values, color_name="age")[1]
    known, missing = figure.data
    assert list(known.marker.color) == [*range(20), 2.5]
    assert known.customdata.tolist() == list(range(21))
    assert known.marker.showscale
    assert known.marker.colorbar.title.text == "age"
    assert "%{marker.color}" in known.hovertemplate
    assert missing.customdata.tolist() == [21, 22]
    assert isinstance(missing.marker.color, str)


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        (list(range(20)), True),
        ([*range(20), None], True),
        ([1, 2, 3] * 9, False),
        ([*range(20), "x"], False),
        ([True, False] * 9, False),
        ([], False),
        ([None], False),
        ([10**400 + i for i in range(20)], True),
    ],
)
def test_what_is_ordered(values, ordered):
    assert is_ordered(values) is ordered


def test_integers_beyond_any_float_are_drawn():
    figure = drawn([10**5000 + i for i in range(20)])[1]
    assert np.isfinite(np.asarray(figure.data[0].marker.color, dtype=float)).all()
    assert "bdata" in figure.to_json() or figure.to_json()


@pytest.mark.parametrize("n", [0, 1, 2])
@pytest.mark.parametrize("value", ["a", None, 1.5])
def test_a_few_points_are_a_map(n, value):
    focus = 0 if n else None
    figure = drawn([value] * n, selected=list(range(n)), focus=focus, neighbors=list(range(1, n)))[1]
    assert sum(len(trace.customdata) for trace in clouds(figure)) == n
    go.Figure(json.loads(figure.to_json()))


@pytest.mark.parametrize(("n", "kind"), [(SVG_UP_TO, "scatter"), (SVG_UP_TO + 1, "scattergl")])
def test_many_points_are_drawn_by_the_graphics_card_and_without_their_names(n, kind):
    figure = drawn(["a"] * n, focus=1, neighbors=[2])[1]
    assert {trace.type for trace in figure.data} == {kind}
    assert (figure.data[0].text is None) == (kind == "scattergl")
    assert ("#%{customdata}" in figure.data[0].hovertemplate) == (kind == "scattergl")
    assert figure.data[0].customdata.dtype == np.int32


def test_density_lies_beneath_many_points_only():
    points = np.random.default_rng(0).normal(size=(SVG_UP_TO + 1, 2)).astype(np.float32)
    points[:2000] = [3, 1]
    few, many = go.Figure(go.Scatter()), go.Figure(go.Scatter())
    assert len(with_density(few, points[1:]).data) == 1
    beneath, above = with_density(many, points).data
    assert (beneath.type, above.type) == ("heatmap", "scatter")
    row, column = np.unravel_index(np.argmax(beneath.z), beneath.z.shape)
    assert beneath.x0 + column * beneath.dx == pytest.approx(3, abs=2 * beneath.dx)
    assert beneath.y0 + row * beneath.dy == pytest.approx(1, abs=2 * beneath.dy)
    assert density(np.zeros_like(points)) is None


def test_what_is_not_kept_is_left_out_and_sizes_follow_numbers():
    values = [*map(float, range(10)), None]
    figure = drawn(values, kept=[1, 4, 9, 10], sizes=[*range(10), None])[1]
    known, missing = clouds(figure)
    assert known.customdata.tolist() == [1, 4, 9]
    assert known.marker.color.tolist() == [1, 4, 9]
    assert missing.customdata.tolist() == [10]
    small, middle, large = known.marker.size
    assert missing.marker.size[0] < small < middle < large


def test_hits_stay_clear_with_rings_and_misplaced_points_have_crosses():
    points, figure = drawn(["a"] * 8, lit=[2, 5], marked=[7])
    assert list(clouds(figure)[0].selectedpoints) == [2, 5]
    lit, marked = rings(figure)
    np.testing.assert_array_equal(np.c_[lit.x, lit.y], points[[2, 5]])
    np.testing.assert_array_equal(np.c_[marked.x, marked.y], points[[7]])
    assert marked.marker.symbol == "x-thin"


def test_points_shrink_and_fade_as_they_grow_many():
    markers = [drawn(["a"] * n)[1].data[0].marker for n in (300, 5_000, 50_000)]
    assert [marker.size for marker in markers] == pytest.approx([9, 4, 2], abs=0.3)
    assert markers[0].opacity > markers[1].opacity > markers[2].opacity


def test_categories_and_ids_cannot_write_markup_or_templates():
    figure = map_figure(np.zeros((5, 2), np.float32), HOSTILE, HOSTILE, color_name=HOSTILE[0])
    for trace in figure.data:
        for text in (
            trace.name,
            trace.text[0],
            trace.hovertemplate.replace("<br>", "").replace("<extra></extra>", ""),
        ):
            assert "<" not in text
        assert trace.hovertemplate.replace("%{text}", "").count("%") == 0
    assert "<" not in drawn(list(range(9)), color_name="<b>x</b>")[1].data[0].marker.colorbar.title.text


def test_only_ids_go_to_the_browser():
    figure = drawn(["kind a", "kind b"], selected=[1], focus=0, neighbors=[1])[1]
    texts = set(as_sent(figure).replace('"', " ").split())
    assert {"d0", "d1"} <= texts
    assert {len(trace.text[0]) for trace in clouds(figure)} == {2}
    assert {trace.customdata.ndim for trace in clouds(figure)} == {1}
    sent = {name for trace in clouds(figure) for name in trace.to_plotly_json()}
    assert not sent & {"meta", "ids", "hovertext"}


def test_the_map_has_no_axes_and_the_same_scale_both_ways():
    layout = drawn(["a"])[1].layout
    assert not layout.xaxis.visible
    assert not layout.yaxis.visible
    assert layout.yaxis.scaleanchor == "x"
    assert layout.dragmode == "pan"  # the app takes a click for a choice in this mode only


@pytest.mark.parametrize(("dark", "ink"), [(False, LIGHT), (True, DARK)])
def test_rings_and_text_are_in_the_page_s_own_ink_on_its_own_background(dark, ink):
    figures = [
        drawn(["a"], focus=0, dark=dark)[1],
        matrix_figure(np.eye(2, dtype=np.float32), np.arange(2), ["a", "b"], dark=dark),
        shares_figure(["a"], [1.0], dark=dark),
        strips_figure(np.eye(2, 16, dtype=np.float32), ["a", "b"], dark=dark),
        contributions_figure(["a"], [0.5], dark=dark),
        differences_figure(["a"], [0.5], [0.4], [0.6], dark=dark),
    ]
    assert rings(figures[0])[0].marker.line.color == ink.ring
    for figure in figures:
        assert figure.layout.font.color == ink.text
        assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"


# Text


@given(st.text())
def test_plain_text_is_one_short_line_without_tags(text):
    written = plain(text, 12)
    assert not set("<>\"'") & set(written)
    assert written.isprintable()
    assert len(written) <= 12 * len("&quot;")


def test_plain_text_keeps_what_is_harmless_and_says_where_it_was_cut():
    assert plain("a & b") == escape("a & b")
    assert plain("two\n lines\t") == "two lines"
    assert plain("x" * LONGEST) == "x" * LONGEST
    assert plain("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"


# Vectors


@pytest.mark.parametrize("D", [16, 64, 97, 144, 1023, 1024, 2 * 97])
def test_the_block_and_the_strips_hold_every_component_in_order(D):
    vectors = np.random.default_rng(D).normal(size=(6, D)).astype(np.float32)
    block, strips = strips_figure(vectors, list("abcdef")).data
    np.testing.assert_array_equal(np.ravel(block.z), vectors[0])
    np.testing.assert_array_equal(np.ravel(block.customdata), np.arange(D))
    np.testing.assert_array_equal(strips.z, vectors)


def test_a_square_size_gives_a_square_and_a_prime_one_a_line():
    square, prime = (np.ones((1, D), np.float32) for D in (64, 97))
    assert np.shape(strips_figure(square, ["a"]).data[0].z) == (8, 8)
    assert np.shape(strips_figure(prime, ["a"]).data[0].z) == (1, 97)


@pytest.mark.parametrize("dark", [False, True])
def test_all_strips_share_one_scale_centred_on_zero(dark):
    vectors = np.random.default_rng(0).normal(size=(3, 100)).astype(np.float32)
    vectors[2] *= 5
    block, strips = strips_figure(vectors, list("abc"), dark=dark).data
    assert block.zmax == strips.zmax == -block.zmin == -strips.zmin
    assert block.zmax == pytest.approx(np.abs(vectors).max(), rel=0.2)
    assert block.colorscale == strips.colorscale
    assert [trace.showscale for trace in (block, strips)] == [None, False]


def test_a_vector_of_zeros_has_a_scale_too():
    block = strips_figure(np.zeros((1, 64), np.float32), ["a"]).data[0]
    assert (block.zmin, block.zmax) == (-1, 1)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", schemes.names())
def test_every_scheme_is_drawn_in_its_own_way(name, dark):
    scheme = schemes.create(name, schemes.scheme_type(name).dimensions_near(256)[0])
    components = scheme.components(scheme.embed(scheme.atoms(["a", "b", "c"])))
    assert components.shape == (3, scheme.dimensions)
    block, strips = strips_figure(components, list("abc"), scheme.drawn, dark=dark).data
    drawing = DRAWINGS[scheme.drawn]
    low, high = drawing.ends(components)
    assert (block.zmin, block.zmax) == (strips.zmin, strips.zmax) == (low, high)
    assert (components >= low).mean() > 0.98
    assert (components <= high).mean() > 0.98
    number, shown = np.ravel(block.customdata), np.ravel(block.z)
    np.testing.assert_array_equal(np.sort(number[number != GAP]), np.arange(scheme.dimensions))
    np.testing.assert_array_equal(shown[number != GAP], components[0][number[number != GAP]])
    assert np.isnan(shown[number == GAP]).all()


def test_bits_are_drawn_as_zeros_and_ones_and_phases_as_turns():
    for name, drawn in (("bsc", "bits"), ("map-b", "bits"), ("bsdc-s", "bits"), ("fhrr", "phases")):
        scheme = schemes.create(name, 256)
        assert scheme.drawn == drawn
        components = scheme.components(scheme.embed(scheme.atoms(["a"])))
        if drawn == "bits":
            assert set(np.unique(components)) == {0, 1}
        else:
            np.testing.assert_allclose(np.exp(2j * np.pi * components), scheme.atoms(["a"]), atol=1e-5)
    bsc = schemes.create("bsc", 256)
    np.testing.assert_array_equal(
        np.packbits(bsc.components(bsc.embed(bsc.atoms(["a"]))) > 0), bsc.atoms(["a"])[0]
    )


def test_blocks_of_two_by_two_have_a_gap_between_them():
    number = tiles(16 * 8)
    assert number.shape == (4 * 3 - 1, 4 * 5 - 1)
    np.testing.assert_array_equal(number[:2, :4], [[0, 1, 2, 3], [4, 5, 6, 7]])
    np.testing.assert_array_equal(number[:2, 5:9], [[8, 9, 10, 11], [12, 13, 14, 15]])
    assert (number[2] == GAP).all()
    assert (number[:, 4] == GAP).all()


def test_shares_are_bars_in_their_order_with_their_percentages():
    figure = shares_figure(["orders[].sku", "<b>"], [0.75, 0.25])
    (bars,) = figure.data
    assert list(bars.x) == [0.75, 0.25]
    assert list(bars.text) == ["75.0%", "25.0%"]
    assert list(figure.layout.yaxis.ticktext) == ["orders[].sku", "&lt;b&gt;"]
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.layout.xaxis.range[1] > 0.75


def test_no_fields_are_no_bars():
    assert shares_figure([], []).layout.xaxis.range[1] > 0


# The matrix


@pytest.mark.parametrize("n", [0, 1, 2, 7, 40])
def test_a_cell_of_the_matrix_gives_back_its_pair(n):
    draw = np.random.default_rng(n)
    order = draw.permutation(n)
    similarities = draw.uniform(size=(n, n)).astype(np.float32)
    heat, cells = matrix_figure(similarities, order, [f"d{i}" for i in range(n)]).data
    assert len(cells.customdata) == n * n
    for x, y, code in zip(cells.x, cells.y, cells.customdata, strict=True):
        row, column = divmod(int(code), n)
        assert (row, column) == (order[y], order[x])
        assert heat.z[y][x] == pytest.approx(similarities[row, column], abs=0.006)


def test_the_matrix_names_its_rows_in_their_order_while_they_can_be_read():
    figure = matrix_figure(np.eye(3, dtype=np.float32), np.array([2, 0, 1]), ["a", "<b>", "c"])
    assert list(figure.layout.yaxis.ticktext) == list(figure.layout.xaxis.ticktext) == ["c", "a", "&lt;b&gt;"]
    many = matrix_figure(np.eye(31, dtype=np.float32), np.arange(31), ["a"] * 31)
    assert many.layout.yaxis.showticklabels is False


def test_the_scale_of_the_matrix_ends_where_pairs_of_different_documents_do():
    similarities = np.full((3, 3), 0.4, np.float32)
    np.fill_diagonal(similarities, 1)
    heat = matrix_figure(similarities, np.arange(3), ["a", "b", "c"]).data[0]
    assert (heat.zmin, heat.zmax) == (0, pytest.approx(0.4))
    alone = matrix_figure(np.ones((1, 1), np.float32), np.arange(1), ["a"]).data[0]
    assert alone.zmax == 1


# Contributions and differences


def test_contributions_are_bars_about_zero_with_their_numbers_in_order():
    figure = contributions_figure(["a[].b", "<b>", 'c"d'], [0.414, -0.05, -0.001])
    bars, numbers = figure.data
    assert list(bars.x) == [0.414, -0.05, -0.001]
    assert list(bars.marker.color) == [MORE, LESS, LESS]
    assert list(numbers.text) == ["+0.41", "−0.05", "0.00"]
    assert list(bars.y) == list(numbers.y) == list(figure.layout.yaxis.tickvals) == [0, 1, 2]
    assert [name.strip() for name in figure.layout.yaxis.ticktext] == ["a[].b", "&lt;b&gt;", "c&#34;d"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    low, high = figure.layout.xaxis.range
    assert low < -0.05
    assert 0.414 < numbers.x[0] < high
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == 0
    assert bars.hoverinfo == "skip"


@pytest.mark.parametrize("dark", [False, True])
def test_the_signal_of_each_contribution_is_a_line_across_its_bar(dark):
    figure = contributions_figure(["a", HOSTILE[0]], [0.4, 0.1], np.array([0.5, -0.2]), dark=dark)
    bars, lines, _ = figure.data
    assert (list(lines.x), list(lines.y)) == ([0.5, -0.2], [0, 1])
    assert lines.marker.symbol == "line-ns"
    assert lines.marker.line.color == (DARK if dark else LIGHT).text
    assert figure.layout.xaxis.range[0] < -0.2
    assert figure.layout.xaxis.range[1] > 0.5
    assert bars.hovertext[0] == "a<br>+0.40: signal +0.50, crosstalk −0.10"
    assert "<" not in bars.hovertext[1].replace("<br>", "")


def test_differences_are_dots_with_their_intervals():
    figure = differences_figure(["x = 1", "<i>"], [0.5, -0.25], [0.3, -0.5], [0.6, -0.125])
    dots, numbers = figure.data
    assert list(dots.x) == [0.5, -0.25]
    np.testing.assert_allclose(dots.error_x.array, [0.1, 0.125])
    np.testing.assert_allclose(dots.error_x.arrayminus, [0.2, 0.25])
    assert dots.error_x.symmetric is False
    assert list(dots.marker.color) == [MORE, LESS]
    assert list(numbers.text) == ["+0.50", "−0.25"]
    assert dots.hovertext[1] == "&lt;i&gt;<br>−0.25, between −0.50 and −0.12"
    assert figure.layout.xaxis.range[0] < -0.5
    assert figure.layout.xaxis.range[1] > 0.6
    assert not figure.layout.xaxis.visible
    assert not figure.layout.yaxis.showgrid


def test_rows_are_as_high_as_they_are_many_and_none_are_no_figure_to_break():
    heights = [contributions_figure(["a"] * n, [0.1] * n).layout.height for n in (0, 1, 11)]
    assert heights[2] - heights[1] == 10 * (heights[1] - heights[0])
    for figure in (contributions_figure([], [], []), differences_figure([], [], [], [])):
        assert figure.layout.xaxis.range[0] < figure.layout.xaxis.range[1]
        go.Figure(json.loads(figure.to_json()))


def test_names_and_numbers_must_be_as_many():
    with pytest.raises(ValueError, match="1 contributions but 2 names"):
        contributions_figure(["a", "b"], [0.1])
    with pytest.raises(ValueError, match="0 signals but 1 names"):
        contributions_figure(["a"], [0.1], [])
    with pytest.raises(ValueError, match="2 highs but 1 names"):
        differences_figure(["a"], [0.1], [0.0], [0.2, 0.3])
