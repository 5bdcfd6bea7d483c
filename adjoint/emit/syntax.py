"""Small constructors for syntax trees."""
from __future__ import annotations

from typing import Any

import gast

from .backend import COPY

BINARY = {"Add": gast.Add, "Sub": gast.Sub, "Mult": gast.Mult, "Div": gast.Div, "Pow": gast.Pow,
          "MatMult": gast.MatMult, "FloorDiv": gast.FloorDiv, "Mod": gast.Mod, "BitAnd": gast.BitAnd,
          "BitOr": gast.BitOr, "BitXor": gast.BitXor, "LShift": gast.LShift, "RShift": gast.RShift}
UNARY = {"USub": gast.USub, "UAdd": gast.UAdd, "Not": gast.Not, "Invert": gast.Invert}
COMPARE = {"Lt": gast.Lt, "LtE": gast.LtE, "Gt": gast.Gt, "GtE": gast.GtE, "Eq": gast.Eq, "NotEq": gast.NotEq,
           "In": gast.In, "NotIn": gast.NotIn}
BOOLEAN = {"And": gast.And, "Or": gast.Or}


def name(word: str) -> Any:
    return gast.Name(word, gast.Load(), None, None)


def dotted(path: str) -> Any:
    first, *rest = path.split(".")
    node = name(first)
    for part in rest:
        node = gast.Attribute(node, part, gast.Load())
    return node


def attribute(base: Any, word: str) -> Any:
    return gast.Attribute(base, word, gast.Load())


def constant(value: object) -> Any:
    """A literal.  Negative numbers, infinities and nan print as expressions."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if value != value or value in (float("inf"), float("-inf")):
            node = dotted("np.nan" if value != value else "np.inf")
            return gast.UnaryOp(gast.USub(), node) if value < 0 else node
        if value < 0 or value == 0 and str(value).startswith("-"):
            return gast.UnaryOp(gast.USub(), gast.Constant(-value, None))
    if isinstance(value, complex) and value.real == 0 and str(value.imag).startswith("-"):
        return gast.UnaryOp(gast.USub(), gast.Constant(complex(0.0, -value.imag), None))
    if isinstance(value, complex) and str(value).startswith("("):
        parts = [constant(value.real), constant(complex(0.0, abs(value.imag)))]
        return gast.BinOp(parts[0], gast.Sub() if str(value.imag).startswith("-") else gast.Add(), parts[1])
    if isinstance(value, tuple):
        return gast.Tuple([constant(item) for item in value], gast.Load())
    return gast.Constant(value, None)


def without_minus(tree: Any) -> Any | None:
    """The tree of `a * b` for that of `-a * b`; None where there is no minus in front."""
    if isinstance(tree, gast.UnaryOp) and isinstance(tree.op, gast.USub):
        return tree.operand
    left = without_minus(tree.left) if isinstance(tree, gast.BinOp) and isinstance(tree.op, (gast.Mult, gast.Div)) \
        else None
    return None if left is None else gast.BinOp(left, tree.op, tree.right)


def with_minus(tree: Any) -> Any:
    """`-a * b` for the tree of `a * b`."""
    if isinstance(tree, gast.BinOp) and isinstance(tree.op, (gast.Mult, gast.Div)):
        return gast.BinOp(with_minus(tree.left), tree.op, tree.right)
    return gast.UnaryOp(gast.USub(), tree)


def call(function: Any, args: list[Any], keywords: dict[str, Any] | None = None) -> Any:
    return gast.Call(function, args, [gast.keyword(key, value) for key, value in (keywords or {}).items()])


def method(base: Any, word: str, args: list[Any], keywords: dict[str, Any] | None = None) -> Any:
    return call(attribute(base, word), args, keywords)


def copy_of(base: Any) -> Any:
    return method(base, COPY, [])


def assign(target: Any, value: Any) -> Any:
    return gast.Assign([target], value, None)


def augmented(target: Any, operator: str, value: Any) -> Any:
    return gast.AugAssign(target, BINARY[operator](), value)


def tuple_of(items: list[Any]) -> Any:
    return gast.Tuple(items, gast.Load())


def expression(node: Any) -> Any:
    return gast.Expr(node)
