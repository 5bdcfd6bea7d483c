"""The house stands: what imports what, who knows names, sizes of files, examples of passes, where tapes are."""
from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import adjoint
from adjoint.frontend.abstract import type_of
from adjoint.frontend.templates import load_templates
from adjoint.ir.program import At, Block, Function, Op, Pop, Push, Tape, Undo, Value
from adjoint.ir.traverse import blocks, loop_params, walk
from adjoint.primitives.primitive import REGISTRY

from .passes import OUTPUTS, example_of, is_inside, output_of
from .test_programs import GRADIENTS, load, with_defaults

ROOT = Path(adjoint.__file__).parent
FILES = sorted(ROOT.glob("**/*.py"))
ORDER = ("errors", "ir", "primitives", "frontend", "analysis", "transform", "optimize", "materialise", "emit",
         "pipeline", "dispatch", "derivatives", "template", "api", "__init__", "cli", "__main__")
TREES = {"gast": "frontend", "astor": "emit"}
FILE_LINES, FUNCTION_LINES = 300, 40
# Functions that may be longer, each with the reason.  At most five.
LONG: dict[str, str] = {}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def stage_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


# ---- imports

def imported(file: Path) -> Iterator[str]:
    """The stages of the compiler that a module imports."""
    package = file.relative_to(ROOT.parent).parts[:-1]
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.ImportFrom) and node.level:
            path = [*package[:len(package) - node.level + 1], *filter(None, (node.module or "").split("."))]
            yield from path[1:2] or [alias.name for alias in node.names]
    for name in modules(file):
        if name.split(".")[0] == ROOT.name:
            yield (*name.split("."), "__init__")[1]


def modules(file: Path) -> list[str]:
    """What a module imports by its full name."""
    nodes = list(ast.walk(parsed(file)))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]


