"""Collections on disk in the app: what is offered, what is read of one, and what is found in all of it."""

import json
import re

import numpy as np
import pytest

from tests.test_app import app, choose, healthy, said, summary
from tests.test_reproduction import run
from vsaviz import InputError, JSONVectorizer, cli, nearest
from vsaviz.collection import Collection, Reader, offered
from vsaviz.collection.table import Table

N, D = 1_200, 96
SAMPLE = 1_000
PETS = [{"name": f"pet <b>{i % 700}</b>", "kind": ["cat", "dog", "*fish*"][i % 3], "n": i} for i in range(N)]
OPTION, FILE = "On disk: pets", "Given file"
ASK = "vsaviz/ui/ask.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with one collection, and much that is none to offer."""
    folder = tmp_path_factory.mktemp("server") / "collections"
    encoder = JSONVectorizer("map-i", D, 3, arrays="bag", idf=0.5, field_weights={"n": 0.5})
    Collection.create(folder / "pets", PETS, encoder)
    Collection.create(folder.parent / "secret", PETS[:3], JSONVectorizer(dimensions=64))
    (folder / "linked").symlink_to(folder.parent / "secret")
    (folder / ".hidden").mkdir()
    (folder / "within").mkdir()
    for place in (".hidden", "within"):
        (folder / place / "collection.json").write_bytes((folder / "pets/collection.json").read_bytes())
    (folder / "within" / "documents.lance").symlink_to(folder.parent / "secret" / "documents.lance")
    (folder / "empty").mkdir()
    return folder


@pytest.fixture
def served(folder, monkeypatch):
    """The folder, named to the app beside a small file, which is there first."""
    (folder / "file.json").write_text(json.dumps(PETS[:12]))
    monkeypatch.setenv("VSAVIZ_FILE", str(folder / "file.json"))
    monkeypatch.setenv("VSAVIZ_COLLECTIONS", str(folder))
    return folder


@pytest.fixture
def opened(served):
    """The app with a sample of the collection on the map."""
    at = app(OPTION)
    at.selectbox(key=f"on_disk_size pets {N}").select(SAMPLE).run()
    return healthy(at)


def disk(folder):
    """All files below a folder, and when each was written."""
    return {file: file.stat().st_mtime_ns for file in folder.rglob("*")}


def vectors_of(folder):
    return np.concatenate([vectors for _, vectors in Reader(folder / "pets").vectors()])


def hits(at):
    return lines(at, "in_all")


def lines(at, name):
    """The ids that are listed under a name, best first."""
    found = [one.label for one in at.button if re.fullmatch(rf"{name}_\d+", one.key or "")]
    return [int(re.match(r"\d+ \\#(\d+)", line)[1]) for line in found]


def captions(at):
    return " ".join(said(at, "vz-caption"))


# What is offered


@pytest.mark.parametrize(
    "name", ["..", ".", "", "../secret", "pets/../pets", "linked", "within", ".hidden", "\0"]
)
def test_nothing_but_a_direct_child_is_opened(folder, name):
    assert offered.offered_names(folder) == ["pets"]
    for asked in (name, str(folder.parent / "secret"), f"pets/{name}"):
        with pytest.raises(InputError, match="there is no collection"):
            offered.offered_path(folder, asked)


def test_a_name_that_is_no_child_is_refused_in_the_page(served):
    for name in ("../secret", "linked"):
        at = app(f"On disk: {name}")
        assert f"There is no collection {name!r} here" in said(at, "vz-notice vz-error")[0]
        assert at.selectbox(key="collection").value == FILE
    assert [one for one in at.selectbox(key="collection").options if "disk" in one] == [OPTION]


def test_nothing_is_seen_where_none_is_named_or_the_extra_is_missing(served, monkeypatch):
    at = app(FILE)
    assert [one for one in at.expander if "disk" in one.label]
    for change in (
        lambda: monkeypatch.setattr("vsaviz.ui.uploading.on_disk.find_spec", lambda _: None),
        lambda: monkeypatch.delenv("VSAVIZ_COLLECTIONS"),
    ):
        change()
        healthy(at.run())
        assert not [one for one in at.selectbox(key="collection").options if "disk" in one]
        assert not [one for one in at.expander if "disk" in one.label]


def test_the_list_says_what_there_is_and_opens_one(served):
    at = app(FILE)
    at.session_state["on_disk_list"] = True  # a browser keeps it open by itself
    at.run()
    assert re.search(rf"{N:,} documents, map-i, D={D}, written \d{{4}}-\d\d-\d\d", captions(at))
    at.button(key="on_disk_0").click().run()
    assert summary(healthy(at)).startswith(f"{N:,} documents")


