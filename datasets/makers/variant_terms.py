"""Genes and hotspots of the variant collection. Genes, transcripts, places and conditions are real.

Spans are of GRCh38, rounded to the gene; lengths are of the protein in amino acids. The
letters say by which mechanisms the gene's variants act, the usual one first: l loss of function,
n dominant negative, g gain of function, h hypomorphic, b tolerated.
"""

from itertools import product

GENES = """
BRCA1    | 17 | - | 43044295  | 43125364  | NM_007294.4    | 1863 | suppressor | l h b   | AD
BRCA2    | 13 | + | 32315508  | 32400268  | NM_000059.4    | 3418 | suppressor | l h b   | AD
TP53     | 17 | - | 7668421   | 7687490   | NM_000546.6    | 393  | suppressor | l n b   | AD
CFTR     | 7  | + | 117480025 | 117668665 | NM_000492.4    | 1480 | channel    | l h b   | AR
MLH1     | 3  | + | 36993350  | 37050918  | NM_000249.4    | 756  | suppressor | l h b   | AD
MSH2     | 2  | + | 47403067  | 47483228  | NM_000251.3    | 934  | suppressor | l h b   | AD
APC      | 5  | + | 112737885 | 112846239 | NM_000038.6    | 2843 | suppressor | l b     | AD
PTEN     | 10 | + | 87863625  | 87971930  | NM_000314.8    | 403  | suppressor | l n h   | AD
NF1      | 17 | + | 31094927  | 31377677  | NM_001042492.3 | 2839 | suppressor | l h b   | AD
RB1      | 13 | + | 48303751  | 48481890  | NM_000321.3    | 928  | suppressor | l h     | AD
LDLR     | 19 | + | 11089463  | 11133820  | NM_000527.5    | 860  | enzyme     | l h b   | AD
PAH      | 12 | - | 102838321 | 102917603 | NM_000277.3    | 452  | enzyme     | l h b   | AR
ATM      | 11 | + | 108223067 | 108369102 | NM_000051.4    | 3056 | suppressor | l h b   | AR
DMD      | X  | - | 31119222  | 33211549  | NM_004006.3    | 3685 | fibre      | l h b   | XL
MYBPC3   | 11 | - | 47331406  | 47352702  | NM_000256.3    | 1274 | fibre      | l h b   | AD
KRAS     | 12 | - | 25205246  | 25250929  | NM_004985.5    | 188  | signalling | g b     | AD
BRAF     | 7  | - | 140719327 | 140924929 | NM_004333.6    | 766  | signalling | g b     | AD
EGFR     | 7  | + | 55019017  | 55211628  | NM_005228.5    | 1210 | signalling | g l b   | AD
PIK3CA   | 3  | + | 179148114 | 179240093 | NM_006218.4    | 1068 | signalling | g b     | AD
FGFR3    | 4  | + | 1793293   | 1808872   | NM_000142.5    | 806  | signalling | g h b   | AD
PTPN11   | 12 | + | 112418947 | 112509918 | NM_002834.5    | 593  | signalling | g n     | AD
RET      | 10 | + | 43077069  | 43130351  | NM_020975.6    | 1114 | signalling | g l h b | AD
PCSK9    | 1  | + | 55039548  | 55064852  | NM_174936.4    | 692  | enzyme     | g l b   | AD
SCN5A    | 3  | - | 38548062  | 38649687  | NM_000335.5    | 2015 | channel    | g l h b | AD
SOD1     | 21 | + | 31659693  | 31668931  | NM_000454.5    | 154  | enzyme     | g h     | AD
KCNQ1    | 11 | + | 2444684   | 2849105   | NM_000218.3    | 676  | channel    | n l h b | AD
COL1A1   | 17 | - | 50184101  | 50201632  | NM_000088.4    | 1464 | collagen   | n l b   | AD
COL1A2   | 7  | + | 94394895  | 94431227  | NM_000089.4    | 1366 | collagen   | n l b   | AD
FBN1     | 15 | - | 48408313  | 48645709  | NM_000138.5    | 2871 | fibre      | n l b   | AD
KRT5     | 12 | - | 52514575  | 52520530  | NM_000424.4    | 590  | fibre      | n b     | AD
KRT14    | 17 | - | 41582279  | 41586895  | NM_000526.5    | 472  | fibre      | n b     | AD
MYH7     | 14 | - | 23412740  | 23435660  | NM_000257.4    | 1935 | fibre      | n g b   | AD
RYR1     | 19 | + | 38433691  | 38587564  | NM_000540.3    | 5038 | channel    | g l h b | AD
HBB      | 11 | - | 5225464   | 5227071   | NM_000518.5    | 147  | enzyme     | l h g   | AR
GBA1     | 1  | - | 155234452 | 155244627 | NM_000157.4    | 536  | enzyme     | h l b   | AR
G6PD     | X  | - | 154531390 | 154547569 | NM_001360016.2 | 515  | enzyme     | h b     | XL
HFE      | 6  | + | 26087281  | 26098343  | NM_000410.4    | 348  | enzyme     | h b     | AR
SERPINA1 | 14 | - | 94376888  | 94390693  | NM_000295.5    | 418  | enzyme     | h n b   | AR
GJB2     | 13 | - | 20187470  | 20192938  | NM_004004.6    | 226  | channel    | l n h   | AR
"""

