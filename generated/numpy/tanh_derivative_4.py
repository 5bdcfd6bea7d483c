# Written by adjoint from tanh.py:11 (tanh): reverse mode 4 times, wrt x.
import numpy as np


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
    e = np.exp(2.0 * x)
    ratio = (e - 1.0) / (e + 1.0)

    # backward
    total = e + 1.0                                 # 13 | return (e - 1.0) / (e + 1.0)
    difference_bar = 2.0 * e                        # 12 | e = np.exp(2.0 * x)
    ratio2 = difference_bar / total                 # 13 | return (e - 1.0) / (e + 1.0)
    ratio3 = ratio / total
    ratio4 = difference_bar * ratio3 / total
    ratio5 = 1.0 / total
    ratio6 = difference_bar * ratio5 / total
    ratio7 = ratio2 / total
    ratio8 = ratio2 * ratio / total
    e_bar = 2.0 * (1.0 / total - ratio / total) + (ratio4 - ratio6 + ratio8) - ratio7
    difference_bar = 2.0 * e                        # 12 | e = np.exp(2.0 * x)
    product_bar = difference_bar / total            # 13 | return (e - 1.0) / (e + 1.0)
    ratio9 = difference_bar * ratio8 / total
    ratio_bar = product_bar * ratio - product_bar
    ratio10 = difference_bar * ratio7 / total
    product_bar2 = difference_bar / total
    ratio11 = difference_bar * ratio6 / total
    product = 2.0 * e                               # 12 | e = np.exp(2.0 * x)
    t_bar = product_bar2 * product                  # 13 | return (e - 1.0) / (e + 1.0)
    ratio12 = difference_bar * ratio4 / total
    ratio13 = ratio_bar / total
    ratio14 = ratio_bar * ratio2 / total
    e_in_bar = 2.0 * difference_bar                 # 12 | e = np.exp(2.0 * x)
    e_bar = 2.0 * e_bar + 2.0 * (product_bar2 * ratio3 - product_bar2 * ratio5 + ratio13)
    ratio_bar2 = e_in_bar - t_bar                   # 13 | return (e - 1.0) / (e + 1.0)
    ratio_bar3 = t_bar - e_in_bar
    ratio15 = ratio_bar3 / total
    t_bar = product_bar * ratio2 + ratio15
    ratio16 = ratio_bar3 * ratio3 / total
    ratio17 = ratio_bar2 * ratio5 / total
    difference_bar = t_bar / total
    ratio18 = t_bar * ratio / total
    e_bar += ratio10 - ratio9 + (ratio11 - ratio12 - ratio14) - ratio16 - ratio17 - ratio18
    e_bar_bar = 2.0 * e                             # 12 | e = np.exp(2.0 * x)
    ratio19 = e_bar_bar / total                     # 13 | return (e - 1.0) / (e + 1.0)
    t_bar_bar = ratio19 - ratio19 * ratio
    product_bar3 = e_bar_bar / total
    product2 = product_bar3 * ratio5
    difference_bar2 = t_bar_bar / total - product_bar3 * ratio3
    t_bar2 = e_bar_bar * ratio17 / total + e_bar_bar * ratio16 / total - t_bar_bar * ratio15 / total
    product_bar4 = difference_bar2 + product2
    product_bar_bar = 2.0 * e_bar_bar               # 12 | e = np.exp(2.0 * x)
    product_bar5 = e_bar_bar / total                # 13 | return (e - 1.0) / (e + 1.0)
    difference_bar3 = 2.0 * product_bar5 - product_bar5 * ratio2
    t_bar3 = e_bar_bar * ratio14 / total - 2.0 * (e_bar_bar * ratio13 / total)
    t_bar4 = 2.0 * (e_bar_bar * product_bar2)
    product3 = 2.0 * e                              # 12 | e = np.exp(2.0 * x)
    t_bar5 = product_bar5 * product3                # 13 | return (e - 1.0) / (e + 1.0)
    ratio_bar4 = 2.0 * (e_bar_bar * ratio3) + product_bar4 * product - 2.0 * (e_bar_bar * ratio5)
    t_bar3 += e_bar_bar * ratio12 / total - e_bar_bar * ratio11 / total
    product_bar6 = 2.0 * (-difference_bar2 - product2) - product_bar5 * ratio4 + product_bar5 * ratio6
    t_bar2 += t_bar3 - ratio_bar4 * product_bar2 / total - e_bar_bar * ratio10 / total
    t_bar3 = product_bar3 * product3
    ratio_bar5 = t_bar_bar * ratio2 - difference_bar3 + difference_bar3 * ratio
    product_bar6 += ratio_bar4 / total + product_bar3 * ratio7 - product_bar3 * ratio8 + ratio_bar5 / total
    t_bar2 += e_bar_bar * ratio9 / total - ratio_bar5 * product_bar / total
    ratio_bar4 = t_bar3 - product_bar_bar
    ratio_bar5 = product_bar_bar - t_bar3
    product_bar7 = ratio_bar5 / total
    t_bar3 = e_bar_bar * ratio18 / total - e_bar_bar * difference_bar / total - ratio_bar5 * ratio8 / total
    ratio_bar = t_bar_bar * product_bar - product_bar5 * ratio_bar + product_bar7 * ratio + ratio_bar4 / total
    ratio_bar5 = product_bar_bar - t_bar5
    ratio_bar6 = t_bar5 - product_bar_bar
    product_bar5 = ratio_bar6 / total
    product_bar8 = ratio_bar5 / total
    t_bar2 -= ratio_bar6 * ratio6 / total + ratio_bar5 * ratio4 / total
    product_bar2 = product_bar4 * product_bar2 + product_bar5 * ratio5 + product_bar8 * ratio3 + ratio_bar / total
    t_bar2 = t_bar3 - ratio_bar4 * ratio7 / total + (t_bar2 - ratio_bar * ratio2 / total)
    e_in_bar = 4.0 * e_bar_bar                      # 12 | e = np.exp(2.0 * x)
    e_bar = 2.0 * (e_bar + difference_bar) + 2.0 * product_bar6 + 2.0 * product_bar2
    # 13 | return (e - 1.0) / (e + 1.0)
    ratio_bar = -(product_bar3 * ratio_bar2) - t_bar4 + product_bar5 * product + e_in_bar
    ratio_bar2 = t_bar4 - product_bar3 * ratio_bar3 + product_bar8 * product - e_in_bar
    t_bar = difference_bar3 * product_bar - ratio19 * t_bar + product_bar7 * ratio2 + ratio_bar2 / total
    t_bar2 -= ratio_bar2 * ratio3 / total + ratio_bar * ratio5 / total
    # 12 | e = np.exp(2.0 * x)
    x_bar = 2.0 * ((e_bar + (t_bar2 - t_bar * ratio / total) + t_bar / total) * e)
    return x_bar