def test_what_is_damaged_is_said_without_where_it_lies(tmp_path, monkeypatch):
    torn = tmp_path / "torn"
    Collection.create(torn, PETS[:3], JSONVectorizer(dimensions=64))
    monkeypatch.setenv("VSAVIZ_COLLECTIONS", str(tmp_path))
    (torn / "encoder.json.gz").unlink()
    for part in ("encoder.json.gz", "documents.lance"):
        (said_so,) = said(app("On disk: torn"), "vz-notice vz-error")
        assert f"torn/{part} cannot be read" in said_so
        assert str(tmp_path).strip("/") not in said_so
        for file in (torn / "documents.lance" / "_versions").iterdir():
            file.write_bytes(b"torn")


def test_the_command_names_the_folder_and_refuses_one_without_collections(folder, monkeypatch, capsys):
    seen = {}
    monkeypatch.setattr(cli.subprocess, "call", lambda _, **how: seen.update(how["env"]) or 0)
    assert cli.main(["app", "--collections", str(folder / "empty" / "..")]) == 0
    assert seen["VSAVIZ_COLLECTIONS"] == str(folder.resolve())
    assert cli.main(["app", "--collections", str(folder / "empty")]) == 2
    assert "vsaviz index" in capsys.readouterr().err


# What is read of one


def test_a_sample_is_shown_with_the_vectors_and_the_encoding_of_the_disk(opened, folder, monkeypatch):
    assert f"{SAMPLE:,} of {N:,} documents are shown: a random sample" in said(opened, "vz-notice")[0]
    assert "vectors as on disk" in summary(opened)
    assert [opened.selectbox(key=key).value for key in ("scheme", "arrays")] == ["map-i", "bag"]
    assert opened.select_slider(key="dimensions").value == D
    view = opened.session_state["_view"]
    sample = Reader(folder / "pets").sample(SAMPLE)
    assert view.documents == sample.documents
    assert view.ids[:3] == [f"#{number}" for number in sample.ids[:3]]
    np.testing.assert_array_equal(view.vectors, sample.vectors)
    made = run(next(one.value for one in opened.code if "Collection.open" in one.value), folder, monkeypatch)
    np.testing.assert_allclose(made["vectors"], view.vectors, atol=1e-6)


def test_opening_one_reads_neither_all_documents_nor_all_vectors_and_writes_nothing(served, monkeypatch):
    def fail(*_):
        raise AssertionError("all is read")

    before = disk(served / "pets")
    for name in ("texts", "rows_after", "ids"):
        monkeypatch.setattr(Table, name, fail)
    monkeypatch.setattr("vsaviz.ui.making.encode", fail)  # the vectors are there
    healthy(app(OPTION))
    assert disk(served / "pets") == before


def test_another_encoding_is_of_the_sample_alone_and_its_own_comes_back(opened, folder):
    opened.selectbox(key="scheme").select("hrr").run()
    assert f"The collection is encoded with map-i, D={D}" in captions(healthy(opened))
    assert "encoded in" in summary(opened)
    opened.button(key="own_encoding").click().run()
    assert "vectors as on disk" in summary(healthy(opened))


def test_weights_set_by_hand_count_upon_what_the_collection_has_learnt(opened, folder, monkeypatch):
    key = opened.session_state["_view"].loaded.key
    opened.session_state["_weights of fields"][key] = {"kind": 3.0}
    opened.run()
    view = opened.session_state["_view"]
    assert "encoded anew" in captions(healthy(opened))
    weights = {field.name: field.weight for field in view.vocabulary.fields.values()}
    assert (weights["kind"], weights["n"]) == (3, 0.5)  # the second is the collection's own
    made = run(next(one.value for one in opened.code if "Collection.open" in one.value), folder, monkeypatch)
    np.testing.assert_allclose(made["vectors"], view.vectors, atol=1e-6)


# What is found in all


def test_neighbours_in_all_are_those_of_every_vector_on_disk(opened, folder):
    before = disk(folder / "pets")
    choose(opened, 5)
    opened.session_state["in_all"] = True
    opened.run()
    row = int(opened.session_state["_view"].ids[5][1:])
    vectors = vectors_of(folder)
    expected = nearest(vectors[[row]], vectors, 10, exclude=[row])[0][0].tolist()
    assert hits(healthy(opened)) == expected
    outside = next(number for number in expected if f"#{number}" not in opened.session_state["_view"].ids)
    opened.button(key=f"in_all_{expected.index(outside)}").click().run()
    assert f"#{outside}" in " ".join(said(opened, "vz-heading"))
    assert json.dumps(PETS[outside]["name"]).strip('"') in " ".join(said(opened, "vz-tree"))
    assert "every vector compared" in captions(healthy(opened))
    assert disk(folder / "pets") == before


