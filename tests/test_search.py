"""Searching by a piece of JSON: the share of it that documents hold, against a plain loop over leaves."""

import copy
import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests import strategies
from vsaviz import FeatureSettings, Index, InputError, JSONVectorizer, schemes
from vsaviz.features.constants import PRESENT
from vsaviz.features.paths import key
from vsaviz.search.edits import edited

PEOPLE = [
    {
        "name": f"{first} {last}",
        "age": 20 + 3 * i + j,
        "home": {"city": city, "zip": 1000 + 7 * i},
        "tags": ["tall", "calm", "kind"][: (i + j) % 4],
        "open": i % 2 == 0,
    }
    for i, (first, city) in enumerate([("Ada", "Paris"), ("Bo", "Lyon"), ("Cy", "Ulm"), ("Di", "Bern")] * 3)
    for j, last in enumerate(["Abel", "Berger"])
]


def plain_shares(query, documents, vocabulary):
    """The oracle: of each leaf of the query the best of a document's leaves in the same field, added up.

    0 for documents that have no more than fields in common with the query, none of their values.
    """
    settings = replace(vocabulary.settings, weights="record", arrays="bag", balance=0.0, field_weights=())
    found = replace(vocabulary, settings=settings).features([query, *documents])
    L, T = found.L.toarray(), found.T.toarray().astype(np.float64)
    values = T * [found.atoms[atom] != PRESENT for atom in found.feature_atom]
    shares = []
    for document in L[1:]:
        held = whole = tells = 0.0
        for leaf in np.flatnonzero(L[0]):
            same_field = np.flatnonzero((document != 0) & (found.leaf_path == found.leaf_path[leaf]))
            held += L[0, leaf] * max((T[leaf] @ T[other] for other in same_field), default=0.0)
            whole += L[0, leaf] * T[leaf] @ T[leaf]
            tells += max((values[leaf] @ values[other] for other in same_field), default=0.0)
        shares.append(held / whole if tells else 0.0)
    return np.array(shares)


def shares(index, query, n):
    """What the index says of every document; those that hold nothing of a value are not found."""
    found = np.zeros(n)
    for hit in index.search(query, n):
        found[hit.row] = hit.similarity
    return found


def piece_of(document, draw):
    """A random part of a JSON value, arrays with some of their items."""
    if isinstance(document, dict) and document:
        names = draw.sample(sorted(document), draw.randint(1, len(document)))
        return {name: piece_of(document[name], draw) for name in names}
    if isinstance(document, list) and document:
        return [piece_of(item, draw) for item in draw.sample(document, draw.randint(1, len(document)))]
    return document


@given(strategies.collections, st.randoms(use_true_random=False))
def test_the_share_is_that_of_a_plain_loop(documents, draw):
    vectorizer = JSONVectorizer(dimensions=16).fit(documents)
    query = piece_of(draw.choice(documents), draw)
    expected = plain_shares(query, documents, vectorizer.vocabulary_)
    found = shares(Index(documents, vectorizer), query, len(documents))
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_the_share_is_that_of_a_plain_loop_in_nested_documents(orders):
    vectorizer = JSONVectorizer(dimensions=16).fit(orders)
    index, draw = Index(orders, vectorizer), random.Random(1)  # noqa: S311 - not for secrets
    for _ in range(20):
        one, other = draw.sample(orders, 2)
        query = {**piece_of(one, draw), "title": other["title"], "price": 17.5}
        query.pop("place", None)  # positions are names there, see below
        expected = plain_shares(query, orders, vectorizer.vocabulary_)
        np.testing.assert_allclose(shares(index, query, len(orders)), expected, atol=1e-6)


