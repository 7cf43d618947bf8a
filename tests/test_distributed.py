"""Beyond one machine: pieces of files, vectors as on one, parts that outlive kills, and what is refused."""

import gzip
import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import fsspec
import lancedb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import Client

from tests.examples import run_page
from vsaviz import JSONVectorizer, cli, kept_encoder, threads
from vsaviz.distributed import Documents, Vectors, clusters, encode, fit, fitting, tasks
from vsaviz.distributed.lance import lance_table
from vsaviz.distributed.store import Store
from vsaviz.errors import InputError
from vsaviz.learning import FitState
from vsaviz.streaming import Folder, Source, encode_file, fitted, joined, lines, pace, read_manifest
from vsaviz.streaming.lines import Place, blocks

DOCUMENTS = [
    {"id": f"p-{i}", "kind": ["bird", "fish", "tree"][i % 3], "n": i, "tags": ["x", "y é"][: i % 3]}
    for i in range(90)
]
VECTORIZER = JSONVectorizer("map-i", 64)
EVERY = JSONVectorizer(dimensions=64)
EXPECTED = JSONVectorizer("map-i", 64).fit_transform(DOCUMENTS)


@pytest.fixture(scope="module")
def client():
    with Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=":0") as client:
        yield client


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """It does not pay to collect the garbage of a whole test run."""
    monkeypatch.setattr(pace, "gc", SimpleNamespace(collect=lambda: 0))


def text(documents=DOCUMENTS):
    ends = ["\r\n", *["\n\n"] * 6]
    rows = [json.dumps(one, ensure_ascii=bool(i % 2)) + ends[i % 7] for i, one in enumerate(documents)]
    return "".join(rows).rstrip("\n").encode()


@pytest.fixture
def folder(tmp_path):
    """The documents in three files, one of them gzipped, one below; and a file that is none of them."""
    (tmp_path / "in" / "c").mkdir(parents=True)
    (tmp_path / "in" / "a.ndjson").write_bytes(text(DOCUMENTS[:40]))
    (tmp_path / "in" / "b.jsonl.gz").write_bytes(gzip.compress(text(DOCUMENTS[40:50])))
    (tmp_path / "in" / "c" / "d.ndjson").write_bytes(text(DOCUMENTS[50:]))
    (tmp_path / "in" / "_SUCCESS").write_text("no JSON")
    return tmp_path / "in"


def contents(folder):
    """What stands in a folder, by the names of its files."""
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir())}


# pieces


