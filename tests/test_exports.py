"""What is taken away can be read by others, and does nothing but hold data."""

import csv
import io
import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsaviz.exports import cell, neighbors_csv, vectors_npz
from vsaviz.features import FeatureSettings
from vsaviz.neighbors import own_neighbors

IDS = ["p-1", "東京", "=cmd()", "", 'a,"b"\nc']


@pytest.fixture
def vectors():
    rows = np.random.default_rng(1).normal(size=(5, 16))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_an_archive_holds_vectors_ids_and_settings_without_pickles(vectors):
    settings = {"scheme": "mbat", "features": asdict(FeatureSettings(field_weights=(("a", 0.5),)))}
    archive = np.load(io.BytesIO(vectors_npz(vectors, IDS, settings)), allow_pickle=False)
    assert sorted(archive) == ["ids", "settings", "vectors"]
    np.testing.assert_array_equal(archive["vectors"], vectors)
    assert archive["vectors"].dtype == np.float32
    assert archive["ids"].tolist() == IDS
    assert json.loads(str(archive["settings"])) == json.loads(json.dumps(settings))


def test_an_archive_of_nothing_is_one_all_the_same():
    archive = np.load(io.BytesIO(vectors_npz(np.empty((0, 16), np.float32), [], {})), allow_pickle=False)
    assert archive["vectors"].shape == (0, 16)
    assert archive["ids"].tolist() == []


def test_the_table_of_neighbours_is_that_of_the_vectors(vectors):
    table = read(neighbors_csv(vectors, ["a", "b", "c", "d", "e"], 3))
    rows, cosines = own_neighbors(vectors, 3)
    assert len(table) == 15
    assert list(table[0]) == ["document", "rank", "neighbor", "cosine"]
    for i, line in enumerate(table):
        row, rank = divmod(i, 3)
        assert line["document"] == "abcde"[row]
        assert line["rank"] == str(rank + 1)
        assert line["neighbor"] == "abcde"[rows[row, rank]]
        assert float(line["cosine"]) == pytest.approx(float(cosines[row, rank]), abs=1e-6)


def test_ids_with_commas_quotes_and_lines_stay_one_cell(vectors):
    table = read(neighbors_csv(vectors, IDS, 4))
    guarded = ["p-1", "東京", "'=cmd()", "", 'a,"b"\nc']
    assert [line["document"] for line in table[::4]] == guarded
    assert sorted(line["neighbor"] for line in table) == sorted(4 * guarded)


@pytest.mark.parametrize("n", [0, 1])
def test_without_others_the_table_has_its_head_only(n):
    assert neighbors_csv(np.eye(1, 16, dtype=np.float32)[:n], ["a"][:n], 3).split() == [
        "document,rank,neighbor,cosine"
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_calculate_becomes_text(text):
    assert cell(text) == f"'{text}"


@given(st.text())
def test_a_cell_keeps_its_text_and_never_starts_a_formula(text):
    assert cell(text).endswith(text)
    assert cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert len(cell(text)) <= len(text) + 1
