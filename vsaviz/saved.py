"""A fitted encoder as plain JSON: its settings and all that fitting learnt, and nothing that could be run.

A saved encoder gives the same vectors on any machine, and reads the same values out of them. Documents are
not in it; the names of fields, the knots of their number scales, keyed hashes of features with their
document frequencies, and the most frequent values of each field are. An encoder that was fitted with
``keep_values=False`` has words and other atoms instead of values.
"""

import gzip
import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path as File
from typing import Any

import numpy as np
import orjson

from vsaviz.errors import InputError
from vsaviz.features import Vocabulary
from vsaviz.features.constants import as_json, as_leaf
from vsaviz.features.fields import Codings, Field
from vsaviz.features.kept import Kept, Size
from vsaviz.features.kinds import NUMERIC, TEXTUAL, Coding, Kind
from vsaviz.features.kinds.times import CYCLES
from vsaviz.features.meanings import Meanings, Model, name_of
from vsaviz.features.paths import Path, Role
from vsaviz.features.scales import Scale
from vsaviz.ingest import parse

FORMAT = "vsaviz encoder"
VERSION = 5
ROLES = {"key": str, "at": int, "item": None, "array": None, "anywhere": None}
"""The kinds of steps, and what each names."""


def write(settings: dict[str, Any], vocabulary: Vocabulary, file: str | File) -> None:
    """Write settings and what fitting learnt to a file, gzipped if its name ends in ``.gz``."""
    data = orjson.dumps(_as_json(settings, vocabulary), option=orjson.OPT_INDENT_2)
    File(file).write_bytes(gzip.compress(data, mtime=0) if str(file).endswith(".gz") else data)


def _as_json(settings: dict[str, Any], vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "settings": settings,
        "documents": vocabulary.n_documents,
        "fields": [{"path": path, **vars(field)} for path, field in vocabulary.fields.items()],
        "codings": [
            {"path": path, "text": _coding(one.text), "number": _coding(one.number)}
            for path, one in vocabulary.codings.items()
        ],
        "kept": [_kept(path, one) for path, one in vocabulary.kept.items()],
        "fixed arrays": sorted(vocabulary.fixed),
        "sets": sorted(vocabulary.sets),
        "meanings": _meanings(vocabulary.meanings),
        "features": vocabulary.keys.tolist(),
        "frequencies": vocabulary.frequencies.tolist(),
    }


def _coding(coding: Coding | None) -> dict[str, Any] | None:
    return (
        None if coding is None else {"kind": coding.kind, "scales": [vars(scale) for scale in coding.scales]}
    )


def _kept(path: Path, kept: Kept) -> dict[str, Any]:
    # Fragments, since integers may be of any length.
    values = kept.values if kept.atoms else [as_json(value) for value in kept.values]
    return {
        "path": path,
        "values": orjson.Fragment(json.dumps(values, ensure_ascii=False).encode()),
        "counts": kept.counts.tolist(),
        "others": kept.others,
        "atoms": kept.atoms,
        "sizes": [kept.size.mean, kept.size.deviation, kept.placed.mean, kept.placed.deviation],
    }


def _meanings(meanings: Meanings | None) -> dict[str, Any] | None:
    if meanings is None:
        return None
    return {"mean": meanings.mean.tolist(), "axes": meanings.axes.tolist()}


