"""Python that makes a view again with the names of this package; what comes from data stands in quotes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from vsaviz.features import FeatureSettings

HEAD = '''"""A view of vsaviz, made again: vectors, places on the map, what the filters keep, neighbours."""
'''


@dataclass(frozen=True)
class Source:
    """Where documents come from: a shipped collection, one on disk, or files and where in them they lie."""

    collection: str | None = None
    files: tuple[str, ...] = ()
    record_path: str | None = None
    """None is the likeliest place."""
    broken: str = "refuse"
    """What becomes of lines and files that are no JSON: "refuse", or "leave out"."""
    on_disk: str | None = None
    """The name of a collection on disk."""
    sample: int = 0
    """Documents of the collection on disk."""
    sample_seed: int = 0
    learnt: bool = False
    """Whether features are as the collection on disk has learnt them; else they are fitted to the sample."""


@dataclass(frozen=True)
class Reproduced:
    """What a view depends on."""

    source: Source
    scheme: str
    dimensions: int
    seed: int
    features: FeatureSettings
    method: str = "pca"
    where: tuple[str, ...] = ()
    """Predicates, all of which must hold."""
    focus: int | None = None
    """The document whose neighbours are listed."""
    neighbors: int = 10


def python_code(view: Reproduced) -> str:
    """Return a script that defines documents, vectors, points and, where there are any, kept and neighbours.

    >>> source = Source(files=("orders.json",))
    >>> code = python_code(Reproduced(source, "mbat", 64, 0, FeatureSettings()))
    >>> 'read_json("orders.json")' in code.replace("'", '"')
    True
    """
    names = ["JSONVectorizer", *["nearest"] * (view.focus is not None), "project"]
    imports = [f"from vsaviz import {', '.join(sorted([*names, _reader(view.source)], key=str.lower))}"]
    if view.source.learnt and view.features.field_weights:
        imports.insert(0, "from dataclasses import replace\n")
    if view.where:
        imports.append("from vsaviz.search.where import where_filters")
    parts = [*imports, "", *_documents(view.source), "", *_vectors(view)]
    if view.where:
        parts += ["", *_kept(view.where)]
    if view.focus is not None:
        parts += ["", *_nearest(view.focus, view.neighbors)]
    return HEAD + "\n" + "\n".join(parts) + "\n"


def _reader(source: Source) -> str:
    if source.on_disk is not None:
        return "Collection"
    return "shipped" if source.collection else "read_json"


def _documents(source: Source) -> list[str]:
    if source.on_disk is not None:
        return [
            f"collection = Collection.open({source.on_disk!r})",
            f"documents = collection.sample({source.sample!r}, seed={source.sample_seed!r}).documents",
        ]
    if source.collection:
        return [f"documents = shipped.load({source.collection!r}).documents"]
    where = "" if source.record_path is None else f", record_path={source.record_path!r}"
    where += "" if source.broken == "refuse" else f", broken={source.broken!r}"
    if len(source.files) == 1:
        return [f"documents = read_json({source.files[0]!r}{where})"]
    return [
        f"files = {list(source.files)!r}",
        f"documents = [document for file in files for document in read_json(file{where})]",
    ]


def _vectors(view: Reproduced) -> list[str]:
    made = _learnt(view) if view.source.learnt else _fitted(view)
    return [
        *made,
        f"points = project(vectors, method={view.method!r}, seed={view.seed!r})",
    ]


def _fitted(view: Reproduced) -> list[str]:
    return [
        "vectorizer = JSONVectorizer(",
        *(f"    {name}={value!r}," for name, value in _settings(view).items()),
        ")",
        "vectors = vectorizer.fit_transform(documents)",
    ]


def _learnt(view: Reproduced) -> list[str]:
    weights = dict(view.features.field_weights)
    change = [
        f"field_weights = {weights!r}",
        "plain = replace(vocabulary, settings=replace(vocabulary.settings, field_weights=()))",
        "vocabulary, _ = plain.weighing(vocabulary.features(documents), field_weights)",
    ]
    settings = f"{view.scheme!r}, {view.dimensions!r}, {view.seed!r}"
    return [
        "vocabulary = collection.vectorizer.vocabulary_",
        *(change if weights else []),
        f"vectorizer = JSONVectorizer.of(vocabulary, {settings})",
        "vectors = vectorizer.transform(documents)",
    ]


def _settings(view: Reproduced) -> dict[str, object]:
    """Return every setting of the encoder, also those that are as usual: what is usual may change."""
    own = {field.name: getattr(view.features, field.name) for field in fields(view.features)}
    by_field: dict[str, dict[str, float]] = {}
    for name, setting, number in view.features.field_settings:
        by_field.setdefault(name, {})[setting] = number
    return {
        "scheme": view.scheme,
        "dimensions": view.dimensions,
        "seed": view.seed,
        **own,
        "field_weights": dict(view.features.field_weights) or None,
        "field_settings": by_field or None,
    }


def _kept(where: Sequence[str]) -> list[str]:
    return [
        "where = [",
        *(f"    {predicate!r}," for predicate in where),
        "]",
        "filters = where_filters(where)",
        "kept = [",
        "    row for row, document in enumerate(documents) if all(one.keeps(document) for one in filters)",
        "]",
    ]


def _nearest(focus: int, k: int) -> list[str]:
    return [
        f"row = {focus!r}",
        f"neighbors, cosines = nearest(vectors[[row]], vectors, k={k!r}, exclude=[row])",
        "for neighbor, cosine in zip(neighbors[0], cosines[0]):",
        '    print(f"{cosine:.2f}", documents[neighbor])',
    ]