def test_a_pasted_document_is_found_in_all_by_the_encoder_of_the_collection(opened):
    opened.session_state["in_all"] = True
    opened.session_state["in_all_whose"] = "A pasted one"
    opened.run()
    opened.text_area(key="in_all_text").set_value(json.dumps(PETS[777])).run()
    assert hits(healthy(opened))[0] == 777
    opened.text_area(key="in_all_text").set_value('{"name": ').run()
    assert "the box, line 1" in said(opened, "vz-notice vz-error")[0]
    assert summary(opened)


# What is asked of all


def asked_of_all(opened, piece):
    """The page Ask with a piece of JSON, asked of the whole collection."""
    at = healthy(opened.switch_page(ASK).run())
    at.text_area(key="ask_text").set_value(json.dumps(piece)).run()
    at.session_state["ask_all"] = True
    return healthy(at.run())


def answers(at):
    return lines(at, "ask_all")


def test_a_piece_is_asked_of_all_and_not_of_the_sample_alone(opened, folder):
    before = disk(folder / "pets")
    kept = set(opened.session_state["_view"].loaded.on_disk.ids.tolist())
    outside = next(number for number in range(N) if number not in kept)
    at = asked_of_all(opened, {"n": outside})
    assert answers(at)[0] == outside
    headings = " ".join(said(at, "vz-heading"))
    assert f"Answers by share held 1,200 documents → {len(answers(at))} shown" in headings
    assert f"#{outside}" in headings
    assert json.dumps(PETS[outside]["name"]).strip('"') in " ".join(said(at, "vz-tree"))
    second = answers(at)[1]
    at.button(key="ask_all_1").click().run()
    assert f"#{second} read from the disk" in " ".join(said(healthy(at), "vz-heading"))
    assert disk(folder / "pets") == before


def test_filters_and_weights_are_those_of_all_too(opened):
    at = asked_of_all(opened, {"kind": "dog", "n": 600})
    next(area for area in at.text_area if area.key.startswith("where ")).set_value("n >= 590").run()
    found = answers(healthy(at))
    assert found[0] == 601
    assert min(found) >= 590
    assert {n % 3 for n in found} == {1}
    at.slider(key="ask_weight kind").set_value(0.0).run()
    found = answers(healthy(at))
    assert found[0] == 600
    assert min(found) >= 590


def test_a_weight_may_be_of_a_field_that_the_encoder_of_all_lacks(tmp_path, monkeypatch):
    encoder = JSONVectorizer("map-i", D).fit(PETS)
    documents = [pet | ({"late": pet["n"] % 5} if pet["n"] >= 600 else {}) for pet in PETS]
    Collection.create(tmp_path / "pets", documents, encoder)
    monkeypatch.setenv("VSAVIZ_COLLECTIONS", str(tmp_path))
    at = app(OPTION)
    at.selectbox(key=f"on_disk_size pets {N}").select(SAMPLE).run()
    at.selectbox(key="scheme").select("hrr").run()  # which is fitted to the sample, and knows the field
    at = asked_of_all(at, {"kind": "dog", "late": 3})
    at.slider(key="ask_weight late").set_value(2.0).run()
    assert len(answers(healthy(at))) == 10
    next(area for area in at.text_area if area.key.startswith("where ")).set_value("n < 100").run()
    assert min(answers(healthy(at))) < 100


def test_other_questions_are_not_for_all(opened):
    at = asked_of_all(opened, {"n": 1})
    at.segmented_control(key="way").set_value("Like a document, but …").run()
    assert not answers(healthy(at))


# Reading alone


def test_a_reader_writes_nothing_and_finds_what_a_collection_finds(tmp_path, monkeypatch):
    monkeypatch.setattr("vsaviz.collection.table.BLOCK", 32)
    encoder = JSONVectorizer(dimensions=64).fit(PETS[:300])
    collection = Collection.create(tmp_path / "pets", PETS[:280] + PETS[:20], encoder)
    before, state = disk(tmp_path), offered.state_of(tmp_path / "pets")
    reader, told = Reader(tmp_path / "pets"), []

    def found(one, **how):
        return [(hit.row, hit.similarity) for hit in one.search(PETS[7], 12, exact=True, **how)]

    without = [found(reader), found(reader, where="n < 5")]
    reader.nearest(encoder.transform(PETS[:1]), progress=told.append)
    assert (told[-1], disk(tmp_path), offered.state_of(tmp_path / "pets")) == (300, before, state)
    assert without == [found(collection), found(collection, where="n < 5")]
    assert (tmp_path / "pets" / "flat").is_dir()
    again = Reader(tmp_path / "pets")
    assert found(again) == without[0]
    assert again._searcher.flat is not None
    collection.append(PETS[7:8])
    assert offered.state_of(tmp_path / "pets") != state
    assert Reader(tmp_path / "pets")._searcher.flat is None  # it lacks the new one
    assert found(Reader(tmp_path / "pets")) == found(collection)
