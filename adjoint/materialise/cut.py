"""Chooses what to save by a minimum cut.

before: the forward values that the backward sweep needs, what each is computed from
after:  the values to compute again; what else is needed is saved.  The sum of the costs of saving and
        of computing again is the least there is (Ford and Fulkerson 1956).

A value stands for two nodes, `in` and `out`.  On the sink's side, `out` means "at hand in the backward
sweep" and `in` means "computed again there".

>>> def f(x, n):  # float, int
...     for _ in range(n):
...         y = np.sin(x) + x
...         x = y * y
...     return x
x_saved.append(x)
y = np.sin(x) + x
x = y * y
"""
from __future__ import annotations

from collections import deque
from typing import TypeGuard

from ..ir.program import Alloc, Arg, Bind, If, Load, Loop, Op, Prim, Store, Unpack, Value, View
from ..ir.traverse import operands
from ..ir.types import Array, Items, Listing
from ..ir.units import Call
from .plan import FREE, cost_of, is_free
from .survey import Survey

NEVER = 1 << 40
NESTED = 8
SCALAR = 12
CHOPPED = 40
RELOAD = 4
SOURCE, SINK = "source", "sink"


class Network:
    """A flow network with integer capacities."""

    def __init__(self) -> None:
        self.capacity: dict[object, dict[object, int]] = {SOURCE: {}, SINK: {}}

    def edge(self, a: object, b: object, capacity: int) -> None:
        there = self.capacity.setdefault(a, {})
        there[b] = there.get(b, 0) + capacity
        self.capacity.setdefault(b, {}).setdefault(a, 0)

    def levels(self) -> dict[object, int]:
        """How far from the source the nodes are along edges with room left, up to the sink."""
        found: dict[object, int] = {SOURCE: 0}
        queue: deque[object] = deque([SOURCE])
        while queue and SINK not in found:
            node = queue.popleft()
            for other, room in self.capacity[node].items():
                if room > 0 and other not in found:
                    found[other] = found[node] + 1
                    queue.append(other)
        return found

    def block_flow(self, level: dict[object, int]) -> None:
        """Fill shortest paths until none is left; what leads nowhere is looked at once (Dinic 1970)."""
        left = {node: list(self.capacity[node]) for node in level}
        path: list[object] = [SOURCE]
        while path:
            node, onward = path[-1], left.get(path[-1], [])
            if node == SINK:
                steps = list(zip(path, path[1:]))
                room = min(self.capacity[a][b] for a, b in steps)
                for a, b in steps:
                    self.capacity[a][b] -= room
                    self.capacity[b][a] += room
                full = next(k for k, (a, b) in enumerate(steps) if not self.capacity[a][b])
                del path[full + 1:]
                continue
            while onward and not (self.capacity[node][onward[-1]] > 0 and level.get(onward[-1]) == level[node] + 1):
                onward.pop()
            if onward:
                path.append(onward[-1])
            else:
                path.pop()
                if path:
                    left[path[-1]].pop()

    def source_side(self) -> set[object]:
        """The nodes on the source's side of a minimum cut, the one nearest to the sink."""
        while SINK in (level := self.levels()):
            self.block_flow(level)
        return self.not_reaching_sink()

    def not_reaching_sink(self) -> set[object]:
        reaching, queue = {SINK}, deque([SINK])
        while queue:
            node = queue.popleft()
            for other in self.capacity[node]:
                if other not in reaching and self.capacity[other].get(node, 0) > 0:
                    reaching.add(other)  # type: ignore[arg-type]
                    queue.append(other)  # type: ignore[arg-type]
        return {node for node in self.capacity if node not in reaching}


