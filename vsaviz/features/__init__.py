"""JSON documents → weighted features, as two sparse matrices; knows no vectors.

``fit`` learns from a collection and returns its features; ``Vocabulary.features`` gives those of others.
"""

from vsaviz.features.fields import Field
from vsaviz.features.matrices import Features
from vsaviz.features.settings import FeatureSettings
from vsaviz.features.text import Lines
from vsaviz.features.vocabulary import Vocabulary, fit

__all__ = ["FeatureSettings", "Features", "Field", "Lines", "Vocabulary", "fit"]
