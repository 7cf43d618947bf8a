"""Make realistic JSON documents of 60 leaves each: orders with their delivery, its sensor and a note.

Every order belongs to one of six lines of trade, which no field states. It shifts what is likely in most
fields and decides none, so that a map shows groups that blur into each other. Document i depends on the
seed and on i alone: ``made(10)`` begins ``made(50_000)``.

    python benchmarks/made.py 5000 -o made.ndjson
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from itertools import product
from pathlib import Path
from statistics import NormalDist
from typing import Any
from uuid import UUID

import numpy as np

LEAVES = 60
"""What every document has; the assertion in ``made`` counts them."""
WORDS = 2_000

_AT_ONCE = 512
"""Documents whose random numbers are drawn together."""
_DRAWS = 160
"""More random numbers than any document uses."""

_STANDARD = NormalDist()
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Trade:
    """What is likely in the orders of one line of trade."""

    categories: tuple[str, ...]
    channels: tuple[str, ...]
    carriers: tuple[str, ...]
    countries: tuple[str, ...]
    price: float
    celsius: float
    distance: float
    weight: float
    business: float
    """The probability of a business customer."""


TRADES = (
    Trade(
        categories=("frozen meals", "dairy", "bakery"),
        channels=("app", "web"),
        carriers=("coolfreight", "swift"),
        countries=("DE", "AT", "CH"),
        price=12.0,
        celsius=-4.0,
        distance=18.0,
        weight=6.0,
        business=0.1,
    ),
    Trade(
        categories=("power tools", "fasteners", "paint"),
        channels=("counter", "phone"),
        carriers=("haulage one", "swift"),
        countries=("DE", "PL", "CZ"),
        price=55.0,
        celsius=17.0,
        distance=140.0,
        weight=22.0,
        business=0.8,
    ),
    Trade(
        categories=("novels", "textbooks", "maps"),
        channels=("web", "marketplace"),
        carriers=("parcel post", "swift"),
        countries=("FR", "BE", "ES"),
        price=18.0,
        celsius=20.0,
        distance=420.0,
        weight=1.4,
        business=0.3,
    ),
    Trade(
        categories=("vaccines", "reagents", "gloves"),
        channels=("portal", "phone"),
        carriers=("coolfreight", "medi line"),
        countries=("NL", "BE", "DK"),
        price=240.0,
        celsius=5.0,
        distance=260.0,
        weight=3.0,
        business=0.9,
    ),
    Trade(
        categories=("phones", "cables", "cameras"),
        channels=("web", "app"),
        carriers=("express air", "parcel post"),
        countries=("IT", "ES", "PT"),
        price=320.0,
        celsius=23.0,
        distance=900.0,
        weight=0.9,
        business=0.2,
    ),
    Trade(
        categories=("cut flowers", "seeds", "pots"),
        channels=("app", "counter"),
        carriers=("swift", "medi line"),
        countries=("NL", "DE", "SE"),
        price=26.0,
        celsius=9.0,
        distance=70.0,
        weight=3.5,
        business=0.4,
    ),
)
CITIES = {
    "DE": ("Hamburg", "Leipzig", "Ulm"),
    "AT": ("Graz", "Linz"),
    "CH": ("Basel", "Bern"),
    "PL": ("Krakow", "Gdansk"),
    "CZ": ("Brno", "Pilsen"),
    "FR": ("Lyon", "Nantes", "Lille"),
    "BE": ("Ghent", "Liege"),
    "ES": ("Bilbao", "Murcia"),
    "NL": ("Delft", "Breda"),
    "DK": ("Aarhus", "Odense"),
    "IT": ("Turin", "Bari"),
    "PT": ("Porto", "Braga"),
    "SE": ("Malmo", "Umea"),
}
STATUSES = ("placed", "packed", "sent", "delivered", "returned")
SEGMENTS = ("new", "regular", "loyal", "at risk")
METHODS = ("card", "invoice", "transfer", "wallet")
SERVICES = ("standard", "evening", "next day", "pickup point")
TAGS = ("fragile", "seasonal", "bulk", "sample", "reorder", "promotion", "insured", "export")
NAMES = ("Ada", "Bo", "Carla", "Dmitri", "Eva", "Femke", "Goran", "Hanna", "Igor", "Jana", "Karim", "Lena")
SURNAMES = ("Abel", "Berger", "Costa", "Dvorak", "Eriksen", "Fischer", "Garcia", "Horak", "Ivanov", "Jansen")
EVENTS = (
    "handed over to the carrier by the warehouse",
    "arrived at the depot and sorted for the route",
    "out for delivery since this morning",
    "delayed by weather, expected one day later",
    "delivered to a neighbour on the same floor",
    "recipient not met, a second attempt will follow",
)
CURRENCIES = ("CHF", "SEK", "PLN")
STREETS = ("Mill Lane", "Station Road", "Harbour Street", "Church Hill", "Park Avenue", "Market Square")


class Chance:
    """One document's random numbers, used in order."""

    def __init__(self, uniform: Sequence[float]):
        self._next = iter(uniform).__next__

    def share(self) -> float:
        """Return a number from 0 up to 1."""
        return self._next()

    def true(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self._next() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self._next() * (high - low + 1))

    def one(self, options: Sequence[str]) -> str:
        """Return one of the options, all equally likely."""
        return options[int(self._next() * len(options))]

    def normal(self, mean: float, deviation: float) -> float:
        """Return a normal number."""
        return mean + deviation * _STANDARD.inv_cdf(min(max(self._next(), 1e-12), 1 - 1e-12))

    def about(self, typical: float, spread: float = 0.5) -> float:
        """Return a positive number, log-normal around the typical one, with two decimals."""
        return round(float(typical * np.exp(self.normal(0, spread))), 2)


