# expect: gradient
"""A convolution with stride one, by slices, and what a pooling keeps."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(1528)
    return [(rng.normal(size=(7, 8)), rng.normal(size=(2, 3)))]


def f(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(rows):
        for j in range(columns):
            out += kernel[i, j] * image[i:i + out.shape[0], j:j + out.shape[1]]
    pooled = np.maximum(np.maximum(out[::2, ::2], out[1::2, ::2]), np.maximum(out[::2, 1::2], out[1::2, 1::2]))
    return np.sum(np.maximum(pooled, 0.0))
