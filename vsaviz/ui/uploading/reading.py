"""What the files of a person hold. What is broken is named, and left out only if the person says so."""

from collections.abc import Sequence

import streamlit as st

from vsaviz.errors import InputError
from vsaviz.ingest import Files, LeftOut, read_files
from vsaviz.ui.memory import remembered
from vsaviz.ui.parts import caption, notice, working
from vsaviz.ui.uploading.given import Given

WITHOUT = "_without_broken"
"""Where it stands of which files a person wants to see the rest."""
KEPT = 2
FEWER, FEW = 3, 20
"""How many lines and files are named: before it is decided about them, and after."""


def read(given: Given) -> Files | None:
    """Return what the files hold; None while it is asked whether to go on without what is broken.

    Raises
    ------
    InputError
        If nothing can be read, or it is too much.
    """
    slot = st.empty()

    def outcome() -> Files | InputError:
        n = len(given.sources)
        with working(slot, f"Reading {given.sources[0][0] if n == 1 else f'{n:,} files'}"):
            try:
                return read_files(given.sources, broken="leave out")
            except InputError as error:
                return error

    files = remembered("files", given.key, outcome, KEPT)
    if isinstance(files, InputError):
        raise InputError(str(files)) from files
    broken = [one for one in files.left_out if not one.foreign]
    if broken and st.session_state.get(WITHOUT) != given.key:
        _ask(broken, given.key)
        return None
    if files.left_out:
        notice(f"Left out: {_amounts(files.left_out)}.", "warning" if broken else "info")
        with st.expander("Which, and why", key="left_out"):
            _reasons(files.left_out, FEW)
    return files


def _ask(broken: Sequence[LeftOut], key: str) -> None:
    """Name what is broken, and offer to go on without it."""
    one = sum(max(1, each.n) for each in broken) == 1
    notice(f"Broken: {_amounts(broken)}.", "error")
    _reasons(broken, FEWER)
    st.button(
        f"Go on without {'it' if one else 'them'}",
        key="without_broken",
        type="primary",
        width="stretch",
        on_click=_go_on,
        args=(key,),
        help="Shows all that can be read, and keeps saying what is left out. Or mend it and drop it again.",
    )


def _amounts(left_out: Sequence[LeftOut]) -> str:
    """Return how much of which files, the first few by name."""
    files = [one.amount for one in left_out]
    more = len(files) - FEWER
    return ", ".join(files[:FEWER]) + (f" and {more:,} more files" if more > 0 else "")


def _reasons(left_out: Sequence[LeftOut], most: int) -> None:
    """Say what is wrong where, of the first few lines and files."""
    named = len(left_out) > 1
    lines = [f"{one.name}, {text}" if one.n and named else text for one in left_out for text in one.reasons]
    shown = lines[:most]
    for text in shown:
        caption(text)
    more = sum(max(1, one.n) for one in left_out) - len(shown)
    if more:
        caption(f"… and {more:,} more")


def _go_on(key: str) -> None:
    st.session_state[WITHOUT] = key
