"""Every template is right on its own cases, in both modes; and its cases catch a wrong factor in it.

A name in a case is an argument: `A23` has shape (2, 3), `A` is a number.  A and B are any floats, P is
positive, U lies in (-1, 1), C is complex, F and G are float32 (G positive).  I are integers and M masks:
those are not differentiated.
"""
from __future__ import annotations

import ast
import copy
import dataclasses
import importlib.util
import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import gast
import numpy as np
import pytest

import adjoint
from adjoint.frontend.templates import REGISTRY, load_templates

from .checks import check_form, check_gradient, check_owned, is_inexact, pairing, run_pure, same_bits

load_templates()
TEMPLATES = {name: primitive for name, primitive in REGISTRY.by_name.items() if "." not in name}  # not a user's
CASES = [(name, k) for name, primitive in TEMPLATES.items() for k in range(len(primitive.cases))]
NAMED = [f"{name}: {REGISTRY.by_name[name].cases[k]}" for name, k in CASES]
RULES = re.compile(r"dz_d\w+|\w+_bar|z_dot")
_modules = itertools.count()


# ---- functions from cases

def names_in(case: str) -> list[str]:
    """The arguments of a case, in order of appearance."""
    found = [node.id for node in ast.walk(ast.parse(case)) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(name for name in found if re.fullmatch(r"[A-Z]\d*", name)))


def sample(name: str, rng: np.random.Generator) -> Any:
    """An argument as its name says."""
    shape = tuple(int(digit) for digit in name[1:])
    draw: dict[str, Callable[[], Any]] = {
        "P": lambda: rng.uniform(0.5, 2.0, shape), "G": lambda: rng.uniform(0.5, 2.0, shape),
        "U": lambda: rng.uniform(-0.9, 0.9, shape),
        "I": lambda: rng.integers(0, 2, shape), "M": lambda: rng.normal(size=shape) > 0.0,
        "C": lambda: rng.normal(size=shape) + 1j * rng.normal(size=shape)}
    value = np.asarray(draw.get(name[0], lambda: rng.normal(size=shape))())
    if name[0] in "FG":
        value = value.astype(np.float32)
        return value if shape else value[()]
    return value if shape else value.item()


def sampler(case: str, names: list[str]) -> Callable[[], tuple[Any, ...]]:
    def fresh() -> tuple[Any, ...]:
        rng = np.random.default_rng(sum(case.encode()))
        return tuple(sample(name, rng) for name in names)
    return fresh


def source_of(name: str, k: int, case: str) -> str:
    """A function of the case; what is not inexact is multiplied with a number, to be differentiable.

    Where the case is a write, the function gives what it wrote to.
    """
    names = names_in(case)
    if REGISTRY.by_name[name].kind == "write":
        return f"def {name}_{k}({', '.join(names)}):\n    {case}\n    return {names[0]}\n"
    scope = {"np": np, "math": __import__("math"), "scipy": __import__("scipy.special")}
    value = eval(case, scope, dict(zip(names, sampler(case, names)())))
    if not is_inexact(value):
        names, case = [*names, "W"], f"({case}) * W"
    return f"def {name}_{k}({', '.join(names)}):\n    return {case}\n"


