"""How many bytes all visits may keep together: where it is more, what was used least recently goes first.

What is kept stands in the `Store` of its visit and dies with it. The `Budget`, which all visits share, knows
numbers alone: which ticket is of which visit, how many bytes it has, and in which order tickets were used.
So nothing that one visit keeps can be reached from another.
"""

import itertools
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from vsaviz.ui.sizes import size_of

T = TypeVar("T")


class Budget:
    """Bytes that all stores may keep together. Safe to use from several threads."""

    def __init__(self, most: int):
        if most < 0:
            raise ValueError(f"a budget is of 0 bytes or more, got {most}")
        self.most = most
        self.lock = threading.RLock()
        self._sizes: OrderedDict[int, tuple[int, int]] = OrderedDict()  # ticket: visit, bytes; oldest first
        self._visits: dict[int, weakref.ref[Store]] = {}
        self._ended: deque[int] = deque()  # a store may end at any moment, even while the lock is held
        self._numbers = itertools.count()
        self._used = 0

    @property
    def used(self) -> int:
        """Bytes that are kept now."""
        with self.lock:
            self._forget_ended()
            return self._used

    def enter(self, store: "Store") -> int:
        """Return the number of a new visit, which leaves when its store is no more."""
        with self.lock:
            number = next(self._numbers)
            self._visits[number] = weakref.ref(store)
            weakref.finalize(store, self._ended.append, number)
            return number

    def add(self, visit: int, size: int) -> int:
        """Count so many bytes for a visit as the latest used; return their ticket."""
        ticket = next(self._numbers)
        self._sizes[ticket] = visit, size
        self._used += size
        return ticket

    def touch(self, ticket: int) -> None:
        """Note that something was used just now."""
        self._sizes.move_to_end(ticket)

    def resize(self, ticket: int, size: int) -> None:
        """Note that something has another size by now."""
        visit, before = self._sizes[ticket]
        self._sizes[ticket] = visit, size
        self._used += size - before

    def remove(self, ticket: int) -> None:
        """Count a ticket no more."""
        self._used -= self._sizes.pop(ticket)[1]

    def make_room(self) -> None:
        """Let stores lose what was used least recently until all keep to the budget."""
        self._forget_ended()
        while self._used > self.most:
            ticket, (visit, size) = self._sizes.popitem(last=False)
            self._used -= size
            store = self._visits[visit]()
            if store is not None:
                store.lose(ticket)

    def _forget_ended(self) -> None:
        while self._ended:
            number = self._ended.popleft()
            del self._visits[number]
            for ticket in [ticket for ticket, (visit, _) in self._sizes.items() if visit == number]:
                self.remove(ticket)


@dataclass(frozen=True)
class _Kept:
    value: Any
    ticket: int


class Store:
    """What one visit keeps: values by kind and key, of each kind the last few.

    While a run is going on, what it has in hand is its own; what is dropped meanwhile lives as long as the
    run refers to it. What a run has lent to callbacks is let go after the next, or when room is needed.
    """

    def __init__(self, budget: Budget):
        self._budget = budget
        self._visit = budget.enter(self)
        self._kinds: dict[str, OrderedDict[Hashable, _Kept]] = {}
        self._places: dict[int, tuple[str, Hashable]] = {}
        self._used: set[int] = set()  # tickets, in this run
        self._runs = 0
        self._lent: weakref.WeakSet[Lent[Any]] = weakref.WeakSet()
        self._latest: Lent[Any] | None = None
        self._has_lost = False

    def remembered(self, kind: str, key: Hashable, make: Callable[[], T], most: int) -> T:
        """Return what is kept for a key, made now if need be; of its kind the ``most`` last are kept."""
        with self._budget.lock:
            if self.knows(kind, key):
                self._kinds[kind].move_to_end(key)
                kept = self._kinds[kind][key]
                self._budget.touch(kept.ticket)
                self._used.add(kept.ticket)
                return cast("T", kept.value)
        made = make()
        size = size_of(made)
        with self._budget.lock:
            self._keep(kind, key, made, size, most)
        return made

    def held(self, kind: str) -> int:
        """Return how many values of a kind are kept."""
        return len(self._kinds.get(kind, ()))

    def _keep(self, kind: str, key: Hashable, made: Any, size: int, most: int) -> None:
        self.drop(kind, key)  # another run of this visit may have been as quick
        if size > self._budget.most:  # others should not go for what cannot stay
            return
        ticket = self._budget.add(self._visit, size)
        of_kind = self._kinds.setdefault(kind, OrderedDict())
        of_kind[key] = _Kept(made, ticket)
        self._places[ticket] = kind, key
        self._used.add(ticket)
        while len(of_kind) > most:
            self.drop(kind, next(iter(of_kind)))
        self._budget.make_room()

    def knows(self, kind: str, key: Hashable) -> bool:
        """Whether something is kept for this key."""
        with self._budget.lock:
            return key in self._kinds.get(kind, {})

    def drop(self, kind: str, key: Hashable) -> None:
        """Keep something no more."""
        with self._budget.lock:
            if self.knows(kind, key):
                ticket = self._kinds[kind][key].ticket
                self._budget.remove(ticket)
                self._forget(ticket)

    def lose(self, ticket: int) -> None:
        """Keep something no more that the budget has no room for; with it goes what was lent."""
        self._forget(ticket)
        self._has_lost = True
        self._let_go()

    def clear(self) -> None:
        """Keep nothing more: the visit is over."""
        with self._budget.lock:
            for kind, key in list(self._places.values()):
                self.drop(kind, key)
            self._has_lost = True
            self._let_go()

    def lend(self, value: T) -> "Lent[T]":
        """Return something large to be held by what outlasts a run: see `Lent`."""
        self._latest = Lent(value)
        self._lent.add(self._latest)
        return cast("Lent[T]", self._latest)

    def begin(self) -> None:
        """Note that a run begins."""
        with self._budget.lock:
            self._runs += 1
            self._has_lost = False

    def end(self) -> None:
        """Note that a run has ended; what it used is measured again, for some things grow with use."""
        with self._budget.lock:
            used = [self._at(ticket) for ticket in sorted(self._used & self._places.keys())]
            self._used.clear()
        sizes = [size_of(kept.value) for kept in used]
        with self._budget.lock:
            for kept, size in zip(used, sizes, strict=True):
                if kept.ticket in self._places:
                    self._budget.resize(kept.ticket, size)
            self._runs -= 1
            self._budget.make_room()
            self._let_go()

    def _at(self, ticket: int) -> _Kept:
        kind, key = self._places[ticket]
        return self._kinds[kind][key]

    def _forget(self, ticket: int) -> None:
        kind, key = self._places.pop(ticket)
        del self._kinds[kind][key]

    def _let_go(self) -> None:
        """Let go what was lent, between runs: all where room was needed, else what earlier runs lent."""
        if self._runs:
            return
        for lent in self._lent:
            if self._has_lost or lent is not self._latest:
                lent.now = None


class Lent(Generic[T]):
    """Something large that callbacks and downloads may refer to after a run without keeping it alive.

    ``now`` is None once it was let go, which happens after the run, where other visits need the room.
    """

    def __init__(self, value: T):
        self.now: T | None = value

    def get(self) -> T:
        """Return it.

        Raises
        ------
        PutAwayError
            If it was let go.
        """
        if self.now is None:
            raise PutAwayError("this was put away to make room for others: load the page again")
        return self.now


class PutAwayError(Exception):
    """What was asked for is not kept any more; the next run makes it again."""
