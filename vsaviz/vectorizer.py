"""``JSONVectorizer``: JSON documents → unit vectors, as a scikit-learn transformer."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path as File
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from vsaviz import features, saved, schemes
from vsaviz.decode import Decoded, Decoder, Reconstruction, Reconstructor
from vsaviz.encoding import encode
from vsaviz.errors import InputError
from vsaviz.explain import Part, explain_parts
from vsaviz.features import Features, FeatureSettings, Field, Lines, Vocabulary
from vsaviz.features.meanings import name_of
from vsaviz.features.paths import Path, field_path
from vsaviz.groups import Difference, explain_group
from vsaviz.learning import FitState
from vsaviz.processes import encoded
from vsaviz.schemes import Scheme
from vsaviz.schemes.keyed import Floats


class JSONVectorizer(TransformerMixin, BaseEstimator):
    """Turn JSON documents into vectors of length 1 whose dot product is their similarity.

    Parameters
    ----------
    scheme
        The name of a binding scheme, one of ``vsaviz.schemes.names()``.
    dimensions
        D, the number of components; more is closer to the exact similarity.
    seed
        Another seed draws other, unrelated roles and atoms.
    arrays, numbers, strings, structure, idf, elsewhere, balance
    field_weights, field_settings, weights, keep_values
        How documents become weighted features: see ``vsaviz.FeatureSettings``. ``field_weights=None`` and
        ``field_settings=None`` keep what is chosen from the data, which ``fields_`` shows;
        ``{"name": 2.0}`` and ``{"name": {"structure": 0.3, "idf": 1.0}}`` decide otherwise.
    n_jobs
        How many processes ``transform`` takes, as everywhere in scikit-learn: None for one, −1 for one on
        each processor. They start once, with the first call, and give the same vectors to 1e-6, or to the
        bit where the scheme is binary.

    Attributes
    ----------
    fields_
        A list of ``Field``: name, kind, documents, distinct values, weight, structure, idf, balance, and why.
    n_features_out_
        The number of columns.

    Examples
    --------
    >>> from vsaviz import JSONVectorizer
    >>> orders = [{"item": "red shirt", "price": 10}, {"item": "red skirt", "price": 12}, {"item": "a saw"}]
    >>> vectors = JSONVectorizer(dimensions=512).fit_transform(orders)
    >>> vectors.shape
    (3, 512)
    >>> bool(vectors[0] @ vectors[1] > vectors[0] @ vectors[2])
    True
    """

    def __init__(
        self,
        scheme: str = "mbat",
        dimensions: int = 1024,
        seed: int = 0,
        *,
        arrays: str = "soft",
        numbers: str = "quantile",
        strings: str | Callable[[list[str]], Any] = "words+ngrams",
        structure: float = 0.15,
        idf: float = 0.8,
        elsewhere: float = 0.25,
        balance: float = 0.33,
        field_weights: Mapping[str, float] | None = None,
        field_settings: Mapping[str, Mapping[str, float]] | None = None,
        weights: str = "similarity",
        keep_values: bool = True,
        n_jobs: int | None = None,
    ):
        self.scheme = scheme
        self.dimensions = dimensions
        self.seed = seed
        self.arrays = arrays
        self.numbers = numbers
        self.strings = strings
        self.structure = structure
        self.idf = idf
        self.elsewhere = elsewhere
        self.balance = balance
        self.field_weights = field_weights
        self.field_settings = field_settings
        self.weights = weights
        self.keep_values = keep_values
        self.n_jobs = n_jobs

    def fit(self, documents: Iterable[Any], y: object = None) -> Self:
        """Learn the fields, their scales, and how many documents have each feature.

        Raises
        ------
        InputError
            If there is no document, or one is not a JSON value.
        ValueError
            If a setting is not possible.
        """
        self._fit(documents)
        return self

    def partial_fit(self, documents: Iterable[Any] | FitState, y: object = None) -> Self:
        """Learn from more documents, beside those of earlier calls; or from what was learnt apart.

        As long as all documents fit into the sample of ``vsaviz.learning.FitState`` (20,000, of 32 MB of
        JSON), the encoder is the one that ``fit`` gives for all of them; beyond that it is fitted to a
        uniform sample, whose errors are stated there. Each call fits the sample anew: many documents at a
        time are faster. What ``fit`` learnt is not gone on from, since it keeps no documents.

        Raises
        ------
        InputError
            If there is no document yet, or one is not a JSON value.

        >>> from vsaviz import JSONVectorizer
        >>> vectorizer = JSONVectorizer().partial_fit([{"n": 1}, {"n": 2}]).partial_fit([{"n": 3}])
        >>> apart = FitState("another file").add([{"n": 9}])
        >>> vectorizer.partial_fit(apart).vocabulary_.n_documents
        4
        """
        scheme = self._scheme()
        known: FitState | None = getattr(self, "state_", None)
        if isinstance(documents, FitState):
            state = known.merged(documents) if known else documents.copy()
        else:
            state = (known.copy() if known else FitState()).add(_listed(documents))
        self.vocabulary_ = state.fit(self._settings())
        self.n_features_out_ = scheme.width
        self.state_ = state
        return self

    def fit_transform(self, documents: Iterable[Any], y: object = None) -> Floats:
        """Learn from the documents and return their vectors, float32 (n, width)."""
        scheme = self._scheme()
        return encode(self._fit(documents), scheme)

    def transform(self, documents: Iterable[Any]) -> Floats:
        """Return the documents' vectors, float32 (n, width), each of length 1.

        Only weights of 0 that the user chose can make a row of zeros.
        """
        check_is_fitted(self)
        whole = documents if isinstance(documents, Lines) else list(_listed(documents))
        scheme, vocabulary = self._scheme(), self.vocabulary_
        try:
            return _joined(list(encoded(vocabulary, scheme, whole, self.n_jobs)))
        except InputError:
            vocabulary.features(whole)  # says which of all documents it is
            raise

    def explain(self, one: Any, other: Any) -> list[tuple[str, float]]:
        """Return (field, contribution) of two documents: why they are alike, the largest first.

        The contributions sum to the cosine of their vectors. Where these are not plain sums of their
        parts, since bundling rounds them, the last one is what that makes up.

        >>> from vsaviz import JSONVectorizer
        >>> orders = [{"item": "red shirt", "price": 1}, {"item": "red skirt", "price": 2}, {"item": "a saw"}]
        >>> [field for field, _ in JSONVectorizer().fit(orders).explain(orders[0], orders[1])]
        ['item', 'price']
        """
        return [(part.field, part.contribution) for part in self.explain_parts(one, other)]

    def explain_parts(self, one: Any, other: Any) -> list[Part]:
        """Return the same with what is signal, in common in the exact kernel, and what is crosstalk."""
        check_is_fitted(self)
        return explain_parts(self.vocabulary_.features([one, other]), 0, 1, self._scheme())

    def explain_group(
        self, documents: Iterable[Any], rest_documents: Iterable[Any], most: int = 20
    ) -> list[Difference]:
        """Return which fields and values set some documents apart from the others, the largest effect first.

        See ``vsaviz.groups.explain_group``: effects with intervals, and only those beyond chance.
        """
        return explain_group(list(_listed(documents)), list(_listed(rest_documents)), most)

    def decode(self, vector: ArrayLike, path: str | Path, k: int = 5) -> list[Decoded]:
        """Return the k likeliest values at a path of the document of which this is the vector, best first.

        ``path`` is a field as ``fields_`` prints it, such as ``orders[].sku`` for some item of an array, or
        with a position, ``orders[0].sku``; or its tuple of roles. With ``keep_values=False`` atoms come back.

        Raises
        ------
        InputError
            If the documents had no such path (near ones are named), or the vector is none of this encoder.

        >>> from vsaviz import JSONVectorizer
        >>> orders = [{"item": "shirt", "price": 10}, {"item": "skirt", "price": 12}, {"item": "saw"}]
        >>> vectorizer = JSONVectorizer().fit(orders)
        >>> vectorizer.decode(vectorizer.transform([{"item": "saw", "price": 11}])[0], "item")[0].value
        'saw'
        """
        check_is_fitted(self)
        row = self._row(vector)
        steps = field_path(path) if isinstance(path, str) else path
        return Decoder(self.vocabulary_, self._scheme()).decode(row, steps, k)[0]

    def reconstruct(self, vector: ArrayLike) -> Reconstruction:
        """Return the whole document of which this is the vector, each leaf with how likely it is right.

        It is read from the vector and the fitted vocabulary alone, which must keep values and weigh records:
        ``weights="record"``. To read many vectors, ``vsaviz.decode.Reconstructor`` prepares only once.

        Raises
        ------
        InputError
            If the vector is none of this encoder, or this encoder's vectors cannot be read back as a whole.

        >>> from vsaviz import JSONVectorizer
        >>> orders = [{"item": "shirt", "tags": ["red", "new"]}, {"item": "saw", "tags": ["new"]}]
        >>> vectorizer = JSONVectorizer(weights="record").fit(orders)
        >>> vectorizer.reconstruct(vectorizer.transform(orders)[0]).document
        {'item': 'shirt', 'tags': ['red', 'new']}
        """
        check_is_fitted(self)
        return Reconstructor(self.vocabulary_, self._scheme()).read(self._row(vector))

    def _row(self, vector: ArrayLike) -> Floats:
        row = np.asarray(vector, dtype=np.float32)
        if row.shape != (self.n_features_out_,):
            raise InputError(f"vector must have {self.n_features_out_} components, got shape {row.shape}")
        return row

    def encoding_params(self) -> dict[str, Any]:
        """Return the parameters on which vectors depend: all but ``n_jobs``."""
        return {name: value for name, value in self.get_params().items() if name != "n_jobs"}

    def save(self, file: str | File) -> None:
        """Write the fitted encoder to a plain JSON file, gzipped if its name ends in ``.gz``.

        ``JSONVectorizer.load`` reads it: no pickle is needed to share an encoder. Documents are not in it,
        but the values of fields are unless ``keep_values=False``; of a callable for strings only its name.

        Raises
        ------
        ValueError
            If the callable for strings has no name to be known by.
        """
        check_is_fitted(self)
        by_hand = self.field_weights and dict(self.field_weights)
        of_fields = self.field_settings and {name: dict(own) for name, own in self.field_settings.items()}
        settings = {**self.encoding_params(), "field_weights": by_hand, "field_settings": of_fields}
        if callable(self.strings):
            settings["strings"] = {"callable": _stated_name(self.strings)}
        saved.write(settings, self.vocabulary_, file)

    @classmethod
    def load(cls, file: str | File, strings: Callable[[list[str]], Any] | None = None) -> Self:
        """Return the encoder that ``save`` wrote: it gives the same vectors on any machine.

        If it was fitted with a callable for strings, the one of that name must be given.

        Raises
        ------
        InputError
            If the file is no encoder of this version, or needs another callable; the message says what is
            wrong and where.
        """
        settings, state = saved.read(file, strings)
        try:
            vectorizer = cls(**settings)
            vectorizer.n_features_out_ = vectorizer._scheme().width
            vectorizer.vocabulary_ = Vocabulary(vectorizer._settings(), **state)
        except (TypeError, ValueError) as error:
            raise InputError(f"{File(file).name}, at /settings: {error}; save the encoder again") from error
        return vectorizer

    @classmethod
    def of(cls, vocabulary: Vocabulary, scheme: str = "mbat", dimensions: int = 1024, seed: int = 0) -> Self:
        """Return the encoder of a vocabulary that has been fitted already; nothing is learnt anew.

        >>> from vsaviz.features import FeatureSettings, fit
        >>> vocabulary, _ = fit([{"item": "shirt"}, {"item": "saw"}], FeatureSettings())
        >>> JSONVectorizer.of(vocabulary, dimensions=64).transform([{"item": "saw"}]).shape
        (1, 64)
        """
        of_fields: dict[str, dict[str, float]] = {}
        for name, setting, number in vocabulary.settings.field_settings:
            of_fields.setdefault(name, {})[setting] = number
        settings = {
            **vars(vocabulary.settings),
            "field_weights": dict(vocabulary.settings.field_weights) or None,
            "field_settings": of_fields or None,
        }
        vectorizer = cls(scheme, dimensions, seed, **settings)
        vectorizer.n_features_out_ = vectorizer._scheme().width
        vectorizer.vocabulary_ = vocabulary
        return vectorizer

    def _fit(self, documents: Iterable[Any]) -> Features:
        scheme = self._scheme()  # a wrong scheme or dimension should fail before the work
        if hasattr(self, "state_"):
            del self.state_
        self.vocabulary_, extracted = features.fit(_listed(documents), self._settings())
        self.n_features_out_ = scheme.width
        return extracted

    def _settings(self) -> FeatureSettings:
        return FeatureSettings(
            arrays=self.arrays,
            numbers=self.numbers,
            strings=self.strings,
            structure=self.structure,
            idf=self.idf,
            elsewhere=self.elsewhere,
            balance=self.balance,
            field_weights=tuple(sorted((self.field_weights or {}).items())),
            field_settings=tuple(
                sorted(
                    (name, setting, number)
                    for name, own in (self.field_settings or {}).items()
                    for setting, number in own.items()
                )
            ),
            weights=self.weights,
            keep_values=self.keep_values,
        )

    def _scheme(self) -> Scheme:
        return schemes.create(self.scheme, self.dimensions, self.seed)

    @property
    def fields_(self) -> list[Field]:
        """The table of fields, in the order of their names."""
        check_is_fitted(self)
        vocabulary: Vocabulary = self.vocabulary_
        return sorted(vocabulary.fields.values(), key=lambda field: field.name)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return the names of the columns: the scheme's name and their number."""
        check_is_fitted(self)
        return np.array([f"{self.scheme}{i}" for i in range(self._scheme().width)], dtype=object)

    def __sklearn_tags__(self) -> Any:
        """Say that documents are neither arrays nor need to be numbers."""
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        tags.input_tags.dict = True
        tags.requires_fit = True
        return tags


def _stated_name(strings: Callable[[list[str]], Any]) -> str:
    name = name_of(strings)
    if name == "<lambda>":
        raise ValueError("strings: a lambda has no name to save the encoder with; give a named function")
    return name


def _joined(blocks: list[Floats]) -> Floats:
    """Return the rows of all blocks, which are let go of one after the other."""
    if len(blocks) == 1:
        return blocks[0]
    rows = np.empty((sum(map(len, blocks)), blocks[0].shape[1]), blocks[0].dtype)
    start = 0
    for i, block in enumerate(blocks):
        rows[start : start + len(block)] = block
        start += len(block)
        blocks[i] = rows[:0]
    return rows


def _listed(documents: Iterable[Any]) -> Iterable[Any]:
    if isinstance(documents, dict | str | bytes):
        raise InputError(
            f"documents must be a list of JSON values, got one {type(documents).__name__}; put it in a list"
        )
    if hasattr(documents, "to_dict"):
        raise InputError(
            f"documents must be a list of JSON values, got a {type(documents).__name__}; "
            'give its rows: to_dict("records")'
        )
    return documents