@cache
def vocabulary() -> tuple[str, ...]:
    """Return 2,000 words, pronounceable and all different."""
    syllables = ["".join(parts) for parts in product("bdfgklmnprstv", "aeiou", ["", "n", "r", "s"])]
    chance = np.random.default_rng(2022)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        found["".join(chance.choice(syllables, size=chance.integers(1, 4, endpoint=True)))] = None
    return tuple(found)


def made(n: int, seed: int = 0) -> list[Any]:
    """Return n documents of 60 leaves; the same for the same seed, others for another."""
    documents = list(_orders(n, seed))
    assert all(leaves(document) == LEAVES for document in documents)  # noqa: S101
    return documents


def leaves(value: Any) -> int:
    """Return how many leaves a JSON value has: scalars and empty containers."""
    if isinstance(value, dict) and value:
        return sum(map(leaves, value.values()))
    if isinstance(value, list) and value:
        return sum(map(leaves, value))
    return 1


def _orders(n: int, seed: int) -> Iterator[dict[str, Any]]:
    generator = np.random.default_rng(seed)
    for start in range(0, n, _AT_ONCE):
        for number, uniform in enumerate(generator.random((_AT_ONCE, _DRAWS)).tolist()[: n - start], start):
            yield _order(number, seed, Chance(uniform))


def _order(number: int, seed: int, chance: Chance) -> dict[str, Any]:
    """Return one order; whatever its other arrays leave of the 60 leaves, its sensor's readings fill."""
    group = chance.whole(0, len(TRADES) - 1)
    trade = TRADES[group]
    created = _BEGIN + timedelta(minutes=7 * number, seconds=chance.whole(0, 400))
    sent = chance.true(0.7)
    order: dict[str, Any] = {
        "id": str(UUID(bytes=blake2b(f"{seed}/{number}".encode(), digest_size=16).digest(), version=4)),
        "order_number": 100_000 + number,
        "created_at": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "shipped_on": (created + timedelta(days=chance.whole(1, 6))).strftime("%Y-%m-%d") if sent else None,
        "order_status": chance.one(STATUSES[2:] if sent else STATUSES[:2]),
        "sales_channel": _likely(chance, "channels", group, 0.7),
        "priority": chance.true(0.2 + 0.1 * group),
        "currency": "EUR" if chance.true(0.9) else chance.one(CURRENCIES),
        "customer": _customer(chance, group),
        "payment": _payment(chance, trade),
        "delivery": _delivery(chance, group),
        "order_lines": [_line(chance, group) for _ in range(chance.whole(1, 2))],
        "tracking": [_event(chance, created, group) for _ in range(chance.whole(1, 2))],
        "tags": sorted({chance.one(TAGS[group : group + 3]) for _ in range(chance.whole(1, 2))}),
        "note": " ".join(_words(chance, group, chance.whole(10, 15))),
    }
    net = round(sum(line["quantity"] * line["unit_price"] for line in order["order_lines"]), 2)
    order["totals"] = {
        "net_amount": net,
        "value_added_tax": round(0.19 * net, 2),
        "shipping_cost": chance.about(6.0),
    }
    missing = LEAVES - leaves(order) - 1
    order["cargo_sensor"] = {
        "sensor_model": f"TH-{chance.whole(1, 9)}00",
        "temperatures_celsius": [round(chance.normal(trade.celsius, 3.0), 1) for _ in range(missing)],
    }
    return order


