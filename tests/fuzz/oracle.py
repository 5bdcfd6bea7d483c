"""Judges a program: is its derivative right in every way that can be seen from outside?"""
from __future__ import annotations

import copy
import dataclasses
import linecache
import re
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

import adjoint
from adjoint.dispatch import derivative as dispatch
from adjoint.errors import UnsupportedError
from adjoint.frontend import source
from adjoint.materialise.plan import BASE, Options

from ..checks import (
    assert_close,
    check_form,
    check_owned,
    differentiated,
    flatten,
    is_inexact,
    moved,
    pairing,
    run_pure,
    same_bits,
    tangent_of,
    trip_limit,
)
from .program import Module, load

UPGRADES = ("reference", "cut", "undo", "chain", "entry", "last_trip", "late_sums")
PLANS = {"base": (BASE, True), "fresh": (Options(), False), "base fresh": (BASE, False), **{
    name: (dataclasses.replace(BASE, **{name: True}), True) for name in UPGRADES}}
STEPS = (6e-4, 2e-4)
COARSE = 1e-6  # a step at which rounding shows, where large numbers cancel
STENCIL = ((-2, 1.0 / 12.0), (-1, -8.0 / 12.0), (1, 8.0 / 12.0), (2, -1.0 / 12.0))
DIRECTIONS = 3
TRIPS = 20_000
SECONDS = 60
LARGEST, STEEPEST = 1e3, 1e5
AGREE, TOLERANCE, CLOSE = 1e-7, 2e-6, 1e-9
ROUNDING = 1e-13


@dataclasses.dataclass(frozen=True)
class Verdict:
    """`kind`: right, refused, skipped (no input of the program is well-defined) or failed.

    `check`: which check failed, and how; two failures of one check are the same to the shrinker.
    """

    kind: str
    check: str = ""
    detail: str = ""


class Wrong(Exception):
    """A check failed."""

    def __init__(self, check: str, detail: str) -> None:
        super().__init__(check, detail)
        self.verdict = Verdict("failed", check, detail)


class Skip(Exception):
    """Nothing can be said about the program at this input."""


# ---- the primal alone

