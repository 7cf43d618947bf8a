"""Genomic variants: how a variant acts shows in consequence, frequency, scores and words together.

Genes, transcripts and hotspots are real; the other variants are invented but consistent: bases,
codons, amino acids and the strand agree, and positions lie where the residue would.
"""

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from makers import variant_terms as terms
from makers.chance import happens, items, misspelt, near, rows, skewed, some, weighted
from makers.collection import Collection

N = 1000
CODON = 3
COMPLEMENT = dict(zip("ACGT", "TGCA", strict=True))
LETTER = {
    "l": "loss of function",
    "n": "dominant negative",
    "g": "gain of function",
    "h": "hypomorphic",
    "b": "tolerated",
}
MECHANISMS = {
    "loss of function": 22,
    "gain of function": 18,
    "hypomorphic": 16,
    "dominant negative": 16,
    "aberrant splicing": 14,
    "tolerated": 14,
}
# Which consequences the variants of a mechanism have, and how often.
CONSEQUENCES = {
    "loss of function": {
        "stop_gained": 34,
        "frameshift_variant": 40,
        "missense_variant": 24,
        "start_lost": 2,
    },
    "aberrant splicing": {
        "splice_donor_variant": 20,
        "splice_acceptor_variant": 16,
        "splice_region_variant": 28,
        "intron_variant": 16,
        "synonymous_variant": 12,
        "missense_variant": 8,
    },
    "dominant negative": {"missense_variant": 88, "inframe_deletion": 9, "frameshift_variant": 3},
    "gain of function": {"missense_variant": 90, "inframe_insertion": 8, "stop_gained": 2},
    "hypomorphic": {"missense_variant": 84, "splice_region_variant": 8, "inframe_deletion": 8},
    "tolerated": {
        "missense_variant": 44,
        "synonymous_variant": 32,
        "intron_variant": 14,
        "splice_region_variant": 8,
        "frameshift_variant": 2,
    },
}
IMPACT = {"stop": "HIGH", "fram": "HIGH", "star": "HIGH", "splice_d": "HIGH", "splice_a": "HIGH"}
MODERATE = ("missense_variant", "inframe_deletion", "inframe_insertion")
# Of each mechanism: mean and deviation of CADD, REVEL and SpliceAI, and of the logarithm of frequency.
SCORES = {
    "loss of function": ((37, 3), (0.76, 0.12), (0.06, 0.06), (-5.4, 0.4)),
    "aberrant splicing": ((22, 3), (0.35, 0.15), (0.86, 0.12), (-4.9, 0.5)),
    "dominant negative": ((29, 1.5), (0.91, 0.05), (0.05, 0.05), (-5.9, 0.3)),
    "gain of function": ((26, 1.5), (0.7, 0.1), (0.02, 0.02), (-5.6, 0.3)),
    "hypomorphic": ((22.5, 2), (0.5, 0.1), (0.11, 0.08), (-3.5, 0.5)),
    "tolerated": ((9, 5), (0.16, 0.1), (0.02, 0.03), (-2.2, 0.7)),
}
VERDICTS = {
    "tolerated": {"benign": 6, "likely benign": 5, "uncertain significance": 4},
    "hypomorphic": {"likely pathogenic": 4, "pathogenic": 3, "uncertain significance": 5, "risk factor": 2},
}
CRITERIA = {
    "loss of function": ["PVS1", "PM2", "PP5", "PS4"],
    "aberrant splicing": ["PS3", "PP3", "PM2", "PVS1"],
    "dominant negative": ["PM1", "PP1", "PP3", "PM5"],
    "gain of function": ["PS2", "PM1", "PS4", "PM5"],
    "hypomorphic": ["PM3", "PP4", "PP2", "PP3"],
    "tolerated": ["BS1", "BP4", "BP6", "BS2"],
}
USUAL_VERDICTS = {"pathogenic": 5, "likely pathogenic": 4, "uncertain significance": 4}
CANCER = ("suppressor", "signalling")  # kinds of genes which tumours change
SOMATIC_SHARE = (0.08, 0.45)  # of the observations, elsewhere and where the variant activates
ODD = 0.04  # of the scores and remarks speak of another mechanism


