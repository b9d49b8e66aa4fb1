"""What a question names: a study of which it asks, and drugs."""

from __future__ import annotations

import re

from rag.brand_names import ingredients

# Trials by which a clinician names a result, written as their authors write them; none is the name of a gene,
# a test or a virus. A trial outside the table is known by the words around its name.
_LANDMARKS = frozenset(
    "SPRINT ACCORD ALLHAT ASCOT HOPE-3 ONTARGET SHEP HYVET RE-LY ARISTOTLE ROCKET-AF AVERROES AFFIRM "
    "CHARISMA CAPRIE TRITON PEGASUS COMPASS-CAD COURAGE ISCHEMIA BARI-2D SYNTAX ORBITA CULPRIT-SHOCK "
    "PARADIGM-HF DAPA-HF EMPEROR-REDUCED EMPEROR-PRESERVED SOLVD CONSENSUS-HF RALES EMPHASIS-HF COPERNICUS MERIT-HF TOPCAT "
    "JUPITER FOURIER ODYSSEY IMPROVE-IT WOSCOPS PROSPER REDUCE-IT CANTOS COLCOT LODOCO2 ASPREE ARRIVE ASCEND TIPS-3 VITAL JPAD SCOT-HEART SCOT-HEART-2 "
    "EMPA-REG CANVAS SUSTAIN-6 UKPDS DCCT DPP LOOK-AHEAD STEP-1 SURMOUNT-1 CREDENCE DAPA-CKD EMPA-KIDNEY "
    "RECOVERY SOLIDARITY REMAP-CAP ACTT-1 PANORAMIC EPIC-HR EPIC-SR MOVE-OUT COV-BARRIER METCOVID "
    "ADRENAL APROCCHSS CORTICUS HYPRESS VASST PROMISE-SEPSIS SALT-ED CLOVERS ANDROMEDA-SHOCK NICE-SUGAR ARMA PROSEVA ACURASYS DEXA-ARDS "
    "STASCIS NASCIS CRASH-2 CRASH-3 INTERACT-2 INTERACT-3 ATACH-2 STICH STICH-II MISTIE-III ANNEXA-4 ANNEXA-I NINDS ECASS ECASS-III MR-CLEAN DEFUSE-3 "
    "TAILORX MINDACT NSABP-B-32 CLEOPATRA KEYNOTE-024 PACIFIC FLAURA STAMPEDE CHAARTED NLST PLCO FRAMINGHAM".split()
)
_NAME = r"(?:[A-Z][\w’'-]*|\d+[A-Z]?)"
_STUDY = r"(?:[Tt]rials?|TRIAL|[Ss]tud(?:y|ies)|STUDY|[Cc]ohort)"
_BEFORE_STUDY = re.compile(
    rf"\b({_NAME}(?: (?:{_NAME}|of|and|on))*) (?:(?:clinical|randomi[sz]ed|controlled|phase \w+) )*{_STUDY}\b"
)
# Capitals before "trial" that don't name one.
_NO_NAME = re.compile(
    r"^(?:A|An|The|This|That|Which|What|Has|Have|Is|Are|Does|Do|Did|In|Can|Any|One|Phase|I{1,3}V?|IV|Randomi[sz]ed|Clinical|Controlled|Recent|New|Large\w*|Small|First|Case|Pilot|Cohort|Animal|\d+|"
    r"COVID.*|SARS.*|HIV.*|NSCLC|AIDS|Several|Some|All|Other|No|Of|By|European|American|Chinese|Japanese|US|UK|Further|Current|List)$"
)
_NAMED_PAPER = re.compile(
    r"\bthe (?:new england journal(?: of medicine)?|nejm|lancet|jama|bmj|annals|nature|science|cochrane)\b[\w ]{0,20}\b(?:paper|article|notice|stud(?:y|ies)|trial|report)\b"
    r"|\bin the (?:\w+ ){0,2}(?:randomi[sz]ed|controlled|original|landmark) (?:\w+ )?(?:trial|study) (?:in|of|by|from|with|on)\b",
    re.IGNORECASE,
)
_ACRONYM = r"(?!COVID|SARS|HIV|NSAID|ASCVD|NSCLC)(?:[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+|[A-Z]{5,})"
_RESULT = r"(?:show\w*|find|found|prove\w*|demonstrate\w*|conclude\w*|came out|change\w* practice|mean for|tell us|suggest\w*|establish\w*)"
_SPOKEN_OF = re.compile(
    rf"\b(?:did|does) (?:the )?({_ACRONYM}) {_RESULT}|\b(?:results?|findings|participants|conclusions?) (?:of|from|in) (?:the )?({_ACRONYM})\b|\b(?:did|was|were) (?:it )?in ({_ACRONYM})\b|^In ({_ACRONYM}), (?:what|did|was|were|how)\b"
)

