"""Reads the template files into the table of primitives.  Templates are parsed, never imported.

before: a file with `@elementwise(np.multiply, ast.Mult)` over `def multiply(z, x, y): ...`
after:  REGISTRY.by_name["multiply"], found also under "numpy.multiply" and "operator.Mult"
"""
from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import gast

from ..ir.program import Const
from ..primitives.primitive import REGISTRY, Primitive

KINDS = ("elementwise", "linear", "bilinear", "general", "constant")
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
    parameters = [arg.id for arg in node.args.args]
    defaults = [Const(d.id if isinstance(d, gast.Name) else d.value) for d in node.args.defaults]
    named = parameters[len(parameters) - len(defaults):]
    defaults = [Const(float) if d.value == "float" else d for d in defaults]
    body = list(node.body)
    formula = body.pop(0).value.value if isinstance(body[0], gast.Expr) else ""
    return Primitive(node.name, kind, tuple(functions), tuple(parameters[: len(parameters) - len(defaults)]),
                     tuple(zip(named, defaults)), body=tuple(body), cases=tuple(cases), formula=formula,
                     file=file, line=node.lineno, **options)


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
