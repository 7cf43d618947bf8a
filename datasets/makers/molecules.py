"""Small molecules as lists of atoms and bonds: the family is in how they hang together.

Every molecule is a scaffold with substituents or a known one; all valences are right, formulas
and masses are computed. A part of them is numbered in another order.
"""

import hashlib
import re
from random import Random
from typing import Any

from makers import molecule_terms as terms
from makers.chance import happens, hexadecimal, items, misspelt, near, skewed, some
from makers.collection import Collection
from makers.molecular_graph import Molecule, read
from makers.molecule_terms import FAMILIES, Family

N = 800
RENUMBERED = 0.1
ROOM_TEMPERATURE = 22
BY_NUMBER = 0.1  # of the molecules name their elements by atomic number
ATOMIC_NUMBER = {"C": 6, "N": 7, "O": 8, "F": 9, "S": 16, "Cl": 17, "Br": 35}
PLACE = re.compile(r"\{(\w)\}")


def make(rng: Random) -> Collection:
    """Return the collection of molecules, each of them once."""
    entries: dict[str, tuple[str, dict[str, Any]]] = {}
    for name, family in FAMILIES.items():
        for known in items(family.known):
            title, line = known.split(" ")
            molecule = read(line)
            entries[_key(molecule)] = (name, _document(rng, family, molecule, title.replace("-", " ")))
    while len(entries) < N:
        name = rng.choice(list(FAMILIES))
        molecule = read(_built(rng, FAMILIES[name]))
        if _key(molecule) not in entries:
            entries[_key(molecule)] = (name, _document(rng, FAMILIES[name], molecule, None))
    shuffled = rng.sample(list(entries.values()), N)
    about = "Small molecules as atoms, bonds and rings, with spectra, properties and suppliers."
    labels, documents = [label for label, _ in shuffled], [document for _, document in shuffled]
    return Collection("molecules", about, "chemical family", labels, documents)


def _built(rng: Random, family: Family) -> str:
    scaffold = rng.choice(items(family.scaffolds))
    line = PLACE.sub(lambda m: _choice(rng, family.places[m.group(1)]), scaffold)
    return line.replace("()", "")


def _choice(rng: Random, choices: str) -> str:
    chosen = rng.choice(choices.split("/"))
    return "" if chosen == "-" else chosen


def _key(molecule: Molecule) -> str:
    """Return what is the same however a molecule's atoms are numbered: refined neighbourhoods."""
    marks, known = [f"{element}{charge}" for element, charge in molecule.atoms], 0
    while len(set(marks)) > known:
        known = len(set(marks))
        around = [sorted(f"{order}{marks[b]}" for b, order in pairs) for pairs in molecule.adjacent]
        marks = [_digest(f"{mark} {others}") for mark, others in zip(marks, around, strict=True)]
    return _digest(str(sorted(marks)))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def _document(rng: Random, family: Family, molecule: Molecule, name: str | None) -> dict[str, Any]:
    document: dict[str, Any] = {"id": f"mol-{_key(molecule)}"}
    if happens(rng, RENUMBERED):
        molecule = molecule.renumbered(rng)
    if name:
        document["name"] = name
    atoms = _atoms(molecule)
    if happens(rng, BY_NUMBER):
        atoms = [{"z": ATOMIC_NUMBER[atom.pop("element")], **atom} for atom in atoms]
    document |= {"atoms": atoms, "bonds": _bonds(molecule)}
    parts = {
        "rings": (_rings(molecule), 0.85),
        "formula": (molecule.formula(), 0.5),
        "mass": (molecule.mass(), 0.5),
        "spectra": (_spectra(rng, molecule), 0.6),
        "properties": (_properties(rng, family, molecule), 0.9),
        "suppliers": (_suppliers(rng), 0.35),
        "remarks": (_remarks(rng, family), 0.75),
    }
    document |= {part: value for part, (value, rate) in parts.items() if value and happens(rng, rate)}
    return document


def _atoms(molecule: Molecule) -> list[dict[str, Any]]:
    found = []
    for atom, (element, charge) in enumerate(molecule.atoms):
        entry: dict[str, Any] = {"element": element}
        if hydrogens := molecule.hydrogens(atom):
            entry["h"] = hydrogens
        if charge:
            entry["charge"] = charge
        found.append(entry)
    return found


def _bonds(molecule: Molecule) -> list[dict[str, Any]]:
    return [{"atoms": [a, b], "order": order} for a, b, order in molecule.bonds]


