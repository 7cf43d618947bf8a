"""The examples of the documentation, run in the order in which they stand."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run_page(page, folder, monkeypatch, **names):
    """Run all Python blocks of a page of ours in a folder, one after the other; return their names."""
    monkeypatch.chdir(folder)
    for block in re.findall(r"```python\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL):
        exec(block, names)  # noqa: S102
    return names