@pytest.fixture(scope="session")
def case_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module with a function for every case."""
    file = tmp_path_factory.mktemp("cases") / "cases.py"
    functions = [source_of(name, k, REGISTRY.by_name[name].cases[k]) for name, k in CASES]
    file.write_text("\n\n".join(["import math\n\nimport numpy as np\nimport scipy.special\n", *functions]))
    return file


def load(file: Path) -> ModuleType:
    """The module of the cases, anew: nothing is known yet of its functions' derivatives."""
    spec = importlib.util.spec_from_file_location(f"cases_{next(_modules)}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def module(case_file: Path) -> ModuleType:
    return load(case_file)


@dataclasses.dataclass
class Case:
    """A function with its arguments, and a cotangent of its result."""

    function: Any

    def __post_init__(self) -> None:
        code = self.function.__code__
        self.names = list(code.co_varnames[:code.co_argcount])
        self.argnums = tuple(k for k, name in enumerate(self.names) if name[0] not in "IM")
        self.fresh = sampler(self.function.__name__, self.names)
        self.value = self.function(*self.fresh())
        self.single = any(name[0] in "FG" for name in self.names)
        self.out_bar = self.like(self.value, np.random.default_rng(5))

    def like(self, value: Any, rng: np.random.Generator) -> Any:
        """Random numbers of a value's type."""
        drawn = rng.normal(size=np.shape(value))
        if np.iscomplexobj(value):
            drawn = drawn + 1j * rng.normal(size=np.shape(value))
        drawn = np.asarray(drawn, np.asarray(value).dtype)
        return drawn if isinstance(value, np.ndarray) else type(value)(drawn[()])

    def bars(self) -> tuple[Any, ...]:
        """The cotangents; the value and the cotangents' form are checked."""
        args = self.fresh()
        vjp = adjoint.derivative(self.function, "vjp", argnums=self.argnums)
        value, bars = run_pure(vjp, *args, self.out_bar)
        assert same_bits(value, self.value)
        for bar, k in zip(bars, self.argnums, strict=True):
            check_form(bar, args[k])
        check_owned(bars, (*args, self.out_bar))
        return bars

    def check_vjp(self) -> None:
        """Cotangents agree with finite differences."""
        def paired(*args: Any) -> Any:
            return np.real(np.sum(self.function(*args) * self.out_bar))
        check_gradient(paired, self.fresh, self.argnums, self.bars(), 1e-3 if self.single else 1e-7)

    def check_jvp(self) -> None:
        """Tangents pair with a cotangent as the cotangents pair with the tangents."""
        rng = np.random.default_rng(6)
        args = self.fresh()
        tangents = [self.like(args[k], rng) for k in self.argnums]
        jvp = adjoint.derivative(self.function, "jvp", argnums=self.argnums)
        value, tangent = run_pure(jvp, *args, *tangents)
        assert same_bits(value, self.value)
        assert np.shape(tangent) == np.shape(value)
        assert np.asarray(tangent).dtype == np.asarray(value).dtype
        assert not isinstance(tangent, np.ndarray) or tangent.flags.writeable
        forward = pairing([tangent], [np.asarray(self.out_bar)])
        backward = pairing(list(self.bars()), [np.asarray(t) for t in tangents])
        size = max(abs(forward), abs(backward), float(np.sum(np.abs(tangent))), 1.0)
        assert abs(forward - backward) <= (1e-4 if self.single else 1e-11) * size, f"{forward} {backward}"


# ---- the cases are right

@pytest.mark.parametrize(("name", "k"), CASES, ids=NAMED)
def test_vjp(name: str, k: int, module: ModuleType) -> None:
    Case(getattr(module, f"{name}_{k}")).check_vjp()


@pytest.mark.parametrize(("name", "k"), CASES, ids=NAMED)
def test_jvp(name: str, k: int, module: ModuleType) -> None:
    Case(getattr(module, f"{name}_{k}")).check_jvp()


# ---- a wrong factor is caught

def is_zero(node: Any) -> bool:
    return isinstance(node, gast.Constant) and node.value == 0.0


def rules_of(body: Any) -> Iterator[tuple[Any, ...]]:
    """The paths of a template's rules, in its branches too: pairs (field, number)."""
    for k, node in enumerate(body):
        if isinstance(node, gast.AugAssign):
            yield (("", k),)
        elif isinstance(node, gast.Assign) and isinstance(node.targets[0], gast.Name) and RULES.fullmatch(
                node.targets[0].id) and not is_zero(node.value):
            yield (("", k),)
        elif isinstance(node, gast.If):
            for field in ("body", "orelse"):
                for path in rules_of(getattr(node, field)):
                    yield (("", k), (field, None), *path)


def sabotaged(name: str, number: int) -> Any:
    """The primitive with one rule multiplied by 1.5, or with the other sign where it says what is written."""
    primitive = REGISTRY.by_name[name]
    body = copy.deepcopy(list(primitive.body))
    nodes: Any = body
    for field, k in list(rules_of(body))[number]:
        nodes = getattr(nodes, field) if field else nodes[k]
    if isinstance(nodes, gast.AugAssign):
        nodes.op = gast.Sub() if isinstance(nodes.op, gast.Add) else gast.Add()
        return dataclasses.replace(primitive, body=tuple(body))
    tuples = isinstance(nodes.value, gast.Tuple)
    wrong = [gast.BinOp(left=part, op=gast.Mult(), right=gast.Constant(value=1.5, kind=None))
             for part in (nodes.value.elts if tuples else [nodes.value])]
    nodes.value = gast.Tuple(elts=wrong, ctx=gast.Load()) if tuples else wrong[0]
    gast.fix_missing_locations(gast.Module(body=body, type_ignores=[]))
    return dataclasses.replace(primitive, body=tuple(body))


@contextmanager
def registered(primitive: Any) -> Iterator[None]:
    """Meanwhile the registry holds this primitive in place of the one of its name."""
    before = REGISTRY.by_name[primitive.name]
    try:
        REGISTRY.add(primitive)
        yield
    finally:
        REGISTRY.add(before)


MUTANTS = [(name, number) for name, primitive in TEMPLATES.items() if primitive.kind != "constant"
           for number in range(len(list(rules_of(primitive.body))))]


def test_every_template_that_differentiates_has_a_rule() -> None:
    assert {name for name, primitive in TEMPLATES.items() if primitive.kind not in ("constant", "write")} == {
        name for name, _ in MUTANTS if REGISTRY.by_name[name].kind != "write"}


@pytest.mark.parametrize(("name", "number"), MUTANTS)
def test_sabotage_is_caught(name: str, number: int, case_file: Path) -> None:
    module = load(case_file)
    with registered(sabotaged(name, number)):
        for k in range(len(REGISTRY.by_name[name].cases)):
            case = Case(getattr(module, f"{name}_{k}"))
            try:
                case.check_vjp()
                case.check_jvp()
            except AssertionError:
                return
    pytest.fail(f"no case of `{name}` notices a factor of 1.5 in its rule {number}")
