"""A file that need not fit into memory → a fitted encoder."""

from collections.abc import Callable
from dataclasses import replace

from sklearn.base import clone

from vsaviz.errors import InputError
from vsaviz.features import Features, Vocabulary
from vsaviz.learning import FitState, Frequencies
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
    encoder, state = clone(vectorizer), FitState()
    for block in paced(source.blocks(), Pace("reading", say)):
        if block.values is None:
            state.add_lines(block.lines, block.name, block.numbers)
        else:
            state.add(block.values)
    encoder.partial_fit(state)
    del encoder.state_
    if not state.complete:
        taken = encoder.vocabulary_.n_documents
        say(f"learnt from {taken:,} of {state.n_documents:,} documents; counting the features of all")
        frequencies = _counted(source, encoder.vocabulary_, say)
        encoder.vocabulary_ = state.of_all(encoder.vocabulary_, frequencies)
    return encoder


def _counted(source: Source, vocabulary: Vocabulary, say: Say) -> Frequencies:
    # What is switched off is counted too: how rare a feature is does not hang on weights.
    fields = {path: replace(field, weight=field.weight or 1.0) for path, field in vocabulary.fields.items()}
    counting, total = replace(vocabulary, fields=fields), Frequencies.nothing()
    for block in paced(source.blocks(), Pace("counting", say)):
        total = total.plus(Frequencies.of(_features(counting, block)))
    return total.trimmed()


def _features(vocabulary: Vocabulary, block: Block) -> Features:
    try:
        return vocabulary.features(block.text())
    except InputError:  # parsed one by one, the line is named by its place in the file
        return vocabulary.features(block.documents())
