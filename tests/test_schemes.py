"""The laws of binding, for every scheme of the table.

Statistics are compared with their deviation: the similarity of unrelated vectors is about 1/√width, and
five times as much is called unlike.
"""

import json
import os
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from vsaviz import schemes
from vsaviz.schemes.keyed import Symbol

SIZES = (16, 17, 31, 64, 97, 100, 257)
"""Even, odd, prime, square and not."""


def those(**flags):
    """The names of the schemes whose flags are these."""
    return [
        name
        for name in schemes.names()
        if all(getattr(schemes.scheme_type(name), flag) == value for flag, value in flags.items())
    ]


def near(name, dimensions, seed=0):
    """The scheme at the possible D nearest to ``dimensions``."""
    return schemes.create(name, schemes.scheme_type(name).dimensions_near(dimensions)[0], seed)


def fillers(scheme, n=6):
    return scheme.atoms([f"filler {i}" for i in range(n)])


def bound(scheme, roles, X):
    """X bound along a path, the last role first."""
    for role in reversed(roles):
        X = scheme.bind(role, X)
    return X


def unbound(scheme, roles, X):
    """From the root inwards."""
    for role in roles:
        X = scheme.unbind(role, X)
    return X


def alike(scheme, A, B):
    """The similarity of each row of A with that row of B."""
    return np.diagonal(scheme.similarity(A, B))


def unlike(scheme):
    return 5 / np.sqrt(scheme.width)


def operator(scheme, role):
    """The matrix M of a linear scheme's role: bind(role, x) = M x."""
    return scheme.bind(role, np.eye(scheme.dimensions, dtype=np.float32)).T


# Lifted rows


@pytest.mark.parametrize("dimensions", SIZES)
def test_lifted_rows_are_bound_as_vectors_are(name, dimensions):
    scheme = near(name, dimensions)
    X = fillers(scheme)
    rows = scheme.lift(X).astype(np.float32)
    assert rows.shape == (len(X), scheme.sum_width)
    for role in ("color", ("at", 3), "color"):
        X, rows = scheme.bind(role, X), scheme.bind_lifted(role, rows)
    np.testing.assert_allclose(scheme.finish(rows), X, atol=1e-5)


def test_rows_bound_each_with_its_own_role_are_those_bound_role_by_role(name):
    scheme = near(name, 97)
    rows = scheme.lift(fillers(scheme)).astype(np.float32)
    roles, ends = ["color", ("at", 3), ("array",)], [1, 4, 6]
    parts = np.split(rows.copy(), ends[:-1])
    one_by_one = [scheme.bind_lifted(role, part) for role, part in zip(roles, parts, strict=True)]
    np.testing.assert_allclose(scheme.bind_each(roles, rows, ends), np.concatenate(one_by_one), atol=1e-6)


def test_sums_of_lifted_rows_are_bundles(name):
    scheme = near(name, 97)
    X, weights = fillers(scheme), np.array([1, 2, 3, 1, 4, 1])
    size = np.sqrt(np.mean(weights**2)) if scheme.scaled else 1
    total = scheme.finish(((weights / size).astype(np.float32) @ scheme.lift(X))[None])
    np.testing.assert_allclose(scheme.embed(total), scheme.embed(scheme.bundle(X, weights)), atol=1e-5)


# Unbinding


@pytest.mark.parametrize("dimensions", SIZES)
@pytest.mark.parametrize("name", those(exact_inverse=True))
def test_unbind_returns_the_filler_exactly(name, dimensions):
    scheme = near(name, dimensions)
    X = fillers(scheme)
    np.testing.assert_allclose(scheme.unbind("color", scheme.bind("color", X)), X, atol=1e-5)


@pytest.mark.parametrize("name", those(exact_inverse=True))
def test_unbind_returns_the_filler_exactly_from_any_depth(name):
    scheme = near(name, 100)
    X = fillers(scheme)
    path = [("array",), ("at", 3), "a", "a", ("item",), *"bcdefghijklmno"]
    np.testing.assert_allclose(unbound(scheme, path, bound(scheme, path, X)), X, atol=5e-5)


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("name", those(exact_inverse=False))
def test_unbind_returns_the_filler_with_the_stated_cosine(name, depth):
    scheme = near(name, 2**9 if schemes.scheme_type(name).largest else 2**14)
    X = fillers(scheme, 4)
    paths = [[f"{step} of {trial}" for step in range(depth)] for trial in range(8)]
    cosines = [alike(scheme, X, unbound(scheme, path, bound(scheme, path, X))) for path in paths]
    assert np.mean(cosines) == pytest.approx(scheme.returned(depth), abs=0.03)