@dataclass(frozen=True)
class Gene:
    """One line of the table of genes."""

    symbol: str
    chromosome: str
    strand: str
    start: int
    end: int
    transcript: str
    length: int
    kind: str
    acts: str
    inheritance: str
    conditions: str


@dataclass(frozen=True)
class Change:
    """A change of bases on the forward strand and what it does in the transcript."""

    position: int
    ref: str
    alt: str
    coding: str
    protein: str | None
    consequence: str


def make(rng: Random) -> Collection:
    """Return the collection of variants, each of them once."""
    genes = _genes()
    entries: dict[str, tuple[str, dict[str, Any]]] = {}
    for symbol, position, ref, alt, coding, protein, mechanism in rows(terms.HOTSPOTS):
        change = Change(int(position), ref, alt, coding, protein, "missense_variant")
        entries[_key(genes[symbol], change)] = (mechanism, _document(rng, genes[symbol], change, mechanism))
    while len(entries) < N:
        mechanism = weighted(rng, MECHANISMS)
        gene = _of_mechanism(rng, list(genes.values()), mechanism)
        change = _change(rng, gene, weighted(rng, CONSEQUENCES[mechanism]), mechanism)
        if _key(gene, change) not in entries:
            entries[_key(gene, change)] = (mechanism, _document(rng, gene, change, mechanism))
    shuffled = rng.sample(list(entries.values()), N)
    about = "Variants of disease genes with transcripts, frequencies, scores and submissions."
    labels, documents = [label for label, _ in shuffled], [document for _, document in shuffled]
    return Collection("variants", about, "mechanism", labels, documents)


def _genes() -> dict[str, Gene]:
    conditions = {row[0]: row[1] for row in rows(terms.CONDITIONS)}
    genes = {}
    for symbol, chromosome, strand, start, end, transcript, length, *rest in rows(terms.GENES):
        span = (int(start), int(end), transcript, int(length))
        genes[symbol] = Gene(symbol, chromosome, strand, *span, *rest, conditions[symbol])
    return genes


def _of_mechanism(rng: Random, genes: list[Gene], mechanism: str) -> Gene:
    """Return a gene whose variants act so, mostly one of which that is the usual way."""
    ranks = {
        gene: [LETTER[letter] for letter in gene.acts.split()].index(mechanism)
        for gene in genes
        if mechanism in [LETTER[letter] for letter in gene.acts.split()]
    }
    usual = {gene: 0.2**rank for gene, rank in ranks.items()}
    return weighted(rng, usual) if usual else rng.choice(genes)


def _key(gene: Gene, change: Change) -> str:
    return f"{gene.chromosome}-{change.position}-{change.ref}-{change.alt}"


def _forward(gene: Gene, bases: str) -> str:
    """Return bases of the transcript as the forward strand has them."""
    return bases if gene.strand == "+" else "".join(COMPLEMENT[base] for base in reversed(bases))


def _position(gene: Gene, residue: int) -> int:
    """Return a position in the gene about where a residue of the protein is encoded."""
    share = (residue + 0.5) / (gene.length + 1)
    place = share if gene.strand == "+" else 1 - share
    return gene.start + round(place * (gene.end - gene.start))


def _change(rng: Random, gene: Gene, consequence: str, mechanism: str) -> Change:
    residue = 1 if consequence == "start_lost" else rng.randint(2, gene.length - 2)
    position = _position(gene, residue) + rng.randint(-20, 20)
    if consequence.startswith(("splice", "intron")):
        far = mechanism != "aberrant splicing"
        return _at_splice_site(rng, gene, consequence, residue, position, far)
    if consequence.startswith(("frame", "inframe")):
        return _indel(rng, consequence, residue, position)
    glycine = gene.kind == "collagen" and mechanism == "dominant negative"
    return _substitution(rng, gene, consequence, residue, position, glycine)


