# Written by adjoint from embedding.py:7 (misfit): reverse mode, wrt table, w, for cupy.
import cupy as cp


def misfit_grad(table, w, words, y):
    """Gradient of `misfit` with respect to `table` and `w`, in reverse mode.

    Args:
        table: (n, m).
        w: (m,).
        words: (k, p) of int64.
        y: (k,).

    Returns:
        table_bar: (n, m), w_bar: (m,).
    """
    # forward
    vectors = table[words]
    mean = cp.mean(vectors, axis=1)
    tanh = cp.tanh(mean)

    # backward
    difference_bar = 2.0 / y.size * (tanh @ w - y)  # 10 | return np.mean((np.tanh(mean) @ w - y ...
    w_bar = tanh.T @ difference_bar
    table_bar = cp.zeros_like(table)                # 8 | vectors = table[words]
    cp.add.at(table_bar, words,
              (difference_bar[:, None] * w * (1.0 - tanh * tanh) / vectors.shape[1])[:, None])
    return table_bar, w_bar
