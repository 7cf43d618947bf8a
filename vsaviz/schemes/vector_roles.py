"""What schemes share whose roles are vectors of the same kind as fillers."""

from abc import abstractmethod
from collections.abc import Iterable

from vsaviz.schemes.base import Memo, Native, Scheme, as_role
from vsaviz.schemes.keyed import Symbol


class VectorRoleScheme(Scheme):
    """Binding is an operation on two vectors, the role's and the filler's."""

    def __init__(self, dimensions: int, seed: int = 0):
        super().__init__(dimensions, seed)
        self._role_vector = Memo(lambda role: self.role_vectors([role])[0], size=4096)

    @abstractmethod
    def role_vectors(self, roles: Iterable[Symbol | str]) -> Native:
        """Return one native vector for each role, shape (n, D)."""

    @abstractmethod
    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return each row of A (n, D) bound with that of B (n, D); one row serves for all."""

    @abstractmethod
    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return what was bound with each row of A, given the bound rows B."""

    def bind(self, role: Symbol | str, X: Native) -> Native:
        """Return each row of X bound with the role's vector."""
        return self.bind_vectors(self._role_vector(as_role(role)), X)

    def unbind(self, role: Symbol | str, X: Native) -> Native:
        """Return what was bound with the role's vector."""
        return self.unbind_vectors(self._role_vector(as_role(role)), X)
