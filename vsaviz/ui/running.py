"""Work that a person waits for: how far it is, and a button that stops it."""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.ui.memory import KEPT, known, remembered
from vsaviz.ui.parts import caption

Made = TypeVar("Made")
Progress = Callable[[float], None]

BEFORE_SHOWING = 0.4
"""Seconds of work before anything is shown: what is done sooner needs no bar."""
BETWEEN_REPORTS = 0.2
LONG = 3
"""Seconds from which on it is said how long the work takes already: a bar may stand still."""


class StoppedError(Exception):
    """A person stopped the work."""


def run(
    kind: str,
    settings: Hashable,
    work: Callable[["Bar"], Made],
    text: str,
    *,
    name: str = "",
    most: int = KEPT,
) -> Made | None:
    """Return what ``work`` makes for these settings, kept in the session; None where it was stopped.

    ``work`` is called with a function that takes the share that is done, from 0 to 1, and should call it
    several times a second: that is where it can be stopped. ``text`` says what is being done. A change of any
    control ends the work as the button does, and begins that of the new settings. ``name`` is that of the
    widgets, by default the kind: two works of one kind in one run need two.
    """
    name = name or kind
    slot = st.empty()  # always there: what lies below keeps its place and its last picture meanwhile
    stopped = f"_stopped {name}"
    asked = st.session_state.get(stopped) == settings
    if known(kind, settings):
        if asked:
            del st.session_state[stopped]
    elif asked:
        with slot.container():
            caption("Stopped before it was done.")
            if not st.button("Run it", key=f"{name}_again"):
                return None
        del st.session_state[stopped]
        slot.empty()
    made = remembered(kind, settings, lambda: work(Bar(slot, name, settings, text)), most)
    slot.empty()
    return made


class Bar:
    """A progress bar with a button beside it; any click of a person ends the work at the next report."""

    def __init__(self, slot: DeltaGenerator, name: str, settings: Hashable, text: str):
        self._slot, self._name, self._settings, self._text = slot, name, settings, text
        self._bar: DeltaGenerator | None = None
        self._began = time.monotonic()
        self._next = self._began + BEFORE_SHOWING

    def __call__(self, share: float, step: str = "") -> None:
        """Show the share that is done, and in a few words what is being done."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + BETWEEN_REPORTS
        done, text = min(max(share, 0.0), 1.0), self._said(step)
        if self._bar is not None:
            self._bar.progress(done, text=text)  # Streamlit ends the script here if a person did something
            return
        stop = (self._name, self._settings)
        with self._slot.container(key=f"{self._name}_running", horizontal=True, vertical_alignment="bottom"):
            self._bar = st.progress(done, text=text)
            st.button("Stop", key=f"{self._name}_stop", on_click=_stop, args=stop)

    def _said(self, step: str) -> str:
        seconds = time.monotonic() - self._began
        return ", ".join(filter(None, [self._text, step, f"{seconds:.0f} s" if seconds >= LONG else ""]))


def _stop(name: str, settings: Hashable) -> None:
    st.session_state[f"_stopped {name}"] = settings
