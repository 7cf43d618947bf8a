"""Which D is enough: what theory tells must be what vectors do, without a vector."""

from dataclasses import replace

import numpy as np
import pytest

from vsaviz import schemes, shipped
from vsaviz.decode import Decoder
from vsaviz.decode.truth import is_right, values_at
from vsaviz.encoding import encode
from vsaviz.errors import InputError
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.paths import field_path
from vsaviz.lab.advice import advisor, keeping, thought
from vsaviz.lab.advice.advisor import Timed, cost, for_field, for_neighbors
from vsaviz.lab.advice.effective import seen, worth
from vsaviz.lab.advice.keeping import NEAR_ENOUGH, K
from vsaviz.lab.advice.thought import Collection
from vsaviz.neighbors import nearest

SETTINGS = FeatureSettings()
COLOR = field_path("color")


def collection(documents, settings=SETTINGS):
    return Collection(*fit(documents, settings), documents)


@pytest.fixture(scope="module")
def molecules():
    return collection(shipped.load("molecules").documents[:160])


def boxes(n=90, seed=3):
    rng = np.random.default_rng(seed)
    colors = ["red", "green", "blue", "black", "white", "grey", "pink", "brown"]
    words = ["saw", "shirt", "hammer", "cloth", "nail", "bolt", "lamp", "rope"]
    return [
        {
            "color": colors[rng.integers(8)],
            "parts": [{"name": words[rng.integers(8)], "n": int(rng.integers(40))} for _ in range(6)],
            "size": [int(size) for size in rng.integers(100, size=4)],
        }
        for _ in range(n)
    ]


@pytest.fixture(scope="module")
def small():
    return collection(boxes())


def measured_share(of, scheme, dimensions, seeds=(1, 2)):
    """The share of ten neighbours that vectors keep, of all documents."""
    S = of.features.matrix()
    exact = (S @ S.T).toarray()
    np.fill_diagonal(exact, -np.inf)
    near = exact >= np.partition(exact, -K, axis=1)[:, [-K]] - NEAR_ENOUGH
    shares = []
    for seed in seeds:
        vectors = encode(of.features, schemes.create(scheme, dimensions, seed))
        found = nearest(vectors, vectors, K, exclude=range(len(vectors)))[0]
        shares.append(np.take_along_axis(near, found, axis=1).mean())
    return float(np.mean(shares))


@pytest.mark.parametrize(("scheme", "within"), [("mbat", 0.07), ("map-i", 0.07), ("bsc", 0.08)])
def test_what_is_told_of_neighbours_is_what_vectors_keep(molecules, scheme, within):
    told = dict(for_neighbors(molecules, scheme).curve)
    for dimensions in (128, 512):
        assert told[dimensions] == pytest.approx(measured_share(molecules, scheme, dimensions), abs=within)


