"""The forward sweep is the user's own statements: what is emitted, inserted lines removed, stands in the source.

Inserted are: saves and copies, counts of trips, names for parts of a statement (put back in here before the
comparison), and flags in place of what cannot stay (`return` and `else` of loops).
"""
from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any

import pytest

import adjoint

from .test_programs import GRADIENTS, load, with_defaults

MADE = re.compile(r"(_saved|_again|trips|trips\d|returned|left_early|succeeded|^saved|^saved\d)\d*$")


def forward_part(source: str) -> list[ast.stmt]:
    """The statements between `# forward` and `# backward`."""
    lines = source.split("\n")
    if "    # forward" not in lines:
        return []
    start = lines.index("    # forward") + 1
    end = lines.index("    # backward") if "    # backward" in lines else len(lines)
    return ast.parse(textwrap.dedent("\n".join(lines[start:end]))).body


class Normal(ast.NodeTransformer):
    """Puts named parts back; drops contexts and comments of types."""

    def __init__(self, parts: dict[str, ast.expr]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.parts.get(node.id, ast.Name(node.id, ast.Load()))


def text_of(node: ast.AST, parts: dict[str, ast.expr]) -> str:
    return ast.unparse(Normal(parts).visit(ast.parse(ast.unparse(node))))


def heads(statements: list[ast.stmt], own: set[str], parts: dict[str, ast.expr]) -> list[str]:
    """The user's statements among those emitted, heads of compound ones without their bodies."""
    found: list[str] = []
    for node in statements:
        if is_inserted(node):
            continue
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id not in own:
            parts[node.targets[0].id] = ast.parse(text_of(node.value, parts), mode="eval").body
            continue
        handled = [line for handler in getattr(node, "handlers", []) for line in handler.body]
        for inner in (getattr(node, "body", []), handled, getattr(node, "orelse", [])):
            if isinstance(inner, list) and inner:
                found += heads(inner, own, parts)
        found.append(head_of(node, parts))
    return found


def head_of(node: ast.stmt, parts: dict[str, ast.expr]) -> str:
    if isinstance(node, ast.For):
        return f"for {text_of(node.target, {})} in {text_of(node.iter, parts)}"
    if isinstance(node, ast.If) and isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
        return f"If {text_of(node.test.operand, parts)}"  # only the arm that does something is written
    if isinstance(node, ast.Try):
        return " ".join(["try", *(ast.unparse(handler.type) for handler in node.handlers if handler.type is not None)])
    if isinstance(node, (ast.While, ast.If)):
        return f"{type(node).__name__} {text_of(node.test, parts)}"
    return text_of(node, parts)


def is_inserted(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Pass, ast.Break, ast.Continue)) or "ran: no derivative" in ast.unparse(node):
        return not isinstance(node, ast.Try)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        function = node.value.func
        return isinstance(function, ast.Attribute) and function.attr == "append" and isinstance(
            function.value, ast.Name) and bool(MADE.search(function.value.id))
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if isinstance(target, ast.Name) and (MADE.search(target.id) or is_entry_copy(node, target.id)):
            return True
    return isinstance(node, ast.If) and any(
        isinstance(part, ast.Name) and MADE.search(part.id) for part in ast.walk(node.test))


def is_entry_copy(node: Any, name: str) -> bool:
    return ast.unparse(node.value) in (f"{name}.copy()", f"{name}.copy(order='K')")


def user_heads(function: Any) -> tuple[set[str], set[str]]:
    """The heads of the user's statements, and the names they bind; of the functions that are inlined too."""
    module = inspect.getmodule(function)
    texts, names = set(), set()
    for part in vars(module).values():
        if not inspect.isfunction(part):
            continue
        tree = ast.parse(textwrap.dedent(inspect.getsource(part)))
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt):
                texts.add(head_of(node, {}))
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):  # `a, b = [], []`, one by one
                texts |= {f"{ast.unparse(a)} = {ast.unparse(b)}"
                          for a, b in zip(getattr(node.targets[0], "elts", ()), node.value.elts)}
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            if isinstance(node, ast.arg):
                names.add(node.arg)
    return texts, names


# Programs of which the text says the same in other words: `out=` is a write, a swap of rows is two
# writes, guards and callees' conditions are turned round, a branch known when compiling is gone, loops are written
# out, arrays in a list that are written have names of their own, a function that calls itself is called, `get` of a
# dict is the entry.
OTHER_WORDS = {
    "a04_swap_rows", "a10_index_overwritten", "a13_one_array_two_names", "a13_repeated_list", "a14_arrays_in_a_list",
    "a22_out_axis", "a22_out_overlap", "a22_out_scalar", "a22_out_view", "a33_generators",
    "c04_conditional_expression", "c19_swap_written_in_branch", "d03_in_place", "d15_inner_functions",
    "i09_masks_written", "i10_slices_with_names", "k03_ternaries", "k07_effects", "k30_arrays_unpacked",
    "p17_mixed_list", "v33_list_taken_apart", "x35_shapes_sliced", "y35_shapes_of_views",
    "c25_left_by_known_tests", "c26_words_in_a_loop", "k10_break_and_else_nested", "k11_chained_in_loop",
    "k15_enumerate", "t14_numbers", "t20_checked_types", "u02_other_module", "u03_callee_writes",
    "v03_comprehensions", "v09_lists_in_place", "v12_comprehensions_with_conditions", "v14_dict_comprehensions",
    "w02_parameter_written", "w06_broadcast_accumulate", "w07_masks",
    "l33_known_in_trips", "p20_entries_or_defaults", "v36_dict_of_written", "v37_last_item",
    "y26_number_or_array_updated", "y27_parts_held",
    "z39_rows_make_then_written"}
# Programs whose statements cannot stay as they are: what callees compute is written in their callers, and these forms
# are rewritten.
REWRITTEN = re.compile(r"\bmatch |:= |\*rest|lambda|state\[|else:\n    \S|def \w+\(.*\n(.*\n)*def ")


@pytest.mark.parametrize("name", GRADIENTS)
def test_forward_sweep_is_the_users(name: str) -> None:
    module = load(name)
    if name in OTHER_WORDS:
        pytest.skip("says the same in other words")
    if REWRITTEN.search(inspect.getsource(module).partition("def inputs")[2].partition("\n\n\n")[2]):
        pytest.skip("has statements that are rewritten")
    texts, names = user_heads(module.f)
    source = adjoint.grad(module.f, module.ARGNUMS).specialize(*with_defaults(module.f, module.inputs()[0])).source
    emitted = heads(forward_part(source), names, {})
    strange = [line for line in emitted if line not in texts]
    assert not strange, f"{strange}\n{source}"
