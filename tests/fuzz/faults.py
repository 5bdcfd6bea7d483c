"""Planted faults: a compiler that is wrong in one way, which the fuzzer must notice.

    python -m tests.fuzz.faults [--count N] [--seed SEED]
"""
from __future__ import annotations

import argparse
import dataclasses
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from adjoint import api, pipeline
from adjoint.ir.program import ADD_TO, SET, Block, Const, Function, If, Load, Loop, Op, Store, Value
from adjoint.ir.traverse import walk
from adjoint.materialise.plan import Options

from .oracle import judge
from .program import generate

Change = Callable[[list[Op]], list[Op]]


def everywhere(function: Function, change: Change) -> Function:
    """The program with `change` applied to the operations of each of its blocks."""
    def inside(block: Block) -> Block:
        ops: list[Op] = []
        for op in block.ops:
            if isinstance(op, If):
                op = dataclasses.replace(op, then=inside(op.then), orelse=inside(op.orelse))
            elif isinstance(op, Loop):
                op = dataclasses.replace(op, body=inside(op.body))
            ops.append(op)
        return dataclasses.replace(block, ops=tuple(change(ops)))

    return dataclasses.replace(function, block=inside(function.block))


def all_owned(function: Function, facts: object, survives: object) -> dict[Value, set[Value]]:
    """A wrong answer to which arrays may be updated in place: all of them."""
    values = {value for op in walk(function.block) for value in op.outs} | set(function.params)
    values |= {carry.param for op in walk(function.block) if isinstance(op, Loop) for carry in op.carries}
    return dict.fromkeys(values, values)


def zeroed_late(ops: list[Op]) -> list[Op]:
    """Where a part of an adjoint is set to zero and then added to: the other way round."""
    made, k = list(ops), 0
    while k < len(made):
        zero = made[k]
        if isinstance(zero, Store) and zero.how == SET and zero.value == Const(0.0):
            late = next((n for n in range(k + 1, len(made)) if isinstance(made[n], Store)
                         and made[n].before is zero.outs[0]), None)  # type: ignore[attr-defined]
            if late is not None and made[late].how == ADD_TO:  # type: ignore[attr-defined]
                made = swapped(made, k, late)
                k = late
        k += 1
    return made


def swapped(ops: list[Op], early: int, late: int) -> list[Op]:
    first, second = ops[early], ops[late]
    assert isinstance(first, Store) and isinstance(second, Store)
    between = [dataclasses.replace(op, version=first.before) if isinstance(op, Load) and op.version is first.outs[0]
               else op for op in ops[early + 1:late]]
    return [*ops[:early], *between, dataclasses.replace(second, before=first.before, outs=first.outs),
            dataclasses.replace(first, before=first.outs[0], outs=second.outs), *ops[late + 1:]]


# ---- how each is planted

def in_text(pattern: str, by: str) -> Any:
    """The emitted text with something replaced."""
    right = pipeline.emit

    def emit(*args: Any, **kwargs: Any) -> Any:
        made = right(*args, **kwargs)
        return dataclasses.replace(made, text=re.sub(pattern, by, made.text, flags=re.MULTILINE))
    return mock.patch.object(pipeline, "emit", emit)


def late_zeros() -> Any:
    right = pipeline.reverse
    return mock.patch.object(pipeline, "reverse", lambda *args: everywhere(right(*args), zeroed_late))


FAULTS: dict[str, Callable[[], Any]] = {
    "everything by reference": lambda: mock.patch.object(api, "Options", lambda: Options(unsafe_reference=True)),
    "no copy on entry": lambda: in_text(r"^    (\w+) = \1\.copy\(.*\)$", "    pass"),
    "added before zeroed": late_zeros,
    "first in, first out": lambda: in_text(r"\.pop\(\)", ".pop(0)"),
    "in place on what is borrowed": lambda: mock.patch.object(pipeline, "owned_values", all_owned),
}


@contextmanager
def planted(name: str) -> Iterator[None]:
    """The compiler with a fault."""
    with FAULTS[name]():
        yield


def caught_by(name: str, seed: int, count: int) -> tuple[int, str] | None:
    """The first program that a fault breaks, and how; None where none of `count` programs does."""
    for number in range(count):
        text = generate(seed, number)
        with planted(name):
            verdict = judge(text, (), False)
        if verdict.kind == "failed" and judge(text, (), False).kind == "right":
            return number, verdict.check
    return None


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.fuzz.faults", description="Plants faults in the compiler.")
    words.add_argument("--count", type=int, default=2000)
    words.add_argument("--seed", type=int, default=0)
    given = words.parse_args()
    missed = 0
    for name in FAULTS:
        found = caught_by(name, given.seed, given.count)
        missed += found is None
        told = f"not caught by {given.count} programs" if found is None else f"caught by program {found[0]}: {found[1]}"
        print(f"{name}: {told}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
