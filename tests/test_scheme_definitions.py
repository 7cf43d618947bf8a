"""Each scheme against its formula, written out plainly."""

import numpy as np
import pytest

from vsaviz import schemes
from vsaviz.schemes.bits import pack, unpack
from vsaviz.schemes.bsdc_s import BsdcS
from vsaviz.schemes.mcr import HALF, MODULUS


def drawn(scheme, n=4):
    """Roles and fillers."""
    return scheme.role_vectors([("role", i) for i in range(n)]), scheme.atoms(
        [("word", f"w{i}") for i in range(n)]
    )


# Products and phasors


@pytest.mark.parametrize("name", ["map-i", "map-b", "map-c"])
def test_map_multiplies_components(name):
    scheme = schemes.create(name, 97)
    roles, fillers = drawn(scheme)
    np.testing.assert_array_equal(scheme.bind_vectors(roles, fillers), roles * fillers)
    np.testing.assert_array_equal(scheme.unbind_vectors(roles, fillers), roles * fillers)


def test_map_c_is_evenly_spread_and_cut():
    scheme = schemes.create("map-c", 4096)
    atoms = scheme.atoms(["a", "b", "c"])
    assert -1 < atoms.min() < -0.99
    assert 0.99 < atoms.max() < 1
    assert atoms.var() == pytest.approx(1 / 3, rel=0.03)
    np.testing.assert_array_equal(scheme.bundle(atoms), np.clip(atoms.sum(axis=0), -1, 1))
    # Weights count by their ratios alone: they get root mean square 1.
    np.testing.assert_allclose(scheme.bundle(atoms, [2, 4, 6]), scheme.bundle(atoms, [1, 2, 3]), atol=1e-6)


def test_map_b_takes_the_sign_and_a_keyed_one_where_there_is_none():
    scheme = schemes.create("map-b", 400)
    x, y, z = scheme.atoms(["x", "y", "z"])
    np.testing.assert_array_equal(scheme.bundle(np.stack([x, y, z])), np.sign(x + y + z))
    tied = scheme.bundle(np.stack([x, y]))
    np.testing.assert_array_equal(tied[x == y], x[x == y])
    np.testing.assert_array_equal(scheme.bundle(np.stack([y, x])), tied)
    assert 0.3 < (tied[x != y] == x[x != y]).mean() < 0.7
    other = schemes.create("map-b", 400, seed=1).bundle(np.stack([x, y]))
    assert (tied[x != y] != other[x != y]).any()


def test_fhrr_adds_angles_and_keeps_them():
    scheme = schemes.create("fhrr", 97)
    roles, fillers = drawn(scheme)
    np.testing.assert_allclose(np.abs(fillers), 1, atol=1e-6)
    angles = np.angle(roles) + np.angle(fillers)
    np.testing.assert_allclose(scheme.bind_vectors(roles, fillers), np.exp(1j * angles), atol=1e-5)
    np.testing.assert_allclose(scheme.bundle(fillers), np.exp(1j * np.angle(fillers.sum(axis=0))), atol=1e-5)
    differences = np.angle(fillers[:, None]) - np.angle(fillers)
    np.testing.assert_allclose(
        scheme.similarity(fillers, fillers), np.cos(differences).mean(axis=-1), atol=1e-5
    )
    nothing = scheme.finish(np.zeros((1, scheme.sum_width), np.float32))
    np.testing.assert_allclose(np.abs(nothing), 1, atol=1e-6)


def test_the_unfinished_sum_of_phasors_is_their_sum():
    scheme = schemes.create("fhrr-sum", 97)
    _, fillers = drawn(scheme)
    np.testing.assert_allclose(
        scheme.bundle(fillers, [1, 2, 3, 4]), [1, 2, 3, 4] @ fillers, rtol=1e-5, atol=1e-5
    )


# Matrices


def test_vtb_is_a_block_diagonal_matrix_of_the_role():
    D, d = 49, 7
    scheme = schemes.create("vtb", D)
    roles, fillers = drawn(scheme)
    for role, filler in zip(roles, fillers, strict=True):
        block = D**0.25 * role.reshape(d, d)
        matrix = np.kron(np.eye(d), block)
        bound = scheme.bind_vectors(role[None], filler[None])[0]
        np.testing.assert_allclose(bound, matrix @ filler, atol=1e-5)
        np.testing.assert_allclose(
            scheme.unbind_vectors(role[None], bound[None])[0], matrix.T @ bound, atol=1e-5
        )