def test_every_module_has_its_place() -> None:
    assert {stage_of(file) for file in FILES} == set(ORDER)


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_go_one_way(file: Path) -> None:
    place = ORDER.index(stage_of(file))
    later = [stage for stage in imported(file) if ORDER.index(stage) > place]
    assert not later, f"{name_of(file)} imports {later}"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_stand_at_the_top(file: Path) -> None:
    inside = [node.lineno for function in ast.walk(parsed(file)) if isinstance(function, ast.FunctionDef)
              for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert not inside, f"{name_of(file)} imports inside a function: lines {inside}"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_syntax_trees_are_for_the_two_ends(file: Path) -> None:
    packages = {name.split(".")[0] for name in modules(file)}
    assert all(stage_of(file) == stage for package, stage in TREES.items() if package in packages)


# ---- names

SPELLING = re.compile(r"(numpy|math|scipy\.\w+|cupy|cupyx\.[\w.]+)\.[a-z]\w*$")
# Files that may name primitives or functions: the operations the compiler itself speaks; the backends' words.
NAMING = ("primitives/core.py", "emit/backend.py", "emit/helpers.py")
# Strings that are no primitive's name, though a template has the same.
OTHERWISE = {
    ("ir/program.py", "add"): "how a store writes",
    ("dispatch/guards.py", "max"): "Python's builtin, in the text of a guard",
    ("dispatch/guards.py", "all"): "Python's builtin, in the text of a guard",
    ("emit/names.py", "dot"): "the end of a tangent's name",
}


def strings(tree: ast.Module) -> Iterator[str]:
    """String constants that are not docstrings, annotations or pieces of messages."""
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    skipped |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.value


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_no_function_is_named(file: Path) -> None:
    load_templates()
    found = {word for word in strings(parsed(file)) if word in REGISTRY.by_name or SPELLING.match(word)
             or word in REGISTRY.by_spelling}
    found -= {word for where, word in OTHERWISE if where == name_of(file)}
    assert not found or name_of(file) in NAMING, f"{name_of(file)} names {sorted(found)}"


# ---- sizes

@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_files_are_short(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= FILE_LINES


def functions() -> Iterator[tuple[str, int]]:
    for file in FILES:
        for node in ast.walk(parsed(file)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{name_of(file)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_are_short() -> None:
    long = {name: lines for name, lines in functions() if lines > FUNCTION_LINES}
    assert set(long) == set(LONG), long
    assert len(LONG) <= 5 and all(LONG.values())


# ---- passes

PASSES = (*OUTPUTS, *(f"optimize.{name}" for name in ("ownership", "turn", "sums")),
          *(f"emit.{name}" for name in ("nest", "lifetimes", "names", "snapshots", "versions")),
          *(f"materialise.{file.stem}" for file in FILES if stage_of(file) == "materialise"
            and file.stem not in ("__init__", "materialise")))


@pytest.mark.parametrize("module", PASSES)
def test_a_pass_says_what_it_does(module: str) -> None:
    doc = ast.get_docstring(parsed(ROOT / (module.replace(".", "/") + ".py"))) or ""
    assert "before:" in doc and "after:" in doc
    example = example_of(f"adjoint.{module}")
    assert example is not None, "it has no example"
    lines = output_of(module, example)
    assert example.expected and is_inside(example.expected, lines), "\n".join(lines)


# ---- the program between the passes

def stacks(block: Block, keys: tuple[int, ...] = ()) -> Iterator[tuple[Op, tuple[int, ...]]]:
    """Every operation with the keys of the blocks around it."""
    for op in block.ops:
        yield op, (*keys, block.key)
        for inner in blocks(op):
            yield from stacks(inner, (*keys, block.key))


def homes(function: Function) -> dict[Value, int]:
    """The key of the block where each value is defined."""
    found = dict.fromkeys(function.params, function.block.key)

    def survey(block: Block) -> None:
        found.update(dict.fromkeys(block.params, block.key))
        for op in block.ops:
            found.update(dict.fromkeys(op.outs, block.key))
            if hasattr(op, "trips"):
                found[op.trips] = block.key
                found.update(dict.fromkeys(loop_params(op), op.body.key))  # type: ignore[arg-type,attr-defined]
            for inner in blocks(op):
                survey(inner)

    survey(function.block)
    return found


def check_between(name: str, program: Function) -> None:
    """What holds of every program: no tape before `materialise`; every `At` within reach of its value."""
    ops = list(walk(program.block))
    if name == "materialise":
        assert not any(isinstance(op, (At, Undo)) for op in ops)
        return
    assert not any(isinstance(op, (Tape, Push, Pop)) for op in ops), name
    home = homes(program)
    for op, keys in stacks(program.block):
        if isinstance(op, At):
            assert home[op.value] in keys, f"after {name}: At of a value of block {home[op.value]}, within {keys}"


def watched(function: Any, args: tuple[Any, ...]) -> list[str]:
    """Compile a derivative, checking the program after each pass; the names of the passes."""
    seen: list[str] = []

    def watch(name: str, program: Function) -> None:
        seen.append(name)
        check_between(name, program)

    made = function.__adjoint__
    made.compile(args, tuple(map(type_of, args, made.names)), watch)
    return seen


@pytest.mark.parametrize("mode", ["grad", "jvp", "vjp"])
@pytest.mark.parametrize("name", GRADIENTS)
def test_tapes_come_with_materialise(name: str, mode: str) -> None:
    module = load(name)
    args = with_defaults(module.f, module.inputs()[0])
    seen = watched(adjoint.derivative(module.f, mode, module.ARGNUMS), args)
    assert seen[0] == "read" and seen[-1] == "materialise"


@pytest.mark.parametrize("name", ["q03_stencil", "l18_newton", "a05_double_buffer", "c01_if_joins", "l09_nested_loops"])
def test_second_derivatives_know_no_tapes(name: str) -> None:
    module = load(name)
    nums = module.ARGNUMS if isinstance(module.ARGNUMS, tuple) else (module.ARGNUMS,)
    first = adjoint.grad(module.f, nums[0])
    watched(adjoint.derivative(first, "vjp", nums[0]), with_defaults(module.f, module.inputs()[0]))
