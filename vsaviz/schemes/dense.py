"""What the two schemes with a dense matrix for each role share: one D×D matrix in memory at a time."""

from abc import abstractmethod

from vsaviz.schemes.base import Memo, Native, Scheme, as_role
from vsaviz.schemes.keyed import Floats, Symbol


class DenseScheme(Scheme):
    """Binding multiplies by a dense matrix M_r of D² numbers; unbinding by its transpose."""

    commutative = False
    associative = False
    cost = "O(D²)"
    memory = "4 D² bytes"
    largest = 2048
    limit_reason = "a dense D×D matrix per role takes 67 MB and seconds to make at D=4096"

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._matrix = Memo(self._draw, size=1)

    @abstractmethod
    def _draw(self, role: Symbol) -> Floats:
        """Return the role's matrix, float32 (D, D)."""

    def bind(self, role: Symbol | str, X: Native) -> Native:
        """Return M_r x for each row x of X."""
        bound: Native = X @ self._matrix(as_role(role)).T
        return bound

    def unbind(self, role: Symbol | str, X: Native) -> Native:
        """Return M_rᵀ y for each row y of X."""
        unbound: Native = X @ self._matrix(as_role(role))
        return unbound
