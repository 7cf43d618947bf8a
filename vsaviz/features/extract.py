"""Leaves → L and T: documents × leaves, and leaves × features, with S = L T.

A feature is a pair (path, atom). S does not depend on any scheme, dimension or seed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from vsaviz.features.atoms import AtomTable, Triplets
from vsaviz.features.constants import PRESENT, constant_atoms
from vsaviz.features.fields import Codings, Field
from vsaviz.features.kinds import NUMERIC, TEXTUAL, Coding, Kind, Writing
from vsaviz.features.matrices import Features, compact
from vsaviz.features.meanings import Meanings
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.paths import Path
from vsaviz.features.scales import Scale
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.strings import STRINGS
from vsaviz.features.walk import Leaves
from vsaviz.ingest import LIMITS

LEAVES_AT_ONCE = 1 << 14

Coder = Callable[[Sequence[Any], AtomTable], Triplets]
"""Writes distinct values as rows of weighted atoms."""


def extract(
    leaves: Leaves,
    moved: sparse.csr_array,
    fields: Sequence[Path],
    codings: Mapping[Path, Codings],
    meanings: Meanings | None,
    settings: FeatureSettings,
    table: Mapping[Path, Field] = MappingProxyType({}),
) -> Features:
    """Return the features of leaves whose arrays have been read, all columns at full weight.

    ``moved`` tells which of the leaves are others hung anywhere, ``fields`` the field of each path,
    ``codings`` how its values are written, and ``table`` what share its presence has, if not that of the
    settings. Leaves are taken in blocks, so that little is in memory beside the result.

    Raises
    ------
    InputError
        If there are more features than the limits allow.
    """
    atoms = AtomTable()
    spoken = None if meanings is None else meanings.coder(spoken_texts(leaves, fields, codings))
    coders = _coders(leaves.paths, fields, codings, spoken, settings)
    known = map(table.get, fields)
    structure = np.array([one.structure if one else settings.structure for one in known], dtype=np.float64)
    ends = np.zeros(len(leaves.values) + 1, dtype=np.int64)
    columns, weights = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    for start in range(0, len(leaves.values), LEAVES_AT_ONCE):
        rows = slice(start, start + LEAVES_AT_ONCE)
        place = leaves.place[rows]
        values = _value_atoms(leaves.values[rows], place.tolist(), coders, atoms)
        entries = _present(values, coders.keyed[place], structure[place], atoms)
        shape = (len(place), len(atoms))
        block = sparse.csr_array((entries.weight, (entries.row, entries.atom)), shape=shape)
        ends[start + 1 : start + len(place) + 1] = ends[start] + block.indptr[1:]
        columns, weights = _longer(columns, block.indices), _longer(weights, block.data)
        if len(columns) > LIMITS.features:
            raise LIMITS.error("features", "the documents")
    leaf_atoms = sparse.csr_array((weights, columns, ends), shape=(len(leaves.values), len(atoms)))
    T, pairs = _by_path(compact(leaf_atoms), leaves.place)
    return Features(
        L=compact(leaves.shares),
        T=T,
        moved=moved,
        paths=leaves.paths,
        fields=list(fields),
        atoms=atoms.symbols(),
        leaf_path=leaves.place,
        feature_path=(pairs // max(1, len(atoms))).astype(np.int32),
        feature_atom=(pairs % max(1, len(atoms))).astype(np.int32),
    )


@dataclass(frozen=True)
class _Coders:
    """How the strings and the numbers at each place are written."""

    text: list[Coder]
    number: list[Coder]
    keyed: NDArray[np.bool_]
    """Whether the place is an object's key, whose presence counts."""


def _coders(
    paths: Sequence[Path],
    fields: Sequence[Path],
    codings: Mapping[Path, Codings],
    spoken: Coder | None,
    settings: FeatureSettings,
) -> _Coders:
    plain = STRINGS[settings.strings if isinstance(settings.strings, str) else "words+ngrams"]

    def text(coding: Coding | None) -> Coder:
        if spoken and _is_spoken(coding):
            return spoken
        if coding is None or settings.strings == "exact":
            return plain
        return partial(_written, TEXTUAL[coding.kind], coding.scales, plain)

    def number(coding: Coding | None) -> Coder:
        unscaled = partial(_unscaled, NUMBERS[settings.numbers])
        if coding is None or settings.numbers != "quantile":
            return unscaled
        return partial(_written, NUMERIC[coding.kind], coding.scales, unscaled)

    unknown = Codings()
    texts, numbers = _Shared(text), _Shared(number)
    of_field = [codings.get(field, unknown) for field in fields]
    # Telling two codings apart compares all their knots: each is looked up once.
    several = {id(coding): coding for coding in of_field}
    text_of = {one: texts[coding.text] for one, coding in several.items()}
    number_of = {one: numbers[coding.number] for one, coding in several.items()}
    return _Coders(
        text=[text_of[id(coding)] for coding in of_field],
        number=[number_of[id(coding)] for coding in of_field],
        keyed=np.array([bool(path) and path[-1][0] == "key" for path in paths], dtype=bool),
    )


