"""Several files, archives, broken lines and the limits: what is read, what is left out, and who is told."""

import gzip
import io
import json
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from benchmarks import memory
from tests.test_app import app, bodies, choose, healthy, maps, said, summary, with_files
from vsaviz import InputError, read_json
from vsaviz.cli import main
from vsaviz.features import extract, vocabulary, walk
from vsaviz.ingest import LIMITS, BrokenParts, LimitError, Limits, parse, read_files
from vsaviz.jsontext import CONTROLS
from vsaviz.ui.tree import tree_html

LINES = b'{"n": 1}\n\n{"n": \n{"n": 3}\n[4\n{"n": 5}'


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return written.getvalue()


def broken(sources, **arguments):
    with pytest.raises(BrokenParts) as caught:
        read_files(sources, **arguments)
    return caught.value


# Broken lines


def test_broken_lines_are_counted_placed_and_refused():
    message = str(broken([("log.jsonl", LINES)]))
    assert message.startswith("log.jsonl: 2 of 5 lines are broken: line 3, column 7: ")
    assert "; line 5, column 3: " in message
    with pytest.raises(BrokenParts, match="2 of 5 lines"):
        read_json(LINES)


def test_the_others_can_be_read_and_what_is_left_out_is_known():
    assert read_json(LINES, broken="leave out") == [{"n": 1}, {"n": 3}, {"n": 5}]
    left_out = parse(LINES, broken="leave out").left_out
    assert (left_out.n, left_out.of) == (2, 5)
    assert parse(b"1\n2", broken="leave out").left_out is None


@given(st.lists(st.booleans(), min_size=3, max_size=40).filter(lambda good: sum(good) > len(good) / 2))
def test_whichever_lines_are_broken_the_others_are_read(good):
    lines = [b'{"row": %d}' % i if fine else b'{"row": ' for i, fine in enumerate(good)]
    text = b"\r\n".join(lines)
    rows = [i for i, fine in enumerate(good) if fine]
    assert [one["row"] for one in read_json(text, broken="leave out")] == rows
    if len(rows) < len(good):
        wrong = broken([("x", text)]).left_out[0]
        assert (wrong.n, wrong.of) == (len(good) - len(rows), len(good))
        assert wrong.reasons[0].startswith(f"line {good.index(False) + 1}, column ")
        assert len(wrong.reasons) == min(5, wrong.n)


@pytest.mark.parametrize(
    "text", [b"[1,\n2,\nx]", b'{"a": 1,\n"b": 2\n', b'{"a":1,}\n{"a":2}', b"{x}\n{y}\n{z}", b"[\n[1],\n[2]\n"]
)
def test_one_broken_document_is_not_taken_for_lines(text):
    with pytest.raises(InputError) as caught:
        read_json(text, broken="leave out")
    assert not isinstance(caught.value, BrokenParts)


# Several files


def test_documents_keep_the_name_of_their_file():
    files = read_files(
        [("a.json", b'{"items": [{"x": 1}, {"x": 2}]}'), ("b.jsonl", b"{}\n{}"), (None, b"[3]")]
    )
    assert files.documents() == (
        [{"x": 1}, {"x": 2}, {}, {}, 3],
        ["a.json"] * 2 + ["b.jsonl"] * 2 + ["input"],
    )
    assert files.left_out == ()


def test_a_broken_file_among_several_is_named_and_can_be_left_out():
    sources = [("good.json", b"[1]"), ("bad.json", b"[1,]"), ("empty.json", b"")]
    message = str(broken(sources))
    assert "bad.json, line 1, column 3: trailing comma" in message
    assert "empty.json: empty" in message
    files = read_files(sources, broken="leave out")
    assert files.documents() == ([1], ["good.json"])
    assert [one.name for one in files.left_out] == ["bad.json", "empty.json"]
    with pytest.raises(InputError, match=r"bad\.json.*empty\.json"):
        read_files(sources[1:], broken="leave out")


# ZIP archives


def test_members_of_an_archive_are_files_of_their_own():
    data = zipped(
        ("a.json", b'[{"n": 1}]'),
        ("deep/er/", b""),
        ("deep/er/b.jsonl", b'{"n": 2}\n{"n": 3}'),
        ("c.json.gz", gzip.compress(b'{"n": 4}')),
        ("no-ending", b' {"n": 5}'),
        ("../../etc/d.json", b'{"n": 6}'),
    )
    files = read_files([("all.zip", data)])
    documents, names = files.documents()
    assert [document["n"] for document in documents] == [1, 2, 3, 4, 5, 6]
    inner = ["a.json", "deep/er/b.jsonl", "deep/er/b.jsonl", "c.json.gz", "no-ending", "../../etc/d.json"]
    assert names == [f"all.zip/{name}" for name in inner]
    assert files.left_out == ()
    assert read_json(data) == documents


