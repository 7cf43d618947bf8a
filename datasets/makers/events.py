"""Events of many shapes from the services of a web shop: what lies behind an event is its label.

Nine shapes keep the same things at different places and depths. A root cause shows in the service,
status, words, latency, time of day and the age of the last deployment, in none of them for certain.
"""

from datetime import UTC, date, timedelta
from random import Random
from typing import Any

from makers import event_terms as terms
from makers.chance import (
    day,
    happens,
    hexadecimal,
    items,
    misspelt,
    moment,
    near,
    skewed,
    some,
    uuid,
    weighted,
)
from makers.collection import Collection
from makers.event_terms import CAUSES, Cause

N = 1500
TYPICAL = 0.76  # of the traces are the cause's own, the others any incident's
FIRST, LAST = date(2025, 3, 1), date(2025, 5, 31)


def make(rng: Random) -> Collection:
    """Return the collection of events, in the order of their time."""
    entries = []
    for number in rng.sample(range(10_000, 99_999), N):
        cause = rng.choice(list(CAUSES))
        event = _Event(rng, CAUSES[cause], number)
        entries.append((event.time, cause, event.document()))
    entries.sort(key=lambda entry: entry[0])
    about = "Requests, alerts, deployments, audits, payments and more from services in trouble."
    labels, documents = [cause for _, cause, _ in entries], [document for *_, document in entries]
    return Collection("events", about, "root cause", labels, documents)


