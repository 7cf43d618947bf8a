"""Figures, one file each: arrays and labels → plotly figures; nothing is loaded or encoded here."""

from vsaviz.figures.contributions import contributions_figure
from vsaviz.figures.differences import differences_figure
from vsaviz.figures.fidelity import fidelity_figure
from vsaviz.figures.map import map_figure
from vsaviz.figures.matrix import matrix_figure
from vsaviz.figures.probe import probe_figure
from vsaviz.figures.question import with_question
from vsaviz.figures.recall import recall_figure
from vsaviz.figures.series import series_figure
from vsaviz.figures.shares import shares_figure
from vsaviz.figures.small_multiples import small_multiples_figure
from vsaviz.figures.softness import softness_figure
from vsaviz.figures.stability import stability_figure
from vsaviz.figures.strips import strips_figure

__all__ = [
    "contributions_figure",
    "differences_figure",
    "fidelity_figure",
    "map_figure",
    "matrix_figure",
    "probe_figure",
    "recall_figure",
    "series_figure",
    "shares_figure",
    "small_multiples_figure",
    "softness_figure",
    "stability_figure",
    "strips_figure",
    "with_question",
]
