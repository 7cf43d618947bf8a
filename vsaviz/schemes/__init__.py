"""Binding schemes, one file each, and the table of their names.

>>> from vsaviz import schemes
>>> mbat = schemes.create("mbat", 1024)
>>> filler = mbat.atoms(["red"])
>>> bound = mbat.bind("color", filler)
>>> print(f"{mbat.similarity(filler, mbat.unbind('color', bound)).item():.2f}")
1.00
"""

from vsaviz.schemes.base import Scheme
from vsaviz.schemes.bsc import Bsc
from vsaviz.schemes.bsdc_s import BsdcS
from vsaviz.schemes.bsdc_seg import BsdcSeg
from vsaviz.schemes.fhrr import Fhrr, FhrrSum
from vsaviz.schemes.ghrr import Ghrr
from vsaviz.schemes.hrr import Hrr, HrrUnitary
from vsaviz.schemes.keyed import Symbol
from vsaviz.schemes.map_b import MapB
from vsaviz.schemes.map_c import MapC
from vsaviz.schemes.map_i import MapI
from vsaviz.schemes.mbat import Mbat
from vsaviz.schemes.mbat_gaussian import MbatGaussian
from vsaviz.schemes.mbat_haar import MbatHaar
from vsaviz.schemes.mcr import Mcr
from vsaviz.schemes.permutation import Permutation
from vsaviz.schemes.vtb import Vtb

__all__ = ["SCHEMES", "Scheme", "Symbol", "create", "names", "scheme_type"]

SCHEMES: dict[str, type[Scheme]] = {
    scheme.name: scheme
    for scheme in (
        Mbat,
        MbatHaar,
        MbatGaussian,
        Permutation,
        MapI,
        MapC,
        MapB,
        Hrr,
        HrrUnitary,
        Fhrr,
        FhrrSum,
        Vtb,
        Ghrr,
        Bsc,
        BsdcS,
        BsdcSeg,
        Mcr,
    )
}


def names() -> list[str]:
    """Return the names of all schemes, the default first."""
    return list(SCHEMES)


def scheme_type(name: str) -> type[Scheme]:
    """Return the class of a scheme, which states its properties.

    Raises
    ------
    ValueError
        If there is no scheme of that name; the message lists the known ones.
    """
    try:
        return SCHEMES[name]
    except (KeyError, TypeError):
        raise ValueError(f"unknown scheme {name!r}; known: {', '.join(SCHEMES)}") from None


def create(name: str, dimensions: int, seed: int = 0) -> Scheme:
    """Return the named scheme at D = ``dimensions``.

    Raises
    ------
    ValueError
        If there is no such scheme, or it cannot have this D; the message names what can be had.
    """
    return scheme_type(name)(dimensions, seed)
