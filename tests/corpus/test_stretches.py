"""Records found by their tags. All bytes are made up."""

import io

import pytest

from corpus.stretches import stretches


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"x<a>1</a>y<a b='c'>2</a >", [b"<a>1</a>", b"<a b='c'>2</a >"]),
        (b"<a>1<a>2</a>", [b"<a>1", b"<a>2</a>"]),
        (b"<a>1</a><a>2", [b"<a>1</a>", b"<a>2"]),
        (b"<b>1</a>", [b"<b>1</a>"]),
        (b"<ab>1</ab></a>", []),
        (b"", []),
    ],
)
def test_a_stretch_ends_at_its_tag_at_the_next_or_at_the_end(content, found):
    assert list(stretches("a|b", 100).of(io.BytesIO(content))) == found


def test_a_tag_that_two_blocks_share_is_found():
    before = b" " * (2**20 - 2)

    assert list(stretches("abc", 100).of(io.BytesIO(before + b"<abc>1</abc>"))) == [b"<abc>1</abc>"]


def test_what_never_closes_is_given_up_and_not_held():
    found = list(stretches("a", 100).of(io.BytesIO(b"<a>" + b" " * (3 * 2**20))))

    assert [len(one) for one in found] == [2**20]
