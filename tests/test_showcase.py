"""What is emitted for the showcase is as short as what an expert wrote, saves as little, and gives the same."""
from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import AliasError

from . import fake_device
from .checks import (
    assert_close,
    check_form,
    check_gradient,
    check_owned,
    finite_difference,
    flatten,
    is_inexact,
    pairing,
    rebuild,
    run_pure,
    same_bits,
)
from .showcase.counts import helper_calls, saves, statements
from .showcase.gallery import CASES, CONTROL_FLOW, LATER, Case
from .showcase.texts import anew

MORE_STATEMENTS = 2
MORE_WITH_CONTROL_FLOW = 3
WIDTH = 100
IDEALS = [*CASES, *(case for case, _ in LATER)]


def each(cases: list[Case]) -> Any:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.ideal)


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A `cupy` to import, on every machine."""
    fake_device.install(monkeypatch)
    yield


def on_backend(case: Case, args: tuple[Any, ...]) -> tuple[Any, ...]:
    return fake_device.to_device(args) if case.backend == "cupy" else args


def frozen(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments; a device array's own memory becomes read-only."""
    for leaf in flatten(args):
        if isinstance(leaf, fake_device.DeviceArray):
            leaf._on_device.flags.writeable = False
    return args


def gradient(case: Case, derivative: Any, k: int) -> Any:
    """A derivative at the input number k, its arguments read-only."""
    args = frozen(on_backend(case, case.fresh(k)))
    if case.backend == "cupy":
        return fake_device.to_host(derivative(*args))
    return run_pure(derivative, *args)


def emitted(case: Case) -> Any:
    """The derivative, and its specialisation for the first input."""
    f = case.primal()
    if case.mode == "grad_grad":
        derivative = adjoint.grad(adjoint.grad(f))
    else:
        derivative = adjoint.grad(f, argnums=case.wrt, backend=case.backend)
    return derivative, derivative.specialize(*case.fresh(0))


# ---- the emitted text

def more_statements(case: Case) -> int:
    """How many statements more than the ideal's are allowed."""
    return MORE_WITH_CONTROL_FLOW if case in CONTROL_FLOW else MORE_STATEMENTS


@each(CASES)
def test_statements(case: Case, device: None) -> None:
    source = emitted(case)[1].source
    assert statements(source) <= statements(case.ideal_text()) + more_statements(case), source


@each(CASES)
def test_helper_calls(case: Case, device: None) -> None:
    source = emitted(case)[1].source
    assert helper_calls(source) == 0, source


COUNTED = {"early_exit_ideal": 1}  # saved counts of trips, where the ideal has a list for each outer trip


@each(CASES)
def test_saves(case: Case, device: None) -> None:
    source = emitted(case)[1].source
    user = case.user_text()
    assert saves(source, user) <= saves(case.ideal_text(), user) + COUNTED.get(case.ideal, 0), source


@each(CASES)
def test_gradients(case: Case, device: None) -> None:
    derivative, special = emitted(case)
    ideal = case.derivative()
    for k in range(len(case.inputs)):
        run = special if case.backend == "cupy" else derivative
        got, want = gradient(case, run, k), gradient(case, ideal, k)
        for one, other in zip(flatten(got), flatten(want)):
            assert np.shape(one) == np.shape(other)
            bound = 1e-12 * max(1e-3, np.max(np.abs(other), initial=0.0))
            assert np.max(np.abs(one - other), initial=0.0) <= bound, f"{one}\n differs from\n{other}"
        args = case.fresh(k)
        bars = [got] if len(case.argnums) == 1 else list(got)
        check_form(bars, [args[n] for n in case.argnums])
        check_owned(got, args)


@each(CASES)
def test_text_stands_alone(case: Case, device: None) -> None:
    """The text runs where nothing but its imports is known."""
    special = emitted(case)[1]
    space: dict[str, Any] = {}
    exec(special.source, space)
    name = re.findall(r"^def (\w+)\(", special.source, re.M)[-1]
    assert_close(gradient(case, space[name], 0), gradient(case, special, 0), 0.0)


# ---- other arguments than the ideals'

