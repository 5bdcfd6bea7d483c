# expect: later, nonlocal
"""A nested function that rebinds a name."""
ARGNUMS = 0


def inputs():
    return [(0.7,)]


def f(x):
    s = 1.0

    def step():
        nonlocal s  # caret
        s = s * x
    step()
    return s
