"""What a scheme (one Vector Symbolic Architecture) offers; it knows arrays and symbols, never JSON.

Roles and atoms are named by symbols (tuples); a plain ``str`` is short for ``("key", str)`` as a role
and ``("word", str)`` as an atom. Both are drawn from separate domains of a keyed hash, so
that the role "red" and the atom "red" are unrelated.
"""

from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Any, ClassVar, Generic, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vsaviz.schemes.keyed import Floats, Keyed, Symbol

Native = NDArray[Any]
Value = TypeVar("Value")

SMALLEST = 16


def as_role(role: Symbol | str) -> Symbol:
    """Return the symbol that a role given by users stands for."""
    return ("key", str.__str__(role)) if isinstance(role, str) else role


def as_atom(atom: Symbol | str) -> Symbol:
    """Return the symbol that an atom given by users stands for."""
    return ("word", str.__str__(atom)) if isinstance(atom, str) else atom


class Memo(Generic[Value]):
    """The last ``size`` operators that were made: roles come back again and again."""

    def __init__(self, make: Callable[[Symbol], Value], size: int):
        self._make = make
        self._size = size
        self._kept: OrderedDict[Symbol, Value] = OrderedDict()
        self._lock = Lock()

    def __call__(self, role: Symbol) -> Value:
        """Return the role's operator, made now if it is not among the kept ones."""
        with self._lock:
            if role in self._kept:
                self._kept.move_to_end(role)
                return self._kept[role]
            while len(self._kept) >= self._size:  # before making: a dense one may fill the memory
                self._kept.popitem(last=False)
            self._kept[role] = made = self._make(role)
            return made


