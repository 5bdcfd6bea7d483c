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
STRING = re.compile(r"(?<![\\w'])'([^'\\\n]*)'(?!')")


def source_of(node: Any) -> str:
    """One statement as text, on one line."""
    global fallbacks
    tree = gast.gast_to_ast(node)
    ast.fix_missing_locations(tree)
    text = double_quoted(astor.to_source(tree, pretty_source="".join).rstrip("\n"))
    if not is_same(text, tree):
        fallbacks += 1
        text = ast.unparse(tree)
    return text


def double_quoted(text: str) -> str:
    """The text with its plain strings in double quotes."""
    return STRING.sub(r'"\1"', text) if "'" in text and '"' not in text else text


def is_same(text: str, tree: Any) -> bool:
    try:
        again = ast.parse(text).body[0]
    except SyntaxError:
        return False
    return ast.dump(without_context(again)) == ast.dump(without_context(tree))


class _Store(ast.NodeTransformer):
    """Sets all contexts to `Load`: the emitter does not track them."""

    def generic_visit(self, node: Any) -> Any:
        if hasattr(node, "ctx"):
            node.ctx = ast.Load()
        return super().generic_visit(node)


def without_context(tree: Any) -> Any:
    return _Store().visit(tree)


def head_of(node: Any) -> str:
    """The first line of a statement; `else` and `elif` come as words."""
    if node == "else":
        return "else:"
    if isinstance(node, tuple):
        return "el" + source_of(gast.If(node[1], [gast.Pass()], [])).split("\n")[0]
    return source_of(node).split("\n")[0]
