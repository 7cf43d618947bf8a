"""Visits that are over: what they kept, and the files that they uploaded, is freed.

The framework keeps a visit for some time after its connection was lost, so that it can be taken up again,
and ends it when it next has a reason to look. Here somebody looks.
"""

import ctypes
import gc
import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from weakref import ref

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from vsaviz.ui.budget import Store

LOG = logging.getLogger("vsaviz")
EVERY = 10.0
"""Seconds between two looks."""


class Server(Protocol):
    """What must be known of the framework."""

    def is_active_session(self, session_id: str) -> bool:
        """Whether a visit is connected."""
        ...

    def remove_files(self, session_id: str) -> None:
        """Free what a visit uploaded."""
        ...


class Framework:
    """The framework as it is."""

    def is_active_session(self, session_id: str) -> bool:
        """Whether a visit is connected."""
        return runtime.get_instance().is_active_session(session_id)

    def remove_files(self, session_id: str) -> None:
        """Free what a visit uploaded."""
        runtime.get_instance().uploaded_file_mgr.remove_session_files(session_id)


@dataclass
class _Visit:
    store: ref[Store]
    lost: float | None = None
    """When it was first seen without a connection."""


class Visits:
    """The visits of a server, by the names of their sessions."""

    def __init__(self, server: Server, patience: float):
        self._server, self._patience = server, patience
        self._lock = threading.Lock()
        self._visits: dict[str, _Visit] = {}
        self._has_run = False

    def note(self, session_id: str, store: Store) -> None:
        """Note that a visit is going on."""
        with self._lock:
            self._visits[session_id] = _Visit(ref(store))
            self._has_run = True

    def look(self, now: float) -> None:
        """Sweep, and where something was freed or a run has gone on, give memory back to the machine."""
        freed = self.sweep(now)
        with self._lock:
            had_run, self._has_run = self._has_run, False
        if freed:
            gc.collect()
        if freed or had_run:
            _give_back()

    def sweep(self, now: float) -> bool:
        """Free what belongs to visits without a connection for longer than the patience; tell if any was."""
        with self._lock:
            over = [name for name, visit in self._visits.items() if self._is_over(name, visit, now)]
            ended = {name: self._visits.pop(name).store() for name in over}
        for name, store in ended.items():
            self._server.remove_files(name)
            if store is not None:
                store.clear()
        return bool(ended)

    def _is_over(self, name: str, visit: _Visit, now: float) -> bool:
        if self._server.is_active_session(name):
            visit.lost = None
        elif visit.lost is None:
            visit.lost = now
        return visit.lost is not None and now - visit.lost > self._patience


def note_visit(store: Store) -> None:
    """Note the visit that this script runs for, and begin to look after visits with the first of them."""
    context = get_script_run_ctx()
    if context is not None and runtime.exists() and type(runtime.get_instance()) is runtime.Runtime:
        _visits().note(context.session_id, store)


def _give_back() -> None:
    """Give freed memory back to the machine, where the C library keeps it for later."""
    with suppress(OSError, AttributeError):  # other systems than Linux do so by themselves
        ctypes.CDLL("libc.so.6").malloc_trim(0)


@st.cache_resource(show_spinner=False)
def _visits() -> Visits:
    """Return the visits of this server; a thread of their own looks after them."""
    visits = Visits(Framework(), float(st.get_option("server.disconnectedSessionTTL") or 0) + EVERY)

    def look() -> None:
        while runtime.exists():
            time.sleep(EVERY)
            try:
                visits.look(time.monotonic())
            except Exception:  # the next look shall come all the same
                LOG.exception("looking after visits")

    threading.Thread(target=look, name="visits", daemon=True).start()
    return visits