def test_unbinding_with_another_role_returns_nothing_known(name):
    scheme = near(name, 400)
    X = fillers(scheme)
    returned = scheme.unbind("size", scheme.bind("color", X))
    assert np.abs(scheme.similarity(returned, X)).max() < unlike(scheme)


@pytest.mark.parametrize("name", those(exact_inverse=True, commutative=False))
def test_unbinding_goes_from_the_root_inwards(name):
    scheme = near(name, 400)
    X = fillers(scheme)
    outwards = unbound(scheme, ["b", "a"], bound(scheme, ["a", "b"], X))
    assert np.abs(alike(scheme, outwards, X)).max() < unlike(scheme)


def test_one_filler_of_a_bundle_returns_above_all_others(name):
    scheme = near(name, 400)
    X = fillers(scheme, 3)
    record = scheme.bundle(np.concatenate([scheme.bind(r, X[i : i + 1]) for i, r in enumerate("abc")]))
    others = fillers(scheme, 50)
    for i, role in enumerate("abc"):
        assert scheme.similarity(scheme.unbind(role, record[None]), others).argmax() == i


# Lengths and inner products


@pytest.mark.parametrize("dimensions", SIZES)
@pytest.mark.parametrize("name", those(isometric=True))
def test_isometric_binding_keeps_similarities(name, dimensions):
    scheme = near(name, dimensions)
    X = np.stack([scheme.bundle(fillers(scheme)[:n]) for n in (1, 2, 4, 6)])
    similarities = scheme.similarity(X, X)
    assert similarities[0, 1:].max() > 0.1
    for path in (["a"], ["a", "b"], ["a", "a"]):
        Y = bound(scheme, path, X)
        np.testing.assert_allclose(scheme.similarity(Y, Y), similarities, atol=1e-5)


@pytest.mark.parametrize("dimensions", SIZES)
@pytest.mark.parametrize("name", those(isometric=True, linear=True))
def test_isometric_binding_keeps_lengths_and_inner_products(name, dimensions):
    scheme = near(name, dimensions)
    X = fillers(scheme) * np.arange(1, 7)[:, None]
    X, Y = scheme.lift(X), scheme.lift(scheme.bind("a", X))
    np.testing.assert_allclose(Y @ Y.T, X @ X.T, atol=1e-5 * np.abs(X @ X.T).max())


def log_lengths(scheme, chains, depth=20):
    """The logarithm of a vector's length after ``depth`` bindings, along chains of different roles."""
    x = scheme.atoms(["x"])
    ends = [bound(scheme, [f"{step} of {chain}" for step in range(depth)], x) for chain in range(chains)]
    return np.log(np.linalg.norm(np.concatenate(ends), axis=1) / np.linalg.norm(x))


@pytest.mark.parametrize("name", those(isometric=True, linear=True))
def test_twenty_isometric_bindings_keep_the_length(name):
    assert np.std(log_lengths(near(name, 100), chains=4)) < 1e-4


def test_twenty_gaussian_bindings_drift_as_the_theory_says():
    scheme = schemes.create("mbat-gaussian", 128)
    theory = np.sqrt(20 / (2 * 128))
    assert np.std(log_lengths(scheme, chains=80)) == pytest.approx(theory, rel=0.3)


# Likeness


def deviation(name, dimensions, pair):
    """The root mean square similarity of the vectors that ``pair`` makes of 40 pairs of roles."""
    scheme = near(name, dimensions)
    X = fillers(scheme, 4)
    similarities = [alike(scheme, *pair(scheme, f"r{i}", f"s{i}", X)) for i in range(40)]
    return np.sqrt(np.mean(np.square(similarities))), scheme.width


def two_atoms(scheme, r, s, X):
    return scheme.atoms([r, s]), scheme.atoms([s, r])


def bound_and_not(scheme, r, s, X):
    return scheme.bind(r, X), X


def two_roles(scheme, r, s, X):
    return scheme.bind(r, X), scheme.bind(s, X)


def one_step_and_two(scheme, r, s, X):
    return bound(scheme, [r, s], X), scheme.bind(r, X)


