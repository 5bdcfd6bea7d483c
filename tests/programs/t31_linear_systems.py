# expect: gradient
"""A Gaussian's log density in three ways: by a factor, by an inverse, and by a solution for each of a stack."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(3111)
    return [(rng.normal(size=(3, 3)), rng.normal(size=3)), (rng.normal(size=(1, 1)), rng.normal(size=1))]


def f(root, y):
    cov = root @ root.T + np.eye(len(y))
    lower = np.linalg.cholesky(cov)
    white = np.linalg.solve(lower, y)
    by_factor = -0.5 * white @ white - np.sum(np.log(np.diag(lower)))
    sign, logdet = np.linalg.slogdet(cov)
    by_inverse = -0.5 * y @ np.linalg.inv(cov) @ y - 0.5 * sign * logdet
    stack = np.stack([cov, 2.0 * cov])
    each = np.linalg.solve(stack, np.outer(y, np.sin(y)))
    return by_factor + 2.0 * by_inverse + np.sum(each * each) / np.sum(np.linalg.det(stack))
