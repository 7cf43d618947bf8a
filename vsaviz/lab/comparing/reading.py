"""What a comparison shows, in a paragraph of plain words; every number in it is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vsaviz.features import Features
from vsaviz.features.paths import field_name
from vsaviz.lab.comparing.agreement import Agreement
from vsaviz.lab.comparing.exact import Kernel
from vsaviz.lab.comparing.fidelity import Fidelity

EQUAL = 1e-5
"""Exact similarities no further apart are equal: either may be the first neighbour."""


Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""Names of fields that a scheme cannot tell apart."""


@dataclass(frozen=True)
class Case:
    """What one setting does to the documents' first neighbours."""

    label: str
    scheme: str
    n: int
    elsewhere: int
    """First neighbours that are not first, nor as near as the first, in the exact kernel."""
    mixing: "Mixing | None" = None
    """What mixing up fields does, where the scheme does so."""


@dataclass(frozen=True)
class Mixing:
    """What it does that a scheme cannot tell some fields apart.

    In the exact kernel with these fields merged, which is free of noise, some documents have another first
    neighbour. Of these ``moved`` the scheme puts ``followed`` where the merged kernel does and ``stayed``
    where the exact one does. Noise alone would not prefer the merged one: the difference is caused.
    """

    pairs: Pairs
    moved: int
    followed: int
    stayed: int

    @property
    def caused(self) -> int:
        """First neighbours elsewhere because of it: the difference, where it is beyond two deviations.

        Were either kernel as likely to be followed, it would have deviation √(followed + stayed).
        """
        more = self.followed - self.stayed
        return more if more > 2 * np.sqrt(self.followed + self.stayed) else 0


def mixing(exact: Kernel, mixed: Kernel, chosen: NDArray[np.int64], pairs: Pairs) -> Mixing:
    """Return what mixing up fields does, from both kernels (n, n) and a scheme's first neighbours (n,)."""
    others = mixed.copy()
    np.fill_diagonal(others, -np.inf)
    moved = ~is_first(exact, others.argmax(axis=1))
    followed = moved & is_first(mixed, chosen) & ~is_first(exact, chosen)
    stayed = moved & is_first(exact, chosen) & ~is_first(mixed, chosen)
    return Mixing(pairs, int(moved.sum()), int(followed.sum()), int(stayed.sum()))


