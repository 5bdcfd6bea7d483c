"""Carries out a plan: `At` operations become names, pops and computations.

before: a program with `At`, a plan
after:  a program without `At`; what must be saved is noted, and `tapes` puts it in
"""
from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..ir.program import (
    Arg,
    At,
    Block,
    Carry,
    Const,
    Function,
    If,
    Load,
    Loop,
    Op,
    Pop,
    Prim,
    Store,
    Undo,
    Value,
    View,
)
from ..ir.traverse import rename
from ..ir.types import Array, Contents, Tape
from ..primitives.primitive import noun_of
from .plan import Plan, is_recomputed, is_short
from .survey import Survey
from .undo import Contained, Replan, old_value


@dataclass
class Scope:
    """A block that is being rewritten.  `cache`: forward values that it has already."""

    key: int
    ops: list[Op]
    region: Op | None = None
    cache: dict[Value, Arg] = field(default_factory=dict)
    chains: dict[Carry, Value] = field(default_factory=dict)


@dataclass
class Saved:
    """A value that is pushed where it is defined and popped in one consumer."""

    value: Value
    tape: Value
    popped: Value
    peek: bool
    consumer: Op | None


class Rewriter:
    """Walks the program once; `saves`, `copies`, `escapes` and `counted` are left for `tapes`."""

    def __init__(self, survey: Survey, plan: Plan, function: Function) -> None:
        self.survey = survey
        self.plan = plan
        self.stack: list[Scope] = []
        self.saves: list[Saved] = []
        self.copies: dict[Value, Value] = {}
        self.escapes: dict[Value, Value] = {}
        self.counted: set[Value] = set()
        self.contents = Contained(frozenset(plan.undone))

    # ---- blocks

    def block(self, block: Block, region: Op | None = None) -> tuple[Block, Scope]:
        scope = Scope(block.key, [], region)
        self.stack.append(scope)
        for op in block.ops:
            self.op(op, scope)
        yields = tuple(map(self.arg, block.yields))
        self.stack.pop()
        return Block(block.key, block.params, tuple(scope.ops), yields), scope

    def arg(self, arg: Arg) -> Arg:
        """A renamed operand: the stand-in of an `At`, where it is one."""
        for scope in reversed(self.stack):
            if arg in scope.cache:
                return scope.cache[arg]  # type: ignore[index]
        return arg

    def op(self, op: Op, scope: Scope) -> None:
        if isinstance(op, At):
            scope.cache[op.outs[0]] = self.resolve(op.value)
        elif isinstance(op, Undo):
            if op.store.handle.storage in self.plan.undone and op.store.outs[0] in self.survey.home:
                self.put_back(op.store, scope)
        elif isinstance(op, If):
            self.branch(op, scope)
        elif isinstance(op, Loop):
            self.loop(op, scope)
        else:
            scope.ops.append(rename(op, self.arg))
            self.contents.passes(op)

    def put_back(self, store: Store, scope: Scope) -> None:
        """Write back what a write of the forward sweep overwrote."""
        storage = store.handle.storage
        assert storage is not None
        if self.contents.holds.get(storage) is not store.outs[0]:
            raise Replan(keep=storage)
        old = old_value(self.survey, store)
        region = self.survey.regions.get(self.survey.home[old])
        value: Arg
        if region is None:
            value = self.saved_copy(old)
        else:
            value = self.save(old, scope) if region.in_loop else self.escape(old)
        handle = self.resolve(store.handle)
        assert isinstance(handle, Value)
        after = Value(Contents(), storage.name, storage=storage)
        scope.ops.append(Store((after,), store.origin, handle, value, self.contents.now[storage]))
        self.contents.now[storage], self.contents.holds[storage] = after, store.before

    def reload(self, value: Value, load: Load) -> Value:
        """A load of an undone storage, done again here."""
        if not self.contents.holds_for(load):
            raise Replan(save=value)
        handle = self.resolve(load.handle)
        assert isinstance(handle, Value) and load.handle.storage is not None
        out = Value(value.type, value.hint)
        self.stack[-1].ops.append(Load((out,), load.origin, handle, self.contents.now[load.handle.storage]))
        return out

    def branch(self, op: If, scope: Scope) -> None:
        test = self.arg(op.test)
        source = self.survey.regions[op.then.key].op
        assert isinstance(source, If)
        entered = self.contents.enter_branch(op, source) if source is not op else {}
        arms, ends = [], []
        for block, forward in ((op.then, source.then), (op.orelse, source.orelse)):
            self.contents.enter_arm(entered, forward)
            arms.append(self.block(block, op)[0])
            ends.append(self.contents.ends(entered))
        made = self.contents.leave_branch(replace(op, test=test, then=arms[0], orelse=arms[1]), ends)
        scope.ops.append(made)
        if source is op:
            self.contents.passes(op)

    def loop(self, op: Loop, scope: Scope) -> None:
        header = tuple(map(self.arg, op.header))
        limit = None if op.limit is None else self.arg(op.limit)
        self.counted.update(arg for arg in (*header, limit) if arg in self.survey.trips)  # type: ignore[misc]
        inits = [self.arg(c.init) for c in op.carries]
        head = None if op.head is None else self.block(op.head)[0]
        inner = Scope(op.body.key, [], op)
        source = self.survey.regions[op.body.key].op
        assert isinstance(source, Loop)
        entered = self.contents.enter_loop(op, source) if source is not op else {}
        self.stack.append(inner)
        self.enter(op, inner)
        for inside in op.body.ops:
            self.op(inside, inner)
        carries = [Carry(init, c.param, self.arg(c.next), c.result) for init, c in zip(inits, op.carries)]
        for carry, param in inner.chains.items():
            carries.append(Carry(carry.result, param, self.resolve(carry.param), Value(param.type, param.hint)))
        carries += self.contents.leave_loop(entered)
        collects = tuple(replace(c, value=self.arg(c.value)) for c in op.collects)
        stop = None if op.stop is None else self.arg(op.stop)
        self.stack.pop()
        body = Block(op.body.key, op.body.params, tuple(inner.ops), ())
        made = replace(op, header=header, limit=limit, head=head, carries=tuple(carries), collects=collects,
                       body=body, stop=stop)
        scope.ops.append(made)
        if source is op:
            self.contents.passes(op)

    def enter(self, op: Loop, inner: Scope) -> None:
        """What the consumer loop has for free: the index and item of the loop it mirrors."""
        for source in self.survey.mirrors[op.body.key]:
            for mine, theirs in ((op.index, source.index), (op.item, source.item)):
                if mine is not None and theirs is not None and mine is not theirs:
                    inner.cache[theirs] = mine

    # ---- forward values

    def resolve(self, value: Value) -> Arg:
        """A forward value in the block at hand."""
        while isinstance(again := self.survey.definition.get(value), At):
            value = again.value
        home = self.survey.home.get(value, self.survey.top)
        if value in self.survey.trips:
            self.counted.add(value)
        made = self.survey.definition.get(value)
        if isinstance(made, Load) and made.handle.storage in self.plan.undone and value not in self.plan.saved_loads:
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
        if isinstance(op, Load) and isinstance(value.type, Array) and not self.survey.is_stable(op):
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
        return (op.handle.hint or (op.handle.storage.name if op.handle.storage else "t")) + "_saved"

    def fetch(self, value: Value, scope: Scope) -> Arg:
        chain = self.chained(value, scope)
        if chain is not None:
            return chain
        if is_recomputed(value, self.survey, self.plan):
            return self.recompute(value, scope)
        region = self.survey.regions[scope.key]
        if not region.in_loop:
            return self.escape(value)
        return self.save(value, scope)

    def recompute(self, value: Value, scope: Scope) -> Arg:
        op = self.survey.definition[value]
        if value in self.survey.whole and isinstance(op, Load):
            return self.part_of_whole(value, op, scope)
        outs = tuple(Value(out.type, out.hint, False, out.storage) for out in op.outs)
        inner = self.stack
        self.stack = inner[:inner.index(scope) + 1]
        made = replace(rename(op, lambda a: self.resolve(a) if isinstance(a, Value) else a), outs=outs)
        self.stack = inner
        scope.ops.append(made)
        for out, new in zip(op.outs, outs):
            scope.cache[out] = new
        return scope.cache[value]

    def part_of_whole(self, value: Value, op: Load, scope: Scope) -> Arg:
        """A part of an array, taken from the copy that was saved of the whole."""
        whole = self.resolve(self.survey.whole[value])
        path: list[View] = []
        handle = op.handle
        while isinstance(view := self.survey.definition.get(handle), View):
            path.insert(0, view)
            handle = view.base
        for view in path:
            indices = tuple(self.resolve(a) if isinstance(a, Value) else a for a in view.operands)
            out = Value(view.outs[0].type, None)
            attrs = (("step", Const(view.step)),)
            scope.ops.append(Prim((out,), op.origin, "getitem", (whole, *indices), attrs))
            whole = out
        scope.cache[value] = whole
        return whole

    def escape(self, value: Value) -> Value:
        if value not in self.escapes:
            hint = value.hint or noun_of(self.survey.definition.get(value))
            self.escapes[value] = Value(value.type, hint, False, value.storage)
        return self.escapes[value]

    def save(self, value: Value, scope: Scope) -> Value:
        consumer = next(s.region for s in reversed(self.stack) if isinstance(s.region, Loop))
        peek = self.survey.direction(self.survey.within[value]) == consumer.reverse
        hint = value.hint or self.default_hint(value)
        tape = Value(Tape(), hint + "_saved")
        popped = Value(value.type, hint)
        self.saves.append(Saved(value, tape, popped, peek, consumer))
        origin = self.origin_of(value)
        if peek:
            source = Value(Tape(), hint + "_again")
            self.stack[0].ops.append(Prim((source,), origin, "iterate", (tape,)))
            tape = source
        scope.ops.append(Pop((popped,), origin, tape, peek))
        return popped

    def origin_of(self, value: Value) -> object:
        op = self.survey.definition.get(value)
        return op.origin if op is not None else self.survey.regions[self.survey.home[value]].op.origin

    def default_hint(self, value: Value) -> str:
        op = self.survey.definition.get(value)
        if isinstance(op, Load):
            return op.handle.hint or (op.handle.storage.name if op.handle.storage else "t")
        return noun_of(op)

    # ---- chains

    def chained(self, value: Value, scope: Scope) -> Arg | None:
        """`next` of a carried variable whose `param` is saved too: it is what the trip after left behind."""
        source = self.survey.regions[scope.key].op
        if not self.plan.options.chain or not isinstance(source, Loop) or not isinstance(scope.region, Loop):
            return None
        if scope.region.reverse == source.reverse or self.survey.home.get(source.trips) != self.survey.top:
            return None
        for carry in source.carries:
            if carry.next is value and carry.param in self.plan_params and carry.param.storage is None:
                if carry not in scope.chains:
                    scope.chains[carry] = Value(value.type, carry.param.hint)
                return scope.chains[carry]
        return None

    plan_params: set[Value] = set()


