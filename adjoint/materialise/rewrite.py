"""Carries out a plan: `At` operations become names, pops and computations.

before: a program with `At`, a plan
after:  a program without `At`; what must be saved is noted, and `tapes` puts it in

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         y = np.sin(x) + x
...         x = y * y
...     return x
for x in reversed(x_saved):
    y_bar = 2.0 * x_bar * (np.sin(x) + x)
    x_bar = y_bar + y_bar * np.cos(x)
"""
from __future__ import annotations

from dataclasses import replace

from ..ir.program import Alloc, Arg, At, Block, Carry, Function, If, Loop, Op, Storage, Store, Undo, Value
from ..ir.traverse import rename
from ..ir.types import Contents
from ..ir.units import Call, handover_of
from .fetch import Fetcher
from .stack import Scope
from .undo import Contained, Replan, old_value


class Rewriter(Fetcher):
    """Walks the program once."""

    def whole(self, function: Function) -> Function:
        """The program; what a pair puts back is among its results."""
        for version in function.entry:
            if version.storage in self.plan.undone:
                self.contents.now[version.buffer] = self.contents.holds[version.buffer] = version
        scope = Scope(function.block.key, [], outside=self.contents.now_and_here())
        self.stack.append(scope)
        for op in function.block.ops:
            self.op(op, scope)
        yields = (*map(self.arg, function.block.yields), *self.leave(function, scope))
        self.stack.pop()
        return replace(function, block=replace(function.block, ops=tuple(scope.ops), yields=yields))

    def block(self, block: Block, region: Op | None = None, outside: Contained | None = None) -> tuple[Block, Scope]:
        scope = Scope(block.key, [], region, outside=outside or self.contents.now_and_here())
        self.stack.append(scope)
        for op in block.ops:
            self.op(op, scope)
        yields = tuple(map(self.arg, block.yields))
        self.stack.pop()
        return Block(block.key, block.params, tuple(scope.ops), yields), scope

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
        elif isinstance(op, Call) and op.is_backward:
            self.call_back(rename(op, self.arg), scope)  # type: ignore[arg-type]
        else:
            scope.ops.append(rename(op, self.arg))
            self.contents.passes(op)

    def put_back(self, store: Store, scope: Scope) -> None:
        """Write back what a write of the forward sweep overwrote."""
        storage = store.handle.buffer
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

    def call_back(self, op: Call, scope: Scope) -> None:
        """A call of a backward part: it finds what the forward part left, and leaves what that found."""
        assert op.mirrors is not None
        call = self.survey.definition[op.mirrors]
        assert isinstance(call, Call)
        args, before, after = list(op.args), dict(zip(call.written, call.before)), {v.buffer: v for v in call.written}
        versions: dict[Storage, Value] = {}
        for k, handle in enumerate(call.args):
            if not isinstance(handle, Value) or not handle.is_handle:
                continue
            storage = handle.buffer
            if storage in self.plan.undone:
                if storage not in versions and self.contents.holds.get(storage) is not after[storage]:
                    raise Replan(keep=storage)
                args[k] = self.resolve(handle)
                versions.setdefault(storage, self.contents.now[storage])
                self.contents.holds[storage] = before[after[storage]]
            else:
                args[k] = self.left_there(op.mirrors, k, op, scope, versions)
        outs = tuple(Value(Contents(), storage.name, storage=storage) for storage in versions)
        self.contents.now.update({out.buffer: out for out in outs if out.storage in self.plan.undone})
        scope.ops.append(replace(op, outs=(*op.outs, *outs), args=tuple(args),
                                 before=(*op.before, *versions.values())))

    def left_there(self, saved: Value, k: int, op: Call, scope: Scope, versions: dict[Storage, Value]) -> Value:
        """An array with what the forward part left in one that has been written since."""
        value = self.resolve(self.survey.left[saved, k])
        storage = Storage(value.hint or "t", value.type)  # type: ignore[union-attr]
        handle = Value(value.type, storage.name, storage=storage)
        versions[storage] = Value(Contents(), storage.name, storage=storage)
        scope.ops.append(Alloc((handle, versions[storage]), op.origin, value))
        return handle

    def leave(self, function: Function, scope: Scope) -> tuple[Value, ...]:
        """The last versions of the parameters that a pair writes: they hold again what they held on entry."""
        last: list[Value] = []
        for version in function.entry if self.survey.hot else ():
            storage = version.buffer
            if storage in self.plan.undone:
                if self.contents.holds[storage] is not version:
                    raise Replan(keep=storage)
                last.append(self.contents.now[storage])
                continue
            handover = handover_of(function)
            assert handover is not None
            handle = next(param for param in function.params if param.storage is storage)
            before = next(arg for arg in handover.args if isinstance(arg, Value) and arg.is_version and
                          arg.storage is storage)
            last.append(Value(Contents(), storage.name, storage=storage))
            scope.ops.append(Store((last[-1],), function.origin, handle, self.resolve(self.survey.found[storage]),
                                   before))
        return tuple(last)

    def branch(self, op: If, scope: Scope) -> None:
        test = self.arg(op.test)
        source = self.survey.regions[op.then.key].op
        assert isinstance(source, If)
        outside = self.contents.now_and_here()
        entered = self.contents.enter_branch(op, source) if source is not op else {}
        arms, ends = [], []
        for block, forward in ((op.then, source.then), (op.orelse, source.orelse)):
            self.contents.enter_arm(entered, forward)
            arms.append(self.block(block, op, outside)[0])
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
        inner = Scope(op.body.key, [], op, outside=self.contents.now_and_here())
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
