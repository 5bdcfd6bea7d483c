"""Two hundred random programs, and some of several axes; the fuzzer itself."""
from __future__ import annotations

import random

import pytest

from .fuzz import rows
from .fuzz.oracle import PLANS, judge
from .fuzz.program import generate
from .fuzz.shrink import shrink

SEED, CHUNK = 20, 10
FEW = 2

WRONG = """
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1)
    return [(rng.normal(size=4), 0.7, 2), (rng.normal(size=5), 0.3, 0)]


def f(x, a, n):
    y = x * a
    for _ in range(n):
        y = y + np.sin(y)
        x[1] = BAD(y[0])
    return np.sum(y) + x[1]
"""


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_random_programs(first: int) -> None:
    """Each program under two of the plans, which change from program to program."""
    kinds = []
    for number in range(first, first + CHUNK):
        plans = random.Random(number).sample(list(PLANS), FEW)
        verdict = judge(generate(SEED, number), plans, anew=number % 5 == 0)
        assert verdict.kind != "failed", f"{number}: {verdict.check}\n{verdict.detail}\n{generate(SEED, number)}"
        kinds.append(verdict.kind)
    assert kinds.count("right") >= CHUNK // 3, kinds


@pytest.mark.parametrize("number", range(12))
def test_random_programs_of_several_axes(number: int) -> None:
    text = rows.generate(SEED, number)
    verdict = judge(text, random.Random(number).sample(list(PLANS), FEW), anew=False, twice=number % 4 == 0)
    assert verdict.kind != "failed", f"{verdict.check}\n{verdict.detail}\n{text}"


def test_programs_are_the_same_each_time() -> None:
    assert generate(3, 7) == generate(3, 7)
    assert rows.generate(3, 7) == rows.generate(3, 7)
    assert len({generate(3, number) for number in range(20)}) == 20


def test_what_fails_becomes_small() -> None:
    """Of a program that calls BAD, nothing else is left but what a program must have."""
    small = shrink(WRONG, lambda text: "BAD(" in text and "return" in text)
    assert small.count("\n") <= 14, small
    assert "np.sin" not in small and "for" not in small.split("def f")[1]


@pytest.mark.parametrize(("line", "check"), [
    ("return np.sum(x) * a", ""), ("return float(np.sum(x).tobytes()[0]) * a", "refused"), ("return x[9]", "skipped")])
def test_verdicts(line: str, check: str) -> None:
    verdict = judge(WRONG.split("    y = ")[0] + "    " + line + "\n", ("base",))
    assert verdict.kind == (check or "right"), verdict