def _substitution(
    rng: Random, gene: Gene, consequence: str, residue: int, position: int, glycine: bool
) -> Change:
    """Return a changed base of a codon with the wanted effect on the amino acid."""
    choices = [
        (codon, at, base)
        for codon, acid in terms.CODE.items()
        for at in range(3)
        for base in "ACGT"
        if base != codon[at]
        and _effect(acid, terms.CODE[codon[:at] + base + codon[at + 1 :]], residue) == consequence
        and (acid == "G" or not glycine)
    ]
    codon, at, base = rng.choice(choices)
    old = terms.THREE_LETTERS[terms.CODE[codon]]
    new = terms.THREE_LETTERS[terms.CODE[codon[:at] + base + codon[at + 1 :]]]
    protein = {"start_lost": "p.Met1?", "synonymous_variant": f"p.{old}{residue}="}.get(
        consequence, f"p.{old}{residue}{new}"
    )
    coding = f"c.{3 * residue - 2 + at}{codon[at]}>{base}"
    return Change(position, _forward(gene, codon[at]), _forward(gene, base), coding, protein, consequence)


def _effect(old: str, new: str, residue: int) -> str:
    if "*" in (old, new):
        return "stop_gained" if old not in "*" and residue > 1 else ""
    if residue == 1:
        return "start_lost" if old == "M" and new != "M" else ""
    return "synonymous_variant" if old == new else "missense_variant"


def _at_splice_site(
    rng: Random, gene: Gene, consequence: str, residue: int, position: int, far: bool
) -> Change:
    """Return a substitution in an intron, as far from the exon as the consequence says."""
    depth = 3 if far else 1
    offset = {
        "splice_donor_variant": rng.randint(1, 2),
        "splice_acceptor_variant": -rng.randint(1, 2),
        "splice_region_variant": rng.choice([-1, 1]) * rng.randint(3, 8),
    }.get(consequence, rng.choice([-1, 1]) * rng.randint(20 * depth, 120 * depth))
    fixed = {1: "G", 2: "T", -1: "G", -2: "A"}
    base = fixed.get(offset, rng.choice("ACGT"))
    other = rng.choice([letter for letter in "ACGT" if letter != base])
    coding = f"c.{3 * residue}{offset:+d}{base}>{other}"
    return Change(position, _forward(gene, base), _forward(gene, other), coding, None, consequence)


def _indel(rng: Random, consequence: str, residue: int, position: int) -> Change:
    """Return a deletion or duplication, anchored on the base before it as VCF does."""
    kept = consequence.startswith("inframe")
    size = CODON * rng.randint(1, 3) if kept else rng.choice([1, 1, 1, 2, 4, 5, 7])
    anchor, bases = rng.choice("ACGT"), "".join(rng.choice("ACGT") for _ in range(size))
    deletes = consequence == "inframe_deletion" or (not kept and happens(rng, 0.6))
    first = 3 * residue - 2
    at = f"{first}" if size == 1 else f"{first}_{first + size - 1}"
    ending = "del" if deletes else "dup"
    old, new = (terms.THREE_LETTERS[acid] for acid in rng.sample("ACDEFGHIKLNPQRSTVY", 2))
    last = "" if size <= CODON else f"_{new}{residue + size // CODON - 1}"  # in frame only
    protein = f"{old}{residue}{last}{ending}" if kept else f"{old}{residue}{new}fsTer{rng.randint(2, 40)}"
    ref, alt = (anchor + bases, anchor) if deletes else (anchor, anchor + bases)
    return Change(position, ref, alt, f"c.{at}{ending}", f"p.{protein}", consequence)