def _likely(chance: Chance, what: str, group: int, probability: float) -> str:
    """Return what the line of trade suggests, or, failing the probability, what any of them does."""
    if not chance.true(probability):
        group = chance.whole(0, len(TRADES) - 1)
    options: tuple[str, ...] = getattr(TRADES[group], what)
    return chance.one(options)


def _customer(chance: Chance, group: int) -> dict[str, Any]:
    country = _likely(chance, "countries", group, 0.6)
    first, last = chance.one(NAMES), chance.one(SURNAMES)
    return {
        "customer_id": f"C-{chance.whole(1, 20_000):05d}",
        "full_name": f"{first} {last}",
        "email": f"{first.lower()}.{last.lower()}{chance.whole(1, 99)}@mail.example.org",
        "segment": chance.one(SEGMENTS),
        "business_customer": chance.true(TRADES[group].business),
        "registered_since": f"{chance.whole(2008, 2023)}-{chance.whole(1, 12):02d}-{chance.whole(1, 28):02d}",
        "previous_orders": int(chance.about(4.0 + 3 * group, 0.9)),
        "address": {
            "street": f"{chance.one(STREETS)} {chance.whole(1, 180)}",
            "city": chance.one(CITIES[country]),
            "country": country,
            "floor": chance.whole(0, 7) if chance.true(0.4) else None,
        },
    }


def _payment(chance: Chance, trade: Trade) -> dict[str, Any]:
    method = chance.one(METHODS[1:3] if chance.true(trade.business) else METHODS)
    return {
        "payment_method": method,
        "transaction": f"https://pay.example.com/transactions/{int(chance.share() * 16**12):012x}",
        "instalments": chance.whole(2, 12) if chance.true(0.15) else 1,
        "coupon_code": f"SAVE{5 * chance.whole(1, 6)}" if chance.true(0.2) else None,
        "payment_received": method != "invoice" or chance.true(0.5),
    }


def _delivery(chance: Chance, group: int) -> dict[str, Any]:
    trade = TRADES[group]
    return {
        "carrier": _likely(chance, "carriers", group, 0.75),
        "service_level": chance.one(SERVICES),
        "warehouse": f"distribution centre {1 + (group + chance.whole(0, 2)) % len(TRADES)}",
        "distance_km": chance.about(trade.distance, 0.7),
        "weight_kg": chance.about(trade.weight, 0.6),
        "tracking_url": f"https://track.example.org/shipments/{chance.whole(10**9, 10**10 - 1)}",
        "signature_required": chance.true(0.5),
        "destination": {
            "latitude": round(chance.normal(50.0 - group, 1.5), 5),
            "longitude": round(chance.normal(4.0 + 2 * group, 2.0), 5),
        },
    }


def _line(chance: Chance, group: int) -> dict[str, Any]:
    return {
        "sku": f"SKU-{chance.whole(0, 4_999):04d}",
        "title": " ".join(_words(chance, group, chance.whole(3, 6))),
        "category": _likely(chance, "categories", group, 0.8),
        "quantity": chance.whole(1, 9),
        "unit_price": chance.about(TRADES[group].price),
        "discount_rate": round(0.05 * chance.whole(0, 5), 2),
    }


def _event(chance: Chance, created: datetime, group: int) -> dict[str, Any]:
    country = chance.one(TRADES[group].countries)
    return {
        "timestamp": (created + timedelta(hours=chance.whole(4, 140))).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "location": f"{chance.one(CITIES[country])} depot, {country}",
        "message": chance.one(EVENTS),
    }


def _words(chance: Chance, group: int, n: int) -> list[str]:
    """Return n words: the earlier a word, the more frequent; half of them from the trade's own stretch."""
    known, third = vocabulary(), WORDS // 3
    ranks = [int(third ** chance.share()) - 1 for _ in range(n)]
    return [known[rank if chance.true(0.5) else (third + 222 * group + rank) % WORDS] for rank in ranks]


def main() -> None:
    """Write documents as JSON Lines."""
    parser = argparse.ArgumentParser(description="Write documents of 60 leaves as JSON Lines.")
    parser.add_argument("n", type=int, help="how many documents")
    parser.add_argument("-o", "--output", type=Path, help="the file (default: standard output)")
    parser.add_argument("--seed", type=int, default=0, help="another seed makes other documents")
    options = parser.parse_args()
    lines = "".join(json.dumps(document) + "\n" for document in made(options.n, options.seed))
    if options.output:
        options.output.write_text(lines, encoding="utf-8")
    else:
        sys.stdout.write(lines)


if __name__ == "__main__":
    main()
