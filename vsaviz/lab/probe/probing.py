"""Which fields another model knows: its vectors mapped to those of a VSA, and unbound field by field.

A ridge regression learns to turn the other model's vector of a document into the document's own vector; what
it makes of documents that it was not fitted to is unbound and compared with the values known at each field.
The vectors of a VSA need no classifier for each question: one map, and every field can be read.

Source: M. Bronzini, C. Nicolini, B. Lepri, J. Staiano, A. Passerini, *Hyperdimensional Probe: Decoding LLM
Representations via Vector Symbolic Architectures* (2025).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vsaviz.decode import Decoder
from vsaviz.encoding import encode
from vsaviz.features.paths import Path
from vsaviz.lab.probe.asking import Sample, ask
from vsaviz.lab.probe.other_models import random_vectors
from vsaviz.lab.probe.ridge import leave_one_out
from vsaviz.schemes import Scheme

CHANCE = 1.5
"""Against 1/√n: a share of n documents has a standard error of 1/(2√n) at most."""


@dataclass(frozen=True)
class Read:
    """One field: the share of documents whose value is read rightly, by where the vectors come from."""

    field: Path
    documents: int
    """How many documents of the sample have it."""
    guess: float
    """Always the value that is right most often."""
    random: float
    """Random vectors of the same shape, through the same regression."""
    model: float
    own: float
    """The documents' own vectors, without any regression: the most that can be read at this D."""

    @property
    def gain(self) -> float:
        """How far the model is above both guess and random vectors."""
        return self.model - max(self.guess, self.random)

    @property
    def known(self) -> bool:
        """Whether the model knows something of it: a gain beyond chance, of three standard errors or more."""
        return self.gain > CHANCE * self.documents**-0.5


def probe(
    sample: Sample,
    vectors: NDArray[np.float64],
    scheme: Scheme,
    fields: Sequence[Path],
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> list[Read]:
    """Return what can be read out of another model's ``vectors`` (n, p) of the documents, field by field.

    The fields that it knows best, against guess and random vectors, come first; those that no document of
    the sample has are left out.

    Every document's vector is predicted by a regression that left this document out. ``progress`` is told
    the share that is done.

    Raises
    ------
    ValueError
        If there is not one vector for each document.
    """
    if len(vectors) != len(sample.documents):
        raise ValueError(f"{len(vectors)} vectors but {len(sample.documents)} documents")
    tell = progress or (lambda _: None)
    decoder = Decoder(sample.vocabulary, scheme)
    own = encode(sample.features, scheme)
    tell(0.3)
    by_chance = leave_one_out(random_vectors(len(vectors), vectors.shape[1], seed), own)
    tell(0.45)
    mapped = leave_one_out(vectors, own)
    tell(0.6)
    found = []
    for done, field in enumerate(fields):
        asked = ask(sample, decoder, field)
        if len(asked.rows):
            shares = [asked.share(decoder, rows) for rows in (by_chance, mapped, own)]
            found.append(Read(field, len(asked.rows), asked.guess, *shares))
        tell(0.6 + 0.4 * (done + 1) / len(fields))
    return sorted(found, key=lambda read: -read.gain)