def test_the_told_dimension_is_within_a_factor_of_two_of_the_measured_one(molecules):
    told = for_neighbors(molecules, "mbat").dimensions
    halved, doubled = (measured_share(molecules, "mbat", D, (1,)) for D in (told // 2, 2 * told))
    assert halved < 0.95 < doubled


def test_the_field_is_read_back_at_the_told_dimension_and_not_at_half(small):
    told = for_field(small, COLOR, "mbat").dimensions

    def share(dimensions):
        scheme = schemes.create("mbat", dimensions, 5)
        read = Decoder(small.vocabulary, scheme).decode(encode(small.features, scheme), COLOR, 1)
        return np.mean(
            [
                any(is_right(found[0], value) for value in values_at(document, COLOR))
                for found, document in zip(read, small.documents, strict=True)
            ]
        )

    assert share(told // 2) < 0.99 <= share(2 * told)


def test_more_is_needed_for_a_larger_share(molecules, small, monkeypatch):
    neighbors, field = for_neighbors(molecules, "mbat"), for_field(small, COLOR, "mbat")
    monkeypatch.setattr(advisor, "KEPT", 0.99)
    monkeypatch.setattr(advisor, "DECODED", 0.8)
    assert for_neighbors(molecules, "mbat").dimensions > 1.2 * neighbors.dimensions
    assert for_field(small, COLOR, "mbat").dimensions < field.dimensions


def test_shares_grow_with_the_dimension(molecules):
    for scheme in ("mbat", "hrr"):
        curve = np.array(for_neighbors(molecules, scheme).curve)
        assert (np.diff(curve[:, 0]) > 0).all()
        assert (np.diff(curve[:, 1]) > -0.01).all()


def test_what_errs_more_needs_more(molecules, small):
    """Bits lose what sums keep; vectors as bound roles that are not unitary blur deep paths."""

    def needed(scheme):
        return for_neighbors(molecules, scheme).dimensions or np.inf

    assert needed("fhrr-sum") < needed("mbat") < needed("vtb") < needed("map-b")
    assert needed("mbat") < needed("hrr")
    assert for_field(small, COLOR, "map-b").dimensions > for_field(small, COLOR, "mbat").dimensions


def test_the_order_of_documents_does_not_matter():
    documents = boxes(150)
    one, other = (for_neighbors(collection(some), "mbat") for some in (documents, documents[::-1]))
    assert one.dimensions == other.dimensions
    np.testing.assert_allclose(np.array(one.curve), np.array(other.curve), atol=1e-9)
    fields = [for_field(collection(some), COLOR, "mbat").dimensions for some in (documents, documents[::-1])]
    assert fields[0] == pytest.approx(fields[1], rel=0.1)


def test_noise_has_the_correlations_of_documents():
    """Two documents with all features in common have all noise in common: they are never told apart by it."""
    documents = boxes(20)
    found = keeping.keeping(collection([*documents, documents[0]]).features)
    np.testing.assert_allclose(found.noise[0], found.noise[-1], atol=1e-9)
    assert abs(np.corrcoef(found.noise[1], found.noise[2])[0, 1]) < 0.95


def test_where_paths_collide_no_dimension_is_enough():
    """Of documents that differ in the order of two keys alone, a scheme that commutes keeps half at best."""
    words = [f"w{i}" for i in range(40)]
    documents = [
        {"a": {"b": words[i % 4] + " x" + words[i]}} if flip else {"b": {"a": words[i % 4] + " x" + words[i]}}
        for i in range(40)
        for flip in (True, False)
    ]
    of = collection(documents, replace(SETTINGS, elsewhere=0.0, structure=0.0))
    commuting, other = for_neighbors(of, "map-i"), for_neighbors(of, "mbat")
    assert other.limit == 1.0
    assert commuting.limit < 0.8
    assert commuting.dimensions is None
    assert seen("mbat", of.features) is None
    assert commuting.curve[-1][1] == pytest.approx(measured_share(of, "map-i", 8192, (1,)), abs=0.1)


def test_only_what_a_scheme_has_is_told(small):
    dense = for_neighbors(small, "mbat-haar")
    assert dense.largest[0] == 2048
    blocks = for_neighbors(small, "ghrr")
    assert all(schemes.scheme_type("ghrr").dimensions_near(D) == [D] for D, _ in blocks.curve)


def test_a_column_of_an_ideal_scheme_is_worth_one(small):
    assert worth("mbat", small.features, 0.3) == 1.0
    assert worth("fhrr-sum", small.features, 0.3) == 2.0
    # Signs: ((1 − c²) (2/π) / √(1 − c²))² / (1 − s²) with s = (2/π) arcsin c.
    s = 2 / np.pi * np.arcsin(0.3)
    signs = (1 - 0.3**2) * (2 / np.pi) ** 2 / (1 - s**2)
    assert worth("map-b", small.features, 0.3) == pytest.approx(signs, rel=0.2)
    assert worth("hrr", small.features, 0.3) < 0.8


def test_bytes_are_those_of_the_vectors_and_seconds_grow_with_the_dimension(small):
    price = cost(small.features, "fhrr", 256, Timed(128, 2.0))
    vectors = encode(small.features, schemes.create("fhrr", 256))
    assert price.bytes == vectors.nbytes
    assert price.seconds == 4.0
    assert 0 < cost(small.features, "fhrr", 256).seconds < 10


def test_progress_is_told(small):
    for tell in (
        lambda report: for_neighbors(small, "mbat", progress=report),
        lambda report: for_field(small, COLOR, "mbat", progress=report),
    ):
        told = []
        tell(told.append)
        assert len(told) > 5
        assert told == sorted(told)
        assert 0 <= told[0] < 0.5 < told[-1] <= 1


def test_what_cannot_be_told_says_so(small):
    with pytest.raises(ValueError, match="at least 2 documents, got 1"):
        for_neighbors(collection([{"a": 1}]), "mbat")
    with pytest.raises(InputError, match=r"colour.*near: color"):
        for_field(small, field_path("colour"), "mbat")


def test_a_field_that_is_never_right_has_a_limit_below_one():
    """Under a bag of many numbers the likeliest one may be none of them, without any noise."""
    documents = [{"n": [(i * 7 + j * 13) % 50 for j in range(20)], "c": i % 3} for i in range(60)]
    found = for_field(collection(documents), field_path("c"), "mbat")
    assert found.limit == 1.0
    assert thought.DOCUMENTS >= 60