CONDITIONS = """
BRCA1    | breast cancer; ovarian cancer
BRCA2    | breast cancer; pancreatic cancer; Fanconi anaemia
TP53     | Li-Fraumeni syndrome; sarcoma; breast cancer
CFTR     | cystic fibrosis; bronchiectasis; pancreatitis
MLH1     | Lynch syndrome; colorectal cancer
MSH2     | Lynch syndrome; endometrial cancer
APC      | familial adenomatous polyposis; colorectal cancer
PTEN     | Cowden syndrome; macrocephaly; breast cancer
NF1      | neurofibromatosis type 1; cafe-au-lait spots
RB1      | retinoblastoma
LDLR     | familial hypercholesterolaemia
PAH      | phenylketonuria
ATM      | ataxia-telangiectasia; breast cancer
DMD      | Duchenne muscular dystrophy; Becker muscular dystrophy
MYBPC3   | hypertrophic cardiomyopathy
KRAS     | Noonan syndrome; colorectal cancer; lung cancer
BRAF     | melanoma; cardiofaciocutaneous syndrome; thyroid cancer
EGFR     | lung cancer
PIK3CA   | breast cancer; segmental overgrowth
FGFR3    | achondroplasia; hypochondroplasia; bladder cancer
PTPN11   | Noonan syndrome; juvenile myelomonocytic leukaemia
RET      | multiple endocrine neoplasia type 2; Hirschsprung disease; thyroid cancer
PCSK9    | familial hypercholesterolaemia; low LDL cholesterol
SCN5A    | long QT syndrome; Brugada syndrome
SOD1     | amyotrophic lateral sclerosis
KCNQ1    | long QT syndrome; Jervell and Lange-Nielsen syndrome
COL1A1   | osteogenesis imperfecta; Ehlers-Danlos syndrome
COL1A2   | osteogenesis imperfecta
FBN1     | Marfan syndrome; aortic aneurysm
KRT5     | epidermolysis bullosa simplex
KRT14    | epidermolysis bullosa simplex
MYH7     | hypertrophic cardiomyopathy; dilated cardiomyopathy
RYR1     | malignant hyperthermia; central core disease
HBB      | beta thalassaemia; sickle cell disease
GBA1     | Gaucher disease; Parkinson disease
G6PD     | G6PD deficiency; haemolytic anaemia
HFE      | hereditary haemochromatosis
SERPINA1 | alpha-1 antitrypsin deficiency; emphysema
GJB2     | hearing loss
"""

# Variants that are known to every laboratory: gene, position, ref, alt, coding change, protein, mechanism.
HOTSPOTS = """
BRAF     | 140753336 | A | T | c.1799T>A | p.Val600Glu  | gain of function
KRAS     | 25245350  | C | T | c.35G>A   | p.Gly12Asp   | gain of function
KRAS     | 25245350  | C | A | c.35G>T   | p.Gly12Val   | gain of function
EGFR     | 55191822  | T | G | c.2573T>G | p.Leu858Arg  | gain of function
PIK3CA   | 179234297 | A | G | c.3140A>G | p.His1047Arg | gain of function
PIK3CA   | 179218303 | G | A | c.1633G>A | p.Glu545Lys  | gain of function
FGFR3    | 1804392   | G | A | c.1138G>A | p.Gly380Arg  | gain of function
RET      | 43121968  | T | C | c.2753T>C | p.Met918Thr  | gain of function
HBB      | 5227002   | T | A | c.20A>T   | p.Glu7Val    | gain of function
HFE      | 26092913  | G | A | c.845G>A  | p.Cys282Tyr  | hypomorphic
SERPINA1 | 94378610  | C | T | c.1096G>A | p.Glu366Lys  | hypomorphic
TP53     | 7675088   | C | T | c.524G>A  | p.Arg175His  | dominant negative
TP53     | 7673802   | C | T | c.818G>A  | p.Arg273His  | dominant negative
TP53     | 7674220   | C | T | c.743G>A  | p.Arg248Gln  | dominant negative
"""

