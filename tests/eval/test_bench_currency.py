"""Every paper in here is made up."""

from corpus.currency import status_of
from eval.bench_currency import Notice, flagged
from rag.types import Link, LinkKind, Status


def test_a_paper_is_due_what_its_gravest_notice_says():
    said = [("a", LinkKind.RETRACTS), ("a", LinkKind.CORRECTS), ("b", LinkKind.RAISES_CONCERN)]
    said += [("c", LinkKind.RETRACTS), ("c", LinkKind.REINSTATES)]
    notices = [Notice(f"doi:{key}", Link(kind, f"doi:{key.upper()}")) for key, kind in said]

    assert flagged(notices, status_of) == {
        Status.RETRACTED: (1, 1),
        Status.CONCERN: (1, 1),
        Status.CURRENT: (1, 1),
    }
    assert flagged(notices, lambda document, links: Status.CURRENT)[Status.RETRACTED] == (1, 0)