def test_what_was_never_json_is_left_out_and_named():
    strangers = [
        "__MACOSX/._a.json",
        ".DS_Store",
        "x/.git",
        "photo.png",
        "readme.txt",
        "inner.zip",
        "notes.txt",
    ]
    contents = [
        b"\0\5",
        b"\0",
        b"[",
        b"\x89PNG",
        b"see a.json",
        zipped(("b.json", b"1")),
        b"[citation needed]",
    ]
    files = read_files([("all.zip", zipped(("a.json", b"[1]"), *zip(strangers, contents, strict=True)))])
    assert files.documents()[0] == [1]
    assert [one.name for one in files.left_out] == [f"all.zip/{name}" for name in strangers]
    assert all(one.foreign for one in files.left_out)
    assert "extract it" in str(files.left_out[5])
    with pytest.raises(InputError, match=r"all\.zip/photo\.png: not JSON"):
        read_json(zipped_named("photo.png"))


def zipped_named(name):
    stream = io.BytesIO(zipped((name, b"\x89PNG")))
    stream.name = "all.zip"
    return stream


def test_a_broken_or_encrypted_member_can_be_left_out():
    data = bytearray(zipped(("a.json", b"[1]"), ("b.json", b"[2"), ("c.json", b"[3]"), ("d.json", b"[4]")))
    central = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 1)
    data[central + 8] |= 1  # the flag of encryption, of c.json
    wrong = broken([("all.zip", bytes(data))]).left_out
    assert [one.name for one in wrong] == ["all.zip/b.json", "all.zip/c.json"]
    assert "encrypted: extract it" in str(wrong[1])
    assert read_json(bytes(data), broken="leave out") == [1, 4]


def test_damaged_archives_are_refused_with_a_message():
    data = zipped(("a.json", b'{"text": "' + b"abc" * 200 + b'"}'))
    for cut in (4, 30, 60, len(data) - 30, len(data) - 1):
        with pytest.raises(InputError, match=r"^input: ZIP archive damaged or cut short"):
            read_json(data[:cut])
    wrong = bytearray(data)
    wrong[45] ^= 255
    with pytest.raises(InputError, match="damaged in the archive"):
        read_json(bytes(wrong))
    with pytest.raises(InputError, match="no files"):
        read_json(zipped())


def test_what_the_library_stumbles_over_is_refused():
    data = zipped(("a.json", b"[1]"))
    later = bytearray(data)
    later[data.index(b"PK\x01\x02") + 6] = 99  # the version that is needed
    with pytest.raises(InputError, match="version 9"):
        read_json(bytes(later))
    nameless = data.replace(b"a.json", b"\0.json")
    assert read_json(nameless) == [1]


# Limits

SMALL = 1 << 25


@pytest.mark.parametrize(
    ("limits", "data", "what"),
    [
        (Limits(bytes=1000), b"[" + b"1," * 600 + b"1]", "1,000 bytes: split"),
        (Limits(bytes=1000), gzip.compress(b" " * 2000 + b"1"), "1,000 bytes: split"),
        (
            Limits(bytes=1000),
            zipped(*[(f"{i}.json", b"[" + b" " * 300 + b"]") for i in range(4)]),
            "1,000 bytes",
        ),
        (Limits(values=100), b"[" + b"[]," * 60 + b"[]]", "100 values: split"),
        (Limits(values=100), b"0\n" * 101, "100 values: split"),
        (Limits(files=3), zipped(*[(f"{i}.json", b"1") for i in range(3)]), "3 files: join"),
        (Limits(expansion=50), gzip.compress(bytes(SMALL)), "50 times its size"),
        (Limits(expansion=50), zipped(("a.json", b" " * SMALL)), "50 times its size"),
        (Limits(depth=3), b"[[[[]]]]", "deeper than 3 levels: flatten or split"),
    ],
    ids=lambda given: (
        given if isinstance(given, str) else ""
    ),  # gzipped bytes hold the time of their making: they must not name the test
)
def test_each_limit_has_its_message_with_a_cure(limits, data, what):
    with pytest.raises(InputError, match=what) as caught:
        read_files([("x", data)], limits)
    assert str(caught.value).startswith("x")
    if "deeper" not in what:
        assert isinstance(caught.value, LimitError)
        assert "set VSAVIZ_LIMIT_" in str(caught.value)


