"""What is counted of a derivative's text: statements, helper calls, saves."""
from __future__ import annotations

import ast
import builtins


def statements(text: str) -> int:
    """Statements and control lines; docstrings, comments and imports do not count."""
    docstrings = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            docstrings |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    rows = [(number, row.strip()) for number, row in enumerate(text.splitlines(), 1)]
    return sum(bool(row) and number not in docstrings and not row.startswith(("#", "import ", "from "))
               for number, row in rows)


def helper_calls(text: str) -> int:
    """Calls of anything but NumPy, methods, builtins and the text's own functions."""
    tree = ast.parse(text)
    known = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)} | set(dir(builtins))
    called = [n.func for n in ast.walk(tree) if isinstance(n, ast.Call)]
    return sum(isinstance(f, ast.Name) and f.id not in known
               or isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name)
               and f.value.id in ("adjoint", "runtime")
               for f in called)


def saves(text: str, user_text: str) -> int:
    """Values held for the backward sweep.

    These are the distinct values appended to lists in the forward sweep, a tuple counting its items, and
    the names ending in `saved` that are bound to anything but a list there.  The user's own appends do not count.
    """
    own = {ast.dump(node) for node in ast.walk(ast.parse(user_text)) if isinstance(node, ast.Expr)}
    backward = [number for number, row in enumerate(text.splitlines(), 1) if row.strip() == "# backward"]
    found: dict[str, int] = {}
    for function in ast.parse(text).body:
        if not isinstance(function, ast.FunctionDef) or function.name.endswith("_backward"):
            continue
        # a text without the mark would hide its saves
        ends = [number for number in backward if function.lineno < number <= (function.end_lineno or 0)]
        for node in ast.walk(function):
            if isinstance(node, ast.stmt) and not (ends and node.lineno > ends[0]) and ast.dump(node) not in own:
                found |= _saved_by(node, f"{function.name} ")
    return sum(found.values())


def _saved_by(node: ast.stmt, where: str) -> dict[str, int]:
    """What a statement saves: a key for each value, and how many it counts for."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        f = node.value.func
        if isinstance(f, ast.Attribute) and f.attr == "append" and node.value.args:
            value = node.value.args[0]
            parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
            return {f"{where}{ast.unparse(f.value)} {ast.unparse(part)}": 1 for part in parts}
    if isinstance(node, ast.Assign) and not isinstance(node.value, (ast.List, ast.ListComp)):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        return {where + name: 1 for name in names if name.rstrip("_0123456789").endswith("saved")}
    return {}
