"""Random and mutated inputs to the reader and the encoder, and what a failure of either would look like."""

import pytest

from benchmarks import fuzz
from benchmarks.nasty import KINDS, nasty
from vsaviz import InputError


def test_nothing_but_input_errors_comes_out():
    report = fuzz.run(1_000)
    assert report.failure is None, report.failure.reason
    assert report.counts.total() == 1_000
    assert {kind for kind, _ in report.counts} == KINDS.keys()
    refused = sum(n for (_, outcome), n in report.counts.items() if outcome == "refused")
    assert 300 < refused < 700


def test_inputs_follow_from_seed_and_number():
    assert nasty(3, 41) == nasty(3, 41)
    assert [nasty(3, i) for i in range(20)] != [nasty(4, i) for i in range(20)]


@pytest.mark.parametrize("part", ["read_json", "_encode"])
def test_anything_else_is_found_and_the_input_kept(part, monkeypatch, tmp_path, capsys):
    made = getattr(fuzz, part)

    def faulty(*arguments, **options):
        result = made(*arguments, **options)
        if "quick brown" in str(arguments[-1] if part == "_encode" else result):
            raise RecursionError("out of the reader")
        return result

    monkeypatch.setattr(fuzz, part, faulty)
    monkeypatch.setattr(fuzz.sys, "argv", ["fuzz", "--n", "60", "--keep", str(tmp_path)])
    report = fuzz.run(60)
    assert "out of the reader" in report.failure.reason
    assert b"quick brown" in report.failure.data
    assert fuzz.main() == 1
    assert (tmp_path / report.failure.name).read_bytes() == report.failure.data
    assert "is kept in" in capsys.readouterr().out


def test_a_fault_of_many_documents_together_is_kept_as_they_were(monkeypatch):
    def faulty(seed, number, found):
        if len(found) > 100:
            raise InputError("too many together")

    monkeypatch.setattr(fuzz, "_encode", faulty)
    assert fuzz.run(100).failure.data.startswith(b"[")
