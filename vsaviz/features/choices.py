"""What is chosen for single fields, by rules or by hand, and what of it counts."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

from vsaviz.features.fields import Field
from vsaviz.features.near import near_names
from vsaviz.features.paths import Path
from vsaviz.features.rules import joined
from vsaviz.features.settings import FeatureSettings


def weights_of(fields: Mapping[Path, Field], settings: FeatureSettings) -> dict[Path, float]:
    """Return the weight of each field whose weight is not 1; for records only those set by hand."""
    by_hand = dict(settings.field_weights)
    chosen = settings.weights == "similarity"
    return {
        path: field.weight
        for path, field in fields.items()
        if field.weight != 1 and (chosen or field.name in by_hand)
    }


def with_settings(fields: Mapping[Path, Field], settings: FeatureSettings) -> Mapping[Path, Field]:
    """Return the fields that have settings of their own; for records only those set by hand."""
    if settings.weights == "similarity":
        return fields
    by_hand = {name for name, _, _ in settings.field_settings}
    return {path: field for path, field in fields.items() if field.name in by_hand}


def balances_of(fields: Mapping[Path, Field], settings: FeatureSettings) -> dict[Path, float]:
    """Return the balance of the arrays of each field whose balance is not that of all."""
    return {path: field.balance for path, field in fields.items() if field.balance != settings.balance}


def with_reasons(table: dict[Path, Field], of_arrays: Mapping[Path, str]) -> dict[Path, Field]:
    """Return the table with what was found of arrays beside their presence."""
    told = {path[:-1]: why for path, why in of_arrays.items()}
    with_why = {
        path: replace(table[path], why=joined(why, table[path].why))
        for path, why in told.items()
        if path in table
    }
    return table | with_why


def switched_off(weights: Mapping[Path, float]) -> dict[Path, float]:
    """Return the weights of 0 among these."""
    return {path: weight for path, weight in weights.items() if not weight}


def weights_by_hand(table: dict[Path, Field], settings: FeatureSettings) -> dict[Path, Field]:
    """Return the table with the weights that the user gave instead of those chosen from the data."""
    given = ((name, "weight", weight) for name, weight in settings.field_weights)
    return _by_hand(table, "field_weights", given)


def settings_by_hand(
    table: dict[Path, Field], settings: FeatureSettings, with_arrays: Set[Path]
) -> dict[Path, Field]:
    """Return the table with what the user gave for single fields instead of what rules chose."""
    chosen = _by_hand(table, "field_settings", settings.field_settings)
    for path, field in table.items():
        if chosen[path].balance != field.balance and path not in with_arrays:
            raise ValueError(
                f"field_settings: field {field.name!r} holds no arrays, whose balance it could be"
            )
    return chosen


def _by_hand(
    table: dict[Path, Field], parameter: str, given: Iterable[tuple[str, str, float]]
) -> dict[Path, Field]:
    by_name = {field.name: path for path, field in table.items()}
    chosen = dict(table)
    for name, column, number in given:
        if name not in by_name:
            near = near_names(name, by_name)
            raise ValueError(f"{parameter}: no field {name!r} in these documents; near: {near}")
        field = chosen[by_name[name]]
        changed: dict[str, Any] = {column: float(number), "why": joined(field.why, f"{column} set by hand")}
        chosen[by_name[name]] = replace(field, **changed)
    return chosen
