"""Collections on disk: what is written stays, what is found is exact, and what does not belong is refused."""

import gzip
import importlib
import json
import os
import sys

import numpy as np
import pytest

from benchmarks import kills
from tests.examples import run_page
from vsaviz import InputError, JSONVectorizer, cli, nearest
from vsaviz import kept_encoder as encoder
from vsaviz.collection import Collection, engine, manifest, writing
from vsaviz.collection import rows as rows_of
from vsaviz.collection.texts import as_text, from_text
from vsaviz.durable import write_durably
from vsaviz.search.where import where_filters

D = 64
KINDS = ["bird", "fish", "tree"]
DOCUMENTS = [
    {"name": f"pet {i % 97}", "kind": KINDS[i % 3], "n": i % 40, "tags": ["x", "y"][: i % 3]}
    for i in range(300)
]
NASTY = [
    {"a'); DROP TABLE documents; --": "' OR 1=1 --", "n": 1.0, "m": 1, "t": True, "z": -0.0, "e": 1e300},
    {"big": -(10**700), "deep": [[[{"": None}]]], "é": "東京都 \u0000 \x1b[2J 😀"},
    [1, "1", None, {}, [], ""],
    "text",
    None,
    2**63,
]


@pytest.fixture(scope="module")
def vectorizer():
    return JSONVectorizer(dimensions=D).fit(DOCUMENTS)


@pytest.fixture(scope="module")
def shared(tmp_path_factory, vectorizer):
    """A collection that is only read: the documents in two parts, and two of them once more."""
    collection = Collection.create(tmp_path_factory.mktemp("c") / "pets", DOCUMENTS[:200], vectorizer)
    collection.append(DOCUMENTS[200:] + DOCUMENTS[7:9])
    return collection


@pytest.fixture
def small(tmp_path, vectorizer):
    return Collection.create(tmp_path / "pets", DOCUMENTS[:30], vectorizer)


def all_of(collection):
    """Every id with its document and vector."""
    ids = np.concatenate([ids for ids, _ in collection.blocks()])
    pairs = list(collection.vectors())
    assert np.array_equal(ids, np.concatenate([one for one, _ in pairs]))
    return ids, list(collection), np.concatenate([vectors for _, vectors in pairs])


# What is written


@pytest.mark.parametrize("document", NASTY)
def test_documents_come_back_as_they_were(document):
    back = from_text(as_text(document))
    assert repr(back) == repr(document)


def test_documents_and_vectors_stand_in_the_order_of_insertion(shared, vectorizer):
    ids, documents, vectors = all_of(shared)
    assert len(shared) == 302
    assert ids.tolist() == list(range(302))
    assert documents == DOCUMENTS + DOCUMENTS[7:9]
    np.testing.assert_allclose(vectors, vectorizer.transform(documents), atol=1e-6)
    assert shared.documents([301, 0]) == [DOCUMENTS[8], DOCUMENTS[0]]


def test_what_was_appended_is_there_for_who_opens_it_next(small):
    added = small.append(iter(NASTY))
    assert list(added) == list(range(30, 36))
    again = Collection.open(small.folder)
    assert [as_text(one) for one in again.documents(added)] == [as_text(one) for one in NASTY]
    assert again.append([]) == range(36, 36)


def test_ids_are_never_given_twice(small):
    assert small.delete([28, 29, 29, 77]) == 2
    small.compact()
    again = Collection.open(small.folder)
    assert again.append(DOCUMENTS[:1]) == range(30, 31)
    assert again.delete(where=["n < 5", 'kind = "bird"']) == 3
    assert again.delete(where="n >= 0") == 26
    assert len(again) == 0
    assert again.append(DOCUMENTS[:1]) == range(31, 32)
    assert [hit.row for hit in again.search(DOCUMENTS[0])] == [31]


