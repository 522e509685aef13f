"""Three-valued conditions: what is not known opens a result and never closes it."""

from __future__ import annotations

from itertools import product

from eligibility.conditions import all_of, any_of

VALUES = (True, False, None)


def test_without_unknowns_they_are_plain_and_and_or() -> None:
    for left, right in product((True, False), repeat=2):
        assert all_of(left, right) is (left and right)
        assert any_of(left, right) is (left or right)


def test_a_known_result_holds_whatever_the_unknown_turns_out_to_be() -> None:
    for joined, left, right in product((all_of, any_of), VALUES, VALUES):
        result = joined(left, right)
        if result is None:
            continue
        for a, b in product(VALUES[:2], repeat=2):
            known_left, known_right = (a if left is None else left), (b if right is None else right)
            assert joined(known_left, known_right) is result
