"""Neighbours: the fast way against the plain loop, ties in row order, and errors at the door."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from vsaviz import best_rows
from vsaviz.neighbors import nearest, overlap, own_neighbors


def unit(n, width, seed=0, dtype=np.float32):
    rows = np.random.default_rng(seed).standard_normal((n, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(dtype)


def plain(queries, vectors, k, exclude=None):
    """Every pair in float64, sorted by score and then by row."""
    found = []
    for i, query in enumerate(np.asarray(queries, float)):
        scores = [float(np.dot(query, row)) for row in np.asarray(vectors, float)]
        rows = [j for j in range(len(scores)) if exclude is None or j != exclude[i]]
        found.append([(j, scores[j]) for j in sorted(rows, key=lambda j: (-round(scores[j], 12), j))[:k]])
    table = np.array(found).reshape(len(queries), k, 2)
    return table[..., 0].astype(int), table[..., 1]


def agrees(queries, vectors, k, exclude=None):
    indices, similarities = nearest(queries, vectors, k, exclude=exclude)
    expected, scores = plain(queries, vectors, k, exclude)
    assert indices.dtype == np.int64
    assert similarities.dtype == np.float32
    np.testing.assert_array_equal(indices, expected)
    np.testing.assert_allclose(similarities, scores, atol=1e-7)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.float16])
@pytest.mark.parametrize(
    ("n", "m", "width", "k"),
    [
        (0, 3, 4, 2),
        (1, 1, 1, 1),
        (7, 1, 5, 1),
        (1, 90, 3, 90),
        (13, 40, 8, 39),
        (60, 200, 33, 5),
        (3, 1000, 16, 10),
    ],
)
def test_equals_the_plain_loop(n, m, width, k, dtype):
    agrees(unit(n, width, 1, dtype), unit(m, width, 2, dtype), k)


@pytest.mark.parametrize(("queries", "columns"), [(1, 7), (2, 1), (19, 39), (20, 40), (21, 41), (40, 300)])
def test_blocks_of_any_size_give_the_same_bits(queries, columns, monkeypatch):
    vectors = np.concatenate([unit(110, 12), unit(10, 12)])
    whole = own_neighbors(vectors, 6)
    monkeypatch.setattr(best_rows, "QUERIES", queries)
    monkeypatch.setattr(best_rows, "COLUMNS", columns)
    monkeypatch.setattr(best_rows, "EXACT_BYTES", queries * 8 * 120)
    for few in (1, 16):
        monkeypatch.setattr(best_rows, "FEW_ROWS", few)
        blocks = own_neighbors(vectors, 6)
        np.testing.assert_array_equal(blocks[0], whole[0])
        np.testing.assert_array_equal(blocks[1], whole[1])
    np.testing.assert_array_equal(blocks[0], plain(vectors, vectors, 6, np.arange(120))[0])


@pytest.mark.parametrize("crowd", [-(10**6), 0, 3, 10**9])
def test_crowded_queries_give_the_same_rows(crowd, monkeypatch):
    monkeypatch.setattr(best_rows, "CROWD", crowd)
    monkeypatch.setattr(best_rows, "FEW_ROWS", 1)
    monkeypatch.setattr(best_rows, "COLUMNS", 17)
    vectors = np.concatenate([unit(30, 12), unit(30, 12, 1), unit(30, 12)])
    agrees(np.concatenate([np.zeros((2, 12)), unit(30, 12, 2)]), vectors, 4)
    agrees(np.zeros((2, 12)), vectors, 50)
    agrees(vectors, vectors, 7, np.arange(90))
    agrees(vectors, vectors, 89, np.arange(90))


ROWS = hnp.arrays(
    np.float64, st.tuples(st.integers(2, 40), st.just(3)), elements=st.sampled_from([-0.5, -0.0, 0.0, 0.5])
)


@given(ROWS, st.data())
@settings(deadline=None, max_examples=150)
def test_ties_keep_the_order_of_rows(vectors, data):
    """Many ties and copies, whichever way the candidates are found."""
    n = len(vectors)
    columns, few, crowd = (data.draw(st.sampled_from(some)) for some in ((3, 4096), (1, 16), (-40, 2048)))
    k = data.draw(st.integers(1, n - 1))
    exclude = data.draw(hnp.arrays(np.int64, n, elements=st.integers(-1, n - 1)))
    dtype = data.draw(st.sampled_from([np.float32, np.float64]))
    with mock.patch.multiple(best_rows, COLUMNS=columns, FEW_ROWS=few, CROWD=crowd):
        agrees(vectors.astype(dtype), vectors.astype(dtype), k, exclude)


@pytest.mark.parametrize("width", [1, 7, 100, 1024])
@pytest.mark.parametrize("n", [2, 3, 50, 700])
def test_identical_rows_come_in_row_order(n, width):
    vectors = np.repeat(unit(1, width), n, axis=0)
    indices, similarities = own_neighbors(vectors, 5)
    for i in range(n):
        assert indices[i].tolist() == [j for j in range(n) if j != i][:5]
    assert np.unique(similarities).size == 1


@pytest.mark.parametrize("width", [37, 512, 1000])
def test_copies_anywhere_tie(width):
    """Equal rows in different places of a matrix product differ in their last bits; the order must not."""
    distinct = unit(24, width)
    copies = np.random.default_rng(1).integers(24, size=160)
    indices, similarities = nearest(distinct, distinct[copies], 160)
    for row, similarity in zip(copies[indices], similarities, strict=True):
        assert np.unique(row[:, None] == row[None], axis=0).shape[0] == np.unique(row).size
        assert (np.diff(similarity) <= 0).all()
    for row, found in zip(copies[indices], indices, strict=True):
        assert (np.diff(found)[row[1:] == row[:-1]] > 0).all(), "copies of one row out of order"
        assert (row[1:] != row[:-1]).sum() == np.unique(row).size - 1, "copies of one row apart"


def test_scores_nearer_than_float32_are_told_apart():
    vectors = np.array([[1 - 1e-9, 0], [1 - 1e-10, 0], [1, 0], [1 - 1e-11, 0], [1, 0]])
    assert nearest([[1.0, 0.0]], vectors, 5)[0].tolist() == [[2, 4, 3, 1, 0]]


@pytest.mark.parametrize("few", [1, 16])
def test_rows_that_tie_by_arithmetic_come_in_row_order(few, monkeypatch):
    """Different rows with equal sums, whose last bits differ in floating point."""
    monkeypatch.setattr(best_rows, "FEW_ROWS", few)
    rng = np.random.default_rng(0)
    signs = rng.choice([-1, 1], size=(300, 1000))
    vectors = (signs / np.sqrt(1000)).astype(np.float32)
    expected = np.argsort(-(signs @ signs.T), axis=1, kind="stable")[:, :40]
    np.testing.assert_array_equal(nearest(vectors, vectors, 40)[0], expected)

    shuffled = np.stack([rng.permutation(unit(1, 100)[0]) for _ in range(300)])
    assert nearest(np.full((1, 100), 0.1), shuffled, 40)[0].tolist() == [list(range(40))]


@pytest.mark.parametrize("length", [1, 300])
def test_rows_that_float32_confuses_are_told_apart(length):
    """Also where rows are not of length 1: they are ranked by their dot products."""
    vectors = length * (unit(1, 300, dtype=float) + 1e-7 * unit(200, 300, 1, float))
    indices, similarities = nearest(vectors, vectors, 9)
    scores = vectors @ vectors.T
    np.testing.assert_array_equal(indices, np.argsort(-scores, axis=1)[:, :9])
    np.testing.assert_allclose(similarities, length**2, rtol=1e-5)


def test_a_long_collection_with_copies_equals_the_full_sort():
    """Several blocks of columns, of which later ones raise the threshold; rows and copies of rows."""
    vectors = unit(9000, 24)
    copies = np.arange(4500, 9000, 3)
    vectors[copies] = vectors[copies - 4500]
    queries = np.concatenate([vectors[::90], np.zeros((1, 24), np.float32)])
    exact = np.round(queries.astype(float) @ vectors.T.astype(float), 12)
    expected = np.argsort(-exact, axis=1, kind="stable")[:, :10]
    np.testing.assert_array_equal(nearest(queries, vectors, 10)[0], expected)


def test_leaves_out_the_row_but_never_its_equal():
    vectors = np.eye(3)[[0, 1, 0, 2]]
    assert nearest(vectors, vectors, 1, exclude=np.arange(4))[0].ravel().tolist() == [2, 0, 0, 0]
    assert nearest(vectors[:2], vectors, 3, exclude=[-1, 3])[0].tolist() == [[0, 2, 1], [1, 0, 2]]


def test_own_neighbors_are_cut_to_the_others():
    vectors = unit(4, 6)
    np.testing.assert_array_equal(own_neighbors(vectors, 99)[0], plain(vectors, vectors, 3, np.arange(4))[0])
    for n in (0, 1):
        indices, similarities = own_neighbors(vectors[:n], 5)
        assert indices.shape == similarities.shape == (n, 0)


def test_order_of_queries_does_not_matter():
    vectors, order = unit(50, 9), np.random.default_rng(3).permutation(50)
    for whole, shuffled in zip(
        nearest(vectors, vectors, 4), nearest(vectors[order], vectors, 4), strict=True
    ):
        np.testing.assert_array_equal(shuffled, whole[order])


@pytest.mark.parametrize(
    ("queries", "vectors", "options", "message"),
    [
        (np.eye(3), np.eye(3), {"k": 0}, r"k must be in 1\.\.3, got 0"),
        (np.eye(3), np.eye(3), {"k": 4}, r"k must be in 1\.\.3, got 4"),
        (np.eye(3), np.eye(3), {"k": 3, "exclude": [0, 1, 2]}, r"k must be in 1\.\.2, got 3"),
        (np.eye(3), np.empty((0, 3)), {"k": 1}, r"k must be in 1\.\.0, got 1"),
        (np.ones(3), np.eye(3), {}, r"queries must have two axes .* got shape \(3,\)"),
        (np.eye(3), np.ones((1, 1, 3)), {}, r"vectors must have two axes"),
        (np.eye(3), np.eye(4), {}, r"queries are 3 wide but vectors 4"),
        (np.eye(3), [[0, 1, 2], [0, np.nan, 1]], {"k": 1}, r"vectors must be finite, row 1 is not"),
        ([[np.inf, 0, 0]], np.eye(3), {"k": 1}, r"queries must be finite, row 0 is not"),
        (np.eye(3), np.eye(3), {"k": 1, "exclude": [0]}, r"one row for each of 3 queries, got shape \(1,\)"),
        (np.eye(3), np.eye(3), {"k": 1, "exclude": [0, 1, 3]}, r"whole numbers in -1\.\.2"),
        (np.eye(3), np.eye(3), {"k": 1, "exclude": [0, -2, 1]}, r"whole numbers in -1\.\.2"),
        (np.eye(3), np.eye(3), {"k": 1, "exclude": [0, 0.5, 1]}, r"whole numbers in -1\.\.2"),
    ],
)
def test_errors_say_what_is_wrong(queries, vectors, options, message):
    with pytest.raises(ValueError, match=message):
        nearest(queries, vectors, **options)


def test_own_neighbors_need_a_k():
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        own_neighbors(np.eye(3), 0)


def test_overlap_equals_sets():
    rng = np.random.default_rng(0)
    a, b = (np.array([rng.permutation(12)[:5] for _ in range(40)]) for _ in range(2))
    expected = [len(set(x) & set(y)) / 5 for x, y in zip(a.tolist(), b.tolist(), strict=True)]
    assert len(set(expected)) > 3
    np.testing.assert_allclose(overlap(a, b), expected)
    assert overlap(a, a[:, ::-1]).tolist() == [1.0] * 40


def test_overlap_of_no_neighbours_is_whole():
    assert overlap(np.empty((3, 0), int), np.empty((3, 0), int)).tolist() == [1.0, 1.0, 1.0]
    assert overlap(np.empty((0, 5), int), np.empty((0, 5), int)).tolist() == []


def test_overlap_needs_tables_of_one_shape():
    with pytest.raises(ValueError, match=r"got shapes \(2, 3\) and \(2, 2\)"):
        overlap(np.zeros((2, 3), int), np.zeros((2, 2), int))