def test_what_cannot_be_deleted_is_refused(small):
    with pytest.raises(ValueError, match="one of them"):
        small.delete()
    with pytest.raises(InputError, match="whole numbers"):
        small.delete(["1) OR (1=1"])
    with pytest.raises(InputError, match="no document 99"):
        small.documents([1, 99])
    assert len(small) == 30


def test_a_document_that_is_not_json_is_named_and_nothing_is_kept(small, monkeypatch, vectorizer, tmp_path):
    monkeypatch.setattr(rows_of, "AT_ONCE", 8)
    bad = [*DOCUMENTS[:20], {"a": {1}}]
    with pytest.raises(InputError, match=r"^document 20, at /a: set"):
        small.append(bad)
    with pytest.raises(InputError, match=r"^document 20, at /a: set"):
        small.append(bad, vectors=np.zeros((21, D)), vectorizer=vectorizer)
    assert len(Collection.open(small.folder)) == len(small) == 30
    assert small.append(DOCUMENTS[:1]) == range(30, 31)
    with pytest.raises(InputError, match=r"^document 20"):
        Collection.create(tmp_path / "new", bad, vectorizer)
    with pytest.raises(InputError, match="creation was stopped"):
        Collection.open(tmp_path / "new")
    assert len(Collection.create(tmp_path / "new", bad[:20], vectorizer)) == 20


def test_a_folder_with_something_in_it_is_left_alone(small, tmp_path):
    with pytest.raises(InputError, match="is a collection already"):
        Collection.create(small.folder, DOCUMENTS)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "documents.lance").write_text("mine")
    with pytest.raises(InputError, match=r"not empty: there is 'documents.lance'"):
        Collection.create(tmp_path / "mine", DOCUMENTS)
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["documents.lance"]
    with pytest.raises(InputError, match="no collection"):
        Collection.open(tmp_path / "mine")


def test_progress_counts_documents(small, monkeypatch):
    monkeypatch.setattr(rows_of, "AT_ONCE", 8)
    told = []
    small.append(DOCUMENTS[:20], progress=told.append)
    assert told == [8, 16, 20]


# Searching


def test_exact_search_is_that_of_nearest(shared, vectorizer):
    _, _, vectors = all_of(shared)
    queries = vectorizer.transform([*DOCUMENTS[7:12], {"kind": "fish"}, {"unheard": "of"}])
    expected, similarities = nearest(queries, vectors, 12)
    found = shared.nearest(queries, 12, exact=True)
    assert [ids.tolist() for ids, _ in found] == expected.tolist()
    np.testing.assert_allclose([scores for _, scores in found], similarities, atol=1e-6)
    assert [ids.tolist() for ids, _ in (shared.nearest(queries[[i]], 12)[0] for i in range(7))] == [
        ids.tolist() for ids, _ in found
    ]


def test_equal_vectors_stand_in_the_order_of_insertion(tmp_path, vectorizer):
    vectors = vectorizer.transform(DOCUMENTS[:2])[[0, 1, 0, 1, 0]]
    ties = Collection.create(tmp_path / "ties", list(range(5)), vectorizer, vectors=vectors)
    ties.append([5, 6], vectors=vectors[:2], vectorizer=vectorizer)
    (found,) = ties.nearest(vectors[:1], 5)
    assert found[0].tolist() == [0, 2, 4, 5, 1]
    assert len(set(found[1][:4].tolist())) == 1


