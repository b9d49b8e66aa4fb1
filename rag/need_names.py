"""Names of diseases, of treatments that are no drugs, and of drugs that no stem tells, as questions use them."""

from __future__ import annotations

import re

# Diseases of one name, which a source must name to speak of them.
DISEASES = re.compile(
    r"\b(?:abscess(?:es)?|acne|alzheimer|aneurysms?|angina|anorexia|appendicitis|arthritis|asthma|atrial fibrillation|autism|bronchitis|bronchiolitis|"
    r"cardiac arrest|cataracts?|cellulitis|cholera|cirrhosis|co(?:e)?liac|colitis|copd|crohn|croup|cystic fibrosis|cystitis|dengue|depression|dermatitis|"
    r"diphtheria|diverticulitis|eczema|eclampsia|pre-?eclampsia|emphysema|encephalitis|endocarditis|endometriosis|epilepsy|fibromyalgia|gallstones?|glaucoma|deafness|hearing loss|gonorrh(?:o)?ea|gout|"
    r"h(?:a)?emochromatosis|h(?:a)?emorrhoids?|heart failure|hepatitis|hernia|herpes|hiv|hypothyroidism|hyperthyroidism|ileus|kawasaki|leuk(?:a)?emia|lupus|lyme|lymphoma|macular degeneration|"
    r"malaria|mastitis|measles|melanoma|meningitis|menopause|migraines?|mononucleosis|multiple sclerosis|myeloma|myocarditis|nephrotic|neuropathy|obstructive|osteoarthritis|osteomyelitis|"
    r"osteoporosis|pancreatitis|parkinson|pericarditis|periodontitis|peritonitis|pertussis|plague|polio|psoriasis|pulmonary embolism|rabies|rhinitis|rosacea|"
    r"rubella|sarcoidosis|scabies|schizophrenia|scoliosis|shingles|sinusitis|sleep apn(?:o)?ea|syphilis|tetanus|thyroiditis|tinnitus|tonsillitis|tuberculosis|typhoid|ulcerative|urticaria|uveitis|"
    r"varicella|vasculitis|vertigo|vitiligo|zika|zoster|lipoprotein\(a\)|prostate cancer|breast cancer|lung cancer|pancreatic cancer|ovarian cancer|skin cancer|bladder cancer|stomach cancer|liver cancer)\b",
    re.IGNORECASE,
)
# What is done besides giving drugs; a source must name it to have tried it.
INTERVENTIONS = re.compile(
    r"\b(?:ablation|acupuncture|amputation|angioplasty|aromatherapy|biofeedback|biopsy|brace|bracing|bypass|cannabis|cbd|chiropract\w+|colonoscopy|compression stockings|cpap|cryotherapy|"
    r"diet(?:ing|s)?|ecmo|electroacupuncture|electroconvulsive|embolisation|embolization|endoscopy|exercise|fasting|ginger|ginseng|haemodialysis|herbal|homeopath\w+|honey|hyperbaric|hypnosis|hypothermia|"
    r"kyphoplasty|laser|magnets?|massage|meditation|mindfulness|music|nutrition|omega-3|osteopath\w+|pacemaker|physical therapy|physiotherapy|pilates|plasmapheresis|prone|psychotherapy|"
    r"radiotherapy|reflexology|robot\w*|sauna|screening|stem cells?|stent(?:ing)?|tai chi|telemedicine|tourniquet|traction|transfusion|transplantation|turmeric|ultrasound|ultrasonography|vertebroplasty|vibration|yoga|zinc)\b",
    re.IGNORECASE,
)

# Drugs and fluids that neither a stem of the WHO's nor the table of names in `rag/named.py` tells.
FURTHER_DRUGS = re.compile(
    r"\b(?:vasopressin|tranexamic acid|vitamin [a-ek]\d?|albumin|saline|balanced (?:crystalloids?|solutions?)|magnesium|bicarbonate|calcium|potassium|fish oil|"
    r"folic acid|botulinum toxin|interferon|immunoglobulins?|convalescent plasma|activated charcoal|antivenom|factor viii|factor xiii|levosimendan|milrinone|methylene blue|nitric oxide|heliox|surfactant)\b",
    re.IGNORECASE,
)
DRUG_CLASSES = re.compile(
    r"\b(?:antibiotics?|vaccines?|vaccination|chemotherapy|antifungals?|probiotics?|statins?)\b",
    re.IGNORECASE,
)
NO_DRUGS = frozenset({"cholesterol"})  # what the stems of names take for a drug
