"""Maps: PCA against the singular value decomposition, and every method on every kind of rows."""

import importlib
import subprocess
import sys

import numpy as np
import pytest

from vsaviz.project import METHODS, project, projection

module = importlib.import_module("vsaviz.project")  # the package's own `project` is the function
RNG = np.random.default_rng(0)


def unit(n, width, seed=0):
    rows = np.random.default_rng(seed).standard_normal((n, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def groups(n, width=40, seed=0):
    """Return n rows around three centres in turn: row i belongs to centre i % 3."""
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((3, width))[np.arange(n) % 3] + 0.15 * rng.standard_normal((n, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def scores_by_svd(vectors):
    """The exact leading scores, the largest loading of each component positive."""
    centred = vectors.astype(float) - vectors.astype(float).mean(axis=0)
    _, _, loadings = np.linalg.svd(centred, full_matrices=False)
    largest = np.abs(loadings[:2]).argmax(axis=1)
    return centred @ (loadings[:2] * np.sign(loadings[[0, 1], largest])[:, None]).T


def slowly_decaying(n, width, power):
    """Rows whose components' variances fall like i^−power."""
    rng = np.random.default_rng(5)
    left, right = (np.linalg.qr(rng.standard_normal((size, width)))[0] for size in (n, width))
    return (left * np.arange(1, width + 1) ** (-power / 2) @ right.T).astype(np.float32)


ROWS = {
    "one row": unit(1, 6),
    "identical": np.repeat(unit(1, 6), 20, axis=0),
    "zeros": np.zeros((12, 6), np.float32),
    "zeros among others": np.concatenate([unit(9, 6), np.zeros((9, 6), np.float32)]),
    "rank 1": np.linspace(-1, 1, 18, dtype=np.float32)[:, None] * unit(1, 6),
    "two of each": np.repeat(unit(6, 6), 2, axis=0),
    "two different": np.repeat(unit(2, 6), 10, axis=0),
    "four different": np.repeat(unit(4, 6), 5, axis=0),
    "last bits differ": (np.repeat(unit(1, 6), 20, axis=0) + 1e-8 * unit(20, 6)).astype(np.float32),
    "width 0": np.empty((5, 0)),
    "width 1": np.sign(RNG.standard_normal((20, 1))),
    "width 1, graded": RNG.standard_normal((20, 1)),
    "width 2": unit(20, 2),
    "orthogonal": np.eye(20),
    "wide": unit(20, 300),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("rows", [*ROWS, *range(21)])
def test_every_method_places_any_rows_and_twice_alike(method, rows):
    vectors = ROWS[rows] if rows in ROWS else unit(rows, 8)
    found = projection(vectors, method, seed=3)
    assert found.points.shape == (len(vectors), 2)
    assert found.points.dtype == np.float32
    assert np.isfinite(found.points).all()
    assert found.method == method or "PCA shown instead" in found.note
    np.testing.assert_array_equal(project(vectors, method, seed=3), found.points)


@pytest.mark.parametrize("method", METHODS)
def test_groups_lie_apart(method):
    points = project(groups(60), method)
    centres = np.stack([points[i::3].mean(axis=0) for i in range(3)])
    nearest_centre = np.linalg.norm(points[:, None] - centres, axis=2).argmin(axis=1)
    assert nearest_centre.tolist() == [i % 3 for i in range(60)]


@pytest.mark.parametrize(
    "vectors",
    [unit(3, 2), unit(60, 7), unit(40, 300), slowly_decaying(150, 120, 1), slowly_decaying(600, 250, 0.25)],
    ids=["3×2", "60×7", "40×300", "150×120", "600×250, slow"],
)
def test_pca_equals_the_singular_value_decomposition(vectors):
    exact = scores_by_svd(vectors)
    np.testing.assert_allclose(project(vectors), exact, atol=2e-4 * np.abs(exact).max())


@pytest.mark.parametrize("n", [30, 150])
def test_pca_keeps_its_signs_when_rows_move_or_double(n):
    vectors = groups(n, 130)
    points, order = project(vectors), np.random.default_rng(1).permutation(n)
    np.testing.assert_allclose(project(vectors[order]), points[order], atol=1e-4)
    np.testing.assert_allclose(
        project(np.concatenate([vectors, vectors])), np.tile(points, (2, 1)), atol=1e-4
    )
    np.testing.assert_allclose(project(vectors, seed=9), points, atol=1e-4)


def test_pca_makes_the_largest_loading_positive_and_the_first_of_equals():
    steep = np.outer([1.0, 0.0, -1.0], [0.6, -0.8])
    np.testing.assert_allclose(project(steep)[:, 0], [-1, 0, 1], atol=1e-6)
    nearly_equal = np.outer([1.0, 0.0, -1.0], [0.0, -0.6, 0.6000002])
    np.testing.assert_allclose(project(nearly_equal)[:, 0], [-0.6 * 2**0.5, 0, 0.6 * 2**0.5], atol=1e-6)


@pytest.mark.parametrize("shape", [(40, 9), (300, 200)])
def test_pca_draws_rounding_as_nothing(shape):
    n, width = shape
    assert not project(np.repeat(unit(1, width), n, axis=0)).any()
    line = project(np.linspace(0.1, 1, n)[:, None] * unit(1, width))
    assert not line[:, 1].any()
    assert np.ptp(line[:, 0]) == pytest.approx(0.9, rel=1e-4)


def test_notes_say_what_was_lowered():
    assert projection(unit(15, 8), "tsne").note == "perplexity lowered from 30 to 4 for 15 documents"
    assert projection(unit(10, 8), "umap").note == "neighbours lowered from 15 to 9 for 10 documents"
    assert projection(unit(100, 8), "tsne").note == ""
    assert projection(unit(100, 8), "pca").note == ""


@pytest.mark.parametrize(("method", "name"), [("tsne", "t-SNE"), ("umap", "UMAP")])
def test_too_few_rows_are_shown_by_pca(method, name):
    found = projection(unit(3, 8), method)
    assert found.note == f"{name} needs at least 4 different documents: PCA shown instead"
    assert found.method == "pca"
    np.testing.assert_array_equal(found.points, project(unit(3, 8)))


@pytest.mark.parametrize("method", ["tsne", "umap"])
def test_rows_beyond_the_sample_are_placed_among_their_neighbours(method, monkeypatch):
    monkeypatch.setattr(module, "FITTED", 60)
    vectors = groups(150)
    said = []
    found = projection(vectors, method, progress=lambda *told: said.append(told))
    assert found.note.endswith("fitted on 60 of 150 documents, the rest placed by their neighbours")
    assert said[-1][0] == "placing the other 90 documents"
    shares = [share for _, share in said]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1
    centres = np.stack([found.points[i::3].mean(axis=0) for i in range(3)])
    spread = np.linalg.norm(found.points - centres[np.arange(150) % 3], axis=1).mean()
    between = np.linalg.norm(centres - np.roll(centres, 1, axis=0), axis=1).min()
    assert spread < between / 3
    np.testing.assert_array_equal(project(vectors, method), found.points)
    assert not np.array_equal(project(vectors, method, seed=1), found.points)


def test_pca_sees_rows_beyond_the_sample(monkeypatch):
    vectors = groups(150)
    whole = projection(vectors)
    monkeypatch.setattr(module, "FITTED", 60)
    np.testing.assert_array_equal(projection(vectors).points, whole.points)
    assert projection(vectors).note == ""


def test_pca_in_place_of_a_sampled_method_sees_all_rows(monkeypatch):
    monkeypatch.setattr(module, "FITTED", 10)
    vectors = np.repeat(unit(2, 5), 20, axis=0)
    found = projection(vectors, "tsne")
    assert (found.method, found.note) == (
        "pca",
        "t-SNE needs at least 4 different documents: PCA shown instead",
    )
    np.testing.assert_array_equal(found.points, project(vectors))


def test_placement_is_the_mean_weighted_by_similarity():
    fitted = np.eye(4, dtype=np.float32)
    points = np.array([[0, 0], [4, 0], [0, 4], [9, 9]], np.float32)
    rows = np.array(
        [[0.6, 0.6, 0, -0.5], [0, 0.2, 0.6, -0.1], [0, 1, 0, 0], [0, 0, 0, 0], [-1, 0, 0, 0]], np.float32
    )
    placed = module._place(rows, fitted, points)
    np.testing.assert_allclose(placed, [[2, 0], [1, 3], [4, 0], [3.25, 3.25], [3.25, 3.25]], atol=1e-5)


def test_copies_of_a_fitted_row_lie_on_it(monkeypatch):
    monkeypatch.setattr(module, "FITTED", 40)
    vectors = np.concatenate([unit(45, 8), np.repeat(unit(1, 8, seed=7), 15, axis=0)])
    sample = np.sort(np.random.default_rng(0).choice(60, 40, replace=False))
    points = project(vectors, "tsne")
    copies = np.arange(45, 60)
    fitted = np.intersect1d(copies, sample)
    others = np.setdiff1d(copies, sample)
    assert min(len(fitted), len(others)) > 1
    np.testing.assert_allclose(
        points[others], np.tile(points[fitted].mean(axis=0), (len(others), 1)), rtol=1e-4
    )


def test_unknown_methods_and_values_are_refused():
    with pytest.raises(ValueError, match="unknown method 'mds'; known: pca, tsne, umap"):
        project(np.eye(3), "mds")
    with pytest.raises(ValueError, match="vectors must be finite, row 1 is not"):
        project([[0.0, 1.0], [np.nan, 1.0]])
    with pytest.raises(ValueError, match="vectors must have two axes"):
        project(np.ones(4))


def test_umap_is_an_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "umap", None)
    with pytest.raises(ImportError, match=r"UMAP is an extra: pip install 'vsaviz\[umap\]'"):
        project(unit(20, 5), "umap")


def test_importing_loads_neither_manifold_nor_umap():
    code = "import sys, vsaviz.project; print([m for m in ('sklearn.manifold', 'umap') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
