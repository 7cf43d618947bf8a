"""What is taken away can be read by others, and does nothing but hold data."""

import csv
import io
import json
import sys
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import collections
from vsaviz import read_json
from vsaviz.exports import FORMATS, cell, documents_table, neighbors_csv, neighbors_table, vectors_npz
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


# Formats


HARD = [
    {
        "a": "=cmd",
        "": {"": 1},
        "=x": 2,
        "n": 10**5000,
        "s": "é\u2028😀\0",
        "e": {},
        "l": [1, [2, {"k": None}]],
    },
    {"a": -5, "n": 1.0, "b": True, "two words": ""},
    [],
    "+root",
]
NAMES = ["a", "=b", "c,d\n", "é"]


def exact(value):
    """A value such that equal ones are equal to the type: 1 is not 1.0, nor −0.0 0.0."""
    if isinstance(value, dict):
        return {key: exact(below) for key, below in value.items()}, list(value)
    if isinstance(value, list | map):
        return [exact(below) for below in value]
    return type(value), repr(value) if isinstance(value, float) else value


def table_of(documents, vectors=None):
    return documents_table([f"d{i}" for i in range(len(documents))], documents, vectors, {"scheme": "mbat"})


@settings(max_examples=40)
@given(collections)
def test_documents_come_back_exactly_from_what_holds_json(documents):
    from pyarrow import parquet

    table = table_of(documents)
    lines = FORMATS["JSON Lines"].write(table)
    assert len(lines.split(b"\n")) == len(documents) + 1
    found = [json.loads(line) for line in lines.splitlines()]
    assert exact(found) == exact(documents)
    archive = np.load(io.BytesIO(FORMATS["NumPy"].write(table)), allow_pickle=False)
    assert archive["documents"].tobytes() == lines
    column = parquet.read_table(io.BytesIO(FORMATS["Parquet"].write(table)))["document"]
    assert exact(map(json.loads, column.to_pylist())) == exact(documents)


def test_documents_alone_can_be_uploaded_again_however_long_their_numbers():
    lines = FORMATS["JSON Lines"].write(table_of(HARD[:2]))
    assert exact(read_json(lines)) == exact(HARD[:2])


def test_half_of_a_surrogate_pair_is_an_escape_and_stops_nothing():
    table = documents_table(["\ud800"], [{"\ud800": "x\udfff"}], np.ones((1, 2), np.float32))
    written = {name: one.write(table) for name, one in FORMATS.items() if name != "NumPy"}
    assert json.loads(written["JSON Lines"])["document"] == {"\ud800": "x\udfff"}
    assert "\\ud800" in written["CSV"].decode()


@pytest.mark.parametrize("name", FORMATS)
def test_vectors_come_back_to_the_bit(vectors, name):
    from pyarrow import parquet

    written = FORMATS[name].write(documents_table(NAMES, vectors=vectors[:4]))
    found = {
        "JSON Lines": lambda: [json.loads(line)["vector"] for line in written.splitlines()],
        "CSV": lambda: [[float(line[f"vector {i}"]) for i in range(16)] for line in read(written.decode())],
        "Parquet": lambda: parquet.read_table(io.BytesIO(written))["vector"].to_pylist(),
        "NumPy": lambda: np.load(io.BytesIO(written), allow_pickle=False)["vectors"],
    }[name]()
    np.testing.assert_array_equal(np.asarray(found, np.float32), vectors[:4])


def test_parquet_has_vectors_of_a_fixed_size_and_the_settings(vectors):
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(FORMATS["Parquet"].write(table_of(HARD, vectors[:4]))))
    assert table.column_names == ["id", "document", "vector"]
    assert str(table.schema.field("vector").type) == "fixed_size_list<element: float>[16]"
    assert json.loads(table.schema.metadata[b"vsaviz"]) == {"scheme": "mbat"}


def test_a_spreadsheet_gets_a_column_for_each_field_and_calculates_nothing(vectors):
    written = FORMATS["CSV"].write(table_of(HARD, vectors[:4])).decode()
    lines = read(written)
    assert len(lines) == 4
    first, second, third, fourth = lines
    assert first["document id"] == "d0"
    assert first["a"] == "'=cmd"
    assert first["'=x"] == "2"
    assert first['[""][""]'] == "1"
    assert first["n"] == "1" + "0" * 5000
    assert (first["l[]"], first["l[][]"], first["l[][].k"]) == ("[1]", "[2]", "[null]")
    assert (second["a"], second["n"], second["b"], second['["two words"]']) == ("-5", "1.0", "true", "")
    assert (third["$"], fourth["$"]) == ("[]", "'+root")
    assert np.float32(first["vector 3"]) == vectors[0, 3]
    for line in csv.reader(io.StringIO(written, newline="")):
        for text in line:
            assert text[:1] not in {"=", "+", "@", "\t", "\r", "\n"}
            assert not text.startswith("-") or float(text) < 0


def test_neighbours_of_some_rows_are_named_by_ids(vectors):
    table = neighbors_table(vectors, IDS, 2, [3, 1])
    rows = own_neighbors(vectors, 2)[0]
    assert table.columns["document"] == [IDS[3]] * 2 + [IDS[1]] * 2
    assert table.columns["neighbor"] == [IDS[row] for row in (*rows[3], *rows[1])]
    assert len(neighbors_table(vectors[:1], ["a"], 2).columns["rank"]) == 0


def test_what_does_not_fit_together_is_refused(vectors):
    with pytest.raises(ValueError, match="2 ids but 5 vectors"):
        documents_table(["a", "b"], vectors=vectors)


def test_without_its_library_parquet_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"vsaviz\[app\]"):
        FORMATS["Parquet"].write(table_of(HARD))
