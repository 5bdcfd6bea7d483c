# expect: gradient
"""An adjoint that a branch passes on unchanged."""
ARGNUMS = (0, 1)


def inputs():
    return [(0.7, 1.3),
            (-0.7, 1.3)]


def f(s, y):
    r = s * y
    if s > 0:
        r = r + y
    else:
        r = r - y
    return r * r
