"""The app served as ``vsaviz app`` serves it, on a free port, for as long as it is looked at."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from vsaviz.shipped import server, share

PATIENCE = 120
"""Seconds until the server answers, on busy machines too."""


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    address: str
    process: int
    """Its number."""


@contextmanager
def served(environment: Mapping[str, str] | None = None, log: Path | None = None) -> Iterator[Served]:
    """Serve the app until the end of the block; what it says goes to ``log``.

    Raises
    ------
    TimeoutError
        If it does not answer.
    """
    port = _free_port()
    told = Path(os.devnull) if log is None else log
    with told.open("wb") as output:
        process = subprocess.Popen(
            server(port),
            cwd=share(),
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=output,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(process, address)
        yield Served(address, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
            return
        time.sleep(0.1)
    raise TimeoutError(f"the app does not answer at {address}")
