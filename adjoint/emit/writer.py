"""From syntax trees to text, through astor.  Every line is parsed again and compared with its tree."""
from __future__ import annotations

import ast
import re
import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import astor

from .syntax import PASS

fallbacks = 0
PARENTHESES = re.compile(r"\[\((.+)\) for ")  # astor writes `[(x * x) for x in xs]`
STRING = re.compile(r"(?<![\\w'])'([^'\\\n]*)'(?!')")


def heads_of(nodes: list[Any]) -> list[str]:
    """The first line of each statement; `else` and `elif` come as words.

    All are written, and parsed again, in one go; one that does not come back as it was is written alone.
    """
    trees = list(map(statement, nodes))
    lines = written(trees)
    heads = [source_of(tree).split("\n")[0] for tree in trees] if lines is None else [
        line or source_of(tree).split("\n")[0] for line, tree in zip(lines, trees)]
    return [word(node, head) for node, head in zip(nodes, heads)]


def statement(node: Any) -> Any:
    """The statement whose first line is wanted; in place of an `else`, `elif` or `except`, which are none, another."""
    if node == "else":
        return PASS
    if isinstance(node, ast.ExceptHandler):
        kinds: Any = node.type
        if isinstance(kinds, ast.Tuple):    # astor leaves the parentheses of a tuple out
            kinds = ast.Call(ast.Name("f", ast.Load()), kinds.elts, [])
        return ast.If(kinds, [PASS], [])
    return ast.If(node[1], [PASS], []) if isinstance(node, tuple) else node


def word(node: Any, head: str) -> str:
    if node == "else":
        return "else:"
    if isinstance(node, ast.ExceptHandler):
        classes = head.removeprefix("if ").removesuffix(":").removeprefix("f")
        return f"except {classes} as {node.name}:" if node.name else f"except {classes}:"
    return "el" + head if isinstance(node, tuple) else head


def written(trees: list[Any]) -> list[str | None] | None:
    """The first line of each statement, None where, parsed again, it is another; None if the text does not parse."""
    lines = astor.to_source(ast.Module(trees, []), pretty_source="".join).split("\n")
    lines = [PARENTHESES.sub(r"[\1 for ", double_quoted(line)) for line in lines]
    try:
        again = ast.parse("\n".join(lines)).body
    except SyntaxError:
        return None
    if len(again) != len(trees):
        return None
    return [lines[one.lineno - 1] if same_tree(one, tree) else None for one, tree in zip(again, trees)]


def source_of(tree: Any) -> str:
    """One statement as text; `ast.unparse` writes what astor gets wrong."""
    global fallbacks
    text = double_quoted(astor.to_source(tree, pretty_source="".join).rstrip("\n"))
    if not is_same(text, tree):
        fallbacks += 1
        text = ast.unparse(ast.fix_missing_locations(tree))
    return text


def double_quoted(text: str) -> str:
    """The text with its plain strings in double quotes."""
    return STRING.sub(r'"\1"', text) if "'" in text and '"' not in text else text


def is_same(text: str, tree: Any) -> bool:
    """True where the text, parsed, is the tree."""
    try:
        return same_tree(ast.parse(text).body[0], tree)
    except SyntaxError:
        return False


def same_tree(one: Any, other: Any) -> bool:
    """Equal node by node; positions and contexts do not count, which the emitter does not track."""
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST):
        return all(field in ("ctx", "type_comment", "kind") or
                   same_tree(getattr(one, field, None), getattr(other, field, None)) for field in one._fields)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same_tree, one, other))
    return one == other and repr(one) == repr(other) if isinstance(one, (float, complex)) else bool(one == other)
