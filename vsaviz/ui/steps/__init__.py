"""The steps of the tour: one file and one line in the table each."""

from vsaviz.ui.steps import ask, near, order, orthogonal, vector, why
from vsaviz.ui.steps.base import Step
from vsaviz.ui.steps.exhibit import Exhibit, exhibit

__all__ = ["STEPS", "Exhibit", "Step", "exhibit"]

STEPS: tuple[Step, ...] = (vector.STEP, near.STEP, why.STEP, orthogonal.STEP, order.STEP, ask.STEP)
