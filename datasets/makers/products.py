"""A shop's catalogue: the category shows in specifications, words, boxes and prices together.

Suppliers send their specifications in three forms, brands and words are shared between categories,
and a few products are filed with data of another category.
"""

from random import Random
from typing import Any

from makers import product_terms as terms
from makers.chance import happens, items, misspelt, near, skewed, some, weighted
from makers.collection import Collection
from makers.product_terms import CATEGORIES, Category

N = 2000
MIXED = 0.12  # of the products have parts of another category: bundles and slips of the keyboard
CURRENCIES = {"EUR": 1.0, "GBP": 0.86, "USD": 1.08, "SEK": 11.4}


def make(rng: Random) -> Collection:
    """Return the collection of products."""
    labels, documents = [], []
    for number in rng.sample(range(10_000, 99_999), N):
        name = rng.choice(list(CATEGORIES))
        labels.append(name)
        documents.append(_Product(rng, name).record(f"SKU-{number}"))
    about = "A shop's catalogue with specifications, prices, variants, stock and reviews."
    return Collection("products", about, "category", labels, documents)


class _Product:
    """One product: what is drawn once and shapes every part of the document."""

    def __init__(self, rng: Random, name: str) -> None:
        self.rng = rng
        self.category = CATEGORIES[name]
        self.strange = CATEGORIES[rng.choice(list(CATEGORIES))] if happens(rng, MIXED) else None
        self.brand = rng.choice(items(self.source().brands))
        self.level = skewed(rng, 1, 0.35, 2)  # how dear it is within its category
        self.colours = some(rng, items(self.source().colours), 1, 3)

    def record(self, sku: str) -> dict[str, Any]:
        """Return the whole document, some parts missing."""
        rng = self.rng
        document: dict[str, Any] = {
            "sku": sku,
            "title": self.title(),
            "brand": self.brand,
            "description": self.sentences("praise", terms.COMMON_PRAISE, 0.3, rng.randint(2, 3)),
            "price": self.price(),
            **self.specifications(),
        }
        parts = {
            "variants": (self.variants(sku), 0.7),
            "shipping": (self.shipping(), 0.85),
            "stock": (self.stock(), 0.95),
            "supplier": (self.supplier(), 0.6),
            "reviews": (self.reviews(), 0.85),
            "tags": (self.tags(), 0.7),
        }
        document |= {part: value for part, (value, rate) in parts.items() if happens(rng, rate)}
        if happens(rng, 0.3):
            document["ean"] = f"40{rng.randrange(10**11):011d}"
        return document

    def source(self) -> Category:
        """Return the category a part is drawn from: nearly always the product's own."""
        mixed = self.strange is not None and happens(self.rng, 0.5)
        return self.strange if self.strange and mixed else self.category

    def title(self) -> str:
        """Return brand, series, model; often what the thing is, in any order the supplier likes."""
        rng = self.rng
        series = rng.choice(items(terms.SERIES))
        parts = [series, rng.choice(["", "II", "Pro", "Lite", str(rng.randint(1, 9) * 100)])]
        if happens(rng, 0.35):
            parts.append(rng.choice(items(self.source().nouns)))
        if happens(rng, 0.5):
            parts.insert(0, self.brand)
        if self.colours and happens(rng, 0.25):
            parts.append(rng.choice(self.colours))
        return misspelt(rng, " ".join(part for part in parts if part), 0.03)

    def sentences(self, part: str, common: str, own: float, n: int) -> str:
        """Return n sentences: the category's own with probability ``own``, else anyone's."""
        rng = self.rng
        found = {
            rng.choice(items(getattr(self.source(), part) if happens(rng, own) else common)): None
            for _ in range(n)
        }
        return misspelt(rng, " ".join(found), 0.03)

    def price(self) -> dict[str, Any]:
        """Return the price in one or more currencies, sometimes with the former one."""
        rng = self.rng
        base = skewed(rng, self.category.price * self.level, 0.3)
        prices: dict[str, Any] = {
            currency: round(round(max(base, 3) * rate) - 0.01, 2)
            for currency, rate in CURRENCIES.items()
            if currency == "EUR" or happens(rng, 0.3)
        }
        if happens(rng, 0.2):
            prices["was"] = round(prices["EUR"] * rng.uniform(1.1, 1.6), 2)
        if happens(rng, 0.3):
            prices["tax"] = self.category.tax
        return prices

    def specifications(self) -> dict[str, Any]:
        """Return specifications in the form this supplier uses: object, list or text."""
        rng = self.rng
        lines = some(rng, items(self.source().specs), 2, 5)
        if self.strange and happens(rng, 0.5):
            lines += some(rng, items(self.strange.specs), 1, 2)
        found = dict(self.specification(line) for line in lines)
        form = weighted(rng, {"specs": 5, "attributes": 4, "highlights": 3})
        if form == "specs":
            return {"specs": {name.replace(" ", "_"): value for name, value in found.items()}}
        if form == "attributes":
            return {"attributes": [{"name": name, **_flat(value)} for name, value in found.items()]}
        return {"highlights": [_text(name, value) for name, value in found.items()]}

    def specification(self, line: str) -> tuple[str, Any]:
        """Return the name and the value of one line "name | values unit"."""
        rng = self.rng
        name, values = (cell.strip() for cell in line.split("|"))
        choices = values.split("/")
        number, _, unit = choices[-1].partition(" ")
        if not _is_number(number):
            value = rng.choice(choices)
            return name, value.split(", ") if ", " in value else value
        drawn = rng.choice([*choices[:-1], number])
        if not _is_number(drawn):
            return name, drawn
        exact = float(drawn)
        return name, {"value": int(exact) if exact == int(exact) else exact, "unit": unit} if unit else int(
            exact
        )

    def variants(self, sku: str) -> list[dict[str, Any]]:
        """Return what can be chosen: colours and sizes, each with its own number."""
        rng = self.rng
        sizes = some(rng, items(self.source().sizes), 1, 4) or [""]
        choices = [(colour, size) for colour in self.colours or [""] for size in sizes]
        found = []
        for at, (colour, size) in enumerate(rng.sample(choices, min(len(choices), rng.randint(1, 5)))):
            variant: dict[str, Any] = {"sku": f"{sku}-{at + 1}"}
            if colour and happens(rng, 0.9):
                variant["colour"] = colour
            if size and happens(rng, 0.6):
                variant["size"] = size
            if happens(rng, 0.2):
                variant["surcharge"] = rng.choice([5, 10, 20, 50])
            found.append(variant)
        return found

    def shipping(self) -> dict[str, Any]:
        """Return weight and size of the parcel."""
        rng = self.rng
        category = self.source()
        parcel: dict[str, Any] = {"weight_g": skewed(rng, category.weight, 0.35)}
        if happens(rng, 0.7):
            parcel["size_cm"] = [max(2, near(rng, side, side / 5)) for side in category.box]
        if happens(rng, 0.5):
            parcel["class"] = "parcel" if parcel["weight_g"] > 1000 else "small parcel"
        return parcel

    def stock(self) -> list[dict[str, Any]]:
        """Return how many lie in which warehouse."""
        rng = self.rng
        found = []
        for warehouse in some(rng, items(terms.WAREHOUSES), 1, 4):
            entry: dict[str, Any] = {"warehouse": warehouse, "on_hand": max(0, skewed(rng, 14, 1.1) - 3)}
            if happens(rng, 0.25):
                entry["incoming"] = {"units": rng.randint(1, 20) * 10, "week": rng.randint(23, 40)}
            found.append(entry)
        return found

    def supplier(self) -> dict[str, str]:
        """Return who delivers it; each category buys mostly from three suppliers."""
        rng = self.rng
        suppliers = items(terms.SUPPLIERS)
        first = list(CATEGORIES.values()).index(self.category)
        at = first // 2 + rng.randint(0, 2) if happens(rng, 0.7) else rng.randrange(len(suppliers))
        name, country = (cell.strip() for cell in suppliers[at % len(suppliers)].split("|"))
        return {"name": name, "country": country} if happens(rng, 0.8) else {"name": name}

    def reviews(self) -> list[dict[str, Any]]:
        """Return one to four reviews."""
        rng = self.rng
        mood = rng.uniform(2.8, 5)
        found = []
        for _ in range(rng.randint(1, 4)):
            review: dict[str, Any] = {
                "stars": min(5, max(1, near(rng, mood, 1))),
                "text": self.sentences("opinions", terms.COMMON_OPINIONS, 0.22, rng.randint(1, 2)),
            }
            if happens(rng, 0.6):
                review["author"] = rng.choice(items(terms.AUTHORS))
            if happens(rng, 0.5):
                review["date"] = f"2025-{rng.randint(1, 6):02d}"
            if happens(rng, 0.2):
                review["helpful"] = rng.randint(1, 40)
            found.append(review)
        return found

    def tags(self) -> list[str]:
        """Return what the shop files it under besides the category."""
        rng = self.rng
        pool = items(self.category.tags) + items(terms.COMMON_TAGS)
        return some(rng, list(dict.fromkeys(pool)), 1, 4)


def _flat(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"value": value}


def _text(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['value']} {value['unit']} {name}"
    return f"{name}: {', '.join(value) if isinstance(value, list) else value}"


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
