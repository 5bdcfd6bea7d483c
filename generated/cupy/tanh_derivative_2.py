# Written by adjoint from tanh.py:11 (tanh): reverse mode twice, wrt x, for cupy.
import cupy as cp


def tanh_elementwise_grad_elementwise_grad(x):
    """Elementwise derivative with respect to `x` of the elementwise derivative of `tanh` with respect
    to `x`, in reverse mode over reverse mode.

    Args:
        x: (n,).

    Returns:
        x_bar: (n,).
    """
    # forward
    e = cp.exp(2.0 * x)
    ratio = (e - 1.0) / (e + 1.0)

    # backward
    total = e + 1.0                                 # 13 | return (e - 1.0) / (e + 1.0)
    difference_bar = 2.0 * e                        # 12 | e = np.exp(2.0 * x)
    ratio2 = difference_bar / total                 # 13 | return (e - 1.0) / (e + 1.0)
    t_bar = difference_bar * (ratio / total) / total - difference_bar * (1.0 / total) / total
    e_bar = 2.0 * (1.0 / total - ratio / total) + (t_bar + ratio2 * ratio / total)
    x_bar = 2.0 * ((e_bar - ratio2 / total) * e)    # 12 | e = np.exp(2.0 * x)
    return x_bar