WHERE = ['kind = "fish"', ["n >= 30", "not tags exists"], ['name = "pet 96"', "n > 1"], "n < 0"]


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("exact", [True, False])
def test_filters_keep_what_they_keep_in_memory(shared, vectorizer, where, exact, monkeypatch):
    monkeypatch.setattr("vsaviz.collection.searcher.TRIED", 10)
    monkeypatch.setattr("vsaviz.collection.searcher.EACH", 2)
    _, documents, vectors = all_of(shared)
    kept = [i for i, one in enumerate(documents) if all(f.keeps(one) for f in where_filters(where))]
    hits = shared.search(DOCUMENTS[3], 6, where=where, exact=exact)
    (query,) = vectorizer.transform([DOCUMENTS[3]])
    order = sorted(kept, key=lambda row: (-round(float(np.float64(vectors[row]) @ query), 12), row))
    assert [hit.row for hit in hits] == order[:6]
    assert [hit.document for hit in hits] == [documents[row] for row in order[:6]]
    if len(hits.steps) > 1:  # all documents were read
        assert (hits.steps[0][1], hits.steps[-1][1]) == (302, len(kept))
    assert bool(hits.notes) == (not kept)


def test_search_leaves_out_what_holds_a_piece_and_refuses_what_is_wrong(shared):
    hits = shared.search(DOCUMENTS[3], 5, without={"kind": "bird"})
    assert {hit.document["kind"] for hit in hits} <= {"fish", "tree"}
    with pytest.raises(InputError, match="is no predicate"):
        shared.search(DOCUMENTS[3], where="age is 4")
    with pytest.raises(InputError, match=r"^query, at /a"):
        shared.search({"a": {1}})
    with pytest.raises(ValueError, match="k must be at least 1"):
        shared.search({}, 0)


def test_the_neighbours_of_a_document_are_others(shared):
    hits = shared.like(7, 3)
    assert hits[0].row == 300
    assert 7 not in [hit.row for hit in hits]
    assert len(hits) == 3


def test_asking_ranks_by_the_share_of_the_piece(shared):
    hits = shared.ask({"kind": "tree", "n": 5}, 4)
    assert [hit.row for hit in hits[:3]] == [5, 125, 245]
    assert [hit.similarity for hit in hits] == pytest.approx([1, 1, 1, hits[3].similarity])
    assert hits[3].similarity < 0.99
    assert {field for field, _ in hits[0].contributions} == {"kind", "n"}


@pytest.mark.parametrize("learnt", [33, 30], ids=["known to the encoder", "unknown"])
def test_a_weight_for_a_field_that_no_proposed_document_has_changes_nothing(tmp_path, learnt):
    documents = [{"kind": "bird", "n": i} for i in range(30)] + [{"kind": "fish", "fins": 2}] * 3
    fitted = JSONVectorizer(dimensions=D).fit(documents[:learnt])
    collection = Collection.create(tmp_path / "pets", documents, fitted)
    asked = {"kind": "bird", "fins": 2}
    found = [
        [
            (hit.row, hit.similarity)
            for hit in collection.ask(asked, 3, where='kind = "bird"', weights=weights)
        ]
        for weights in ({}, {"fins": 3.0})
    ]
    assert found[0] == found[1] != []
    with pytest.raises(ValueError, match="wings"):
        collection.ask(asked, 3, weights={"wings": 3.0})


def test_a_sample_follows_from_its_seed(shared):
    one, other = shared.sample(20, seed=1), shared.sample(20, seed=2)
    assert np.array_equal(one.ids, shared.sample(20, seed=1).ids)
    assert not np.array_equal(one.ids, other.ids)
    assert one.documents == shared.documents(one.ids)
    np.testing.assert_array_equal(one.vectors, all_of(shared)[2][one.ids])
    assert len(shared.sample(999).ids) == 302


def test_the_flat_copy_follows_the_table(small):
    query = DOCUMENTS[4]
    assert small.search(query, 1, exact=True)[0].row == 4
    small.delete([4])
    small.append([query])
    other = Collection.open(small.folder)
    for one in (small, other):
        rows = [hit.row for hit in one.search(query, 3, exact=True)]
        assert rows[0] == 30
        assert 4 not in rows
    (small.folder / "flat" / "vectors.f32").write_bytes(b"damaged")
    assert Collection.open(small.folder).search(query, 1)[0].row == 30


