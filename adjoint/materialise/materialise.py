"""The pass that knows tapes.

before: a derivative program; forward values of inner blocks are named by `At`
after:  no `At`, no `Undo`: what the backward sweep needs is saved, put back or computed again
"""
from __future__ import annotations

from ..ir.program import Function
from ..optimize.dead import without_dead
from .plan import Options, Plan
from .rewrite import Rewriter
from .survey import survey
from .tapes import Tapes


def materialise(function: Function, options: Options) -> Function:
    """The program with its tapes."""
    facts = survey(function)
    plan = Plan(options)
    saved: set = set()
    for _ in range(2):
        rewriter = Rewriter(facts, plan, function)
        rewriter.plan_params = saved
        block, _scope = rewriter.block(function.block)
        saved = {s.value for s in rewriter.saves if s.value in facts.loops}
    rewritten = Function(function.name, function.params, block, function.structure, function.origin)
    made = Tapes(rewriter).run(rewritten)
    return without_dead(made)
