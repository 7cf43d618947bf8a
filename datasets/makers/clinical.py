"""Clinical records: who leads a patient's care shows only in codes, drugs, tests and notes together.

Each patient has one main disease (its specialty is the label), others from other clinics, and what
half the population has. Nothing marks which of them is the main one; lists merely tend to begin
with it, as problem lists do.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from makers import clinical_terms as terms
from makers.chance import day, happens, hexadecimal, items, misspelt, near, some, weighted
from makers.clinical_terms import DISEASES, Disease
from makers.collection import Collection

N = 1000
OTHERS = {0: 1, 1: 3, 2: 4, 3: 2}  # how many diseases of other clinics, and how often
UNCLEAR = 0.04  # of the patients have another disease in equal measure
TODAY = date(2025, 6, 30)
HEALTHY = {
    "systolic": (128, 11, 0),
    "diastolic": (77, 8, 0),
    "heart_rate": (74, 8, 0),
    "respiratory_rate": (15, 2, 0),
    "spo2": (97, 1, 0),
    "temperature_c": (36.6, 0.3, 1),
    "weight_kg": (76, 13, 1),
}
SPECIALTIES = {
    "cardiology": 17,
    "endocrinology": 15,
    "respiratory medicine": 14,
    "gastroenterology": 12,
    "nephrology": 12,
    "neurology": 11,
    "rheumatology": 10,
    "psychiatry": 9,
}


def make(rng: Random) -> Collection:
    """Return the collection of clinical records."""
    labels, documents = [], []
    for number in rng.sample(range(1, 10_000), N):
        specialty = weighted(rng, SPECIALTIES)
        main = rng.choice([d for d in DISEASES.values() if d.specialty == specialty])
        labels.append(specialty)
        documents.append(_Patient(rng, main).record(f"p-{number:04d}"))
    about = "Outpatients with their conditions, medications, tests, vital signs and letters."
    return Collection("clinical", about, "specialty", labels, documents)


class _Patient:
    """One patient: what is drawn once and shapes every part of the record."""

    def __init__(self, rng: Random, main: Disease) -> None:
        self.rng = rng
        self.main = main
        self.others = self._others(weighted(rng, OTHERS))
        unclear = self.others and happens(rng, UNCLEAR)
        self.focus = 0.5 if unclear else rng.uniform(0.6, 0.95)
        self.born = TODAY - timedelta(days=365 * rng.randint(*main.ages) + rng.randint(0, 364))
        first = TODAY - timedelta(days=730)
        self.visits = sorted({day(rng, first, TODAY).isoformat() for _ in range(3)}, reverse=True)
        self.clinicians = [self._clinician() for _ in range(3)]

    def _clinician(self) -> str:
        """Return a consultant of one of the patient's diseases (five per clinic), or a GP."""
        rng = self.rng
        if happens(rng, 0.4):
            return f"gp-{rng.randint(1, 20):02d}"
        disease = self.in_focus()
        clinic = list(SPECIALTIES).index(disease.specialty)
        return f"c-{101 + 7 * clinic + rng.randint(0, 4)}"

    def _others(self, n: int) -> list[Disease]:
        names = [terms.DISEASE_ALIASES.get(name, name) for name in items(self.main.goes_with)]
        candidates = [DISEASES[name] for name in dict.fromkeys(names)]
        elsewhere = [d for d in candidates if d.specialty != self.main.specialty]
        return self.rng.sample(elsewhere, min(n, len(elsewhere)))

    def in_focus(self) -> Disease:
        """Return the disease a visit is about: mostly the main one."""
        rng = self.rng
        return self.main if not self.others or happens(rng, self.focus) else rng.choice(self.others)

    def gathered(self, part: str, own: float, other: float, common: str) -> list[str]:
        """Return lines of a part from main disease, others and everyone's; the main tends to lead.

        ``own`` and ``other`` are how likely the main disease and each other one show at all.
        """
        rng = self.rng
        found: dict[str, float] = {}
        sources = [(getattr(self.main, part), own, 0.0)]
        sources += [(getattr(disease, part), other, 0.5) for disease in self.others]
        for lines, probability, rank in sources:
            if happens(rng, probability):
                for line in some(rng, items(lines), 1, 2 if rank else 3):
                    found.setdefault(line, rank + rng.random())
        for line in some(rng, items(common), 0, 3):
            found.setdefault(line, 0.6 + rng.random())
        return sorted(found, key=lambda line: found[line])

    def record(self, identifier: str) -> dict[str, Any]:
        """Return the whole document, some parts missing."""
        rng = self.rng
        parts: dict[str, Any] = {
            "conditions": self.conditions(),
            "medications": self.medications(),
            "vitals": self.vitals(),
            "tests": self.tests(),
            "encounters": self.encounters(),
            "notes": self.notes(),
        }
        for part, rate in (("conditions", 0.05), ("medications", 0.06), ("tests", 0.1)):
            if happens(rng, rate):
                del parts[part]
        if happens(rng, 0.2):
            parts["allergies"] = self.allergies()
        return {"id": identifier, "patient": self.person(), **parts}

    def person(self) -> dict[str, Any]:
        """Return who the patient is."""
        rng = self.rng
        person: dict[str, Any] = {
            "sex": rng.choice(["female", "male"]),
            "born": self.born.year,
        }
        if happens(rng, 0.35):
            person["occupation"] = rng.choice(items(terms.OCCUPATIONS))
        if happens(rng, 0.35):
            smoking: dict[str, Any] = {"status": rng.choice(["never", "former", "current"])}
            if smoking["status"] != "never":
                smoking["pack_years"] = rng.randint(2, 50)
            person["smoking"] = smoking
        return person

    def conditions(self) -> list[dict[str, Any]]:
        """Return coded conditions: of these diseases, of everyone, of symptoms."""
        rng = self.rng
        found = self.gathered("conditions", 0.74, 0.75, terms.COMMON_CONDITIONS)
        found += some(rng, items(self.main.symptoms), 0, 1)
        return [self.condition(text) for text in found]

    def condition(self, text: str) -> dict[str, Any]:
        """Return one coded condition."""
        rng = self.rng
        code, display = text.split(" ", 1)
        entry: dict[str, Any] = {"code": code, "display": misspelt(rng, display, 0.03)}
        if happens(rng, 0.15):
            del entry["code"]
        if happens(rng, 0.35):
            entry["status"] = rng.choice(["active", "active", "remission", "resolved"])
        if happens(rng, 0.55):
            since = day(rng, date(2008, 1, 1), TODAY)
            entry["onset"] = since.strftime("%Y-%m") if happens(rng, 0.2) else str(since.year)
        return entry

    def medications(self) -> list[dict[str, Any]]:
        """Return what is prescribed: for these diseases and for common complaints."""
        lines = self.gathered("medications", 0.9, 0.5, terms.COMMON_MEDICATIONS)
        by_name = {line.split()[0]: line for line in reversed(lines)}
        return [self.medication(line) for line in reversed(by_name.values())]

    def medication(self, line: str) -> dict[str, Any]:
        """Return one prescription of a line such as "ramipril 2.5/5 mg once daily"."""
        rng = self.rng
        words = line.split()
        at = next(i for i, word in enumerate(words) if word[0].isdigit())
        dose = float(rng.choice(words[at].split("/")))
        amount = {"value": int(dose) if dose == int(dose) else dose, "unit": words[at + 1]}
        name = misspelt(rng, " ".join(words[:at]), 0.03)
        entry: dict[str, Any] = {"name": name, "dose": amount, "frequency": " ".join(words[at + 2 :])}
        if happens(rng, 0.12):
            entry["dose"] = "see letter"
        if happens(rng, 0.25):
            entry["since"] = str(rng.randint(2014, TODAY.year))
        if happens(rng, 0.12):
            entry["stopped"] = {"reason": rng.choice(["side effects", "no effect", "completed"])}
        return entry

    def vitals(self) -> list[dict[str, Any]]:
        """Return vital signs at each visit, the last one first."""
        rng = self.rng
        usual = {
            name: near(rng, mean + self.shift(name), 0.6 * deviation, digits)
            for name, (mean, deviation, digits) in HEALTHY.items()
        }
        return [{"date": date, **self.measured(usual)} for date in self.visits]

    def shift(self, name: str) -> float:
        """Return how far the patient's mean of a vital sign lies from a healthy adult's."""
        own = self.main.vitals.get(name, 0)
        return own + sum(d.vitals.get(name, 0) * 0.4 for d in self.others)

    def measured(self, usual: dict[str, float]) -> dict[str, Any]:
        """Return one set of vital signs around the usual ones."""
        rng = self.rng
        found: dict[str, Any] = {
            name: near(rng, usual[name], deviation / 3, digits)
            for name, (_, deviation, digits) in HEALTHY.items()
            if happens(rng, 0.7)
        }
        if "spo2" in found:
            found["spo2"] = min(found["spo2"], 100)
        if {"systolic", "diastolic"} <= found.keys():
            found["bp"] = {"systolic": found.pop("systolic"), "diastolic": found.pop("diastolic")}
        return found

    def tests(self) -> list[dict[str, Any]]:
        """Return laboratory panels, each with its results."""
        rng = self.rng
        lines = self.gathered("tests", 0.93, 0.3, terms.COMMON_TESTS)
        by_name = {line.split("|")[0]: line for line in reversed(lines)}
        results = [self.result(line) for line in reversed(by_name.values())]
        panels = []
        while results:
            size = rng.randint(1, 4)
            panels.append({"date": rng.choice(self.visits), "results": results[:size]})
            results = results[size:]
        return panels

    def result(self, line: str) -> dict[str, Any]:
        """Return one result of a line "name | mean | deviation | unit | digits"."""
        rng = self.rng
        name, mean, deviation, unit, digits = (cell.strip() for cell in line.split("|"))
        floor = float(mean) / 8
        value = max(near(rng, float(mean), float(deviation), int(digits)), round(floor, int(digits)))
        entry: dict[str, Any] = {"test": name, "value": value, "unit": unit}
        if happens(rng, 0.03):
            entry["value"] = rng.choice(["haemolysed", "insufficient", None])
        if happens(rng, 0.1):
            del entry["unit"]
        return entry

    def encounters(self) -> list[dict[str, Any]]:
        """Return visits, admissions and calls, with what was ordered."""
        found = [self.encounter() for _ in range(self.rng.randint(1, 4))]
        return sorted(found, key=lambda entry: entry["date"], reverse=True)

    def encounter(self) -> dict[str, Any]:
        """Return one encounter."""
        rng = self.rng
        entry: dict[str, Any] = {
            "id": f"e-{hexadecimal(rng, 8)}",
            "date": rng.choice(self.visits),
            "kind": rng.choice(["outpatient", "outpatient", "telephone", "emergency", "inpatient"]),
            "clinician": rng.choice(self.clinicians),
        }
        if happens(rng, 0.8):
            entry["reason"] = misspelt(rng, self.drawn("reasons", terms.COMMON_REASONS, 0.6), 0.04)
        if entry["kind"] == "inpatient":
            entry["stay"] = {"nights": rng.randint(1, 14), "ward": f"W{rng.randint(1, 24)}"}
        if happens(rng, 0.15):
            entry["orders"] = some(rng, ["ECG", "chest X-ray", "full blood count", "U&E", "MRI", "CT"], 1, 2)
        return entry

    def drawn(self, part: str, common: str, own: float) -> str:
        """Return a phrase: of this patient's diseases with probability ``own``, else of anyone's."""
        rng = self.rng
        if not happens(rng, own):
            return rng.choice(items(common))
        return rng.choice(items(getattr(self.in_focus(), part)))

    def notes(self) -> list[dict[str, Any]]:
        """Return letters of two to five sentences each."""
        rng = self.rng
        letters = []
        for _ in range(rng.randint(1, 2)):
            sentences = {self.drawn("notes", terms.COMMON_NOTES, 0.38): 1 for _ in range(rng.randint(2, 4))}
            letter = {"text": misspelt(rng, " ".join(sentences), 0.03)}
            if happens(rng, 0.5):
                letter["date"] = rng.choice(self.visits)
            if happens(rng, 0.7):
                letter["author"] = rng.choice(self.clinicians)
            letters.append(letter)
        return letters

    def allergies(self) -> list[dict[str, Any]]:
        """Return one or two allergies."""
        rng = self.rng
        return [
            {"substance": substance, "reaction": rng.choice(items(terms.REACTIONS))}
            for substance in some(rng, items(terms.ALLERGENS), 1, 2)
        ]