def test_without_arrays_the_share_is_the_product_of_features_in_full():
    documents = [{name: person[name] for name in ("name", "age", "home", "open")} for person in PEOPLE]
    vectorizer = JSONVectorizer(dimensions=16).fit(documents)
    query = {"name": "Ada Berger", "age": 33, "home": {"city": "Pariss"}}
    settings = FeatureSettings(arrays="bag", balance=0.0, weights="record")
    found = replace(vectorizer.vocabulary_, settings=settings).features([query, *documents])
    S = found.L.toarray().astype(np.float64) @ found.T.toarray()
    expected = S[1:] @ S[0] / (S[0] @ S[0])
    found = shares(Index(documents, vectorizer), query, len(documents))
    np.testing.assert_allclose(found[found > 0], expected[found > 0], atol=1e-6)
    assert (expected[found == 0] < 0.15 + 1e-6).all()  # the bare fields


@given(strategies.collections, st.randoms(use_true_random=False))
def test_who_holds_all_has_exactly_1_and_nobody_has_more(documents, draw):
    row = draw.randrange(len(documents))
    hits = Index(documents, JSONVectorizer(dimensions=16)).search(
        piece_of(documents[row], draw), len(documents)
    )
    found = {hit.row: hit.similarity for hit in hits}
    assert found[row] == 1
    assert all(0 < similarity <= 1 for similarity in found.values())
    for hit in hits:
        assert sum(share for _, share in hit.contributions) == pytest.approx(hit.similarity, abs=1e-9)
        assert hit.document is documents[hit.row]
        assert [share for _, share in hit.contributions] == sorted(
            (share for _, share in hit.contributions), reverse=True
        )


def test_what_else_a_document_holds_does_not_matter():
    vectorizer = JSONVectorizer(dimensions=16).fit(PEOPLE)
    query = {"home": {"city": "Pari"}, "tags": ["kind"], "age": 33}
    more = [{**person, "tags": [*person["tags"], "odd"], "more": {"of": ["it"] * 9}} for person in PEOPLE]
    n = len(PEOPLE)
    plain = shares(Index(PEOPLE, vectorizer), query, n)
    assert (plain > 0).sum() > 10
    with_more = shares(Index(more, vectorizer), query, n)
    others = [i for i, person in enumerate(PEOPLE) if person["tags"]]  # the bare field is new to the rest
    np.testing.assert_allclose(with_more[others], plain[others], atol=1e-9)


def test_the_order_of_documents_does_not_matter():
    order = np.random.default_rng(3).permutation(len(PEOPLE))
    vectorizer = JSONVectorizer(dimensions=16).fit(PEOPLE)
    query = {"name": "Ada Abel", "age": 41, "home": {"city": "Berne"}}
    plain = shares(Index(PEOPLE, vectorizer), query, len(PEOPLE))
    shuffled = shares(Index([PEOPLE[i] for i in order], vectorizer), query, len(PEOPLE))
    assert shuffled.tolist() == plain[order].tolist()


def test_near_values_are_nearer():
    index = Index(PEOPLE, JSONVectorizer())
    ages = [hit.document["age"] for hit in index.search({"age": 33.2}, 24)]
    assert ages[0] == 33
    assert max(abs(age - 33.2) for age in ages[:6]) < min([abs(age - 33.2) for age in ages[6:]], default=99)
    first = index.search({"home": {"city": "Pariss"}}, 1)[0]
    assert first.document["home"]["city"] == "Paris"
    assert 0.3 < first.similarity < 1


def test_several_near_items_do_not_add_up_to_the_right_one():
    many = [{"t": [i / 10, i / 10 + 30]} for i in range(300)]
    near = {"t": [12.1, 12.2, 12.3, 12.4, 12.6, 12.7, 12.8, 12.9], "w": ["reds", "redd", "reed"]}
    documents = [near, {"t": [12.5], "w": ["red"]}, *many]
    vectorizer = JSONVectorizer(dimensions=16).fit(documents)
    for query in ({"t": [12.5]}, {"w": ["red"]}):
        expected = plain_shares(query, documents, vectorizer.vocabulary_)
        found = shares(Index(documents, vectorizer), query, len(documents))
        np.testing.assert_allclose(found, expected, atol=1e-6)
        assert found[1] == 1
        assert 0.3 < found[0] < 1


