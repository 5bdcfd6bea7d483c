"""Finds, or makes, a forward value where the backward sweep names it.

before: the value of an `At`, and the block where it stands
after:  what stands for it there: a name that is still right, a saved copy, a pop, or a computation

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         y = np.exp(x)
...         x = y + x
...     return x
for y in reversed(y_saved):
    x_bar += x_bar * y
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import Arg, At, Bind, If, Load, Loop, Op, Pop, Prim, Storage, Value, View
from ..ir.traverse import rename
from ..ir.types import Array, Tape, dims_of
from ..ir.units import SAVED
from ..primitives import core
from ..primitives.composing import composed
from ..primitives.indexing import taken
from ..primitives.nouns import base_noun, noun_of
from .items import item_of_trip
from .plan import Plan, is_recomputed, is_short
from .stack import Saved, Scope, key_of
from .survey import Survey
from .undo import Contained, Replan


class Fetcher:
    """`saves`, `copies`, `escapes` and `counted` are left for `tapes`.

    `saved_params`: the carried variables that are known to be saved, so that their next values need no tape.
    """

    def __init__(self, survey: Survey, plan: Plan, saved_params: set[Value]) -> None:
        self.survey = survey
        self.plan = plan
        self.saved_params = saved_params
        self.stack: list[Scope] = []
        self.saves: list[Saved] = []
        self.copies: dict[Value, Value] = {}
        self.escapes: dict[Value, Value] = {}
        self.contents_outside: dict[tuple[Op, Storage], Value] = {}
        self.counted: set[Value] = set()
        self.contents = Contained(frozenset(plan.undone), survey.definition)

    def arg(self, arg: Arg) -> Arg:
        """A renamed operand: the stand-in of an `At`, where it is one."""
        return next((scope.cache[arg] for scope in reversed(self.stack) if arg in scope.cache), arg)  # type: ignore

    def resolve(self, value: Value) -> Arg:
        """A forward value in the block at hand."""
        while isinstance(again := self.survey.definition.get(value), At):
            value = again.value
        home = self.survey.home.get(value, self.survey.top)
        if value in self.survey.trips:
            self.counted.add(value)
        made = self.survey.definition.get(value)
        undone = isinstance(made, Load) and made.handle.storage in self.plan.undone and value not in self.survey.entry
        if undone and isinstance(made, Load) and value not in self.plan.saved_loads:
            if home == self.survey.top or self.scope_of(home).region is not self.survey.within[value]:
                return self.reload(value, made)
        if home == self.survey.top:
            return self.top_value(value)
        scope = self.scope_of(home)
        if scope.region is self.survey.within[value]:
            return self.arg(value)
        if value not in scope.cache:
            scope.cache[value] = self.fetch(value, scope)
        return scope.cache[value]

    def scope_of(self, home: int) -> Scope:
        scope = next((s for s in reversed(self.stack) if s.key == home), None)
        assert scope is not None, "a forward value is named where its block has no mirror"
        return scope

    def reload(self, value: Value, load: Load) -> Value:
        """A load of an undone storage, done again here."""
        if not self.contents.holds_for(load):
            raise Replan(save=value)
        handle = self.resolve(load.handle)
        assert isinstance(handle, Value) and load.handle.storage is not None
        out = Value(value.type, value.hint)
        self.stack[-1].ops.append(Load((out,), load.origin, handle, self.contents.now[load.handle.storage]))
        return out

    def saved_copy(self, value: Value) -> Value:
        """A copy of a load of the outermost block, made where it is loaded."""
        if not isinstance(value.type, Array):
            return value
        op = self.survey.definition[value]
        assert isinstance(op, Load)
        if value not in self.copies:
            self.copies[value] = Value(value.type, value.hint or self.place_hint(op))
        return self.copies[value]

    def top_value(self, value: Value) -> Arg:
        op = self.survey.definition.get(value)
        if value in self.survey.entry:
            outer = self.stack[0]
            if value not in outer.cache:
                outer.cache[value] = self.recompute(value, outer)
            return outer.cache[value]
        written = isinstance(op, Load) and self.survey.is_part(op) and not self.survey.is_stable(op)
        if written and isinstance(value.type, Array):
            if self.plan.options.unsafe_reference:
                return value
            return self.saved_copy(value)
        if op is not None and not value.user and is_short(value, self.survey):
            outer = self.stack[0]
            if value not in outer.cache:
                outer.cache[value] = self.recompute(value, outer)
            return outer.cache[value]
        return value

    def place_hint(self, op: Load) -> str:
        return base_noun(op.handle, self.survey.definition) + "_saved"

    def fetch(self, value: Value, scope: Scope) -> Arg:
        item = item_of_trip(value, self.survey, scope.region, self.resolve, scope.ops)
        if item is not None:
            return item
        chain = self.chained(value, scope)
        if chain is not None:
            return chain
        if is_recomputed(value, self.survey, self.plan):
            return self.recompute(value, scope)
        region = self.survey.regions[scope.key]
        if not region.in_loop or self.in_same_trip(value, scope):
            return self.escape(value)
        return self.save(value, scope)

    def in_same_trip(self, value: Value, scope: Scope) -> bool:
        """True where a value is named in the trip that computes it, in an arm that mirrors its own."""
        made, named = self.survey.within[value], scope.region
        while isinstance(made, If):
            made = self.survey.around[made]
        while isinstance(named, If):
            named = self.survey.around[named]
        return made is named

    def recompute(self, value: Value, scope: Scope) -> Arg:
        op = self.survey.definition[value]
        if isinstance(op, Load) and value in self.survey.entry:
            return self.part_of(self.survey.entry[value], value, op, scope)
        if value in self.survey.whole and isinstance(op, Load):
            whole = self.resolve(self.survey.whole[value])
            return self.part_of(whole, value, op, scope, self.survey.root_of(op.handle))
        outs = tuple(Value(out.type, out.hint, False, out.storage) for out in op.outs)
        inner, contents = self.stack, self.contents
        self.stack, further = inner[:inner.index(scope) + 1], inner[inner.index(scope) + 1:]
        if further:  # it is computed before the block inside begins
            self.contents = further[0].outside
        if isinstance(op, Bind):
            found = scope.cache[value] = self.bound(op.args[op.outs.index(value)], value.hint)
            self.stack, self.contents = inner, contents
            return found
        if isinstance(op, Load) and value in self.survey.lasting:
            op = replace(op, version=self.survey.lasting[value])
        made = replace(rename(op, lambda a: self.resolve(a) if isinstance(a, Value) else a), outs=outs)
        self.stack, self.contents = inner, contents
        known = scope.known.setdefault(key_of(made), made.outs)
        if known is made.outs:
            scope.ops.append(made)
        for out, new in zip(op.outs, known):
            scope.cache[out] = new
        return scope.cache[value]

    def bound(self, source: Arg, name: str | None) -> Arg:
        """What a name was bound to; where that has no name, it is called so."""
        found = self.resolve(source) if isinstance(source, Value) else source
        if isinstance(found, Value) and found.hint is None and name is not None:
            self.plan.hints.setdefault(found, name)
        return found

    def part_of(self, whole: Arg, value: Value, op: Load, scope: Scope, root: Value | None = None) -> Arg:
        """A part of an array, taken from the copy that was saved of all that `root` shows, or from the caller's own."""
        for view in self.path_of(op.handle, root):
            indices = tuple(self.resolve(a) if isinstance(a, Value) else a for a in view.operands)
            out = Value(view.outs[0].type, None)
            scope.ops.append(replace(taken(view, whole, out, indices), origin=op.origin))
            whole = out
        scope.cache[value] = whole
        return whole

    def path_of(self, handle: Value, root: Value | None) -> list[View]:
        """The views that lead to a place, from `root`, else from the whole array; as few as it takes."""
        path: list[View] = []
        while handle is not root and isinstance(view := self.survey.definition.get(handle), (View, Bind)):
            if isinstance(view, Bind):
                handle = view.args[view.outs.index(handle)]  # type: ignore[assignment]
                continue
            both = None
            if path and {view.step.kind, path[0].step.kind} == {"index"}:
                rank = len(dims_of(view.base.type))
                both = composed(view.step, view.operands, rank, path[0].step, path[0].operands)
            if both is None:
                path.insert(0, view)
            else:
                path[0] = replace(path[0], base=view.base, step=both[0], operands=both[1])
            handle = view.base
        return path

    def escape(self, value: Value) -> Value:
        """The name outside of what is defined in an arm, or of what each arm leaves in a storage."""
        value = self.kept_apart(value)
        result = value if self.plan.pair else self.survey.result_of(value)
        if self.survey.home[result] == self.survey.top:
            return result
        if value not in self.escapes:
            hint = self.noun(value) + ("_saved" if value in self.survey.old.values() else "")
            made = Value(value.type, hint, False, value.storage)
            if value.is_version:
                key = (self.survey.regions[self.survey.home[value]].top, value.buffer)
                made = self.contents_outside.setdefault(key, made)
            self.escapes[value] = made
        return self.escapes[value]

    def kept_apart(self, value: Value) -> Value:
        """A copy of a part of an array that is written later: the user's own statement still reads the array, and
        NumPy adds up in the order in which what it reads lies in memory."""
        op = self.survey.definition.get(value)
        if not isinstance(op, Load) or not isinstance(value.type, Array) or self.survey.is_stable(op) or \
                value in self.survey.old.values() or not self.survey.is_part(op) or self.plan.options.unsafe_reference:
            return value
        copy = self.saved_copy(value)
        self.survey.home[copy] = self.survey.home[value]
        return copy

    def save(self, value: Value, scope: Scope) -> Value:
        consumer = next(s.region for s in reversed(self.stack) if isinstance(s.region, Loop))
        peek = self.survey.direction(self.survey.within[value]) == consumer.reverse
        hint, word = self.noun(value), self.plan.name_of(value) or self.tape_noun(value)
        tape = Value(Tape(), word.removesuffix("_saved") + ("_calls" if value.type == SAVED else "_saved"))
        popped = Value(value.type, hint)
        self.saves.append(Saved(value, tape, popped, peek, consumer))
        origin = self.survey.origin_of(value)
        if peek:
            source = Value(Tape(), hint + "_again")
            self.stack[0].ops.append(Prim((source,), origin, core.ITERATE, (tape,)))
            tape = source
        scope.ops.append(Pop((popped,), origin, tape, peek))
        return popped

    def noun(self, value: Value) -> str:
        definition = self.survey.definition
        return self.plan.name_of(value) or noun_of(definition.get(value), definition)

    def tape_noun(self, value: Value) -> str:
        """What a list of values is called: parts of an array are saved under its name."""
        op, definition = self.survey.definition.get(value), self.survey.definition
        return base_noun(op.handle, definition) if isinstance(op, Load) else noun_of(op, definition)

    # ---- chains

    def chained(self, value: Value, scope: Scope) -> Arg | None:
        """`next` of a carried variable whose `param` is saved too: it is what the trip after left behind."""
        source = self.survey.regions[scope.key].op
        if not self.plan.options.chain or not isinstance(source, Loop) or not isinstance(scope.region, Loop):
            return None
        if scope.region.reverse == source.reverse or self.survey.home.get(source.trips) != self.survey.top:
            return None
        for carry in source.carries:
            if carry.next is value and carry.param in self.saved_params and carry.param.storage is None:
                if carry not in scope.chains:
                    scope.chains[carry] = Value(value.type, carry.param.hint)
                return scope.chains[carry]
        return None