# Stems that the WHO gives to international nonproprietary names (Stem Book 2018), and older names without one.
_STEMS = re.compile(
    r"(?:mab|tinib|ciclib|parib|lisib|rafenib|metinib|zomib|brutinib|vir|statin|pril|sartan|olol|dipine|azole|cillin|mycin|micin|floxacin|cycline|zolid|dacin|penem|parin|xaban|gatran|grel|grelor|gliptin|gliflozin|glutide|glitazone|formin"
    r"|profen|coxib|triptan|setron|azepam|zolam|barbital|curium|thiazide|semide|lactone|sone|solone|onide|platin|taxel|rubicin|trexate|abine|tecan|fungin|quine|mectin|oxetine|ipramine|triptyline|peridol|apine|peridone|piprazole|prazine|vanserin|lukast|terol|tropium"
    r"|dronate|limus|cept|kinra|stim|poetin|virimat|sulfan|afil|imod|oxidil|fentanil|dopa|giline|capone|gabalin|racetam|stigmine|calciferol|lizumab|cillins|statins|pramide)$"
)
_NO_DRUGS = frozenset(
    "combine person lesson reason season comparison poison unison except accept intradermal concept intercept receptor vaccine medicine".split()
)
_DRUGS = frozenset(
    "aspirin bcg warfarin heparin ibuprofen paracetamol acetaminophen metformin insulin digoxin lithium morphine codeine fentanyl methadone naloxone ketamine propofol adrenaline epinephrine noradrenaline "
    "atropine amiodarone adenosine clonidine hydralazine minoxidil nitroglycerin theophylline caffeine melatonin allopurinol colchicine hydrocortisone cortisone thyroxine levothyroxine oxytocin tamoxifen "
    "phenytoin carbamazepine valproate lamotrigine clozapine ketorolac diclofenac naproxen tramadol paxlovid xocova keytruda opdivo amantadine baclofen gabapentin quinine dapsone isoniazid rifampicin "
    "cytarabine fludarabine cisplatin thalidomide lenalidomide dobutamine dopamine minocycline tecovirimat cholecalciferol andexanet idarucizumab apixaban dabigatran semaglutide tirzepatide nicotine nitrous".split()
)
# Classes of drugs, by the names that MeSH's pharmacologic actions have and what clinicians call them.
_CLASSES = re.compile(
    r"\b((?:cortico|gluco-?corti[ck]o)?steroids?|glucocorticoids?|mineralocorticoids?|nsaids?|non-?steroidal anti-?inflammatory(?: drugs| agents)?|painkillers?|analgesics?|opioids?|opiates?"
    r"|anticoagulants?|anticoagulation|blood thinners?|antiplatelets?|antithrombotics?|thrombolysis|thrombolytics?|statins?|antihypertensives?|diuretics?|(?:ace|angiotensin[- ]converting enzyme) inhibitors?|beta[- ]?blockers?"
    r"|calcium[- ]channel blockers?|antiarrhythmics?|antibiotics?|antivirals?|antifungals?|antimalarials?|vasopressors?|inotropes?|antidepressants?|ssris?|antipsychotics?|benzodiazepines?|anticonvulsants?|antiepileptics?"
    r"|bisphosphonates?|bronchodilators?|antihistamines?|proton[- ]pump inhibitors?|ppis?|laxatives?|probiotics?|immunoglobulins?|convalescent plasma|vaccin(?:es?|ation)|chemotherapy|tranexamic acid|vitamin [a-ek]\d?)\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"\s*\([^()]*\)\s*$")  # what a follow-up takes over from the question before
_INGREDIENTS = ingredients() - {"acid", "alfa"}
_CODE = re.compile(r"\b(?!KIAA|LINC|ISO)[A-Z]{1,6}-?\d{3,}[A-Z]?\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_CALLED_DRUG = re.compile(
    r"\bdrugs? ([A-Z][\w-]{2,})\b|\b([A-Z][\w-]{3,}) (?:pill|tablets?|capsules?|vaccine|injections?)\b|\bindications? (?:for|of) ([A-Z][\w-]{3,})\b|\b[Vv]itamin ([A-EK]\d*)\b"
)


def names_a_study(text: str) -> bool:
    """Whether a question asks of one study, by its name or by where it was published.

    Names in capitals are those of genes, tests, viruses and drugs more often than of trials, so a name in
    capitals is a trial's only in the table of landmarks or beside words that say so.
    """
    if text.isupper():
        return False
    return (
        any(_is_landmark(word) for word in re.findall(r"[A-Z0-9][\w-]+", text))
        or any(_named_before(found[1]) for found in _BEFORE_STUDY.finditer(text))
        or bool(_NAMED_PAPER.search(text))
        or bool(_SPOKEN_OF.search(text))
    )


def drugs_in(text: str) -> tuple[str, ...]:
    """The drugs that a question names, in lower case and in order, each once."""
    coded = ((match.start(), match[0]) for match in _CODE.finditer(text))
    called = ((match.start(), next(filter(None, match.groups()))) for match in _CALLED_DRUG.finditer(text))
    words = ((match.start(), match[0]) for match in _WORD.finditer(text) if _is_drug(match[0].lower()))
    found = [(start, name.lower()) for start, name in (*coded, *called, *words)]
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def treatments_in(text: str) -> tuple[str, ...]:
    """The drugs and classes of drugs of which a question asks, in lower case and in order, each once.

    What a follow-up names itself goes before what it takes over in parentheses.
    """
    own = _CARRIED.sub("", text)
    return _treatments(own) or _treatments(text)


def _treatments(text: str) -> tuple[str, ...]:
    classes = (found[0].lower() for found in _CLASSES.finditer(text))
    named = (name for name in drugs_in(text) if len(name) > 1)
    return tuple(dict.fromkeys((*named, *classes)))


def _is_landmark(word: str) -> bool:
    return word in _LANDMARKS and (len(word) > 4 or "-" in word)


def _named_before(run: str) -> bool:
    parts = [part for part in run.split() if part not in {"of", "and", "on"}]
    while parts and _NO_NAME.match(parts[0]):
        parts.pop(0)
    return bool(parts) and (parts[-1].isdigit() or not _NO_NAME.match(parts[-1]))


def _is_drug(word: str) -> bool:
    return (
        word in _DRUGS
        or word in _INGREDIENTS
        or (len(word) > 6 and word not in _NO_DRUGS and bool(_STEMS.search(word)))
    )