def test_each_mention_counts():
    index = Index([{"t": ["red"]}, {"t": ["blue"]}], JSONVectorizer())
    once, twice = index.search({"t": ["red", "blue"]}, 2), index.search({"t": ["red", "blue", "blue"]}, 2)
    assert once[0].similarity == pytest.approx(once[1].similarity)
    assert (twice[0].row, twice[1].row) == (1, 0)
    assert twice[0].similarity > twice[1].similarity


def test_a_number_beyond_all_is_not_taken_for_the_largest():
    documents = [{"n": i} for i in range(50)]
    vectorizer = JSONVectorizer().fit(documents)
    index = Index(documents, vectorizer)
    far, farther = (index.search({"n": n}, 1)[0] for n in (60, 600))
    assert far.row == farther.row == 49
    assert 1 > far.similarity > farther.similarity > 0.15
    # In documents that came later the same number is found whole.
    assert Index([*documents, {"n": 600}], vectorizer).search({"n": 600}, 1)[0].similarity == 1


def test_positions_are_names_where_they_are_in_documents_and_open_in_lists_of_another_length():
    documents = [{"at": [i, 100 - i]} for i in range(40)]
    index = Index(documents, JSONVectorizer())
    assert index.search({"at": [7, 93]}, 1)[0].row == 7
    assert index.search({"at": [7, 93]}, 1)[0].similarity == 1
    assert index.search({"at": [93, 7]}, 1)[0].similarity < 0.6
    for item, row in ((7, 7), (93, 7)):
        assert (hit := index.search({"at": [item]}, 1)[0]).row == row
        assert hit.similarity == 1


def test_equal_shares_keep_the_order_of_documents():
    index = Index([{"a": "x"}] * 5, JSONVectorizer())
    assert [hit.row for hit in index.search({"a": "x"}, 3)] == [0, 1, 2]


def test_any_json_value_can_be_asked_for():
    documents = ["red", 1, True, None, {}, [], ["red"], {"": ""}]
    index = Index(documents, JSONVectorizer())
    for row, document in enumerate(documents):
        assert (hit := index.search(document, 1)[0]).row == row
        assert hit.similarity == 1


# what is not known


def test_unknown_fields_are_left_out_and_named():
    index = Index(PEOPLE, JSONVectorizer())
    hits = index.search({"home": {"citty": "Paris", "city": "Lyon"}}, 3)
    assert hits[0].similarity == 1
    assert hits.notes == ["no document has the field 'home.citty'; near: home.city, home.zip"]


def test_many_unknown_fields_are_counted():
    notes = Index(PEOPLE, JSONVectorizer()).search({f"x{i}": 1 for i in range(30)}).notes
    assert len(notes) == 12
    assert "20 more" in notes[10]
    assert "nothing is searched for" in notes[11]


@pytest.mark.parametrize("query", [{"citty": "Paris"}, {}, "Paris", [1], {"home": {"city": "§§§"}}, 3])
def test_a_query_of_which_nothing_is_known_finds_nothing_and_says_so(query):
    hits = Index(PEOPLE, JSONVectorizer()).search(query)
    assert hits == []
    assert hits.notes


def test_the_bare_presence_of_a_field_is_no_hit():
    hits = Index(PEOPLE, JSONVectorizer()).search({"home": {"city": "Lyon"}}, len(PEOPLE))
    assert {hit.document["home"]["city"] for hit in hits} == {"Lyon"}
    hits = Index([{"a": 1}, {"b": 2}], JSONVectorizer(structure=1.0)).search({"a": 5})
    assert [hit.row for hit in hits] == [0]


def test_values_of_which_nothing_is_known_are_named_and_lower_everybody():
    hits = Index(PEOPLE, JSONVectorizer()).search({"home": {"city": "§§§"}, "age": 20}, 1)
    assert hits.notes == ["no document has anything of \"§§§\" in 'home.city'"]
    assert hits[0].similarity == pytest.approx(0.15 / 2 + 1 / 2)


