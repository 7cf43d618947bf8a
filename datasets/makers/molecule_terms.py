"""Chemical families: scaffolds with places for substituents, and molecules that everybody knows.

In a scaffold, ``{place}`` stands for one of the choices for that place; ``/`` separates them and
``-`` is nothing. An empty branch is removed.
"""

from dataclasses import dataclass

RING_GROUPS = "-/-/-/O/OC/C/F/Cl/N/Br/CO/C#N/C(F)(F)F/OCC/NC(C)=O/[N+](=O)[O-]"
ALKYL = "C/CC/CCC/CC(C)/CCCC/CC(C)C/C=CC"


@dataclass(frozen=True)
class Family:
    """One family. ``known`` lists "name line" pairs, ``remarks`` sentences of a chemist."""

    scaffolds: str
    places: dict[str, str]
    known: str
    remarks: str
    melting: tuple[float, float]
    appearance: str


FAMILIES: dict[str, Family] = {
    "phenethylamines": Family(
        "{n}C{a}C{b}C1=CC({m})=C({p})C=C1; {n}C{a}C{b}C1=CC({m})=C({p})C({q})=C1; "
        "{n}C{a}CC1=CC=C({p})C=C1{m}",
        {
            "n": "N/N/CN/CN(C)/CC(C)N/CCN/CC(C)(C)N/CC(=O)N",
            "a": "-/-/(C)/(CC)",
            "b": "-/-/(O)",
            "m": RING_GROUPS,
            "p": RING_GROUPS,
            "q": "O/OC/F/Cl",
        },
        "dopamine NCCC1=CC(O)=C(O)C=C1; adrenaline CNCC(O)C1=CC(O)=C(O)C=C1; tyramine NCCC1=CC=C(O)C=C1; "
        "ephedrine CNC(C)C(O)C1=CC=CC=C1; salbutamol CC(C)(C)NCC(O)C1=CC(CO)=C(O)C=C1; "
        "mescaline NCCC1=CC(OC)=C(OC)C(OC)=C1; "
        "noradrenaline NCC(O)C1=CC(O)=C(O)C=C1; levodopa NC(CC1=CC(O)=C(O)C=C1)C(O)=O",
        "Turns brown in air, the catechol oxidises.; Free base is an oil, handled as the hydrochloride.; "
        "Purple with ninhydrin.; Raises blood pressure in rats.; Extracted at pH 11.",
        (160, 40),
        "white powder; off-white crystals; pale oil; tan powder",
    ),
    "tryptamines": Family(
        "{n}C{a}CC1=CNC2=CC=C({p})C=C12; {n}C{a}CC1=CNC2=CC=CC({q})=C12; {n}C{a}CC1=CN({i})C2=CC=C({p})C=C12",
        {
            "n": "N/N/CN/CN(C)/CCN(CC)/CC(C)N(C(C)C)/CC(=O)N",
            "a": "-/-/-/(C)",
            "p": RING_GROUPS,
            "q": "O/OC/F/OC(C)=O",
            "i": "C/CC",
        },
        "tryptamine NCCC1=CNC2=CC=CC=C12; serotonin NCCC1=CNC2=CC=C(O)C=C12; "
        "melatonin CC(=O)NCCC1=CNC2=CC=C(OC)C=C12; "
        "sumatriptan CN(C)CCC1=CNC2=CC=C(CS(=O)(=O)NC)C=C12; tryptophan NC(CC1=CNC2=CC=CC=C12)C(O)=O; "
        "bufotenin CN(C)CCC1=CNC2=CC=C(O)C=C12",
        "Blue with Ehrlich's reagent.; Fluoresces under the lamp.; Darkens on standing in light.; "
        "Free base is an oil, handled as the hydrochloride.; "
        "Binds serotonin receptors.",
        (140, 40),
        "off-white crystals; tan powder; pale yellow crystals; brown oil",
    ),
    "benzoates": Family(
        "{e}C(=O)C1=CC=C({p})C({m})=C1; {e}C(=O)C1=CC=CC=C1{o}; {e}C(=O)C1=CC({m})=C({p})C({m})=C1; "
        "{e}C(=O)C1=CC=C({p})C=C1{o}",
        {
            "e": "O/O/CO/CCO/CCN(CC)CCO/CN(C)CCO/CCCO/CC(C)C1CCC(C)CC1O",
            "p": RING_GROUPS,
            "m": "-/-/O/OC/Cl/N",
            "o": "O/O/OC(C)=O/N/OC/S(N)(=O)=O",
        },
        "aspirin OC(=O)C1=CC=CC=C1OC(C)=O; salicylic-acid OC(=O)C1=CC=CC=C1O; "
        "methyl-salicylate COC(=O)C1=CC=CC=C1O; "
        "benzocaine CCOC(=O)C1=CC=C(N)C=C1; procaine CCN(CC)CCOC(=O)C1=CC=C(N)C=C1; "
        "gallic-acid OC(=O)C1=CC(O)=C(O)C(O)=C1; "
        "methylparaben COC(=O)C1=CC=C(O)C=C1",
        "Smells of wintergreen.; Violet with iron(III) chloride.; Numbs the tongue.; "
        "Hydrolysed by warm alkali.; Sublimes on gentle heating.",
        (125, 40),
        "white needles; white crystals; colourless liquid; white powder",
    ),
    "sulfonamides": Family(
        "{x}C1=CC=C(C=C1)S(=O)(=O)N{h}; {x}C1=CC({m})=C(C=C1)S(=O)(=O)N{h}; NS(=O)(=O)C1=CC=C({p})C({m})=C1",
        {
            "x": "N/N/N/CC(=O)N/C/Cl/OC(=O)",
            "h": "-/C1=NC=CC=N1/C1=CC=CC=N1/C1=NC=CS1/C(C)=O/C/CCCC/C1=NOC(C)=C1/C1=NC=CC(C)=N1/C(=O)NCCCC/"
            "(CCC)CCC",
            "m": "-/Cl/C/OC/C(O)=O",
            "p": "Cl/N/F/C(O)=O/CCN/C",
        },
        "sulfanilamide NC1=CC=C(C=C1)S(N)(=O)=O; sulfadiazine NC1=CC=C(C=C1)S(=O)(=O)NC1=NC=CC=N1; "
        "sulfapyridine NC1=CC=C(C=C1)S(=O)(=O)NC1=CC=CC=N1; sulfathiazole NC1=CC=C(C=C1)S(=O)(=O)NC1=NC=CS1; "
        "sulfacetamide NC1=CC=C(C=C1)S(=O)(=O)NC(C)=O; "
        "sulfamethoxazole NC1=CC=C(C=C1)S(=O)(=O)NC1=NOC(C)=C1; "
        "tolbutamide CC1=CC=C(C=C1)S(=O)(=O)NC(=O)NCCCC; probenecid OC(=O)C1=CC=C(C=C1)S(=O)(=O)N(CCC)CCC",
        "Dissolves in dilute alkali, falls out with acid.; Diazotises and couples to a red dye.; "
        "Inhibits growth of E. coli.; "
        "Crystals in urine at high doses.; Allergen, wear gloves.",
        (195, 35),
        "white powder; white crystals; pale yellow crystals; off-white crystals",
    ),
    "xanthines": Family(
        "{s}N1C({e})=NC2=C1C(=O)N{o}C(=O)N2{t}",
        {
            "s": "-/C/C/CC/OCC/OCC(O)C/CC(=O)C/CCC",
            "e": "-/-/-/Cl/Br/C/C3CCCC3/C3=CC=CC=C3/N",
            "o": "-/(C)/(C)/(CC)/(CCC)/(CCCCC(C)=O)",
            "t": "-/C/C/CC/CCC/CC(C)C",
        },
        "caffeine CN1C=NC2=C1C(=O)N(C)C(=O)N2C; theobromine CN1C=NC2=C1C(=O)NC(=O)N2C; "
        "theophylline N1C=NC2=C1C(=O)N(C)C(=O)N2C; "
        "etofylline OCCN1C=NC2=C1C(=O)N(C)C(=O)N2C; diprophylline OCC(O)CN1C=NC2=C1C(=O)N(C)C(=O)N2C; "
        "pentoxifylline CN1C=NC2=C1C(=O)N(CCCCC(C)=O)C(=O)N2C",
        "Bitter.; Sublimes on gentle heating.; Positive murexide test.; Blocks adenosine receptors.; "
        "Dissolves in hot water, poorly in cold.",
        (235, 40),
        "white powder; white needles; silky needles; white crystals",
    ),
    "benzodiazepines": Family(
        "{s}N1C(=O)C{t}N=C(C2=CC=CC=C2{o})C2=CC({p})=CC=C12; {s}N1C(=O)C{t}N=C(C2=CC=CC=N2)C2=CC({p})=CC=C12",
        {
            "s": "-/C/C/CC/CCC/OCC/CC(F)(F)/C1CC1C",
            "t": "-/-/-/(O)/(C(O)=O)/(C)",
            "o": "-/-/F/Cl/Br",
            "p": "Cl/Cl/Br/[N+](=O)[O-]/F/C(F)(F)F/N",
        },
        "diazepam CN1C(=O)CN=C(C2=CC=CC=C2)C2=CC(Cl)=CC=C12; "
        "nordazepam N1C(=O)CN=C(C2=CC=CC=C2)C2=CC(Cl)=CC=C12; "
        "oxazepam N1C(=O)C(O)N=C(C2=CC=CC=C2)C2=CC(Cl)=CC=C12; "
        "temazepam CN1C(=O)C(O)N=C(C2=CC=CC=C2)C2=CC(Cl)=CC=C12; "
        "lorazepam N1C(=O)C(O)N=C(C2=CC=CC=C2Cl)C2=CC(Cl)=CC=C12; "
        "nitrazepam N1C(=O)CN=C(C2=CC=CC=C2)C2=CC([N+](=O)[O-])=CC=C12; "
        "clonazepam N1C(=O)CN=C(C2=CC=CC=C2Cl)C2=CC([N+](=O)[O-])=CC=C12; "
        "bromazepam N1C(=O)CN=C(C2=CC=CC=N2)C2=CC(Br)=CC=C12",
        "Controlled substance, two signatures.; Opens to the benzophenone in acid.; "
        "Yellow in strong acid.; Binds the GABA-A receptor.; "
        "Almost insoluble in water.",
        (190, 40),
        "white crystals; pale yellow crystals; white powder; yellow powder",
    ),
    "steroids": Family(
        "CC12CC{x}C3C({r})C1CCC2{s}",
        {
            "x": "-/-/-/(O)/(=O)",
            "r": "CCC4=CC(=O)CCC34C/CCC4=CC(=O)CCC34C/CC=C4CC(O)CCC34C/CCC4=CC(O)=CC=C34/CCC4CC(O)CCC34C/"
            "CCC4=CC(=O)C=CC34C",
            "s": "O/=O/C(C)=O/(O)C#C/(O)C/(O)C(=O)CO/C(C)CCCC(C)C/OC(C)=O/OC(=O)CCCCCC/OC(=O)C5=CC=CC=C5/"
            "OC(=O)CC",
        },
        "testosterone CC12CCC3C(CCC4=CC(=O)CCC34C)C1CCC2O; "
        "progesterone CC12CCC3C(CCC4=CC(=O)CCC34C)C1CCC2C(C)=O; "
        "cholesterol CC12CCC3C(CC=C4CC(O)CCC34C)C1CCC2C(C)CCCC(C)C; "
        "estradiol CC12CCC3C(CCC4=CC(O)=CC=C34)C1CCC2O; "
        "estrone CC12CCC3C(CCC4=CC(O)=CC=C34)C1CCC2=O; "
        "hydrocortisone CC12CC(O)C3C(CCC4=CC(=O)CCC34C)C1CCC2(O)C(=O)CO; "
        "prednisolone CC12CC(O)C3C(CCC4=CC(=O)C=CC34C)C1CCC2(O)C(=O)CO; "
        "prasterone CC12CCC3C(CC=C4CC(O)CCC34C)C1CCC2=O",
        "Red-brown with sulfuric acid.; Almost insoluble in water.; "
        "Recrystallised from acetone and hexane.; Hormone, weigh in the hood.; "
        "Binds a nuclear receptor.",
        (165, 40),
        "white crystals; white powder; off-white crystals; waxy plates",
    ),
    "fatty acyls": Family(
        "{c}{u}CCCCCCC{e}; {c}{c}{u}CCC{e}; {c}{h}C{u}CCCCCCC{e}; {c}CCCCCC{e}",
        {
            "c": "CC/CCCC/CCCCC/CCCCCCCC/CCCCCC",
            "u": "-/-/C=C/C=CCC=C/C=CCC=CCC=C",
            "h": "C(O)/C(=O)/C(C)/C",
            "e": "C(O)=O/C(O)=O/C(O)=O/C(=O)OC/C(=O)OCC/C(=O)OCC(O)CO/C(N)=O/CO/C(=O)NCCO",
        },
        "palmitic-acid CCCCCCCCCCCCCCCC(O)=O; stearic-acid CCCCCCCCCCCCCCCCCC(O)=O; "
        "oleic-acid CCCCCCCCC=CCCCCCCCC(O)=O; "
        "linoleic-acid CCCCCC=CCC=CCCCCCCCC(O)=O; lauric-acid CCCCCCCCCCCC(O)=O; "
        "myristic-acid CCCCCCCCCCCCCC(O)=O; "
        "capric-acid CCCCCCCCCC(O)=O; ricinoleic-acid CCCCCCC(O)CC=CCCCCCCCC(O)=O",
        "Greasy to the touch.; Goes rancid, store under argon.; Foams with dilute alkali.; "
        "Solidifies in the fridge.; Smells faintly of soap.",
        (42, 22),
        "waxy plates; colourless oil; pale oil; white flakes",
    ),
    "monoterpenoids": Family(
        "CC(C)=CCCC(C){y}; CC(C)C1CCC(C)CC1{z}; CC1=CCC(CC1{k})C{w}; CC(C)C1=CC=C(C)C({f})=C1; "
        "CC(C)CCCC(C)C{g}; CC1(C)C2CCC1(C)C({z})C2",
        {
            "y": "=CCO/=CC=O/CCO/(O)C=C/=CCOC(C)=O/CCOC(=O)CC/=CCOC=O/CC(O)=O/=CCOC(=O)CCC/CCN/"
            "=CCOC(=O)C1=CC=CC=C1O",
            "z": "O/=O/OC(C)=O/OC(=O)C(C)O/OCC(O)CO/OC(=O)CC(C)C/N/NC(C)=O/OC(=O)C5=CC=CC=C5O",
            "k": "-/=O/O/OC(C)=O",
            "w": "(C)=C/(C)(C)O/(C)C/(=C)CO",
            "f": "O/OC/-/OC(C)=O",
            "g": "CO/C=O/C(O)=O/COC(C)=O/CN/C(N)=O/COC(=O)C1=CC=CC=C1",
        },
        "menthol CC(C)C1CCC(C)CC1O; geraniol CC(C)=CCCC(C)=CCO; linalool CC(C)=CCCC(C)(O)C=C; "
        "limonene CC1=CCC(CC1)C(C)=C; "
        "citronellol CC(C)=CCCC(C)CCO; carvone CC1=CCC(CC1=O)C(C)=C; thymol CC(C)C1=CC=C(C)C=C1O; "
        "camphor CC1(C)C2CCC1(C)C(=O)C2; "
        "borneol CC1(C)C2CCC1(C)C(O)C2; eucalyptol CC12CCC(CC1)C(C)(C)O2; "
        "alpha-terpineol CC1=CCC(CC1)C(C)(C)O",
        "Smells of mint.; Smells of lemon and roses.; Distilled with steam.; Cools the skin.; "
        "Oxidises on the bench, keep it cold.",
        (34, 26),
        "colourless oil; colourless liquid; pale oil; white needles",
    ),
    "barbiturates": Family(
        "{a}C1({b})C(=O)NC(=O)NC1=O; {a}C1({b})C(=O)N(C)C(=O)NC1=O; {a}C1({b})C(=O)NC(=S)NC1=O",
        {
            "a": ALKYL,
            "b": "CC/C(C)CCC/CCC(C)C/C(C)CC/C2=CC=CC=C2/C2=CCCCC2/CC=C/CC(Br)=C/C2=CC=C(F)C=C2/CCO",
        },
        "barbital CCC1(CC)C(=O)NC(=O)NC1=O; phenobarbital CCC1(C2=CC=CC=C2)C(=O)NC(=O)NC1=O; "
        "pentobarbital CCC1(C(C)CCC)C(=O)NC(=O)NC1=O; "
        "amobarbital CCC1(CCC(C)C)C(=O)NC(=O)NC1=O; thiopental CCC1(C(C)CCC)C(=O)NC(=S)NC1=O; "
        "methylphenobarbital CCC1(C2=CC=CC=C2)C(=O)N(C)C(=O)NC1=O; butobarbital CCC1(CCCC)C(=O)NC(=O)NC1=O",
        "Controlled substance, two signatures.; Dissolves in dilute alkali, falls out with acid.; Bitter.; "
        "Violet with cobalt salts.; "
        "Binds the GABA-A receptor.",
        (155, 30),
        "white crystals; white powder; white needles; silky needles",
    ),
}

