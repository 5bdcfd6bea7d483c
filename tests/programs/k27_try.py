# expect: gradient
"""`try` with `else` and `finally`, in a loop, around a return, with writes and a tuple of exceptions."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7), (np.array([-0.3, 0.8, 0.5]), -0.2)]


def part(x, k, a):
    try:
        return x[k] * a
    except IndexError:
        return 0.0


def f(x, a):
    s = 0.0
    for k in range(3):
        try:
            t = np.sin(x) * a
            x[k] *= part(x, k, a)
            s += np.sum(t * x) / a
        except (ZeroDivisionError, ValueError):
            t = x
            s = 0.0
        except FloatingPointError:
            t = -x
        else:
            s = s * 1.5
        finally:
            s += t[k]
    return s
