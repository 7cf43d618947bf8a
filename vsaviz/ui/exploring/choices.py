"""What is chosen above the map, as it stands in an address: by names, never by the numbers of options."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from vsaviz.clusters import usual_size
from vsaviz.clusters.finding import FEWEST
from vsaviz.errors import InputError
from vsaviz.project import METHODS
from vsaviz.ui.comparing.address import cut
from vsaviz.ui.exploring.clustered import size_key
from vsaviz.ui.exploring.coloring import color_names, size_names
from vsaviz.ui.exploring.controls import ONE_SIZE
from vsaviz.ui.exploring.reading import OPENED, SECTIONS
from vsaviz.ui.exploring.trusted import MARK
from vsaviz.ui.view import View

LONGEST = 200
"""Characters of a text that is looked for."""


class Choice(Protocol):
    """One widget whose value stands in an address."""

    def text(self, view: View) -> str:
        """Return what stands in the address, "" for what is usual."""
        ...

    def set(self, view: View, asked: str) -> None:
        """Set the widget to what an address says.

        Raises
        ------
        InputError
            If that is not possible.
        """
        ...


@dataclass(frozen=True)
class OneOf:
    """A choice among options, by the names that they have in addresses; the first is usual."""

    key: str
    options: Callable[[View], dict[str, Any]]

    def text(self, view: View) -> str:
        """Return the name of what is chosen, "" for what is usual."""
        value = st.session_state.get(self.key)
        options = self.options(view)
        usual = next(iter(options.values()), None)
        return "" if value == usual else next((name for name, one in options.items() if one == value), "")

    def set(self, view: View, asked: str) -> None:
        """Choose the option of this name."""
        options = self.options(view)
        if asked not in options:
            raise InputError(f"{cut(asked)} is unknown here")
        st.session_state[self.key] = options[asked]


@dataclass(frozen=True)
class Entered:
    """A text or a number that is entered."""

    key: Callable[[View], str]
    read: Callable[[View, str], Any]
    """The value of a text; raises ValueError where there is none."""
    usual: Callable[[View], Any] = lambda _: ""

    def text(self, view: View) -> str:
        """Return what is entered, "" for what is usual."""
        entered = st.session_state.get(self.key(view))
        return "" if entered is None or entered == self.usual(view) else str(entered)

    def set(self, view: View, asked: str) -> None:
        """Enter this."""
        try:
            st.session_state[self.key(view)] = self.read(view, asked)
        except ValueError:
            raise InputError(f"{cut(asked)} is not possible") from None


def _named(names: dict[Any, str]) -> dict[str, Any]:
    return {name: value for value, name in names.items()}


def _size(view: View, text: str) -> int:
    """Return how many documents the smallest cluster has."""
    if text.isascii() and text.isdigit() and FEWEST <= int(text[:9]) <= max(FEWEST, len(view.documents) // 2):
        return int(text[:9])
    raise ValueError(text)


CHOICES: dict[str, Choice] = {
    "color": OneOf("color", lambda view: _named(color_names(view))),
    "projection": OneOf("projection", lambda _: {method: method for method in METHODS}),
    "size": OneOf("size", lambda view: {ONE_SIZE: ONE_SIZE, **_named(size_names(view))}),
    "marks": OneOf(MARK, lambda _: {"none": False, "misplaced": True}),
    "search": Entered(lambda view: f"search {view.loaded.key}", lambda _, text: text[:LONGEST]),
    "reading": OneOf(OPENED, lambda _: {"": None, **{name.lower(): name for name in SECTIONS}}),
    "clusters": Entered(size_key, _size, lambda view: usual_size(len(view.documents))),
}
"""By their names in addresses."""