def test_a_value_where_there_are_arrays_is_told_to_be_an_item():
    notes = Index(PEOPLE, JSONVectorizer()).search({"tags": "kind"}).notes
    assert any("ask for items, in [ ]" in note for note in notes)


# weights and filters


def test_weights_multiply_what_fields_count():
    index = Index(PEOPLE, JSONVectorizer())
    query = {"age": 20, "home": {"city": "Bern"}}
    assert index.search(query, 1, weights={"age": 5})[0].document["age"] == 20
    assert index.search(query, 1, weights={"age": 0.2})[0].document["home"]["city"] == "Bern"
    hit = index.search(query, 1, weights={"age": 0})[0]
    assert hit.similarity == 1
    assert [name for name, _ in hit.contributions] == ["home.city"]
    assert index.search(query, weights={"age": 0, "home.city": 0}) == []
    expected = 3 * 0.85 / 4
    without_age = index.search({"age": 20}, 1)[0].document
    found = index.search(
        {"age": 20, "home": {"city": "§"}}, 1, weights={"age": 3}, where=f"age = {without_age['age']}"
    )
    assert found[0].similarity == pytest.approx(expected + 0.15)


def test_filters_come_before_similarity():
    index = Index(PEOPLE, JSONVectorizer())
    hits = index.search(
        {"home": {"city": "Paris"}},
        20,
        where=["age >= 30", "open = true"],
        without=[{"name": "berger"}, {"tags": ["kind"]}],
    )
    expected = [
        row
        for row, person in enumerate(PEOPLE)
        if person["age"] >= 30
        and person["open"]
        and "Berger" not in person["name"]
        and "kind" not in person["tags"]
        and person["home"]["city"] == "Paris"
    ]
    assert expected
    assert [hit.row for hit in hits if hit.similarity == 1] == expected
    left = [p for p in PEOPLE if p["age"] >= 30]
    assert hits.steps[:2] == [("all documents", 24), ("age >= 30", len(left))]
    left = [p for p in left if p["open"]]
    assert hits.steps[2] == ("open = true", len(left))
    left = [p for p in left if "Berger" not in p["name"]]
    assert hits.steps[3] == ('without {"name": "berger"}', len(left))


def test_filters_that_leave_nothing_say_how_many_each_left():
    hits = Index(PEOPLE, JSONVectorizer()).search({"age": 30}, where=["age > 30", "age < 30"])
    assert hits == []
    assert hits.notes == ["the filters leave nothing: 24 documents → 16 after age > 30 → 0 after age < 30"]


def test_a_schema_filters():
    schema = {"properties": {"tags": {"contains": {"const": "kind"}}}, "required": ["tags"]}
    hits = Index(PEOPLE, JSONVectorizer()).search({"open": True}, 24, where=schema)
    assert hits
    assert all("kind" in hit.document["tags"] for hit in hits)


# vectors


def test_vectors_propose_and_exact_scores_decide(orders):
    many = [{**copy.deepcopy(order), "copy": i} for i in range(12) for order in orders]
    vectorizer = JSONVectorizer(dimensions=256)
    vectors = vectorizer.fit_transform(many)
    exact, proposed = Index(many, vectorizer), Index(many, vectorizer, exact=False)
    query = {name: orders[4][name] for name in ("title", "items", "place", "id")}
    every = {hit.row: hit for hit in exact.search(query, len(many))}
    found = proposed.search(query, 5)
    assert len(found) == 5
    assert {hit.document["title"] for hit in found} == {orders[4]["title"]}
    toward = vectorizer.transform([query])[0]
    for hit in found:
        assert hit.similarity == every[hit.row].similarity
        assert dict(hit.contributions) == pytest.approx(dict(every[hit.row].contributions))
        assert hit.cosine == pytest.approx(float(vectors[hit.row] @ toward), abs=1e-5)
        assert every[hit.row].cosine is None


