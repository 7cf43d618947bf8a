"""A fitted encoder as plain JSON: its settings and all that fitting learnt, and nothing that could be run.

A saved encoder gives the same vectors on any machine. Documents are not in it; the names of fields, the
knots of their number scales, and keyed hashes of features with their document frequencies are.
"""

import gzip
from itertools import pairwise
from pathlib import Path as File
from typing import Any

import numpy as np
import orjson

from vsaviz.errors import InputError
from vsaviz.features import Vocabulary
from vsaviz.features.fields import Field
from vsaviz.features.numbers import Scale
from vsaviz.features.paths import Path, Role
from vsaviz.ingest import parse

FORMAT = "vsaviz encoder"
VERSION = 1
ROLES = {"key": str, "at": int, "item": None, "array": None}
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
        "fields": [
            _field(path, field, vocabulary.scales.get(path)) for path, field in vocabulary.fields.items()
        ],
        "features": vocabulary.keys.tolist(),
        "frequencies": vocabulary.frequencies.tolist(),
    }


def _field(path: Path, field: Field, scale: Scale | None) -> dict[str, Any]:
    knots = {"fine": list(scale.fine), "coarse": list(scale.coarse)} if scale else None
    return {"path": [list(role) for role in path], **vars(field), "scale": knots}


def read(file: str | File) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the settings of a saved encoder, and what its vocabulary is made of.

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
    rows = [check.field(row, f"fields/{i}") for i, row in enumerate(check.of(top, "fields", list, ""))]
    keys = check.numbers(top, "features", 2**64)
    frequencies = check.numbers(top, "frequencies", 2**63)
    if len(keys) != len(frequencies) or any(b <= a for a, b in pairwise(keys)):
        raise InputError(f"{name}: features must ascend, with a frequency each; save the encoder again")
    return settings, {
        "n_documents": check.of(top, "documents", int, ""),
        "fields": {path: field for path, field, _ in rows},
        "scales": {path: scale for path, _, scale in rows if scale},
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

    def numbers(self, holder: Any, key: str, below: int) -> list[int]:
        values: list[int] = self.of(holder, key, list, "")
        for i, value in enumerate(values):
            if type(value) is not int or not 0 <= value < below:
                raise self.wrong(f"{key}/{i}", value, "must be a whole number in range")
        return values

    def field(self, row: Any, place: str) -> tuple[Path, Field, Scale | None]:
        path = tuple(
            self.role(role, f"{place}/path/{i}")
            for i, role in enumerate(self.of(row, "path", list, f"{place}/"))
        )
        weight = row.get("weight")
        if type(weight) not in (int, float) or weight < 0:
            raise self.wrong(f"{place}/weight", weight, "must be a number, 0 or more")
        texts = {key: self.of(row, key, str, f"{place}/") for key in ("name", "kind", "why")}
        counts = {key: self.of(row, key, int, f"{place}/") for key in ("documents", "distinct")}
        scale = row.get("scale")
        if scale is not None:
            scale = Scale(*(self.knots(scale, key, f"{place}/scale/") for key in ("fine", "coarse")))
        return path, Field(weight=float(weight), **texts, **counts), scale

    def role(self, role: Any, place: str) -> Role:
        kinds = ROLES.get(role[0], 0) if isinstance(role, list) and role and isinstance(role[0], str) else 0
        named = role[1:] if kinds != 0 else None
        if kinds == 0 or [type(value) for value in named or []] != ([kinds] if kinds else []):
            raise self.wrong(place, role, 'must be a step such as ["key", "name"] or ["item"]')
        taken: Role = tuple(role)
        return taken

    def knots(self, scale: Any, key: str, place: str) -> tuple[float, ...]:
        values = self.of(scale, key, list, place)
        for i, value in enumerate(values):
            if type(value) not in (int, float):
                raise self.wrong(f"{place}{key}/{i}", value, "must be a number")
        return tuple(map(float, values))