def spoken_texts(leaves: Leaves, fields: Sequence[Path], codings: Mapping[Path, Codings]) -> Iterator[str]:
    """Yield the texts of leaves that are language; ``fields`` gives the field of each path."""
    unknown = Codings()
    spoken = [_is_spoken(codings.get(field, unknown).text) for field in fields]
    for place, value in zip(leaves.place.tolist(), leaves.values, strict=True):
        if spoken[place] and isinstance(value, str):
            yield value


def _is_spoken(coding: Coding | None) -> bool:
    return coding is None or TEXTUAL[coding.kind].spoken


class _Shared(dict[Coding | None, Coder]):
    """One coder for each coding, so that leaves of fields that are written alike are written together."""

    def __init__(self, make: Callable[[Coding | None], Coder]):
        super().__init__()
        self._make = make

    def __missing__(self, coding: Coding | None) -> Coder:
        made = self[coding] = self._make(coding)
        return made


def _written(
    kind: Kind, scales: tuple[Scale, ...], plain: Coder, values: Sequence[Any], atoms: AtomTable
) -> Triplets:
    return kind.write(values, Writing(scales, atoms, plain))


def _unscaled(coder: Callable[..., Triplets], values: Sequence[Any], atoms: AtomTable) -> Triplets:
    return coder(values, None, atoms)


def _value_atoms(values: Sequence[Any], places: Sequence[int], coders: _Coders, atoms: AtomTable) -> Triplets:
    """Return the atoms of every leaf's value. Leaves with one coder are written together."""
    groups: dict[Coder, list[int]] = {}
    for row, (place, value) in enumerate(zip(places, values, strict=True)):
        kind = type(value)
        if kind is str:
            coder = coders.text[place]
        elif kind is tuple:
            coder = constant_atoms
        else:
            coder = coders.number[place]
        groups.setdefault(coder, []).append(row)
    return Triplets.joined(
        _coded(coder, [values[row] for row in rows], atoms).placed(rows) for coder, rows in groups.items()
    )


def _coded(coder: Coder, values: Sequence[Any], atoms: AtomTable) -> Triplets:
    """Return the atoms of some values; the coder sees every distinct one once."""
    index = {value: i for i, value in enumerate(dict.fromkeys(values))}
    coded = coder(list(index), atoms)
    if len(index) == len(values):
        return coded
    which = np.fromiter(map(index.__getitem__, values), dtype=np.int64, count=len(values))
    table = sparse.csr_array((coded.weight, (coded.row, coded.atom)), shape=(len(index), len(atoms)))
    entries = table[which].tocoo()
    return Triplets(entries.row.astype(np.int64), entries.col.astype(np.int64), entries.data)


def _present(
    values: Triplets, keyed: NDArray[np.bool_], structure: NDArray[np.float64], atoms: AtomTable
) -> Triplets:
    """Return the values' atoms with the presence of each leaf's key beside them.

    Presence has the share ``structure`` of each leaf's squared norm. An array's key has its presence as a
    leaf of its own, once, since the array's items have no key.
    """
    present = atoms.index(PRESENT)
    bare = values.atom == present
    share = structure[values.row]
    weight = np.where(bare, np.sqrt(share), values.weight * np.sqrt(1 - share))
    with_value = keyed & (structure > 0)
    with_value[values.row[bare]] = False
    rows = np.flatnonzero(with_value)
    presence = Triplets(rows, np.full(len(rows), present), np.sqrt(structure[rows]))
    return Triplets.joined([Triplets(values.row, values.atom, weight), presence])


def _longer(array: NDArray[Any], more: NDArray[Any]) -> NDArray[Any]:
    """Return the array with more at its end, in its own memory: a large one is never there twice."""
    n = len(array)
    array.resize(n + len(more), refcheck=False)
    array[n:] = more
    return array


def _union(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the different numbers of both, ascending. Sorting is faster here than numpy's own way."""
    every = np.concatenate([one, other])
    every.sort()
    return every[np.concatenate([[True], every[1:] != every[:-1]])] if len(every) else every


def _by_path(
    leaf_atoms: sparse.csr_array, place: NDArray[np.int64]
) -> tuple[sparse.csr_array, NDArray[np.int64]]:
    """Return T (leaves × features) in the memory of ``leaf_atoms``, and the features: path × atoms + atom."""
    n_leaves, n_atoms = leaf_atoms.shape
    blocks = [slice(start, start + LEAVES_AT_ONCE) for start in range(0, n_leaves, LEAVES_AT_ONCE)]

    def pairs_of(rows: slice) -> tuple[slice, NDArray[np.int64]]:
        ends = leaf_atoms.indptr[rows.start : rows.stop + 1]
        entries = slice(int(ends[0]), int(ends[-1]))
        paths = np.repeat(place[rows], np.diff(ends))
        return entries, paths * n_atoms + leaf_atoms.indices[entries]

    features = np.empty(0, dtype=np.int64)
    for rows in blocks:
        features = _union(features, pairs_of(rows)[1])
    columns = leaf_atoms.indices
    if len(features) > np.iinfo(columns.dtype).max:
        columns = np.empty(len(columns), dtype=np.int64)
    for rows in blocks:
        entries, pairs = pairs_of(rows)
        columns[entries] = np.searchsorted(features, pairs)
    shape = (n_leaves, len(features))
    return sparse.csr_array((leaf_atoms.data, columns, leaf_atoms.indptr), shape=shape), features