def read(file: str | File, model: Model | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the settings of a saved encoder, and what its vocabulary is made of.

    ``model`` is the callable that it needs for strings, if it was fitted with one.

    Raises
    ------
    InputError
        If the file is no encoder of this version; the message says what is wrong and where.
    """
    name = File(file).name
    top = parse(File(file).read_bytes(), name).top
    if not isinstance(top, dict) or top.get("format") != FORMAT:
        raise InputError(f'{name} is no saved encoder: it lacks "format": "{FORMAT}"; give a file of save()')
    if top.get("version") != VERSION:
        raise InputError(
            f"{name} has version {top.get('version')!r} of the format, and this vsaviz reads {VERSION}; "
            "save the encoder again with it"
        )
    check = _Check(name)
    settings = check.of(top, "settings", dict, "")
    meanings = None
    if isinstance(settings.get("strings"), dict):
        settings["strings"] = check.model(settings["strings"], model)
        meanings = check.meanings(check.of(top, "meanings", dict, ""), settings["strings"])
    fields = [check.field(row, f"fields/{i}") for i, row in enumerate(check.of(top, "fields", list, ""))]
    codings = [check.codings(row, f"codings/{i}") for i, row in enumerate(check.of(top, "codings", list, ""))]
    kept = [check.kept(row, f"kept/{i}") for i, row in enumerate(check.of(top, "kept", list, ""))]
    keys = check.numbers(top, "features", 2**64)
    frequencies = check.numbers(top, "frequencies", 2**63)
    if len(keys) != len(frequencies) or any(b <= a for a, b in pairwise(keys)):
        raise InputError(f"{name}: features must ascend, with a frequency each; save the encoder again")
    return settings, {
        "n_documents": check.of(top, "documents", int, ""),
        "fields": dict(fields),
        "codings": dict(codings),
        "kept": dict(kept),
        "fixed": check.paths(top, "fixed arrays"),
        "sets": check.paths(top, "sets"),
        "meanings": meanings,
        "keys": np.array(keys, dtype=np.uint64),
        "frequencies": np.array(frequencies, dtype=np.int64),
    }


class _Check:
    """Takes parts of a saved encoder, or says which part is not what it must be."""

    def __init__(self, name: str):
        self._name = name

    def wrong(self, place: str, value: Any, rule: str) -> InputError:
        shown = repr(value)[:60]
        return InputError(f"{self._name}, at /{place}: {rule}, got {shown}; save the encoder again")

    def of(self, holder: Any, key: str, kind: type, place: str) -> Any:
        value = holder.get(key) if isinstance(holder, dict) else None
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(f"{place}{key}", value, f"must be of type {kind.__name__}")
        return value

    def numbers(self, holder: Any, key: str, below: int, place: str = "") -> list[int]:
        values: list[int] = self.of(holder, key, list, place)
        for i, value in enumerate(values):
            if type(value) is not int or not 0 <= value < below:
                raise self.wrong(f"{place}{key}/{i}", value, "must be a whole number in range")
        return values

    def field(self, row: Any, place: str) -> tuple[Path, Field]:
        path = self.path(self.of(row, "path", list, f"{place}/"), f"{place}/path")
        columns = ("weight", "structure", "idf", "balance")
        numbers: dict[str, Any] = {key: self.positive(row, key, place) for key in columns}
        texts = {key: self.of(row, key, str, f"{place}/") for key in ("name", "kind", "why")}
        counts = {key: self.of(row, key, int, f"{place}/") for key in ("documents", "distinct")}
        return path, Field(**texts, **counts, **numbers)

    def positive(self, row: Any, key: str, place: str) -> float:
        number = row.get(key)
        if type(number) not in (int, float) or number < 0:
            raise self.wrong(f"{place}/{key}", number, "must be a number, 0 or more")
        return float(number)

    def codings(self, row: Any, place: str) -> tuple[Path, Codings]:
        path = self.path(self.of(row, "path", list, f"{place}/"), f"{place}/path")
        text = self.coding(row.get("text"), TEXTUAL, f"{place}/text")
        return path, Codings(text, self.coding(row.get("number"), NUMERIC, f"{place}/number"))

    def kept(self, row: Any, place: str) -> tuple[Path, Kept]:
        path = self.path(self.of(row, "path", list, f"{place}/"), f"{place}/path")
        values = self.of(row, "values", list, f"{place}/")
        counts = self.numbers(row, "counts", 2**63, f"{place}/")
        sizes = self.floats(self.of(row, "sizes", list, f"{place}/"), f"{place}/sizes")
        atoms = row.get("atoms")
        if len(counts) != len(values) or len(sizes) != 4 or not isinstance(atoms, bool):
            raise self.wrong(place, row, "must have a count for each value, four sizes, and atoms or not")
        for i, value in enumerate(values):
            if atoms != (isinstance(value, list) and value != []) or (isinstance(value, dict) and value):
                raise self.wrong(
                    f"{place}/values/{i}", value, "must be a leaf, or an atom where these are kept"
                )
        told = [tuple(value) if atoms else as_leaf(value) for value in values]
        others = self.of(row, "others", int, f"{place}/")
        ends = Size(*sizes[:2]), Size(*sizes[2:])
        return path, Kept(told, np.array(counts, dtype=np.int64), others, atoms, *ends)

    def model(self, strings: Any, given: Model | None) -> Model:
        name = self.of(strings, "callable", str, "settings/strings/")
        if given is None or name_of(given) != name:
            got = "none was given" if given is None else f"{name_of(given)!r} was given"
            raise InputError(
                f"{self._name} was fitted with the callable {name!r} for strings, and {got}; load it with "
                "strings=, a callable of that name"
            )
        return given

    def meanings(self, fitted: Any, model: Model) -> Meanings:
        mean = self.floats(self.of(fitted, "mean", list, "meanings/"), "meanings/mean")
        rows = self.of(fitted, "axes", list, "meanings/")
        axes = [self.floats(row, f"meanings/axes/{i}") for i, row in enumerate(rows)]
        if any(len(row) != len(mean) for row in axes):
            raise self.wrong("meanings/axes", rows, f"must be rows of {len(mean)} numbers")
        return Meanings(model, np.array(mean), np.array(axes).reshape(len(axes), len(mean)))

    def floats(self, values: Any, place: str) -> list[float]:
        for i, value in enumerate(values if isinstance(values, list) else [values]):
            if type(value) not in (int, float):
                raise self.wrong(f"{place}/{i}", value, "must be a number")
        return list(map(float, values))

    def coding(self, coding: Any, kinds: Mapping[str, Kind], place: str) -> Coding | None:
        if coding is None:
            return None
        kind = self.of(coding, "kind", str, f"{place}/")
        if kind not in kinds:
            raise self.wrong(f"{place}/kind", kind, f"must be one of {', '.join(kinds)}")
        scales = self.of(coding, "scales", list, f"{place}/")
        return Coding(kind, tuple(self.scale(one, f"{place}/scales/{i}/") for i, one in enumerate(scales)))

    def scale(self, scale: Any, place: str) -> Scale:
        cycles = self.of(scale, "cycles", list, place)
        if not {*map(str, cycles)} <= CYCLES.keys():
            raise self.wrong(f"{place}cycles", cycles, f"must be of {', '.join(CYCLES)}")
        return Scale(self.knots(scale, "fine", place), self.knots(scale, "coarse", place), tuple(cycles))

    def path(self, path: Any, place: str) -> Path:
        if not isinstance(path, list):
            raise self.wrong(place, path, "must be a list of steps")
        return tuple(self.role(role, f"{place}/{i}") for i, role in enumerate(path))

    def paths(self, holder: Any, key: str) -> frozenset[Path]:
        found = self.of(holder, key, list, "")
        return frozenset(self.path(path, f"{key}/{i}") for i, path in enumerate(found))

    def role(self, role: Any, place: str) -> Role:
        kinds = ROLES.get(role[0], 0) if isinstance(role, list) and role and isinstance(role[0], str) else 0
        named = role[1:] if kinds != 0 else None
        if kinds == 0 or [type(value) for value in named or []] != ([kinds] if kinds else []):
            raise self.wrong(place, role, 'must be a step such as ["key", "name"] or ["item"]')
        taken: Role = tuple(role)
        return taken

    def knots(self, scale: Any, key: str, place: str) -> tuple[float, ...]:
        values = self.floats(self.of(scale, key, list, place), f"{place}{key}")
        if not values or any(b <= a for a, b in pairwise(values)):
            raise self.wrong(f"{place}{key}", values, "must be numbers that ascend")
        return tuple(values)