def test_few_documents_are_all_candidates():
    vectorizer = JSONVectorizer(dimensions=16)
    vectors = vectorizer.fit_transform(PEOPLE)
    query = {"age": 33, "home": {"city": "Bern"}}
    one = Index(PEOPLE, vectorizer, vectors=vectors).search(query)
    assert one == Index(PEOPLE, vectorizer, exact=False, vectors=vectors).search(query)
    assert all(hit.cosine is not None for hit in one)


# like


def test_this_one_but_in_another_city():
    index = Index(PEOPLE, JSONVectorizer())
    hits = index.like(0, {"home.city": "Bern"}, 6)
    assert {hit.document["home"]["city"] for hit in hits} == {"Bern"}
    assert PEOPLE[0]["home"]["city"] == "Paris"
    for hit in hits:
        assert sum(share for _, share in hit.contributions) == pytest.approx(hit.similarity, abs=1e-6)
    assert 0 not in [hit.row for hit in index.like(0, k=24)]
    assert index.like(PEOPLE[0], k=1)[0].row == 0


def test_alike_are_those_of_the_exact_kernel(orders):
    vectorizer = JSONVectorizer(dimensions=16).fit(orders)
    S = vectorizer.vocabulary_.features(orders).matrix()
    expected = (S @ S.T).toarray()[4]
    for exact in (True, False):
        hits = Index(orders, vectorizer, exact=exact).like(4, k=29)
        assert [hit.similarity for hit in hits] == pytest.approx(
            [expected[hit.row] for hit in hits], abs=1e-6
        )
        assert [hit.row for hit in hits[:3]] == [row for row in np.argsort(-expected) if row != 4][:3]
        assert sum(share for _, share in hits[0].contributions) == pytest.approx(hits[0].similarity, abs=1e-6)


def test_a_changed_field_is_arithmetic_on_vectors():
    """V(d) − V(its old city) + V(the new one) is the vector of the edited document."""
    vectorizer = JSONVectorizer(dimensions=256).fit(PEOPLE)
    vocabulary = vectorizer.vocabulary_
    scheme = schemes.create("mbat", 256)
    city = (key("home"), key("city"))

    def total(document, chosen):
        """The sum of a document's features, atom by atom, of those fields that are chosen."""
        found = vocabulary.features([document])
        S = (found.L @ found.T).toarray()[0]
        rows = np.zeros(256)
        for weight, path, atom in zip(S, found.feature_path, found.feature_atom, strict=True):
            if weight and chosen(found.fields[path]):
                row = scheme.atoms([found.atoms[atom]])
                for role in reversed(found.paths[path]):
                    row = scheme.bind(role, row)
                rows += weight * np.asarray(row, dtype=np.float64)[0]
        return rows

    changed = edited(PEOPLE[0], {"home.city": "Bern"})
    of_city = [total(document, lambda field: field == city) for document in (PEOPLE[0], changed)]
    arithmetic = total(PEOPLE[0], lambda _: True) - of_city[0] + of_city[1]
    expected = vectorizer.transform([changed])[0]
    np.testing.assert_allclose(arithmetic / np.linalg.norm(arithmetic), expected, atol=1e-5)
    assert np.linalg.norm(of_city[0]) > 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"a": 1}, {"a": 1, "b": [{"c": 2}, {"c": 3}]}),
        ({"b[].c": 9}, {"a": {"x": 0}, "b": [{"c": 9}, {"c": 9}]}),
        ({"b[1].c": 9}, {"a": {"x": 0}, "b": [{"c": 2}, {"c": 9}]}),
        ({"b[0]": "s", "a.y": None}, {"a": {"x": 0, "y": None}, "b": ["s", {"c": 3}]}),
        ({"new.key": 1}, {"a": {"x": 0}, "b": [{"c": 2}, {"c": 3}], "new": {"key": 1}}),
        ({"$": 5}, 5),
        ({}, {"a": {"x": 0}, "b": [{"c": 2}, {"c": 3}]}),
    ],
)
def test_edits(changes, expected):
    document = {"a": {"x": 0}, "b": [{"c": 2}, {"c": 3}]}
    before = json.dumps(document)
    assert edited(document, changes) == expected
    assert json.dumps(document) == before


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"a.b.c": 1}, "needs an object at a.b, found 1"),
        ({"a[]": 1}, r"needs an array at a, found \{"),
        ({"new[]": 1}, "needs an array at new, found null"),
        ({"l[2]": 1}, r"l\[2\] is not there, the array has 2 items"),
        ({"a..b": 1}, "from character 2"),
    ],
)
def test_edits_that_cannot_be_made_are_refused(changes, message):
    with pytest.raises(InputError, match=message):
        edited({"a": {"b": 1}, "l": [1, 2]}, changes)