def _document(rng: Random, gene: Gene, change: Change, mechanism: str) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": f"var-{rng.randint(100_000, 9_999_999):07d}",
        "chrom": gene.chromosome,
        "pos": change.position,
        "ref": change.ref,
        "alt": change.alt,
        "transcripts": _transcripts(rng, gene, change),
    }
    parts = {
        "frequencies": (_frequencies(rng, mechanism), 0.92),
        "scores": (_scores(rng, change, mechanism), 0.96),
        "assays": (_assays(rng, mechanism), 0.86),
        "observations": (_observations(rng, gene, mechanism), 0.75),
        "submissions": (_submissions(rng, gene, mechanism), 0.93),
    }
    document |= {part: value for part, (value, rate) in parts.items() if value and happens(rng, rate)}
    if happens(rng, 0.3):
        document["filters"] = rng.choice([["PASS"], ["PASS"], ["LowDP"], ["StrandBias", "LowDP"]])
    return document


def _transcripts(rng: Random, gene: Gene, change: Change) -> list[dict[str, Any]]:
    """Return the effect on the main transcript, sometimes on a second one."""
    entry: dict[str, Any] = {
        "gene": gene.symbol,
        "transcript": gene.transcript,
        "consequence": change.consequence,
        "hgvs_c": change.coding,
    }
    if change.protein:
        entry["hgvs_p"] = change.protein
        if happens(rng, 0.5):
            residue = int(re.findall(r"\d+", change.protein)[0])
            entry["protein"] = {"position": residue, "share": round(residue / gene.length, 2)}
    if happens(rng, 0.5):
        entry["impact"] = _impact(change.consequence)
    second = {
        "transcript": f"ENST00000{rng.randint(250_000, 650_000)}",
        "consequence": "non_coding_transcript_exon_variant",
    }
    if happens(rng, 0.15):
        del entry["consequence"]
    return [entry, second] if happens(rng, 0.3) else [entry]


def _impact(consequence: str) -> str:
    if consequence.startswith(tuple(IMPACT)):
        return "HIGH"
    return "MODERATE" if consequence in MODERATE else "LOW"


def _other(rng: Random, mechanism: str) -> str:
    """Return the mechanism, now and then another one."""
    return rng.choice(list(SCORES)) if happens(rng, ODD) else mechanism


def _frequencies(rng: Random, mechanism: str) -> dict[str, Any]:
    """Return allele frequencies, overall and in some populations."""
    mean, deviation = SCORES[_other(rng, mechanism)][3]
    overall = min(0.4, 10 ** rng.gauss(mean, deviation))
    number = rng.randint(60_000, 152_000) * 2
    count = round(overall * number)
    found: dict[str, Any] = {"allele_count": count, "allele_number": number}
    if count:
        found["af"] = _shortened(count / number)
        if count > 20:
            found["homozygotes"] = round(count * count / number / 2)
        chosen = some(rng, terms.POPULATIONS, 1, 3)
        found["populations"] = [
            {"population": p, "af": _shortened(count / number * rng.uniform(0.2, 2.5))} for p in chosen
        ]
    return found


def _shortened(value: float) -> float:
    return float(f"{min(value, 0.6):.3g}")


def _scores(rng: Random, change: Change, mechanism: str) -> dict[str, Any]:
    """Return what predictors say; REVEL only speaks of missense variants."""
    cadd, revel, splice, _ = SCORES[_other(rng, mechanism)]
    found: dict[str, Any] = {}
    if happens(rng, 0.85):
        found["cadd"] = max(0.1, near(rng, *cadd, 1))
    if change.consequence == "missense_variant" and happens(rng, 0.85):
        found["revel"] = min(0.99, max(0.01, near(rng, *revel, 3)))
    if happens(rng, 0.75):
        found["splice_ai"] = min(1.0, max(0.0, near(rng, *splice, 2)))
    if happens(rng, 0.6):
        found["phylop"] = near(rng, -0.5 + cadd[0] / 4.5, 1.6, 2)
    return found


def _assays(rng: Random, mechanism: str) -> list[dict[str, Any]]:
    """Return what experiments found, against the wild type."""
    kinds, median = terms.ASSAYS[_other(rng, mechanism)]
    found = []
    for kind in some(rng, items(kinds), 1, 2):
        entry: dict[str, Any] = {"kind": kind}
        if happens(rng, 0.8):
            entry["percent_of_wild_type"] = skewed(rng, median, 0.3)
        if happens(rng, 0.4):
            entry["replicates"] = rng.randint(2, 6)
        found.append(entry)
    return found


