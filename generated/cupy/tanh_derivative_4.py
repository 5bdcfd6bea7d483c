# Written by adjoint from tanh.py:11 (tanh): reverse mode 4 times, wrt x, for cupy.
import cupy as cp


def tanh_elementwise_grad_elementwise_grad_elementwise_grad_elementwise_grad(x):
    """Elementwise derivative with respect to `x` of the elementwise derivative of the elementwise
    derivative of the elementwise derivative of `tanh` with respect to `x` with respect to `x` with
    respect to `x`, in reverse mode over reverse mode over reverse mode over reverse mode.

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
    product2 = product_bar * difference_bar
    product3 = product_bar * ratio2
    e_bar = 2.0 * (difference_bar - ratio / total) + (ratio3 - ratio4 + product3) - product2
    product4 = difference_bar2 * product_bar
    ratio = 1.0 / total
    product_bar2 = product - product_bar - product_bar
    ratio5 = difference_bar2 * ratio4 / total
    ratio6 = difference_bar2 * ratio3 / total
    product5 = 2.0 * e                              # 12 | e = np.exp(2.0 * x)
    t_bar = product_bar * product5                  # 13 | return (e - 1.0) / (e + 1.0)
    e_in_bar = 2.0 * product5                       # 12 | e = np.exp(2.0 * x)
    e_bar = 2.0 * e_bar + 2.0 * (product3 + product_bar2 * ratio)
    ratio_bar = product_bar2 * product5 - product4 + e_in_bar  # 13 | return (e - 1.0) / (e + 1.0)
    ratio_bar2 = product4 + t_bar - e_in_bar
    t_bar2 = ratio_bar2 * ratio
    ratio7 = ratio_bar2 * ratio2 / total
    ratio8 = ratio_bar * ratio / total
    e_bar += ratio5 - ratio6 - ratio7 - ratio8 - t_bar2 * ratio2 + t_bar2 * ratio
    product6 = product5 * t_bar2
    product_bar3 = product_bar - product
    t_bar2 = product5 * ratio8 / total + product5 * ratio7 / total
    difference_bar = product_bar3 * ratio - product3
    product3 = e_in_bar * ratio
    difference_bar2 = product3 - product2 * product5
    product_bar4 = product2 + difference_bar
    product_bar5 = 2.0 * (-difference_bar - product2) + (difference_bar * product_bar - product2 * product_bar2)
    t_bar2 += product5 * ratio6 / total - product5 * ratio5 / total
    product_bar6 = difference_bar * product5 - difference_bar2 - difference_bar2 + product_bar4 * product5 + 4.0 * product - product3
    ratio_bar = product6 + product_bar3 * ratio_bar2 + (e_in_bar * product_bar2 - product_bar * ratio_bar) - e_in_bar * product_bar
    ratio_bar3 = e_in_bar - t_bar
    ratio_bar4 = t_bar - e_in_bar
    product_bar2 = product_bar6 + ratio_bar4 * ratio
    product_bar3 = difference_bar2 + ratio_bar3 * ratio
    t_bar = t_bar2 - ratio_bar4 * ratio4 / total - ratio_bar3 * ratio3 / total
    product_bar4 = product_bar5 - product_bar * ratio3 + product_bar * ratio4 + product_bar4 * product_bar + product_bar3 * ratio2
    e_in_bar = 2.0 * e_in_bar                       # 12 | e = np.exp(2.0 * x)
    # 13 | return (e - 1.0) / (e + 1.0)
    ratio_bar2 = -product6 - product_bar * ratio_bar2 + 4.0 * product4 + product_bar3 * product5 - e_in_bar
    t_bar2 = ratio_bar2 * ratio
    ratio3 = (ratio_bar + product_bar2 * product5 + e_in_bar) * ratio / total
    total_bar = t_bar - ratio_bar2 * ratio2 / total - ratio3 - t_bar2 * ratio2
    e_bar = 2.0 * e_bar + 2.0 * (product_bar4 + product_bar2 * ratio) + total_bar + t_bar2 * ratio
    x_bar = 2.0 * (e_bar * e)                       # 12 | e = np.exp(2.0 * x)
    return x_bar
