"""A user's own exp with a rule of its own: the backward sweep reuses what the forward sweep computed.

    python examples/own_exp.py [--backend cupy]
"""
import numpy as np

import adjoint

EXAMPLE = ("moment", (0, 1))


def exp(x):
    """e to the x: the series near 0, then squared as often as x was halved."""
    x = x / 1024.0
    term = total = 1.0 + 0.0 * x
    for k in range(1, 8):
        term = term * x / k
        total = total + term
    for _ in range(10):
        total = total * total
    return total


@adjoint.template.elementwise(exp, cost="never")
def exp_rule(z, x):
    """z = exp x."""
    dz_dx = z  # noqa: F841


def moment(x, a):
    y = exp(-a * x ** 2)
    return np.mean(x ** 2 * y)


def example_args():
    return np.linspace(-2.0, 2.0, 9), 0.7


def main():
    from common import arguments, arrays
    given = arguments("a function with a rule of its own")
    xp = arrays(given.backend)
    gradient = adjoint.grad(moment, (0, 1), backend=given.backend)
    x, a = xp.linspace(-2.0, 2.0, 1001), 0.7
    x_bar, a_bar = gradient(x, a)
    want = float(-(x ** 4 * xp.exp(-a * x ** 2)).mean())
    print(gradient.source)
    print(f"with respect to a: {float(a_bar):.12f}, by formula {want:.12f}")
    if abs(float(a_bar) - want) > 1e-9:
        raise SystemExit("the gradient is not that of the formula")


if __name__ == "__main__":
    main()
