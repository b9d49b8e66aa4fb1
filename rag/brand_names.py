"""Drugs by the names under which they are sold, and the international nonproprietary names of what is in them.

Each row is a nonproprietary name, or the names of a fixed combination, and then brands. They were put down from
the labels in the FDA's Drugs@FDA and the EMA's public assessment reports (EPARs). A brand is here only if it
means nothing else in a medical question.
"""

from __future__ import annotations

from collections.abc import Iterator

_ROWS = """
acetaminophen: tylenol, panadol, calpol, ofirmev
adalimumab: humira
alendronate: fosamax
alteplase: activase, actilyse
amlodipine: norvasc
amoxicillin clavulanate: augmentin
andexanet alfa: andexxa, ondexxya
apixaban: eliquis
aripiprazole: abilify
atezolizumab: tecentriq
atorvastatin: lipitor
azithromycin: zithromax
baricitinib: olumiant
bevacizumab: avastin
casirivimab imdevimab: ronapreve, regen-cov
celecoxib: celebrex
cetirizine: zyrtec
ciprofloxacin: cipro
citalopram: celexa
clopidogrel: plavix
dabigatran: pradaxa
dapagliflozin: farxiga, forxiga
denosumab: prolia, xgeva
diazepam: valium
diclofenac: voltaren, voltarol
donepezil: aricept
duloxetine: cymbalta
dulaglutide: trulicity
empagliflozin: jardiance
enoxaparin: lovenox, clexane
ensitrelvir: xocova
erenumab: aimovig
escitalopram: lexapro, cipralex
esomeprazole: nexium
etanercept: enbrel
evolocumab: repatha
alirocumab: praluent
inclisiran: leqvio
ezetimibe: zetia, ezetrol
fluoxetine: prozac
fluticasone salmeterol: advair, seretide
budesonide formoterol: symbicort
furosemide: lasix
gabapentin: neurontin
glecaprevir pibrentasvir: mavyret, maviret
sofosbuvir velpatasvir: epclusa
ledipasvir sofosbuvir: harvoni
hydroxychloroquine: plaquenil
ibuprofen: advil, nurofen, motrin
idarucizumab: praxbind
infliximab: remicade
insulin glargine: lantus, toujeo
ivermectin: stromectol
ketorolac: toradol
lecanemab: leqembi
levetiracetam: keppra
levothyroxine: synthroid
liraglutide: victoza, saxenda
lisinopril: zestril, prinivil
loratadine: claritin
lorazepam: ativan
losartan: cozaar
metformin: glucophage
methylphenidate: ritalin, concerta
molnupiravir: lagevrio
montelukast: singulair
naproxen: aleve, naprosyn
natalizumab: tysabri
nirmatrelvir ritonavir: paxlovid
nivolumab: opdivo
ocrelizumab: ocrevus
olanzapine: zyprexa
olaparib: lynparza
omalizumab: xolair
omeprazole: prilosec, losec
onabotulinumtoxina: botox
oseltamivir: tamiflu
baloxavir: xofluza
osimertinib: tagrisso
pantoprazole: protonix
paroxetine: paxil, seroxat
pembrolizumab: keytruda
prasugrel: effient, efient
pregabalin: lyrica
quetiapine: seroquel
remdesivir: veklury
risperidone: risperdal
rituximab: rituxan, mabthera
rivaroxaban: xarelto
rosuvastatin: crestor
sacubitril valsartan: entresto
secukinumab: cosentyx
semaglutide: ozempic, wegovy, rybelsus
tirzepatide: mounjaro, zepbound
sertraline: zoloft, lustral
sildenafil: viagra
tadalafil: cialis
simvastatin: zocor
sitagliptin: januvia
sotrovimab: xevudy
tamsulosin: flomax
tenecteplase: tnkase, metalyse
ticagrelor: brilinta, brilique
tiotropium: spiriva
tixagevimab cilgavimab: evusheld
tocilizumab: actemra, roactemra
tofacitinib: xeljanz
trastuzumab: herceptin
tranexamic acid: cyklokapron
ustekinumab: stelara
valsartan: diovan
varenicline: chantix, champix
venlafaxine: effexor
warfarin: coumadin, marevan
zolpidem: ambien
"""


def rows() -> Iterator[tuple[str, ...]]:
    """Each row: what is in it, then its brands."""
    for line in _ROWS.strip().splitlines():
        generic, _, brands = line.partition(": ")
        yield generic, *brands.split(", ")


def ingredients() -> frozenset[str]:
    """Every word of a nonproprietary name in the table."""
    return frozenset(word for generic, *_ in rows() for word in generic.split())
