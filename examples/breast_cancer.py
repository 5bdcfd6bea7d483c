"""Logistic regression on real data: the sigmoid is made of elementary operations.

    python examples/breast_cancer.py [--backend cupy] [--steps 300]

The data are scikit-learn's breast_cancer: 569 tumours, 30 measurements, malignant or benign.
"""
import numpy as np

EXAMPLE = ("log_loss", (0, 1))
RATE = 0.5


def sigmoid(x):
    negative = -x
    exponential = np.exp(negative)
    denominator = 1.0 + exponential
    return 1.0 / denominator


def log_loss(w, b, x, y):
    p = sigmoid(x @ w + b)
    return -np.mean(y * np.log(p) + (1.0 - y) * np.log(1.0 - p)) + 1e-3 * np.sum(w * w)


def example_args():
    rng = np.random.default_rng(9)
    return rng.standard_normal(3), 0.2, rng.standard_normal((7, 3)), rng.integers(0, 2, 7).astype(float)


def data(rng, xp):
    """(x, y) for training and for testing; each measurement has mean 0 and standard deviation 1."""
    from sklearn.datasets import load_breast_cancer
    x, y = load_breast_cancer(return_X_y=True)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    order = rng.permutation(len(x))
    return [(xp.asarray(x[part]), xp.asarray(y[part].astype(float))) for part in (order[114:], order[:114])]


def accuracy(w, b, x, y):
    return float(((x @ w + b > 0.0) == (y > 0.5)).mean())


def train(train_data, test_data, steps, backend, xp):
    """Gradient descent; yields (step, loss, accuracy on the test data)."""
    import adjoint
    gradient = adjoint.value_and_grad(log_loss, (0, 1), backend=backend)
    w, b = xp.zeros(30), 0.0
    for step in range(1, steps + 1):
        value, (w_bar, b_bar) = gradient(w, b, *train_data)
        w -= RATE * w_bar
        b -= RATE * float(b_bar)
        yield step, float(value), accuracy(w, b, *test_data)


def picture(history):
    from common import plots, save
    plt = plots()
    steps, losses, right = zip(*history)
    figure, (left, second) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    left.semilogy(steps, losses)
    left.set(xlabel="step", ylabel="log-loss", title="training")
    second.plot(steps, right)
    second.set(xlabel="step", title=f"test accuracy: {right[-1]:.1%}")
    save(figure, "breast_cancer.png")
    plt.close(figure)


def main():
    from common import arguments, arrays

    import adjoint
    given = arguments("logistic regression on breast_cancer", steps=300)
    xp = arrays(given.backend)
    training, test = data(np.random.default_rng(0), xp)
    history = []
    for step, value, right in train(training, test, given.steps, given.backend, xp):
        history.append((step, value, right))
        if step % 50 == 0:
            print(f"step {step:4}   loss {value:.4f}   test accuracy {right:.1%}", flush=True)
    print("\nThe gradient that ran, as adjoint wrote it:\n")
    print(adjoint.value_and_grad(log_loss, (0, 1), backend=given.backend).source)
    picture(history)
    if history[-1][2] < 0.95:
        raise SystemExit("fewer than 95 % of the test data are told right")


if __name__ == "__main__":
    main()
