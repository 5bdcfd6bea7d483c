"""The front end's entry: a function and the types of its arguments become a program.

before: a function object, a type for each parameter
after:  `Reading`: a Function in SSA form, with what it read from outside and what it relied on

>>> def f(x):  # f8[n]
...     x[0] *= 2.0
...     return x[0]
%1:x = copy(%0:x)  : float64[x.0]
&2:x, #3:x = alloc %1:x  : float64[x.0]
&4 = view &2:x[0]  : scalar float64
%5 = load &4 at #3:x  : scalar float64
%6 = multiply(%5, 2.0)  : scalar float64
#7:x = store set &4 <- %6 after #3:x
"""
from __future__ import annotations

import types
from dataclasses import dataclass, field
from typing import Any

import gast

from ..errors import UnsupportedError
from ..ir.program import Arg, Const, Function, Op, Prim, Value, new_key
from ..ir.types import Array, Opaque, Type
from ..primitives import core
from ..primitives.build import Builder, finished
from ..primitives.facts import Facts
from ..primitives.layouts import Layout
from .loops import Loops
from .scatter import scattered
from .scope import is_instance
from .source import Source, interface, read_source
from .summaries import Again, Recursions
from .templates import load_templates
from .things import Frame, Instance, Keywords, Recursive, Restart, Session, Site, Thing

RESTARTS = 100


@dataclass(frozen=True)
class Shown:
    """What a call shows of its arguments besides their types.

    `same`: parameters that are the same array as one before them; `layouts`: how arrays lie in memory.
    """

    same: dict[str, str] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)


NOTHING_SHOWN = Shown()


@dataclass(frozen=True)
class Reading:
    """A function, read.  `outside`: where its "global" operations read.

    `instances`: objects that were looked into, `fixed`: their attributes that are no numbers, and
    `methods`: what was found in their classes.  `same`: parameters that are the same array as another,
    by name.  `unshared`: those that must share no memory with another, since they are written, here or
    by the primal of a derivative that is called.
    """

    function: Function
    facts: Facts
    source: Source
    outside: dict[tuple[str, str], object]
    hot_parameters: tuple[str, ...]
    instances: dict[tuple[str, str], Instance]
    methods: dict[tuple[type, str], object]
    fixed: dict[tuple[str, str], tuple[object, object]]
    same: dict[str, str]
    unshared: tuple[str, ...]


def parameter_names(source: Source) -> list[str]:
    """The parameters that a caller sees."""
    spec = interface(source).node.args
    if spec.vararg or spec.kwarg:
        raise UnsupportedError("`*args` or `**kwargs` is not supported yet", source.span(source.node))
    return [a.id for a in [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]]


def read_function(function: types.FunctionType, kinds: dict[str, Type],
                  constants: dict[str, object] | None = None, caller: Session | None = None,
                  shown: Shown = NOTHING_SHOWN) -> Reading:
    """Build the program of `function`.  `constants`: parameters known by value (None, strings).

    `caller`: whose program this becomes a part of; it then reads what is read from outside.
    `shown`: what a call shows of its arguments besides their types.

    Raises UnsupportedError where the function uses what cannot be differentiated faithfully.
    """
    load_templates()
    source = read_source(function)
    hot: set[Site] = set()
    likely, guesses = Likely(source), True
    recursions = Recursions()
    for _ in range(RESTARTS):
        try:
            reading = _build(source, kinds, constants or {}, hot, recursions, caller, shown, likely)
            if not likely.wrong:
                return reading
        except UnsupportedError:
            if not likely.wrong:
                raise
        except Recursive as found:
            recursions.codes.add(found.code)
            continue
        except Again:
            continue
        except Restart as restart:  # an array taken for never written is written
            if restart.sites - hot:
                hot |= restart.sites | (likely.sites(hot) if guesses else set())
                continue
            if not likely.wrong:
                raise UnsupportedError("it cannot be told which array is written here",
                                       source.span(source.node), "take a copy first") from None
        hot, likely, guesses = hot - likely.wrong, Likely(source), False
    raise UnsupportedError("the arrays that are written do not settle", source.span(source.node))


