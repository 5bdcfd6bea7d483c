"""tanh, written with exp, and its first four derivatives by nested `elementwise_grad`, over a grid.

    python examples/tanh.py [--backend cupy]
"""
import numpy as np

EXAMPLE = ("tanh", 0)
ORDERS = 4


def tanh(x):
    e = np.exp(2.0 * x)
    return (e - 1.0) / (e + 1.0)


def example_args():
    return (0.3,)


def nested(backend="numpy"):
    """tanh', tanh'', ...: each the derivative of the one before."""
    import adjoint
    found, f = [], tanh
    for _ in range(ORDERS):
        f = adjoint.elementwise_grad(f, backend=backend)
        found.append(f)
    return found


def derivatives(backend):
    """What generated/ has besides the gradient, by name."""
    x = np.linspace(-1.0, 1.0, 5)
    return {f"tanh_derivative_{k}": f.specialize(x) for k, f in enumerate(nested(backend), 1)}


def picture(x, curves):
    from common import plots, save
    plt = plots()
    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    for k, curve in enumerate(curves):
        axes.plot(x, curve, label="tanh" + "'" * k)
    axes.set(xlabel="x", title="tanh and its derivatives")
    axes.legend()
    save(figure, "tanh.png")
    plt.close(figure)


def main():
    from common import arguments, arrays, to_host
    xp = arrays((given := arguments("tanh and four derivatives", points=401)).backend)
    x = xp.linspace(-3.0, 3.0, given.points)
    curves = [tanh(x)]
    for k, f in enumerate(nested(given.backend), 1):
        curves.append(f(x))
        print(f"derivative {k}: largest {float(abs(curves[-1]).max()):.6f}", flush=True)
    t = curves[0]
    exact = [1.0 - t * t, -2.0 * t * (1.0 - t * t), (1.0 - t * t) * (6.0 * t * t - 2.0),
             (1.0 - t * t) * t * (16.0 - 24.0 * t * t)]
    error = max(float(abs(found - want).max()) for found, want in zip(curves[1:], exact))
    print(f"largest error against the formulas: {error:.1e}\n\nThe second derivative, as adjoint wrote it:\n")
    print(nested(given.backend)[1].source)
    picture(to_host(x), [to_host(curve) for curve in curves])


if __name__ == "__main__":
    main()
