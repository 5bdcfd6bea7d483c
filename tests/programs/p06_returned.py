# expect: gradient
"""An argument that is returned."""
ARGNUMS = 0


def inputs():
    return [(0.7,),
            (-2.0,)]


def f(x):
    return x
