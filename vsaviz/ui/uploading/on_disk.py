"""Collections on disk: those of the folder that whoever runs the server has named, and a sample of one.

A visitor chooses among names. No path comes from the page, and nothing is written.
"""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path as File

import streamlit as st

from vsaviz import shipped
from vsaviz.errors import InputError
from vsaviz.ingest import LIMITS
from vsaviz.ui.aside import aside
from vsaviz.ui.encoding import set_encoding
from vsaviz.ui.loaded import Loaded
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, literal
from vsaviz.ui.running import Bar, run
from vsaviz.ui.sampling import sample_notice
from vsaviz.ui.uploading.opened import Opened

PREFIX = "On disk: "
"""Before the name of a collection where documents are chosen: shipped ones may have the same name."""
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
USUAL = 5_000
"""Documents of a sample, unless a person chooses another of ``SIZES``."""
SET = "_encoding set for"
KEPT = 2
EXTRA = ("lancedb", "pyarrow")


def collections_folder() -> File | None:
    """Return the folder of collections; None where none is named, or the extra is not installed."""
    named = os.environ.get(shipped.COLLECTIONS)
    return File(named).resolve() if named and all(map(find_spec, EXTRA)) else None


def on_disk_options() -> list[str]:
    """Return what is offered beside the other documents: the name of each collection, marked as one."""
    folder = collections_folder()
    if folder is None:
        return []
    from vsaviz.collection.offered import offered_names  # an extra, which takes a second to import

    return [f"{PREFIX}{name}" for name in offered_names(folder)]


def about_on_disk(options: Sequence[str]) -> None:
    """Show, once it is opened, what there is to say of each collection, and a button to turn to it."""
    if not options:
        return
    with st.expander("Collections on disk", key="on_disk_list", on_change="rerun") as opened:
        for number, option in enumerate(options if opened.open else ()):
            name = option.removeprefix(PREFIX)
            with st.container(key=f"on_disk_line_{number}", gap=None):
                st.button(
                    literal(name),
                    key=f"on_disk_{number}",
                    type="tertiary",
                    icon=":material/folder_open:",
                    on_click=_turn_to,
                    args=(option,),
                )
                caption(_about(name))


def _turn_to(option: str) -> None:
    st.session_state["collection"] = option


def _about(name: str) -> str:
    from vsaviz.collection.offered import by_name, offered, offered_path, state_of

    folder = collections_folder() or File()
    try:
        path = offered_path(folder, name)
        with by_name(path):
            key = (name, state_of(path))
        one = remembered("about on disk", key, lambda: offered(folder, name), most=100)
    except InputError as error:
        return str(error)
    index = ", indexed" if one.indexed else ""
    return f"{one.documents:,} documents, {one.scheme}, D={one.dimensions:,}{index}, written {one.written}"


def sample_on_disk(option: str) -> Loaded | None:
    """Return a sample of the chosen collection, and say so; None where reading was stopped.

    Raises
    ------
    InputError
        If it is not offered, or cannot be read.
    """
    from vsaviz.collection.offered import by_name, offered_path, state_of

    name = option.removeprefix(PREFIX)
    path = offered_path(collections_folder() or File(), name)
    with by_name(path):
        key = f"on disk {name} {state_of(path)}"

    def opening(bar: Bar) -> Opened:
        return aside(lambda _: Opened.of(path, key), bar)

    opened = run("on disk", key, opening, f"Opening {literal(name)}", most=KEPT)
    if opened is None:
        return None
    most = _size(name, opened.n)
    loaded = run(
        "sample on disk",
        (key, most),
        lambda bar: aside(lambda _: opened.sample(most), bar),
        f"Reading {most:,} of {opened.n:,} documents",
        most=KEPT,
    )
    if st.session_state.get(SET) != option:
        st.session_state[SET] = option
        set_encoding(opened.encoding)
    if most < opened.n:
        more = "Explore finds neighbours in all of them, and Ask asks them all."
        sample_notice(most, opened.n, "a random sample, always the same", more)
    return loaded


def left_on_disk() -> None:
    """Let the collection that is opened next bring its own encoding, be it the last one again."""
    st.session_state.pop(SET, None)


def _size(name: str, n: int) -> int:
    """Let a person choose how many documents are on the map; return how many."""
    most = min(n, LIMITS.documents)
    sizes = [*(size for size in SIZES if size < most), *([n] if n <= min(SIZES[-1], most) else [])]
    if len(sizes) < 2:
        return sizes[0] if sizes else most
    size: int = st.selectbox(
        "On the map",
        sizes,
        index=max(i for i, size in enumerate(sizes) if size <= USUAL or i == 0),
        format_func=lambda size: f"all {n:,}" if size == n else f"{size:,} of {n:,}",
        key=f"on_disk_size {name} {n}",
        help="How many documents are read from the disk. More take longer, and more memory.",
    )
    return size