@pytest.mark.parametrize("size", [1, 30, 100, 701, 10**6])
def test_pieces_have_each_line_once(size, folder):
    documents = Documents(folder / "a.ndjson", piece=size)
    pieces = documents.pieces(documents.found())
    assert len(pieces) == -(-len(text(DOCUMENTS[:40])) // size)
    found = [block for piece in pieces for block in piece.blocks()]
    [whole] = blocks(folder / "a.ndjson")
    assert [line for block in found for line in block.lines] == whole.lines
    assert [offset for block in found for offset in block.offsets] == whole.offsets
    for offset, number in list(zip(whole.offsets, whole.numbers, strict=True))[:: 1 + 39 // size]:
        assert lines.lines_before(folder / "a.ndjson", offset) == number - 1
        assert next(blocks(folder / "a.ndjson", Place(offset))).offsets[0] == offset


def test_files_are_found_below_a_folder_by_a_pattern_or_by_name(folder):
    def names(url):
        return [one.file.name for one in Documents(url).found()]

    assert names(folder) == ["a.ndjson", "b.jsonl.gz", "c/d.ndjson"]
    assert names(f"{folder}/*/d.*") == ["c/d.ndjson"]
    assert names(f"file://{folder}/_SUCCESS") == ["_SUCCESS"]
    for wrong in (folder / "none", folder / "*.json", folder / "c" / "e"):
        with pytest.raises(InputError, match=r"cannot be read|has no documents"):
            names(wrong)


# vectors as on one machine


@pytest.mark.parametrize("kept", ["float32", "int8"])
def test_vectors_are_those_of_one_machine(kept, folder, tmp_path, client):
    one = tmp_path / "one.ndjson"
    one.write_bytes(text())
    encode_file(Source(one), Folder(tmp_path / "v", kept), VECTORIZER)
    manifest = encode(client, Documents(folder, piece=900), Vectors(tmp_path / "w", kept), VECTORIZER)
    assert manifest == read_manifest(tmp_path / "w")
    assert manifest.finished
    assert manifest.rows == 90
    assert len(manifest.parts) > 6
    # Signs and whole sums: the same bits, however documents are cut.
    np.testing.assert_array_equal(joined(tmp_path / "w"), joined(tmp_path / "v"))
    same = [(tmp_path / name / kept_encoder.NAME).read_bytes() for name in "vw"]
    assert same[0] == same[1]
    table = pq.read_table(sorted((tmp_path / "w").glob("*.parquet")))
    assert table["id"].to_pylist() == [document["id"] for document in DOCUMENTS]
    for name, offset, document in zip(
        table["file"].to_pylist(), table["offset"].to_pylist(), DOCUMENTS, strict=True
    ):
        data = (folder / name).read_bytes()
        data = gzip.decompress(data) if name.endswith(".gz") else data
        assert json.loads(data[offset:].split(b"\n")[0]) == document


def test_beyond_the_sample_an_encoder_is_that_of_one_machine(tmp_path, client, monkeypatch):
    def small(limit=1 << 64):
        return FitState(most=30, limit=limit)

    file = tmp_path / "a.ndjson"
    file.write_bytes(text())
    monkeypatch.setattr("vsaviz.streaming.fitting.FitState", small)
    expected = fitted(Source(file), EVERY)
    monkeypatch.setattr(tasks, "FitState", small)
    calls = []
    # A share of 30 of 90 is drawn below 2^64 / 3: half of that is too few, and is noticed.
    monkeypatch.setattr(fitting, "MOST_BYTES", len(text()) // 24)
    found = fit(client, Documents(file, piece=700), EVERY, calls.append)
    assert len(calls) == 3
    assert kept_encoder.saved_bytes(found) == kept_encoder.saved_bytes(expected)
    np.testing.assert_array_equal(found.transform(DOCUMENTS), expected.transform(DOCUMENTS))


def test_a_fitted_encoder_is_taken_and_real_vectors_are_as_near_as_floats(folder, tmp_path, client):
    fitted_before = JSONVectorizer(dimensions=64).fit(DOCUMENTS[:30])
    encode(client, Documents(folder, piece=900), Vectors(tmp_path / "w"), fitted_before)
    np.testing.assert_allclose(joined(tmp_path / "w"), fitted_before.transform(DOCUMENTS), atol=1e-6)
    other = JSONVectorizer(dimensions=64).fit(DOCUMENTS[:31])
    with pytest.raises(InputError, match="was begun with the encoder"):
        encode(client, Documents(folder, piece=900), Vectors(tmp_path / "w"), other)


def test_an_object_store_and_parquet_give_the_same(tmp_path, client):
    store = fsspec.filesystem("memory")
    table = pa.table({"text": [json.dumps(one) for one in DOCUMENTS]})
    with store.open("/pets/texts/a.parquet", "wb") as stream:
        pq.write_table(table, stream, row_group_size=20)
    with store.open("/pets/rows/a.parquet", "wb") as stream:
        pq.write_table(pa.Table.from_pylist([{**one, "none": None} for one in DOCUMENTS]), stream)
    store.pipe("/pets/lines/a.ndjson", text())
    for kind, column in (("texts", "text"), ("rows", None), ("lines", None)):
        output = Vectors(f"memory://pets/{kind}-v")
        documents = Documents(f"memory://pets/{kind}", column, piece=900)
        manifest = encode(client, documents, output, VECTORIZER)
        assert manifest.rows == 90
        assert encode(client, documents, output, VECTORIZER) == manifest
        names = output.store.names()
        assert names == {"manifest.json", kept_encoder.NAME, *(part.name for part in manifest.parts)}
        for name in names:
            (tmp_path / kind).mkdir(exist_ok=True)
            (tmp_path / kind / name).write_bytes(output.store.read(name))
        np.testing.assert_array_equal(joined(tmp_path / kind), EXPECTED)


def test_a_lance_table_has_the_same_rows(folder, tmp_path, client):
    output = Vectors(tmp_path / "w")
    with pytest.raises(InputError, match="is no folder of vectors"):
        lance_table(output)
    encode(client, Documents(folder, piece=900), output, VECTORIZER)
    assert lance_table(output) == lance_table(output) == 90
    rows = lancedb.connect(tmp_path / "w").open_table("vectors").to_arrow()
    vectors = rows["vector"].combine_chunks().flatten().to_numpy().reshape(90, -1)
    np.testing.assert_array_equal(vectors, joined(tmp_path / "w"))
    assert rows["file"].to_pylist()[-1] == "c/d.ndjson"


# kills


def test_what_is_whole_is_kept_and_the_rest_made_again(folder, tmp_path, client, monkeypatch):
    documents = Documents(folder, piece=900)
    encode(client, documents, Vectors(tmp_path / "whole"), VECTORIZER)
    plain, made = Store.put, []

    def stopping(self, name, write):
        if len(made) == 5:
            raise KeyError("stopped")
        made.append(name)
        return plain(self, name, write)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "put", stopping)
        with pytest.raises(KeyError, match="stopped"):
            encode(client, documents, Vectors(tmp_path / "v"), VECTORIZER)
    (tmp_path / "v" / "part-00099.parquet.a-1-1.part").write_bytes(b"half")
    kept = {one.name: one.stat().st_mtime_ns for one in (tmp_path / "v").glob("*.parquet")}
    assert 0 < len(kept) <= 3
    assert not read_manifest(tmp_path / "v").finished
    encode(client, documents, Vectors(tmp_path / "v"), VECTORIZER)
    assert contents(tmp_path / "v") == contents(tmp_path / "whole")
    assert {name: (tmp_path / "v" / name).stat().st_mtime_ns for name in kept} == kept


def test_a_task_that_runs_twice_at_once_leaves_one_part(folder, tmp_path, client):
    documents, output = Documents(folder, piece=900), Vectors(tmp_path / "v")
    manifest = encode(client, documents, output, VECTORIZER)
    before = contents(tmp_path / "v")
    [piece, *_] = documents.pieces(documents.found())
    target = tasks.Target(output.store, "float32", manifest.fingerprint)
    (tmp_path / "v" / "part-00000.parquet").unlink()
    futures = [client.submit(tasks.encoded, piece, target, pure=False) for _ in range(4)]
    assert [future.result() for future in futures] == [manifest.parts[0].rows] * 4
    assert contents(tmp_path / "v") == before


DIE = """
import os
from vsaviz.streaming import parts
plain = parts.PartWriter.write
def write(self, *given):
    plain(self, *given)
    os.kill(os.getpid(), 9)
parts.PartWriter.write = write
"""


def test_a_worker_that_is_killed_midway_costs_nothing(folder, tmp_path, client, monkeypatch):
    documents = Documents(folder, piece=900)
    encode(client, documents, Vectors(tmp_path / "whole"), VECTORIZER)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--no-dashboard"]
    few = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": ":0"}
    with Client(processes=False, protocol="tcp", **few) as two:
        [immortal] = two.run(os.getpid)
        process = subprocess.Popen(
            [*worker, "--nthreads=1", two.scheduler.address], stderr=subprocess.DEVNULL
        )
        two.wait_for_workers(2)
        [mortal] = two.run(os.getpid).keys() - {immortal}
        two.run(exec, DIE, {}, workers=[mortal])
        encode(two, documents, Vectors(tmp_path / "v"), VECTORIZER)
        assert process.wait() == -signal.SIGKILL
    assert contents(tmp_path / "v") == contents(tmp_path / "whole")


# what is refused


@pytest.mark.parametrize("place", [3, 60])
def test_a_broken_line_is_named_by_file_and_line(place, folder, tmp_path, client):
    rows = [json.dumps(one).encode() for one in DOCUMENTS]
    rows[place] = b'{"a": NaN}'
    (folder / "a.ndjson").write_bytes(b"\n\n".join(rows))
    message = rf"^a\.ndjson, line {2 * place + 1}, column 7: JSON has no NaN"
    for name, vectorizer in (("v", VECTORIZER), ("w", JSONVectorizer(dimensions=64).fit(DOCUMENTS))):
        with pytest.raises(InputError, match=message) as caught:
            encode(client, Documents(folder, piece=700), Vectors(tmp_path / name), vectorizer)
        assert caught.value.__cause__ is None


def test_what_changes_or_is_of_another_is_refused(folder, tmp_path, client):
    documents, output = Documents(folder, piece=900), Vectors(tmp_path / "v")

    def grow(_):
        (folder / "a.ndjson").write_bytes(text(DOCUMENTS[:41]))

    with pytest.raises(InputError, match="in changed while it was read; encode it into a new folder"):
        encode(client, documents, output, VECTORIZER, grow)
    with pytest.raises(InputError, match="was begun with another input"):
        encode(client, documents, output, VECTORIZER)
    encode(client, documents, Vectors(tmp_path / "w"), VECTORIZER)
    with pytest.raises(InputError, match="was begun with dimensions = 64, not 128"):
        encode(client, documents, Vectors(tmp_path / "w"), JSONVectorizer("map-i", 128))
    with pytest.raises(InputError, match=r"in holds other files, such as _SUCCESS"):
        encode(client, documents, Vectors(folder), VECTORIZER)
    with pytest.raises(ValueError, match="kept must be one of float32, int8, got 'int4'"):
        Vectors(tmp_path, "int4")
    with pytest.raises(ValueError, match="a callable cannot be streamed"):
        fit(client, documents, JSONVectorizer(strings=len))


@pytest.mark.parametrize(
    ("columns", "column", "message"),
    [
        ({"a": [1]}, "text", "has no column 'text'; there are: a"),
        ({"a": [1]}, "a", "column 'a' must be text, got int64"),
        ({"a": ["{}", "{"]}, "a", "x.parquet, row 1, column 2 of its text"),
        (
            {"a": [{"b": [b"1"]}]},
            None,
            r"column 'a.b\[\]' has the type binary, which JSON lacks; make it text",
        ),
        ({"a": [0.5, float("nan")]}, None, "x.parquet, row 1: JSON has no nan"),
    ],
)
def test_parquet_that_is_no_json_is_refused(columns, column, message, tmp_path, client):
    pq.write_table(pa.table(columns), tmp_path / "x.parquet")
    with pytest.raises(InputError, match=message):
        fit(client, Documents(tmp_path, column), VECTORIZER)


def test_gzip_by_another_name_and_damage_are_refused(tmp_path, client):
    (tmp_path / "a.ndjson").write_bytes(gzip.compress(text()))
    with pytest.raises(InputError, match=r"a.ndjson is gzipped, which its name must say"):
        fit(client, Documents(tmp_path), VECTORIZER)
    (tmp_path / "a.ndjson").rename(tmp_path / "a.parquet")
    with pytest.raises(InputError, match=r"a.parquet cannot be read"):
        fit(client, Documents(tmp_path), VECTORIZER)


# threads, the command line, the page


def test_a_task_takes_one_thread_and_gives_them_back():
    free = threads.allowed()
    with threads.bounded(1):
        with threads.bounded(2):
            assert threads.allowed() == 2
        assert threads.allowed() == 1
    assert threads.allowed() == free


def test_encode_on_the_command_line(folder, tmp_path, client, capsys):
    chosen = ["--scheme", "map-i", "--dimensions", "64"]
    address = client.cluster.scheduler_address
    assert cli.main(["encode", str(folder), "--dask", address, "-o", f"{tmp_path}/v/", *chosen]) == 0
    assert "wrote 90 × 64 to" in capsys.readouterr().err
    np.testing.assert_array_equal(joined(tmp_path / "v"), EXPECTED)


def test_the_example_of_the_page_runs(client, tmp_path, monkeypatch):
    monkeypatch.setattr("vsaviz.distributed.cluster", lambda _: nullcontext(client))
    names = run_page("docs/scaling.md", tmp_path, monkeypatch, __name__="__main__")
    assert joined(names["folder"] / "vectors").shape == (3, 256)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("local:0", "a cluster is local"),
        ("tcp://127.0.0.1:1", "no Dask scheduler answers at tcp"),
    ],
)
def test_what_is_no_cluster_is_refused(name, message):
    with pytest.raises(InputError, match=message):
        clusters.cluster(name, wait=0.2).__enter__()
