"""The makers of the shipped collections: one file each, and the table of them."""

from collections.abc import Callable
from random import Random

from makers import clinical, events, molecules, products, variants
from makers.collection import Collection

MAKERS: dict[str, Callable[[Random], Collection]] = {
    "clinical": clinical.make,
    "molecules": molecules.make,
    "variants": variants.make,
    "products": products.make,
    "events": events.make,
}