def blocks(rows):
    """The 2×2 complex matrices of rows of real and imaginary parts."""
    return (rows[:, ::2] + 1j * rows[:, 1::2]).reshape(len(rows), -1, 2, 2)


def test_ghrr_multiplies_unitary_blocks():
    scheme = schemes.create("ghrr", 80)
    roles, fillers = drawn(scheme)
    R, X = blocks(roles), blocks(fillers)
    for matrices in (R, X):
        identity = np.broadcast_to(np.eye(2), matrices.shape)
        np.testing.assert_allclose(matrices @ matrices.conj().swapaxes(-1, -2), identity, atol=1e-5)
    np.testing.assert_allclose(blocks(scheme.bind_vectors(roles, fillers)), R @ X, atol=1e-5)
    np.testing.assert_allclose(
        blocks(scheme.unbind_vectors(roles, fillers)), R.conj().swapaxes(-1, -2) @ X, atol=1e-5
    )
    traces = np.einsum("abij,cbij->ac", X.conj(), X).real / (2 * X.shape[1])
    np.testing.assert_allclose(scheme.similarity(fillers, fillers), traces, atol=1e-5)


def test_blocks_of_ghrr_are_uniform():
    # For a uniform unitary matrix of any size the mean of the trace is 0, and of its squared size 1.
    traces = np.trace(blocks(schemes.create("ghrr", 8000).atoms(["a", "b", "c", "d"])), axis1=-2, axis2=-1)
    assert abs(traces.mean()) < 0.05
    assert (np.abs(traces) ** 2).mean() == pytest.approx(1, abs=0.05)


# Bits


def test_bsc_is_map_b_in_bits():
    bits, signs = schemes.create("bsc", 101), schemes.create("map-b", 101)
    names = ["a", "b", "c", "d"]
    np.testing.assert_array_equal(bits.lift(bits.atoms(names)), signs.atoms(names))
    pairs = [(bits.bind("key", bits.atoms(names)), signs.bind("key", signs.atoms(names)))]
    pairs.append((bits.bundle(bits.atoms(names))[None], signs.bundle(signs.atoms(names))[None]))
    pairs.append((bits.permute(bits.atoms(names), 3), signs.permute(signs.atoms(names), 3)))
    for packed, plain in pairs:
        np.testing.assert_array_equal(bits.lift(packed), plain)
        np.testing.assert_allclose(bits.similarity(packed, packed), signs.similarity(plain, plain), atol=1e-6)
    differ = (unpack(bits.atoms(["a"]), 101) != unpack(bits.atoms(["b"]), 101)).sum()
    assert bits.similarity(bits.atoms(["a"]), bits.atoms(["b"])).item() == pytest.approx(
        1 - 2 * differ / 101, abs=1e-6
    )


@pytest.mark.parametrize("name", ["bsdc-s", "bsdc-seg"])
def test_sparse_codes_have_as_many_ones_as_stated(name):
    scheme = schemes.create(name, 400)
    bits = unpack(scheme.atoms([f"w{i}" for i in range(300)]), 400)
    np.testing.assert_array_equal(bits.sum(axis=1), 20)
    assert bits.mean(axis=0).std() < 2 * np.sqrt(0.05 * 0.95 / 300)  # any place as often as another
    thinned = unpack(scheme.bundle(scheme.atoms(["a", "b", "c"])), 400)
    assert thinned.sum() == 20
    union = unpack(scheme.disjunction(scheme.atoms(["a", "b", "c"])), 400)
    assert (thinned <= union).all()


def test_a_shift_moves_all_bits_and_a_shift_of_segments_each_on_its_own():
    whole, parts = schemes.create("bsdc-s", 100), schemes.create("bsdc-seg", 100)
    x = unpack(whole.atoms(["x"]), 100)[0]
    y = unpack(whole.bind("key", whole.atoms(["x"])), 100)[0]
    assert any((np.roll(x, n) == y).all() for n in range(100))
    role, filler = drawn(parts, 1)
    places = [unpack(vector, 100).reshape(10, 10).argmax(axis=1) for vector in (role[0], filler[0])]
    bound = unpack(parts.bind_vectors(role, filler)[0], 100).reshape(10, 10)
    np.testing.assert_array_equal(bound.argmax(axis=1), sum(places) % 10)
    np.testing.assert_array_equal(bound.sum(axis=1), 1)