COMMON_REMARKS = (
    "Keep dry and dark.; Purity by HPLC.; Weigh quickly, hygroscopic.; Old bottle, check before use.; "
    "Single spot on TLC.; "
    "Recrystallised from ethanol.; Column needed, two spots on TLC.; Use within a year.; "
    "Clear solution in methanol.; "
    "Yield 62% over two steps.; NMR agrees with the structure.; Irritates eyes and skin.; "
    "Ask Petra before ordering more."
)
COMMON_APPEARANCE = "white powder; white crystals; off-white crystals; pale yellow crystals; colourless oil"
SOLVENTS = "water; ethanol; DMSO; chloroform; ethyl acetate; hexane; methanol"
SUPPLIERS = "Labkem; Orion Fine; Carbonyl & Sons; Tanaka Reagents; Helix Chem; Old stock"

# Wavenumbers (1/cm) at which a bond or group absorbs: what has to be bound to what.
ABSORPTIONS = {
    "OH": 3350,
    "NH": 3310,
    "C=O": 1715,
    "N-C=O": 1665,
    "O-C=O": 1738,
    "C=C": 1645,
    "aromatic": 1600,
    "C#N": 2225,
    "NO2": 1530,
    "S=O": 1335,
    "C-O": 1080,
    "C-Cl": 750,
    "C-F": 1220,
    "C-H": 2930,
}
