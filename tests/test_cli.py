"""The command line: results on standard output or in the file, everything else on standard error."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from vsaviz import Index, JSONVectorizer, cli, nearest, schemes

DOCUMENTS = [
    {"id": f"p-{i}", "kind": ["bird", "fish", "tree"][i % 3], "n": i, "tags": ["x", "y"][: i % 3]}
    for i in range(12)
]
NEAREST = [DOCUMENTS[i]["id"] for i in (3, 6, 9)]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pets.json"
    path.write_text(json.dumps(DOCUMENTS))
    return path


@pytest.fixture
def run(capsys):
    """Run a command; return its exit code, standard output and standard error."""

    def run(*arguments):
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as exit_of_parser:
            code = exit_of_parser.code
        return code, *capsys.readouterr()

    return run


def refused(result):
    """Return the one line that says what was wrong."""
    code, out, err = result
    assert code == 2
    assert out == ""
    complaints = [line for line in err.splitlines() if line.startswith("vsaviz")]
    assert len(complaints) == 1
    assert err.splitlines()[-1] == complaints[0]
    assert "Traceback" not in err
    return complaints[0]


# fields


def test_fields_says_what_each_is_taken_for_and_why(run, tmp_path):
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([{"n": i, "kind": "ab"[i % 2], "odd\x1bname": i / 7} for i in range(60)]))
    code, out, err = run("fields", path, "--weight", "kind=2.5")
    assert (code, err) == (0, "reading rows.json\n")
    head, *lines = out.splitlines()
    assert head.split() == [
        "name",
        "kind",
        "documents",
        "distinct",
        "weight",
        "structure",
        "idf",
        "balance",
        "why",
    ]
    assert len(lines) == 3
    assert "\x1b" not in out
    assert any(line.split()[:5] == ["n", "row", "number", "60", "60"] and "→ 0.1" in line for line in lines)
    code, out, _ = run("fields", path, "--json", "--weight", "kind=2.5")
    rows = {row["name"]: row for row in map(json.loads, out.splitlines())}
    assert rows["kind"]["weight"] == 2.5
    assert rows["kind"]["why"].endswith("; weight set by hand")
    assert rows["n"]["weight"] == 0.1


def test_a_weight_on_the_command_line_changes_neighbours(run, file):
    plain = run("neighbors", file, "--json")[1]
    weighed = run("neighbors", file, "--json", "--weight", "kind=0", "--weight", "tags[]=0")[1]
    assert plain != weighed
    expected = JSONVectorizer(field_weights={"kind": 0.0, "tags[]": 0.0}).fit_transform(DOCUMENTS)
    _, cosines = nearest(expected[:1], expected, 5, exclude=[0])
    found = [json.loads(line)["similarity"] for line in weighed.splitlines()]
    assert found == pytest.approx(cosines[0].tolist(), abs=1e-6)


@pytest.mark.parametrize("weight", ["kind", "kind=", "kind=much"])
def test_a_weight_that_is_no_number_is_refused(run, file, weight):
    code, out, err = run("fields", file, "--weight", weight)
    assert (code, out) == (2, "")
    assert f"must be FIELD=NUMBER, got '{weight}'" in err


@pytest.mark.parametrize(
    ("weight", "message"),
    [("kid=1", "no field 'kid' in these documents; near: kind"), ("kind=-1", "0 or more")],
)
def test_a_weight_that_is_not_possible_is_refused(run, file, weight, message):
    assert message in refused(run("neighbors", file, "--weight", weight))


# schemes


def test_schemes_prints_every_scheme_with_what_its_class_states(run):
    code, out, err = run("schemes")
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    assert head.split()[:3] == ["scheme", "vectors", "binding"]
    assert [line.split()[0] for line in lines] == schemes.names()
    code, out, err = run("schemes", "--json")
    rows = {row["scheme"]: row for row in map(json.loads, out.splitlines())}
    for name, kind in schemes.SCHEMES.items():
        assert (rows[name]["commutative"] == "yes") == kind.commutative
        assert rows[name]["a bind"] == kind.cost


# encode


def test_encode_writes_vectors_ids_and_settings(run, file, tmp_path):
    output = tmp_path / "v.npz"
    code, out, err = run("encode", file, "-o", output, "--dimensions", 128, "--scheme", "map-i", "--seed", 3)
    assert (code, out) == (0, "")
    assert "12 × 128" in err
    archive = np.load(output, allow_pickle=False)
    settings = json.loads(str(archive["settings"]))
    assert archive["ids"].tolist() == [document["id"] for document in DOCUMENTS]
    assert settings["source"] == "pets.json"
    assert (settings["scheme"], settings["dimensions"], settings["seed"]) == ("map-i", 128, 3)


def test_the_settings_of_an_archive_make_its_vectors_again(run, file, tmp_path):
    output = tmp_path / "v.npz"
    options = ("--arrays", "bag", "--numbers", "exact", "--strings", "words", "--weights", "record")
    run("encode", file, "-o", output, "--dimensions", 128, *options)
    archive = np.load(output, allow_pickle=False)
    settings = json.loads(str(archive["settings"]))
    del settings["source"]
    assert settings == settings | {
        "arrays": "bag",
        "numbers": "exact",
        "strings": "words",
        "weights": "record",
    }
    np.testing.assert_allclose(
        JSONVectorizer(**settings).fit_transform(DOCUMENTS), archive["vectors"], atol=1e-6
    )


# neighbors


def test_neighbors_prints_row_cosine_and_id_best_first(run, file):
    code, out, err = run("neighbors", file, "--row", 0, "-k", 3, "--dimensions", 512)
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert sorted(name for _, _, name in lines) == sorted(NEAREST)
    assert [DOCUMENTS[int(row)]["id"] for row, _, _ in lines] == [name for _, _, name in lines]
    cosines = [float(cosine) for _, cosine, _ in lines]
    assert cosines == sorted(cosines, reverse=True)
    assert "encoding 12 documents" in err


def test_neighbors_as_json_are_those_of_the_library(run, file):
    code, out, _ = run("neighbors", file, "--row", 4, "-k", 2, "--json", "--dimensions", 512)
    assert code == 0
    vectors = JSONVectorizer(dimensions=512).fit_transform(DOCUMENTS)
    rows, cosines = nearest(vectors[[4]], vectors, 2, exclude=[4])
    assert [json.loads(line) for line in out.splitlines()] == [
        {"row": row, "id": DOCUMENTS[row]["id"], "similarity": pytest.approx(cosine, abs=1e-5)}
        for row, cosine in zip(rows[0].tolist(), cosines[0].tolist(), strict=True)
    ]


def test_a_lone_document_has_no_neighbours_and_that_is_no_error(run, tmp_path):
    (tmp_path / "one.json").write_text('{"a": 1}')
    code, out, err = run("neighbors", tmp_path / "one.json", "-k", 1)
    assert (code, out) == (0, "")
    assert "no other document" in err


def test_an_id_of_several_lines_stays_on_one(run, tmp_path):
    names = ["a\nb", "c\x1b[2Jd", "e"]
    (tmp_path / "d.json").write_text(json.dumps([{"name": name} for name in names]))
    code, out, _ = run("neighbors", tmp_path / "d.json", "--row", 2, "-k", 2, "--dimensions", 64)
    assert code == 0
    assert len(out.splitlines()) == 2
    assert out.replace("\n", "").isprintable()


# search


def test_search_prints_row_share_id_and_why_best_first(run, file):
    code, out, err = run("search", file, '{"kind": "fish", "tags": ["x"], "n": 4}', "-k", 3)
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert lines[0][:3] == ["4", "1.0000", "p-4"]
    assert "kind" in lines[0]
    shares = [float(line[1]) for line in lines]
    assert shares == sorted(shares, reverse=True)
    assert err.splitlines() == ["reading pets.json", "12 documents"]


def test_search_as_json_is_that_of_the_library(run, file, tmp_path):
    schema = tmp_path / "schema.json"
    schema.write_text('{"properties": {"n": {"multipleOf": 2}}}')
    filters = ("--where", "n > 0", "--where", "n < 9", "--schema", schema, "--without", '{"id": "p-6"}')
    query = ("search", file, '{"kind": "bird", "n": 3, "sort": 1}', "--weight", "n=0.5", "--json")
    code, out, err = run(*query, *filters)
    assert code == 0
    expected = Index(DOCUMENTS, JSONVectorizer()).search(
        {"kind": "bird", "n": 3},
        5,
        where=["n > 0", "n < 9", {"properties": {"n": {"multipleOf": 2}}}],
        without={"id": "p-6"},
        weights={"n": 0.5},
    )
    assert [json.loads(line) for line in out.splitlines()] == [
        {
            "row": hit.row,
            "id": f"p-{hit.row}",
            "similarity": pytest.approx(hit.similarity),
            "contributions": [[name, pytest.approx(share, abs=1e-6)] for name, share in hit.contributions],
        }
        for hit in expected
    ]
    assert expected
    assert "12 documents → 11 after n > 0 → 8 after n < 9 → 4 after schema" in err
    assert "→ 3 after without" in err
    assert "no document has the field 'sort'" in err


def test_a_search_that_finds_nothing_says_why_and_is_no_error(run, file):
    code, out, err = run("search", file, '{"sort": "bird"}', "--where", "n > 99")
    assert (code, out) == (0, "")
    assert "'sort'; near: " in err
    assert "12 documents → 0 after n > 99" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("{'kind': 1}",), "query, line 1, column 2: strings and keys stand in double quotes"),
        (('{"kind": "fish"}', "--where", "n = fish"), "'n = fish': the value must be JSON"),
        (('{"kind": "fish"}', "--without", "{"), "--without, line 1, column"),
        (('{"kind": "fish"}', "--schema", "nowhere.json"), "nowhere.json"),
        (('{"kind": "fish"}', "--weight", "sort=1"), "no document has the field 'sort'"),
        (('{"kind": "fish"}', "-k", "0"), "-k must be at least 1, got 0"),
    ],
)
def test_a_search_that_cannot_be_done_is_refused(run, file, arguments, message):
    assert message in refused(run("search", file, *arguments))


def test_a_schema_that_is_no_object_is_refused(run, file, tmp_path):
    (tmp_path / "schema.json").write_text("[1]")
    complaint = refused(run("search", file, "{}", "--schema", tmp_path / "schema.json"))
    assert "schema.json: a JSON Schema is an object, got list" in complaint


# map


def test_map_writes_a_page_that_stands_alone(run, file, tmp_path):
    output = tmp_path / "m.html"
    code, out, err = run("map", file, "-o", output, "--color", "kind", "--dimensions", 128)
    assert (code, out) == (0, "")
    assert "m.html" in err
    page = output.read_text(encoding="utf-8")
    assert "Plotly.newPlot" in page
    assert len(page) > 1_000_000  # plotly itself is inside
    assert "<script src=" not in page
    for expected in ("bird (4)", "fish (4)", "tree (4)", "p-11"):
        assert expected in page


def test_a_field_to_colour_by_can_be_nested(run, file, tmp_path):
    output = tmp_path / "m.html"
    assert run("map", file, "-o", output, "--color", "tags[]", "--dimensions", 64)[0] == 0
    assert "x (8)" in output.read_text(encoding="utf-8")


def test_an_unknown_field_is_refused_with_those_that_there_are(run, file, tmp_path):
    message = refused(run("map", file, "-o", tmp_path / "m.html", "--color", "sort", "--dimensions", 64))
    assert "'sort'" in message
    assert "id, kind, n, tags, tags[]" in message
    assert not (tmp_path / "m.html").exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>"])
def test_a_map_of_hostile_names_runs_nothing(run, tmp_path, name):
    (tmp_path / "d.json").write_text(json.dumps([{"name": name, name: "x"}, {"name": "b", name: name}]))
    field = f'["{name}"]' if "." in name else name
    paths = ("map", tmp_path / "d.json", "-o", tmp_path / "m.html", "--dimensions", 64)
    code, _, err = run(*paths, "--color", "name")
    assert code == 0, err
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert name not in page
    assert field not in page


# what goes in


def test_gzipped_json_lines_are_read(run, tmp_path):
    lines = "\n".join(json.dumps(document) for document in DOCUMENTS)
    (tmp_path / "pets.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    code, out, _ = run("neighbors", tmp_path / "pets.jsonl.gz", "-k", 3, "--dimensions", 512)
    assert code == 0
    assert sorted(line.split()[-1] for line in out.splitlines()) == sorted(NEAREST)


def test_a_record_path_says_where_the_documents_lie(run, tmp_path):
    whole = {"items": [{"id": i} for i in range(9)], "users": [{"id": f"u-{i}"} for i in range(3)]}
    (tmp_path / "api.json").write_text(json.dumps(whole))
    arguments = ("neighbors", tmp_path / "api.json", "-k", 2, "--json", "--dimensions", 64)
    out = run(*arguments, "--record-path", "/users")[1]
    assert {json.loads(line)["id"] for line in out.splitlines()} == {"u-1", "u-2"}
    message = refused(run(*arguments, "--record-path", "/user"))
    assert "'/user'" in message
    assert "'/items'" in message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"a": 1},\n {"a": }]', "line 2, column 8"),
        ('{"a": 1}\n{"a": NaN}\n', "line 2, column 7"),
        ("", "empty"),
        ("[]", "no documents"),
    ],
)
def test_bad_input_is_refused_with_its_place(run, tmp_path, text, place):
    (tmp_path / "bad.json").write_text(text)
    for arguments in (
        ("neighbors",),
        ("encode", "-o", tmp_path / "v.npz"),
        ("map", "-o", tmp_path / "m.html"),
    ):
        message = refused(run(*arguments, tmp_path / "bad.json"))
        assert "bad.json" in message
        assert place in message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("neighbors", "nowhere.json"), "nowhere.json"),
        (("app", "nowhere.json"), "nowhere.json"),
        (("neighbors", "FILE", "--row", "12"), "between 0 and 11, got 12"),
        (("neighbors", "FILE", "--row", "-1"), "between 0 and 11, got -1"),
        (("neighbors", "FILE", "-k", "12"), "between 1 and 11"),
        (("neighbors", "FILE", "-k", "0"), "between 1 and 11"),
        (("neighbors", "FILE", "--dimensions", "3"), "3"),
        (("neighbors", "FILE", "--scheme", "mbat-haar", "--dimensions", "4096"), "2,048|2048"),
        (("encode", "FILE", "-o", "/nowhere/v.npz"), "/nowhere/v.npz"),
        (("map", "FILE", "-o", "/nowhere/m.html", "--dimensions", "64"), "/nowhere/m.html"),
        (("neighbors", "FILE", "--scheme", "hyper"), "hyper"),
        (("encode", "FILE"), "-o/--output"),
        ((), "COMMAND"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(run, file, arguments, message):
    complaint = refused(run(*(str(file) if argument == "FILE" else argument for argument in arguments)))
    assert any(part in complaint for part in message.split("|"))


def test_the_installed_command_keeps_its_two_outputs_apart(file):
    command = Path(sys.executable).with_name("vsaviz")
    arguments = [command, "neighbors", file, "-k", "2", "--json", "--dimensions", "64"]
    good = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert good.returncode == 0
    assert len([json.loads(line) for line in good.stdout.splitlines()]) == 2
    assert "encoding" in good.stderr
    as_module = [sys.executable, "-m", "vsaviz", "neighbors", "nowhere"]
    bad = subprocess.run(as_module, capture_output=True, text=True, timeout=60, check=False)
    assert refused((bad.returncode, bad.stdout, bad.stderr))
