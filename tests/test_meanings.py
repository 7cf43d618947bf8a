"""Texts by a model: a small one of our own, whose synonyms are near."""

import numpy as np
import pytest
from sklearn.base import clone

from vsaviz import InputError, JSONVectorizer
from vsaviz.features import FeatureSettings, fit
from vsaviz.features.meanings import COMPONENTS, fit_meanings

TOPICS = {"car": 0, "automobile": 0, "vehicle": 0, "soup": 1, "broth": 1, "stew": 1, "violin": 2, "fiddle": 2}


class Model:
    """Places a text by its words' topics, a little apart where the words differ."""

    name = "topics"
    calls = 0

    def __call__(self, texts):
        self.calls += 1
        rows = np.zeros((len(texts), 12))
        for row, text in zip(rows, texts, strict=True):
            for word in text.split():
                row[TOPICS.get(word, 3)] += 1
                row[4 + list(TOPICS).index(word) if word in TOPICS else 11] += 0.1
        return rows


def documents(n=40):
    words = list(TOPICS)
    return [{"about": words[i % len(words)] + " " + words[(i * 3) % 8], "n": i % 5} for i in range(n)]


def cosines(vectorizer, *texts):
    rows = vectorizer.transform([{"about": text, "n": 1} for text in texts])
    return (rows @ rows.T)[0, 1:].tolist()


@pytest.mark.parametrize("scheme", ["mbat", "map-i", "bsc"])
def test_synonyms_are_near(scheme):
    plain = JSONVectorizer(scheme, 1024, structure=0.0, field_weights={"n": 0.0}).fit(documents())
    modelled = clone(plain).set_params(strings=Model()).fit(documents())
    synonym, other = cosines(modelled, "car", "automobile", "soup")
    assert synonym > 0.8
    assert other < 0.4
    assert cosines(plain, "car", "automobile")[0] < 0.3


def test_weights_are_signed_and_of_unit_length_and_few():
    model = Model()
    _, features = fit(documents(), FeatureSettings(strings=model, weights="record", structure=0.0))
    about = [features.paths[p][-1] == ("key", "about") for p in features.leaf_path]
    T = features.T.toarray()[about]
    np.testing.assert_allclose((T**2).sum(axis=1), 1, atol=1e-6)
    assert T.min() < -0.1
    assert {symbol[0] for symbol in features.atoms} >= {"meaning"}
    assert sum(symbol[0] == "meaning" for symbol in features.atoms) <= COMPONENTS
    assert model.calls == 2  # once to fit, once for all texts together


def test_at_most_64_components_of_what_varies_are_kept():
    rng = np.random.default_rng(0)
    wide = {f"text {i}": rng.normal(size=200) for i in range(150)}
    found = fit_meanings(lambda texts: np.array([wide[text] for text in texts]), wide)
    assert found.axes.shape == (COMPONENTS, 200)
    np.testing.assert_allclose(found.axes @ found.axes.T, np.eye(COMPONENTS), atol=1e-9)
    np.testing.assert_allclose(found.mean, np.mean(list(wide.values()), axis=0))
    same = fit_meanings(lambda texts: np.ones((len(texts), 5)), ["a", "b"])
    assert same.axes.shape == (0, 5)


def test_only_language_is_asked_for():
    asked = []

    def model(texts):
        asked.extend(texts)
        return np.array([[len(text), text.count("a"), 1.0] for text in texts])

    made = [
        {"when": f"2020-01-{i:02}", "url": f"https://a.org/{i}", "say": f"a{'b' * i}"} for i in range(1, 20)
    ]
    fit(made, FeatureSettings(strings=model))
    assert set(asked) == {document["say"] for document in made}


def test_texts_never_seen_and_none_at_all():
    vectorizer = JSONVectorizer(dimensions=64, strings=Model()).fit([{"n": i} for i in range(5)])
    rows = vectorizer.transform([{"about": "car"}, {"about": ""}])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    fitted = JSONVectorizer(dimensions=64, strings=Model()).fit(documents())
    together = fitted.transform([{"about": "car"}, {"new": "car soup"}])
    np.testing.assert_allclose(together[1], fitted.transform([{"new": "car soup"}])[0], atol=1e-6)


@pytest.mark.parametrize(
    "bad",
    [
        lambda texts: np.ones(len(texts)),
        lambda texts: np.ones((len(texts) + 1, 3)),
        lambda texts: np.full((len(texts), 3), np.nan),
        lambda texts: np.ones((len(texts), 0)),
    ],
)
def test_what_is_no_array_of_numbers_is_refused(bad):
    with pytest.raises(InputError, match=r"strings: <lambda> gave an array of shape .* must give"):
        fit(documents(), FeatureSettings(strings=bad))


def test_a_saved_encoder_keeps_the_name_and_asks_for_it(tmp_path):
    vectorizer = JSONVectorizer(dimensions=64, strings=Model()).fit(documents())
    file = tmp_path / "encoder.json"
    vectorizer.save(file)
    assert '"callable": "topics"' in file.read_text("utf-8")
    loaded = JSONVectorizer.load(file, strings=Model())
    np.testing.assert_allclose(loaded.transform(documents()), vectorizer.transform(documents()), atol=1e-6)
    with pytest.raises(InputError, match="fitted with the callable 'topics' for strings, and none was given"):
        JSONVectorizer.load(file)

    def other(texts):
        return Model()(texts)

    with pytest.raises(InputError, match="'other' was given; load it with strings="):
        JSONVectorizer.load(file, strings=other)


def test_a_lambda_cannot_be_saved(tmp_path):
    vectorizer = JSONVectorizer(dimensions=64, strings=lambda texts: Model()(texts)).fit(documents())
    with pytest.raises(ValueError, match="a lambda has no name to save the encoder with"):
        vectorizer.save(tmp_path / "encoder.json")
