"""The points of a map as bytes for the browser: some 250 kB for 50,000, sent once."""

import base64
import json
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from plotly.colors import sample_colorscale

from vsaviz.figures.density import density
from vsaviz.figures.map import opacity_of, size_of
from vsaviz.figures.palette import ORDERED, OTHER, categories, is_ordered
from vsaviz.figures.relative import LARGEST, SMALLEST, Shares, as_numbers, shares
from vsaviz.ui.exploring.shown import Shown

NAMED_LETTERS = 400_000
"""Letters of all names together up to which they go to the browser: beyond, a row's number is shown."""

STEPS = 64
"""Colours of a scale."""

FINEST = 65_535
"""Places along the longer side of the map: at the closest zoom a step is about a pixel."""

LONGEST = 60
"""Letters of a name."""

FLOATS = tuple(np.array([-1, 1]) * float(np.finfo(np.float32).max))

Arrays = dict[str, NDArray[Any]]


def packed(name: str, key: str, points: NDArray[np.float32], ids: Sequence[str], shown: Shown) -> bytes:
    """Return all that the browser draws of points (n, 2): a header as JSON and arrays.

    ``name`` is the map's, ``key`` changes whenever the points do: with another key the zoom begins anew.
    Only names go to the browser, and none where they are too many; never documents.
    """
    header, arrays = _placed(points)
    colors, codes = _colored(shown)
    sizes, relative = _sized(shown)
    arrays |= codes | relative
    header |= colors | sizes | {"map": name, "key": key, "n": len(points), "coloring": shown.color_name}
    header |= {"size": size_of(len(points)), "opacity": opacity_of(len(points))}
    if sum(map(len, ids)) <= NAMED_LETTERS:
        header["names"] = [_line(one) for one in ids]
    return _joined(header, arrays)


def mask(rows: ArrayLike | None, n: int) -> str | None:
    """Return some of n rows as bits in base64, the lowest first; None for None.

    >>> mask([0, 9], 10), mask([], 10), mask(None, 10)
    ('AQI=', 'AAA=', None)
    """
    if rows is None:
        return None
    held = np.zeros(n, bool)
    held[np.asarray(rows, np.int64)] = True
    return base64.b64encode(np.packbits(held, bitorder="little").tobytes()).decode()


def unpacked(data: bytes) -> tuple[dict[str, Any], Arrays]:
    """Return the header and the arrays of what `packed` gave."""
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length])
    arrays, offset = {}, 4 + length
    for one in header["arrays"]:
        offset += -offset % 4
        arrays[one["name"]] = np.frombuffer(data, one["type"], one["length"], offset)
        offset += arrays[one["name"]].nbytes
    return header, arrays


def _joined(header: dict[str, Any], arrays: Arrays) -> bytes:
    header["arrays"] = [
        {"name": name, "type": str(array.dtype), "length": array.size} for name, array in arrays.items()
    ]
    text = json.dumps(header).encode()
    data = bytearray(struct.pack("<I", len(text)) + text)
    for array in arrays.values():
        data += b"\0" * (-len(data) % 4) + array.tobytes()
    return bytes(data)


def _placed(points: NDArray[np.float32]) -> tuple[dict[str, Any], Arrays]:
    """Return places of 0 to 1 as 16 bits, both ways on one scale, the middle at ½, and their density."""
    if not len(points):
        return {"extent": [1, 1]}, {"places": np.empty(0, np.uint16)}
    low, high = points.min(axis=0).astype(float), points.max(axis=0).astype(float)
    span = float((high - low).max()) or 1.0
    first = (low + high) / 2 - span / 2
    places = np.round((points - first) / span * FINEST).clip(0, FINEST).astype(np.uint16)
    header: dict[str, Any] = {"extent": ((high - low) / span).tolist()}
    arrays: Arrays = {"places": places.ravel()}
    beneath = density(points)
    if beneath is not None:
        rows, columns = beneath.cells.shape
        left, right = ((x - first[0]) / span for x in (beneath.left, beneath.right))
        bottom, top = ((y - first[1]) / span for y in (beneath.bottom, beneath.top))
        header["grid"] = {"width": columns, "height": rows, "left": left, "right": right}
        header["grid"] |= {"bottom": bottom, "top": top}
        arrays["density"] = beneath.cells.ravel()
    return header, arrays


def _colored(shown: Shown) -> tuple[dict[str, Any], Arrays]:
    """Return the legend, and for each point the number of its colour on the scale or of its class."""
    values = shown.colors
    if is_ordered(values):
        return _scaled(shown)
    codes = np.zeros(len(values), np.uint8)
    classes = categories(values)
    for number, one in enumerate(classes):
        codes[one.rows] = number
    legend = [
        {"name": _line(one.name), "color": one.color, "symbol": one.symbol, "count": len(one.rows)}
        for one in classes
    ]
    return {"classes": legend}, {"codes": codes}


def _scaled(shown: Shown) -> tuple[dict[str, Any], Arrays]:
    numbers, relative = as_numbers(shown.colors), shares(shown.colors)
    known = ~np.isnan(numbers)
    codes = np.where(known, np.minimum(relative.of * STEPS, STEPS - 1), STEPS).astype(np.uint8)
    colors = sample_colorscale(ORDERED, np.linspace(0, 1, STEPS).tolist())
    missing = {"name": "–", "color": OTHER, "symbol": "circle-open", "count": int((~known).sum())}
    scale = {"name": _line(shown.color_name), "colors": colors} | _ends(relative)
    header = {"scale": scale, "classes": [missing] if not known.all() else []}
    return header, {"codes": codes, "values": np.clip(numbers, *FLOATS).astype(np.float32)}


def _sized(shown: Shown) -> tuple[dict[str, Any], Arrays]:
    """Return each point's size between the smallest, 0, and the largest, 255: areas grow with numbers."""
    if shown.sizes is None:
        return {}, {}
    relative = shares(shown.sizes)
    header = {"sizes": {"name": _line(shown.size_name), "from": SMALLEST, "to": LARGEST} | _ends(relative)}
    return header, {"relative": np.round(255 * np.sqrt(relative.of)).astype(np.uint8)}


def _ends(relative: Shares) -> dict[str, str]:
    ends = {"low": relative.low, "high": relative.high}
    return {name: "–" if np.isnan(end) else f"{end:,.6g}" for name, end in ends.items()}


def _line(text: str) -> str:
    """Return text as one short line; the browser takes it as text and never as markup."""
    return " ".join(text.split())[:LONGEST]
