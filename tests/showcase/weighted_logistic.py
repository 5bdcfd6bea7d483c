import numpy as np


def weighted_logistic(w, b, X, y, s, penalty):
    z = X @ w + b
    p = 1.0 / (1.0 + np.exp(-z))
    misfit = -np.mean(s * (y * np.log(p) + (1.0 - y) * np.log(1.0 - p)))
    return misfit + penalty * np.sum(w * w)
