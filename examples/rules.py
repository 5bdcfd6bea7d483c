"""The rules of a matrix times a vector and of division, as formulas and as emitted code.

    python examples/rules.py [--backend cupy]
"""
import numpy as np

EXAMPLE = ("product_and_ratio", (0, 1, 2))
# In words, and as they are drawn.
FORMULAS = (
    (("z = A v", r"$z = A\,v$"), ("A_bar += z_bar v^T", r"$\bar A \;+\!\!= \bar z\, v^{\mathsf{T}}$"),
     ("v_bar += A^T z_bar", r"$\bar v \;+\!\!= A^{\mathsf{T}} \bar z$")),
    (("z = x / y", r"$z = x / y$"), ("x_bar += z_bar / y", r"$\bar x \;+\!\!= \bar z / y$"),
     ("y_bar -= z_bar z / y", r"$\bar y \;-\!\!= \bar z\, z / y$")))


def times(A, v):
    return A @ v


def divide(x, y):
    return x / y


def product_and_ratio(A, v, y):
    return np.sum(divide(times(A, v), y))


def example_args():
    rng = np.random.default_rng(10)
    return rng.standard_normal((4, 3)), rng.standard_normal(3), 2.0 + rng.random(4)


def rules(backend):
    """(name, vjp, example arguments) of the two."""
    import adjoint
    A, v, y = example_args()
    return (("times", adjoint.derivative(times, "vjp", (0, 1), backend=backend), (A, v)),
            ("divide", adjoint.derivative(divide, "vjp", (0, 1), backend=backend), (y, y)))


def derivatives(backend):
    return {f"{name}_vjp": made.specialize(*args) for name, made, args in rules(backend)}


def picture(texts):
    """Each rule: the formulas above, what was emitted for it below."""
    from common import plots, save
    plt = plots()
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.0), layout="constrained")
    for axis, formulas, text in zip(axes, FORMULAS, texts):
        axis.axis("off")
        for k, (_, formula) in enumerate(formulas):
            axis.text(0.0, 0.98 - 0.16 * k, formula, fontsize=17, va="top")
        axis.text(0.0, 0.42, text, fontsize=8, family="monospace", va="top")
    save(figure, "rules.png")
    plt.close(figure)


def main():
    from common import arguments
    given = arguments("two rules as formulas and as code")
    texts = []
    for (name, made, args), formulas in zip(rules(given.backend), FORMULAS):
        text = made.specialize(*args).source
        body = text.split('''"""\n''')[-1].rstrip()
        texts.append("\n".join(line[4:].partition("  #")[0].rstrip() for line in body.split("\n")))
        print(f"{name}: " + ";   ".join(words for words, _ in formulas) + f"\n\n{body}\n")
    picture(texts)


if __name__ == "__main__":
    main()
