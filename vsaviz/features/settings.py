"""Every choice that the features of documents depend on."""

from dataclasses import dataclass
from math import isfinite

from vsaviz.features.meanings import Model
from vsaviz.features.numbers import NUMBERS
from vsaviz.features.readings import ARRAYS
from vsaviz.features.rules import RULES
from vsaviz.features.strings import STRINGS

WEIGHTS = ("similarity", "record")
HIGHEST = {"structure": 1.0, "idf": 4.0, "elsewhere": 1.0, "balance": 1.0}


@dataclass(frozen=True)
class FeatureSettings:
    """How documents become weighted features.

    Parameters
    ----------
    arrays
        "bag" (order does not count), "sequence" (positions do), or "soft", both readings.
    numbers
        "quantile" (near is near on the field's own scale), "thermometer" (the paper's), or "exact".
    strings
        "words+ngrams", "words", "exact" (neither folded nor split), or a callable that gives an array (n, m)
        for a list of n strings, such as a sentence model: texts are then near where it says so.
    structure
        The share of the bare presence of a key in a leaf's squared norm, 0 to 1; less in fields that most
        documents have.
    idf
        The power of the inverse document frequency of values; 0 weighs frequent and rare ones alike. The
        presence of keys has twice this power, at most 1. Where most documents have the field, texts that
        repeat have 9/8 of it, and values on a scale 7/8.
    elsewhere
        What a leaf counts wherever its subtree hangs, against 1 where it lies, for keys that occur at several
        places; less in fields that most documents have. A subtree that moved is then similar.
    balance
        A container of n children passes n^−balance of its weight to each. Arrays of a field whose lengths
        vary much pass n^−3/2·balance.
    field_weights
        Pairs of a field's name and its weight, such as ``("orders[].sku", 0.5)``; they replace the weights
        chosen from the data.
    field_settings
        Triples of a field's name, "structure", "idf" or "balance", and its number, such as
        ``("orders[].sku", "idf", 0.5)``; they replace what is chosen from the data.
    weights
        "similarity" (rare features count more, those of one document less), or "record" (all in full).
    keep_values
        Whether the most frequent 10,000 values of each field are kept, so that values can be read back out of
        vectors; otherwise only words and other atoms can.

    Raises
    ------
    ValueError
        If a choice is unknown or a number out of range; the message says what is possible.
    """

    arrays: str = "soft"
    numbers: str = "quantile"
    strings: str | Model = "words+ngrams"
    structure: float = 0.15
    idf: float = 0.8
    elsewhere: float = 0.25
    balance: float = 0.33
    field_weights: tuple[tuple[str, float], ...] = ()
    field_settings: tuple[tuple[str, str, float], ...] = ()
    weights: str = "similarity"
    keep_values: bool = True

    def __post_init__(self) -> None:
        for name, choices in (
            ("arrays", ARRAYS),
            ("numbers", NUMBERS),
            ("strings", STRINGS),
            ("weights", WEIGHTS),
        ):
            chosen = getattr(self, name)
            if name == "strings" and callable(chosen):
                continue
            if not isinstance(chosen, str) or chosen not in choices:
                raise ValueError(f"{name} must be one of {', '.join(choices)}, got {chosen!r}")
        for name in HIGHEST:
            _check(name, name, getattr(self, name))
        if not isinstance(self.keep_values, bool):
            raise ValueError(f"keep_values must be True or False, got {self.keep_values!r}")
        for field, setting, number in self.field_settings:
            if setting not in RULES:
                raise ValueError(
                    f"field_settings: the settings of a field are {', '.join(RULES)}, got {setting!r}"
                )
            _check(setting, f"{setting} of field {field!r}", number)
        for field, weight in self.field_weights:
            if not isinstance(weight, int | float) or not (isfinite(weight) and weight >= 0):
                raise ValueError(f"the weight of field {field!r} must be 0 or more, got {weight!r}")


def _check(setting: str, called: str, number: float) -> None:
    highest = HIGHEST[setting]
    if not isinstance(number, int | float) or not 0 <= number <= highest:
        raise ValueError(f"{called} must be between 0 and {highest:g}, got {number!r}")
