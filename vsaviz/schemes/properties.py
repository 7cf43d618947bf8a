"""The table of schemes and their properties, read from the classes themselves."""

from vsaviz.schemes.base import Scheme


def properties(kind: type[Scheme]) -> dict[str, str]:
    """Return the properties of a scheme, by the names that people see.

    >>> from vsaviz.schemes import scheme_type
    >>> properties(scheme_type("mbat"))["commutative"]
    'no'
    """
    return {
        "scheme": kind.name,
        "vectors": kind.vectors,
        "binding": kind.binding,
        "commutative": _yes(kind.commutative),
        "associative": _yes(kind.associative),
        "self-inverse": _yes(kind.self_inverse),
        "exact inverse": _yes(kind.exact_inverse),
        "isometric": _yes(kind.isometric),
        "linear": _yes(kind.linear),
        "a bind": kind.cost,
        "a role": kind.memory,
        "largest D": f"{kind.largest:,}" if kind.largest else "any",
        "source": kind.source,
    }


def in_words(kind: type[Scheme]) -> str:
    """Return what binding is like, in one line.

    >>> from vsaviz.schemes import scheme_type
    >>> in_words(scheme_type("hrr"))
    'commutative, inverse approximate, not isometric, linear; O(D log D) a bind'
    """
    parts = [
        "commutative" if kind.commutative else "not commutative",
        "inverse exact" if kind.exact_inverse else "inverse approximate",
        "isometric" if kind.isometric else "not isometric",
        "linear" if kind.linear else "not linear",
    ]
    return f"{', '.join(parts)}; {kind.cost} a bind"


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
