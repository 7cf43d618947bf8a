"""What is true of the diseases in the clinical collection: codes (ICD-10), drugs, tests, words.

Medications read "name dose/dose unit frequency"; tests read "name | mean | deviation | unit | digits";
vitals are shifts of the mean from a healthy adult's.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Disease:
    """One disease as its clinic sees it. Lists are written with semicolons."""

    specialty: str
    conditions: str
    symptoms: str
    medications: str
    tests: str
    reasons: str
    notes: str
    goes_with: str
    ages: tuple[int, int] = (45, 85)
    vitals: dict[str, float] = field(default_factory=dict)


DISEASES: dict[str, Disease] = {
    "heart failure": Disease(
        "cardiology",
        "I50.9 Heart failure, unspecified; I42.0 Dilated cardiomyopathy; I34.0 Mitral valve insufficiency",
        "R06.0 Dyspnoea; R60.0 Localized oedema; R53 Malaise and fatigue",
        "bisoprolol 1.25/2.5/5 mg once daily; furosemide 20/40/80 mg once daily; "
        "ramipril 2.5/5/10 mg once daily; "
        "spironolactone 12.5/25 mg once daily; dapagliflozin 10 mg once daily; "
        "sacubitril-valsartan 49/97 mg twice daily",
        "NT-proBNP | 2600 | 1200 | ng/L | 0; Potassium | 4.7 | 0.5 | mmol/L | 1; "
        "Ejection fraction | 34 | 8 | % | 0",
        "breathless on the flat; ankle swelling; weight up 3 kg in a week; echo follow-up; "
        "titration of beta blocker",
        "Sleeps on three pillows, no chest pain.; Pitting oedema to mid shin, bibasal crackles.; "
        "Echo shows a dilated left ventricle with reduced systolic function.; "
        "Diuretic doubled, daily weights advised.; "
        "NYHA class II to III, walks 200 m on the level.; JVP raised 4 cm.",
        "type 2 diabetes; chronic kidney disease; atrial fibrillation; COPD; coronary disease",
        (55, 88),
        {"systolic": -8, "heart_rate": 8, "spo2": -2, "weight_kg": 6},
    ),
    "coronary disease": Disease(
        "cardiology",
        "I25.1 Atherosclerotic heart disease; I20.9 Angina pectoris, unspecified; "
        "I25.2 Old myocardial infarction",
        "R07.4 Chest pain, unspecified; R06.0 Dyspnoea; R00.2 Palpitations",
        "aspirin 75 mg once daily; atorvastatin 40/80 mg at night; bisoprolol 2.5/5 mg once daily; "
        "glyceryl trinitrate 400 mcg as required; clopidogrel 75 mg once daily; ramipril 5/10 mg once daily",
        "Troponin T | 24 | 14 | ng/L | 0; LDL cholesterol | 2.4 | 0.8 | mmol/L | 1; "
        "Ejection fraction | 52 | 7 | % | 0",
        "chest tightness on hills; follow-up after stent; cardiac rehabilitation; stress test",
        "Central chest tightness on exertion, settles with GTN.; Two drug-eluting stents to the LAD.; "
        "ECG: Q waves inferiorly, no acute change.; Cardiac rehab completed, back at the gym.; "
        "Stopped smoking after the infarct.; Dual antiplatelet until the anniversary of the stent.",
        "type 2 diabetes; heart failure; COPD; chronic kidney disease; depression",
        (48, 84),
        {"systolic": 6, "heart_rate": -6},
    ),
    "atrial fibrillation": Disease(
        "cardiology",
        "I48.0 Paroxysmal atrial fibrillation; I48.1 Persistent atrial fibrillation; "
        "I34.0 Mitral valve insufficiency",
        "R00.2 Palpitations; R42 Dizziness and giddiness; R55 Syncope and collapse",
        "apixaban 2.5/5 mg twice daily; bisoprolol 2.5/5 mg once daily; digoxin 62.5/125 mcg once daily; "
        "amiodarone 200 mg once daily; warfarin 3/5 mg once daily; flecainide 50/100 mg twice daily",
        "INR | 2.4 | 0.5 | ratio | 1; TSH | 2.1 | 1.0 | mIU/L | 1; NT-proBNP | 900 | 400 | ng/L | 0",
        "palpitations; anticoagulation review; cardioversion list; rate control",
        "Irregularly irregular pulse, rate controlled at rest.; CHA2DS2-VASc 3, anticoagulated.; "
        "Holter: paroxysms of up to 40 minutes.; Listed for ablation.; No bleeding on the DOAC.; "
        "Left atrium dilated on echo.",
        "heart failure; hyperthyroidism; COPD; chronic kidney disease",
        (52, 88),
        {"heart_rate": 18},
    ),
    "COPD": Disease(
        "respiratory medicine",
        "J44.9 Chronic obstructive pulmonary disease; J43.9 Emphysema, unspecified; "
        "J44.1 COPD with acute exacerbation",
        "R06.0 Dyspnoea; R05 Cough; R63.4 Abnormal weight loss",
        "tiotropium 18 mcg once daily; salbutamol 100 mcg as required; prednisolone 30 mg once daily; "
        "umeclidinium-vilanterol 55 mcg once daily; azithromycin 250 mg three times a week; "
        "carbocisteine 375 mg three times daily",
        "FEV1 | 44 | 12 | % predicted | 0; Eosinophils | 0.2 | 0.1 | 10^9/L | 2; PaCO2 | 6.1 | 0.7 | kPa | 1",
        "exacerbation; inhaler technique; pulmonary rehabilitation; home oxygen assessment",
        "Forty pack-years, still smoking five a day.; Wheeze throughout, hyperinflated chest.; "
        "Rescue pack used twice this winter.; MRC dyspnoea score 4.; "
        "Sputum green for a week, antibiotics and steroids given.; Spirometry shows fixed obstruction.",
        "coronary disease; heart failure; depression; atrial fibrillation",
        (52, 86),
        {"spo2": -6, "respiratory_rate": 5, "weight_kg": -6},
    ),
    "asthma": Disease(
        "respiratory medicine",
        "J45.0 Predominantly allergic asthma; J45.9 Asthma, unspecified; "
        "J30.4 Allergic rhinitis, unspecified",
        "R05 Cough; R06.0 Dyspnoea; R07.4 Chest pain, unspecified",
        "beclometasone-formoterol 100 mcg twice daily; salbutamol 100 mcg as required; "
        "montelukast 10 mg at night; "
        "prednisolone 40 mg once daily; cetirizine 10 mg once daily; omalizumab 300 mg every four weeks",
        "FEV1 | 78 | 12 | % predicted | 0; Eosinophils | 0.6 | 0.25 | 10^9/L | 2; FeNO | 52 | 20 | ppb | 0",
        "night-time wheeze; asthma review; peak flow diary; attack in the pollen season",
        "Wheezy with cats and cold air.; Peak flow varies by a quarter over the day.; "
        "Two courses of steroids since last review.; Inhaler technique corrected, spacer given.; "
        "Wakes coughing twice a week.; Atopic since childhood.",
        "depression; migraine; ulcerative colitis",
        (18, 60),
        {"spo2": -2, "respiratory_rate": 3, "heart_rate": 6},
    ),
    "pulmonary fibrosis": Disease(
        "respiratory medicine",
        "J84.1 Interstitial pulmonary disease with fibrosis; J47 Bronchiectasis; "
        "I27.2 Secondary pulmonary hypertension",
        "R06.0 Dyspnoea; R05 Cough; R53 Malaise and fatigue",
        "nintedanib 100/150 mg twice daily; pirfenidone 801 mg three times daily; "
        "omeprazole 20 mg once daily; "
        "prednisolone 10 mg once daily; morphine 2.5 mg as required",
        "FVC | 64 | 12 | % predicted | 0; DLCO | 42 | 10 | % predicted | 0; "
        "C-reactive protein | 9 | 5 | mg/L | 0",
        "dry cough; oxygen on walking; discussion of CT; antifibrotic monitoring",
        "Fine inspiratory crackles at both bases, clubbed.; CT: honeycombing, basal and subpleural.; "
        "Desaturates to 84% on a six-minute walk.; Worked with birds for twenty years.; "
        "Appetite poor on the antifibrotic.; Gas transfer down since spring.",
        "rheumatoid arthritis; lupus; coronary disease; heart failure",
        (58, 84),
        {"spo2": -5, "respiratory_rate": 6},
    ),
    "type 2 diabetes": Disease(
        "endocrinology",
        "E11.9 Type 2 diabetes mellitus; E11.4 Type 2 diabetes with neurological complications; "
        "E11.3 Type 2 diabetes with ophthalmic complications",
        "R73.9 Hyperglycaemia, unspecified; R53 Malaise and fatigue; R20.2 Paraesthesia of skin",
        "metformin 500/1000 mg twice daily; gliclazide 40/80 mg twice daily; "
        "empagliflozin 10/25 mg once daily; "
        "semaglutide 0.5/1 mg once weekly; insulin glargine 18/24/32 units at night; "
        "dapagliflozin 10 mg once daily",
        "HbA1c | 68 | 14 | mmol/mol | 0; Urine ACR | 5 | 3 | mg/mmol | 1; eGFR | 70 | 16 | mL/min/1.73m2 | 0",
        "diabetes review; foot check; raised HbA1c; starting injections",
        "Home glucose 9 to 14, no hypos.; Monofilament sensation lost at both great toes.; "
        "Background retinopathy on screening.; Weight management discussed again.; "
        "Tablets missed at weekends.; Metformin slow release better tolerated.",
        "coronary disease; chronic kidney disease; heart failure; depression; gout",
        (40, 82),
        {"weight_kg": 18, "systolic": 8},
    ),
    "type 1 diabetes": Disease(
        "endocrinology",
        "E10.9 Type 1 diabetes mellitus; E10.1 Type 1 diabetes with ketoacidosis; "
        "E03.9 Hypothyroidism, unspecified",
        "R73.9 Hyperglycaemia, unspecified; R63.4 Abnormal weight loss; R55 Syncope and collapse",
        "insulin aspart 4/6/8 units with meals; insulin degludec 14/18/22 units at night; "
        "glucagon 1 mg as required; "
        "levothyroxine 50/100 mcg once daily",
        "HbA1c | 66 | 15 | mmol/mol | 0; Ketones | 0.8 | 0.6 | mmol/L | 1; TSH | 3.4 | 1.8 | mIU/L | 1",
        "pump start; hypoglycaemia; carbohydrate counting; after ketoacidosis",
        "Sensor time in range 58%.; Two hypos overnight, partner used glucagon.; "
        "Lipohypertrophy on the abdomen, sites rotated.; Carbohydrate counting refreshed.; "
        "Training for a half marathon.; Pump settings changed for exercise.",
        "coeliac disease; depression; hyperthyroidism",
        (18, 48),
        {"weight_kg": -6},
    ),
    "hyperthyroidism": Disease(
        "endocrinology",
        "E05.0 Thyrotoxicosis with diffuse goitre; H06.2 Dysthyroid exophthalmos; E04.2 Multinodular goitre",
        "R00.2 Palpitations; R63.4 Abnormal weight loss; R25.1 Tremor, unspecified",
        "carbimazole 10/20/40 mg once daily; propranolol 40 mg three times daily; "
        "levothyroxine 75/100 mcg once daily; "
        "propylthiouracil 100 mg twice daily",
        "TSH | 0.05 | 0.03 | mIU/L | 2; Free T4 | 34 | 9 | pmol/L | 1; TRAb | 6.5 | 3 | IU/L | 1",
        "weight loss despite appetite; neck swelling; thyroid function; radioiodine clinic",
        "Fine tremor, warm hands, smooth goitre with a bruit.; Lid lag, no double vision.; "
        "Block and replace started.; Warned of sore throat and fever on carbimazole.; "
        "Uptake scan diffuse.; Heat intolerance gone since last visit.",
        "atrial fibrillation; migraine; depression",
        (22, 66),
        {"heart_rate": 24, "weight_kg": -9, "systolic": 6},
    ),
    "chronic kidney disease": Disease(
        "nephrology",
        "N18.4 Chronic kidney disease, stage 4; N18.3 Chronic kidney disease, stage 3; "
        "N08.3 Glomerular disorders in diabetes; "
        "D63.8 Anaemia in chronic disease",
        "R94.4 Abnormal kidney function study; R60.0 Localized oedema; R53 Malaise and fatigue",
        "ramipril 2.5/5 mg once daily; furosemide 40/80 mg once daily; dapagliflozin 10 mg once daily; "
        "alfacalcidol 0.25 mcg once daily; darbepoetin 30/40 mcg every two weeks; "
        "sodium bicarbonate 500 mg three times daily",
        "eGFR | 26 | 8 | mL/min/1.73m2 | 0; Creatinine | 230 | 60 | umol/L | 0; "
        "Phosphate | 1.6 | 0.3 | mmol/L | 2; "
        "Urine ACR | 60 | 40 | mg/mmol | 1; Potassium | 5.3 | 0.5 | mmol/L | 1",
        "falling eGFR; low clearance clinic; potassium recheck; access planning",
        "Discussed dialysis and transplant, prefers home therapy.; "
        "Itch at night, phosphate binder with meals.; "
        "Haemoglobin on target with erythropoietin.; Fistula referral made.; "
        "Low potassium diet sheet given.; Two small kidneys on ultrasound.",
        "type 2 diabetes; heart failure; gout; coronary disease",
        (48, 86),
        {"systolic": 14, "diastolic": 5},
    ),
    "nephrotic syndrome": Disease(
        "nephrology",
        "N04.9 Nephrotic syndrome; N02.8 Recurrent haematuria, IgA nephropathy; "
        "N05.2 Membranous glomerulonephritis",
        "R80 Isolated proteinuria; R60.0 Localized oedema; R31 Haematuria",
        "prednisolone 20/40/60 mg once daily; ramipril 5 mg once daily; furosemide 40/80 mg once daily; "
        "tacrolimus 1/2 mg twice daily; atorvastatin 20 mg at night; "
        "rituximab 1000 mg twice, two weeks apart",
        "Urine ACR | 320 | 110 | mg/mmol | 1; Albumin | 23 | 4 | g/L | 0; "
        "Creatinine | 118 | 35 | umol/L | 0; "
        "eGFR | 58 | 18 | mL/min/1.73m2 | 0",
        "frothy urine; relapse; kidney biopsy result; swelling of legs and face",
        "Periorbital swelling in the mornings.; Biopsy: thickened capillary loops, PLA2R positive.; "
        "Urine dip protein 4+, blood 1+.; Steroids being tapered by 5 mg a fortnight.; "
        "Leg oedema to the knees, albumin low.; Remission, protein trace only.",
        "lupus; type 2 diabetes; depression",
        (18, 64),
        {"systolic": 10, "weight_kg": 8},
    ),
    "polycystic kidneys and transplant": Disease(
        "nephrology",
        "Q61.2 Polycystic kidney, autosomal dominant; Z94.0 Kidney transplant status; "
        "N18.3 Chronic kidney disease, stage 3",
        "R31 Haematuria; R10.4 Abdominal pain; R94.4 Abnormal kidney function study",
        "tacrolimus 2/3 mg twice daily; mycophenolate 500/1000 mg twice daily; prednisolone 5 mg once daily; "
        "tolvaptan 45/60 mg once daily; amlodipine 5/10 mg once daily; co-trimoxazole 480 mg once daily",
        "Tacrolimus level | 7.2 | 1.8 | ug/L | 1; Creatinine | 150 | 40 | umol/L | 0; "
        "eGFR | 46 | 13 | mL/min/1.73m2 | 0",
        "transplant clinic; loin pain; tacrolimus level; family screening",
        "Graft in the right iliac fossa, not tender.; Both kidneys palpable, liver cysts known.; "
        "Trough level 9, dose reduced.; Father was on dialysis at fifty.; "
        "BK virus negative this quarter.; Skin check booked, on long-term immunosuppression.",
        "gout; coronary disease; migraine",
        (32, 68),
        {"systolic": 12, "diastolic": 6},
    ),
    "Crohn's disease": Disease(
        "gastroenterology",
        "K50.9 Crohn's disease, unspecified; K60.3 Anal fistula; D50.9 Iron deficiency anaemia",
        "R10.4 Abdominal pain; R63.4 Abnormal weight loss; K92.1 Melaena",
        "azathioprine 100/150 mg once daily; adalimumab 40 mg every two weeks; budesonide 9 mg once daily; "
        "prednisolone 40 mg once daily; infliximab 400 mg every eight weeks; "
        "ferrous fumarate 210 mg once daily",
        "Faecal calprotectin | 620 | 280 | ug/g | 0; C-reactive protein | 28 | 16 | mg/L | 0; "
        "Haemoglobin | 112 | 12 | g/L | 0",
        "flare; infusion clinic; fistula review; colonoscopy result",
        "Loose stool six times a day with cramps.; Tender right iliac fossa, no mass.; "
        "MRI: 20 cm of thickened terminal ileum.; Infliximab level low, interval shortened.; "
        "Seton in place, draining.; Lost 5 kg since summer.",
        "rheumatoid arthritis; depression; asthma",
        (18, 58),
        {"weight_kg": -8, "heart_rate": 7, "temperature_c": 0.3},
    ),
    "ulcerative colitis": Disease(
        "gastroenterology",
        "K51.9 Ulcerative colitis, unspecified; K83.0 Cholangitis; K90.0 Coeliac disease",
        "K92.1 Melaena; R10.4 Abdominal pain; R53 Malaise and fatigue",
        "mesalazine 2.4/4.8 g once daily; prednisolone 40 mg once daily; "
        "vedolizumab 300 mg every eight weeks; "
        "azathioprine 100/150 mg once daily; ursodeoxycholic acid 500 mg twice daily",
        "Faecal calprotectin | 900 | 350 | ug/g | 0; C-reactive protein | 14 | 9 | mg/L | 0; "
        "ALT | 48 | 22 | U/L | 0",
        "bloody diarrhoea; flare; surveillance colonoscopy; biologic review",
        "Blood and mucus eight times a day, urgency.; Sigmoidoscopy: Mayo 2 to the splenic flexure.; "
        "Enemas restarted.; Surgeon and stoma nurse introduced.; "
        "Calprotectin falling on vedolizumab.; No bleeding for two months.",
        "asthma; rheumatoid arthritis; depression",
        (20, 64),
        {"heart_rate": 9, "temperature_c": 0.3, "weight_kg": -4},
    ),
    "cirrhosis": Disease(
        "gastroenterology",
        "K74.6 Cirrhosis of liver; K70.3 Alcoholic cirrhosis of liver; I85.9 Oesophageal varices; "
        "K76.0 Fatty liver",
        "R18 Ascites; R53 Malaise and fatigue; R17 Jaundice, unspecified",
        "spironolactone 100/200 mg once daily; furosemide 40 mg once daily; "
        "carvedilol 6.25/12.5 mg once daily; "
        "lactulose 20 mL twice daily; rifaximin 550 mg twice daily; thiamine 100 mg twice daily",
        "Bilirubin | 48 | 24 | umol/L | 0; Albumin | 29 | 4 | g/L | 0; INR | 1.5 | 0.2 | ratio | 1; "
        "Platelets | 88 | 26 | 10^9/L | 0; ALT | 60 | 25 | U/L | 0",
        "ascites drain; variceal banding; liver clinic; confusion",
        "Spider naevi, shifting dullness, no flap.; Banding of grade 2 varices, repeat in four weeks.; "
        "No alcohol for seven months.; Drained 8 litres, albumin cover.; "
        "Ultrasound and AFP for surveillance, no lesion.; Child-Pugh B.",
        "type 2 diabetes; depression; chronic kidney disease",
        (40, 76),
        {"systolic": -12, "heart_rate": 6, "weight_kg": 4},
    ),
    "epilepsy": Disease(
        "neurology",
        "G40.2 Focal epilepsy with complex partial seizures; G40.9 Epilepsy, unspecified; "
        "G40.3 Generalized idiopathic epilepsy",
        "R56.8 Convulsions, unspecified; R55 Syncope and collapse; R51 Headache",
        "levetiracetam 500/1000 mg twice daily; lamotrigine 50/100/150 mg twice daily; "
        "sodium valproate 500 mg twice daily; "
        "carbamazepine 200/400 mg twice daily; clobazam 10 mg as required",
        "Valproate level | 72 | 18 | mg/L | 0; Sodium | 137 | 3 | mmol/L | 0",
        "first seizure; seizure clinic; driving advice; medication levels",
        "Witnessed blank spells with lip smacking.; EEG: left temporal sharp waves.; "
        "Seizure-free for nine months, wants to drive.; Bit the tongue, confused for twenty minutes.; "
        "Dose raised, rash explained.; MRI shows hippocampal sclerosis.",
        "depression; migraine; bipolar disorder",
        (18, 62),
        {},
    ),
    "Parkinson's disease": Disease(
        "neurology",
        "G20 Parkinson's disease; F02.3 Dementia in Parkinson's disease; G25.0 Essential tremor",
        "R25.1 Tremor, unspecified; R42 Dizziness and giddiness; R29.6 Tendency to fall",
        "co-careldopa 100/125 mg three times daily; rasagiline 1 mg once daily; "
        "ropinirole 4/8 mg once daily; "
        "rivastigmine 3/4.5 mg twice daily; quetiapine 12.5/25 mg at night; macrogol 1 sachet once daily",
        "Vitamin B12 | 310 | 120 | ng/L | 0; Sodium | 138 | 3 | mmol/L | 0",
        "wearing off; falls; gait freezing; movement disorder clinic",
        "Pill-rolling tremor on the right, cogwheel rigidity.; Freezes in doorways, two falls.; "
        "Wearing off an hour before each dose.; Small handwriting, quiet voice.; "
        "Visual hallucinations at dusk, insight kept.; Postural drop of 30 mmHg.",
        "depression; atrial fibrillation; schizophrenia",
        (58, 86),
        {"systolic": -10},
    ),
    "multiple sclerosis and migraine": Disease(
        "neurology",
        "G35 Multiple sclerosis; H46 Optic neuritis; G43.1 Migraine with aura; G43.9 Migraine, unspecified",
        "R20.2 Paraesthesia of skin; R51 Headache; R42 Dizziness and giddiness",
        "dimethyl fumarate 240 mg twice daily; ocrelizumab 600 mg every six months; "
        "baclofen 10/20 mg three times daily; "
        "sumatriptan 50/100 mg as required; propranolol 40/80 mg twice daily; "
        "amitriptyline 10/25 mg at night",
        "Lymphocytes | 1.1 | 0.5 | 10^9/L | 1; Vitamin D | 42 | 18 | nmol/L | 0",
        "new numb leg; blurred vision; headache diary; MRI result",
        "Numb from the waist for two weeks, brisk reflexes.; MRI: three new periventricular lesions.; "
        "Twelve headache days a month with zigzag aura.; Pale left disc after optic neuritis.; "
        "Walks with one stick, fatigue by noon.; Triptan works if taken early.",
        "depression; hyperthyroidism; asthma",
        (20, 56),
        {},
    ),
    "depression": Disease(
        "psychiatry",
        "F33.1 Recurrent depressive disorder, moderate; F32.1 Moderate depressive episode; "
        "F41.9 Anxiety disorder, unspecified",
        "G47.0 Insomnia; R53 Malaise and fatigue; R63.0 Anorexia",
        "sertraline 50/100/150 mg once daily; mirtazapine 15/30 mg at night; "
        "venlafaxine 75/150 mg once daily; "
        "amitriptyline 25/50 mg at night; zopiclone 7.5 mg at night; lithium 400 mg at night",
        "PHQ-9 | 17 | 4 | points | 0; TSH | 2.2 | 1.0 | mIU/L | 1; Sodium | 137 | 3 | mmol/L | 0",
        "low mood; off work; medication review; talking therapy",
        "Tearful, wakes at four, no thoughts of self-harm.; Sleep and appetite better on the higher dose.; "
        "Off work since the redundancy.; Started cognitive behavioural therapy.; "
        "Denies suicidal thoughts, safety plan made.; Flat affect, poor eye contact.",
        "type 2 diabetes; COPD; rheumatoid arthritis; multiple sclerosis and migraine",
        (19, 74),
        {},
    ),
    "bipolar disorder": Disease(
        "psychiatry",
        "F31.9 Bipolar affective disorder; F31.1 Bipolar disorder, current episode manic; "
        "F10.1 Harmful use of alcohol",
        "R45.1 Restlessness and agitation; G47.0 Insomnia; R53 Malaise and fatigue",
        "lithium 400/600/800 mg at night; quetiapine 150/300 mg at night; "
        "lamotrigine 100/150 mg twice daily; "
        "sodium valproate 500 mg twice daily; olanzapine 5/10 mg at night",
        "Lithium level | 0.7 | 0.15 | mmol/L | 2; TSH | 3.6 | 1.6 | mIU/L | 1; "
        "eGFR | 78 | 14 | mL/min/1.73m2 | 0",
        "not sleeping; lithium monitoring; after admission; mood diary",
        "Overspending and little sleep for ten days, pressured speech.; Lithium at 0.8, kidneys stable.; "
        "Euthymic since discharge, insight good.; Sister reports irritability.; "
        "Mood diary shows a dip every spring.; Detained briefly in March, now informal.",
        "hyperthyroidism; epilepsy; type 2 diabetes",
        (20, 66),
        {"weight_kg": 6},
    ),
    "schizophrenia": Disease(
        "psychiatry",
        "F20.0 Paranoid schizophrenia; F20.9 Schizophrenia, unspecified; F17.2 Tobacco dependence syndrome",
        "R44.0 Auditory hallucinations; R45.1 Restlessness and agitation; G47.0 Insomnia",
        "olanzapine 10/15/20 mg at night; clozapine 200/300 mg at night; risperidone 2/4 mg at night; "
        "aripiprazole 400 mg every four weeks; procyclidine 5 mg twice daily; quetiapine 300 mg at night",
        "Neutrophils | 4.1 | 1.4 | 10^9/L | 1; Prolactin | 720 | 380 | mU/L | 0; "
        "HbA1c | 44 | 8 | mmol/mol | 0",
        "depot; clozapine bloods; care plan meeting; voices",
        "Hears two voices commenting, less intrusive than in May.; Depot given in the left gluteal.; "
        "Believes the neighbours move the post.; Clozapine bloods green, weight up.; "
        "Housing support in place, sees the key worker weekly.; "
        "Stiff on the old drug, better since the switch.",
        "type 2 diabetes; COPD; epilepsy",
        (19, 66),
        {"weight_kg": 13, "heart_rate": 9},
    ),
    "rheumatoid arthritis": Disease(
        "rheumatology",
        "M05.9 Seropositive rheumatoid arthritis; M06.0 Seronegative rheumatoid arthritis; "
        "M35.3 Polymyalgia rheumatica",
        "M25.5 Pain in joint; R53 Malaise and fatigue; R20.2 Paraesthesia of skin",
        "methotrexate 10/15/20 mg once weekly; folic acid 5 mg once weekly; "
        "hydroxychloroquine 200 mg once daily; "
        "adalimumab 40 mg every two weeks; prednisolone 5/7.5 mg once daily; sulfasalazine 1 g twice daily",
        "C-reactive protein | 24 | 14 | mg/L | 0; Rheumatoid factor | 96 | 60 | IU/mL | 0; "
        "ALT | 34 | 14 | U/L | 0",
        "swollen hands; morning stiffness; DMARD monitoring; injection of a knee",
        "Both wrists and four MCP joints swollen.; Stiff for an hour each morning.; "
        "DAS28 4.6, biologic discussed.; "
        "Methotrexate bloods steady.; Early erosions at the fifth metatarsal head.; "
        "Cannot open jars or do up buttons.",
        "pulmonary fibrosis; depression; coronary disease",
        (30, 80),
        {},
    ),
    "lupus": Disease(
        "rheumatology",
        "M32.9 Systemic lupus erythematosus; M32.1 Lupus with organ involvement; I73.0 Raynaud's syndrome",
        "M25.5 Pain in joint; R21 Rash; R50.9 Fever, unspecified; R80 Isolated proteinuria",
        "hydroxychloroquine 200/400 mg once daily; prednisolone 7.5/10/20 mg once daily; "
        "mycophenolate 500/1000 mg twice daily; "
        "azathioprine 50/100 mg once daily; belimumab 200 mg once weekly; nifedipine 20 mg twice daily",
        "Anti-dsDNA | 120 | 70 | IU/mL | 0; Complement C3 | 0.7 | 0.2 | g/L | 2; "
        "Lymphocytes | 0.9 | 0.3 | 10^9/L | 1; "
        "Urine ACR | 40 | 35 | mg/mmol | 1",
        "rash and joint pain; lupus clinic; eye screening; sun protection",
        "Malar rash after the holiday, mouth ulcers.; Fingers white then blue in the cold.; "
        "Complement low, dsDNA rising.; Urine protein up, renal opinion asked.; "
        "Fatigue is the worst of it.; Hair thinning, hydroxychloroquine eye check booked.",
        "nephrotic syndrome; depression; atrial fibrillation",
        (18, 56),
        {"temperature_c": 0.3, "heart_rate": 4},
    ),
    "gout": Disease(
        "rheumatology",
        "M10.9 Gout, unspecified; M10.0 Idiopathic gout; M11.2 Chondrocalcinosis",
        "M25.5 Pain in joint; R50.9 Fever, unspecified; R60.0 Localized oedema",
        "allopurinol 100/200/300 mg once daily; colchicine 500 mcg twice daily; febuxostat 80 mg once daily; "
        "naproxen 500 mg twice daily; prednisolone 20 mg once daily",
        "Urate | 510 | 80 | umol/L | 0; C-reactive protein | 32 | 18 | mg/L | 0; "
        "eGFR | 64 | 18 | mL/min/1.73m2 | 0",
        "red hot toe; flare; urate target; swollen knee",
        "First MTP joint red and exquisitely tender.; Needle-shaped crystals on aspiration.; "
        "Tophi at both elbows.; Third flare this year, agrees to preventive tablets.; "
        "Urate under 360 at last.; Beer at weekends, offered advice.",
        "chronic kidney disease; coronary disease; type 2 diabetes; heart failure",
        (38, 82),
        {"weight_kg": 12, "systolic": 6, "temperature_c": 0.2},
    ),
}

DISEASE_ALIASES = {"migraine": "multiple sclerosis and migraine", "coeliac disease": "ulcerative colitis"}

COMMON_CONDITIONS = (
    "I10 Essential hypertension; E78.5 Hyperlipidaemia, unspecified; E66.9 Obesity, unspecified; "
    "M17.9 Gonarthrosis, unspecified; K21.9 Gastro-oesophageal reflux; F41.9 Anxiety disorder, unspecified; "
    "D50.9 Iron deficiency anaemia; E55.9 Vitamin D deficiency; M54.5 Low back pain; "
    "H26.9 Cataract, unspecified; "
    "G47.3 Sleep apnoea; M81.9 Osteoporosis, unspecified; F17.2 Tobacco dependence syndrome; "
    "L30.9 Dermatitis; "
    "K59.0 Constipation; H91.9 Hearing loss, unspecified"
)

COMMON_MEDICATIONS = (
    "amlodipine 5/10 mg once daily; atorvastatin 20/40 mg at night; omeprazole 20 mg once daily; "
    "paracetamol 1 g four times daily; colecalciferol 800 units once daily; ramipril 2.5/5 mg once daily; "
    "ibuprofen 400 mg three times daily; sertraline 50 mg once daily; codeine 30 mg as required; "
    "amitriptyline 10 mg at night; aspirin 75 mg once daily; macrogol 1 sachet once daily; "
    "alendronic acid 70 mg once weekly; metformin 500 mg twice daily; prednisolone 5 mg once daily"
)

COMMON_TESTS = (
    "Haemoglobin | 134 | 12 | g/L | 0; Sodium | 139 | 2.5 | mmol/L | 0; Potassium | 4.3 | 0.4 | mmol/L | 1; "
    "Creatinine | 82 | 16 | umol/L | 0; eGFR | 82 | 14 | mL/min/1.73m2 | 0; ALT | 26 | 10 | U/L | 0; "
    "C-reactive protein | 4 | 3 | mg/L | 0; HbA1c | 39 | 4 | mmol/mol | 0; TSH | 2.0 | 0.9 | mIU/L | 1; "
    "LDL cholesterol | 3.1 | 0.8 | mmol/L | 1; Platelets | 250 | 55 | 10^9/L | 0; "
    "Albumin | 41 | 3 | g/L | 0; "
    "Vitamin D | 52 | 20 | nmol/L | 0; Ferritin | 90 | 60 | ug/L | 0"
)

COMMON_REASONS = (
    "annual review; tired; blood results; flu vaccination; medication review; repeat prescription; "
    "blood pressure check; dizzy; back pain; follow-up; cough; form for work; fall at home; sleep"
)

COMMON_NOTES = (
    "Feels much the same, no new concerns.; Lives alone, daughter visits daily.; "
    "Bloods today, will phone with results.; "
    "Declined the flu jab.; Smokes ten a day, offered support to stop.; Did not attend, letter sent.; "
    "Blood pressure acceptable at home.; Walks the dog twice a day.; Copy of this letter to the GP.; "
    "Works shifts, finds tablets hard to remember.; Reviewed with the pharmacist, no interactions.; "
    "Telephone consultation, patient happy with the plan.; Sleeping poorly.; Weight discussed.; "
    "Seen with an interpreter.; Return in three months or sooner if worse.; Recently bereaved.; "
    "Mobility limited by the knees.; Drinks about ten units a week.; Repeat prescription issued."
)

ALLERGENS = "penicillin; latex; codeine; trimethoprim; ibuprofen; peanut; elastoplast; iodinated contrast; "
"house dust mite"
REACTIONS = "rash; anaphylaxis; nausea; wheeze; itch; swelling of the lips"
OCCUPATIONS = (
    "teacher; lorry driver; nurse; retired; farmer; software developer; cleaner; electrician; student; "
    "shop assistant; carer; accountant; builder; unemployed; chef; bus driver; office manager"
)