def test_the_index_finds_the_nearest_with_exact_similarities(tmp_path, vectorizer):
    collection = Collection.create(tmp_path / "pets", DOCUMENTS, vectorizer)
    built = collection.index()
    assert (built.documents, collection.about().indexed) == (300, 300)
    assert built.bytes > 0
    collection.append(DOCUMENTS[:20])  # found, though the index does not have them
    assert collection.about().indexed == 300
    queries = vectorizer.transform(DOCUMENTS[:40])
    shares = []
    found = collection.nearest(queries, 10)
    exactly = collection.nearest(queries, 10, exact=True)
    again = collection.nearest(queries, 10)  # the flat copy is at hand now, and says the same
    for one, other in zip(found, again, strict=True):
        np.testing.assert_array_equal(one, other)
    for (ids, scores), (exact, similarities) in zip(found, exactly, strict=True):
        _, at, there = np.intersect1d(ids, exact, return_indices=True)
        np.testing.assert_allclose(scores[at], similarities[there], rtol=0, atol=1e-12)
        assert (np.diff(scores) <= 0).all()
        shares.append(len(at) / 10)
    assert np.mean(shares) > 0.9
    collection.compact()
    assert Collection.open(collection.folder).about().indexed == 320
    assert collection.search(DOCUMENTS[3], 1)[0].document == DOCUMENTS[3]
    with pytest.raises(InputError, match="at least 256"):
        Collection.create(tmp_path / "few", DOCUMENTS[:9], vectorizer).index()


# What does not belong


def test_vectors_of_another_encoder_are_refused(small, vectorizer):
    other = JSONVectorizer(dimensions=D, seed=1).fit(DOCUMENTS)
    few = DOCUMENTS[:2]
    with pytest.raises(InputError, match="has vectors of the encoder"):
        small.append(few, vectors=other.transform(few), vectorizer=other)
    with pytest.raises(ValueError, match="must come with the encoder"):
        small.append(few, vectors=other.transform(few))
    with pytest.raises(ValueError, match=r"1 vectors but 2 documents|64 wide"):
        small.append(few, vectors=vectorizer.transform(few[:1]), vectorizer=vectorizer)
    with pytest.raises(InputError, match="must be 64 wide"):
        small.nearest(np.ones((1, 65)))
    assert len(Collection.open(small.folder)) == 30
    small.check(JSONVectorizer.load(small.folder / encoder.NAME))


def test_a_folder_put_together_wrongly_is_refused(small):
    file = small.folder / encoder.NAME
    saved = gzip.decompress(file.read_bytes())
    file.write_bytes(gzip.compress(saved.replace(b'"seed": 0', b'"seed": 1')))
    with pytest.raises(InputError, match="has the fingerprint"):
        Collection.open(small.folder).search({})
    mark = small.folder / manifest.NAME
    found = json.loads(mark.read_bytes())
    for wrong, message in [
        ({**found, "fingerprint": "0" * 32}, "the vectors were made by the encoder"),
        ({**found, "version": 99}, "has version 99"),
        ({**found, "next": -1}, "at /next"),
        ({}, "lacks"),
    ]:
        mark.write_text(json.dumps(wrong))
        with pytest.raises(InputError, match=message):
            Collection.open(small.folder)


def test_a_second_writer_waits_and_is_told(small, monkeypatch):
    monkeypatch.setattr(writing.writing.__wrapped__, "__defaults__", (0.05,))
    with writing.writing(small.folder), pytest.raises(InputError, match="another process is writing"):
        small.append(DOCUMENTS[:1])
    assert len(small.append(DOCUMENTS[:1])) == 1


def test_without_the_extra_its_name_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "lancedb", None)
    with pytest.raises(ImportError, match=r"pip install 'vsaviz\[collection\]'"):
        importlib.reload(engine)