class Cut:
    """Builds the network for the values that are needed from inside loops."""

    def __init__(self, survey: Survey, saved: set[Value], free_loads: set[Value]) -> None:
        self.survey = survey
        self.saved = saved
        self.free_loads = free_loads
        self.network = Network()
        self.seen: dict[Value, None] = {}

    def add(self, value: Value) -> None:
        """A value, and what it would be computed from."""
        if value in self.seen or not self.is_inside(value):
            return
        self.seen[value] = None
        scale = NESTED ** max(self.survey.depth(self.survey.home[value]) - 1, 0)
        again = self.again_cost(value)
        self.network.edge(("in", value), ("out", value), self.save_cost(value) * scale)
        self.network.edge(SOURCE, ("in", value), min(again * scale, NEVER))
        if again < NEVER:
            for arg in self.inputs(value):
                if self.is_inside(arg):
                    self.add(arg)
                    self.network.edge(("out", arg), ("in", value), NEVER)

    def is_inside(self, value: Arg) -> TypeGuard[Value]:
        if not isinstance(value, Value) or value.is_version:
            return False
        home = self.survey.home.get(value, self.survey.top)
        return home != self.survey.top and self.survey.regions[home].in_loop

    def inputs(self, value: Value) -> tuple[Arg, ...]:
        """What computing `value` again reads."""
        op = self.survey.definition.get(value)
        if value in self.survey.entry:
            return self.survey.place_operands(op)[:-1]
        if value in self.survey.whole:
            return (self.survey.whole[value], *self.survey.place_operands(op)[:-1])
        if isinstance(op, Load):
            return self.survey.place_operands(op) if op.handle in self.survey.definition else ()
        return operands(op) if op is not None else ()

    def save_cost(self, value: Value) -> int:
        kind = value.type
        if isinstance(kind, (Items, Listing)) or value.is_handle:
            return NEVER
        if not isinstance(kind, Array):
            return SCALAR
        cost = 100 + 50 * (kind.ndim - 1)
        op = self.survey.definition.get(value)
        if isinstance(op, Prim) and not value.user:
            cost += CHOPPED
        return cost + (cost * 6) // 10 if isinstance(op, Load) else cost

    def again_cost(self, value: Value) -> int:
        """What computing `value` again costs, given what it is computed from."""
        op = self.survey.definition.get(value)
        if op is None or isinstance(op, (Alloc, Call, If, Loop, Store)):
            return 0 if self.is_native(value) or self.is_next_of_saved(value) else NEVER
        if self.is_next_of_saved(value):
            return 0
        if isinstance(op, Load):
            if value in self.survey.entry:
                return 0
            if value in self.free_loads:
                return 0 if isinstance(value.type, Array) else RELOAD
            return 0 if self.survey.can_reload(op) or value in self.survey.whole else NEVER
        if is_free(op, self.survey) or isinstance(op, (Bind, Unpack, View)):
            return 0
        return self.prim_cost(op, value)

    def prim_cost(self, op: Op, value: Value) -> int:
        if not isinstance(op, Prim) or op.primitive in FREE:
            return 0 if isinstance(op, Prim) else NEVER
        cost = cost_of(op)
        if cost == "never":
            return NEVER
        size = 15 if isinstance(value.type, Array) or any(isinstance(a.type, Array) for a in op.args) else 1
        return size * (4 if cost == "dear" else 1)

    def is_native(self, value: Value) -> bool:
        loop = self.survey.loops.get(value)
        return loop is not None and (value is loop.item or value is loop.index)

    def is_next_of_saved(self, value: Value) -> bool:
        return value in self.survey.next_of and self.survey.next_of[value] in self.saved

    def need(self, value: Value) -> None:
        if self.is_inside(value):
            self.add(value)
            self.network.edge(("out", value), SINK, NEVER)

    def solve(self) -> tuple[set[Value], set[Value], int]:
        """(computed again, saved, total cost)."""
        costs = {(a, b): c for a, there in self.network.capacity.items() for b, c in there.items()}
        side = self.network.source_side()
        again = {v for v in self.seen if ("in", v) not in side}
        saved = {v for v in self.seen if ("in", v) in side and ("out", v) not in side}
        total = sum(c for (a, b), c in costs.items() if a in side and b not in side)
        return again, saved, total


def choose(survey: Survey, needed: list[Value], free_loads: set[Value]) -> tuple[set[Value], set[Value], int]:
    """What to compute again and what to save, for the values that the backward sweep needs."""
    saved: set[Value] = set()
    for _ in range(4):
        cut = Cut(survey, saved, free_loads)
        for value in needed:
            cut.need(value)
        again, found, total = cut.solve()
        params = {v for v in found if v in survey.loops}
        if params <= saved:
            break
        saved = saved | params
    return again, found, total