def _rings(molecule: Molecule) -> list[dict[str, Any]]:
    rings = molecule.rings()
    return [
        {"atoms": sorted(ring), "aromatic": True}
        if molecule.aromatic(ring, rings)
        else {"atoms": sorted(ring)}
        for ring in rings
    ]


def _groups(molecule: Molecule) -> set[str]:
    """Return which of the absorbing groups the molecule has."""
    rings = molecule.rings()
    found = {"C-H"} | {"aromatic" for ring in rings if molecule.aromatic(ring, rings)}
    for atom, (element, _) in enumerate(molecule.atoms):
        if element in "ON" and molecule.hydrogens(atom):
            found.add(f"{element}H")
    for a, b, order in molecule.bonds:
        found |= _bond_groups(molecule, *sorted((a, b), key=lambda i: molecule.atoms[i][0]), order)
    return found & set(terms.ABSORPTIONS)


def _bond_groups(molecule: Molecule, a: int, b: int, order: int) -> set[str]:
    first, second = molecule.atoms[a][0], molecule.atoms[b][0]
    pair = f"{first}{'-=#'[order - 1]}{second}"
    if pair == "O=S":
        return {"S=O"}
    if pair == "N=O":
        return {"NO2"}
    if pair != "C=O":
        return {pair}
    others = {molecule.atoms[other][0] for other, _ in molecule.neighbors(a) if other != b}
    return {"N-C=O" if "N" in others else "O-C=O" if "O" in others else "C=O"}


def _spectra(rng: Random, molecule: Molecule) -> list[dict[str, Any]]:
    """Return an infrared spectrum, rarely two: one peak per group, shifted, weak ones not seen."""
    found = []
    for _ in range(2 if happens(rng, 0.1) else 1):
        peaks = [terms.ABSORPTIONS[g] for g in sorted(_groups(molecule)) if happens(rng, 0.8)]
        noise = [rng.randint(700, 1500) for _ in range(rng.randint(0, 3))]
        shifted = sorted((near(rng, peak, 12) for peak in peaks + noise), reverse=True)
        found.append({"kind": "IR", "medium": rng.choice(["KBr", "film", "ATR"]), "peaks": shifted})
    return found


def _properties(rng: Random, family: Family, molecule: Molecule) -> dict[str, Any]:
    melting = near(rng, family.melting[0], family.melting[1])
    found: dict[str, Any] = {"appearance": _appearance(rng, family, melting < ROOM_TEMPERATURE)}
    if happens(rng, 0.7):
        found["melting_c"] = [melting, melting + rng.randint(1, 4)]
    if happens(rng, 0.5):
        found["soluble_in"] = some(rng, items(terms.SOLVENTS), 1, 3)
    if happens(rng, 0.5):
        found["logp"] = _log_p(rng, molecule)
    return found


def _appearance(rng: Random, family: Family, liquid: bool) -> str:
    looks = items(family.appearance if happens(rng, 0.6) else terms.COMMON_APPEARANCE)
    fitting = [look for look in looks if look.endswith(("oil", "liquid")) == liquid]
    return rng.choice(fitting or (["pale oil"] if liquid else ["white powder"]))


def _log_p(rng: Random, molecule: Molecule) -> float:
    """Return a rough octanol-water log P: carbon and halogens add, other atoms take away."""
    shares = {"C": 0.38, "N": -0.9, "O": -0.75, "S": -0.3, "F": 0.2, "Cl": 0.6, "Br": 0.8}
    return near(rng, sum(shares[element] for element, _ in molecule.atoms), 0.4, 1)


def _suppliers(rng: Random) -> list[dict[str, Any]]:
    found = []
    for name in some(rng, items(terms.SUPPLIERS), 1, 2):
        offer: dict[str, Any] = {"name": name, "order": f"{hexadecimal(rng, 5).upper()}"}
        if happens(rng, 0.6):
            offer["purity"] = rng.choice([95, 97, 98, 99, 99.5])
        offer["packs"] = [
            {"g": g, "eur": skewed(rng, 12 * g**0.7, 0.6)} for g in some(rng, [1, 5, 25, 100], 1, 2)
        ]
        found.append(offer)
    return found


def _remarks(rng: Random, family: Family) -> str:
    chosen = {
        rng.choice(items(family.remarks if happens(rng, 0.45) else terms.COMMON_REMARKS)): None
        for _ in range(rng.randint(1, 3))
    }
    return misspelt(rng, " ".join(chosen), 0.04)
