"""Which paths a scheme cannot tell apart, against what its algebra says."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsaviz.features.paths import ARRAY, ITEM, at, key
from vsaviz.lab.collisions import collisions

A, B, C = key("a"), key("b"), key("c")
ROLES = [A, B, C, ARRAY, ITEM, at(0), key("0")]
TELLING = [
    (),
    (A,),
    (B,),
    (A, B),
    (B, A),
    (A, A),
    (B, B),
    (A, B, A),
    (A, A, B),
    (A, ARRAY, ITEM),
    (A, ITEM, ARRAY),
]

paths_of_some_roles = st.lists(
    st.lists(st.sampled_from(ROLES), max_size=4).map(tuple), min_size=1, max_size=12, unique=True
)


def multiset(path):
    return frozenset(Counter(path).items())


def odd_ones(path):
    return frozenset(role for role, n in Counter(path).items() if n % 2)


def expected(paths, signature):
    """Return each path that shares its signature with another, and the first such other."""
    signatures = [signature(path) for path in paths]
    return [
        (i, min(others))
        for i, one in enumerate(signatures)
        if (others := [j for j, other in enumerate(signatures) if other == one and j != i])
    ]


@given(paths_of_some_roles)
def test_map_i_mixes_up_what_is_equal_once_pairs_of_a_role_have_cancelled(paths):
    assert collisions("map-i", paths) == expected(paths, odd_ones)


@pytest.mark.parametrize("scheme", ["hrr", "hrr-unitary"])
@given(paths=paths_of_some_roles)
def test_convolution_mixes_up_what_holds_the_same_roles_in_another_order(scheme, paths):
    assert collisions(scheme, paths) == expected(paths, multiset)


@pytest.mark.parametrize("scheme", ["mbat", "permutation"])
@given(paths=paths_of_some_roles)
def test_schemes_that_do_not_commute_mix_up_nothing(scheme, paths):
    assert collisions(scheme, paths) == []


@pytest.mark.parametrize("scheme", ["mbat", "mbat-haar", "mbat-gaussian", "permutation"])
def test_doubled_and_swapped_steps_stay_apart(scheme):
    assert collisions(scheme, TELLING) == []


def test_by_hand():
    paths = [(A, B), (C,), (B, A), (A, A), (C, C), (A, B, A), (B,)]
    assert collisions("map-i", paths) == [(0, 2), (2, 0), (3, 4), (4, 3), (5, 6), (6, 5)]
    assert collisions("hrr", paths) == [(0, 2), (2, 0)]


def test_a_doubled_step_is_the_root_itself_under_map_i():
    assert collisions("map-i", [(), (A, A), (A, A, A, A)]) == [(0, 1), (1, 0), (2, 0)]


@pytest.mark.parametrize("seed", [1, 2])
def test_chance_plays_no_part(seed):
    assert collisions("map-i", TELLING, seed) == collisions("map-i", TELLING)
    assert collisions("hrr", TELLING, seed) == collisions("hrr", TELLING)


def test_no_paths_and_one_path_cannot_collide(name):
    assert collisions(name, []) == []
    assert collisions(name, [(A, B)]) == []


def test_every_path_is_compared_beyond_one_block():
    paths = [(key(f"k{i}"), A) for i in range(2100)] + [(A, key("k3"))]
    assert collisions("map-i", paths) == [(3, 2100), (2100, 3)]
