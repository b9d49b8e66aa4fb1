"""The passages that a search is restricted to."""

from __future__ import annotations

import faiss
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexes.within import Within


@given(nums=st.sets(st.integers(0, 200)), asked=st.lists(st.integers(0, 260), max_size=30))
def test_mask_list_and_selector_say_the_same(nums, asked):
    within = Within.of(nums)
    selector = within.selector

    assert within.nums.tolist() == sorted(nums)
    assert len(within) == len(nums)
    assert within.among(np.array(asked, dtype=np.int64)).tolist() == [num in nums for num in asked]
    assert [selector.is_member(num) for num in asked] == [num in nums for num in asked]
    assert isinstance(selector, faiss.IDSelector)