class Scheme(ABC):
    """A Vector Symbolic Architecture at one dimension and one seed.

    Arrays of native vectors have one vector a row, shape (n, D).

    Parameters
    ----------
    dimensions
        D, the number of components.
    seed
        Another seed gives other, unrelated roles and atoms.

    Raises
    ------
    ValueError
        If the scheme cannot have this D; the message names the near possible ones.
    """

    name: ClassVar[str]
    """What the scheme is called in settings and on the screen."""
    title: ClassVar[str]
    """One line for people who choose among schemes."""
    commutative: ClassVar[bool]
    """Whether bind(a, bind(b, x)) equals bind(b, bind(a, x)), so that swapped paths collide."""
    associative: ClassVar[bool]
    """Whether roles are vectors, and binding vectors is associative."""
    self_inverse: ClassVar[bool] = False
    """Whether bind(a, bind(a, x)) is x, so that doubled steps vanish."""
    exact_inverse: ClassVar[bool]
    """Whether unbind(a, bind(a, x)) is x to float precision."""
    isometric: ClassVar[bool]
    """Whether binding keeps lengths and inner products."""
    swapped: ClassVar[float] = 0.0
    """The similarity that bind(a, bind(b, x)) and bind(b, bind(a, x)) tend to, where they are not equal."""
    doubled: ClassVar[float] = 0.0
    """The similarity that bind(a, bind(a, x)) and x tend to."""
    linear: ClassVar[bool] = True
    """Whether bundles are plain sums; otherwise ``finish`` makes them vectors of the space again."""
    scaled: ClassVar[bool] = False
    """Whether ``finish`` depends on the size of sums: a document's weights then get root mean square 1."""
    drawn: ClassVar[str] = "values"
    """How vectors are drawn: values, integers, bits, phases or blocks."""
    vectors: ClassVar[str]
    """What the vectors are made of, in a few words."""
    binding: ClassVar[str]
    """What binding does, in a few words."""
    source: ClassVar[str]
    """Where the scheme comes from."""
    cost: ClassVar[str]
    """Operations for binding one vector with one role."""
    memory: ClassVar[str]
    """Bytes kept for one role."""
    largest: ClassVar[int | None] = None
    """The largest D, where there is a limit."""
    limit_reason: ClassVar[str] = ""
    """Why there is a limit."""
    whole: ClassVar[bool] = False
    """Whether vectors are integers: weights are then rounded, so that sums are exact to the bit."""

    def __init__(self, dimensions: int, seed: int = 0):
        if not isinstance(dimensions, int | np.integer):
            raise ValueError(f"dimensions must be a whole number, got {dimensions!r}")
        if self.dimensions_near(dimensions) != [dimensions]:
            near = " or ".join(map(str, self.dimensions_near(dimensions)))
            reason = f" ({self.limit_reason})" if dimensions > SMALLEST and self.limit_reason else ""
            raise ValueError(
                f"dimensions of {self.name} must be {self._allowed()}, got {dimensions}"
                f"{reason}; the nearest is {near}"
            )
        self.dimensions = dimensions
        self.seed = seed
        self._atoms = Keyed(seed, "atom")
        self._roles = Keyed(seed, "role")
        self._ties = Keyed(seed, "tie")

    def __reduce__(self) -> tuple[type[Self], tuple[int, int]]:
        """Return what another process needs to make the same scheme."""
        return type(self), (self.dimensions, self.seed)

    @classmethod
    def dimensions_near(cls, dimensions: int) -> list[int]:
        """Return the possible D nearest to ``dimensions``: itself, or the next below and above."""
        largest = dimensions if cls.largest is None else cls.largest
        return [max(SMALLEST, min(dimensions, largest))]

    @classmethod
    def _allowed(cls) -> str:
        return f"at least {SMALLEST}" + (f" and at most {cls.largest}" if cls.largest else "")

    @classmethod
    def returned(cls, depth: int) -> float:  # noqa: ARG003
        """Return the cosine with which a filler comes back after ``depth`` steps bound and unbound."""
        return 1.0

    @property
    def width(self) -> int:
        """The number of columns of ``embed``."""
        return self.dimensions

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.dimensions}, seed={self.seed})"

    def atoms(self, symbols: Iterable[Symbol | str]) -> Native:
        """Return one random native vector for each symbol, shape (n, D)."""
        return self._signs(map(as_atom, symbols))

    def _signs(self, symbols: Iterable[Symbol]) -> Floats:
        """Return random signs of length 1: ten times faster to draw than normal numbers."""
        signs = self._atoms.signs(symbols, self.dimensions)
        return np.multiply(signs, np.float32(self.dimensions**-0.5), out=signs)

    @abstractmethod
    def bind(self, role: Symbol | str, X: Native) -> Native:
        """Return the rows of X (…, D), each bound with the role; X itself is not changed."""

    @abstractmethod
    def unbind(self, role: Symbol | str, X: Native) -> Native:
        """Return what was bound with the role, exactly where ``exact_inverse``, else with noise."""

    def bundle(self, X: Native, weights: ArrayLike | None = None) -> Native:
        """Return one native vector similar to every row of X (n, D): their weighted sum."""
        given = np.ones(len(X)) if weights is None else np.asarray(weights, dtype=np.float64)
        if self.scaled:
            given = given / np.sqrt(np.mean(given**2))
        rows = self.lift(X)
        dtype = np.float64 if self.whole else np.float32
        return self.finish((given.astype(dtype) @ rows.astype(dtype, copy=False))[None])[0]

    @property
    def sum_width(self) -> int:
        """The number of columns of ``lift``."""
        return self.dimensions

    def lift(self, X: Native) -> Native:
        """Return native vectors (n, D) where sums of documents are made: real numbers, (n, sum_width).

        There binding is linear, and as cheap as the scheme allows. Most schemes sum what they have.
        """
        return X

    def bind_lifted(self, role: Symbol | str, rows: Native) -> Native:
        """Return lifted rows, each bound with the role; ``rows`` may be overwritten."""
        return self.bind(role, rows)

    def bind_each(self, roles: Sequence[Symbol | str], rows: Native, ends: Sequence[int]) -> Native:
        """Return lifted rows, those up to ``ends[0]`` bound with the first role, and so on.

        ``rows`` may be overwritten.
        """
        for role, start, end in zip(roles, (0, *ends), ends, strict=False):
            rows[start:end] = self.bind_lifted(role, rows[start:end])
        return rows

    def finish(self, total: Native) -> Native:
        """Return native vectors for weighted sums of lifted ones, (n, sum_width)."""
        return total

    def unfold(self, total: Native) -> Native:
        """Return weighted sums of lifted vectors as real rows (n, m) whose dot products compare them.

        Linear in ``total``. Where bundles are sums, these are the rows of ``embed`` before their length
        is made 1.
        """
        return total

    def native(self, rows: Floats) -> Native:
        """Return native vectors for embedded rows (n, width); lengths, where vectors have any, are lost."""
        return rows

    def components(self, rows: Floats) -> Floats:
        """Return what is drawn of embedded rows (n, width), one value for each component."""
        return rows

    def permute(self, X: Native, n: int = 1) -> Native:
        """Return the rows of X with their components shifted cyclically by n places."""
        return np.roll(X, n, axis=-1)

    def similarity(self, A: Native, B: Native) -> Floats:
        """Return the similarity (n, m) of the rows of A with those of B: 1 identical, 0 unrelated."""
        return self.embed(A) @ self.embed(B).T

    def embed(self, native: Native) -> Floats:
        """Return float32 rows (n, width) of length 1 whose dot products are the similarities.

        A row of zeros stays one.
        """
        rows = np.atleast_2d(native)
        # Squares in float64: for integers the length is then the same to the bit everywhere.
        squares = np.einsum("ij,ij->i", rows, rows, dtype=np.float64)
        lengths = np.sqrt(np.where(squares > 0, squares, 1.0)).astype(np.result_type(rows, np.float32))
        return (rows / lengths[:, None]).astype(np.float32, copy=False)