def test_files_share_the_limits_and_nothing_is_left_out_because_of_them():
    nine = [(f"{i}.json", b"[" + b" " * 98 + b"]") for i in range(9)]
    assert len(read_files(nine, Limits(bytes=900)).parsed) == 9
    with pytest.raises(LimitError, match=r"8\.json: more than 899 bytes"):
        read_files(nine, Limits(bytes=899), broken="leave out")
    with pytest.raises(LimitError, match="more than 8 files"):
        read_files(nine, Limits(files=8), broken="leave out")


def test_a_list_of_too_many_files_is_not_even_read():
    data = zipped(("a.json", b"1")) + b"PK\x01\x02" * 11_000
    with pytest.raises(LimitError, match="more than 10,000 files"):
        read_json(data)


def test_limits_are_set_from_outside():
    assert Limits.of({}) == Limits()
    assert Limits.of({"VSAVIZ_LIMIT_BYTES": "4_000_000_000", "PATH": "x"}).bytes == 4_000_000_000
    for name in (one.name for one in fields(Limits)):
        assert getattr(Limits.of({f"VSAVIZ_LIMIT_{name.upper()}": "7"}), name) == 7
        assert f"set VSAVIZ_LIMIT_{name.upper()} higher" in str(LIMITS.error(name, "x"))
    for variable, text, message in (
        ("VSAVIZ_LIMIT_FILES", "many", "VSAVIZ_LIMIT_FILES must be a whole number, got 'many'"),
        ("VSAVIZ_LIMIT_FILES", "0", "files must be a whole number of at least 1, got 0"),
        ("VSAVIZ_LIMIT_FILE", "1", "VSAVIZ_LIMIT_FILE is no limit; there are: VSAVIZ_LIMIT_BYTES"),
        ("VSAVIZ_LIMIT_DEPTH", "501", "depth must be at most 500, got 501"),
    ):
        with pytest.raises(ValueError, match=message):
            Limits.of({variable: text})


def test_keys_by_the_hundred_thousand_are_within_the_limits():
    assert LIMITS.fields > memory.DISTINCT_KEYS
    assert LIMITS.places > memory.DISTINCT_KEYS


def test_places_fields_and_features_are_limited_where_they_are_made(monkeypatch):
    from vsaviz import JSONVectorizer

    documents = [{f"k{i}": i for i in range(100)}]
    monkeypatch.setattr(walk, "LIMITS", Limits(places=101))
    JSONVectorizer().fit(documents)
    monkeypatch.setattr(walk, "LIMITS", Limits(places=100))
    with pytest.raises(LimitError, match=r"documents 0 to 0: more than 100 different places.*LIMIT_PLACES"):
        JSONVectorizer().fit(documents)
    monkeypatch.setattr(walk, "LIMITS", LIMITS)
    monkeypatch.setattr(vocabulary, "LIMITS", Limits(fields=99))
    with pytest.raises(LimitError, match=r"more than 99 different fields.*VSAVIZ_LIMIT_FIELDS"):
        JSONVectorizer().fit(documents)
    monkeypatch.setattr(vocabulary, "LIMITS", LIMITS)
    monkeypatch.setattr(extract, "LIMITS", Limits(features=50))
    with pytest.raises(LimitError, match="more than 50 features: leave out documents"):
        JSONVectorizer().fit(documents)


# The command line


def test_the_command_line_skips_what_is_broken_when_told(tmp_path, capsys):
    path = tmp_path / "log.jsonl"
    path.write_bytes(LINES)
    assert main(["neighbors", str(path), "-k", "1"]) == 2
    assert "2 of 5 lines are broken" in (told := capsys.readouterr().err)
    assert told.endswith("go on without it: --skip-broken\n")
    assert main(["neighbors", str(path), "-k", "1", "--skip-broken"]) == 0
    shown = capsys.readouterr()
    assert "left out: log.jsonl: 2 of 5 lines are broken: line 3, column 7" in shown.err
    assert shown.out.split()[0] in ("1", "2")


# The app

PETS = [{"id": f"p{i}", "kind": ["cat", "dog"][i % 2], "n": i} for i in range(8)]


def lines(documents):
    return "\n".join(map(json.dumps, documents)).encode()


def test_the_page_promises_that_nothing_leaves():
    at = AppTest.from_file(Path(__file__).parent.parent / "app.py", default_timeout=120).run()
    assert any("Nothing leaves the machine" in text and "statistics are off" in text for text in said(at))
    config = (Path(__file__).parent.parent / ".streamlit" / "config.toml").read_text("utf-8")
    assert "gatherUsageStats = false" in config


