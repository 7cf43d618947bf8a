"""Bind and unbind beside torchhd's, on the same vectors.

pip install torch==2.13.0 torch-hd    # beside vsaviz, in an environment of its own
python benchmarks/torchhd_oracle.py [-D 1024]

Ends with an error where they differ: by more than float precision for real schemes, by a bit for the others.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vsaviz import schemes
from vsaviz.schemes.bits import pack, unpack
from vsaviz.schemes.mcr import MODULUS

N = 8


def _as_it_is(X: Any) -> Any:
    return X


@dataclass(frozen=True)
class Peer:
    """How a scheme's vectors are given to torchhd, and taken back."""

    tensor: str
    give: Callable[[Any], Any] = _as_it_is
    take: Callable[[Any], Any] = _as_it_is
    options: tuple[tuple[str, int], ...] = ()
    filler_first: bool = False
    """torchhd's VTB makes the matrix of the second vector."""


PEERS = {
    "map-i": Peer("MAPTensor"),
    "map-b": Peer("MAPTensor"),
    "map-c": Peer("MAPTensor"),
    "hrr": Peer("HRRTensor"),
    "fhrr": Peer("FHRRTensor"),
    "vtb": Peer("VTBTensor", filler_first=True),
    "bsc": Peer(
        "BSCTensor",
        lambda X: unpack(X, 8 * X.shape[1]).astype(bool),
        pack,
    ),
    "mcr": Peer(
        "MCRTensor",
        lambda X: X.astype(np.int64),
        lambda X: X.astype(np.uint8),
        (("block_size", MODULUS),),
    ),
}


def difference(name: str, dimensions: int) -> tuple[float, float]:
    """Return the largest differences of bound and of unbound vectors, torchhd's less ours."""
    import torch
    import torchhd

    peer = PEERS[name]
    scheme: Any = schemes.create(name, dimensions)
    kind = getattr(torchhd, peer.tensor)

    def given(X: Any) -> Any:
        tensor = torch.as_tensor(np.ascontiguousarray(peer.give(X))).as_subclass(kind)
        for option, value in peer.options:
            setattr(tensor, option, value)
        return tensor

    def compared(ours: Any, theirs: Any) -> float:
        found = peer.take(theirs.numpy())
        return float(np.abs(ours.astype(np.complex128) - found.astype(np.complex128)).max())

    roles = scheme.role_vectors([("role", number) for number in range(N)])
    fillers = scheme.atoms([("filler", number) for number in range(N)])
    bound = scheme.bind_vectors(roles, fillers)
    unbound = scheme.unbind_vectors(roles, bound)
    one, other, both = given(roles), given(fillers), given(bound)
    if peer.filler_first:
        theirs, back = other.bind(one), both.bind(one.inverse())
    else:
        theirs, back = one.bind(other), one.inverse().bind(both)
    return compared(bound, theirs), compared(unbound, back)


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-D", "--dimensions", type=int, default=1024)
    dimensions = parser.parse_args().dimensions
    print("| scheme | largest difference, bound | unbound again |\n|---|---|---|")
    for name in PEERS:
        bound, unbound = difference(name, dimensions)
        print(f"| {name} | {bound:.1e} | {unbound:.1e} |")
        if max(bound, unbound) > (0 if schemes.scheme_type(name).whole else 1e-6):
            sys.exit(f"{name} differs from torchhd")


if __name__ == "__main__":
    main()
