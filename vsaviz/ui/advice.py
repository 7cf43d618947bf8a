"""Which D is enough: what the theory says of these documents, beside the slider that chooses D."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.errors import InputError
from vsaviz.features.paths import Path, field_name
from vsaviz.lab.advice.advisor import Needed, Timed, cost, for_field, for_neighbors
from vsaviz.lab.advice.thought import Collection
from vsaviz.ui.encoding import Encoding, sizes
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, literal, notice
from vsaviz.ui.running import run

OPEN, FIELD = "advice_open", "advice_field"
TIMES = "_seconds of encodings"


def show_advice(slot: DeltaGenerator, key: str, of: Collection, encoding: Encoding) -> None:
    """Let a person ask which D is enough for these documents, known by their key, under this encoding."""
    with slot.popover("Which D is enough?", key=OPEN, on_change="rerun", width="stretch") as opened:
        if not opened.open:
            return
        if of.features.n_documents < 2:
            caption("There is no other document that could be a neighbour.")
        else:
            _for_neighbors(key, of, encoding)
        _for_field(key, of, encoding)


def _for_neighbors(key: str, of: Collection, encoding: Encoding) -> None:
    settings = (key, encoding.scheme, encoding.seed, encoding.features)
    needed = run(
        "advice for neighbours",
        settings,
        lambda report: for_neighbors(of, encoding.scheme, encoding.seed, report),
        "Comparing features",
    )
    if needed:
        said = advice("keep", "of a document's ten exact neighbours", needed, encoding.dimensions)
        _offer("neighbors", said, _enough(needed, encoding), key, of, encoding)


def _for_field(key: str, of: Collection, encoding: Encoding) -> None:
    fields = of.vocabulary.fields
    kept = {path for path, known in of.vocabulary.kept.items() if len(known.values) > 1 and not known.atoms}
    options = sorted(
        (path for path in fields if path in kept),
        key=lambda path: (fields[path].weight < 1, -fields[path].documents, fields[path].distinct),
    )
    if not options:
        return
    field: Path = st.selectbox(
        "A field to be read back",
        options,
        format_func=lambda path: field_name(path),
        key=FIELD,
        persist_state="session",
        help="At which D the likeliest value that comes out of a vector there is one that was put in, as "
        "told from the features and the theory: no vector is computed for it.",
    )
    settings = (key, encoding.scheme, encoding.seed, encoding.features, field)
    try:
        needed = run(
            "advice for a field",
            settings,
            lambda report: for_field(of, field, encoding.scheme, encoding.seed, report),
            "Reading back in thought",
        )
    except (InputError, ValueError) as error:
        notice(str(error), "warning")
        return
    if needed:
        said = advice("read back", f"of the values of {field_name(field)}", needed, encoding.dimensions)
        _offer("field", said, _enough(needed, encoding), key, of, encoding)


def advice(verb: str, what: str, needed: Needed, chosen: int) -> str:
    """Return what the theory says, as a sentence.

    >>> advice("keep", "of them", Needed(0.95, 2606, ((1024, 0.87), (8192, 0.99)), 1.0), 1024)
    'About 2,600 dimensions keep 95% of them, 1,024 keep 87%.'
    >>> advice("keep", "of them", Needed(0.95, None, ((8192, 0.81),), 0.85), 1024)
    'No D will keep 95% of them: at 8,192 it is 81%, and however large D is 85%.'
    """
    largest, there = needed.largest
    if needed.dimensions is not None:
        here = dict(needed.curve).get(chosen)
        beside = "" if here is None else f", {chosen:,} {verb} {here:.0%}"
        return f"About {_rounded(needed.dimensions):,} dimensions {verb} {needed.asked:.0%} {what}{beside}."
    if needed.limit < needed.asked:
        return (
            f"No D will {verb} {needed.asked:.0%} {what}: at {largest:,} it is {there:.0%}, "
            f"and however large D is {needed.limit:.0%}."
        )
    return (
        f"More than {largest:,} dimensions {verb} {needed.asked:.0%} {what}; {largest:,} {verb} {there:.0%}."
    )


def _rounded(dimensions: int) -> int:
    """Return a number with two digits that count: more would not be true."""
    step = 10 ** max(0, len(str(dimensions)) - 2)
    return round(dimensions / step) * step


def _enough(needed: Needed, encoding: Encoding) -> int | None:
    """Return the least size of the slider that is enough."""
    found = needed.dimensions
    return None if found is None else next((size for size in sizes(encoding.scheme) if size >= found), None)


def _offer(name: str, said: str, size: int | None, key: str, of: Collection, encoding: Encoding) -> None:
    """Say it, and offer a size of the slider with what it costs."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.markdown(literal(said))
    if size is None:
        return
    right.button(
        f"Use {size:,}",
        key=f"advice_use_{name}",
        on_click=_use,
        args=(size,),
        disabled=size == encoding.dimensions,
        width="stretch",
    )
    timed = st.session_state.get(TIMES, {}).get((key, encoding.scheme, encoding.features))
    settings = (key, encoding.scheme, encoding.features, size, timed)
    price = remembered("cost", settings, lambda: cost(of.features, encoding.scheme, size, timed), most=16)
    with left:
        caption(
            f"D={size:,}: {in_bytes(price.bytes)}, about {price.seconds:.1f} s to encode, judged by "
            f"{'the last time' if timed else 'a few of them'}."
        )


def _use(size: int) -> None:
    st.session_state["dimensions"] = size


def took(key: str, encoding: Encoding, seconds: float) -> None:
    """Remember how long an encoding took: others of the same documents can be foretold from it."""
    known = st.session_state.setdefault(TIMES, {})
    known[key, encoding.scheme, encoding.features] = Timed(encoding.dimensions, seconds)


def in_bytes(n: int) -> str:
    """Return bytes as people write them.

    >>> in_bytes(4_096_000), in_bytes(51_200)
    ('4.1 MB', '51 kB')
    """
    return f"{n / 1e6:.1f} MB" if n >= 1e6 else f"{n / 1e3:.0f} kB"
