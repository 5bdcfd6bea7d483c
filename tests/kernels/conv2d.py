"""A convolutional layer with bias: (batch, rows, columns, channels)."""
import numpy as np

ARGNUMS = (0, 1, 2)


def example_args():
    rng = np.random.default_rng(5)
    return rng.normal(size=(2, 6, 5, 3)), rng.normal(size=(3, 3, 3, 4)), rng.normal(size=4)


def conv2d_bias(image, weights, bias):
    K = weights.shape[0]
    rows, columns = image.shape[1] - K + 1, image.shape[2] - K + 1
    out = np.empty((image.shape[0], rows, columns, weights.shape[3]))
    for i in range(rows):
        for j in range(columns):
            out[:, i, j, :] = np.sum(image[:, i:i + K, j:j + K, :, np.newaxis] * weights[np.newaxis, :, :, :],
                                     axis=(1, 2, 3))
    return out + bias


def kernel(image, weights, bias):
    return np.sum(np.maximum(conv2d_bias(image, weights, bias), 0.0) ** 2)