def each_role_with_the_atom_of_its_symbol(scheme, r, s, X):
    # The same symbol is drawn from two domains, or {"red": "red"} would vanish in MAP.
    r, s = ("word", r), ("word", s)
    return scheme.bind(r, scheme.atoms([r])), scheme.bind(s, scheme.atoms([s]))


def permuted(scheme, r, s, X):
    return scheme.permute(scheme.atoms([r, s])), scheme.atoms([r, s])


def swapped(scheme, r, s, X):
    return bound(scheme, [r, s], X), bound(scheme, [s, r], X)


def twice(scheme, r, s, X):
    return bound(scheme, [r, r], X), X


UNRELATED = [
    (pair, name)
    for pair, chosen in {
        two_atoms: those(),
        bound_and_not: those(),
        two_roles: those(),
        one_step_and_two: those(),
        each_role_with_the_atom_of_its_symbol: those(),
        permuted: those(),
        swapped: those(commutative=False, swapped=0.0),
        twice: those(doubled=0.0),
    }.items()
    for name in chosen
]


@pytest.mark.parametrize(("pair", "name"), UNRELATED)
def test_unrelated_vectors_are_quasi_orthogonal_as_one_over_the_root_of_d(name, pair):
    most = 2 if schemes.scheme_type(name).isometric else 4  # random lengths add to the deviation
    for dimensions in (25, 100):
        rms, width = deviation(name, dimensions, pair)
        assert 0.5 < rms * np.sqrt(width) < most


def test_swapped_and_doubled_steps_are_as_alike_as_stated(name):
    scheme = near(name, 400)
    X = fillers(scheme, 4)
    pairs = [(f"r{i}", f"s{i}") for i in range(40)]
    for pair, stated in ((swapped, 1 if scheme.commutative else scheme.swapped), (twice, scheme.doubled)):
        found = np.mean([alike(scheme, *pair(scheme, r, s, X)) for r, s in pairs])
        assert found == pytest.approx(stated, abs=0.05)


@pytest.mark.parametrize("name", those(commutative=True))
def test_where_binding_commutes_swapped_paths_are_equal(name):
    scheme = near(name, 257)
    one, other = swapped(scheme, "a", "b", fillers(scheme))
    np.testing.assert_allclose(one, other, atol=1e-6)


@pytest.mark.parametrize("name", those(self_inverse=True))
def test_where_binding_is_its_own_inverse_doubled_steps_vanish(name):
    scheme = near(name, 257)
    once, nothing = twice(scheme, "a", "", fillers(scheme))
    np.testing.assert_allclose(once, nothing, atol=1e-6)


@pytest.mark.parametrize("dimensions", SIZES)
@pytest.mark.parametrize("name", those(commutative=False, linear=True))
def test_operators_are_neither_symmetric_nor_involutions(name, dimensions):
    scheme = near(name, dimensions)
    for role in "abc":
        B = operator(scheme, role)
        length = np.linalg.norm(B)
        assert np.linalg.norm(B @ B - np.eye(len(B))) > 0.7 * length
        assert np.linalg.norm(B - B.T) > 0.7 * length


@pytest.mark.parametrize("dimensions", SIZES)
@pytest.mark.parametrize("name", ["mbat", "mbat-haar", "mbat-gaussian"])
def test_matrices_mix_all_coordinates(name, dimensions):
    B = operator(near(name, dimensions), "a")
    assert np.abs(B).max() < 5.5 / np.sqrt(len(B))
    assert (np.abs(B) > 0.01 / np.sqrt(len(B))).mean() > 0.9


def test_haar_matrices_are_uniform():
    # The trace of a uniform one has mean 0 and deviation 1; the bare Q of a QR has a negative diagonal.
    scheme = schemes.create("mbat-haar", 32)
    traces = [np.trace(operator(scheme, f"role {i}")) for i in range(60)]
    assert abs(np.mean(traces)) < 0.5
    assert np.std(traces) == pytest.approx(1, abs=0.3)


# Vectors as roles


@pytest.mark.parametrize("name", those(associative=True))
def test_roles_that_are_vectors_bind_associatively(name):
    scheme = near(name, 97)
    a, b = scheme.role_vectors(["a"]), scheme.role_vectors(["b"])
    X = fillers(scheme)
    np.testing.assert_allclose(scheme.bind("a", X), scheme.bind_vectors(a, X), atol=1e-6)
    np.testing.assert_allclose(scheme.unbind("a", X), scheme.unbind_vectors(a, X), atol=1e-6)
    inner, outer = (
        scheme.bind_vectors(scheme.bind_vectors(a, b), X),
        scheme.bind_vectors(a, scheme.bind("b", X)),
    )
    np.testing.assert_allclose(inner, outer, atol=1e-5)


