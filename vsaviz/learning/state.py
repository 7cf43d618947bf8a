"""What fitting needs of documents that are seen once, apart and in any order."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Self

from vsaviz import strict_json
from vsaviz.errors import InputError
from vsaviz.features import FeatureSettings, Vocabulary, fit
from vsaviz.features.rules import joined
from vsaviz.features.walk import walk
from vsaviz.ingest.limits import LIMITS
from vsaviz.learning.frequencies import KEPT, Frequencies
from vsaviz.learning.sample import EVERY, MOST, MOST_BYTES, Drawn, Sample, drawn

LEAF_BYTES = 16
"""What a leaf counts beside its text where a document's JSON is not at hand."""


class FitState:
    """A mergeable summary of documents, from which an encoder is fitted.

    It is a uniform sample of at most ``most`` documents with ``most_bytes`` of JSON. As long as all documents
    fit in, what is fitted is what ``fit`` learns from all of them. Beyond that, with N of them in the sample:

    - shares of documents and of values, on which kinds and rules decide, are off by less than 1.4 / √N, and
      the rank of a knot of a scale by as much, each with a probability of 95 % (Dvoretzky, Kiefer, Wolfowitz,
      Massart 1990): 1 % for 20,000;
    - a field, or a feature, that a share p of all documents have is not in it with probability (1 − p)^N:
      it is encoded as one that was never seen. ``Frequencies`` counts features over all documents.

    Parameters
    ----------
    source
        What tells these documents from those of other states, such as a file's name. States that are merged
        must have different ones, or go on in rows.
    row
        The number of the first document in its source.
    limit
        Documents whose drawn number is not below it are left out from the start: what parts of something very
        large send each other stays small. The sample is the same if ``limit`` of all merged is smaller.

    Examples
    --------
    >>> one, other = FitState("a").add([{"n": 1}]), FitState("b").add([{"n": 2}])
    >>> one.merged(other).fit().n_documents
    2
    """

    def __init__(
        self,
        source: str = "",
        row: int = 0,
        *,
        most: int = MOST,
        most_bytes: int = MOST_BYTES,
        limit: int = EVERY,
    ):
        self.source = source
        self.row = row
        self.n_documents = 0
        self._sample = Sample(most, most_bytes, limit)

    def add(self, documents: Iterable[Any]) -> Self:
        """Take JSON values, and return the state.

        Raises
        ------
        InputError
            If one that comes into the sample is no JSON value.
        """
        for document in documents:
            number = drawn(self.source, self.row)
            if number < self._sample.limit:
                self._sample.offer(Drawn(number, self.source, self.row, _size(document), document))
            self._next()
        return self

    def add_lines(
        self,
        lines: Sequence[bytes],
        name: str = "input",
        numbers: Sequence[int] = (),
        offsets: Sequence[int] = (),
    ) -> Self:
        """Take documents as they stand on lines, unparsed, and return the state.

        The file's name, and the lines' numbers in it (from 1), are for messages. Where lines before are not
        counted, the bytes before each line stand for its row.
        """
        at = numbers or range(1, len(lines) + 1)
        rows = offsets or range(self.row, self.row + len(lines))
        for line, number, row in zip(lines, at, rows, strict=True):
            draw = drawn(self.source, row)
            if draw < self._sample.limit:
                kept = _Line(f"{name}, line {number}", line)
                self._sample.offer(Drawn(draw, self.source, row, len(line), kept))
            self._next()
        return self

    def _next(self) -> None:
        self.row += 1
        self.n_documents += 1

    def copy(self) -> "FitState":
        """Return the same, to go on from without changing this one."""
        return self.merged()

    def merged(self, *others: "FitState") -> "FitState":
        """Return the state of the documents of all; in whatever order, it is the same.

        Adding to it goes on in the rows of this one.
        """
        both = FitState(self.source, self.row, most=self._sample.most, most_bytes=self._sample.most_bytes)
        for one in (self, *others):
            both.n_documents += one.n_documents
            both._sample.merge(one._sample)
        return both

    @property
    def limit(self) -> int:
        """Documents whose drawn number is below it are in the sample, no others."""
        self._sample.taken()
        return self._sample.limit

    @property
    def complete(self) -> bool:
        """Whether all documents are in the sample."""
        return len(self._sample.taken()) == self.n_documents

    def documents(self) -> list[Any]:
        """Return the sample's documents, in the order of sources and rows.

        Raises
        ------
        InputError
            If a line is not JSON.
        """
        taken = self._sample.taken()
        return [one.what.document() if isinstance(one.what, _Line) else one.what for one in taken]

    def fit(self, settings: FeatureSettings | None = None) -> Vocabulary:
        """Return what the sample teaches.

        Raises
        ------
        InputError
            If there are no documents.
        ValueError
            As for ``vsaviz.features.fit``.
        """
        vocabulary, _ = fit(self.documents(), settings or FeatureSettings())
        return vocabulary if len(vocabulary.keys) <= KEPT else _with(vocabulary, _counted(vocabulary))


def of_all(vocabulary: Vocabulary, n_documents: int, frequencies: Frequencies) -> Vocabulary:
    """Return what a sample taught, with the counts of all documents in place of the sample's."""
    share = n_documents / vocabulary.n_documents
    why = f"measured on {vocabulary.n_documents:,} of {n_documents:,} documents"
    fields = {
        path: replace(field, documents=round(field.documents * share), why=joined(field.why, why))
        for path, field in vocabulary.fields.items()
    }
    return _with(replace(vocabulary, n_documents=n_documents, fields=fields), frequencies)


def _counted(vocabulary: Vocabulary) -> Frequencies:
    return Frequencies(vocabulary.keys, vocabulary.frequencies)


def _with(vocabulary: Vocabulary, frequencies: Frequencies) -> Vocabulary:
    kept = frequencies.trimmed()
    return replace(vocabulary, keys=kept.keys, frequencies=kept.counts)


class _Line:
    """A document that is parsed when it is needed."""

    __slots__ = ("_line", "_place")

    def __init__(self, place: str, line: bytes):
        self._place = place
        self._line = line

    def document(self) -> Any:
        try:
            return strict_json.loads(self._line, LIMITS.depth)
        except strict_json.TextError as error:
            raise InputError(f"{self._place}, column {error.column}: {error.reason}") from error


def _size(document: Any) -> int:
    """Return about how many bytes a document's JSON has; InputError if it has none."""
    values = walk([document]).values
    return LEAF_BYTES * len(values) + sum(len(value) for value in values if isinstance(value, str))