def test_files_and_archives_are_one_collection_coloured_by_file():
    archive = zipped(
        ("in/b.json", lines(PETS[3:6])), ("readme.txt", b"<b>hello</b>"), ("c.jsonl", lines(PETS[6:]))
    )
    at = healthy(with_files(("a.jsonl", lines(PETS[:3])), ("<i>z</i>.zip", archive)))
    assert summary(at).startswith("8 documents")
    assert at.selectbox(key="color").value == "file"
    (note,) = said(at, "vz-notice")
    assert "Left out: <i>z</i>.zip/readme.txt." in note
    assert "<i>z</i>.zip/readme.txt: not JSON" in said(at, "vz-caption")
    shown = str(maps(at)[0])
    assert "a.jsonl" in shown
    assert "zip/in/b.json" in shown


def test_broken_lines_are_left_out_only_when_a_person_says_so():
    data = lines(PETS[:5]) + b'\n{"id": "<img src=x>\n{oh}\n' + lines(PETS[5:])
    at = with_files(("log.jsonl", data))
    assert not at.exception
    assert not summary(at)
    (error,) = said(at, "vz-notice vz-error")
    assert "Broken: 2 of 10 lines of log.jsonl." in error
    assert [text for text in said(at, "vz-caption") if text.startswith("line 6, column 20: ")]
    assert "Not read yet" in " ".join(said(at))
    at.button(key="without_broken").click().run()
    assert summary(healthy(at)).startswith("8 documents")
    at.selectbox(key="projection").set_value("pca").run()
    assert said(at, "vz-notice vz-warning") == ["!Left out: 2 of 10 lines of log.jsonl."]
    at = with_files(("log.jsonl", data + b"\n{}"), at=at)  # another upload is asked for anew
    assert "2 of 11 lines" in said(at, "vz-notice vz-error")[0]
    assert not summary(at)


def test_of_many_broken_lines_the_first_are_placed_and_the_others_counted():
    at = with_files(("log.jsonl", lines(PETS) + b"\n{x" * 7 + b"\n1"))
    assert "… and 4 more" in said(at, "vz-caption")
    at.button(key="without_broken").click().run()
    placed = [text for text in said(at, "vz-caption") if text.startswith("line ")]
    assert [text.split(",")[0] for text in placed] == [f"line {n}" for n in range(9, 14)]
    assert "… and 2 more" in said(at, "vz-caption")


def test_an_upload_is_hashed_and_parsed_once(monkeypatch):
    from vsaviz.ui.uploading import given, reading

    calls = []
    for module, name in ((given, "_digest"), (reading, "read_files")):
        made = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, made=made, **k: (calls.append(made), made(*a, **k))[1])
    at = with_files(("a.json", lines(PETS)), at=app("clinical"))
    assert len(calls) == 2
    at.run()
    at.selectbox(key="collection").set_value("clinical").run()
    at.selectbox(key="collection").set_value("Your files").run()
    assert summary(healthy(at)).startswith("8 documents")
    assert len(calls) == 2


DEEP = json.loads('{"d": [' * 240 + "1" + "]}" * 240)
NASTY = [
    {"id": "mixed", "v": [1, "1", True, None, {}, [], ""], "": {"": {" ": 2, "  ": 3}}},
    {"id": "keys", **{f"key {i}": i for i in range(1_000)}},
    {"id": "long", "v": "x" * 1_000_000},
    {"id": "deep", "v": DEEP},
    {"id": "huge", "v": 10**5000, "w": 2**64},
    {"id": "control \0\x1b[31m\x7f\u202egnp.exe", "a\0b\u202e": "line\nbreak\ufeff"},
    {"id": "<img src=x onerror=alert(1)>", "</details><b>": "![x](http://x/y.png) :rocket:"},
]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (
            0,
            [
                ">&quot;&quot;<",
                ">&quot;\xa0&quot;<",
                ">&quot;\xa0\xa0&quot;<",
                "{}",
                "[]",
                ">null<",
                ">true<",
            ],
        ),
        (1, ["{1001}", "801 more"]),
        (2, ["998,000 more characters"]),
        (3, ["nested deeper than is shown here"]),
        (4, ["5,001 digits", ">18446744073709551616<"]),
        (5, ["control \\u0000\\u001b[31m\\u007f\\u202egnp.exe", ">a\\u0000b\\u202e<", "line\\nbreak\\ufeff"]),
        (6, ["&lt;img src=x", "&lt;/details&gt;&lt;b&gt;", "![x](http://x/y.png) :rocket:"]),
    ],
)
def test_whatever_json_holds_is_shown(row, shown):
    tree = tree_html(NASTY[row])
    for text in shown:
        assert text in tree
    assert not CONTROLS.search(tree)


def test_a_file_of_oddities_can_be_walked_through():
    at = healthy(with_files(("odd.json", json.dumps(NASTY[:1] + NASTY[2:4] + NASTY[5:]).encode())))
    for row in range(5):
        assert not CONTROLS.search("".join(bodies(healthy(choose(at, row)))))
