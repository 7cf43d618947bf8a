"""Small molecules as graphs: read from a line notation, checked for valence, ring by ring."""

import re
from collections import Counter, deque
from dataclasses import dataclass
from functools import cached_property
from random import Random

VALENCE = {"C": 4, "N": 3, "O": 2, "S": 2, "F": 1, "Cl": 1, "Br": 1}
MASS = {
    "C": 12.011,
    "H": 1.008,
    "N": 14.007,
    "O": 15.999,
    "S": 32.06,
    "F": 18.998,
    "Cl": 35.45,
    "Br": 79.904,
}
SYMBOL = re.compile(r"\[N\+\]|\[O-\]|Cl|Br|[CNOSF]|[=#]|[()]|\d")


@dataclass(frozen=True)
class Molecule:
    """Heavy atoms (element, charge) and bonds (atom, atom, order), double bonds in fixed places."""

    atoms: tuple[tuple[str, int], ...]
    bonds: tuple[tuple[int, int, int], ...]

    @cached_property
    def adjacent(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each atom the (atom, order) pairs bound to it."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.atoms]
        for a, b, order in self.bonds:
            found[a].append((b, order))
            found[b].append((a, order))
        return tuple(tuple(pairs) for pairs in found)

    def neighbors(self, atom: int) -> tuple[tuple[int, int], ...]:
        """Return the (atom, order) pairs bound to an atom."""
        return self.adjacent[atom]

    def hydrogens(self, atom: int) -> int:
        """Return how many hydrogens fill the valence of an atom.

        Raises
        ------
        ValueError
            If the atom has more bonds than any of its valences allows.
        """
        element, charge = self.atoms[atom]
        used = sum(order for _, order in self.neighbors(atom))
        valences = (2, 4, 6) if element == "S" else (VALENCE[element] + charge,)
        for valence in valences:
            if used <= valence:
                return valence - used
        raise ValueError(f"atom {atom} ({element}) has {used} bonds, at most {valences[-1]}")

    def formula(self) -> dict[str, int]:
        """Return how many atoms of each element there are, carbon and hydrogen first."""
        counts = Counter(element for element, _ in self.atoms)
        counts["H"] = sum(self.hydrogens(atom) for atom in range(len(self.atoms)))
        return {element: counts[element] for element in sorted(counts, key=_hill) if counts[element]}

    def mass(self) -> float:
        """Return the molar mass in g/mol."""
        return round(sum(MASS[element] * n for element, n in self.formula().items()), 2)

    def rings(self) -> list[list[int]]:
        """Return a smallest set of rings, each as its atoms in order, the small ones first."""
        needed = len(self.bonds) - len(self.atoms) + 1
        cycles = {frozenset(c): c for bond in self.bonds if (c := self._ring_through(bond))}
        basis: list[set[frozenset[int]]] = []
        found = []
        for cycle in sorted(cycles.values(), key=lambda c: (len(c), c)):
            edges = {frozenset(pair) for pair in zip(cycle, cycle[1:] + cycle[:1], strict=True)}
            if len(found) < needed and _independent(edges, basis):
                found.append(cycle)
        return found

    def _ring_through(self, bond: tuple[int, int, int]) -> list[int]:
        start, end, _ = bond
        before = {start: start}
        queue = deque([start])
        while queue and end not in before:
            atom = queue.popleft()
            for other, _ in self.neighbors(atom):
                if other not in before and {atom, other} != {start, end}:
                    before[other] = atom
                    queue.append(other)
        if end not in before:
            return []
        path = [end]
        while path[-1] != start:
            path.append(before[path[-1]])
        return path

    def aromatic(self, ring: list[int], rings: list[list[int]]) -> bool:
        """Return whether a ring of five or six has a sextet of electrons."""
        double = [{a, b} for a, b, order in self.bonds if order > 1]
        pi = {atom for pair in double if any(pair <= set(other) for other in rings) for atom in pair}
        lone = [atom for atom in ring if atom not in pi]
        if len(ring) == 6:
            return not lone
        return len(ring) == 5 and len(lone) == 1 and self.atoms[lone[0]][0] in "NOS"

    def renumbered(self, rng: Random) -> "Molecule":
        """Return the same molecule with its atoms numbered along another walk."""
        order: list[int] = []
        stack = [rng.randrange(len(self.atoms))]
        while stack:
            atom = stack.pop()
            if atom not in order:
                order.append(atom)
                stack += [other for other, _ in self.neighbors(atom)]
        new = {old: at for at, old in enumerate(order)}
        bonds = sorted((*sorted((new[a], new[b])), order) for a, b, order in self.bonds)
        return Molecule(tuple(self.atoms[old] for old in order), tuple((a, b, o) for a, b, o in bonds))


def read(line: str) -> Molecule:
    """Return the molecule of a line: SMILES without aromatic atoms, stereochemistry, or isotopes.

    >>> read("CCO").formula()
    {'C': 2, 'H': 6, 'O': 1}
    """
    atoms: list[tuple[str, int]] = []
    bonds: list[tuple[int, int, int]] = []
    branches: list[int] = []
    open_rings: dict[str, tuple[int, int]] = {}
    last, order = -1, 1
    symbols = SYMBOL.findall(line)
    if "".join(symbols) != line or not symbols:
        raise ValueError(f"cannot read {line!r}")
    for symbol in symbols:
        if symbol == "(":
            branches.append(last)
        elif symbol == ")":
            last = branches.pop()
        elif symbol in "=#":
            order = "-=#".index(symbol) + 1
        elif symbol.isdigit():
            if symbol in open_rings:
                other, ring_order = open_rings.pop(symbol)
                bonds.append((other, last, max(order, ring_order)))
            else:
                open_rings[symbol] = (last, order)
            order = 1
        else:
            atoms.append((symbol.strip("[]+-"), symbol.count("+") - symbol.count("-")))
            if last >= 0:
                bonds.append((last, len(atoms) - 1, order))
            last, order = len(atoms) - 1, 1
    if open_rings or branches:
        raise ValueError(f"ring or branch left open in {line!r}")
    molecule = Molecule(tuple(atoms), tuple(sorted(bonds)))
    molecule.formula()  # raises where a valence is exceeded
    return molecule


def _hill(element: str) -> tuple[int, str]:
    return ("CH".find(element) if element in "CH" else 2, element)


def _independent(edges: set[frozenset[int]], basis: list[set[frozenset[int]]]) -> bool:
    rest = set(edges)
    for other in basis:
        pivot = min(other, key=sorted)
        if pivot in rest:
            rest ^= other
    if rest:
        basis.append(rest)
    return bool(rest)
