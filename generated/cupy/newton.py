# Written by adjoint from newton.py:6 (cube_root).


def cube_root_grad(a, x, tol):
    # forward
    step = 1.0
    x_saved = []
    product_saved = []
    step_saved = []
    while abs(step) > tol:
        x_saved.append(x)
        product = 3.0 * x ** 2
        product_saved.append(product)
        step = (x ** 3 - a) / product
        step_saved.append(step)
        x = x - step

    # backward
    x_bar = 1.0                                     # 8 | while abs(step) > tol:
    a_bar = 0.0
    for product in reversed(product_saved):
        ratio = x_bar / product                     # 9 | step = (x ** 3 - a) / (3.0 * x ** 2)
        step = step_saved.pop()
        x = x_saved.pop()                           # 8 | while abs(step) > tol:
        a_bar += ratio                              # 9 | step = (x ** 3 - a) / (3.0 * x ** 2)
        x_bar += 6.0 * (x_bar * step / product * x) - 3.0 * (ratio * x ** 2)
    return a_bar, x_bar
