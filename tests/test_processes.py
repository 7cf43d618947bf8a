"""Encoding in several processes: the same vectors in the same order, and the same errors."""

import datetime

import orjson
import pytest
from joblib import parallel_config
from numpy.testing import assert_allclose, assert_array_equal

from vsaviz import JSONVectorizer, processes
from vsaviz.errors import InputError
from vsaviz.features import Lines
from vsaviz.threads import allowed


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(processes, "FEWEST", 4)


@pytest.fixture
def in_threads():
    """Threads in the place of processes: they start at once."""
    with parallel_config(backend="threading"):
        yield


def never(*_, **__):
    pytest.fail("other processes were asked")


@pytest.mark.parametrize(("scheme", "tolerance"), [("mbat", 1e-6), ("bsc", 0)])
def test_processes_give_the_same_vectors(orders, scheme, tolerance):
    vectorizer = JSONVectorizer(scheme, 256).fit(orders[:20])
    expected = vectorizer.transform(orders)
    vectorizer.set_params(n_jobs=2)
    assert_allclose(vectorizer.transform(orders), expected, rtol=0, atol=tolerance)
    text = b"\n \n".join(map(orjson.dumps, orders))
    assert_allclose(vectorizer.transform(Lines(text)), expected, rtol=0, atol=tolerance)


def test_each_process_takes_its_share_of_the_processors(in_threads, orders, monkeypatch):
    monkeypatch.setattr(processes, "cpu_count", lambda: 6)
    found = []
    encode = processes.encode

    def noted(*given):
        found.append(allowed())
        return encode(*given)

    monkeypatch.setattr(processes, "encode", noted)
    JSONVectorizer(dimensions=16, n_jobs=2).fit(orders).transform(orders)
    assert found == [3, 3]


def test_the_usual_number_of_processes_is_that_of_joblib(orders, monkeypatch):
    vectorizer = JSONVectorizer(dimensions=16).fit(orders)
    monkeypatch.setattr(processes, "Parallel", never)
    vectorizer.transform(orders)
    with parallel_config(n_jobs=2), pytest.raises(pytest.fail.Exception):
        vectorizer.transform(orders)


@pytest.mark.parametrize(
    "documents",
    [[], [{"a": 1}], [{"a": 1}] * 4, [{"a": 2**70}] * 9],
    ids=["none", "one", "one block", "what a text would not say"],
)
def test_one_process_does_alone_what_is_not_for_several(documents, orders, monkeypatch):
    vectorizer = JSONVectorizer(dimensions=16, n_jobs=2).fit(orders)
    monkeypatch.setattr(processes, "Parallel", never)
    alone = JSONVectorizer(dimensions=16).fit(orders).transform(documents)
    assert_array_equal(vectorizer.transform(documents), alone)


def test_a_callable_for_strings_is_not_copied(orders, monkeypatch):
    monkeypatch.setattr(processes, "Parallel", never)
    vectorizer = JSONVectorizer(dimensions=16, strings=lambda texts: [[len(t)] for t in texts], n_jobs=2)
    assert vectorizer.fit(orders).transform(orders).shape == (30, 16)


def test_what_is_no_json_is_named_as_in_one_process(in_threads, orders):
    vectorizer = JSONVectorizer(dimensions=16, n_jobs=2).fit(orders)
    with pytest.raises(InputError, match=r"document 21, at /a: date is not a JSON type"):
        vectorizer.transform([*orders[:21], {"a": datetime.date(2026, 1, 1)}, *orders])
    broken = b"\n".join([*map(orjson.dumps, orders), b"[1,", b"2"])
    with pytest.raises(InputError, match=r"a\.jsonl, line 31"):
        vectorizer.transform(Lines(broken, "a.jsonl"))


def test_vectors_do_not_depend_on_it(orders, tmp_path):
    one, other = (JSONVectorizer(dimensions=16, n_jobs=n).fit(orders) for n in (None, 2))
    one.save(tmp_path / "one.json")
    other.save(tmp_path / "other.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()
    assert one.encoding_params() == other.encoding_params()
    assert JSONVectorizer.load(tmp_path / "other.json").n_jobs is None


def test_all_processes_have_as_many_blocks_unless_documents_are_few():
    assert [processes._blocks(n, 2) for n in (0, 7, 8, 32_768, 32_769)] == [0, 1, 2, 2, 4]
    assert [processes._blocks(n, 8) for n in (12, 100_000, 1_000_000)] == [3, 8, 64]
