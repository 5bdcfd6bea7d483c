"""Reads the template files into the table of primitives.  Templates are parsed, never imported.

before: a file with `@elementwise(np.multiply, ast.Mult)` over `def multiply(z, x, y): ...`
after:  REGISTRY.by_name["multiply"], found also under "numpy.multiply" and "operator.Mult"
"""
from __future__ import annotations

import threading
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

import gast

from ..ir.program import UNDEFINED, Const
from ..primitives.primitive import REGISTRY, WRITE, Primitive
from .source import read_source

KINDS = ("elementwise", "linear", "bilinear", "general", "constant", WRITE)
_loading = threading.Lock()
MODULES = {"np": "numpy", "ast": "operator"}


def template_dir() -> Path:
    """The folder of the templates: inside an installed package, beside it in a checkout."""
    inside = Path(__file__).parent.parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "templates"


def dotted(node: Any) -> str:
    """`np.linalg.inv` as "numpy.linalg.inv"."""
    if isinstance(node, gast.Name):
        return MODULES.get(node.id, node.id)
    return f"{dotted(node.value)}.{node.attr}"


def word(node: Any) -> str:
    """An option's value: a bare word, or True for "yes"."""
    return "yes" if isinstance(node, gast.Constant) else str(node.id)


def read_template(node: Any, file: str) -> Primitive:
    """The primitive that one decorated function describes.  Raises SyntaxError for a bad template."""
    kind, functions, options, cases = "", [], {}, []
    for decorator in node.decorator_list:
        name = decorator.func.id
        if name in KINDS:
            kind = name
            functions = [dotted(arg) for arg in decorator.args]
            options = {k.arg: word(k.value) for k in decorator.keywords}
        elif name == "cases":
            cases = [arg.value for arg in decorator.args]
    if not kind or not cases:
        raise SyntaxError(f"{file}:{node.lineno}: template {node.name} lacks a kind or its cases")
    return primitive_of(node, node.name, kind, tuple(functions), tuple(cases), file, options)


def primitive_of(node: Any, name: str, kind: str, functions: tuple[str, ...], cases: tuple[str, ...], file: str,
                 options: dict[str, Any]) -> Primitive:
    """The primitive that a template's function describes, whatever its decorators say."""
    parameters, attributes, sequence = read_parameters(node.args)
    if kind == WRITE:   # it gives nothing
        parameters = ("", *parameters)
    body = list(node.body)
    formula = body.pop(0).value.value if isinstance(body[0], gast.Expr) else ""
    return Primitive(name, kind, functions, parameters, attributes, sequence=sequence, body=tuple(body), cases=cases,
                     formula=formula, file=file, line=node.lineno, **options)


def read_rule(rule: types.FunctionType, kind: str, function: Any, cases: tuple[str, ...],
              options: dict[str, str]) -> Primitive:
    """The primitive that a user's template describes.  Its names are those of the module where it stands."""
    source = read_source(rule)
    spelling = f"{function.__module__}.{function.__qualname__}"
    found = primitive_of(source.node, spelling, kind, (spelling,), cases, source.file,
                         {"noun": function.__name__, **options})
    return replace(found, names=rule.__globals__)


def assigned_in(primitive: Primitive) -> set[str]:
    """The names that a template defines."""
    return {node.id for statement in primitive.body for node in gast.walk(statement)
            if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Store)}


def read_parameters(args: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Const], ...], str]:
    """z and the operands; the attributes with their defaults; the operand that is a sequence of operands.

    Attributes have a default, or stand after a `/`.  `*x` is a sequence.
    """
    plain = [arg.id for arg in args.args]
    defaults = [default(d) for d in args.defaults]
    first = 0 if args.posonlyargs else len(plain) - len(defaults)
    values = [UNDEFINED] * (len(plain) - first - len(defaults)) + defaults
    operands = [arg.id for arg in args.posonlyargs] + plain[:first]
    attributes = list(zip(plain[first:], values)) + [
        (arg.id, default(d)) for arg, d in zip(args.kwonlyargs, args.kw_defaults)]
    sequence = args.vararg.id if args.vararg is not None else ""
    return tuple(operands + [sequence] * bool(sequence)), tuple(attributes), sequence


def default(node: Any) -> Const:
    """The default of an attribute: a constant or a tuple of them, or the type float."""
    if isinstance(node, gast.Name):
        return Const(float)
    if isinstance(node, gast.UnaryOp):
        return Const(-node.operand.value)
    if isinstance(node, gast.Tuple):
        return Const(tuple(default(item).value for item in node.elts))
    return Const(node.value)


def read_file(path: Path) -> list[Primitive]:
    tree = gast.parse(path.read_text())
    return [read_template(node, str(path)) for node in tree.body if isinstance(node, gast.FunctionDef)]


def load_templates() -> None:
    """Fill the registry from the template folder; once, whatever the threads that ask for it."""
    with _loading:
        if not REGISTRY.by_name:
            for path in sorted(template_dir().glob("*.py")):
                for primitive in read_file(path):
                    REGISTRY.add(primitive)