def test_the_strongest_components_win_and_ties_go_by_a_keyed_order():
    draw = np.random.default_rng(0)
    total = draw.integers(0, 4, (30, 400)).astype(float)
    for seed in (0, 1):
        found = unpack(schemes.create("bsdc-s", 400, seed).finish(total), 400).astype(bool)
        for sums, chosen in zip(total, found, strict=True):
            assert sums[chosen].min() >= sums[~chosen].max()
    segments = unpack(schemes.create("bsdc-seg", 400).finish(total), 400).reshape(30, 20, 20)
    np.testing.assert_array_equal(
        (segments * total.reshape(30, 20, 20)).max(axis=2), total.reshape(30, 20, 20).max(axis=2)
    )
    one, other = (schemes.create("bsdc-s", 400, seed).finish(np.zeros((1, 400))) for seed in (0, 1))
    assert (one != other).any()


def test_roles_of_bsdc_s_collide_as_often_as_stated():
    scheme = schemes.create("bsdc-s", 256)
    keys = [f"key {i}" for i in range(300)]
    x = scheme.atoms(["x"])
    shifts = {scheme.bind(key, x).tobytes() for key in keys}
    assert len(keys) - len(shifts) == pytest.approx(BsdcS.colliding(300, 256), abs=25)


@pytest.mark.parametrize("dimensions", [16, 17, 23, 24])
def test_bits_are_packed_without_loss(dimensions):
    bits = np.random.default_rng(dimensions).integers(0, 2, (5, dimensions))
    np.testing.assert_array_equal(unpack(pack(bits), dimensions), bits)


# Integers modulo 16


def test_mcr_adds_modulo_16():
    scheme = schemes.create("mcr", 97)
    roles, fillers = (X.astype(int) for X in drawn(scheme))
    assert set(np.unique(fillers)) == set(range(MODULUS))
    np.testing.assert_array_equal(scheme.bind_vectors(*drawn(scheme)), (roles + fillers) % MODULUS)
    np.testing.assert_array_equal(scheme.unbind_vectors(*drawn(scheme)), (fillers - roles) % MODULUS)
    cosines = np.cos(2 * np.pi * (fillers[:, None] - fillers) / MODULUS).mean(axis=-1)
    np.testing.assert_allclose(scheme.similarity(*[drawn(scheme)[1]] * 2), cosines, atol=1e-5)


def test_mcr_rounds_the_angle_of_the_sum():
    scheme = schemes.create("mcr", 500)
    coefficients = np.random.default_rng(0).integers(-9, 10, (40, 500, HALF))
    phasors = coefficients @ np.exp(2j * np.pi * np.arange(HALF) / MODULUS)
    angle = np.angle(phasors) * MODULUS / (2 * np.pi)
    border = np.abs(angle - np.floor(angle) - 0.5) < 1e-6
    found = scheme.finish(coefficients.reshape(40, -1).astype(float)).astype(int)
    clear = ~border & (np.abs(phasors) > 1e-6)
    np.testing.assert_array_equal(found[clear], np.rint(angle[clear]) % MODULUS)
    either = np.stack([np.floor(angle), np.ceil(angle)]) % MODULUS
    tied = border & (np.abs(phasors) > 1e-6)
    assert (found == either).any(axis=0)[tied].all()


def test_mcr_breaks_ties_by_the_key_and_the_same_way_in_any_order():
    scheme = schemes.create("mcr", 400)
    x = scheme.atoms(["x"])[0]
    for step, possible in ((1, (0, 1)), (3, (1, 2)), (MODULUS // 2, range(MODULUS))):
        y = ((x + np.uint8(step)) % MODULUS).astype(np.uint8)
        tied = scheme.bundle(np.stack([x, y]))
        assert set(np.unique((tied - x) % MODULUS)) == set(possible)
        np.testing.assert_array_equal(scheme.bundle(np.stack([y, x])), tied)
