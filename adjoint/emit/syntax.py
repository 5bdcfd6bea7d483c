"""Small constructors for syntax trees."""
from __future__ import annotations

import ast
from typing import Any

from .backend import COPY

BINARY = {"Add": ast.Add, "Sub": ast.Sub, "Mult": ast.Mult, "Div": ast.Div, "Pow": ast.Pow,
          "MatMult": ast.MatMult, "FloorDiv": ast.FloorDiv, "Mod": ast.Mod, "BitAnd": ast.BitAnd,
          "BitOr": ast.BitOr, "BitXor": ast.BitXor, "LShift": ast.LShift, "RShift": ast.RShift}
UNARY = {"USub": ast.USub, "UAdd": ast.UAdd, "Not": ast.Not, "Invert": ast.Invert}
COMPARE = {"Lt": ast.Lt, "LtE": ast.LtE, "Gt": ast.Gt, "GtE": ast.GtE, "Eq": ast.Eq, "NotEq": ast.NotEq,
           "In": ast.In, "NotIn": ast.NotIn}
BOOLEAN = {"And": ast.And, "Or": ast.Or}
# A body that is written line by line: only heads are trees.
PASS = ast.Pass()
TRY = ast.Try([PASS], [ast.ExceptHandler(None, None, [PASS])], [], [])


def name(word: str) -> Any:
    return ast.Name(word, ast.Load())


def dotted(path: str) -> Any:
    first, *rest = path.split(".")
    node = name(first)
    for part in rest:
        node = ast.Attribute(node, part, ast.Load())
    return node


def attribute(base: Any, word: str) -> Any:
    return ast.Attribute(base, word, ast.Load())


def constant(value: Any) -> Any:
    """A literal.  Negative numbers, infinities and nan print as expressions."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value != value or value in (float("inf"), float("-inf")):
            node = dotted("np.nan" if value != value else "np.inf")
            return ast.UnaryOp(ast.USub(), node) if value < 0 else node
        if value < 0 or value == 0 and str(value).startswith("-"):
            return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    if isinstance(value, complex) and value.real == 0 and str(value.imag).startswith("-"):
        return ast.UnaryOp(ast.USub(), ast.Constant(complex(0.0, -value.imag)))
    if isinstance(value, complex) and str(value).startswith("("):
        parts = [constant(value.real), constant(complex(0.0, abs(value.imag)))]
        return ast.BinOp(parts[0], ast.Sub() if str(value.imag).startswith("-") else ast.Add(), parts[1])
    if isinstance(value, tuple):
        return ast.Tuple([constant(item) for item in value], ast.Load())
    return ast.Constant(value)


def without_minus(tree: Any) -> Any | None:
    """The tree of `a * b` for that of `-a * b`; None where there is no minus in front."""
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return tree.operand
    left = without_minus(tree.left) if isinstance(tree, ast.BinOp) and isinstance(tree.op, (ast.Mult, ast.Div)) \
        else None
    return None if left is None else ast.BinOp(left, tree.op, tree.right)


def with_minus(tree: Any) -> Any:
    """`-a * b` for the tree of `a * b`."""
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, (ast.Mult, ast.Div)):
        return ast.BinOp(with_minus(tree.left), tree.op, tree.right)
    return ast.UnaryOp(ast.USub(), tree)


def call(function: Any, args: list[Any], keywords: dict[str, Any] | None = None) -> Any:
    return ast.Call(function, args, [ast.keyword(key, value) for key, value in (keywords or {}).items()])


def method(base: Any, word: str, args: list[Any], keywords: dict[str, Any] | None = None) -> Any:
    return call(attribute(base, word), args, keywords)


def copy_of(base: Any, as_it_lies: bool = False) -> Any:
    """A copy; `as_it_lies`: with its axes in the same order in memory."""
    return method(base, COPY, [], {"order": constant("K")} if as_it_lies else None)


def assign(target: Any, value: Any) -> Any:
    return ast.Assign([target], value, None)


def augmented(target: Any, operator: str, value: Any) -> Any:
    return ast.AugAssign(target, BINARY[operator](), value)


def tuple_of(items: list[Any]) -> Any:
    return ast.Tuple(items, ast.Load())


def expression(node: Any) -> Any:
    return ast.Expr(node)
