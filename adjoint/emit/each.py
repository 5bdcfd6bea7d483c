"""Prints the heads of loops over sequences: `for i, (a, b) in enumerate(zip(xs, ys))`, `for x in reversed(xs)`.

before: a loop that counts, and reads element k of its sequences in trip k
after:  the loop over the sequences themselves, where the count is used for nothing else
"""
from __future__ import annotations

from typing import Any

from ..ir.program import Bind, Const, Form, Loop, Op, Prim, Unpack, Value
from ..ir.traverse import operands
from ..primitives import core
from ..primitives.indexing import step_of
from . import syntax
from .backend import LEAST
from .statements import StatementPrinter

Head = tuple[Any, Any, list[Op]]


class EachPrinter(StatementPrinter):
    """The target and the source of a loop, and the operations of the body that they take over."""

    def nested_targets(self, unpack: Unpack, ops: tuple[Op, ...]) -> tuple[Any, list[Op]]:
        """`(W, b), (W_dot, b_dot)`: what is only unpacked again is unpacked in place."""
        skipped: list[Op] = [unpack]
        targets = []
        for out in unpack.outs:
            again = next((o for o in ops if isinstance(o, Unpack) and o.arg is out), None)
            if again is not None and self.nesting.uses.get(out, 0) == 1:
                target, inner = self.nested_targets(again, ops)
                skipped += inner
            else:
                target = self.target(out)
            targets.append(target)
        return syntax.tuple_of(targets), skipped

    # ---- what the user wrote

    def each_header(self, op: Loop) -> Head:
        """The loop as it was written; where the number of the trip is needed too, a count of the trips."""
        assert op.form is not None and op.index is not None
        reading = self.reading(op, op.form)
        targets, skipped = self.each_targets(op, op.form)
        used = sum(arg is op.index for inner in reading for arg in operands(inner)) + (op.index in targets)
        if used == self.nesting.uses.get(op.index, 0) and all(value in targets for value in op.form.values):
            return self.form_target(op.form, targets), self.form_source(op.form, op), [*reading, *skipped]
        return self.target(op.index), syntax.call(syntax.name("range"), [self.trip_count(op.form, op)]), []

    def reading(self, op: Loop, form: Form) -> list[Op]:
        """The operations of the body by which a trip reads its elements."""
        found: list[Op] = []
        left = [value for value in form.values if value is not op.index]
        while left:
            value = left.pop()
            made = self.nesting.definition.get(value)
            if made is None or self.nesting.block[value] != id(op.body) or made in found:
                continue
            found.append(made)
            left += [a for a in operands(made) if isinstance(a, Value) and self.nesting.uses.get(a) == 1]
        return found

    def each_targets(self, op: Loop, form: Form) -> tuple[dict[Value, Any], list[Op]]:
        """What each element is bound to, and the operations that bind it."""
        values: list[Value] = form.values
        targets: dict[Value, Any] = {}
        skipped: list[Op] = []
        once = {v for v in values if v is op.index or self.nesting.uses.get(v, 0) == 1}
        for inner in op.body.ops:
            if isinstance(inner, Bind) and all(arg in once for arg in inner.args):
                pairs = zip(inner.args, inner.outs)
                targets.update({arg: self.target(out) for arg, out in pairs if isinstance(arg, Value)})
                skipped.append(inner)
            elif isinstance(inner, Unpack) and isinstance(inner.arg, Value) and inner.arg in once:
                targets[inner.arg], more = self.nested_targets(inner, op.body.ops)
                skipped += more
        for value in values:
            if value in targets:
                continue
            if not self.nesting.uses.get(value, 0):
                targets[value] = syntax.name("_")
            elif value is not op.index and value not in self.nesting.inline:
                targets[value] = self.target(value)
        return targets, skipped

    def form_target(self, form: Form, targets: dict[Value, Any]) -> Any:
        own = [] if form.value is None else [targets[form.value]]
        parts = own + [self.form_target(part, targets) for part in form.parts]
        return parts[0] if len(parts) == 1 and form.word != "zip" else syntax.tuple_of(parts)

    def form_source(self, form: Form, op: Loop) -> Any:
        args = [op.header[k] for k in form.at]
        parts = [self.form_source(part, op) for part in form.parts]
        match form.word:
            case "range":
                return self.range_call(tuple(args))
            case "list" | "rows" | "keys":
                return self.sequence(args[0])
            case "items":
                return syntax.method(parts[0], "items", [])
            case "enumerate" if args[0] != Const(0):
                parts.append(self.expr(args[0]))
        return syntax.call(syntax.name(form.word), parts)

    def sequence(self, arg: Any) -> Any:
        return self.place(arg) if isinstance(arg, Value) and arg.is_handle else self.iterated(arg)

    def trip_count(self, form: Form, op: Loop) -> Any:
        lengths = [syntax.call(syntax.name("len"), [self.form_source(leaf, op)]) for leaf in form.leaves]
        return lengths[0] if len(lengths) == 1 else syntax.call(syntax.name(LEAST), lengths)

    # ---- a count that only serves to read one sequence

    def covering(self, op: Loop) -> Head | None:
        """`for x in xs` for a count of the elements of xs, of which each trip reads its own and nothing else."""
        if op.index is None or op.index.user or self.nesting.uses.get(op.index) != 1 or op.limit is not None:
            return None
        source = self.counted(op)
        element = next((inner for inner in op.body.ops if op.index in operands(inner)), None)
        if source is None or not isinstance(element, Prim) or not self.is_element(element, source):
            return None
        value, skipped = element.outs[0], [element]
        again = next((o for o in op.body.ops if isinstance(o, Unpack) and o.arg is value), None)
        if again is not None and self.nesting.uses.get(value) == 1:
            target, more = self.nested_targets(again, op.body.ops)
            return target, self.iterated(source), [*skipped, *more]
        if value in self.nesting.inline:
            return None
        over = element.args[0] if element.primitive == core.KEY else source
        return self.target(value), self.iterated(over), skipped  # type: ignore[return-value]

    def counted(self, op: Loop) -> Value | None:
        """The sequence whose length a loop counts to."""
        if op.kind != "range" or op.header[0] != Const(0) or op.header[2] != Const(1):
            return None
        stop = op.header[1]
        made = self.nesting.definition.get(stop) if isinstance(stop, Value) else None
        source = made.args[0] if isinstance(made, Prim) and made.primitive == core.LEN else None
        return source if isinstance(source, Value) and not source.is_handle else None

    def is_element(self, op: Prim, source: Value) -> bool:
        listed = self.nesting.definition.get(source)
        if isinstance(listed, Prim) and listed.primitive == core.LISTED and op.primitive == core.KEY:
            return op.args[0] is listed.args[0]
        if op.primitive == core.GETITEM:
            return op.args[0] is source and step_of(op).pattern == ("i",)
        return op.primitive == core.ITEM and op.args[0] is source
