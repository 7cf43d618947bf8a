"""Strings by what a model makes of them: few signed components, so that synonyms are near."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA

from vsaviz.errors import InputError
from vsaviz.features.atoms import AtomTable, Triplets
from vsaviz.features.strings import exact

Model = Callable[[list[str]], Any]
"""Gives an array (n, m) of numbers for n strings."""

COMPONENTS = 64
"""At most so many are kept of what the model gives."""

SPREAD = 16
"""All texts have all components: a field of texts is as rare as one of so many equally frequent values."""

VANISHING = 1e-9


@dataclass(frozen=True)
class Meanings:
    """A model and the principal components of what it made of a collection's strings."""

    model: Model
    mean: NDArray[np.float64]
    """(m,)"""
    axes: NDArray[np.float64]
    """(k, m), orthonormal rows, k at most ``COMPONENTS``."""

    def coder(self, texts: Iterable[str]) -> Callable[[Sequence[str], AtomTable], Triplets]:
        """Return what writes any of these texts; the model sees each once, all in one call."""
        if not len(self.axes):
            return exact
        distinct = list(dict.fromkeys(texts))
        rows = (embedded(self.model, distinct, len(self.mean)) - self.mean) @ self.axes.T
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        known = lengths.ravel() > VANISHING * (1 + np.linalg.norm(self.mean))
        unit = np.divide(rows, lengths, out=np.zeros_like(rows), where=known[:, None])
        place = {text: row for row, text in enumerate(distinct)}

        def write(values: Sequence[str], atoms: AtomTable) -> Triplets:
            found = np.array([place[value] for value in values], dtype=np.int64)
            plain = np.flatnonzero(~known[found])  # what is just the mean points nowhere
            spoken = np.flatnonzero(known[found])
            axes = np.array(
                [atoms.index(("meaning", axis)) for axis in range(len(self.axes))], dtype=np.int64
            )
            return Triplets.joined(
                [
                    exact([values[row] for row in plain.tolist()], atoms).placed(plain),
                    Triplets(
                        np.repeat(spoken, len(axes)), np.tile(axes, len(spoken)), unit[found[spoken]].ravel()
                    ),
                ]
            )

        return write


def fit_meanings(model: Model, texts: Iterable[str]) -> Meanings:
    """Return the model with the principal components of what it makes of different texts."""
    distinct = sorted(set(texts))
    if not distinct:
        return Meanings(model, np.zeros(0), np.zeros((0, 0)))
    rows = embedded(model, distinct)
    if not np.ptp(rows, axis=0).any():
        return Meanings(model, rows[0], np.zeros((0, rows.shape[1])))
    pca = PCA(min(COMPONENTS, *rows.shape), svd_solver="full").fit(rows)
    told = pca.explained_variance_ > VANISHING * max(1.0, float(pca.explained_variance_.max(initial=0.0)))
    return Meanings(model, pca.mean_, pca.components_[told])


def embedded(model: Model, texts: list[str], width: int | None = None) -> NDArray[np.float64]:
    """Return what a model makes of texts, float64 (n, m).

    Raises
    ------
    InputError
        If it is not an array of finite numbers with a row for each text.
    """
    if not texts:
        return np.zeros((0, width or 0))
    rows = np.asarray(model(texts), dtype=np.float64)
    wide = rows.shape[1] if rows.ndim == 2 else 0
    if rows.shape != (len(texts), width or wide) or not wide or not np.isfinite(rows).all():
        raise InputError(
            f"strings: {name_of(model)} gave an array of shape {rows.shape} for {len(texts)} strings; it "
            f"must give {(len(texts), width or 'm')} finite numbers"
        )
    return rows


def name_of(model: Model) -> str:
    """Return the stated name of a model: its ``name``, else its ``__name__``, else that of its class."""
    stated = getattr(model, "name", None) or getattr(model, "__name__", None) or type(model).__name__
    return str(stated)
