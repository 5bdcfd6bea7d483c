# expect: gradient
"""A loop over a list of floats."""
ARGNUMS = (0, 1)


def inputs():
    return [([0.5, 1.5, -0.3], 0.3),
            ([0.5], 0.3)]


def f(xs, k):
    s = 1.0
    for x in xs:
        s = s * x + x * x * k
    return s