# What laboratories write, by mechanism, of any gene or of genes of a kind ("channel: …"). Nothing
# here names the mechanism itself.
REMARKS = {
    "loss of function": (
        "Predicted to undergo nonsense-mediated decay.; Truncates the protein before the last exon.; "
        "No protein on western blot.; suppressor: Second allele lost in the tumour.; "
        "Null alleles in this gene are disease-causing.; channel: No current in transfected cells."
    ),
    "aberrant splicing": (
        "RNA studies show skipping of the exon.; Creates a cryptic donor 12 bases downstream.; "
        "Minigene assay: two thirds of transcripts lack the exon.; Weakens the acceptor by MaxEntScan.; "
        "Intron retained in patient lymphocytes.; Leaky, some normal transcript remains."
    ),
    "dominant negative": (
        "Disrupts assembly of the multimer.; Interferes with the wild-type subunit in co-expression.; "
        "collagen: Glycine of the triple helix is replaced.; Family with several affected generations.; "
        "fibre: Mutant product poisons the filament.; "
        "channel: Co-expression reduces the current to a quarter.; "
        "suppressor: Mixed tetramers fail to bind DNA."
    ),
    "gain of function": (
        "signalling: Constitutively active in kinase assays.; signalling: Recurrent somatic hotspot.; "
        "signalling: Raises downstream ERK phosphorylation.; De novo in three unrelated children.; "
        "channel: Channel stays open longer.; signalling: Responds to a targeted inhibitor.; "
        "enzyme: Mutant protein is toxic to cells.; More active than wild type in two assays."
    ),
    "hypomorphic": (
        "enzyme: Residual enzyme activity 12% of normal.; Mild course, onset in adults.; "
        "Found in trans with a null allele.; "
        "Reduced stability at 37 degrees.; Some protein reaches its place, less than normal.; "
        "Late and incomplete penetrance."
    ),
    "tolerated": (
        "Seen in healthy controls.; Homozygous in several adults without disease.; "
        "Does not segregate in the family.; "
        "Residue poorly conserved in mammals.; Functional assay indistinguishable from wild type.; "
        "Frequency too high for the disorder."
    ),
}

# Experiments, by mechanism: which are done, and their median outcome in percent of the wild type.
ASSAYS = {
    "loss of function": ("western blot; growth assay; RT-PCR; reporter assay", 6),
    "aberrant splicing": ("minigene; RT-PCR; RNA sequencing; western blot", 32),
    "dominant negative": ("co-expression; co-immunoprecipitation; growth assay; immunofluorescence", 22),
    "gain of function": ("reporter assay; phosphorylation; transformation; co-expression", 260),
    "hypomorphic": ("enzyme activity; thermal stability; immunofluorescence; western blot", 38),
    "tolerated": ("reporter assay; growth assay; enzyme activity; thermal stability", 97),
}

COMMON_REMARKS = (
    "Reported once before in the literature.; Segregation data pending.; Classified by ACMG criteria.; "
    "Identified in a patient with a suggestive phenotype.; Phase unknown.; "
    "Observed in one family, two affected.; "
    "Absent from our in-house cohort.; Confirmed by Sanger sequencing.; "
    "Functional studies are not available.; "
    "Re-evaluated after new data.; Low coverage in the exon, repeated.; Ordered through the genetics clinic."
)

SUBMITTERS = (
    "Northgate Genomics; University Hospital Leuven; Clearwater Diagnostics; "
    "Institute of Human Genetics, Ulm; "
    "Kyoto Medical Genetics; Southern Cross Pathology; Hereditary Cancer Registry; Cardiogenetics Oslo; "
    "Biobank Estonia"
)
POPULATIONS = ("afr", "amr", "eas", "nfe", "sas", "fin", "asj")

# The genetic code: amino acids of the codons TTT, TTC, TTA … GGG.
ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
CODE = {"".join(codon): acid for codon, acid in zip(product("TCAG", repeat=3), ACIDS, strict=True)}
NAMES = "Ala Cys Asp Glu Phe Gly His Ile Lys Leu Met Asn Pro Gln Arg Ser Thr Val Trp Tyr Ter"
THREE_LETTERS = dict(zip("ACDEFGHIKLMNPQRSTVWY*", NAMES.split(), strict=True))
