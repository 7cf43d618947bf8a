"""Work that a person waits for: how far it is, and a button that stops it."""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vsaviz.ui.memory import known, remembered
from vsaviz.ui.parts import caption

Made = TypeVar("Made")
Progress = Callable[[float], None]

BEFORE_SHOWING = 0.4
"""Seconds of work before anything is shown: what is done sooner needs no bar."""
BETWEEN_REPORTS = 0.2


def run(kind: str, settings: Hashable, work: Callable[[Progress], Made], text: str) -> Made | None:
    """Return what ``work`` makes for these settings, kept in the session; None where it was stopped.

    ``work`` is called with a function that takes the share that is done, from 0 to 1, and should call it
    several times a second: that is where it can be stopped. ``text`` says what is being done. A change of any
    control ends the work as the button does, and begins that of the new settings.
    """
    slot = st.empty()  # always there: what lies below keeps its place and its last picture meanwhile
    stopped = f"_stopped {kind}"
    if not known(kind, settings) and st.session_state.get(stopped) == settings:
        with slot.container():
            caption("Stopped before it was done.")
            if not st.button("Run it", key=f"{kind}_again"):
                return None
        del st.session_state[stopped]
        slot.empty()
    made = remembered(kind, settings, lambda: work(_Bar(slot, kind, settings, text)))
    slot.empty()
    return made


class _Bar:
    """A progress bar with a button beside it; any click of a person ends the work at the next report."""

    def __init__(self, slot: DeltaGenerator, kind: str, settings: Hashable, text: str):
        self._slot, self._kind, self._settings, self._text = slot, kind, settings, text
        self._bar: DeltaGenerator | None = None
        self._next = time.monotonic() + BEFORE_SHOWING

    def __call__(self, share: float) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + BETWEEN_REPORTS
        done = min(max(share, 0.0), 1.0)
        if self._bar is not None:
            self._bar.progress(
                done, text=self._text
            )  # Streamlit ends the script here if a person did something
            return
        with self._slot.container(key=f"{self._kind}_running"):
            wide, narrow = st.columns([5, 1], vertical_alignment="bottom")
            self._bar = wide.progress(done, text=self._text)
            narrow.button("Stop", key=f"{self._kind}_stop", on_click=_stop, args=(self._kind, self._settings))


def _stop(kind: str, settings: Hashable) -> None:
    st.session_state[f"_stopped {kind}"] = settings
