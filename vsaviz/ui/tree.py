"""A JSON document as a tree that opens and closes, as escaped HTML."""

from html import escape
from typing import Any

from vsaviz.jsontext import scalar

OPEN_LEVELS = 2
ITEMS_AT_MOST = 200
TEXT_AT_MOST = 2_000
DEEPEST = 60


def tree_html(document: Any) -> str:
    """Return a document as nested, collapsible lists; long strings and lists say how much is left out."""
    return f'<div class="vz-tree">{_value(document, 0)}</div>'


def _value(value: Any, depth: int) -> str:
    if isinstance(value, dict | list) and value:
        return _container(value, depth)
    if isinstance(value, str):
        shown = value[:TEXT_AT_MOST]
        left = len(value) - len(shown)
        more = f"<i> … {left:,} more characters</i>" if left else ""
        return f'<span class="vz-s">{escape(scalar(shown))}</span>{more}'
    kind = "n" if isinstance(value, int | float) and not isinstance(value, bool) else "c"
    text = scalar(value)
    if len(text) > TEXT_AT_MOST:
        return f'<span class="vz-n">{text[:TEXT_AT_MOST]}</span><i> … {len(text):,} digits</i>'
    return f'<span class="vz-{kind}">{escape(text)}</span>'


def _container(value: dict[str, Any] | list[Any], depth: int) -> str:
    count = len(value)
    if isinstance(value, dict):
        entries = list(value.items())[:ITEMS_AT_MOST]
        rows = [(_key(key), item) for key, item in entries]
        size = f"{{{count}}}"
    else:
        rows = [(f'<span class="vz-i">{i}</span>', item) for i, item in enumerate(value[:ITEMS_AT_MOST])]
        size = f"[{count}]"
    if depth >= DEEPEST:
        return f"<i>{size} … nested deeper than is shown here</i>"
    inner = "".join(f"<li>{label} {_value(item, depth + 1)}</li>" for label, item in rows)
    left = count - len(rows)
    more = f"<li><i>… {left:,} more</i></li>" if left else ""
    opened = " open" if depth < OPEN_LEVELS else ""
    return f"<details{opened}><summary>{size}</summary><ul>{inner}{more}</ul></details>"


def _key(key: str) -> str:
    return f'<span class="vz-k">{escape(scalar(key)[1:-1]) or "&quot;&quot;"}</span>'
