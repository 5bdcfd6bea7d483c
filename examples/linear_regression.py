"""Linear regression by SGD: the vjps of a layer x W + b and of the mean square, composed by hand.

    python examples/linear_regression.py [--backend cupy] [--epochs 60]

The data are scikit-learn's diabetes: 442 patients, 10 measurements, the progress of a year.
"""
import numpy as np

EXAMPLE = ("loss", (1, 2))
RATE, BATCH = 0.05, 26


def layer(x, W, b):
    return x @ W + b


def mean_square(predicted, y):
    return np.mean((predicted - y) ** 2)


def loss(x, W, b, y):
    return mean_square(layer(x, W, b), y)


def example_args():
    rng = np.random.default_rng(8)
    return rng.standard_normal((6, 3)), rng.standard_normal((3, 1)), rng.standard_normal(1), rng.standard_normal((6, 1))


def pullbacks(backend):
    """The vjps: of the layer with respect to input and weights, of the mean square to what is predicted."""
    import adjoint
    return (adjoint.derivative(layer, "vjp", (0, 1, 2), backend=backend),
            adjoint.derivative(mean_square, "vjp", 0, backend=backend))


def derivatives(backend):
    x, W, b, y = example_args()
    of_layer, of_loss = pullbacks(backend)
    return {"linear_layer_vjp": of_layer.specialize(x, W, b), "mean_square_vjp": of_loss.specialize(y, y)}


def data(rng, xp):
    """(x, y) for training and for testing, both of mean 0 and standard deviation 1."""
    from sklearn.datasets import load_diabetes
    x, y = load_diabetes(return_X_y=True)
    x, y = (x - x.mean(axis=0)) / x.std(axis=0), ((y - y.mean()) / y.std())[:, None]
    order = rng.permutation(len(x))
    return [(xp.asarray(x[part]), xp.asarray(y[part])) for part in (order[88:], order[:88])]


def train(train_data, test_data, epochs, backend, rng, xp):
    """SGD; yields (epoch, loss of training, loss of test)."""
    of_layer, of_loss = pullbacks(backend)
    (x, y), W, b = train_data, xp.zeros((10, 1)), xp.zeros(1)
    for epoch in range(1, epochs + 1):
        for rows in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
            inputs, wanted = x[xp.asarray(rows)], y[xp.asarray(rows)]
            predicted = layer(inputs, W, b)
            _, predicted_bar = of_loss(predicted, wanted, 1.0)
            _, (_, W_bar, b_bar) = of_layer(inputs, W, b, predicted_bar)
            W -= RATE / epoch ** 0.5 * W_bar
            b -= RATE / epoch ** 0.5 * b_bar
        yield epoch, float(loss(x, W, b, y)), float(loss(test_data[0], W, b, test_data[1]))


def picture(history):
    from common import plots, save
    plt = plots()
    epochs, losses, tests = zip(*history)
    figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
    axes.plot(epochs, losses, label="training")
    axes.plot(epochs, tests, label="test")
    axes.set(xlabel="epoch", ylabel="mean square", title="linear regression on diabetes")
    axes.legend()
    save(figure, "linear_regression.png")
    plt.close(figure)


def main():
    from common import arguments, arrays, to_host
    given = arguments("linear regression by SGD", epochs=60)
    rng, xp = np.random.default_rng(0), arrays(given.backend)
    (x, y), test = data(rng, xp)
    history = []
    for epoch, of_training, of_test in train((x, y), test, given.epochs, given.backend, rng, xp):
        history.append((epoch, of_training, of_test))
        if epoch % 10 == 0:
            print(f"epoch {epoch:3}   training {of_training:.4f}   test {of_test:.4f}", flush=True)
    ones = np.hstack([to_host(x), np.ones((len(x), 1))])
    best = np.mean((ones @ np.linalg.lstsq(ones, to_host(y), rcond=None)[0] - to_host(y)) ** 2)
    print(f"least squares would reach {best:.4f} in training")
    picture(history)
    if history[-1][1] > 1.05 * best:
        raise SystemExit("SGD did not come within 5 % of least squares")


if __name__ == "__main__":
    main()
