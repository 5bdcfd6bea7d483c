"""A cube root by Newton's method: the derivative of the iteration itself.

    python examples/newton.py [--backend cupy]
"""

EXAMPLE = ("cube_root", (0, 1))


def cube_root(a, x, tol):
    step = 1.0
    while abs(step) > tol:
        step = (x ** 3 - a) / (3.0 * x ** 2)
        x = x - step
    return x


def example_args():
    return 2.0, 3.0, 0.05


def main():
    from common import arguments

    import adjoint
    given = arguments("the derivative of Newton's iteration")
    gradient = adjoint.value_and_grad(cube_root, (0, 1), backend=given.backend)
    print(gradient.specialize(2.0, 3.0, 1e-6).source)
    for a in (0.5, 2.0, 10.0):
        root, (a_bar, x_bar) = gradient(a, 3.0, 1e-6)
        exact = a ** (-2 / 3) / 3
        print(f"a = {a:4}: root {root:.12f}, by a {a_bar:.9f} (exactly {exact:.9f}), by the start {x_bar:.1e}")
        if abs(a_bar - exact) > 1e-6:
            raise SystemExit("the derivative of the iteration is not that of the root")


if __name__ == "__main__":
    main()
