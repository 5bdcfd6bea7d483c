"""Refusals of what comes later, in the user's words."""
from __future__ import annotations

import re

from ..errors import LaterError, Span

# What a node of the syntax tree is in the user's words, and what to write instead.
REMEDY = "write it with assignments, `if`, `for` and `while`"
LOOP = "write a `for` loop that fills an array"
OUTSIDE = "move it into a function of its own that is not differentiated"
WORDS = {
    "Assert": ("`assert`", "check before the call"),
    "AsyncFor": ("`async for`", "write a `for` loop"),
    "AsyncFunctionDef": ("`async def`", OUTSIDE),
    "AsyncWith": ("`async with`", OUTSIDE),
    "Await": ("`await`", OUTSIDE),
    "ClassDef": ("a class inside a function", "define it outside"),
    "Delete": ("`del`", "leave it out"),
    "Dict": ("a dict made in the function", "use one variable for each entry"),
    "DictComp": ("a dict comprehension", LOOP),
    "FunctionDef": ("a function inside a function", "define it outside, and pass what it needs as arguments"),
    "GeneratorExp": ("a generator expression", LOOP),
    "Global": ("`global`", "pass the value in and return it"),
    "IfExp": ("`a if test else b`", "write an `if` statement"),
    "Import": ("`import` inside a function", "import it at the top of the module"),
    "ImportFrom": ("`import` inside a function", "import it at the top of the module"),
    "JoinedStr": ("an f-string", OUTSIDE),
    "Lambda": ("a lambda", "write it as a `def` outside"),
    "ListComp": ("a list comprehension", LOOP),
    "Match": ("`match`", "write `if` and `elif`"),
    "NamedExpr": ("`:=`", "assign in a statement of its own"),
    "Nonlocal": ("`nonlocal`", "pass the value in and return it"),
    "Raise": ("`raise`", "check before the call"),
    "Set": ("a set", "use a tuple"),
    "SetComp": ("a set comprehension", LOOP),
    "Starred": ("`*` in a list of values", "write the values out"),
    "Try": ("`try`", "test beforehand with `if`"),
    "TryStar": ("`try`", "test beforehand with `if`"),
    "With": ("`with`", "put it around the call of the derivative"),
    "Yield": ("a generator", "write a loop that fills an array"),
    "YieldFrom": ("a generator", "write a loop that fills an array"),
    "Attribute": ("an attribute of an object", "assign to a variable"),
    "Slice": ("a slice here", "write it inside an index"),
}
OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "MatMult": "@",
    "LShift": "<<", "RShift": ">>", "BitAnd": "&", "BitOr": "|", "BitXor": "^", "Invert": "~", "UAdd": "+",
    "USub": "-", "Not": "not", "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
    "Is": "is", "IsNot": "is not", "In": "in", "NotIn": "not in",
}
NODE = re.compile(r"(the (?:statement|expression) |assignment to |the operator )?`(\w+)`(.*)", re.DOTALL)


def later(what: str, span: Span | None, remedy: str = "") -> LaterError:
    """A refusal of what comes later, in the user's words."""
    found = NODE.fullmatch(what)
    if found is not None and found[1]:
        kind, name, rest = found.groups()
        if kind == "the operator ":
            what = f"{kind}`{OPERATORS.get(name, name)}`{rest}"
        else:
            words, instead = WORDS.get(name, (f"`{name}`", REMEDY))
            what = ("assignment to " if kind[0] == "a" else "") + words + rest
            remedy = remedy or instead
    return LaterError(f"{what} is not supported yet", span, remedy or REMEDY)
