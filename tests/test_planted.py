"""Planted faults: what the tests rely on to catch mistakes of the compiler does catch them."""
from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint import pipeline
from adjoint.emit.versions import VersionError
from adjoint.errors import AdjointError
from adjoint.frontend.abstract import type_of
from adjoint.ir.program import Op, Push, Store
from adjoint.materialise.plan import Options

from .checks import flatten, run_pure
from .fuzz.faults import all_owned, caught_by, everywhere, planted
from .fuzz.oracle import judge
from .test_programs import FOLDER, load, with_defaults

UNSAFE = {
    "A5": "a05_double_buffer", "A6": "a06_shift_add", "A6 copy": "a06_shift_copy", "A7": "a07_mask_store_array",
    "A10": "a10_index_overwritten", "A10 mask": "a10_mask_overwritten", "A11": "a11_tape_of_view",
    "A20": "a20_view_after_write"}

# For each planted fault a program whose verdict it changes.
CATCHES = {
    "everything by reference": "a06_shift_add", "no copy on entry": "w02_parameter_written",
    "added before zeroed": "a06_shift_copy", "first in, first out": "q03_stencil",
    "in place on what is borrowed": "r02_negative_axes"}


@pytest.mark.parametrize("plan", [Options(), Options(cut=False, undo=False, chain=False)], ids=["all", "leaves"])
@pytest.mark.parametrize("name", UNSAFE.values(), ids=UNSAFE)
def test_the_checker_sees_what_is_saved_by_reference(name: str, plan: Options) -> None:
    module = load(name)
    unsafe = dataclasses.replace(plan, unsafe_reference=True)
    adjoint.derivative(module.f, "grad", module.ARGNUMS, plan=plan).specialize(*module.inputs()[0])
    with pytest.raises(VersionError):
        adjoint.derivative(module.f, "grad", module.ARGNUMS, plan=unsafe).specialize(*module.inputs()[0])


# ---- a sabotaged pass

def carried(x, n):
    for _ in range(n):
        x = x + np.sin(x)
    return x


def outcome(f: Any, argnums: Any, args: tuple[Any, ...], mode: str = "grad", extra: tuple[Any, ...] = ()) -> Any:
    """The leaves of a derivative that is compiled anew; None where compiling or running it raises."""
    made = adjoint.derivative(f, mode, argnums).__adjoint__
    try:
        special = made.compile(args, tuple(map(type_of, args, made.names)))
        return flatten(run_pure(special.function, *args, *extra))
    except (AdjointError, ArithmeticError, LookupError, TypeError, ValueError, AssertionError):
        return None


def of_program(name: str) -> Any:
    module = load(name)
    return outcome(module.f, module.ARGNUMS, with_defaults(module.f, module.inputs()[0]))


def is_caught(wrong: Any, right: Any) -> bool:
    assert right is not None
    return wrong is None or not all(np.allclose(a, b, rtol=1e-8) for a, b in zip(wrong, right) if b is not None)


def without_pushes(ops: list[Op]) -> list[Op]:
    return [op for op in ops if not isinstance(op, Push)]


def with_stores_swapped(ops: list[Op]) -> list[Op]:
    """The last two writes to each storage change places; their versions stay in order."""
    places: dict[object, list[int]] = defaultdict(list)
    for k, op in enumerate(ops):
        if isinstance(op, Store):
            places[op.handle.storage].append(k)
    pairs = {found[-1]: found[-2] for found in places.values() if len(found) > 1}
    made: list[Op] = []
    for k, op in enumerate(ops):
        if k in pairs:
            first, second = ops[pairs[k]], op
            assert isinstance(first, Store) and isinstance(second, Store)
            made += [dataclasses.replace(second, before=first.before, outs=first.outs),
                     dataclasses.replace(first, before=first.outs[0], outs=second.outs)]
        elif k not in pairs.values():
            made.append(op)
    return made


def plant(monkeypatch: pytest.MonkeyPatch, change: Callable[[list[Op]], list[Op]]) -> None:
    right = pipeline.materialise
    monkeypatch.setattr(pipeline, "materialise", lambda program, plan: everywhere(right(program, plan), change))


@pytest.mark.parametrize("name", ["l01_range_forms", "l13_break_first", "q03_stencil", "z10_loop_in_an_arm"])
def test_a_push_that_is_missing_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = of_program(name)
    plant(monkeypatch, without_pushes)
    assert is_caught(of_program(name), right)


@pytest.mark.parametrize("name", ["a04_swap_rows", "a06_shift_add", "w01_local_slices", "w08_store_of_itself"])
def test_writes_in_another_order_are_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = of_program(name)
    plant(monkeypatch, with_stores_swapped)
    assert is_caught(of_program(name), right)


@pytest.mark.parametrize("fault", CATCHES)
def test_the_fuzzer_notices(fault: str) -> None:
    """`make fuzz-faults` finds programs for each by itself."""
    text = (FOLDER / f"{CATCHES[fault]}.py").read_text()
    assert judge(text, ()).kind == "right"
    with planted(fault):
        assert judge(text, (), False).kind == "failed"


def test_a_program_is_found_for_a_fault() -> None:
    assert caught_by("first in, first out", 0, 50) is not None


def test_an_update_in_place_of_what_is_borrowed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.linspace(0.1, 1.0, 4)
    right = outcome(carried, 0, (x, 3), "vjp", (np.ones(4),))
    small = of_program("r02_negative_axes")
    monkeypatch.setattr(pipeline, "owned_values", all_owned)
    assert is_caught(outcome(carried, 0, (x, 3), "vjp", (np.ones(4),)), right)
    assert is_caught(of_program("r02_negative_axes"), small)
