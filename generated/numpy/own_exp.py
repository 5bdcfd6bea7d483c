# Written by adjoint from own_exp.py:30 (moment): reverse mode, wrt x, a.
import numpy as np
import own_exp


def moment_grad(x, a):
    """Gradient of `moment` with respect to `x` and `a`, in reverse mode.

    Args:
        x: (n,).
        a: float.

    Returns:
        x_bar: (n,), a_bar: float.
    """
    # forward
    y = own_exp.exp(-a * x ** 2)

    # backward
    product_bar = 1.0 / x.size                      # 32 | return np.mean(x ** 2 * y)
    power = x ** 2
    y_in_bar = product_bar * power * y              # 31 | y = exp(-a * x ** 2)
    x_bar = 2.0 * product_bar * y * x + 2.0 * y_in_bar * -a * x
    return x_bar, -np.sum(y_in_bar * power)
