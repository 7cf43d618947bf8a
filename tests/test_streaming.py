"""Streaming: blocks of a file, vectors as on one go, parts that outlive kills, and what is refused."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest

from vsaviz import JSONVectorizer, cli, kept_encoder, read_json
from vsaviz.errors import InputError
from vsaviz.learning import FitState
from vsaviz.streaming import Folder, Source, encode_file, joined, lines, pace, read_manifest, source, writing
from vsaviz.streaming.fitting import fitted
from vsaviz.streaming.lines import blocks, is_lines
from vsaviz.streaming.pace import Pace

DOCUMENTS = [
    {"id": f"p-{i}", "kind": ["bird", "fish", "tree"][i % 3], "n": i, "tags": ["x", "y é"][: i % 3]}
    for i in range(90)
]
VECTORIZER = JSONVectorizer(dimensions=64)


def text(documents=DOCUMENTS):
    """Lines as they come: blank ones, both ends of lines, none at the end."""
    ends = ["\r\n", *["\n\n"] * 6]
    rows = [json.dumps(one, ensure_ascii=bool(i % 2)) + ends[i % 7] for i, one in enumerate(documents)]
    return "".join(rows).rstrip("\n").encode()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pets.ndjson"
    path.write_bytes(text())
    return path


@pytest.fixture
def few(monkeypatch):
    """Blocks of seven documents, for which it does not pay to collect the garbage of a whole test run."""
    monkeypatch.setattr(pace, "gc", SimpleNamespace(collect=lambda: 0))
    monkeypatch.setattr(lines, "DOCUMENTS_AT_ONCE", 7)
    monkeypatch.setattr(source, "DOCUMENTS_AT_ONCE", 7)


def encoded(file, folder, rows=20, vectorizer=VECTORIZER, **how):
    return encode_file(Source(file), Folder(folder, rows=rows, **how), vectorizer)


def contents(folder):
    """What stands in a folder, by the names of its files."""
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir()) if one.name != "manifest.json"}


# blocks


@pytest.mark.parametrize("packed", [False, True])
def test_blocks_hold_what_reading_gives(packed, tmp_path, few):
    path = tmp_path / "x"
    data = b"\xef\xbb\xbf\n" + text()
    path.write_bytes(gzip.compress(data) if packed else data)
    found = list(blocks(path))
    assert [document for block in found for document in block.documents()] == DOCUMENTS == read_json(path)
    assert [len(block.lines) for block in found] == [7] * 12 + [6]
    shares = [block.share for block in found]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    for block in found:
        for line, offset, number in zip(block.lines, block.offsets, block.numbers, strict=True):
            assert data[offset:].startswith(line) or offset == 0
            assert data[:offset].count(b"\n") == number - 1
    for block in found:
        again = list(blocks(path, block.end))
        assert [one.lines for one in again] == [one.lines for one in found if one.place.row >= block.end.row]


def test_a_block_ends_with_many_bytes_too(file, monkeypatch):
    monkeypatch.setattr(lines, "BYTES_AT_ONCE", 200)
    found = list(blocks(file))
    assert max(sum(map(len, block.lines)) for block in found) < 200 + max(map(len, found[0].lines)) + 50
    assert sum(len(block.lines) for block in found) == len(DOCUMENTS)


@pytest.mark.parametrize(
    ("data", "lines_of_json"),
    [
        (b"1\n2", True),
        (b"\xef\xbb\xbf\n\n{}\n\n[1]\n", True),
        (b"[1]", False),
        (b"{}\n\n", False),
        (b'{"a":\n1}', False),
        (b"[\n1,\n2]", False),
    ],
)
def test_lines_are_known_by_content(data, lines_of_json, tmp_path):
    (tmp_path / "x").write_bytes(data)
    assert is_lines(tmp_path / "x") == lines_of_json


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a": 1}\n\n{"a": NaN}\n', r"x, line 3, column 7: JSON has no NaN"),
        (b"1\n" + b"[" * 600 + b"]" * 600, "line 2, column 501: nested deeper than 500"),
        (b"1\n2\n" + b"3" * 5000, "line 3: longer than 4,000 bytes"),
        (b"\n \n", "empty"),
        ("1\n2".encode("utf-16"), "UTF-16"),
        (gzip.compress(b"1\n" * 90_000, mtime=0)[:150], "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(data, message, tmp_path, monkeypatch):
    (tmp_path / "x").write_bytes(data)
    monkeypatch.setattr(lines, "LONGEST", 4000)
    with pytest.raises(InputError, match=message):
        encoded(tmp_path / "x", tmp_path / "v")
    assert not (tmp_path / "v").exists()


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.ndjson cannot be read: No such file"):
        encoded(tmp_path / "none.ndjson", tmp_path / "v")


# vectors


def test_streamed_vectors_are_those_of_one_go(file, tmp_path, few):
    vectorizer = JSONVectorizer("map-i", 64)
    manifest = encoded(file, tmp_path / "v", vectorizer=vectorizer)
    assert [part.rows for part in manifest.parts] == [21, 21, 21, 21, 6]
    assert manifest.finished
    found = joined(tmp_path / "v")
    assert isinstance(found, np.memmap)
    np.testing.assert_allclose(found, vectorizer.fit_transform(DOCUMENTS), atol=1e-6)
    table = pq.read_table(sorted((tmp_path / "v").glob("*.parquet")))
    assert table["row"].to_pylist() == list(range(90))
    assert table["id"].to_pylist() == [document["id"] for document in DOCUMENTS]
    for offset, document in zip(table["offset"].to_pylist(), DOCUMENTS, strict=True):
        assert json.loads(text()[offset:].split(b"\n")[0]) == document


def test_a_byte_for_each_component_is_near(file, tmp_path):
    encoded(file, tmp_path / "v")
    encoded(file, tmp_path / "w", kept="int8")
    exact, near = joined(tmp_path / "v"), joined(tmp_path / "w")
    assert 0 < np.abs(exact - near).max() <= np.abs(exact).max() / 250
    assert pq.read_schema(tmp_path / "w" / "part-00000.parquet").names == [
        "row",
        "id",
        "offset",
        "scale",
        "vector",
    ]


def test_other_json_is_streamed_while_it_is_small(tmp_path, few, monkeypatch):
    path = tmp_path / "pets.json"
    path.write_text(json.dumps({"data": {"items": DOCUMENTS}, "long": 10**30}, indent=1))
    encode_file(Source(path), Folder(tmp_path / "v", rows=20), VECTORIZER)
    encode_file(Source(path, "/data/items"), Folder(tmp_path / "w"), VECTORIZER)
    expected = VECTORIZER.fit_transform(DOCUMENTS)
    for name in ("v", "w"):
        np.testing.assert_allclose(joined(tmp_path / name), expected, atol=1e-6)
    monkeypatch.setattr(source, "WHOLE", 100)
    with pytest.raises(InputError, match="more than 100 bytes and not JSON Lines; write one document a line"):
        encoded(path, tmp_path / "x")


def test_beyond_the_sample_features_are_counted_over_all(file, few, monkeypatch):
    monkeypatch.setattr("vsaviz.streaming.fitting.FitState", lambda: FitState(most=30))
    said = []
    settings = JSONVectorizer(dimensions=64, numbers="exact", strings="exact", field_weights={"n": 0.0})
    documents = [{name: one[name] for name in ("id", "kind", "n")} for one in DOCUMENTS]
    file.write_bytes(text(documents))
    found = fitted(Source(file), settings, said.append).vocabulary_
    expected = settings.fit(documents).vocabulary_
    assert found.n_documents == 90
    assert any("learnt from 30 of 90 documents" in line for line in said)
    # Nothing is of a kind or on a scale here: what is counted does not hang on the sample.
    np.testing.assert_array_equal(found.keys, expected.keys)
    np.testing.assert_array_equal(found.frequencies, expected.frequencies)
    assert {field.documents for field in found.fields.values()} <= set(range(50, 91))
    assert all("measured on 30 of 90 documents" in field.why for field in found.fields.values())


# kills


@pytest.mark.parametrize(
    ("owner", "name", "after", "done", "rows"),
    [
        (writing.PartWriter, "write", 2, False, 0),
        (writing.PartWriter, "close", 3, False, 63),
        (writing.Manifest, "write", 3, False, 42),  # a part in place that is not in the manifest
        (writing.Manifest, "write", 5, True, 90),  # all but finished
    ],
)
def test_a_break_at_any_moment_changes_nothing(
    owner, name, after, done, rows, file, tmp_path, few, monkeypatch
):
    encoded(file, tmp_path / "whole")
    plain, calls = getattr(owner, name), []

    def breaking(self, *given):
        calls.append(name)
        if len(calls) <= after:
            return plain(self, *given)
        if done:
            plain(self, *given)
        raise KeyboardInterrupt

    broken_off(monkeypatch, owner, name, breaking, file, tmp_path / "v")
    begun = read_manifest(tmp_path / "v")
    assert not begun.finished
    assert begun.rows == rows
    with pytest.raises(InputError, match="is not finished"):
        joined(tmp_path / "v")
    assert encoded(file, tmp_path / "v") == read_manifest(tmp_path / "whole")
    assert contents(tmp_path / "v") == contents(tmp_path / "whole")


def broken_off(monkeypatch, owner, name, breaking, file, folder):
    """Encode, and break off where ``breaking`` does."""
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, breaking)
        with pytest.raises(KeyboardInterrupt):
            encoded(file, folder)


SCRIPT = """
import sys
from pathlib import Path
from vsaviz import JSONVectorizer
from vsaviz.streaming import Folder, Source, encode_file, lines
lines.DOCUMENTS_AT_ONCE = 40
encode_file(Source(Path(sys.argv[1])), Folder(Path(sys.argv[2]), rows=40), JSONVectorizer(dimensions=64))
"""


def test_killed_twice_no_row_is_lost_or_doubled(tmp_path, few, monkeypatch):
    path = tmp_path / "many.ndjson.gz"
    documents = [{**DOCUMENTS[i % 90], "n": i, "id": f"x{i}"} for i in range(600)]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, documents)).encode(), 1))
    command = [sys.executable, "-c", SCRIPT, str(path)]
    rows = []
    for least in (1, 6):
        process = subprocess.Popen([*command, str(tmp_path / "v")])
        while process.poll() is None and len(list((tmp_path / "v").glob("*.parquet"))) < least:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        rows.append(read_manifest(tmp_path / "v").rows)
    assert 0 <= rows[0] < rows[1] < 600
    subprocess.run([*command, str(tmp_path / "v")], check=True)
    monkeypatch.setattr(lines, "DOCUMENTS_AT_ONCE", 40)
    encoded(path, tmp_path / "w", rows=40)
    assert contents(tmp_path / "v") == contents(tmp_path / "w")
    table = pq.read_table(sorted((tmp_path / "v").glob("*.parquet")), columns=["row", "id"])
    assert table["row"].to_pylist() == list(range(600))
    assert table["id"].to_pylist() == [f"x{i}" for i in range(600)]


# what is refused


def test_another_input_or_encoder_is_refused(file, tmp_path, few, monkeypatch):
    def breaking(*_):
        raise KeyboardInterrupt

    broken_off(monkeypatch, writing, "names", breaking, file, tmp_path / "v")
    for vectorizer, message in (
        (JSONVectorizer(dimensions=128), "dimensions = 64, not 128"),
        (JSONVectorizer(dimensions=64, weights="record"), "weights = 'similarity', not 'record'"),
    ):
        with pytest.raises(InputError, match=f"was begun with {message}"):
            encoded(file, tmp_path / "v", vectorizer=vectorizer)
    with pytest.raises(InputError, match="was begun with kept = 'float32', not 'int8'"):
        encoded(file, tmp_path / "v", kept="int8")
    about = file.stat()
    file.write_bytes(text().replace(b"bird", b"wolf"))
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    with pytest.raises(InputError, match=r"begun with another input, pets.ndjson of [\d,]+ bytes"):
        encoded(file, tmp_path / "v")
    file.write_bytes(text())
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    other = JSONVectorizer(dimensions=64).fit(DOCUMENTS[:9])
    encoder = tmp_path / "v" / kept_encoder.NAME
    kept = encoder.read_bytes()
    other.save(encoder)
    with pytest.raises(InputError, match="is not the encoder of these vectors"):
        encoded(file, tmp_path / "v")
    encoder.write_bytes(kept)
    assert encoded(file, tmp_path / "v").finished


def test_a_finished_folder_is_left_as_it_is(file, tmp_path):
    first = encoded(file, tmp_path / "v")
    before = {one: one.stat().st_mtime_ns for one in (tmp_path / "v").iterdir()}
    assert encoded(file, tmp_path / "v") == first
    assert {one: one.stat().st_mtime_ns for one in (tmp_path / "v").iterdir()} == before


def test_a_folder_of_other_files_is_refused(file, tmp_path):
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "mine.txt").write_text("")
    with pytest.raises(InputError, match=r"holds other files, such as mine\.txt"):
        encoded(file, tmp_path / "v")
    with pytest.raises(InputError, match="is no folder of vectors"):
        joined(tmp_path / "v")


def test_an_input_that_changes_meanwhile_is_refused(file, tmp_path, few):
    def grow(_):
        file.write_bytes(text() + b"\n{}")

    with pytest.raises(InputError, match=r"pets\.ndjson changed while it was read"):
        encode_file(Source(file), Folder(tmp_path / "v", rows=7), VECTORIZER, grow)


def test_a_missing_part_is_refused(file, tmp_path, few, monkeypatch):
    manifest = encoded(file, tmp_path / "v")
    writing.replace(manifest, finished=False).write(tmp_path / "v")
    (tmp_path / "v" / "part-00001.parquet").unlink()
    with pytest.raises(InputError, match=r"part-00001.parquet is missing"):
        encoded(file, tmp_path / "v")


@pytest.mark.parametrize("data", [b"{}", b'{"format": "vsaviz vectors", "version": 1, "input": {"name": 1}}'])
def test_a_damaged_manifest_is_refused(data, tmp_path, file):
    (tmp_path / "v").mkdir()
    (tmp_path / "v" / "manifest.json").write_bytes(data)
    with pytest.raises(InputError, match="encode into a new folder"):
        encoded(file, tmp_path / "v")


# the command line, progress


def test_encode_and_join_on_the_command_line(file, tmp_path, capsys):
    folder, archive = tmp_path / "v", tmp_path / "v.npz"
    assert cli.main(["encode", str(file), "-o", f"{folder}/", "--dimensions", "64"]) == 0
    assert "wrote 90 × 64 to" in capsys.readouterr().err
    assert cli.main(["join", str(folder), "-o", str(archive)]) == 0
    found = np.load(archive, allow_pickle=False)
    assert cli.main(["encode", str(file), "-o", str(tmp_path / "w.npz"), "--dimensions", "64"]) == 0
    expected = np.load(tmp_path / "w.npz", allow_pickle=False)
    assert found["ids"].tolist() == expected["ids"].tolist()
    assert str(found["settings"]) == str(expected["settings"])
    np.testing.assert_allclose(found["vectors"], expected["vectors"], atol=1e-6)
    assert cli.main(["encode", str(file), "-o", f"{folder}/", "--dimensions", "32"]) == 2
    assert "was begun with dimensions = 64, not 32" in capsys.readouterr().err
    assert cli.main(["encode", str(file), "-o", str(tmp_path / "w.npz"), "--int8"]) == 2
    assert cli.main(["join", str(folder), "-o", str(tmp_path / "v.csv")]) == 2


def test_progress_has_rate_and_time_left():
    said, now = [], iter(range(0, 1000, 3))
    counted = Pace("encoding", said.append, every=5, clock=lambda: next(now))
    counted.begin(100, 0.5)  # at 0 and 3
    for n, share in ((110, 0.6), (120, 0.7), (150, 1.0)):
        counted(n, share)
    assert said == [
        "encoding: 120 documents, 2 a second, 14 s left",
        "encoding: 150 documents, 4 a second in 12 s",
    ]


def test_without_pyarrow_the_extra_is_named(tmp_path):
    code = "import sys; sys.modules['pyarrow'] = None\nimport vsaviz.streaming"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'vsaviz[stream]'" in run.stderr.splitlines()[-1]
    assert not Path(tmp_path, "v").exists()
