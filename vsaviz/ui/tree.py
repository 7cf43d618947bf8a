"""A JSON document as a tree that opens and closes, as escaped HTML; leaves may carry marks."""

from dataclasses import dataclass
from html import escape
from typing import Any

from vsaviz.jsontext import scalar, visible
from vsaviz.sidebyside.marks import DIFFERENT, EQUAL, NEAR, ONLY, Marks

OPEN_LEVELS = 2
ITEMS_AT_MOST = 200
TEXT_AT_MOST = 2_000
DEEPEST = 60


@dataclass(frozen=True)
class Sign:
    """How a mark is shown: a class for its colour, a symbol, and what it says."""

    name: str
    symbol: str
    words: str


SIGNS = {
    EQUAL: Sign("equal", "=", "equal in both documents"),
    NEAR: Sign("near", "≈", "near: similar in both documents, not equal"),
    DIFFERENT: Sign("different", "≠", "different in the other document"),
    ONLY: Sign("only", "+", "only in this document"),
}


def tree_html(document: Any, marks: Marks | None = None) -> str:
    """Return a document as nested, collapsible lists; long strings and lists say how much is left out.

    ``marks`` are those of `vsaviz.sidebyside.side_by_side`: every leaf then has its sign, what is equal is
    folded, and what holds both equal and other leaves is open.
    """
    return f'<div class="vz-tree">{_value(document, 0, marks)}</div>'


def _value(value: Any, depth: int, marks: Marks | None) -> str:
    if isinstance(value, dict | list) and value:
        return _container(value, depth, marks)
    if isinstance(value, str):
        shown = value[:TEXT_AT_MOST]
        left = len(value) - len(shown)
        more = f"<i> … {left:,} more characters</i>" if left else ""
        return _marked(f'<span class="vz-s">{escape(visible(scalar(shown)))}</span>{more}', marks)
    kind = "n" if isinstance(value, int | float) and not isinstance(value, bool) else "c"
    text = scalar(value)
    if len(text) > TEXT_AT_MOST:
        long = f'<span class="vz-n">{text[:TEXT_AT_MOST]}</span><i> … {len(text):,} digits</i>'
        return _marked(long, marks)
    return _marked(f'<span class="vz-{kind}">{escape(text)}</span>', marks)


def _container(value: dict[str, Any] | list[Any], depth: int, marks: Marks | None) -> str:
    count = len(value)
    rows: list[tuple[str, Any, Any]]
    if isinstance(value, dict):
        entries = list(value.items())[:ITEMS_AT_MOST]
        rows = [(_key(key), key, item) for key, item in entries]
        size = f"{{{count}}}"
    else:
        rows = [(f'<span class="vz-i">{i}</span>', i, item) for i, item in enumerate(value[:ITEMS_AT_MOST])]
        size = f"[{count}]"
    if depth >= DEEPEST:
        return f"<i>{size} … nested deeper than is shown here</i>"
    inner = "".join(
        f"<li>{label} {_value(item, depth + 1, _below(marks, step))}</li>" for label, step, item in rows
    )
    left = count - len(rows)
    more = f"<li><i>… {left:,} more</i></li>" if left else ""
    opened = " open" if _is_open(depth, marks) else ""
    summary = _marked(size, _whole(marks))
    return f"<details{opened}><summary>{summary}</summary><ul>{inner}{more}</ul></details>"


def _key(key: str) -> str:
    text = visible(scalar(key))
    # In quotes only where a key could not be seen else, or not where it ends.
    shown = text[1:-1] if key == key.strip() != "" else text.replace(" ", "\u00a0")
    return f'<span class="vz-k">{escape(shown)}</span>'


def _below(marks: Marks | None, step: Any) -> Marks | None:
    """Return the marks of what a container holds: a mark of its own is that of all of it."""
    return marks if marks is None or isinstance(marks, str) else marks[step]


def _whole(marks: Marks | None) -> Marks | None:
    """Return the mark of all that a container holds, if it is the same one."""
    if marks is None or isinstance(marks, str):
        return marks
    children = marks.values() if isinstance(marks, dict) else marks
    return EQUAL if all(child == EQUAL for child in children) else None


def _is_open(depth: int, marks: Marks | None) -> bool:
    if marks is None or not depth or (isinstance(marks, str) and marks != EQUAL):
        return depth < OPEN_LEVELS
    return _whole(marks) is None


def _marked(html: str, mark: Marks | None) -> str:
    """Return what is shown of a value behind the symbol of its mark."""
    if not isinstance(mark, str):
        return html
    sign = SIGNS[mark]
    return (
        f'<span class="vz-mark vz-{sign.name}" title="{sign.words}">'
        f'<span class="vz-sign">{sign.symbol}</span>{html}</span>'
    )
