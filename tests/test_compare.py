"""Two encodings of the same documents side by side: alignment, agreement, lists, and what is said."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from vsaviz import schemes
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.figures import small_multiples_figure
from vsaviz.figures.small_multiples import Documents, Marks, Panel, with_marks
from vsaviz.figures.standalone import standalone
from vsaviz.lab.comparing.agreement import agreement, aligned, linear_cka, nearest_others, profile
from vsaviz.lab.comparing.exact import exact_kernel, mixed_kernel, mixed_paths
from vsaviz.lab.comparing.neighbor_lists import neighbor_lists
from vsaviz.lab.comparing.reading import Case, Mixing, is_first, mixed_fields, mixing, reading
from vsaviz.neighbors import own_neighbors

SWAPPED = [
    {"ship": {"address": word}, "address": {"ship": other}}
    for word, other in [
        ("oak", "elm"),
        ("elm", "oak"),
        ("oak", "ash"),
        ("fir", "fir"),
        ("yew", "box"),
        ("box", "oak"),
    ]
]


def drawn(n, width, seed=0):
    return np.random.default_rng(seed).standard_normal((n, width))


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def turned(angle, mirrored):
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ np.diag([1, -1]) if mirrored else turn


# Alignment


@given(st.floats(0, 6.3), st.booleans(), st.floats(0.01, 100), st.integers(2, 30), st.integers(0, 9))
def test_a_map_turned_mirrored_scaled_and_moved_comes_back(angle, mirrored, scale, n, seed):
    points = drawn(n, 2, seed)
    found = aligned(scale * points @ turned(angle, mirrored) + [5, -3], points)
    np.testing.assert_allclose(found.points, points, atol=1e-4)
    assert found.fit == pytest.approx(1)


def test_nothing_but_turns_mirrors_and_scale_is_undone():
    points, other = drawn(50, 2), drawn(50, 2, seed=1)
    found = aligned(other, points)
    assert 0 <= found.fit < 0.4
    shape = np.linalg.norm(other[:, None] - other, axis=2)
    laid = np.linalg.norm(found.points[:, None] - found.points, axis=2)
    ratio = laid[0, 1:] / shape[0, 1:]
    np.testing.assert_allclose(ratio, ratio[0], rtol=1e-4)
    left, spread = np.square(found.points - points).sum(), np.square(points - points.mean(axis=0)).sum()
    assert left / spread == pytest.approx(2 - 2 * np.sqrt(found.fit), abs=1e-4)
    assert np.square(found.points - points.mean(axis=0)).sum() == pytest.approx(spread, rel=1e-4)


@pytest.mark.parametrize("points", [[], [[1, 2]], [[1, 2], [1, 2]], [[0, 0], [2, 0]]])
def test_few_or_equal_points_are_laid_over_each_other(points):
    points = np.array(points, np.float32).reshape(-1, 2)
    found = aligned(points, points)
    np.testing.assert_allclose(found.points, points, atol=1e-6)
    assert found.fit == pytest.approx(1)


def test_a_map_of_one_place_lies_in_the_centre_of_the_other():
    found = aligned(np.ones((3, 2)), [[0, 0], [3, 0], [0, 3]])
    assert found.points.tolist() == [[1, 1]] * 3
    assert found.fit == 0


def test_maps_of_different_documents_cannot_be_aligned():
    with pytest.raises(ValueError, match=r"got shapes \(3, 2\) and \(4, 2\)"):
        aligned(drawn(3, 2), drawn(4, 2))


# Agreement


@given(st.integers(3, 20), st.integers(2, 8), st.integers(0, 9))
def test_alignment_of_kernels_is_one_up_to_rotation_and_scale_and_never_beyond(n, width, seed):
    X, Y = drawn(n, width, seed), drawn(n, 5, seed + 1)
    rotation = np.linalg.qr(drawn(width, width, seed))[0]
    assert linear_cka(X, 3 * X @ rotation) == pytest.approx(1)
    assert -1e-9 <= linear_cka(X, Y) <= 1 + 1e-9
    assert linear_cka(X, Y) == pytest.approx(linear_cka(Y, X))


def test_alignment_of_kernels_is_what_its_authors_define():
    X, Y = (rows - rows.mean(axis=0) for rows in (drawn(30, 6), drawn(30, 4, seed=1)))
    norm = np.linalg.norm
    expected = norm(Y.T @ X) ** 2 / (norm(X.T @ X) * norm(Y.T @ Y))
    assert linear_cka(X + 7, Y) == pytest.approx(expected)


@pytest.fixture(scope="module")
def kernels():
    one, other = unit(drawn(40, 12)), unit(drawn(40, 12) + drawn(40, 12, seed=1))
    return [rows @ rows.T for rows in (one, other)]


def test_what_agrees_with_itself_does_so_fully(kernels):
    asked = np.arange(40)
    found = agreement([profile(kernel, asked) for kernel in (kernels[0], kernels[0], kernels[1])])
    for matrix in (found.overlap, found.rank, found.cka):
        assert matrix[0, 1] == pytest.approx(1)
        assert 0 < matrix[0, 2] < 0.98
        np.testing.assert_allclose(matrix, matrix.T)


def test_agreement_is_what_plain_loops_say(kernels):
    found = agreement([profile(kernel, np.arange(40), k=5) for kernel in kernels])
    shared, ranked = [], []
    for row in range(40):
        others = np.delete(np.arange(40), row)
        one, other = (kernel[row, others] for kernel in kernels)
        shared.append(len({*np.argsort(-one)[:5]} & {*np.argsort(-other)[:5]}) / 5)
        ranked.append(spearmanr(one, other).statistic)
    assert found.overlap[0, 1] == pytest.approx(np.mean(shared))
    assert found.rank[0, 1] == pytest.approx(np.mean(ranked), abs=1e-5)


def test_neighbours_are_those_of_the_rest_of_the_app(kernels):
    vectors = unit(drawn(40, 12))
    np.testing.assert_array_equal(nearest_others(kernels[0], 7), own_neighbors(vectors, 7)[0])


@pytest.mark.parametrize("n", [1, 2])
def test_few_documents_agree(n):
    vectors = unit(drawn(n, 4))
    found = agreement([profile(vectors @ vectors.T, np.arange(n))] * 2)
    assert found.overlap[0, 1] == 1
    assert found.rank[0, 1] == pytest.approx(1)
    assert found.cka[0, 1] == pytest.approx(1)


# Lists


def test_lists_say_what_moved_against_the_first():
    first = np.array([1, 0.9, 0.8, 0.7, 0.1])
    second = np.array([1, 0.1, 0.8, 0.9, 0.2])
    one, other = neighbor_lists([first, second], 0, k=2)
    assert [(found.row, found.moved) for found in one.neighbors] == [(1, 0), (2, 0)]
    assert [(found.row, found.rank_in_first, found.moved) for found in other.neighbors] == [
        (3, 3, 2),
        (2, 2, 0),
    ]
    assert (one.kept, other.kept) == ((2, 1), (1, 2))
    assert one.rank == (1.0, pytest.approx(spearmanr(first[1:], second[1:]).statistic))


def test_equal_documents_stand_in_the_order_of_their_rows():
    (found,) = neighbor_lists([np.full(5, 0.5)], 2, k=9)
    assert [one.row for one in found.neighbors] == [0, 1, 3, 4]


# The exact kernel, and what mixing up fields does to it


def test_the_exact_kernel_is_the_product_of_features(orders):
    _, features = fit(orders, FeatureSettings())
    S = features.matrix()
    np.testing.assert_allclose(exact_kernel(features), (S @ S.T).toarray(), atol=1e-6)


def test_merging_swapped_fields_makes_swapped_documents_equal():
    _, features = fit(SWAPPED, FeatureSettings())
    first = mixed_paths(features, "hrr", 256)
    assert mixed_fields(features, first) == (("address.ship", "ship.address"),)
    exact, mixed = exact_kernel(features), mixed_kernel(features, first)
    assert mixed[0, 1] == pytest.approx(1, abs=1e-6)
    assert exact[0, 1] < 0.8
    np.testing.assert_allclose(np.diag(mixed), 1, atol=1e-6)


def test_nothing_is_merged_where_order_counts():
    _, features = fit(SWAPPED, FeatureSettings())
    first = mixed_paths(features, "mbat", 256)
    assert mixed_fields(features, first) == ()
    np.testing.assert_allclose(mixed_kernel(features, first), exact_kernel(features), atol=1e-6)


def test_a_tie_is_first_too():
    kernel = np.array([[1, 0.5, 0.5], [0.5, 1, 0.2], [0.5, 0.2, 1]], np.float32)
    assert is_first(kernel, np.array([2, 2, 0])).tolist() == [True, False, True]


# What is said


def matrices(kept):
    one = np.eye(len(kept) + 1)
    one[:-1, -1] = one[-1, :-1] = kept
    return agreement([profile(np.eye(3), np.arange(3))] * (len(kept) + 1)).__class__(one, one, one)


PAIRS = (("address.ship", "ship.address"), ("a.b", "b.a"))


def test_the_reading_says_because_only_where_the_mixing_stands_out_from_noise():
    mixed = Case("hrr at D=64", "hrr", 2000, 300, Mixing(PAIRS, 260, 230, 16))
    noise = Case("map-i at D=64", "map-i", 2000, 100, Mixing(PAIRS[1:], 9, 2, 3))
    none = Case("bsc at D=64", "bsc", 2000, 80, Mixing(PAIRS[1:], 0, 0, 0))
    plain = Case("mbat at D=64", "mbat", 2000, 50)
    text = reading([plain, mixed, noise, none], [4] * 4, matrices([0.9, 0.4, 0.8, 0.7]), 10)
    assert "mbat at D=64 puts the first neighbour of 50 elsewhere" in text
    assert (
        "About 214 of the 300 of hrr at D=64 are elsewhere because hrr cannot tell `address.ship` from"
        in text
    )
    assert "(2 such pairs)" in text
    assert "moves 260, of which it follows 230 and leaves 16" in text
    assert "map-i cannot tell `a.b` from `b.a`, with no effect on map-i at D=64 that stands out" in text
    assert "bsc cannot tell `a.b` from `b.a`, but merging these moves no document's first neighbour" in text
    assert text.count("because") == 1
    assert "mbat at D=64 keeps the most of the 10 nearest of the exact kernel, 90%" in text
    assert "hrr at D=64 the least, 40%" in text


def test_what_mixing_causes_is_seen_where_it_does_and_not_where_noise_does():
    """The control: mbat tells the fields apart, so that what it does at a small D is noise."""
    draw = random.Random(2)  # noqa: S311 - not for secrets
    words = ["oak", "elm", "ash", "fir", "yew", "box", "bay", "may"]
    documents = [
        {"ship": {"address": draw.choice(words)}, "address": {"ship": draw.choice(words)}, "n": i % 7}
        for i in range(150)
    ]
    _, features = fit(documents, FeatureSettings())
    first = mixed_paths(features, "hrr", 256)
    exact, mixed = exact_kernel(features), mixed_kernel(features, first)

    def caused(scheme, D):
        vectors = encode(features, schemes.create(scheme, D))
        chosen = nearest_others(vectors @ vectors.T, 1)[:, 0]
        return mixing(exact, mixed, chosen, PAIRS)

    assert Mixing(PAIRS, 9, 3, 1).caused == 0  # within chance
    assert caused("hrr-unitary", 4096).caused > 0.5 * caused("hrr-unitary", 4096).moved > 5
    assert caused("mbat", 4096).caused == caused("mbat", 64).caused == 0
    assert caused("mbat", 4096).stayed > 5


def test_one_document_is_no_comparison():
    assert "nothing to compare" in reading([Case("mbat at D=64", "mbat", 1, 0)], [1], matrices([1]), 0)


# The figure


def panels(m, n=30):
    return [Panel(f"{i}  <b>x</b>", "fit", drawn(n, 2, i).astype(np.float32)) for i in range(m)]


@pytest.mark.parametrize("m", [2, 4, 6])
def test_all_maps_are_marked_alike_on_one_scale(m):
    rows = np.arange(100, 130)
    documents = Documents([f"d{row}" for row in rows], ["ab"[row % 2] for row in rows], rows, "kind")
    figure = small_multiples_figure(panels(m), documents)
    marked = with_marks(figure, Marks([101, 104, 7], 103, [[105, 107]] * m))
    own = [[trace for trace in marked.data if trace.xaxis == f"x{i + 1 if i else ''}"] for i in range(m)]
    for i, traces in enumerate(own):
        points = [trace for trace in traces if trace.customdata is not None]
        at = {row: (x, y) for one in points for row, x, y in zip(one.customdata, one.x, one.y, strict=True)}
        assert sorted(at) == rows.tolist()
        np.testing.assert_allclose([at[row] for row in rows], panels(m)[i].points)
        chosen = [row for one in points for row in np.array(one.customdata)[np.array(one.selectedpoints)]]
        assert sorted(chosen) == [101, 104]
        near, focus = (trace for trace in traces if trace.customdata is None)
        assert sorted(zip(near.x, near.y, strict=True)) == sorted([at[105], at[107]])
        assert [(focus.x[0], focus.y[0])] == [at[103]]
    layout = marked.layout
    assert all(layout[f"xaxis{i}"].matches == "x" for i in range(2, m + 1))
    assert len({layout[f"yaxis{i or ''}"].range for i in (*range(2, m + 1), 0)}) == 1
    assert {trace.type for trace in marked.data} == {"scatter"}
    assert sum(bool(trace.showlegend) for trace in marked.data) == 2
    assert "&lt;b&gt;x" in layout.annotations[0].text
    assert figure.data[0].selectedpoints is None  # the figure without marks is as it was


def test_many_points_share_one_webgl_context():
    n = 4000
    documents = Documents([""] * n, [None] * n, np.arange(n))
    assert {trace.type for trace in small_multiples_figure(panels(2, n), documents).data} == {"scattergl"}


def test_a_page_that_stands_for_itself_asks_nothing_and_runs_nothing_of_the_data():
    hostile = "</script><script>alert(1)</script><img src=http://example.invalid/a.png>"
    documents = Documents([hostile] * 30, [hostile] * 30, np.arange(30), hostile)
    figure = small_multiples_figure(panels(2), documents)
    html = standalone(hostile, [(hostile, hostile), ("maps", figure), ("table", ([hostile], [[hostile]]))])
    assert "<script>alert" not in html
    assert "<img" not in html.replace("<img>", "").split("</head>")[1]
    assert "default-src 'none'" in html
    assert html.count("plotly.js v") == 1
    assert "Plotly.newPlot" in html.split("</head>")[1]
