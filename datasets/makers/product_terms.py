"""What the shop sells: for each category its words, specifications, sizes and prices. Brands are invented.

A specification reads "name | values unit" with the possible values between slashes.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """One category of the shop. Lists are written with semicolons."""

    brands: str
    nouns: str
    specs: str
    colours: str
    sizes: str  # of variants; empty where there are none
    praise: str  # sentences for descriptions
    opinions: str  # sentences for reviews
    tags: str
    price: float  # median, in euros
    weight: float  # median, in grams, packed
    box: tuple[int, int, int]  # median, in centimetres
    tax: str = "standard"


CATEGORIES: dict[str, Category] = {
    "laptops": Category(
        "Norrland; Axiom; Teklu; Vireo; Oberon",
        "Laptop; Notebook; Ultrabook; 2-in-1",
        "screen | 13.3/14/15.6/16 in; memory | 8/16/32 GB; storage | 256/512/1000 GB; "
        "weight | 1100/1300/1600/1900 g; "
        "battery | 50/57/70/86 Wh; processor | 6-core/8-core/12-core; "
        "ports | USB-C, HDMI/USB-C, USB-A, HDMI/2x USB-C; "
        "keyboard | backlit/standard; refresh rate | 60/90/120 Hz",
        "silver; graphite; midnight blue; black",
        "8 GB / 256 GB; 16 GB / 512 GB; 32 GB / 1 TB",
        "Stays cool and quiet through a day of spreadsheets.; Opens flat and charges over USB-C.; "
        "The keyboard has a long, even travel.; Bright matt panel that works by a window.; "
        "Memory can be upgraded by hand.",
        "Fan comes on in long video calls.; Boots in seconds.; Trackpad is a bit small.; "
        "Keyboard is a joy to type on.; "
        "Battery lasts a working day.; Only one USB port on the left side.",
        "work; study; premium; refurbished",
        980,
        2300,
        (42, 30, 8),
    ),
    "tablets": Category(
        "Norrland; Teklu; Pageline; Vireo; Lumo",
        "Tablet; E-reader; Drawing tablet; Kids tablet",
        "screen | 6.8/8/10.4/11/12.4 in; memory | 4/6/8 GB; storage | 32/64/128/256 GB; "
        "weight | 205/320/480/560 g; "
        "battery | 3000/5100/7600/8800 mAh; stylus | included/supported/no; ports | USB-C; "
        "refresh rate | 60/90/120 Hz; "
        "waterproof | IPX8/no",
        "silver; graphite; sage; black; rose",
        "64 GB; 128 GB; 256 GB",
        "Reads like paper, even in the sun.; Thin enough for a coat pocket.; "
        "Sketch and take notes with almost no lag.; "
        "Parental controls are set up in a minute.; Bright panel for films on the train.",
        "Screen scratches easily without a cover.; Great for comics.; The pen lags a little.; Kids love it.; "
        "Charges slowly.; Battery lasts for weeks of reading.",
        "study; travel; gift; refurbished; kids",
        310,
        760,
        (28, 20, 5),
    ),
    "headphones": Category(
        "Auralis; Teklu; Lumo; Hallmark Audio; Vireo",
        "Over-ears; Earbuds; Headset; In-ear monitors",
        "driver | 6/10/30/40 mm; battery life | 6/8/24/30/40 h; weight | 5/48/190/254 g; "
        "connection | Bluetooth 5.2/Bluetooth 5.3/3.5 mm jack; "
        "noise cancelling | active/passive/adaptive; waterproof | IPX4/IPX5/no; microphones | 1/2/4/6; "
        "foldable | yes/no",
        "black; white; sand; navy; sage",
        "",
        "Silences the train without pressing on the ears.; Warm bass and clear voices.; "
        "Folds into a hard case.; "
        "Two devices can be connected at once.; Soft cushions that can be replaced.",
        "Ears get hot after two hours.; Bass is a bit heavy out of the box.; Calls are clear in wind.; "
        "Left one lost its connection twice.; Noise cancelling is superb on planes.; "
        "Cushions wore out after a year.",
        "travel; work; gift; bestseller; sport",
        120,
        340,
        (20, 18, 8),
    ),
    "speakers": Category(
        "Auralis; Hallmark Audio; Lumo; Oberon; Kesteven",
        "Speaker; Portable speaker; Soundbar; Bookshelf pair; Party speaker",
        "power | 10/20/40/120/300 W; battery life | 10/12/20/24 h; weight | 540/960/2400/6200 g; "
        "connection | Bluetooth 5.3/Wi-Fi/HDMI eARC/3.5 mm jack; "
        "driver | 45/60/102/130 mm; waterproof | IP67/IPX5/no; stereo pair | yes/no; "
        "material | fabric/walnut/plastic",
        "black; white; walnut; red; navy",
        "",
        "Fills the kitchen without shouting.; Warm bass and clear voices.; "
        "Floats in the pool and keeps playing.; "
        "Pairs with a second one for true stereo.; Dialogue stays clear at low volume.",
        "Loud enough for the garden.; Bass is a bit heavy out of the box.; Survived a fall into the lake.; "
        "App is clumsy.; Lost connection to the TV twice.; Fills the whole living room.",
        "home; party; gift; bestseller; travel",
        150,
        2100,
        (32, 18, 16),
    ),
    "running shoes": Category(
        "Fellrunner; Stride & Co; Alpa; Kivi; Trailmark",
        "Road shoes; Trail shoes; Racer; Trainers",
        "weight | 210/245/270/305 g; drop | 0/4/6/8/10 mm; upper | mesh/knit/recycled polyester; "
        "terrain | road/trail/track; "
        "cushioning | firm/balanced/soft; waterproof | membrane/no; arch support | neutral/stability; "
        "width | normal/wide",
        "black; white; coral; lime; navy; grey",
        "38; 39; 40; 41; 42; 43; 44; 45",
        "A springy foam that keeps its bounce for 700 km.; Grips on wet rock and mud.; "
        "Breathes well on hot days.; "
        "Roomy toe box, locked heel.; Reflective details for winter evenings.",
        "Order half a size up.; Blister on the first long run, fine since.; Sole worn after 500 km.; "
        "Best grip I have had on wet trails.; Laces come undone.; PB in the half marathon!",
        "sport; outdoor; women; men; new season",
        125,
        920,
        (34, 22, 13),
    ),
    "jackets": Category(
        "Alpa; Trailmark; Kivi; Nordlys; Stride & Co",
        "Jacket; Rain jacket; Down jacket; Parka; Softshell",
        "weight | 240/380/520/890 g; waterproof | 5000/10000/20000 mm; "
        "material | nylon/recycled polyester/merino/cotton; "
        "filling | down/synthetic/none; hood | fixed/detachable/none; pockets | 2/3/5; "
        "fit | regular/slim/relaxed",
        "black; olive; navy; mustard; red; grey",
        "XS; S; M; L; XL; XXL",
        "Keeps the wind out on the ridge and folds into its own pocket.; "
        "Taped seams and a hood that moves with you.; "
        "Breathes well on hot days.; Warm to minus ten over a jumper.; "
        "Reflective details for winter evenings.",
        "Sleeves are a bit short.; Kept me dry for six hours.; Zip snags at the chin.; "
        "Runs large, order a size down.; "
        "Not very breathable uphill.; Colour is darker than in the picture.",
        "outdoor; women; men; new season; sale",
        160,
        900,
        (38, 30, 10),
    ),
    "backpacks": Category(
        "Trailmark; Alpa; Nordlys; Carrymore; Stride & Co",
        "Backpack; Rucksack; Daypack; Laptop bag; Trekking pack",
        "volume | 12/18/25/30/45/65 l; weight | 480/760/980/1650 g; waterproof | cover/roll top/no; "
        "material | nylon/recycled polyester/canvas; "
        "laptop pocket | 13 in/15.6 in/no; hip belt | padded/removable/none; pockets | 3/5/8",
        "black; olive; navy; mustard; terracotta",
        "S/M; M/L",
        "Sits close to the back and carries twelve kilos with ease.; Fits a laptop and a weekend.; "
        "Taped seams and a rain cover in the base.; Opens like a suitcase.; "
        "Bottle pockets you can reach while walking.",
        "Straps squeak.; Fits under the seat on budget airlines.; Zip snags at the corner.; "
        "Back stays dry uphill.; "
        "Too small for a 15 inch laptop.; Carried it for ten days in the Alps.",
        "outdoor; travel; study; sale; work",
        95,
        1300,
        (48, 32, 14),
    ),
    "tents": Category(
        "Trailmark; Nordlys; Campo; Alpa; Fellrunner",
        "Tent; Tunnel tent; Dome tent; Tarp; Family tent",
        "persons | 1/2/3/4/6; weight | 1150/1900/2800/5200/9800 g; waterproof | 2000/3000/5000 mm; "
        "material | ripstop nylon/recycled polyester/cotton; "
        "poles | aluminium/fibreglass/carbon; season | 3/4; height | 95/110/130/195 cm; doors | 1/2/3",
        "olive; sand; red; grey",
        "2 persons; 3 persons; 4 persons",
        "Stands up in eight minutes, alone.; Keeps the wind out on the ridge.; "
        "Two doors and room for muddy boots.; "
        "Packs to the size of a loaf of bread.; Stays dark in the morning.",
        "Condensation on cold nights.; Survived a storm in Norway.; Pegs bend in hard ground.; "
        "Two adults and a dog fit.; "
        "Took an hour the first time.; Kept us dry for a week.",
        "outdoor; sale; family; new season; travel",
        260,
        3900,
        (56, 20, 20),
    ),
    "coffee machines": Category(
        "Bruno; Kesteven; Campo; Oberon; Maison Perle",
        "Espresso machine; Coffee maker; Moka pot; Grinder; Filter coffee machine",
        "power | 150/1050/1350/1500 W; capacity | 0.3/1.1/1.25/1.8 l; pressure | 9/15/19 bar; "
        "material | stainless steel/plastic/aluminium; "
        "weight | 700/2900/5600/9400 g; grinder | conical burr/flat burr/none; "
        "milk | steam wand/automatic/none; dishwasher safe | parts/no",
        "black; silver; cream; red",
        "",
        "Heats up in forty seconds and holds its temperature.; Grinds fresh for each cup.; "
        "Silky milk at the press of a button.; "
        "The tank comes off for cleaning.; Brews a full jug without bitterness.",
        "Crema like in Italy.; Leaks a little at the gasket.; Loud in the morning.; Descaling is a chore.; "
        "Water tank is small.; Uneven grind on the fine setting.",
        "kitchen; gift; home; bestseller; premium",
        240,
        5200,
        (40, 32, 36),
    ),
    "cookware": Category(
        "Kesteven; Maison Perle; Bruno; Campo; Ironside",
        "Frying pan; Saucepan; Casserole; Wok; Skillet; Stock pot",
        "diameter | 20/24/28/32 cm; capacity | 1.5/2.8/4.5/7 l; "
        "material | cast iron/stainless steel/aluminium/copper; "
        "weight | 850/1400/2600/5100 g; coating | ceramic/none/enamel/non-stick; dishwasher safe | yes/no; "
        "hob | induction/gas/all hobs; oven safe | 180/220/260 °C",
        "black; silver; cream; red; terracotta",
        "20 cm; 24 cm; 28 cm",
        "Holds its heat and browns evenly.; Pours without a drip.; The handle stays cool on the hob.; "
        "Goes from the flame to the oven to the table.; Cleans with a wipe.",
        "Coating went after a year.; Heavy but worth it.; Eggs slide right off.; Handle gets hot on gas.; "
        "Rust spots after the dishwasher.; Best stew I ever made.",
        "kitchen; gift; home; wedding list; sale",
        75,
        2400,
        (44, 30, 14),
    ),
    "skin care": Category(
        "Maison Perle; Nordlys Botanics; Dermalis; Verbena; Pure Acre",
        "Cream; Serum; Sunscreen; Cleanser; Body lotion; Balm",
        "volume | 15/30/50/100/200 ml; skin type | dry/oily/sensitive/all; sun protection | 15/30/50/none; "
        "ingredients | niacinamide, zinc/hyaluronic acid, glycerin/shea butter, squalane/vitamin C, "
        "ferulic acid/retinol, ceramides; "
        "scent | none/lavender/citrus; organic | yes/no; vegan | yes/no; packaging | glass/tube/pump",
        "",
        "30 ml; 50 ml; 100 ml",
        "Sinks in at once and leaves no shine.; Calms skin after the sun.; "
        "A gentle foam for morning and night.; "
        "Short list of ingredients, no perfume.; Comes in a refillable glass jar.",
        "Stings around the eyes.; Smells lovely.; My skin is calmer after a week.; A bit greasy in summer.; "
        "Leaves a white cast.; A little goes a long way.",
        "gift; vegan; organic; bestseller; women",
        26,
        150,
        (12, 6, 6),
    ),
    "coffee and tea": Category(
        "Bruno; Pure Acre; Verbena; Finca Alta; Leaf & Tide",
        "Coffee beans; Espresso blend; Green tea; Loose leaf tea; Ground coffee; Herbal infusion",
        "weight | 100/250/500/1000 g; origin | Ethiopia/Colombia/Assam/Guatemala/Uji/Sri Lanka; "
        "roast | light/medium/dark; "
        "organic | yes/no; caffeine | regular/decaffeinated/none; scent | citrus/jasmine/cocoa; "
        "packaging | tin/bag/pouch; altitude | 1200/1500/1900 m",
        "",
        "250 g; 500 g; 1 kg",
        "Notes of blackcurrant and cocoa, with a long sweet finish.; "
        "Roasted in small batches every Tuesday.; "
        "Picked by hand on a single hillside.; Brews a full pot without bitterness.; "
        "Comes in a resealable tin.",
        "Smells lovely.; Too acidic for my taste.; Crema like in Italy.; "
        "Roasted only a week before it came.; "
        "A bit weak as a flat white.; My morning cup from now on.",
        "organic; gift; kitchen; subscription; vegan",
        13,
        480,
        (22, 10, 8),
        "food",
    ),
}

COMMON_PRAISE = (
    "Made to last and easy to repair.; Two-year warranty.; A favourite of our customers.; "
    "Designed in Copenhagen.; "
    "Ships in cardboard without plastic.; New version with many small improvements.; "
    "Good value in its class.; "
    "Spare parts are available for ten years.; A thoughtful present.; Limited edition.; "
    "Tested by our own team."
)
COMMON_OPINIONS = (
    "Arrived quickly.; Exactly as described.; Good value for the price.; Box was damaged, contents fine.; "
    "Would buy again.; Customer service sorted a problem in a day.; Not worth the money.; "
    "Bought it as a present.; "
    "My second one.; Better than expected.; Returned it, no trouble.; Looks smaller than in the photo.; "
    "No complaints."
)
COMMON_TAGS = "sale; new; bestseller; gift; last items; members"
SERIES = (
    "Nova; Fjord; Atlas; Pico; Echo; Linden; Stratus; Solo; Terra; Comet; Harbor; Juniper; Onyx; Prima; Vela"
)
AUTHORS = "Mia; Jonas; priya_k; Tom W.; Anonymous; lucia77; Ahmed; Sven; Chloé; B. Okafor; hiker_42; Noor; "
"Ewa; Marc"
SUPPLIERS = (
    "Baltic Trade | LT; Rhein Logistik | DE; Porto Imports | PT; Shenzhen Bright | CN; Atelier Sud | FR; "
    "Nordic Supply | SE; Hanoi Textile | VN; Emilia Goods | IT"
)
WAREHOUSES = "BER; RTM; LYO; MXP; WAW; CPH"