PROGRAMS = list({case.program: case for case in CASES}.values())
ONLY_STOPS = {"tol", "dt"}      # the value jumps with a tolerance; lorenz is too steep in its step for differences


def alone(case: Case) -> list[int]:
    """The parameters that hold floats."""
    names = list(inspect.signature(case.primal()).parameters)
    return [k for k, arg in enumerate(case.inputs[0])
            if all(map(is_inexact, flatten(arg))) and names[k] not in ONLY_STOPS]


@pytest.mark.parametrize("case", PROGRAMS, ids=lambda case: case.program)
def test_each_argument_alone(case: Case) -> None:
    """What is saved hangs on what is differentiated: each argument has a text of its own."""
    f = case.primal()
    for number in alone(case):
        derivative = adjoint.value_and_grad(f, number)
        for k in range(len(case.inputs)):
            value, got = run_pure(derivative, *case.fresh(k))
            assert same_bits(value, f(*case.fresh(k)))
            check_form(got, case.fresh(k)[number])
            check_gradient(f, partial(case.fresh, k), number, got)


def test_overlapping_arguments_are_refused_at_the_first_call() -> None:
    """Both fields are written: part of one array for both is no program."""
    case = next(case for case in CASES if case.program == "two_fields")
    p, q, d, n = case.fresh(0)
    both = np.concatenate([p, q])
    for one, other in ((both[:8], both[4:12]), (both[:12], both[:8])):
        with pytest.raises(AliasError):
            adjoint.grad(anew(case), case.argnums)(one, other, d, n)


# ---- the ideals themselves

@each([case for case in IDEALS if case.mode == "grad"])
def test_ideal_gradient(case: Case, device: None) -> None:
    ideal = case.derivative()
    for k in range(len(case.inputs)):
        got, args = gradient(case, ideal, k), case.fresh(k)
        bars = [got] if len(case.argnums) == 1 else list(got)
        check_gradient(case.primal(), partial(case.fresh, k), case.argnums, bars)
        check_form(bars, [args[n] for n in case.argnums])
        check_owned(got, args)


@each([case for case in IDEALS if case.mode == "jvp"])
def test_ideal_tangent(case: Case) -> None:
    rng = np.random.default_rng(1)
    for k in range(len(case.inputs)):
        args = case.fresh(k)
        wrt = [args[n] for n in case.argnums]
        direction = [rng.standard_normal(np.shape(leaf)) for leaf in flatten(wrt)]
        dots = rebuild(wrt, iter(d if d.ndim else float(d) for d in direction))
        value, slope = run_pure(case.derivative(), *args, *dots)
        assert value == case.primal()(*case.fresh(k))
        want = finite_difference(case.primal(), partial(case.fresh, k), case.argnums, direction)
        assert abs(slope - want) <= 1e-6 * max(1.0, abs(want), pairing(direction, direction))


@each([case for case in IDEALS if case.mode == "grad_grad"])
def test_ideal_second_derivative(case: Case) -> None:
    f, step = case.primal(), 1e-4
    for k in range(len(case.inputs)):
        x = case.fresh(k)[0]
        want = (f(x + step) - 2.0 * f(x) + f(x - step)) / step ** 2
        got = run_pure(case.derivative(), *case.fresh(k))
        assert isinstance(got, float)
        assert abs(got - want) <= 1e-6


@each(IDEALS)
def test_ideal_form(case: Case) -> None:
    """An ideal calls no helpers, names the function it is of, and quotes the user's lines as they are."""
    rows, user = case.ideal_text().splitlines(), case.user_text().splitlines()
    assert helper_calls(case.ideal_text()) == 0
    where = re.match(r"# Written by adjoint from showcase/(\w+)\.py:(\d+) \((\w+)\)", rows[0])
    assert where is not None
    assert where[1] == case.program
    assert user[int(where[2]) - 1].startswith(f"def {where[3]}(")
    for number, row in enumerate(rows, 1):
        assert len(row) <= WIDTH, number
        quote = re.search(r"# (\d+) \| (.*)$", row)
        if quote is not None:
            pattern = "    " + re.escape(quote[2]).replace(re.escape("(...)"), r"\(?.*\)?")
            assert re.fullmatch(pattern, user[int(quote[1]) - 1]), (number, row)
