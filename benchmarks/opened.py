"""Memory that the app takes to open collections on disk, and to find neighbours in all of each.

python -m benchmarks.opened FOLDER

Each collection of the folder is opened in a process of its own, which runs the page without a browser: the
sample that the app takes by itself, the map, then the neighbours of a document on it in the whole collection.
"""

import argparse
import logging
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def memory(line: str) -> float:
    """Return MB of this process: ``VmRSS`` is now, ``VmHWM`` the most that it ever was."""
    found = re.search(rf"{line}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1000 if found else float("nan")


def measure(name: str) -> str:
    """Open a collection in this process and return a line of a table."""
    logging.disable(logging.WARNING)
    from streamlit.testing.v1 import AppTest

    from vsaviz.collection import Reader
    from vsaviz.ui import selection

    at = AppTest.from_file(ROOT / "app.py", default_timeout=600)
    at.session_state["collection"] = "events"
    at.session_state["in_all"] = True
    at.run()
    before, begun = memory("VmRSS"), time.process_time()
    at.selectbox(key="collection").select(f"On disk: {name}").run()
    opened, seconds = memory("VmHWM"), time.process_time() - begun
    view = at.session_state["_view"]
    at.session_state["_selection"] = selection.Selection(view.loaded.key, focus=0)
    at.run()
    if at.exception or not any((one.key or "") == "in_all_0" for one in at.button):
        raise RuntimeError(f"{name}: the page went wrong")
    about = Reader(Path(os.environ["VSAVIZ_COLLECTIONS"], name)).about()
    searched = memory("VmHWM")
    cells = (
        f"{about.documents:,}",
        f"{about.bytes / 1e6:,.0f} MB",
        "yes" if about.indexed else "no",
        f"{len(view.ids):,}",
        f"{before:,.0f} MB",
        f"{opened - before:,.0f} MB",
        f"{searched - opened:,.0f} MB",
        f"{seconds:.1f} s",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure each collection of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", help="of one collection, in this process")
    options = parser.parse_args()
    if options.name:
        print(measure(options.name))
        return
    from vsaviz.collection.offered import offered_names

    print(
        "| documents | on disk | index | on the map | before | to open | to search | processor |", flush=True
    )
    print("|---:|---:|---|---:|---:|---:|---:|---:|", flush=True)
    environment = {**os.environ, "VSAVIZ_COLLECTIONS": str(options.folder.resolve())}
    for name in offered_names(options.folder):
        command = [sys.executable, "-m", "benchmarks.opened", str(options.folder), "--name", name]
        subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