# what goes in


def test_a_fitted_vectorizer_stays_as_it_is_and_another_is_fitted():
    fitted = JSONVectorizer(arrays="sequence", field_weights={"age": 0.0}).fit(PEOPLE)
    vocabulary, vectors = fitted.vocabulary_, fitted.transform(PEOPLE)
    assert Index(PEOPLE, fitted).search({"age": 20}, 1)[0].similarity == 1
    assert fitted.vocabulary_ is vocabulary
    np.testing.assert_array_equal(fitted.transform(PEOPLE), vectors)
    fresh = JSONVectorizer()
    Index(PEOPLE, fresh)
    assert len(fresh.fields_) == 7


def test_documents_may_be_others_than_those_of_the_fit():
    index = Index([{"new": {"field": "red shirt"}}, {"age": 1000}], JSONVectorizer().fit(PEOPLE))
    assert index.search({"new": {"field": "red shirt"}}, 1)[0].similarity == 1
    assert index.search({"age": 1000}, 1)[0].row == 1
    assert "near: age" in index.search({"name": "Ada"}).notes[0]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda index: index.search({"age": 1}, 0), ValueError, "k must be at least 1, got 0"),
        (lambda index: index.like(0, k=0), ValueError, "k must be at least 1, got 0"),
        (lambda index: index.search({"age": {1}}), InputError, "query, at /age: set is not a JSON type"),
        (lambda index: index.search({"age": 1}, weights={"agee": 1}), ValueError, "'agee'; near: age"),
        (lambda index: index.search({"age": 1}, weights={"age": -1}), ValueError, "0 or more, got -1"),
        (lambda index: index.search({"age": 1}, where="age"), InputError, "no predicate"),
        (lambda index: index.like(24), InputError, "between 0 and 23, got 24"),
        (lambda index: index.like(0, {"home.citty": "x"}), InputError, "'home.citty'; near: home.city"),
    ],
)
def test_bad_input_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call(Index(PEOPLE, JSONVectorizer(dimensions=16)))


@pytest.mark.parametrize(
    ("documents", "options", "message"),
    [
        ([], {}, "no documents"),
        ({"a": 1}, {}, "got a dict"),
        ("text", {}, "got a str"),
        ([{"a": 1}], {"vectors": np.zeros((2, 16))}, "2 vectors but 1 documents"),
        ([{"a": {1}}], {}, "set is not a JSON type"),
    ],
)
def test_what_is_no_collection_is_refused(documents, options, message):
    with pytest.raises(ValueError, match=message):
        Index(documents, JSONVectorizer(dimensions=16), **options)


@given(strategies.collections, strategies.values)
def test_any_query_of_any_collection_is_answered(documents, query):
    assume(len(documents) > 1)
    index = Index(documents, JSONVectorizer(dimensions=16))
    hits = index.search(query, 3)
    assert len(hits) <= 3
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)
    assert all(0 < hit.similarity <= 1 for hit in hits)
    if isinstance(query, int) and not isinstance(query, bool):
        return
    index.like(query, k=2)