class Likely:
    """Arrays that are likely to be written, since their names stand in front of `[...] =` somewhere.

    To take one for written spares a build.  That it is written must show: `wrong` are those for which it does not.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.guessed: set[Site] = set()
        self.session: Session | None = None

    def sites(self, hot: set[Site]) -> set[Site]:
        """Those of the build that was given up."""
        if self.session is None or not self.session.frames:
            return set()
        names = self.session.frames[0].names
        things = (names.get(node.value.id) for node in gast.walk(self.source.node) if isinstance(node, gast.Subscript)
                  and isinstance(node.ctx, gast.Store) and isinstance(node.value, gast.Name))
        found = {site for thing in things if isinstance(thing, Value) and isinstance(thing.type, Array)
                 for site in self.session.sites.get(thing, ())}
        new = {site for site in found if site[0] not in ("global", "inside")} - hot
        self.guessed |= new
        return new

    @property
    def wrong(self) -> set[Site]:
        return self.guessed - self.session.written if self.session is not None else set()


def _build(source: Source, kinds: dict[str, Type], constants: dict[str, object], hot: set[Site],
           recursions: Recursions, caller: Session | None, shown: Shown, likely: Likely) -> Reading:
    facts = Facts() if caller is None else caller.builder.facts
    builder = Builder(facts, origin=source.span(source.node))
    session = Session(builder, hot) if caller is None else caller.inside(builder, hot)
    session.recursions, likely.session = recursions, session
    loops = Loops(session)
    params: list[Value] = []
    names: dict[str, Thing] = {}
    for name in parameter_names(source):
        param = Value(kinds[name], name)
        params.append(param)
        names[name] = param
        if name in constants:
            found = constants[name]
            names[name] = Instance(found, "", name, found) if is_instance(found) else Const(found)
    session.frames.append(Frame(source, names, (), source.node))
    hot_parameters = _enter(session, params, names, shown)
    session.frame.names = _bound(source, names)
    own = source.function.__code__ in recursions.codes
    result = _call(loops, source, names) if own else loops.body(source.node.body, None)
    for name in session.augmented:
        if name in session.aliased:
            raise loops.refuse(f"`{name} += ...` makes a number anew and writes to an array; `{name}` may be either, "
                               "and something else holds it", session.augmented[name],
                               f"write `{name} = {name} + ...`")
    leaves: list[Arg] = []
    structure = _flatten(result, loops, leaves, source)
    outside = [_outside(value, owner, name) for (owner, name), (value, _) in session.globals.items()] \
        if caller is None else []
    block = scattered(finished(new_key(), [*outside, *builder.ops], (), tuple(leaves)))
    objects = {key: where for key, (_, where) in session.globals.items()}
    function = Function(source.name, tuple(params), block, structure, source.span(source.node))
    if caller is None:
        facts.read()
    unshared = (*hot_parameters, *(name for name in kinds if name in session.unshared and name not in hot_parameters))
    return Reading(function, builder.facts, source, objects, hot_parameters, session.instances,
                   session.methods, session.fixed, shown.same, unshared)


def _call(loops: Loops, source: Source, names: dict[str, Thing]) -> Thing:
    """The result of a function that calls itself, called with its parameters."""
    only = [word.id for word in interface(source).node.args.kwonlyargs]
    given = [thing for name, thing in names.items() if name not in only]
    return loops.call_unit(source.function, given, {name: names[name] for name in only}, source.node, None)


def _bound(source: Source, names: dict[str, Thing]) -> dict[str, Thing]:
    """The function's own parameters: behind `*args` and `**kwargs` those of what it wraps."""
    own, seen = source.node.args, interface(source).node.args
    if own is seen:
        return names
    positional = [names[word.id] for word in (*seen.posonlyargs, *seen.args)]
    keywords = {word.id: names[word.id] for word in seen.kwonlyargs}
    words = [word.id for word in (*own.posonlyargs, *own.args)]
    found: dict[str, Thing] = dict(zip(words, positional))
    found.update({word.id: keywords.pop(word.id) for word in own.kwonlyargs if word.id in keywords})
    if len(positional) > len(words) and not own.vararg or keywords and not own.kwarg \
            or len(found) < len(words) + len(own.kwonlyargs):
        raise UnsupportedError(f"the wrapper `{source.name}` has other parameters than what it wraps",
                               source.span(source.node), "differentiate the function that it wraps")
    if own.vararg:
        found[own.vararg.id] = tuple(positional[len(words):])
    if own.kwarg:
        found[own.kwarg.id] = Keywords(keywords)
    return found


def _outside(value: Value, owner: str, name: str) -> Op:
    return Prim((value,), None, core.GLOBAL, (), (("owner", Const(owner)), ("name", Const(name))))


def _enter(session: Session, params: list[Value], names: dict[str, Thing], shown: Shown) -> tuple[str, ...]:
    """Parameters that are written are copied on entry: the caller's array stays as it is."""
    written, same, layouts = [], shown.same, session.builder.facts.layouts
    for param in params:
        name = param.hint or ""
        layouts.update({param: shown.layouts[name]} if name in shown.layouts else {})
        if name in same:
            first = names[same[name]]
            assert isinstance(first, Value)
            names[name], = session.builder.bind((first,), (name,), True)
            session.sites[names[name]] = frozenset({("param", same[name])})  # type: ignore[index]
            continue
        site: Site = ("param" if isinstance(param.type, Array) else "inside", name)
        session.sites[param] = frozenset({site})
        if site not in session.hot or isinstance(param.type, Opaque):
            continue
        written.append(name)
        attrs = {} if isinstance(param.type, Array) and param.type.ndim == 1 else {"order": Const("K")}
        copy = session.builder.prim(core.COPY, param, attrs=attrs, hint=name)
        layouts.update({copy: layouts[param]} if param in layouts else {})
        handle = session.builder.alloc(copy, name, True)
        session.storage_sites[handle.buffer] = frozenset({site})
        names[name] = handle
    return tuple(written)


def _flatten(thing: Any, loops: Loops, leaves: list[Arg], source: Source) -> object:
    """The leaves of what the function returns, in order; its structure with a leaf's number in each place."""
    if isinstance(thing, tuple):
        return tuple(_flatten(item, loops, leaves, source) for item in thing)
    if thing in loops.session.unreturned:
        raise loops.refuse("the function returns None on some paths", source.node, "return a number on every path")
    arg = loops.read(thing, source.node)
    leaves.append(arg)
    return len(leaves) - 1


