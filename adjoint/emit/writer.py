"""From syntax trees to text, through astor.  Every line is parsed again and compared with its tree."""
from __future__ import annotations

import ast
import re
import warnings
from typing import Any

import gast

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import astor

fallbacks = 0
PARENTHESES = re.compile(r"\[\((.+)\) for ")  # astor writes `[(x * x) for x in xs]`
STRING = re.compile(r"(?<![\\w'])'([^'\\\n]*)'(?!')")


def source_of(node: Any) -> str:
    """One statement as text, on one line."""
    global fallbacks
    tree = gast.gast_to_ast(node)
    text = double_quoted(astor.to_source(tree, pretty_source="".join).rstrip("\n"))
    plain = PARENTHESES.sub(r"[\1 for ", text)
    if plain != text and is_same(plain, tree):
        return plain
    if not is_same(text, tree):
        fallbacks += 1
        text = ast.unparse(tree)
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


def head_of(node: Any) -> str:
    """The first line of a statement; `else` and `elif` come as words."""
    if node == "else":
        return "else:"
    if isinstance(node, tuple):
        return "el" + source_of(gast.If(node[1], [gast.Pass()], [])).split("\n")[0]
    return source_of(node).split("\n")[0]
