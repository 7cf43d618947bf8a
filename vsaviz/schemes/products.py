"""What the three MAP schemes share: binding is the componentwise product with the role's vector."""

import numpy as np

from vsaviz.schemes.base import Native, as_role
from vsaviz.schemes.keyed import Symbol
from vsaviz.schemes.vector_roles import VectorRoleScheme


class ProductScheme(VectorRoleScheme):
    """Binding multiplies component by component, and so does unbinding."""

    def bind_vectors(self, A: Native, B: Native) -> Native:
        """Return A ∘ B."""
        bound: Native = A * B
        return bound

    def unbind_vectors(self, A: Native, B: Native) -> Native:
        """Return A ∘ B: each role is its own inverse, exactly for signs."""
        return self.bind_vectors(A, B)

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return r ∘ x for each row x, in the rows' own memory."""
        return np.multiply(rows, self._role_vector(as_role(role)), out=rows, casting="same_kind")
