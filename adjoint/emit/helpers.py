"""Helpers that emitted code falls back on where types could not remove them; written into the text."""

HELPERS = {
    "unbroadcast": '''
def unbroadcast(z_bar, x):
    """z_bar summed over the axes along which x was broadcast."""
    z_bar = np.sum(z_bar, axis=tuple(range(np.ndim(z_bar) - np.ndim(x))))
    axes = tuple(k for k, size in enumerate(np.shape(x)) if size == 1)
    return np.sum(z_bar, axis=axes, keepdims=True) if axes else z_bar
''',
    "add_trees": '''
def add_trees(a, b):
    """The sum of two structures of arrays, leaf by leaf."""
    if isinstance(a, (list, tuple)):
        items = [add_trees(p, q) for p, q in zip(a, b)]
        return type(a)(*items) if hasattr(a, "_fields") else type(a)(items)
    if isinstance(a, dict):
        return {key: add_trees(a[key], b[key]) for key in a}
    return None if a is None else a + b
''',
    "add_item": '''
def add_item(total, k, share):
    """The list `total`, in place, with `share` added to its item or slice k."""
    total[k] = add_trees(total[k], share)
    return total
''',
    "zeros_tree": '''
def zeros_tree(x):
    """Zeros in the structure of x; None where there is no float."""
    if isinstance(x, (list, tuple)):
        items = [zeros_tree(item) for item in x]
        return type(x)(*items) if hasattr(x, "_fields") else type(x)(items)
    if isinstance(x, dict):
        return {key: zeros_tree(item) for key, item in x.items()}
    if isinstance(x, float):
        return 0.0
    kind = getattr(getattr(x, "dtype", None), "kind", "")
    return np.zeros_like(x) if kind in ("f", "c") else None
''',
    "last_writes": '''
def last_writes(x_bar, index):
    """x_bar[index], but zero where a later write of `x[index] = ...` went to the same place."""
    picked = x_bar[index]
    order = np.arange(1, picked.size + 1).reshape(picked.shape)
    last = np.zeros(x_bar.shape, dtype=int)
    last[index] = order
    return np.where(last[index] == order, picked, 0.0)
''',
}
