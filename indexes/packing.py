"""Texts and vectors as the library's database holds them: smaller than they are."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.types import FloatArray

# Half the bytes of float32. A component is off by at most 1 in 2,048 of itself, a cosine by about .0001.
_STORED = "<f2"
# What medical papers say over and over, the most frequent last: deflate refers to it in the shortest way.
# A part of the format of the library: another text here can't read what was written with this one.
_KNOWN = (
    b" versus placebo standard deviation hazard ratio odds ratio relative risk meta-analysis systematic review"
    b" randomised randomized controlled trial double-blind cohort study case-control cross-sectional survey"
    b" retrospective prospective follow-up mortality survival incidence prevalence diagnosis prognosis adverse"
    b" events bleeding infection cancer tumour tumor diabetes hypertension cardiovascular coronary stroke renal"
    b" pulmonary hepatic pregnancy children adolescents adults older women and men years of age months weeks days"
    b" intervention surgery surgical therapy treated with administration of the dose of mg/kg per day baseline"
    b" significantly higher than in the control group, significantly lower compared with those who had increased"
    b" decreased reduced associated with an increased risk of statistically significant difference between the two"
    b" groups (95% confidence interval [CI] 95% CI, 0. P < 0.001) (P = 0.0 (p<0.05), (n = ), respectively. However,"
    b" Furthermore, In addition, In this study, we investigated whether expression of the protein gene cells mice"
    b" Objective: Background: Methods: Results: Conclusions: Conclusion: We conclude that These results suggest that"
    b" These findings indicate that there was no evidence of patients with patients who were included in the study."
    b" The aim of this study was to determine the effect of the treatment of in patients with and the in the of the "
)


def packed(text: str) -> bytes:
    """`text` deflated (RFC 1951)."""
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS, zdict=_KNOWN)
    return packer.compress(text.encode()) + packer.flush()


def unpacked(content: bytes) -> str:
    """The text that `packed` was given."""
    unpacker = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=_KNOWN)
    return (unpacker.decompress(content) + unpacker.flush()).decode()


def packed_vector(vector: FloatArray) -> bytes:
    """A vector, shape (dim,), as float16, little-endian."""
    return vector.astype(_STORED).tobytes()


def unpacked_vectors(contents: Sequence[bytes], dim: int) -> FloatArray:
    """The vectors that `packed_vector` was given: shape (len(contents), dim)."""
    import numpy as np

    stored = np.frombuffer(b"".join(contents), dtype=_STORED)
    return stored.reshape(len(contents), dim).astype(np.float32)
