"""The parts of a cosine, made few enough to be looked at."""

from collections.abc import Sequence

from vsaviz.explain import Part


def of_fields(parts: Sequence[Part]) -> list[Part]:
    """Return the parts that are fields."""
    return [part for part in parts if not part.remainder]


def gathered(parts: Sequence[Part], most: int) -> list[Part]:
    """Return at most ``most`` fields, the largest first; the others' sum as one; the remainder last.

    >>> parts = [Part(name, size, size, 0.0) for name, size in (("a", 0.5), ("b", 0.25), ("c", 0.125))]
    >>> [(part.field, part.contribution) for part in gathered(parts, 1)]
    [('a', 0.5), ('other (2)', 0.375)]
    """
    fields = of_fields(parts)
    return fields[:most] + _as_one(fields[most:]) + list(parts[len(fields) :])


def _as_one(parts: Sequence[Part]) -> list[Part]:
    if not parts:
        return []
    contribution, signal, crosstalk = total(parts)
    return [Part(f"other ({len(parts)})", contribution, signal, crosstalk)]


def total(parts: Sequence[Part]) -> tuple[float, float, float]:
    """Return the sums of contributions, signals and crosstalk."""
    return (
        sum(part.contribution for part in parts),
        sum(part.signal for part in parts),
        sum(part.crosstalk for part in parts),
    )
