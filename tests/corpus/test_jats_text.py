"""How JATS markup reads. All texts are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from corpus.jats_formulae import formula, tex
from corpus.jats_text import text

MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def words(markup: str, footnoted: bool = False) -> str:
    element = etree.fromstring(f"<p {MML} {XLINK}>{markup}</p>")
    return text(element, footnoted)


def cite(mark: str) -> str:
    return f'<xref ref-type="bibr" rid="B1">{mark}</xref>'


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        (f"It works [{cite('12')}].", "It works."),
        (f"It works [{cite('1')}, {cite('2')}–{cite('5')}], they say", "It works, they say"),
        (f"It works [{cite('1')}-3].", "It works."),
        (f"It works.<sup>{cite('12')},{cite('13')}</sup> Then", "It works. Then"),
        (f"It works<sup>[{cite('12')}]</sup>.", "It works."),
        (f"It works{cite('<sup>12</sup>')}, then", "It works, then"),
        (f"It works {cite('[12]')}.", "It works."),
        (f"It works (e.g., [{cite('14')}], [{cite('15')}]) well", "It works well"),
        (f"It works (see also {cite('Doe et al., 2010')}; {cite('Roe, 2011')}).", "It works."),
        (f"It works (Doe et al. {cite('2010')}; Roe and Moe {cite('2011')}).", "It works."),
        (f"software (SPSS Inc., {cite('12')}) was", "software (SPSS Inc.) was"),
        (f"as Doe et al.{cite('12')}.", "as Doe et al."),
        (f"an answer ({cite('12')}, Section 2)", "an answer (Section 2)"),
    ],
)
def test_marks_of_citations_leave_no_trace(markup: str, read: str) -> None:
    assert words(markup) == read


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        (f"{cite('Doe et al. (2010)')} showed it", "Doe et al. (2010) showed it"),
        (
            "see <xref ref-type='fig'>Figure 2</xref> (<xref ref-type='table'>Table 1</xref>)",
            "see Figure 2 (Table 1)",
        ),
        (f"in Phase II (n = 12; {cite('2010')})", "in Phase II (n = 12; 2010)"),
        ("numbers [12] that are no citation (30)", "numbers [12] that are no citation (30)"),
    ],
)
def test_what_is_said_in_the_sentence_stays(markup: str, read: str) -> None:
    assert words(markup) == read


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("10<sup>9</sup>/L and 10<sup>−3</sup> M", "10⁹/L and 10⁻³ M"),
        ("1.5 × 10<sup>x+1</sup>", "1.5 × 10^x+1"),
        ("kg/m<sup>2</sup>, CO<sub>2</sub>, HbA<sub>1c</sub>", "kg/m², CO2, HbA1c"),
        ("10<sub>3</sub>", "10₃"),
        ("the 1<sup>st</sup> of 37<sup>o</sup>C", "the 1st of 37°C"),
        ("<sup>99m</sup>Tc and <sup>18</sup>F-FDG", "99mTc and 18F-FDG"),
        ("p27<sup>Kip1</sup> Drug<sup>TM</sup> Cl<sup>−</sup> Ca<sup>2+</sup>", "p27Kip1 Drug™ Cl⁻ Ca²⁺"),
        ("mean 12<sup>a</sup>", "mean 12ᵃ"),
        ("a<break/>b<fn><p>note</p></fn> c<!-- comment -->d", "a b cd"),
        ("from <ext-link xlink:href='http://a.example/b'/>.", "from http://a.example/b."),
    ],
)
def test_raised_and_lowered_figures_keep_their_meaning(markup: str, read: str) -> None:
    assert words(markup) == read


def test_a_footnote_letter_in_a_cell_is_no_part_of_its_number() -> None:
    assert words("12.3<sup>a,b</sup>", footnoted=True) == "12.3"
    assert words("12.3<xref ref-type='table-fn'>*</xref>", footnoted=True) == "12.3"
    assert words("10<sup>3</sup> <sup>*</sup>", footnoted=True) == "10³ *"


@given(st.integers(0, 10**6), st.integers(0, 99))
def test_no_power_is_read_as_a_number_of_more_digits(base: int, power: int) -> None:
    read = words(f"{base}<sup>{power}</sup>")

    assert str(base) in read
    assert f"{base}{power}" not in read


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6))
def test_any_run_of_numbered_citations_is_left_out(numbers: list[int]) -> None:
    marks = ", ".join(cite(str(number)) for number in numbers)

    assert words(f"A dose of 5 mg was given [{marks}] daily.") == "A dose of 5 mg was given daily."


@pytest.mark.parametrize(
    ("maths", "read"),
    [
        (
            "<mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:mrow><mml:mn>2</mml:mn></mml:mfrac>",
            "(a + b)/2",
        ),
        (
            "<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup><mml:mo>≥</mml:mo><mml:mn>5</mml:mn>",
            "x² ≥ 5",
        ),
        ("<mml:msub><mml:mi>y</mml:mi><mml:mi>i</mml:mi></mml:msub>", "y_i"),
        ("<mml:msqrt><mml:mi>n</mml:mi></mml:msqrt>", "√(n)"),
        ("<mml:mover><mml:mi>x</mml:mi><mml:mo>¯</mml:mo></mml:mover>", "x\u0304"),
        ("<mml:mo>-</mml:mo><mml:mn>5</mml:mn>", "-5"),
        (
            "<mml:msup><mml:mi>e</mml:mi><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:mrow></mml:msup>",
            "e^(a+b)",
        ),
    ],
)
def test_formulae_are_written_on_one_line(maths: str, read: str) -> None:
    assert formula(etree.fromstring(f"<mml:math {MML}>{maths}</mml:math>")) == read


def test_tex_loses_its_preamble() -> None:
    source = r"\documentclass{minimal}\begin{document}$$\text{n}=\frac{a}{b} \le 5$$\end{document}"

    assert tex(source) == r"n=(a)/(b) \le 5"


def test_of_two_forms_of_a_formula_one_is_read() -> None:
    both = "<alternatives><tex-math>$x$</tex-math><mml:math><mml:mi>x</mml:mi></mml:math></alternatives>"

    assert words(f"that <inline-formula>{both}</inline-formula> is") == "that x is"
