# expect: gradient
"""Attention and a tensor's contraction, as subscripts tell them."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(3311)
    return [(rng.normal(size=(2, 4, 3)), rng.normal(size=(2, 5, 3)), rng.normal(size=(3, 3, 3))),
            (rng.normal(size=(1, 1, 2)), rng.normal(size=(1, 3, 2)), rng.normal(size=(2, 2, 2)))]


def f(queries, keys, core):
    scores = np.einsum("btd,bsd->bts", queries, keys) / np.sqrt(queries.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / np.einsum("bts->bt", weights)[:, :, None]
    mixed = np.einsum("bts, bsd -> btd", weights, keys)
    energy = np.einsum("ijk,btj,bsk->", core, mixed, keys, optimize=True)
    return energy + np.einsum("ijk,j->", core, mixed[0, 0])