def is_first(kernel: Kernel, chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each row whether the other row chosen for it is as near as any in this kernel (n, n)."""
    others = kernel.copy()
    np.fill_diagonal(others, -np.inf)
    reached: NDArray[np.bool_] = others[np.arange(len(others)), chosen] >= others.max(axis=1) - EQUAL
    return reached


def mixed_fields(features: Features, first: NDArray[np.int64]) -> Pairs:
    """Return the names of fields that are taken for each other, each pair once.

    Where these are places of one field, such as positions in nested arrays, their paths are named, at last.
    """
    pairs = [(path, other) for path, other in enumerate(first.tolist()) if path != other]
    fields = [(field_name(features.fields[one]), field_name(features.fields[two])) for one, two in pairs]
    places = [(field_name(features.paths[one]), field_name(features.paths[two])) for one, two in pairs]
    same = [one == two for one, two in fields]
    named = [
        *(pair for pair, is_same in zip(fields, same, strict=True) if not is_same),
        *(pair for pair, is_same in zip(places, same, strict=True) if is_same),
    ]
    return tuple(dict.fromkeys((min(pair), max(pair)) for pair in named))


def reading(cases: Sequence[Case], exact: Sequence[int], agreement: Agreement, k: int) -> str:
    """Return the paragraph on settings, their own exact kernels, and how far they agree.

    ``exact`` says for each case which row of the agreement is its exact kernel; the cases are the first rows.
    """
    if cases[0].n < 2:
        return "One document has no neighbours: there is nothing to compare."
    kept = [float(agreement.overlap[i, own]) for i, own in enumerate(exact)]
    parts = [_elsewhere(cases), *(_mixing(case, case.mixing) for case in cases if case.mixing)]
    best, worst = int(np.argmax(kept)), int(np.argmin(kept))
    nearest = "the nearest" if k == 1 else f"the {k} nearest"
    parts.append(f"{cases[best].label} keeps the most of {nearest} of the exact kernel, {kept[best]:.0%}")
    parts[-1] += f"; {cases[worst].label} the least, {kept[worst]:.0%}." if kept[worst] < kept[best] else "."
    if len(cases) > 2:
        m = len(cases)
        among = np.triu(agreement.overlap[:m, :m], 1)
        i, j = divmod(int(among.argmax()), m)
        parts.append(f"{cases[i].label} and {cases[j].label} are most alike: {among[i, j]:.0%} in common.")
    return " ".join(parts)


def _elsewhere(cases: Sequence[Case]) -> str:
    first, *rest = cases
    text = (
        f"Of {first.n:,} documents, {first.label} puts the first neighbour of {first.elsewhere:,} "
        "elsewhere than the exact kernel does"
    )
    return f"{text}{''.join(f', {case.label} of {case.elsewhere:,}' for case in rest)}."


def _mixing(case: Case, mixing: Mixing) -> str:
    """Say what mixing up fields does, and what it does not."""
    one, other = mixing.pairs[0]
    more = f" ({len(mixing.pairs):,} such pairs)" if len(mixing.pairs) > 1 else ""
    cannot = f"{case.scheme} cannot tell `{one}` from `{other}`{more}"
    if not mixing.moved:
        return f"{cannot}, but merging these moves no document's first neighbour."
    if not mixing.caused:
        followed = f"{mixing.followed:,} of the {mixing.moved:,} documents that it could move follow"
        return f"{cannot}, with no effect on {case.label} that stands out from noise: {followed}."
    return (
        f"About {mixing.caused:,} of the {case.elsewhere:,} of {case.label} are elsewhere because {cannot}: "
        f"merging these alone, free of noise, moves {mixing.moved:,}, of which it follows "
        f"{mixing.followed:,} and leaves {mixing.stayed:,} where the exact kernel has them. "
        "The rest come of noise at this D."
    )


def fidelity_reading(found: Fidelity) -> str:
    """Return what the measurement of fidelity shows."""
    ends = {one.scheme: one for one in found.measured}
    if found.n < 2 or not ends:
        return "One document has no pair to compare."
    times = {name: one.deviation * float(np.sqrt(one.dimensions)) for name, one in ends.items()}
    near = [name for name, factor in times.items() if factor <= 1.5]
    parts = []
    if near:
        low, high = (f"{of(times[name] for name in near):.1f}" for of in (min, max))
        between = f"{low}" if low == high else f"{low} to {high}"
        parts.append(f"At the largest D measured {_listed(near)} deviate by {between} times 1/√D.")
    far = sorted((name for name in times if name not in near), key=lambda name: times[name])
    if far:
        told = [f"{name} {times[name]:.1f}" for name in far]
        parts.append(f"Others by more: {_listed(told)} times.")
    for name, floor in sorted(found.mixing.items(), key=lambda item: -item[1])[:1]:
        among = (
            f"{name} and {_others(len(found.mixing) - 1)} mix" if len(found.mixing) > 1 else f"{name} mixes"
        )
        parts.append(f"{among} up fields: that alone, free of noise, makes a deviation of up to {floor:.4f}.")
    top = max(ends.values(), key=lambda one: one.overlap)
    parts.append(
        f"{top.scheme} at D={top.dimensions:,} keeps the most of the {found.k} nearest, {top.overlap:.0%}, "
        f"with {top.bytes / 1000:,.1f} kB a vector."
    )
    return " ".join(parts)


def _others(n: int) -> str:
    return "one other" if n == 1 else f"{n} others"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