@pytest.mark.parametrize("name", those(associative=True))
def test_the_role_red_and_the_atom_red_are_unrelated(name):
    scheme = near(name, 400)
    words = [("word", "red"), ("word", "blue"), ("null",)]
    assert np.abs(scheme.similarity(scheme.role_vectors(words), scheme.atoms(words))).max() < unlike(scheme)


def test_hrr_is_circular_convolution_and_correlation():
    D = 17
    hrr = schemes.create("hrr", D)
    a, b = hrr.atoms(["a", "b"])
    convolved = [sum(a[j] * b[(i - j) % D] for j in range(D)) for i in range(D)]
    correlated = [sum(a[j] * b[(i + j) % D] for j in range(D)) for i in range(D)]
    np.testing.assert_allclose(hrr.bind_vectors(a[None], b[None])[0], convolved, atol=1e-6)
    np.testing.assert_allclose(hrr.unbind_vectors(a[None], b[None])[0], correlated, atol=1e-6)


def test_unitary_roles_have_a_flat_spectrum():
    vectors = schemes.create("hrr-unitary", 97).role_vectors(["a", "b"])
    np.testing.assert_allclose(np.abs(np.fft.fft(vectors)), 1, atol=1e-5)


def test_a_shift_passes_through_convolution():
    hrr = schemes.create("hrr", 97)
    X = fillers(hrr)
    np.testing.assert_allclose(hrr.permute(hrr.bind("a", X), 3), hrr.bind("a", hrr.permute(X, 3)), atol=1e-6)


# Bundles


def test_a_bundle_is_like_its_parts_and_nothing_else(name):
    scheme = near(name, 1600)
    X = fillers(scheme, 12)
    similarities = scheme.similarity(scheme.bundle(X[:3])[None], X)[0]
    assert similarities[:3].min() > 0.15
    assert np.abs(similarities[3:]).max() < unlike(scheme)


@pytest.mark.parametrize("name", those(linear=True))
def test_a_linear_bundle_has_each_part_by_its_weight(name):
    scheme = near(name, 400)
    X = fillers(scheme, 3)
    np.testing.assert_allclose(scheme.bundle(X), X.sum(axis=0), rtol=1e-5, atol=1e-6)
    weights = np.array([0.5, 1.25, 3.0])
    similarities = scheme.similarity(scheme.bundle(X, weights)[None], X)[0]
    np.testing.assert_allclose(similarities, weights / np.linalg.norm(weights), atol=2.5 * unlike(scheme) / 5)


def test_the_heaviest_part_is_the_nearest(name):
    scheme = near(name, 400)
    X = fillers(scheme, 5)
    for heaviest in range(5):
        weights = [5 if part == heaviest else 2 for part in range(5)]
        assert scheme.similarity(scheme.bundle(X, weights)[None], X)[0].argmax() == heaviest


@pytest.mark.parametrize("name", those(linear=True))
def test_binding_is_linear(name):
    scheme = near(name, 97)
    x, y = fillers(scheme, 2)
    together = scheme.bind("a", (2 * x + 3 * y)[None])
    apart = 2 * scheme.bind("a", x[None]) + 3 * scheme.bind("a", y[None])
    np.testing.assert_allclose(together, apart, atol=1e-5)


def test_bundles_of_integers_are_exact():
    scheme = schemes.create("map-i", 16)
    x, y = fillers(scheme, 2)
    np.testing.assert_array_equal(scheme.bundle(np.stack([x, y])), x + y)
    np.testing.assert_array_equal(scheme.bundle(np.stack([x, y]), [2, -3]), 2 * x - 3 * y)
    np.testing.assert_array_equal(scheme.bundle(np.stack([x, y]), [0.5, 0.25]), 4096 * x + 2048 * y)
    np.testing.assert_array_equal(scheme.bundle(np.stack([x, y]), [1, 0.3]), 4096 * x + 1229 * y)


# Similarity and embedding


def samples(scheme):
    """Atoms, bound ones and bundles."""
    X = fillers(scheme)
    bundles = [scheme.bundle(X[:3]), scheme.bundle(X, [1, 2, 3, 4, 5, 6])]
    return np.concatenate([X, scheme.bind("a", X), bound(scheme, ["a", "b"], X), np.stack(bundles)])


