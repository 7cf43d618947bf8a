"""Why two documents are alike, in words and small bars; what was worked out is kept."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz import schemes
from vsaviz.explain import Part, explain_parts
from vsaviz.figures.rows import signed
from vsaviz.gathered import of_fields, total
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import working
from vsaviz.ui.view import View

NAMED = 2
SAID = 4
"""How many fields are named beneath a neighbour, and in a sentence."""
SMALLEST = 0.005
"""What is less shows as 0.00, and is not named."""
WIDEST = 9
"""The bar of a field that says all, in widths of a letter."""


def is_costly(view: View) -> bool:
    """Whether an explanation takes so long that it is made only when somebody asks for it."""
    return schemes.scheme_type(view.choice.first.scheme).largest is not None


def known_reasons(view: View, one: int) -> dict[int, list[Part]]:
    """Return what was explained of a document so far: for others, the parts of the cosine."""
    return remembered("reasons", (view.key, one), dict)


def reasons(view: View, one: int, other: int) -> list[Part]:
    """Return the parts of the cosine of two documents, worked out now if they are not known."""
    found = known_reasons(view, one)
    if other not in found:
        encoding = view.choice.first
        # One scheme for all explanations: it keeps the roles that it has drawn.
        scheme = remembered(
            "scheme",
            (encoding.scheme, encoding.dimensions, encoding.seed),
            lambda: schemes.create(encoding.scheme, encoding.dimensions, encoding.seed),
        )
        found[other] = explain_parts(view.features, one, other, scheme)
    return found[other]


def fill_reasons(view: View, focus: int, places: Mapping[int, DeltaGenerator]) -> None:
    """Say beneath each neighbour why it is near, in the place kept for it."""
    if not places:
        return
    with working(view.slot, "Explaining why they are near") as report:
        for done, (row, place) in enumerate(places.items()):
            report(done / len(places))
            place.html(why_html(reasons(view, focus, row)))


def _telling(parts: Sequence[Part], most: int) -> list[Part]:
    """Return the fields that count most, without those that show as nothing."""
    return [part for part in of_fields(parts)[:most] if abs(part.contribution) >= SMALLEST]


def why_html(parts: Sequence[Part]) -> str:
    """Return the largest contributions as one line: names, numbers, bars."""
    whole = sum(abs(part.contribution) for part in parts)
    shown = " ".join(_reason(part, whole) for part in _telling(parts, NAMED))
    return f'<p class="vz-why">why: {shown or "no single field says much"}</p>'


def _reason(part: Part, whole: float) -> str:
    name = escape(part.field)
    detail = f"{name}: signal {signed(part.signal)}, crosstalk {signed(part.crosstalk)}"
    side = "less" if part.contribution < 0 else "more"
    width = WIDEST * abs(part.contribution) / whole
    return (
        f'<span title="{detail}"><em>{name}</em> {signed(part.contribution)}'
        f'<i class="vz-{side}" style="width:{width:.2f}ch"></i></span>'
    )


def why_sentence(parts: Sequence[Part]) -> str:
    """Return what makes two documents alike, and what less so, as a sentence.

    >>> why_sentence([Part("age", 0.5, 0.47, 0.03), Part("sex", -0.1, 0.0, -0.1)])
    'Alike because of age (+0.50), less so because of sex (−0.10): signal 0.47, crosstalk −0.07.'
    """
    largest = _telling(parts, SAID)
    more = [part for part in largest if part.contribution > 0]
    less = [part for part in largest if part.contribution < 0]
    said = [f"alike because of {_named(more)}"] if more else ["no field makes them alike"]
    said += [f"less so because of {_named(less)}"] if less else []
    signal, crosstalk = (signed(size).removeprefix("+") for size in total(parts)[1:])
    sentence = ", ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}: signal {signal}, crosstalk {crosstalk}."


def _named(parts: Sequence[Part]) -> str:
    return ", ".join(f"{part.field} ({signed(part.contribution)})" for part in parts)


def ask_why(key: str) -> bool:
    """Show a button for an explanation that takes long; return whether it was just pressed."""
    return st.button("Why?", key=key, type="tertiary")
