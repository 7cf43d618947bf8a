"""A file that need not fit into memory → a fitted encoder."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from sklearn.base import clone

from vsaviz.errors import InputError
from vsaviz.features import Features, Vocabulary
from vsaviz.learning import FitState, Frequencies, of_all
from vsaviz.streaming.lines import Block
from vsaviz.streaming.pace import Pace, paced
from vsaviz.streaming.source import Source
from vsaviz.vectorizer import JSONVectorizer

Say = Callable[[str], None]


def fitted(source: Source, vectorizer: JSONVectorizer, say: Say = lambda _: None) -> JSONVectorizer:
    """Return an encoder with the settings of ``vectorizer``, fitted to the documents of a source.

    If all of them fit into the sample of `FitState`, it is what ``fit`` learns from all. Else kinds, scales
    and rules are learnt from the sample, lines being drawn without parsing them, and then the features of all
    documents are counted, of which the 1,000,000 most frequent are kept.

    Raises
    ------
    InputError
        If a line is not JSON, or there are no documents.
    """
    encoder = clone(vectorizer)
    state = learnt(paced(source.blocks(), Pace("reading", say)), FitState())
    encoder.partial_fit(state)
    del encoder.state_
    if not state.complete:
        taken = encoder.vocabulary_.n_documents
        say(f"learnt from {taken:,} of {state.n_documents:,} documents; counting the features of all")
        frequencies = counted(paced(source.blocks(), Pace("counting", say)), encoder.vocabulary_)
        encoder.vocabulary_ = of_all(encoder.vocabulary_, state.n_documents, frequencies)
    return encoder


def learnt(blocks: Iterable[Block], state: FitState) -> FitState:
    """Return the state with the documents of some blocks: what is drawn hangs on their files and places."""
    for block in blocks:
        state.source, state.row = block.name, block.place.row
        if block.values is None:
            state.add_lines(block.lines, block.name, block.numbers, block.offsets)
        else:
            state.add(block.values)
    return state


def counted(blocks: Iterable[Block], vocabulary: Vocabulary) -> Frequencies:
    """Return how many documents of some blocks have each feature."""
    # What is switched off is counted too: how rare a feature is does not hang on weights.
    fields = {path: replace(field, weight=field.weight or 1.0) for path, field in vocabulary.fields.items()}
    counting, total = replace(vocabulary, fields=fields), Frequencies.nothing()
    for block in blocks:
        total = total.plus(Frequencies.of(_features(counting, block)))
    return total


def _features(vocabulary: Vocabulary, block: Block) -> Features:
    try:
        return vocabulary.features(block.text())
    except InputError:  # parsed one by one, the line is named by its place in the file
        return vocabulary.features(block.documents())