def value_of(f: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """f's value.  Raises Skip where f raises, warns, or leaves the numbers that are of order one."""
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"), trip_limit(TRIPS, "<fuzz"):
            value = f(*copy.deepcopy(args))
    except Exception as error:
        raise Skip(f"the primal raises {type(error).__name__}: {error}") from None
    if not isinstance(value, float):
        raise Skip("the value is no float")
    if not np.isfinite(value) or abs(value) > LARGEST:
        raise Skip("the value is large")
    return value


def slope(f: Callable[..., Any], args: tuple[Any, ...], argnums: tuple[int, ...], direction: list[np.ndarray],
          step: float) -> float:
    """f's difference quotient along a direction of the differentiated leaves."""
    total = 0.0
    for factor, weight in STENCIL:
        other, start = list(copy.deepcopy(args)), 0
        for k in argnums:
            count = sum(map(is_inexact, flatten(args[k])))
            other[k] = moved(other[k], direction[start:start + count], factor * step)
            start += count
        total += weight * float(value_of(f, tuple(other))) / step
    return total


def check_slopes(f: Callable[..., Any], args: tuple[Any, ...], argnums: tuple[int, ...], gradient: Any) -> None:
    """The gradient agrees with difference quotients.  Raises Skip where these disagree: a tie or a jump is near."""
    rng, leaves = np.random.default_rng(0), differentiated(args, argnums)
    given = [leaf for leaf in flatten(gradient) if leaf is not None]
    for _ in range(DIRECTIONS):
        direction = [rng.normal(size=np.shape(leaf)) for leaf in leaves]
        wide, narrow = (slope(f, args, argnums, direction, step) for step in STEPS)
        narrowest = slope(f, args, argnums, direction, COARSE)
        if not abs(narrowest - narrow) <= 1e-5 * (1.0 + abs(narrow)):
            raise Skip("the value is too coarse for differences: something large was subtracted")
        size = 1.0 + abs(narrow) + pairing([np.abs(g) for g in given], [np.abs(d) for d in direction])
        if not abs(wide - narrow) <= AGREE * (1.0 + abs(narrow)) or abs(narrow) > STEEPEST:
            raise Skip("the difference quotients disagree")
        found = pairing(given, direction)
        if not abs(found - narrow) <= TOLERANCE * size:
            raise Wrong("gradient", f"{found} along a direction, the difference quotients are {wide}, {narrow}")


def check_rounding(made: Callable[..., Any], args: tuple[Any, ...], argnums: tuple[int, ...], gradient: Any) -> None:
    """Raises Skip where rounding changes the gradient by more than two right ways to compute it may differ."""
    rng, near = np.random.default_rng(0), list(copy.deepcopy(args))
    for k in argnums:
        leaves = [leaf for leaf in flatten(args[k]) if is_inexact(leaf)]
        near[k] = moved(near[k], [rng.normal(size=np.shape(leaf)) for leaf in leaves], ROUNDING)
    pairs = zip(flatten(gradient), flatten(run_pure(made, *near)[1]))
    for one, other in [(np.asarray(a), np.asarray(b)) for a, b in pairs if a is not None]:
        if not np.all(np.abs(one - other) <= CLOSE * (1.0 + np.abs(one))):
            raise Skip("rounding shows in the gradient: something large cancels in it")


# ---- the derivative

def guarded(check: str, call: Callable[[], Any]) -> Any:
    """What a call gives; any error but a refusal is a failure of the check."""
    try:
        with np.errstate(all="ignore"):
            return call()
    except (UnsupportedError, Wrong, Skip):
        raise
    except Exception as error:
        if isinstance(error, RuntimeError) and "ran: no derivative" in str(error):     # a handler, refused when it runs
            raise UnsupportedError("a handler that runs after a part of its `try`", None, "") from error
        last = "".join(traceback.format_exception(error)[-6:])
        raise Wrong(f"{check}: {type(error).__name__}", f"{error}\n{last}") from None


def check_input(module: Module, args: tuple[Any, ...], plans: Iterable[str], twice: bool = False) -> None:
    """Everything about one input, the cheap checks first."""
    f, nums = module.f, module.ARGNUMS
    value = value_of(f, args)
    made = adjoint.value_and_grad(f, nums)
    found, gradient = guarded("run", lambda: run_pure(made, *args))
    if not same_bits(found, value):
        raise Wrong("value", f"{found!r} for {value!r}")
    guarded("form", lambda: [check_form(part, args[k]) for part, k in zip(gradient, nums)])
    guarded("owned", lambda: check_owned(gradient, args))
    check_slopes(f, args, nums, gradient)
    check_rounding(made, args, nums, gradient)
    seen = {made.specialize(*args).source}      # one text gives one gradient
    for plan in plans:
        options, in_place = PLANS[plan]
        other = adjoint.derivative(f, "value_and_grad", nums, plan=options, in_place=in_place)
        text = guarded(f"plan {plan}", lambda other=other: other.specialize(*args).source)
        if text in seen:
            continue
        seen.add(text)
        again = guarded(f"plan {plan}", lambda other=other: run_pure(other, *args))
        guarded(f"plan {plan}", lambda again=again: assert_close(again, (value, gradient), CLOSE))
        guarded(f"plan {plan}", lambda again=again: check_owned(again[1], args))
    check_modes(module, args, value, gradient)
    if twice:
        check_twice(module, args, gradient)


def check_modes(module: Module, args: tuple[Any, ...], value: Any, gradient: Any) -> None:
    """vjp and jvp say the same as the gradient."""
    f, nums = module.f, module.ARGNUMS
    tangents = [tangent_of(args[k], np.random.default_rng(k)) for k in nums]
    given = flatten(gradient)
    wanted = pairing(given, [np.asarray(d) for d in flatten(tangents)])
    size = 1.0 + sum(float(np.sum(np.abs(np.asarray(g) * d))) for g, d in zip(given, flatten(tangents)))
    found, dot = guarded("jvp", lambda: run_pure(adjoint.derivative(f, "jvp", nums), *args, *tangents))
    if not same_bits(found, value):
        raise Wrong("jvp value", f"{found!r} for {value!r}")
    if not abs(dot - wanted) <= CLOSE * size:
        raise Wrong("jvp", f"{dot} for {wanted}")
    seed = type(value)(0.7)
    found, bars = guarded("vjp", lambda: run_pure(adjoint.derivative(f, "vjp", nums), *args, seed))
    if not same_bits(found, value):
        raise Wrong("vjp value", f"{found!r} for {value!r}")
    scaled = [np.asarray(leaf) * 0.7 for leaf in given]
    guarded("vjp", lambda: assert_close([np.asarray(leaf) for leaf in flatten(bars)], scaled, CLOSE))


def check_twice(module: Module, args: tuple[Any, ...], gradient: Any) -> None:
    """The tangent of the gradient agrees with difference quotients of it, unless it is refused or these disagree."""
    nums = module.ARGNUMS
    tangents = [tangent_of(args[k], np.random.default_rng(k)) for k in nums]
    made = adjoint.grad(module.f, nums)
    try:
        twice = adjoint.derivative(made, "jvp", nums)
        again, found = guarded("twice", lambda: run_pure(twice, *args, *tangents))
    except UnsupportedError:
        return
    guarded("twice value", lambda: assert_close(again, gradient, CLOSE))
    direction = [np.asarray(leaf) for leaf in flatten(tangents) if leaf is not None]
    wide, narrow = ([sum(weight / step * np.asarray(leaf) for (_, weight), leaf in zip(STENCIL, leaves))
                     for leaves in zip(*(gradients_near(made, args, nums, direction, step)))] for step in STEPS)
    for one, far, near in zip([leaf for leaf in flatten(found) if leaf is not None], wide, narrow):
        if not np.all(np.abs(far - near) <= 1e-5 * (1.0 + np.abs(near))):
            continue
        if not np.all(np.abs(one - near) <= 1e-4 * (1.0 + np.abs(near) + np.max(np.abs(near), initial=0.0))):
            raise Wrong("twice", f"{one}, the difference quotients are {far}, {near}")


def gradients_near(made: Callable[..., Any], args: tuple[Any, ...], nums: tuple[int, ...],
                   direction: list[np.ndarray], step: float) -> Iterator[list[Any]]:
    """The leaves of the gradient at the points of the stencil."""
    for factor, _ in STENCIL:
        other, start = list(copy.deepcopy(args)), 0
        for k in nums:
            count = sum(map(is_inexact, flatten(args[k])))
            other[k] = moved(other[k], direction[start:start + count], factor * step)
            start += count
        with np.errstate(all="ignore"):
            yield [leaf for leaf in flatten(made(*other)) if leaf is not None]


def check_text(text: str, module: Module) -> None:
    """The text of the gradient is the same when everything is made anew."""
    def texts(of: Module) -> list[str]:
        return [adjoint.value_and_grad(of.f, of.ARGNUMS).specialize(*args).source for args in of.inputs()]

    def strip(found: list[str]) -> list[str]:
        return [re.sub(r"<fuzz \d+>", "<fuzz>", one) for one in found]
    if strip(texts(module)) != strip(texts(load(text))):
        raise Wrong("text", "another text when compiled again")


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Raises Wrong in what takes longer: a compiler, or a derivative, that does not end."""
    def late(number: int, frame: object) -> None:
        raise Wrong("time", f"more than {seconds} s")
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def judge(text: str, plans: Iterable[str] = tuple(PLANS), anew: bool = True, twice: bool = False) -> Verdict:
    """The verdict on a program.  `plans`: those to compare; `anew`: whether to compile a second time; `twice`:
    whether to differentiate the gradient again."""
    kept = frozenset(linecache.cache)
    try:
        with at_most(SECONDS):
            return judged(text, plans, anew, twice)
    except UnsupportedError as refusal:
        return Verdict("refused", re.sub(r"`[^`]*`", "`…`", refusal.why), str(refusal))
    except Wrong as wrong:
        return wrong.verdict
    finally:
        forget(kept)


def judged(text: str, plans: Iterable[str], anew: bool, twice: bool) -> Verdict:
    """The verdict on a program that is not refused.  Raises Wrong for a failure."""
    try:
        module = load(text)
    except SyntaxError as error:  # a shrunk program's
        return Verdict("skipped", "no program", str(error))
    cases, skipped = range(len(module.inputs())), 0
    for k in cases:
        try:
            check_input(module, module.inputs()[k], plans, twice)
        except Skip as skip:
            skipped, why = skipped + 1, str(skip)
    if skipped == len(cases):
        return Verdict("skipped", why.split(":")[0], why)
    if anew and not skipped:   # what was not compiled for all inputs, in their order, may be more general
        guarded("text", lambda: check_text(text, module))
    return Verdict("right")


def forget(kept: frozenset[str]) -> None:
    """Drop what the compiler keeps about random programs, so that thousands can follow each other.

    `kept`: the texts that were known before.
    """
    for key in [key for key in dispatch._known if str(key[1]).startswith("<fuzz")]:  # type: ignore
        del dispatch._known[key]
    for key in [key for key in source._cache if key[0].startswith("<fuzz")]:
        del source._cache[key]
    made = [file for file in linecache.cache if file.startswith(("<fuzz", "<adjoint"))]
    for file in [file for file in made if file not in kept]:
        del linecache.cache[file]
