"""Figures, one file each: arrays and labels → plotly figures; nothing is loaded or encoded here."""

from vsaviz.figures.contributions import contributions_figure
from vsaviz.figures.differences import differences_figure
from vsaviz.figures.map import map_figure
from vsaviz.figures.matrix import matrix_figure
from vsaviz.figures.question import with_question
from vsaviz.figures.recall import recall_figure
from vsaviz.figures.shares import shares_figure
from vsaviz.figures.strips import strips_figure

__all__ = [
    "contributions_figure",
    "differences_figure",
    "map_figure",
    "matrix_figure",
    "recall_figure",
    "shares_figure",
    "strips_figure",
    "with_question",
]
