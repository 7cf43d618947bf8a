"""What several files of tests share: every scheme by name, and a small collection of nested documents."""

import os
import random

import pytest
import threadpoolctl
from hypothesis import settings

from vsaviz import schemes

# UMAP is compiled for a few rows: compiling it well takes longer than it saves.
os.environ.setdefault("NUMBA_OPT", "0")

# The same examples in every run, and no time limit for one of them: two cores are often shared.
settings.register_profile("vsaviz", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("vsaviz")


def pytest_generate_tests(metafunc):
    """Run a test that asks for ``name`` once for each scheme of the table."""
    if "name" in metafunc.fixturenames and not _parametrized(metafunc, "name"):
        metafunc.parametrize("name", schemes.names())


def _parametrized(metafunc, argument):
    marks = metafunc.definition.iter_markers("parametrize")
    return any(argument in mark.args[0] for mark in marks)


@pytest.fixture(scope="session", autouse=True)
def one_thread_for_matrices():
    """Small matrices are done sooner by one thread, above all where several tests run at once."""
    with threadpoolctl.threadpool_limits(1, user_api="blas"):
        yield


@pytest.fixture
def orders():
    """Thirty orders: nested arrays, missing keys, mixed kinds, free text."""
    draw = random.Random(7)  # noqa: S311 - not for secrets
    words = ["red", "blue", "green", "large", "shirt", "saw", "hammer", "old", "café", "東京都"]
    return [
        {
            "id": f"ORD-{i:04}",
            "title": " ".join(draw.choices(words, k=draw.randrange(1, 5))),
            "price": draw.choice([draw.randrange(1000) / 10, draw.randrange(5), None]),
            "open": draw.random() < 0.5,
            "items": [
                {"sku": draw.choice("ABC"), "n": draw.randrange(4), "tags": draw.choices(words, k=2)}
                for _ in range(draw.randrange(4))
            ],
            "place": {"grid": [[draw.randrange(3) for _ in range(2)] for _ in range(2)], "note": {}},
        }
        | ({"gift": draw.choice(["", "yes", "no!"])} if i % 3 else {})
        for i in range(30)
    ]