class _Event:
    """One event: what is drawn once, whatever shape it is written in."""

    def __init__(self, rng: Random, cause: Cause, number: int) -> None:
        self.rng = rng
        self.cause = cause
        self.number = number
        self.service = self.trace("services", terms.SERVICES)
        low, high = cause.hours
        hour = rng.randint(low, high) if happens(rng, 0.75) else None
        self.time = moment(rng, day(rng, FIRST, LAST), hour)
        self.region = rng.choice(items(terms.REGIONS))
        self.latency = skewed(rng, cause.latency if happens(rng, 0.8) else 300, 0.6)
        self.deployed = max(1, skewed(rng, cause.since_deploy if happens(rng, 0.8) else 2000, 0.7))

    def document(self) -> dict[str, Any]:
        """Return the event in one of the shapes."""
        shapes = {
            self.request: 4,
            self.alert: 4,
            self.audit: 3,
            self.payment: 3,
            self.log: 4,
            self.span: 3,
            self.job: 2,
            self.deployment: 2,
            self.incident: 3,
        }
        return weighted(self.rng, shapes)()

    def trace(self, part: str, common: str) -> str:
        """Return one trace: the cause's own with probability TYPICAL, else a common one."""
        own = happens(self.rng, TYPICAL)
        return self.rng.choice(items(getattr(self.cause, part) if own else common))

    def traces(self, part: str, common: str, low: int, high: int) -> list[str]:
        """Return some different traces."""
        n = self.rng.randint(low, high)
        return list(dict.fromkeys(self.trace(part, common) for _ in range(n)))

    def status(self) -> int:
        """Return an HTTP status."""
        table = self.cause.statuses if happens(self.rng, 0.8) else terms.COMMON_STATUSES
        pairs = [entry.split(":") for entry in items(table)]
        return weighted(self.rng, {int(status): float(weight) for status, weight in pairs})

    def error(self) -> str:
        """Return an error's text."""
        return misspelt(self.rng, self.trace("errors", terms.COMMON_ERRORS), 0.01)

    def words(self, low: int, high: int) -> str:
        """Return what somebody wrote about it."""
        return misspelt(self.rng, " ".join(self.traces("comments", terms.COMMON_COMMENTS, low, high)), 0.04)

    def host(self) -> dict[str, Any]:
        """Return where it ran; not every agent knows everything."""
        rng = self.rng
        found: dict[str, Any] = {"name": f"{self.service}-{hexadecimal(rng, 5)}"}
        if happens(rng, 0.6):
            found["zone"] = self.region + rng.choice("abc")
        if happens(rng, 0.5):
            found["disk_used"] = self.gauge("disk full", 96, 55)
        if happens(rng, 0.5):
            found["cpu"] = self.gauge("traffic surge", 93, 45)
        if happens(rng, 0.3):
            found["uptime_h"] = skewed(rng, self.deployed / 60 + 1, 0.2)
        return found

    def context(self) -> dict[str, Any]:
        """Return what the collector adds to every event."""
        rng = self.rng
        found: dict[str, Any] = {"region": self.region, "cluster": rng.choice(["blue", "green"])}
        if happens(rng, 0.6):
            found["neighbors"] = self.traces("services", terms.SERVICES, 1, 3)
        if happens(rng, 0.3):
            found["maintenance"] = None
        return found

    def gauge(self, cause: str, high: float, usual: float) -> float:
        """Return a percentage that is high under one cause."""
        typical = CAUSES[cause] is self.cause and happens(self.rng, 0.8)
        drawn = near(self.rng, high, 2.5, 1) if typical else near(self.rng, usual, 16, 1)
        return min(99.9, max(1.0, drawn))

    def build(self) -> dict[str, Any]:
        """Return which build ran and since when."""
        rng = self.rng
        found: dict[str, Any] = {"commit": hexadecimal(rng, 7), "age_min": self.deployed}
        if happens(rng, 0.5):
            found["version"] = f"{rng.randint(2, 5)}.{rng.randint(0, 30)}.{rng.randint(0, 9)}"
        return found

    def client(self) -> dict[str, Any]:
        """Return who called."""
        rng = self.rng
        attack = self.cause is CAUSES["credential attack"] and happens(rng, 0.7)
        address = "198.51.100." if attack else rng.choice(["192.0.2.", "203.0.113.", "10.4.7.", "10.8.1."])
        found: dict[str, Any] = {"ip": f"{address}{rng.randint(1, 254)}"}
        if happens(rng, 0.6):
            agents = (
                ["python-requests/2.31", "curl/8.5", "Go-http-client"]
                if attack
                else ["Chrome/124", "Safari/17", "okhttp/4.12"]
            )
            found["agent"] = rng.choice(agents)
        if happens(rng, 0.3):
            found["country"] = rng.choice(["DE", "NL", "FR", "US", "IN", "BR", "PL"])
        return found

    def history(self) -> list[dict[str, Any]]:
        """Return attempts, each with its outcome."""
        rng = self.rng
        n = min(7, max(1, near(rng, self.cause.retries + 1, 1)))
        found = []
        for at in range(n):
            attempt: dict[str, Any] = {"n": at + 1, "ms": skewed(rng, self.latency, 0.3)}
            if happens(rng, 0.8):
                attempt["status"] = self.status()
            if happens(rng, 0.3):
                attempt["error"] = self.error()
            found.append(attempt)
        return found

    def samples(self) -> list[list[float]]:
        """Return a metric's samples before and in trouble: [minute, value] pairs."""
        rng = self.rng
        base = rng.uniform(1, 40)
        steep = self.cause.since_deploy < 2000 or self.cause.latency < 50
        rise = [1, 8, 9, 9, 9] if steep else [1, 2, 4, 7, 9]
        return [[at * 5, round(base * step * rng.uniform(0.8, 1.2), 1)] for at, step in enumerate(rise)]

    def stamp(self, seconds: int = 0) -> str:
        """Return the time, some seconds later, as ISO 8601."""
        return (self.time + timedelta(seconds=seconds)).isoformat() + "Z"

    def request(self) -> dict[str, Any]:
        """Return a line of an access log."""
        rng = self.rng
        return {
            "request_id": uuid(rng),
            "time": self.stamp(),
            "service": self.service,
            "http": {
                "method": rng.choice(["GET", "GET", "POST", "PUT"]),
                "route": rng.choice(items(terms.ROUTES)),
                "status": self.status(),
                "duration_ms": self.latency,
            },
            "client": self.client(),
            "upstream": self.history(),
            "host": {**self.host(), "context": self.context()},
            "build": self.build(),
            "error": {"message": self.error(), "chain": self.traces("errors", terms.COMMON_ERRORS, 1, 2)},
        }

    def alert(self) -> dict[str, Any]:
        """Return an alert of the monitoring, with what it fired on."""
        rng = self.rng
        metrics = self.traces("metrics", terms.COMMON_METRICS, 2, 3)
        series = [
            {
                "metric": metric,
                "samples": self.samples(),
                "labels": {"service": self.service, "region": self.region},
            }
            for metric in metrics
        ]
        return {
            "fingerprint": hexadecimal(rng, 16),
            "startsAt": self.stamp(),
            "state": rng.choice(["firing", "firing", "resolved", "pending"]),
            "series": series,
            "annotations": {"summary": self.words(1, 2), "since_deploy_min": self.deployed},
        }

    def audit(self) -> dict[str, Any]:
        """Return who did what in an hour."""
        rng = self.rng
        actions = [
            {
                "action": action,
                "actor": {"name": rng.choice(items(terms.PEOPLE)), "ip": self.client()["ip"]},
                "resource": {"kind": action.split(".")[0], "labels": {"service": self.service}},
                "result": rng.choice(["ok", "ok", "denied"]),
            }
            for action in self.traces("actions", terms.COMMON_ACTIONS, 3, 5)
        ]
        document: dict[str, Any] = {
            "audit_id": uuid(rng),
            "window": {"from": self.stamp(), "to": self.stamp(3600)},
            "actions": actions,
        }
        if happens(rng, 0.6):
            document["reason"] = self.words(1, 2)
        if happens(rng, 0.6):
            document["context"] = self.context()
        if happens(rng, 0.5):
            document["change"] = {"build": self.build(), "approved_by": rng.choice(items(terms.PEOPLE))}
        return document

    def payment(self) -> dict[str, Any]:
        """Return a payment that did not go well."""
        rng = self.rng
        small = self.cause is CAUSES["credential attack"] and happens(rng, 0.7)
        return {
            "payment": {
                "id": f"pay_{hexadecimal(rng, 12)}",
                "amount": {
                    "value": skewed(rng, 1.2 if small else 64, 0.6, 2),
                    "currency": rng.choice(["EUR", "EUR", "GBP", "SEK"]),
                },
                "method": rng.choice(["card", "card", "wallet", "transfer"]),
                "declines": self.traces("declines", terms.COMMON_DECLINES, 1, 3),
                "attempts": self.history(),
            },
            "created": int(self.time.replace(tzinfo=UTC).timestamp()),
            "origin": {
                "service": self.service,
                "client": self.client(),
                "host": self.host(),
                **self.context(),
            },
            "message": self.error(),
        }

    def log(self) -> dict[str, Any]:
        """Return a batch of log lines of one pod."""
        rng = self.rng
        lines = [
            {
                "level": rng.choice(["ERROR", "ERROR", "WARN", "INFO"]),
                "msg": self.error(),
                "offset_ms": rng.randint(0, 60_000),
            }
            for _ in range(rng.randint(3, 6))
        ]
        return {
            "@timestamp": self.stamp(),
            "kubernetes": {
                "pod": f"{self.service}-{hexadecimal(rng, 9)}",
                "labels": {"service": self.service, "build": self.build()},
                "node": self.host(),
            },
            "context": self.context(),
            "lines": lines,
        }

    def span(self) -> dict[str, Any]:
        """Return a trace: a tree of calls."""
        rng = self.rng
        calls = [self.call(self.trace("services", terms.SERVICES)) for _ in range(rng.randint(2, 4))]
        return {
            "trace_id": hexadecimal(rng, 32),
            "root": {
                "service": self.service,
                "start": self.stamp(),
                "duration_ms": self.latency,
                "children": calls,
                "tags": {"http.status_code": self.status(), "build": self.build(), "region": self.region},
            },
        }

    def call(self, service: str) -> dict[str, Any]:
        """Return one call within a trace, sometimes with one below it."""
        rng = self.rng
        found: dict[str, Any] = {"service": service, "duration_ms": skewed(rng, self.latency * 0.7, 0.4)}
        if happens(rng, 0.7):
            found["tags"] = {
                "http.status_code": self.status(),
                "retries": max(0, near(rng, self.cause.retries, 1)),
            }
        if happens(rng, 0.6):
            found["events"] = [{"name": "exception", "message": self.error()}]
        if happens(rng, 0.4):
            found["children"] = [
                {"service": self.trace("services", terms.SERVICES), "duration_ms": self.latency}
            ]
        return found

    def job(self) -> dict[str, Any]:
        """Return a run of a batch job."""
        rng = self.rng
        return {
            "run": self.number,
            "job": {
                "name": self.trace("jobs", terms.COMMON_JOBS),
                "owner": rng.choice(items(terms.PEOPLE)),
                "service": self.service,
            },
            "started": self.stamp(),
            "steps": [
                {
                    "name": name,
                    "seconds": skewed(rng, self.latency / 50 + 1, 0.6),
                    "exit": rng.choice([0, 0, 1, 137]),
                }
                for name in ("fetch", "transform", "write", "publish")[: rng.randint(2, 4)]
            ],
            "output": self.traces("errors", terms.COMMON_ERRORS, 2, 4),
            "host": self.host(),
            "meta": self.context(),
            "note": self.words(1, 1),
        }

    def deployment(self) -> dict[str, Any]:
        """Return a deployment during the trouble."""
        rng = self.rng
        return {
            "deployment": {
                "id": f"d-{hexadecimal(rng, 8)}",
                "service": self.service,
                "previous": self.build(),
            },
            "at": self.stamp(),
            "by": rng.choice(items(terms.PEOPLE)),
            "actions": self.traces("actions", terms.COMMON_ACTIONS, 2, 4),
            "pods": [
                {"name": hexadecimal(rng, 5), "ready": happens(rng, 0.6), "restarts": rng.randint(0, 6)}
                for _ in range(rng.randint(2, 4))
            ],
            "checks": [
                {"metric": m, "status": self.status()}
                for m in self.traces("metrics", terms.COMMON_METRICS, 2, 3)
            ],
            "environment": self.context(),
            "log": self.words(1, 3),
        }

    def incident(self) -> dict[str, Any]:
        """Return an incident's timeline as people wrote it."""
        rng = self.rng
        timeline = [
            {
                "after_min": at * rng.randint(3, 12),
                "by": rng.choice(items(terms.PEOPLE)),
                "text": self.words(1, 2),
            }
            for at in range(rng.randint(2, 5))
        ]
        return {
            "key": f"INC-{self.number}",
            "opened": self.stamp(),
            "severity": rng.choice(["sev1", "sev2", "sev2", "sev3"]),
            "affected": {
                "services": self.traces("services", terms.SERVICES, 1, 4),
                "regions": some(rng, items(terms.REGIONS), 1, 3),
            },
            "timeline": timeline,
            "signals": self.traces("metrics", terms.COMMON_METRICS, 1, 3),
            "duration_min": skewed(rng, 50, 0.8),
        }
