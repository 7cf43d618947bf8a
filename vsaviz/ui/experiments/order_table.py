"""The table of pairs and schemes: one cosine a cell, and a mark where two different documents are one."""

from collections.abc import Sequence
from html import escape

from vsaviz.jsontext import one_line
from vsaviz.lab.order import Pair, Told

LONGEST = 64
SAME_MARK = "≡"


def table_html(pairs: Sequence[Pair], told: Told) -> str:
    """Return the table; all text of the pairs is escaped.

    The colour of a cell says how far its cosine lies above the exact one.
    """
    names = zip(told.schemes, told.dimensions, strict=True)
    heads = "".join(f"<th>{escape(name)}<small>D={D:,}</small></th>" for name, D in names)
    rows = "".join(_row(pair, told, row) for row, pair in enumerate(pairs))
    return (
        '<div class="vz-order"><table><thead><tr><th>pair of documents</th>'
        f"<th>exact<small>D=∞</small></th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(pair: Pair, told: Told, row: int) -> str:
    one, other = (f"<code>{escape(one_line(value, LONGEST))}</code>" for value in (pair.one, pair.other))
    cells = "".join(_cell(told, row, column) for column in range(len(told.schemes)))
    return (
        f'<tr><th scope="row">{escape(pair.title)}<div>{one}<i>and</i>{other}</div></th>'
        f"<td>{_two(told.exact[row])}</td>{cells}</tr>"
    )


def _cell(told: Told, row: int, column: int) -> str:
    cosine, stated = float(told.cosines[row, column]), float(told.stated[row, column])
    above = min(1.0, max(0.0, cosine - float(told.exact[row])))
    partly = f"<small>stated {stated:.2f}</small>" if 0 < stated < 1 else ""
    style = f"background:rgba(213,94,0,{0.45 * above:.2f})"
    if told.mixed_up[row, column]:
        title = f"{told.schemes[column]} takes them for the same document"
        return f'<td class="vz-same" style="{style}" title="{escape(title)}">{SAME_MARK} {_two(cosine)}</td>'
    return f'<td style="{style}">{_two(cosine)}{partly}</td>'


def _two(value: float) -> str:
    """Return two decimals, never −0.00.

    >>> _two(-0.001), _two(-0.25), _two(1)
    ('0.00', '−0.25', '1.00')
    """
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")
