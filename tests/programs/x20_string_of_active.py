# expect: refuse, no derivative rule
"""A builtin without a rule, of an active value."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    y = str(x)  # caret
    return float(y)
