"""The main job: a network for handwritten digits, trained with the gradient that adjoint writes.

    python examples/digits.py

prints the progress, then the source of the gradient that ran, and saves a picture of loss and
accuracy to examples/out/digits.png.  Needs the extra `examples` (scikit-learn and matplotlib).
"""
import time
from pathlib import Path

import numpy as np

EXAMPLE = ("loss", 0)
SIZES = (64, 64, 32, 10)
EPOCHS, BATCH, RATE = 30, 32, 0.3


def predict(params, x):
    """The logarithms of the class probabilities, shape (batch, classes)."""
    h = x
    for W, b in params:
        z = h @ W + b
        h = np.tanh(z)
    shifted = z - np.max(z, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def loss(params, x, targets):
    """The mean cross-entropy; `targets` has a row of 0s and one 1 for each digit."""
    return -np.mean(np.sum(targets * predict(params, x), axis=1))


def initial(sizes, rng):
    return [(rng.standard_normal((m, n)) / np.sqrt(m), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]


def example_args():
    rng = np.random.default_rng(6)
    return initial((8, 6, 5, 3), rng), rng.standard_normal((7, 8)), np.eye(3)[rng.integers(0, 3, 7)]


def digits(rng):
    """(x, labels) for training and for testing: 8 x 8 pixels each, scaled to [0, 1]."""
    from sklearn.datasets import load_digits
    x, labels = load_digits(return_X_y=True)
    order = rng.permutation(len(x))
    test, train = order[:360], order[360:]
    return (x[train] / 16.0, labels[train]), (x[test] / 16.0, labels[test])


def accuracy(params, x, labels):
    return float(np.mean(np.argmax(predict(params, x), axis=1) == labels))


def train(params, data, test, rng, epochs=EPOCHS):
    """SGD; yields (epoch, mean loss, test accuracy).  `params` is updated in place."""
    import adjoint
    gradient = adjoint.value_and_grad(loss)
    (x, labels), one_hot = data, np.eye(10)
    for epoch in range(1, epochs + 1):
        values = []
        for batch in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
            value, params_bar = gradient(params, x[batch], one_hot[labels[batch]])
            for (W, b), (W_bar, b_bar) in zip(params, params_bar):
                W -= RATE * W_bar
                b -= RATE * b_bar
            values.append(value)
        yield epoch, float(np.mean(values)), accuracy(params, *test)


def picture(history, path):
    """Loss and test accuracy against epochs, as a PNG."""
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    epochs, losses, accuracies = zip(*history)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.semilogy(epochs, losses)
    left.set(title="training loss", xlabel="epoch", ylabel="mean cross-entropy")
    right.plot(epochs, accuracies)
    right.axhline(0.95, color="grey", linewidth=0.8, linestyle="--")
    right.set(title=f"test accuracy: {accuracies[-1]:.1%}", xlabel="epoch", ylabel="fraction right")
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=120)
    plt.close(figure)


def main():
    import adjoint
    rng = np.random.default_rng(0)
    data, test = digits(rng)
    params = initial(SIZES, rng)
    started, history = time.perf_counter(), []
    for epoch, mean_loss, right in train(params, data, test, rng):
        history.append((epoch, mean_loss, right))
        print(f"epoch {epoch:2}   loss {mean_loss:.4f}   test accuracy {right:.1%}", flush=True)
    seconds = time.perf_counter() - started
    print(f"\n{len(history)} epochs in {seconds:.1f} s.  The gradient that ran, as adjoint wrote it:\n")
    print(adjoint.value_and_grad(loss).source)
    path = Path(__file__).parent / "out" / "digits.png"
    picture(history, path)
    print(f"test accuracy {history[-1][2]:.1%} on {len(test[0])} digits; picture: {path}")
    if history[-1][2] < 0.95:
        raise SystemExit("the network did not reach 95 % on the test digits")


if __name__ == "__main__":
    main()
