"""Fidelity on Compare: how near every scheme comes to the exact kernel, at each dimension."""

from collections.abc import Callable
from html import escape

import plotly.graph_objects as go
import streamlit as st

from vsaviz.figures import fidelity_figure
from vsaviz.figures.fidelity import Curve
from vsaviz.lab.comparing.fidelity import DOCUMENTS, Fidelity, fidelity
from vsaviz.lab.comparing.reading import fidelity_reading
from vsaviz.ui.comparing.compared import Compared
from vsaviz.ui.parts import caption, heading, is_dark
from vsaviz.ui.running import run

WANTED = "_fidelity"
TABLE = ("scheme", "D", "deviation", "neighbours kept", "seconds", "bytes a vector")


def fidelity_section(of: Compared) -> Fidelity | None:
    """Show the button and, once it is pressed, figure, table and what they say; return what was found."""
    n = min(len(of.rows), DOCUMENTS)
    heading("Fidelity against D", f"every scheme on {n:,} of the documents")
    if n < 2:
        caption("It takes two documents to have a cosine.")
        return None
    key = (of.view.loaded.key, of.encodings[0].features, of.encodings[0].seed)
    if st.session_state.get(WANTED) != key:
        st.button("Measure every scheme", key="fidelity_start", on_click=_want, args=(key,))
        caption(
            f"Takes up to a minute; can be stopped. Features and seed are those of setting 1{_drawn(of, n)}."
        )
        return None
    found = run("fidelity", key, _work(of), f"Encoding {n:,} documents under every scheme")
    if found is not None:
        _show(of, found)
    return found


def _drawn(of: Compared, n: int) -> str:
    return f"; the {n:,} documents are drawn with its seed" if n < len(of.rows) else ""


def _want(key: object) -> None:
    st.session_state[WANTED] = key


def _work(of: Compared) -> Callable[[Callable[[float], None]], Fidelity]:
    first = of.encodings[0]
    return lambda progress: fidelity(of.features(first.features), None, first.seed, None, progress)


def drawn(of: Compared, found: Fidelity, dark: bool) -> go.Figure:
    """Return the figure of what was found; the schemes that are compared stand out."""
    told = {one.scheme for one in of.encodings}
    names = list(dict.fromkeys(one.scheme for one in found.measured))
    own = {name: [one for one in found.measured if one.scheme == name] for name in names}
    curves = [
        Curve(
            name,
            [one.dimensions for one in some],
            [one.deviation for one in some],
            [one.overlap for one in some],
            name in told,
        )
        for name, some in own.items()
    ]
    return fidelity_figure(curves, found.line, found.k, dark=dark)


def table(found: Fidelity) -> list[tuple[str, int, float, float, float, int]]:
    """Return what was found, a line for each scheme and dimension."""
    return [
        (one.scheme, one.dimensions, one.deviation, one.overlap, one.seconds, one.bytes)
        for one in found.measured
    ]


def _show(of: Compared, found: Fidelity) -> None:
    st.html(f'<p class="vz-reading">{escape(fidelity_reading(found))}</p>')
    st.plotly_chart(
        drawn(of, found, is_dark()),
        key="fidelity",
        theme=None,
        config={"displayModeBar": False},
        alt="Deviation from the exact kernel and neighbours kept, against D, for every scheme",
    )
    columns = zip(*((*line[:3], round(line[3], 2), *line[4:]) for line in table(found)), strict=True)
    st.dataframe(
        dict(zip(TABLE, map(list, columns), strict=True)),
        key="fidelity_table",
        hide_index=True,
        height=240,
        column_config={
            "deviation": st.column_config.NumberColumn(format="%.4f"),
            "neighbours kept": st.column_config.NumberColumn(format="percent"),
            "seconds": st.column_config.NumberColumn(format="%.1f"),
            "bytes a vector": st.column_config.NumberColumn(format="localized"),
        },
    )
    caption(
        f"Deviation: root mean square over {found.n * (found.n - 1) // 2:,} pairs of {found.n:,} documents. "
        f"Bytes: float32, as the app keeps vectors.{left_out(found)}"
    )


def left_out(found: Fidelity) -> str:
    """Say which dimensions were not measured."""
    if not found.left_out:
        return ""
    by_sizes: dict[tuple[int, ...], list[str]] = {}
    for name, sizes in found.left_out.items():
        by_sizes.setdefault(sizes, []).append(name)
    everyone = len({one.scheme for one in found.measured})
    told = []
    for sizes, schemes in sorted(by_sizes.items(), key=lambda item: -len(item[1])):
        who = "most schemes" if len(schemes) > everyone / 2 else ", ".join(schemes)
        told.append(f"{who} at D={', '.join(f'{D:,}' for D in sizes)}")
    return f" Left out, as they would take too long: {'; '.join(told)}."