@pytest.mark.parametrize("dimensions", SIZES)
def test_similarity_is_symmetric_and_one_on_itself(name, dimensions):
    scheme = near(name, dimensions)
    X = samples(scheme)
    similarities = scheme.similarity(X, X)
    np.testing.assert_allclose(np.diagonal(similarities), 1, atol=1e-5)
    np.testing.assert_allclose(similarities, similarities.T, atol=1e-6)
    assert np.abs(similarities).max() < 1 + 1e-5


@pytest.mark.parametrize("dimensions", SIZES)
def test_embedded_rows_are_unit_rows_whose_dot_products_are_similarities(name, dimensions):
    scheme = near(name, dimensions)
    for part in (fillers(scheme), samples(scheme)):  # on their own, atoms may have another type
        embedded = scheme.embed(part)
        assert embedded.dtype == np.float32
        assert embedded.shape == (len(part), scheme.width)
        np.testing.assert_allclose(np.linalg.norm(embedded, axis=1), 1, atol=1e-5)
        np.testing.assert_allclose(embedded @ embedded.T, scheme.similarity(part, part), atol=1e-5)


@pytest.mark.parametrize("name", those(linear=True))
def test_a_row_of_zeros_stays_one(name):
    scheme = near(name, 64)
    X = samples(scheme)
    X[1] = 0
    embedded = scheme.embed(X)
    np.testing.assert_array_equal(embedded[1], 0)
    np.testing.assert_allclose(np.linalg.norm(np.delete(embedded, 1, axis=0), axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("name", those(linear=True))
def test_similarity_does_not_depend_on_lengths(name):
    scheme = near(name, 64)
    X = samples(scheme)
    np.testing.assert_allclose(scheme.similarity(X * 1000, X), scheme.similarity(X, X), atol=1e-5)


# Arguments


def test_inputs_are_not_changed(name):
    scheme = near(name, 64)
    X = samples(scheme)
    before = X.copy()
    X.flags.writeable = False
    scheme.bind("a", X), scheme.unbind("a", X), scheme.permute(X, 2), scheme.bundle(X, np.ones(len(X)))
    scheme.embed(X), scheme.similarity(X, X)
    np.testing.assert_array_equal(X, before)


def test_one_vector_is_bound_as_it_is_among_others(name):
    scheme = near(name, 64)
    X = fillers(scheme)
    for operation in (scheme.bind, scheme.unbind):
        alone, among = operation("a", X[2]), operation("a", X)[2]
        assert alone.shape == among.shape
        np.testing.assert_allclose(alone, among, atol=1e-6)


def test_permuting_back_gives_the_same(name):
    scheme = near(name, 97)
    X = fillers(scheme)
    np.testing.assert_array_equal(scheme.permute(scheme.permute(X, 5), -5), X)
    np.testing.assert_array_equal(scheme.permute(scheme.permute(X, 2), 3), scheme.permute(X, 5))
    assert (scheme.permute(X, 1) != X).any(axis=1).all()


def test_a_plain_string_is_short_for_a_key_and_for_a_word(name):
    scheme = near(name, 64)
    X = scheme.atoms([("word", "red"), ("number", 1)])
    np.testing.assert_array_equal(scheme.atoms(["red"]), X[:1])
    np.testing.assert_array_equal(scheme.bind("color", X), scheme.bind(("key", "color"), X))
    np.testing.assert_array_equal(scheme.unbind("color", X), scheme.unbind(("key", "color"), X))
    assert (scheme.bind(("item",), X) != scheme.bind("item", X)).any()


def test_a_string_of_numpy_is_the_same_string(name):
    scheme = near(name, 64)
    words = np.array(["red", "blue"])
    np.testing.assert_array_equal(scheme.atoms(words), scheme.atoms(["red", "blue"]))
    np.testing.assert_array_equal(scheme.bind(words[0], fillers(scheme)), scheme.bind("red", fillers(scheme)))


# Seeds, order and processes


def test_another_seed_changes_atoms_and_roles(name):
    one, other = near(name, 400, seed=0), near(name, 400, seed=1)
    X = fillers(one)
    assert np.abs(one.similarity(X, fillers(other))).max() < unlike(one)
    assert np.abs(alike(one, one.bind("a", X), other.bind("a", X))).max() < unlike(one)
    np.testing.assert_array_equal(near(name, 400, seed=1).atoms(["a"]), other.atoms(["a"]))


def test_atoms_do_not_depend_on_their_order_or_company(name):
    scheme = near(name, 97)
    symbols: list[Symbol] = [("word", f"w{i}") for i in range(9)] + [("number", 3), ("null",)]
    together = scheme.atoms(symbols)
    np.testing.assert_array_equal(scheme.atoms(symbols[::-1])[::-1], together)
    np.testing.assert_array_equal(np.concatenate([scheme.atoms([s]) for s in symbols]), together)
    np.testing.assert_array_equal(scheme.atoms(iter(symbols)), together)


def test_roles_do_not_depend_on_those_used_before(name):
    used, fresh = near(name, 31), near(name, 31)
    X = fillers(fresh)
    for i in range(30):
        used.bind(f"role {i}", X)
    np.testing.assert_array_equal(used.bind("role 3", X), fresh.bind("role 3", X))


PROBE = """
import json
from vsaviz import schemes
found = {}
for name in schemes.names():
    scheme = schemes.create(name, schemes.scheme_type(name).dimensions_near(100)[0], seed=5)
    X = scheme.atoms(["red", ("number", 1.5)])
    found[name] = scheme.embed(scheme.bind(("at", 2), scheme.bind("a", X)))[:, :8].tolist()
print(json.dumps(found))
"""


def test_another_process_gives_the_same_vectors():
    environment = os.environ | {"PYTHONHASHSEED": "1"}
    run = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, check=True)
    elsewhere = json.loads(run.stdout)
    for name in schemes.names():
        scheme = near(name, 100, seed=5)
        X = bound(scheme, [("at", 2), "a"], scheme.atoms(["red", ("number", 1.5)]))
        np.testing.assert_allclose(elsewhere[name], scheme.embed(X)[:, :8], atol=1e-6)


def test_memory_holds_no_more_than_one_dense_matrix(name):
    scheme = near(name, 256)
    X = fillers(scheme, 2)
    scheme.bind("first", X)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for i in range(20):
            scheme.bind(f"role {i}", X)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 1.5 * 4 * scheme.dimensions**2


# Dimensions and names


def test_near_dimensions_are_possible_ones(name):
    for dimensions in (*range(1, 70), 100, 127, 1000, 1024, 2047, 2048, 2049, 4096, 8192, 100_000):
        nearest = schemes.scheme_type(name).dimensions_near(dimensions)
        assert nearest == sorted(set(nearest))
        assert len(nearest) in (1, 2)
        for possible in nearest:
            assert schemes.scheme_type(name).dimensions_near(possible) == [possible]
            assert schemes.create(name, possible).dimensions == possible


def test_an_impossible_dimension_says_what_is_possible(name):
    nearest = schemes.scheme_type(name).dimensions_near(3)[0]
    with pytest.raises(ValueError, match=rf"dimensions of {name} must be .*got 3; the nearest is {nearest}"):
        schemes.create(name, 3)


@pytest.mark.parametrize("name", [n for n in those() if schemes.scheme_type(n).largest])
def test_a_limit_gives_its_reason(name):
    with pytest.raises(ValueError, match=r"at most 2048, got 4096 \(.*67 MB.*\); the nearest is 2048"):
        schemes.create(name, 4096)


@pytest.mark.parametrize("unknown", ["mbatt", "", None, ["mbat"], 3])
def test_an_unknown_scheme_is_refused_with_the_known_ones(unknown):
    with pytest.raises(ValueError, match=r"unknown scheme .*; known: mbat, "):
        schemes.create(unknown, 64)


def test_the_table_has_the_schemes_of_the_first_day():
    assert schemes.names()[0] == "mbat"
    first_day = {"mbat", "mbat-haar", "mbat-gaussian", "permutation", "map-i", "hrr"}
    assert first_day <= set(schemes.names())
    assert those(commutative=False) >= ["mbat", "mbat-haar", "mbat-gaussian", "permutation"]


def test_every_scheme_describes_itself(name):
    kind = schemes.scheme_type(name)
    assert kind.name == name
    assert all(isinstance(text, str) and text for text in (kind.title, kind.cost, kind.memory))
    assert not (kind.isometric and not kind.exact_inverse)
    assert not (kind.self_inverse and not kind.exact_inverse)
