# Written by adjoint from tanh.py:11 (tanh): reverse mode 3 times, wrt x, for cupy.
import cupy as cp


def tanh_elementwise_grad_elementwise_grad_elementwise_grad(x):
    """Elementwise derivative with respect to `x` of the elementwise derivative of the elementwise
    derivative of `tanh` with respect to `x` with respect to `x`, in reverse mode over reverse
    mode over reverse mode.

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
    difference_bar = 1.0 / total
    difference_bar2 = 2.0 * e                       # 12 | e = np.exp(2.0 * x)
    product_bar = difference_bar2 * difference_bar  # 13 | return (e - 1.0) / (e + 1.0)
    ratio2 = ratio / total
    product = difference_bar2 * ratio2
    ratio3 = product / total
    ratio4 = product_bar / total
    product2 = product_bar * ratio2
    e_bar = (2.0 * (difference_bar - ratio / total) + ratio3 - ratio4 + product2
             - product_bar * difference_bar)
    product3 = difference_bar2 * product_bar
    ratio = 1.0 / total
    product_bar = product - product_bar - product_bar
    product = 2.0 * e                               # 12 | e = np.exp(2.0 * x)
    e_bar = 2.0 * e_bar + 2.0 * (product2 + product_bar * ratio)
    difference_bar = 2.0 * product
    ratio_bar = 2.0 * product3 - difference_bar     # 13 | return (e - 1.0) / (e + 1.0)
    t_bar = ratio_bar * ratio
    ratio5 = (product_bar * product - product3 + difference_bar) * ratio / total
    difference = e_bar + difference_bar2 * ratio4 / total - difference_bar2 * ratio3 / total
    e_bar = difference - ratio_bar * ratio2 / total - ratio5 - t_bar * ratio2 + t_bar * ratio
    x_bar = 2.0 * e_bar * e                         # 12 | e = np.exp(2.0 * x)
    return x_bar
