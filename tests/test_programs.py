"""Every file in `programs/`: its gradient is right under every plan, or it is refused as its first line says."""
from __future__ import annotations

import dataclasses
import importlib
import inspect
import linecache
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import AliasError, LaterError, UnsupportedError
from adjoint.materialise.plan import BASE, Options

from .checks import (
    assert_close,
    check_form,
    check_gradient,
    check_owned,
    differentiated,
    flatten,
    pairing,
    run_pure,
    same_bits,
    tangent_of,
)

FOLDER = Path(__file__).parent / "programs"
PLANS = {
    "base": (BASE, True),
    "reference": (dataclasses.replace(BASE, reference=True), True),
    "cut": (dataclasses.replace(BASE, cut=True), True),
    "undo": (dataclasses.replace(BASE, undo=True), True),
    "chain": (dataclasses.replace(BASE, chain=True), True),
    "entry": (dataclasses.replace(BASE, entry=True), True),
    "last trip": (dataclasses.replace(BASE, last_trip=True), True),
    "together": (dataclasses.replace(BASE, together=True), True),
    "all": (Options(), True),
    "fresh": (Options(), False),
}


def expectation(path: Path) -> tuple[str, str]:
    """("gradient", ""), ("refuse", word) or ("later", feature), from a file's first line."""
    first = path.read_text().split("\n", 1)[0]
    if not first.startswith("# expect: "):
        return "", ""
    kind, _, word = first.removeprefix("# expect: ").partition(", ")
    return kind, word


EXPECTED = {path.stem: expectation(path) for path in sorted(FOLDER.glob("*.py"))}
GRADIENTS = [name for name, (kind, _) in EXPECTED.items() if kind == "gradient"]
REFUSED = [name for name, (kind, _) in EXPECTED.items() if kind in ("refuse", "later")]


def load(name: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.programs.{name}")


def cases(module: ModuleType) -> list[Any]:
    """A maker of arguments for each input: functions may write to what they get."""
    return [partial(lambda k: module.inputs()[k], k) for k in range(len(module.inputs()))]


def tolerance_for(args: tuple[Any, ...], argnums: Any) -> float:
    single = any(np.asarray(leaf).dtype.itemsize in (4,) for leaf in differentiated(args, argnums))
    return 1e-3 if single else 1e-6


def test_every_file_says_what_it_expects() -> None:
    silent = [name for name, (kind, word) in EXPECTED.items()
              if kind not in ("gradient", "refuse", "later") or (kind != "gradient" and not word)]
    assert silent == ["__init__", "helpers_module"]


@pytest.mark.parametrize("name", GRADIENTS)
def test_value_is_the_primals_to_the_bit(name: str) -> None:
    module = load(name)
    for fresh in cases(module):
        value, _ = run_pure(adjoint.value_and_grad(module.f, module.ARGNUMS), *fresh())
        assert same_bits(value, module.f(*fresh()))


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradient(name: str) -> None:
    module = load(name)
    for fresh in cases(module):
        args = fresh()
        gradient = run_pure(adjoint.grad(module.f, module.ARGNUMS), *args)
        nums = module.ARGNUMS if isinstance(module.ARGNUMS, tuple) else (module.ARGNUMS,)
        parts = gradient if isinstance(module.ARGNUMS, tuple) else (gradient,)
        assert len(parts) == len(nums)
        for part, k in zip(parts, nums):
            check_form(part, args[k])
        check_owned(gradient, args)
        check_gradient(module.f, fresh, module.ARGNUMS, gradient, tolerance_for(args, module.ARGNUMS))


@pytest.mark.parametrize("name", GRADIENTS)
def test_plans_agree(name: str) -> None:
    module = load(name)
    plans = {plan: adjoint.derivative(module.f, "value_and_grad", module.ARGNUMS, plan=options, in_place=in_place)
             for plan, (options, in_place) in PLANS.items()}
    for fresh in cases(module):
        gradient = run_pure(adjoint.grad(module.f, module.ARGNUMS), *fresh())
        texts = {other.specialize(*fresh()).source: plan for plan, other in plans.items()}
        for plan in texts.values():     # those that write one text give one gradient
            args = fresh()
            value, again = run_pure(plans[plan], *args)
            assert same_bits(value, module.f(*fresh())), plan
            check_owned(again, args)
            tight = tolerance_for(args, module.ARGNUMS) == 1e-6
            assert_close(again, gradient, 1e-12 if tight else 1e-4)


def with_defaults(f: Any, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments with f's defaults: tangents follow the last of them."""
    bound = inspect.signature(f).bind(*args)
    bound.apply_defaults()
    return tuple(bound.arguments.values())


@pytest.mark.parametrize("name", GRADIENTS)
def test_jvp_pairs_with_the_gradient(name: str) -> None:
    module = load(name)
    nums = module.ARGNUMS if isinstance(module.ARGNUMS, tuple) else (module.ARGNUMS,)
    for fresh in cases(module):
        args = with_defaults(module.f, fresh())
        tangents = [tangent_of(args[k], np.random.default_rng(k)) for k in nums]
        value, slope = run_pure(adjoint.derivative(module.f, "jvp", nums), *args, *tangents)
        assert same_bits(value, module.f(*fresh()))
        gradient = flatten(run_pure(adjoint.grad(module.f, nums), *fresh()))
        parts = [(g, d) for g, d in zip(gradient, flatten(tangents)) if g is not None]
        wanted = pairing([g for g, _ in parts], [np.asarray(d) for _, d in parts])
        size = 1.0 + abs(wanted) + sum(float(np.sum(np.abs(np.asarray(g) * d))) for g, d in parts)
        tight = tolerance_for(args, nums) == 1e-6
        assert abs(slope - wanted) <= (1e-11 if tight else 1e-4) * size, f"{slope} for {wanted}"


@pytest.mark.parametrize("name", GRADIENTS)
def test_text_is_the_same_when_compiled_again(name: str) -> None:
    module = load(name)

    def texts() -> list[str]:
        function = adjoint.grad(module.f, module.ARGNUMS)
        return [function.specialize(*args).source for args in module.inputs()]
    first = texts()
    old = module.f
    importlib.reload(module)
    assert module.f is not old
    assert texts() == first


@pytest.mark.parametrize("name", REFUSED)
def test_refusal(name: str) -> None:
    module = load(name)
    kind, word = EXPECTED[name]
    with pytest.raises(UnsupportedError) as caught:
        adjoint.grad(module.f, module.ARGNUMS)(*module.inputs()[0])
    error = caught.value
    assert isinstance(error, LaterError) == (kind == "later"), f"{type(error).__name__}: {error}"
    assert word in str(error), str(error)
    assert error.filename is not None
    assert Path(error.filename).name == f"{name}.py"
    assert error.lineno and error.offset
    line = linecache.getline(error.filename, error.lineno)
    assert line.strip() and error.offset <= len(line)
    assert "# caret" in line, f"the caret is under line {error.lineno}: {line}"


@pytest.mark.parametrize("name", ["a21_two_arguments"])
def test_overlapping_arguments_are_refused(name: str) -> None:
    module = load(name)
    x = np.arange(1.0, 5.0)
    for one, other in ((x[1:], x[:-1]), (x[:2], x[1:])):
        with pytest.raises(AliasError):
            adjoint.grad(module.f, module.ARGNUMS)(one, other)
