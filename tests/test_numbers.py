"""Numbers as weighted atoms: laws over the table of codes, and near numbers nearer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from strategies import numbers

from vsaviz.features.atoms import AtomTable
from vsaviz.features.numbers import NUMBERS, as_float, canonical, quantile, thermometer
from vsaviz.features.scales import COARSE, FINE, fit_scale

HUGE = [2**53, 2**53 + 1, -(2**53) - 1, 2**64, 10**400, -(10**400), 1.7976931348623157e308, 5e-324, -0.0]


def scale_of(values):
    distinct = list(dict.fromkeys(values))
    return fit_scale(
        [as_float(value) for value in distinct], np.array([list(values).count(value) for value in distinct])
    )


def coded(code, values, scale=None):
    """The rows of values, dense (values × atoms), and the atoms."""
    atoms = AtomTable()
    found = code(list(values), scale, atoms)
    shape = (len(values), max(1, len(atoms)))
    return sparse.csr_array((found.weight, (found.row, found.atom)), shape=shape).toarray(), atoms.symbols()


def kernel(code, values, fitted):
    scale = scale_of(fitted) if fitted is not None else None
    rows, _ = coded(code, values, scale)
    return rows @ rows.T


@pytest.mark.parametrize("code", NUMBERS.values(), ids=NUMBERS)
@given(values=st.lists(numbers, min_size=1, max_size=6), fitted=st.none() | st.lists(numbers, min_size=1))
def test_every_number_gives_a_row_of_length_one(code, values, fitted):
    values += HUGE
    rows, _ = coded(code, values, fitted and scale_of(fitted))
    np.testing.assert_allclose((rows**2).sum(axis=1), 1)
    assert (rows >= 0).all()


@pytest.mark.parametrize("code", NUMBERS.values(), ids=NUMBERS)
@given(fitted=st.lists(numbers, min_size=1), number=numbers)
def test_the_same_number_gives_the_same_row_however_it_is_written(code, fitted, number):
    for one, other in ((1, 1.0), (0.0, -0.0), (2**60, float(2**60)), (number, number)):
        assert kernel(code, [one, other], fitted)[0, 1] == pytest.approx(1)


@pytest.mark.parametrize("code", NUMBERS.values(), ids=NUMBERS)
def test_the_company_of_a_number_does_not_matter(code):
    values, scale = [3, 5.5, -1, 10**400, 3], scale_of(range(50))
    together, atoms = coded(code, values, scale)
    for value, row in zip(values, together, strict=True):
        alone, its_atoms = coded(code, [value], scale)
        weights = {symbol: weight for symbol, weight in zip(atoms, row, strict=True) if weight}
        assert weights == pytest.approx({s: w for s, w in zip(its_atoms, alone[0], strict=True) if w})


def test_no_numbers_give_no_entries():
    for code in NUMBERS.values():
        assert len(code([], None, AtomTable()).weight) == 0


# exact


@given(numbers, numbers)
def test_numbers_have_one_symbol_only_if_they_are_equal(a, b):
    assert (canonical(a) == canonical(b)) == (a == b)
    assert (ascii(canonical(a)) == ascii(canonical(b))) == (a == b)


@pytest.mark.parametrize(
    ("a", "b"), [(2**53, 2**53 + 1), (10**400, 10**400 + 1), (2**70, 2**70 + 1), (0, 5e-324)]
)
def test_exact_numbers_beyond_doubles_stay_apart(a, b):
    assert kernel(NUMBERS["exact"], [a, b], None)[0, 1] == 0


# quantile


@given(st.lists(numbers, min_size=2), st.lists(numbers, min_size=3, max_size=3).map(sorted))
def test_a_nearer_number_is_never_less_similar(fitted, values):
    if len({float(v) if abs(v) < 1e308 else v for v in fitted}) < 2:
        fitted = [*fitted, 0, 1]
    similarity = kernel(quantile, values, fitted)
    assert similarity[0, 1] >= similarity[0, 2] - 1e-9
    assert similarity[2, 1] >= similarity[2, 0] - 1e-9


def test_near_numbers_are_nearer_on_the_scale_of_their_field():
    for unit in (1e-9, 1, 1e9):
        similarity = kernel(quantile, np.array([20, 21, 23, 30, 90]) * unit, (np.arange(100) * unit).tolist())
        # Interpolated weights: 20 and 21 share knots on both scales, 20 and 90 none.
        assert similarity[0, 1] > 0.9
        assert similarity[0, 1] > similarity[0, 2] > similarity[0, 3] > similarity[0, 4] == 0


def test_knots_lie_at_equal_shares_of_the_values():
    crowded = [*np.linspace(0, 1, 900).tolist(), *np.linspace(1, 1000, 100).tolist()]
    similarity = kernel(quantile, [0.1, 0.5, 400, 400.4], crowded)
    assert similarity[0, 1] < 0.2  # 40 % of the values lie between
    assert similarity[2, 3] > 0.99  # and none here


def test_two_knots_share_a_number_between_them_by_hand():
    scale = scale_of([0, 10])
    rows, atoms = coded(quantile, [0, 2.5, 10], scale)
    weights = [dict(zip(atoms, row, strict=True)) for row in rows]
    assert weights[0] == pytest.approx(
        {("fine", 0): 0.5**0.5, ("fine", 1): 0, ("coarse", 0): 0.5**0.5, ("coarse", 1): 0}
    )
    assert weights[1] == pytest.approx(
        {
            ("fine", 0): 0.375**0.5,
            ("fine", 1): 0.125**0.5,
            ("coarse", 0): 0.375**0.5,
            ("coarse", 1): 0.125**0.5,
        }
    )


def test_the_coarse_scale_reaches_four_times_as_far():
    scale = scale_of(range(1000))
    assert (len(scale.fine), len(scale.coarse)) == (FINE, COARSE)
    assert FINE == 4 * COARSE
    assert (scale.fine[0], scale.fine[-1]) == (scale.coarse[0], scale.coarse[-1]) == (0, 999)
    rows, atoms = coded(quantile, [500, 560], scale)
    shared = {atoms[i][0] for i in np.flatnonzero(rows.prod(axis=0))}
    assert shared == {"coarse"}


def test_values_outside_the_range_are_clamped():
    fitted = list(range(100))
    similarity = kernel(quantile, [-5, 0, 99, 100, 10**400, -1e308], fitted)
    assert similarity[0, 1] == similarity[1, 5] == pytest.approx(1)
    assert similarity[2, 3] == similarity[2, 4] == pytest.approx(1)
    assert similarity[1, 2] == 0


@pytest.mark.parametrize(
    "fitted",
    [[0.0, 5e-324], [0, 1e-300], [-(10**400), 10**400], [-1.7e308, 1.7e308], [1.0, 1.0000000000000002]],
)
def test_the_ends_of_extreme_scales_stay_apart(fitted):
    similarity = kernel(quantile, [*fitted, -(10**400), 10**400], fitted)
    expected = np.array([[1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1]])
    np.testing.assert_allclose(similarity, expected, atol=1e-9)


@pytest.mark.parametrize("fitted", [[7], [7, 7.0], None, [2**53 + 1]])
def test_without_a_scale_numbers_are_keyed_by_themselves(fitted):
    _, atoms = coded(quantile, [7, 8], fitted and scale_of(fitted))
    assert atoms == [("number", 7), ("number", 8)]


def test_the_ranks_of_knots_are_the_same_atoms_in_all_fields():
    def weights(number, fitted):
        rows, atoms = coded(quantile, [number], scale_of(fitted))
        return {atom: weight for atom, weight in zip(atoms, rows[0], strict=True) if weight}

    assert weights(0, range(100)) == weights(-3.0, [-3.0, 40.0, 5])
    assert set(weights(99, range(100))) == {("fine", FINE - 1), ("coarse", COARSE - 1)}
    assert set(weights(40, [-3.0, 40.0, 5])) == {("fine", 2), ("coarse", 2)}


# thermometer


@given(st.lists(numbers, min_size=3, max_size=3).map(sorted))
def test_the_thermometer_is_monotone_and_needs_no_fitting(values):
    similarity = kernel(thermometer, values, None)
    assert similarity[0, 1] >= similarity[0, 2] - 1e-9
    assert similarity[2, 1] >= similarity[2, 0] - 1e-9
    np.testing.assert_array_equal(similarity, kernel(thermometer, values, [1, 2, 3]))


def test_the_thermometer_counts_the_thresholds_between():
    _, atoms = coded(thermometer, [1.0])
    n = len(atoms) // 2
    assert {("below", n - 1), ("above", n - 1), ("below", 0), ("above", 0)} <= set(atoms)
    # 1.5, 15 and 150 have three thresholds a decade between them.
    similarity = kernel(thermometer, [1.5, 15, 150, -1.5, 10**400], None)
    assert similarity[0, 1] == pytest.approx(1 - 3 / n)
    assert similarity[0, 2] == pytest.approx(1 - 6 / n)
    assert similarity[0, 3] == pytest.approx(1 - 39 / n)  # 19 on either side of zero, and zero
    assert similarity[0, 4] > similarity[3, 4]
