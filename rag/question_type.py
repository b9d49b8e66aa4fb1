"""What type of question is asked, by its words, as a table in the order in which they decide."""

from __future__ import annotations

import re

from rag.types import QuestionType

_T = QuestionType
_OUTCOME = r"outcomes?|mortality|surviv\w*|recurren\w*|prognos\w*|death|length of stay|lesions? in .+ disease"
_MODALITY = r"ultraso\w*|tomograph\w*|\bct\b(?! values?)|\bmri\b|mr imaging|\bpet\b|scintigraph\w*|radiograph\w*|x-?rays?|echocardiogra\w*|esophagram|biops\w*|laparoscopy|endoscop\w*|imaging"

_EVERY_SIDE = r"^what is the (?:process|course|natural history|picture)\b|^(?:tell me about|overview of|explain)\b|^how does .+ (?:develop|resolve)\b"

# First match wins. The words are those in which clinicians, researchers and patients ask; they were chosen on
# one half of the labelled questions and tested on the other (tests/rag/test_question_labels.py).
_TYPES: tuple[tuple[QuestionType, str], ...] = (
    (
        _T.OVERVIEW,
        _EVERY_SIDE,
    ),
    (
        _T.OVERVIEW,
        r"^describe (?!.*\b(?:mechanism|symptom|sign|feature|treatment|management|therap|role|function|pathway)\w*)",
    ),
    (
        _T.GUIDELINE,
        (
            r"\bguidelines?\b|\brecommend|\bedition\b|\buspstf\b|\bwho (?:advise|recommend|suggest)|\bgrade [abcd]\b|\bsuggested for\b"
            r"|\bstandards? of care\b|\b(?:been|is|are|was|were) (?:ever )?(?:approved|licen[sc]ed|authori[sz]ed)\b|\bapproved for\b"
        ),
    ),
    (
        _T.FREQUENCY,
        (
            r"\bhow (?:common|often|frequent|rare)\b|\bhow many (?:people|patients|children|women|men|cases)\b|\bincidence\b|\bprevalen|\bepidemiolog"
            r"|\bdo .+ recur\b|\b(?:are|were) .+ (?:aware|informed)\b|\bdo (?!you\b|i\b|we\b).+ (?:know|follow|think|believe|prefer)\b|\b(?:attitudes?|awareness|perceptions?) (?:of|towards?|among)\b|\breflect .+ practice\b|\bwhat (?:percentage|proportion|share)\b"
        ),
    ),
    (_T.MECHANISM, r"\bmechanisms? of\b|\bpathophysiolog|\bpathogenesis\b|\bwhy do(?:es)?\b"),
    (
        _T.HARM,
        (
            r"\bharm|\bsafe(?:ty)?\b|\bside effects?\b|\badverse\b|\brisks? (?:of|from)\b|\brisk factors?\b|\b(?:increas|rais|elevat|higher|lower)\w*\b.{0,60}\brisks?\b|\bat (?:\w+ )?risk (?:for|of)\b"
            r"|\bbleeding\b.*\b(?:raise|increase)|\b(?:raise|increase).*\bbleeding\b|\bgo wrong\b|\btoxic|\bdangerous\b|\bcomplications? of\b|\bcarcinogen"
            r"|\b(?:take|have|mix|use) (?:both|them together)\b|\bwhich one .+ first\b|\bmak(?:e|ing) (?:me|him|her|you|us)\b"
            r"|\bcaus(?:e|es|ing)\b(?! of).*\b(?:deficien\w+|deaths?|damage|injur\w+|bleeding|failure|disease)\b|\bdeaths? (?:from|linked|due)\b|\blinked (?:to|with)\b"
            r"|\b(?:can|may|could|should) (?:a|the|my|i|we|you|someone|patients?)\b.{0,60}\btake\b(?!.*\bto (?:prevent|treat|avoid)\b)"
            r"|\bskip .*\b(?:tablet|dose|pill)s?\b|\b(?:induce|provoke|trigger)s?\b.*\b(?:elevation|attack|injury|arrhythmia|bleeding|pain)\b"
        ),
    ),
    (
        _T.THERAPY,
        (
            r"^(?!(?:how|why)\b)(?!.*\b(?:detect|diagnos|accura|depict|imag|predict|gene|protein|cell|molecul)\w*)"
            r".*(?:\b(?:do|does|can|could|will|would|is|are|should|did)\b.*\b(?:improve|reduce|prevent|shorten|lower)\w*\b"
            r"|\beffective (?:for|in|as)\b|\bfor treating\b|\b(?:initiat|start|stopp?)ing (?:\w+ )?(?:treatment|therapy)\b)"
        ),
    ),
    (
        _T.PROGNOSIS,
        (
            rf"\bprogno|\bpredict(?:s|ive|or)?\b.*\b(?:outcomes?|recovery|survival|mortality|necrosis|recurrence|failure|success|length|episodes?)\b|\bwhat predicts\b"
            rf"|\boutcome after\b|\bhow long\b(?! (?:should|must|to|can)\b)|\bsurviv|\blife expectancy\b|\bnatural course\b|\bwhen do(?:es)? .+ (?:appear|begin|occur|develop|transform|progress)\b|\bwhat is the mortality\b"
            rf"|\bwill .+ (?:recover|go away|get better|heal)\b|\bgo away\b|\b(?:associat\w+|relat\w+|difference)\b.*\b(?:{_OUTCOME})\b"
        ),
    ),
    (
        _T.HARM,
        r"\bassociated with\b|\bassociation (?:between|of|with)\b|\bcontribut\w+ to\b|\bchances? of (?:getting|developing|having)\b|\b(?:who|that) (?:smoked?|drank|drink|were exposed)\b|\b(?:risk|impact|influence|effect) (?:on|of) .+ (?:children|rupture|birth|delivery)\b",
    ),
    (
        _T.DIAGNOSIS,
        (
            rf"\bdiagnos|\blook like\b|\bpresent(?:ation|s)?\b|\bsymptoms?\b|\bsigns?\b|\bmri\b|\bsensitiv(?:e|ity)\b|\baccura|\breliab|\bspecific(?:ity)?\b|\btest(?:s|ing)?\b|\bfeatures of\b"
            rf"|\bdetect|\bdistinguish|\bdifferentiat|\bidentif(?:y|ies|ied|ying) (?:\w+ ){{0,2}}(?:with|patients|children|cases|cancers?)\b|\bidentify\b|\brecogni[sz]e\b|\bstaging\b|\bscreening\b"
            rf"|\bpredict(?:ion|or|s)?\b|\bcorrespond\b|\bagree(?:ment)?\b|\bscores?\b|\bcharacteristic (?:of|to)\b|\bcriteria\b|\b(?:bio)?markers?\b|\bis this normal\b"
            rf"|\b(?:{_MODALITY})\b(?!-guided)|\btriage\b"
        ),
    ),
    (
        _T.MECHANISM,
        (
            r"\bmechanism|\bwhy (?:does|do|is|are|should)\b|\bhow do(?:es)? .+ (?:work|act|clear|cause|damage)\b|\bcauses?\b|\bfunctions? of\b|\btargets?\b|\bknock-?(?:out|down)\b|\bin vitro\b|\bcatalytic\b|\bapopto\w+|\bautophag\w+|\bsignall?ing\b|\bphosphorylat\w+|\bencod\w+|\bnucleosom\w+|\b\w*methyl\w*-?cytosine|\b(?:combined )?effects? of .+ (?:deletion|depletion|loss)\b|\brole of\b"
            r"|\b(?:co-?)?express(?:ed|ion)\b|\b(?:gene|genes|genetic\w*|genom\w+|\w*deletions?|mutations?|mutated|(?<!reactive )protein|proteins|receptors?|kinases?|enzymes?|molecular(?![- ]weight)|cellular|chromatin|chromosom\w+|transcript\w*|rnas?|mi(?:cro)?rnas?|dna|mitochondria\w*|pathways?|histone\w*|methylation|topoisomerase\w*|ligands?|cells?)\b(?! (?:therapy|transplant\w*|carcinoma|cancer|lung|count|lymphoma))"
            r"|\b(?:mir|il|tnf)-?\w+\b.*\beffect|\bcomponents? of\b|\b(?:inhibit|activat|bind|regulat|antagoni|agonis)\w*\b|\banti-\w+ (?:antibod|agent)|\bhow (?:can|are|is) .+ (?:improve|created|formed|produced)\b"
        ),
    ),
    (
        _T.OVERVIEW,
        (
            r"^what (?:is|are|was|were) (?!.*\b(?:of|for|in|with|on|after|to|or|best|better|treat\w*|therap\w*|manag\w*|dose|risks?|evidence|benefits?|effects?)\b)(?:an? |the )?(?:[\w'’/–-]+ ?){1,4}\??$"
            r"|^what (?:is|are) the (?:meaning|purpose|aim|definition|concept|basis) of\b"
            r"|\b(?:another|other) (?:name|term)s? (?:for|of)\b|\bwhat is known (?:about|of)\b|\b(?:trade|brand|generic) names?\b|\bstand for\b|\badvancements?\b"
            r"|\bwhat does .+ (?:algorithm|method|tool|program\w*) do\b|\bwhich (?:tools?|algorithms?|software|databases?|compan\w+)\b|\b(?:included|contained) in the\b.*\bpill\b"
        ),
    ),
)


def type_of(question: str) -> QuestionType:
    """The type of a question; where no word tells, it is taken for one of therapy, the commonest."""
    lowered = question.lower()
    return next((kind for kind, cues in _TYPES if re.search(cues, lowered)), _T.THERAPY)


def asks_for_every_side(question: str) -> bool:
    """Whether a question asks for the whole picture of its subject."""
    return re.search(_EVERY_SIDE, question.lower()) is not None
