"""The shipped collections are what their makers make, and neither trivial nor hopeless."""

import gzip
import json
import re
import statistics
import sys
from pathlib import Path

import numpy as np
import pytest

DATASETS = Path(__file__).parent.parent / "datasets"
sys.path.insert(0, str(DATASETS))  # its scripts are no package: they run from their folder

import make as script  # noqa: E402
import measure  # noqa: E402
from makers import MAKERS, molecular_graph  # noqa: E402
from makers.chance import items  # noqa: E402
from makers.molecule_terms import FAMILIES  # noqa: E402

from vsaviz.lab.votes import leave_one_out  # noqa: E402

each_collection = pytest.mark.parametrize("title", MAKERS)
SIZES = {"clinical": 1000, "molecules": 800, "variants": 1000, "products": 2000, "events": 1500}
SAMPLE = 250


@pytest.fixture(scope="module")
def shipped():
    """What each file holds, read once."""
    found = {}

    def read(title):
        if title not in found:
            packed = (DATASETS / f"{title}.json.gz").read_bytes()
            found[title] = json.loads(gzip.decompress(packed))
        return found[title]

    return read


def parts(content):
    return content["documents"], content["label"]["values"]


@each_collection
def test_a_file_is_what_its_maker_makes(title):
    packed = (DATASETS / f"{title}.json.gz").read_bytes()
    assert gzip.decompress(packed) == script.make(title).text()
    assert len(packed) < 1_000_000
    assert packed[4:8] == b"\0\0\0\0"  # no time in the header


@each_collection
def test_every_document_has_one_label(title, shipped):
    documents, labels = parts(shipped(title))
    assert len(documents) == len(labels) == SIZES[title]
    assert shipped(title)["name"] == title
    assert 6 <= len(set(labels)) <= 14


@each_collection
def test_no_field_states_the_label(title, shipped):
    documents, labels = parts(shipped(title))
    stated = re.compile(rf"\b({'|'.join(map(re.escape, set(labels)))})\b", re.IGNORECASE)
    said = [
        value
        for document in documents
        for _, value in measure.leaves(document)
        if isinstance(value, str) and stated.search(value)
    ]
    assert said == []


@each_collection
def test_ids_are_unique(title, shipped):
    documents, _ = parts(shipped(title))
    identifiers = [identifier(document) for document in documents]
    assert len(set(identifiers)) == len(documents)


def identifier(document):
    """The document's own id: of an event the first field of its shape that differs in every one."""
    keys = ("id", "sku", "request_id", "fingerprint", "audit_id", "trace_id", "run", "key")
    found = [document[key] for key in keys if key in document]
    found += [document[key]["id"] for key in ("payment", "deployment") if key in document]
    found += [document["kubernetes"]["pod"]] if "kubernetes" in document else []
    (only,) = found
    return only


@each_collection
def test_documents_are_rich(title, shipped):
    documents, _ = parts(shipped(title))
    columns = measure.fields(documents)
    assert statistics.median(sum(1 for _ in measure.leaves(d)) for d in documents) >= 25
    assert any(field.count("[]") >= 2 or "[]." in field for field in columns)  # nested arrays
    partly = [f for f, column in columns.items() if 0.05 < sum(map(bool, column)) / len(column) < 0.95]
    assert len(partly) >= 5  # missing fields
    texts = {v for column in columns.values() for vs in column for v in vs if isinstance(v, str)}
    assert sum(text.count(" ") >= 5 for text in texts) >= 100  # free text


@each_collection
def test_no_single_field_gives_the_label_away(title, shipped):
    documents, labels = parts(shipped(title))
    step = len(documents) // SAMPLE
    best, sampled = measure.best_field(documents[::step], labels[::step])
    assert sampled <= 0.7, best
    assert measure.field_accuracy(measure.fields(documents)[best], labels) <= 0.7, best


@each_collection
def test_the_default_encoding_finds_most_labels(title, shipped):
    assert 0.75 <= measure.default_accuracy(*parts(shipped(title))) <= 0.97


def test_known_molecules_have_their_known_masses():
    known = dict(entry.split(" ") for family in FAMILIES.values() for entry in items(family.known))
    masses = {name: molecular_graph.read(line).mass() for name, line in known.items()}
    table = {"caffeine": 194.19, "aspirin": 180.16, "cholesterol": 386.66, "diazepam": 284.74}
    assert {name: masses[name] for name in table} == table


@pytest.mark.parametrize(
    ("line", "message"),
    [("C(C)(C)(C)(C)C", "has 5 bonds"), ("CC1", "left open"), ("C%C", "cannot read")],
)
def test_impossible_molecules_are_refused(line, message):
    with pytest.raises(ValueError, match=message):
        molecular_graph.read(line)


def test_the_measure_agrees_with_a_plain_loop():
    draw = np.random.default_rng(5)
    similarity = np.abs(draw.integers(0, 8, (60, 60)) / 8)  # many ties
    similarity = (similarity + similarity.T) / 2
    labels = list("abc" * 20)
    right = 0
    for row, own in enumerate(labels):
        others = sorted((similarity[row, at] for at in range(60) if at != row), reverse=True)
        last = others[4]
        above = sum(score > last for score in others)
        votes = dict.fromkeys("abc", 0.0)
        for at in range(60):
            score = similarity[row, at]
            if at != row and score >= last:
                share = 1.0 if score > last else (5 - above) / others.count(last)
                votes[labels[at]] += score * share
        right += max(votes, key=votes.get) == own
    assert leave_one_out(similarity, labels) == pytest.approx(right / 60)
