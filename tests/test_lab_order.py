"""Pairs of documents that differ in order, place or kind: who can tell them apart."""

import re

import numpy as np
import pytest

from vsaviz import schemes
from vsaviz.lab.order import PAIRS, Asked, Pair, tell
from vsaviz.ui.experiments.order import reading
from vsaviz.ui.experiments.order_table import SAME_MARK, table_html

TITLES = [pair.title for pair in PAIRS]
EVERY = tuple(schemes.names())
HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def told():
    return tell(PAIRS, Asked(EVERY))


def mixed_up(told, name):
    column = told.schemes.index(name)
    return {title for title, same in zip(TITLES, told.mixed_up[:, column], strict=True) if same}


def test_the_exact_cosines_by_hand(told):
    exact = dict(zip(TITLES, told.exact.tolist(), strict=True))
    half, root = 0.5, 2**-0.5
    assert exact.pop("nested arrays") == pytest.approx(half)
    assert exact.pop("items [i][i]") == pytest.approx(half)
    assert exact.pop("a repeated item") == pytest.approx(6**-0.5)
    assert exact.pop("null and absent") == pytest.approx(root)
    assert exact.pop("empty text and absent") == pytest.approx(root)
    assert list(exact.values()) == [0] * len(exact)


def test_swapped_keys_are_one_where_binding_commutes_and_two_where_not(told, name):
    kind, cosine = schemes.scheme_type(name), told.cosines[0, told.schemes.index(name)]
    if kind.commutative:
        assert cosine > 0.999
        assert "keys swapped" in mixed_up(told, name)
    elif not kind.swapped:
        assert abs(cosine) < 0.2


@pytest.mark.parametrize("scheme", ["mbat", "mbat-haar", "permutation", "ghrr"])
def test_schemes_that_keep_order_can_tell_every_pair(told, scheme):
    assert mixed_up(told, scheme) == set()
    assert np.abs(told.cosines[:, told.schemes.index(scheme)] - told.exact).max() < (
        0.3 if schemes.scheme_type(scheme).swapped else 0.2
    )


def test_roles_that_cancel_mix_up_doubled_steps_too(told, name):
    doubled = {
        "a key in itself, and at the root",
        "a key in itself, and another",
        "the same key twice on the way",
    }
    cancels = schemes.scheme_type(name).self_inverse
    assert (doubled | {"items [i][i]"} <= mixed_up(told, name)) == cancels
    assert bool(doubled & mixed_up(told, name)) == cancels


def test_kinds_of_values_are_told_by_every_scheme(told, name):
    kinds = {"number and text", "true and its name", "null and absent", "empty object, empty array"}
    assert not kinds & mixed_up(told, name)


def test_what_the_algebra_states_is_what_is_measured(told):
    known = ~np.isnan(told.stated)
    assert known.sum() == 4 * len(EVERY)
    limit = 4.5 / np.sqrt(np.array(told.dimensions))
    assert (np.abs(told.cosines - told.stated)[known] < np.broadcast_to(limit, known.shape)[known]).all()


@pytest.mark.parametrize(("seed", "dimensions"), [(1, 1024), (2, 64)])
def test_chance_and_dimension_play_no_part_in_what_is_mixed_up(told, seed, dimensions):
    names = ("mbat", "map-i", "hrr", "bsc")
    other = tell(PAIRS, Asked(names, dimensions, seed=seed))
    for name in names:
        assert mixed_up(other, name) == mixed_up(told, name)


def test_read_as_bags_the_exact_kernel_itself_gives_order_away():
    bags = tell(PAIRS, Asked(("mbat", "map-i"), arrays="bag"))
    one = {title for title, exact in zip(TITLES, bags.exact, strict=True) if exact > 0.999}
    assert one == {"nested arrays", "items [i][i]", "two items swapped"}
    assert not mixed_up(bags, "map-i") & one
    assert reading(bags).startswith("3 of 13 pairs are one to any scheme, read like this. Of 10 pairs")


def test_pairs_stand_alone_and_progress_is_told():
    report = []
    pair = Pair("mine", {"a": {"b": 1}}, {"b": {"a": 1}})
    alone = tell([pair], Asked(("map-i", "mbat"), 256), report.append)
    among = tell([*PAIRS, pair], Asked(("map-i", "mbat"), 256))
    np.testing.assert_array_equal(alone.cosines[0], among.cosines[-1])
    assert report == [0.5, 1.0]
    assert np.isnan(alone.stated).all()


def test_schemes_with_dense_matrices_are_taken_at_a_smaller_d():
    assert tell(PAIRS[:1], Asked(("mbat", "mbat-haar"))).dimensions == (1024, 256)


# The table, and what it says


def cells(html):
    rows = re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1])
    return [re.findall(r'<td( class="vz-same")?[^>]*>([^<]*)', row) for row in rows]


def test_the_table_shows_every_cosine_and_marks_what_is_mixed_up(told):
    for row, found in enumerate(cells(table_html(PAIRS, told))):
        assert len(found) == len(EVERY) + 1
        for column, (marked, text) in enumerate(found[1:]):
            assert bool(marked) == told.mixed_up[row, column] == text.startswith(SAME_MARK)
            number = float(text.removeprefix(f"{SAME_MARK} ").replace("−", "-"))
            assert number == pytest.approx(told.cosines[row, column], abs=0.0051)
        assert float(found[0][1]) == pytest.approx(told.exact[row], abs=0.0051)


def test_text_of_a_pair_stays_text():
    pair = Pair("yours", {HOSTILE: HOSTILE}, [HOSTILE])
    html = table_html([pair], tell([pair], Asked(("mbat",), 64)))
    assert "<img" not in html
    assert "&lt;img" in html


def test_the_sentence_counts_what_the_table_marks(told):
    text = reading(told)
    counts = dict(zip(told.schemes, told.mixed_up.sum(axis=0).tolist(), strict=True))
    assert text == (
        "Of 13 pairs that differ, map-i, map-b and bsc cannot tell 6; "
        "map-c, hrr, hrr-unitary, fhrr, fhrr-sum, bsdc-s, bsdc-seg and mcr cannot tell 2; "
        "mbat, mbat-haar, mbat-gaussian, permutation, vtb and ghrr can tell all."
    )
    assert [counts[name] for name in ("map-i", "hrr", "mbat")] == [6, 2, 0]