def test_the_examples_of_the_documentation_run(tmp_path, monkeypatch):
    names = run_page("docs/collections.md", tmp_path, monkeypatch)
    assert names["added"].start == 300
    assert all(hit.document["price"]["EUR"] < 300 for hit in names["hits"])
    assert {hit.similarity for hit in names["share"]} == {1.0}


# Kills and power cuts


def test_all_files_have_reached_the_disk_before_a_call_returns(small, monkeypatch):
    synced = set()
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.add(os.fstat(handle).st_ino), real(handle)))
    before = {file.stat().st_ino for file in small.folder.rglob("*")}
    for act in (lambda: small.append(DOCUMENTS[:3]), lambda: small.delete([1]), small.compact):
        act()
        now = {file.stat().st_ino for file in small.folder.rglob("*") if file.name != writing.LOCK}
        assert now - before <= synced
        assert now - before
    assert (small.folder / "documents.lance" / "_versions").stat().st_ino in synced


def test_a_file_is_as_before_or_whole(tmp_path, monkeypatch):
    write_durably(tmp_path / "a", b"before")

    def full(_):
        raise OSError("full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_durably(tmp_path / "a", b"after")
    assert (tmp_path / "a").read_bytes() == b"before"


def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path):
    for trial in kills.trials(tmp_path, 3, seed=5):
        assert trial.acknowledged >= 1
        assert trial.complaints == []


# The command line


@pytest.fixture
def run(capsys):
    def run(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def files(tmp_path):
    parts = [tmp_path / "one.json", tmp_path / "two.ndjson"]
    parts[0].write_text(json.dumps([{"id": f"p-{i}", **one} for i, one in enumerate(DOCUMENTS[:20])]))
    parts[1].write_text("\n".join(json.dumps({"id": f"q-{i}", "kind": "stone", "n": i}) for i in range(5)))
    return parts


def test_index_creates_appends_and_tends(run, files, tmp_path):
    folder = tmp_path / "pets"
    code, out, err = run("index", files[0], "-o", folder, "--dimensions", D)
    assert (code, out) == (0, "")
    assert err.splitlines()[-1] == f"created {folder} with 20 documents"
    code, out, err = run("index", files[1], "-o", folder, "--compact")
    assert "added 5 documents of two.ndjson: there are 25" in err
    assert "compacted:" in err
    collection = Collection.open(folder)
    assert (len(collection), collection.about().dimensions) == (25, D)
    code, out, err = run("search", folder, '{"kind": "stone"}', "-k", 2, "--where", "n > 1", "--json")
    assert code == 0
    found = [json.loads(line) for line in out.splitlines()]
    assert [(one["row"], one["id"], one["similarity"]) for one in found] == [
        (22, "q-2", pytest.approx(1)),
        (23, "q-3", pytest.approx(1)),
    ]
    code, out, err = run("search", folder, '{"kind": "stone", "n": 4}', "-k", 1)
    assert out.split()[:3] == ["24", "1.0000", "q-4"]
    assert err.splitlines()[0] == "25 documents"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("index", "-o", "{new}"), "name a FILE"),
        (("index", "{file}", "-o", "{full}"), "is not empty"),
        (("index", "{file}", "-o", "{made}", "--seed", "3"), "has seed=0"),
        (("index", "-o", "{made}", "--approximate"), "at least 256"),
        (("search", "{full}", "{{}}"), "no collection"),
        (("search", "{made}", "{{}}", "--where", "n is 4"), "is no predicate"),
    ],
)
def test_the_command_line_says_what_is_wrong_in_one_line(
    run, files, tmp_path, vectorizer, arguments, message
):
    made = Collection.create(tmp_path / "made", DOCUMENTS[:5], vectorizer).folder
    names = {"file": files[0], "new": tmp_path / "new", "full": tmp_path, "made": made}
    code, out, err = run(*(one.format(**names) for one in arguments))
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("vsaviz: ")
    assert message in err.splitlines()[-1]
    assert "Traceback" not in err