def _observations(rng: Random, gene: Gene, mechanism: str) -> list[dict[str, Any]]:
    """Return patients in whom the variant was seen."""
    found = []
    for _ in range(rng.randint(1, 3)):
        somatic = gene.kind in CANCER and happens(rng, SOMATIC_SHARE[mechanism == "gain of function"])
        entry: dict[str, Any] = {"origin": "somatic" if somatic else _origin(rng, mechanism)}
        if entry["origin"] != "somatic" and happens(rng, 0.7):
            entry["zygosity"] = _zygosity(rng, gene, mechanism)
        if happens(rng, 0.6):
            entry["affected"] = happens(rng, 0.2 if mechanism == "tolerated" else 0.85)
        if happens(rng, 0.5):
            entry["onset_age"] = max(
                0, near(rng, 46 if mechanism in ("hypomorphic", "tolerated") else 18, 14)
            )
        if happens(rng, 0.4):
            entry["reads"] = {
                "depth": rng.randint(20, 400),
                "vaf": near(rng, 0.28 if somatic else 0.49, 0.06, 2),
            }
        found.append(entry)
    return found


def _origin(rng: Random, mechanism: str) -> str:
    de_novo = 4 if mechanism in ("gain of function", "dominant negative") else 1
    return weighted(rng, {"germline": 6, "inherited": 4, "de novo": de_novo, "unknown": 2})


def _zygosity(rng: Random, gene: Gene, mechanism: str) -> str:
    if gene.inheritance == "XL":
        return rng.choice(["hemizygous", "hemizygous", "heterozygous"])
    recessive = gene.inheritance == "AR" or mechanism == "tolerated"
    weights = {"heterozygous": 3, "homozygous": 2, "compound heterozygous": 3}
    return weighted(rng, weights) if recessive else "heterozygous"


def _submissions(rng: Random, gene: Gene, mechanism: str) -> list[dict[str, Any]]:
    """Return what one to three laboratories reported."""
    found = []
    for submitter in some(rng, items(terms.SUBMITTERS), 1, 3):
        verdict = weighted(rng, VERDICTS.get(_other(rng, mechanism), USUAL_VERDICTS))
        entry: dict[str, Any] = {"submitter": submitter, "significance": verdict}
        if happens(rng, 0.7):
            entry["condition"] = misspelt(rng, rng.choice(items(gene.conditions)), 0.03)
        if happens(rng, 0.6):
            entry["year"] = rng.randint(2013, 2025)
        if happens(rng, 0.75):
            entry["comment"] = _comment(rng, gene, mechanism)
        if happens(rng, 0.42):
            entry["criteria"] = _criteria(rng, mechanism)
        found.append(entry)
    return found


def _comment(rng: Random, gene: Gene, mechanism: str) -> str:
    own = _fitting(gene, terms.REMARKS[_other(rng, mechanism)])
    common = items(terms.COMMON_REMARKS)
    chosen = {rng.choice(own if happens(rng, 0.48) else common): 1 for _ in range(rng.randint(1, 2))}
    return misspelt(rng, " ".join(chosen), 0.03)


def _criteria(rng: Random, mechanism: str) -> list[str]:
    """Return codes of the ACMG criteria that were met."""
    return sorted(some(rng, CRITERIA[_other(rng, mechanism)], 1, 3))


def _fitting(gene: Gene, remarks: str) -> list[str]:
    """Return the remarks that can be made of a gene of this kind."""
    split = [remark.rpartition(": ") for remark in items(remarks)]
    kinds = {"suppressor", "signalling", "channel", "collagen", "fibre", "enzyme"}
    return [
        text if kind in kinds else f"{kind}{colon}{text}"
        for kind, colon, text in split
        if kind not in kinds or kind == gene.kind
    ]
