"""How far the settings of Compare agree with each other and with the exact kernel: numbers and words."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from vsaviz.lab.comparing.agreement import Agreement, K
from vsaviz.lab.comparing.reading import reading
from vsaviz.ui.comparing.compared import ASKED, Compared
from vsaviz.ui.parts import caption, heading

Matrix = NDArray[np.floating[Any]]


def agreement_section(of: Compared) -> str:
    """Show the matrices and the paragraph; return the paragraph."""
    if len(of.rows) < 2:
        return "One document has no neighbours: there is nothing to compare."
    heading("Agreement", "with each other and with the exact kernel, which vectors tend to as D grows")
    found = of.agreement()
    k = min(K, len(of.rows) - 1)
    text = reading(of.cases(), own_exact(of), found, k)
    st.html(f'<p class="vz-reading">{escape(text)}</p>')
    labels = names(of)
    for place, (title, matrix) in zip(st.columns(3, gap="medium"), measures(found, k).items(), strict=True):
        place.html(_table(title, labels, matrix))
    asked = f"{min(ASKED, len(of.rows)):,} of the {len(of.rows):,} documents, drawn with seed 0"
    caption(
        "Neighbours kept: the mean share in common. Rank correlation: Spearman's, of the places of all other "
        "documents. CKA: linear centred kernel alignment of the vectors. 1 is complete agreement."
        + (f" The last two are measured on {asked}." if len(of.rows) > ASKED else "")
    )
    return text


def measures(found: Agreement, k: int) -> dict[str, Matrix]:
    """Return the matrices with their names."""
    return {f"{k} nearest in common": found.overlap, "rank correlation": found.rank, "CKA": found.cka}


def own_exact(of: Compared) -> list[int]:
    """Return for each setting which row of the agreement is its exact kernel."""
    return [len(of.encodings) + of.settings.index(one.features) for one in of.encodings]


def names(of: Compared) -> list[str]:
    """Return short names of the rows of the agreement: numbers, and the exact kernels."""
    numbers = [str(number + 1) for number in range(len(of.encodings))]
    if len(of.settings) == 1:
        return [*numbers, "exact"]
    pairs = list(zip(numbers, of.encodings, strict=True))
    of_each = [[number for number, one in pairs if one.features == settings] for settings in of.settings]
    return [*numbers, *(f"exact of {those[0]}{' …' if those[1:] else ''}" for those in of_each)]


def _table(title: str, labels: Sequence[str], matrix: Matrix) -> str:
    head = "".join(f"<th>{escape(label)}</th>" for label in labels)
    lines = "".join(
        f"<tr><th>{escape(label)}</th>{''.join(map(_cell, row.tolist()))}</tr>"
        for label, row in zip(labels, matrix, strict=True)
    )
    return (
        f'<table class="vz-agree"><caption>{escape(title)}</caption><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def _cell(value: float) -> str:
    strength = min(max(value, 0.0), 1.0)
    return f'<td style="background:rgba(86,180,233,{0.55 * strength:.2f})">{value:.2f}</td>'
