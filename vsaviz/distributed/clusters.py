"""A cluster by its name: the address of a scheduler, or workers on this machine."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from vsaviz.distributed.engine import dask
from vsaviz.errors import InputError

WAIT = 10.0
"""Seconds in which a scheduler must answer."""


@contextmanager
def cluster(name: str, wait: float = WAIT) -> Iterator["dask.Client"]:
    """Give the client of ``tcp://host:8786``, or of ``local`` or ``local:N``: N workers of one thread each.

    Raises
    ------
    InputError
        If it is no such name, or nobody answers there.
    """
    local = re.fullmatch(r"local(?::([1-9]\d*))?", name)
    if local:
        workers = int(local[1]) if local[1] else os.cpu_count()
        # What a task refuses is raised here: no need to log where.
        quiet = {"silence_logs": logging.CRITICAL, "dashboard_address": ":0"}
        with dask.Client(n_workers=workers, threads_per_worker=1, **quiet) as client:
            yield client
        return
    if name.startswith("local:") or ":" not in name:
        raise InputError(f"a cluster is local, local:N or an address such as tcp://host:8786, got {name!r}")
    try:
        client = dask.Client(name, timeout=wait)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler answers at {name} ({error}); start one, or give local") from None
    with client:
        yield client
