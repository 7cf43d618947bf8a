"""Vectors as bytes and as signs: what codes are, that enough re-ranking is exact, and files."""

import tracemalloc

import numpy as np
import pytest

from vsaviz import best_rows
from vsaviz.neighbors import nearest
from vsaviz.quantized import Int8, Signs, int8
from vsaviz.quantized.signs import _differing, _words

KINDS = [Int8, Signs]


def unit(n, width, seed=0):
    """Rows in groups, as those of documents are."""
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((20, width))[rng.integers(20, size=n)] + rng.standard_normal((n, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def recall(found, true):
    return np.mean([len({*a} & {*b}) / len(b) for a, b in zip(found.tolist(), true.tolist(), strict=True)])


def test_a_byte_is_off_by_half_a_step_at_most():
    rows = np.concatenate([unit(50, 33), np.zeros((1, 33), np.float32), 1e-30 * unit(2, 33)])
    codes, scales = int8(rows)
    assert codes.dtype == np.int8
    assert codes.min() >= -127
    step = np.abs(rows).max(axis=1, keepdims=True) / 127
    assert (np.abs(codes * scales[:, None] - rows) <= step * 0.50001).all()


@pytest.mark.parametrize("width", [1, 7, 8, 63, 64, 65, 200])
def test_hamming_distances_equal_the_plain_count(width):
    some, others = unit(5, width) > 0, unit(90, width, 1) > 0
    expected = (some[:, None] != others[None]).sum(axis=2)
    packed = [_words(np.packbits(bits, axis=1)) for bits in (some, others)]
    np.testing.assert_array_equal(_differing(packed[0], np.ascontiguousarray(packed[1].T)), expected)


@pytest.mark.parametrize("kind", KINDS)
def test_reranking_all_rows_is_exact(kind):
    vectors = unit(300, 40)
    vectors[200:] = vectors[:100]
    others = np.where(np.arange(60) % 3, np.arange(60), -1)
    found = kind(vectors).nearest(vectors[:60], 6, rerank=50, exclude=others)
    expected = nearest(vectors[:60], vectors, 6, exclude=others)
    np.testing.assert_array_equal(found[0], expected[0])
    np.testing.assert_array_equal(found[1], expected[1])


@pytest.mark.parametrize("kind", KINDS)
def test_codes_alone_equal_a_stable_sort_of_their_scores(kind, monkeypatch):
    monkeypatch.setattr(best_rows, "COLUMNS", 64)
    vectors = np.concatenate([unit(500, 64), unit(500, 64)])
    queries = np.concatenate([unit(20, 64, 1), np.zeros((1, 64), np.float32)])
    codes = kind(vectors)
    if kind is Int8:
        scores = (queries @ codes.codes.astype(np.float32).T) * codes.scales
        scores[:, 500:] = scores[:, :500]  # the same rows
    else:
        scores = -((queries > 0)[:, None] != (vectors > 0)[None]).sum(axis=2)
    expected = np.argsort(-scores, axis=1, kind="stable")[:, :9]
    rows, similarities = codes.nearest(queries, 9, rerank=0)
    exact = nearest(queries, vectors, 9)[1]
    if kind is Signs:
        np.testing.assert_array_equal(rows, expected)
    else:
        assert recall(rows, expected) > 0.99  # float32 tells copies apart
        np.testing.assert_allclose(similarities, exact, atol=0.01)


def test_crowded_queries_take_ties_in_row_order():
    bits = Signs(np.repeat(unit(1, 64), 40_000, axis=0))
    assert bits.nearest(unit(2, 64), 5, rerank=0)[0].tolist() == [[0, 1, 2, 3, 4]] * 2
    assert bits.nearest(unit(2, 64), 5, rerank=4)[0].tolist() == [[0, 1, 2, 3, 4]] * 2


def test_recall_grows_with_reranking():
    vectors = unit(4000, 256)
    queries = vectors[::80] + unit(50, 256, 7) / 2
    true = nearest(queries, vectors, 10)[0]
    found = {
        (kind, r): recall(kind(vectors).nearest(queries, 10, rerank=r)[0], true)
        for kind in KINDS
        for r in (1, 4, 10)
    }
    assert found[Int8, 1] >= 0.97
    assert found[Int8, 4] == 1
    assert found[Signs, 1] < found[Signs, 4] < found[Signs, 10]
    assert found[Signs, 10] >= 0.8


def test_signs_stand_for_the_angle():
    vectors = unit(200, 4096)
    rows, similarities = Signs(vectors).nearest(vectors[:20], 200, rerank=0)
    true = np.take_along_axis(vectors[:20] @ vectors.T, rows, axis=1)
    assert np.abs(similarities - true).max() < 0.1


@pytest.mark.parametrize("kind", KINDS)
def test_files_hold_codes_and_no_vectors(kind, tmp_path):
    vectors = unit(90, 70)
    file = tmp_path / "codes.npz"
    codes = kind(vectors)
    codes.save(file)
    assert file.stat().st_size < vectors.nbytes / 2
    loaded = kind.load(file)
    assert (loaded.shape, loaded.nbytes) == (codes.shape, codes.nbytes)
    np.testing.assert_array_equal(
        loaded.nearest(vectors, 3, rerank=0)[0], codes.nearest(vectors, 3, rerank=0)[0]
    )
    with pytest.raises(ValueError, match=r"rerank must be 0, or more with load\(file, vectors=...\), got 4"):
        loaded.nearest(vectors, 3)
    np.testing.assert_array_equal(
        kind.load(file, vectors).nearest(vectors, 3)[0], codes.nearest(vectors, 3)[0]
    )
    (other,) = {*KINDS} - {kind}
    with pytest.raises(ValueError, match=f"holds {kind.name}, not {other.name}"):
        other.load(file)
    with pytest.raises(ValueError, match=r"is of \(90, 70\) vectors, but \(9, 70\) are given"):
        kind.load(file, vectors[:9])
    file.write_bytes(b"PK")
    with pytest.raises(ValueError, match="holds no codes"):
        kind.load(file)


@pytest.mark.parametrize("kind", KINDS)
def test_errors_say_what_is_wrong(kind):
    with pytest.raises(ValueError, match=r"got shape \(0, 3\)"):
        kind(np.zeros((0, 3), np.float32))
    with pytest.raises(ValueError, match="finite, row 1"):
        kind(np.array([[1.0], [np.nan]]))
    codes = kind(np.eye(4))
    with pytest.raises(ValueError, match=r"k must be in 1\.\.3, got 4"):
        codes.nearest(np.eye(4), 4, exclude=np.arange(4))
    with pytest.raises(ValueError, match="queries are 5 wide but vectors 4"):
        codes.nearest(np.eye(5))
    with pytest.raises(ValueError, match="got -1"):
        codes.nearest(np.eye(4), 1, rerank=-1)


def test_memory_stays_bounded_in_both_numbers():
    vectors = unit(30_000, 32)
    codes = Signs(vectors)
    tracemalloc.start()
    codes.nearest(vectors[:3000], 3, rerank=2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 90e6  # all scores would take 360
