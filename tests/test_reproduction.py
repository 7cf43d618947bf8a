"""The Python that makes a view again: it runs, gives the same, and data in it stays data."""

import ast
import contextlib
import io
import json

import numpy as np
import pytest

from tests.test_app import PETS
from vsaviz import shipped
from vsaviz.encoding import encode
from vsaviz.features import FeatureSettings, fit
from vsaviz.neighbors import nearest
from vsaviz.project import project
from vsaviz.reproduction import Reproduced, Source, python_code
from vsaviz.schemes import create
from vsaviz.search.where import where_filters

HOSTILE = [
    '";import os;os.abort()#',
    "'''\n\"\"\"\\",
    "a\u2028b\nraise SystemExit",
    "{x}%s",
    "\u202e",
    "\ud800",
]


def run(code, folder=None, monkeypatch=None):
    if folder is not None:
        monkeypatch.chdir(folder)
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "view.py", "exec"), names)  # noqa: S102 - that is what people do with it
    return names


def test_the_code_gives_the_vectors_points_filters_and_neighbours_of_the_view(tmp_path, monkeypatch):
    (tmp_path / "it's.json").write_text(json.dumps({"data": {"items": PETS}}))
    settings = FeatureSettings(arrays="bag", field_weights=(("kind", 2.0),), idf=0.5)
    source = Source(files=("it's.json",), record_path="/data/items")
    where = ("n >= 3", 'kind in ["cat", "it\'s"]')
    view = Reproduced(source, "hrr", 128, 7, settings, "pca", where, focus=4, neighbors=3)
    made = run(python_code(view), tmp_path, monkeypatch)

    plain = FeatureSettings(arrays="bag", idf=0.5)  # as the app does: fitted once, weighed after
    vocabulary, features = fit(PETS, plain)
    features = vocabulary.weighing(features, {"kind": 2.0})[1]
    vectors = encode(features, create("hrr", 128, 7))
    np.testing.assert_allclose(made["vectors"], vectors, atol=1e-6)
    np.testing.assert_allclose(made["points"], project(vectors, "pca", 7), atol=1e-5)
    filters = where_filters(list(where))
    assert made["kept"] == [i for i, d in enumerate(PETS) if all(one.keeps(d) for one in filters)]
    np.testing.assert_array_equal(made["neighbors"], nearest(vectors[[4]], vectors, 3, exclude=[4])[0])


def test_shipped_collections_and_several_files_are_read_as_they_were(tmp_path, monkeypatch):
    made = run(python_code(Reproduced(Source("events"), "mbat", 64, 0, FeatureSettings())))
    assert made["documents"] == shipped.load("events").documents
    (tmp_path / "a.json").write_text(json.dumps(PETS[:5]))
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, PETS[5:])) + "\n{broken\n")
    source = Source(files=("a.json", "b.jsonl"), broken="leave out")
    made = run(python_code(Reproduced(source, "mbat", 64, 0, FeatureSettings())), tmp_path, monkeypatch)
    assert made["documents"] == PETS


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_values_of_data_are_nothing_but_texts_in_the_code(text):
    features = FeatureSettings(field_weights=((text, 0.5),), field_settings=((text, "idf", 1.0),))
    view = Reproduced(
        Source(files=(text, text), record_path=text), "mbat", 64, 0, features, "pca", (text,), focus=0
    )
    plain = Reproduced(
        Source(files=("a", "a"), record_path="a"),
        "mbat",
        64,
        0,
        FeatureSettings(field_weights=(("a", 0.5),), field_settings=(("a", "idf", 1.0),)),
        "pca",
        ("a",),
        focus=0,
    )
    code = python_code(view)
    assert code.isascii() or "\u2028" not in code
    harmless = ast.dump(ast.parse(python_code(plain))).replace("'a'", "TEXT")
    assert ast.dump(ast.parse(code)).replace(repr(text), "TEXT") == harmless
