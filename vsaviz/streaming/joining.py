"""The parts of a folder as one array."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path as File
from typing import IO

import numpy as np
from numpy.typing import NDArray

from vsaviz.durable import written
from vsaviz.errors import InputError
from vsaviz.schemes.keyed import Floats
from vsaviz.streaming.manifest import Manifest, read_manifest
from vsaviz.streaming.parts import read_part

JOINED = "vectors.npy"
Rows = Iterator[tuple[list[str], Floats]]


def joined(folder: str | File) -> Floats:
    """Return all vectors of a finished folder, float32 (n, width), mapped from disk.

    They are written to ``vectors.npy`` beside the parts at the first call: as many bytes again.

    Raises
    ------
    InputError
        If the folder is none of vectors, or is not finished.
    """
    folder = File(folder)
    manifest, file = _finished(folder), folder / JOINED
    if not file.is_file():

        def write(part: File) -> None:
            with part.open("wb") as stream:
                _write_vectors(stream, folder, manifest)

        written(file, write)
    mapped: NDArray[np.float32] = np.load(file, mmap_mode="r", allow_pickle=False)
    return mapped


def join(folder: str | File, output: str | File) -> Manifest:
    """Write a finished folder as one NumPy archive with ``vectors``, ``ids`` and ``settings``.

    It is as ``vsaviz encode -o vectors.npz`` writes it. Vectors pass through a block at a time; all ids are
    in memory.

    Raises
    ------
    InputError
        As for ``joined``.
    """
    folder = File(folder)
    manifest = _finished(folder)
    settings = {**manifest.settings, "source": manifest.input.name}
    ids = np.array([name for names, _ in _rows(folder, manifest) for name in names], dtype=np.str_)
    told = np.array(json.dumps(settings, sort_keys=True))

    def write(part: File) -> None:
        with zipfile.ZipFile(part, "w") as archive:
            for name, array in (("ids", ids), ("settings", told)):
                with archive.open(f"{name}.npy", "w", force_zip64=True) as stream:
                    np.lib.format.write_array(stream, array, allow_pickle=False)
            with archive.open("vectors.npy", "w", force_zip64=True) as stream:
                _write_vectors(stream, folder, manifest)

    written(File(output), write)
    return manifest


def _write_vectors(stream: IO[bytes], folder: File, manifest: Manifest) -> None:
    shape = manifest.rows, manifest.width
    header = {"descr": "<f4", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_2_0(stream, header)
    for _, vectors in _rows(folder, manifest):
        stream.write(vectors.astype("<f4", copy=False).tobytes())


def _rows(folder: File, manifest: Manifest) -> Rows:
    for part in manifest.parts:
        yield from read_part(folder / part.name)


def _finished(folder: File) -> Manifest:
    manifest = read_manifest(folder)
    if not manifest.finished:
        raise InputError(f"{folder} is not finished: it has {manifest.rows:,} rows; run vsaviz encode again")
    return manifest
