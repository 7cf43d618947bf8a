"""The experiments of the Lab: one file and one name in the table each."""

from vsaviz.ui.experiments import capacity, factoring, order, probe, series, softness, stability
from vsaviz.ui.experiments.base import Experiment

__all__ = ["EXPERIMENTS", "Experiment"]

EXPERIMENTS: dict[str, Experiment] = {
    experiment.name: experiment
    for experiment in (
        stability.EXPERIMENT,
        order.EXPERIMENT,
        softness.EXPERIMENT,
        capacity.EXPERIMENT,
        factoring.EXPERIMENT,
        series.EXPERIMENT,
        probe.EXPERIMENT,
    )
}
