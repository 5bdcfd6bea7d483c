"""Writes generated/ again: the gradient of every example for each backend, METRICS.md, the README's example.

    python examples/generate.py [FOLDER]      FOLDER: where generated/ and README.md stand; here by default
"""
import ast
import builtins
import importlib
import re
import sys
from pathlib import Path

import adjoint

HERE = Path(__file__).resolve().parent
BACKENDS = ("numpy", "cupy")
IN_README = "relax"
MARKED = re.compile(r"(<!-- (program|gradient) -->\n).*?(<!-- end -->)", re.DOTALL)
ABOUT = """# Metrics of the generated gradients

Written by `make generated`; a test compares it with what the compiler emits.

Lines: statements and control lines, without imports and docstrings; for the primal those of the functions that it
calls are counted too.  Helper calls: calls of anything but the array library, Python's builtins and the text's own
functions.  Saves: names of what the forward sweep keeps, once per trip, for the backward sweep.
"""


def example_names():
    """The programs of this folder that say what their example is, by name."""
    return sorted(path.stem for path in HERE.glob("*.py") if re.search(r"^EXAMPLE = ", path.read_text(), re.MULTILINE))


def gradient(name, backend="numpy"):
    """The specialisation of an example's gradient for its example arguments."""
    if str(HERE) not in sys.path:
        sys.path.insert(0, str(HERE))
    module = importlib.import_module(name)
    function, argnums = module.EXAMPLE
    made = adjoint.grad(getattr(module, function), argnums=argnums, backend=backend)
    return made.specialize(*module.example_args())


def others(name, backend):
    """What else an example has to show, by name: its `derivatives(backend)`."""
    found = getattr(importlib.import_module(name), "derivatives", None)
    return {} if found is None else found(backend)


def without_docstrings(node):
    for each in ast.walk(node):
        if isinstance(each, ast.FunctionDef) and ast.get_docstring(each) is not None:
            each.body = each.body[1:] or [ast.Pass()]
    return node


def count_lines(node):
    """Statements and control lines: what is left of a tree's text without blank lines and imports."""
    lines = ast.unparse(without_docstrings(node)).split("\n")
    return sum(bool(line.strip()) and not line.startswith(("import ", "from ")) for line in lines)


def count_helper_calls(made):
    """Calls of helpers in the emitted text, and of anything unknown there."""
    tree = ast.parse(made.source)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    known = own | set(dir(builtins))
    calls = [ast.unparse(node.func).split(".") for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sum(call[0] in made.emitted.helpers or len(call) == 1 and call[0] not in known
               or call[0] in ("adjoint", "runtime") for call in calls)


def primal_functions(name):
    """The trees of an example's function and of those of its module that it calls."""
    tree = ast.parse((HERE / f"{name}.py").read_text())
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    wanted, found = [importlib.import_module(name).EXAMPLE[0]], []
    while wanted:
        node = functions.pop(wanted.pop(0), None)
        if node is not None:
            found.append(node)
            wanted += [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    return sorted(found, key=lambda node: node.lineno)


def metrics(gradients):
    """The table, from {name: specialisation}."""
    rows = ["| program | lines of the primal | lines emitted | helper calls | saves |", "|---|---:|---:|---:|---|"]
    for name, made in gradients.items():
        primal = sum(map(count_lines, primal_functions(name)))
        saves = made.emitted.saves
        kept = f"{len(saves)} ({', '.join(saves)})" if saves else "0"
        emitted = count_lines(ast.parse(made.source))
        rows.append(f"| {name} | {primal} | {emitted} | {count_helper_calls(made)} | {kept} |")
    return ABOUT + "\n" + "\n".join(rows) + "\n"


def without_imports(text):
    """From the first `def` on."""
    return text[re.search(r"^def ", text, re.MULTILINE).start():].rstrip("\n")


def readme(text, emitted):
    """A README's text with the program and its gradient as they are now."""
    lines = (HERE / f"{IN_README}.py").read_text().split("\n")
    parts = ["\n".join(lines[node.lineno - 1:node.end_lineno]) for node in primal_functions(IN_README)]
    found = {"program": "\n\n\n".join(parts), "gradient": without_imports(emitted)}
    return MARKED.sub(lambda match: f"{match[1]}\n```python\n{found[match[2]]}\n```\n\n{match[3]}", text)


def write_all(root):
    """Write everything under `root`, and remove files of programs that are no more."""
    root = Path(root)
    for backend in BACKENDS:
        folder = root / "generated" / backend
        folder.mkdir(parents=True, exist_ok=True)
        texts = {f"{name}.py": gradient(name, backend).source for name in example_names()}
        for name in example_names():
            texts |= {f"{other}.py": made.source for other, made in others(name, backend).items()}
        for path in folder.glob("*.py"):
            if path.name not in texts:
                path.unlink()
        for file, text in texts.items():
            (folder / file).write_text(text)
    (root / "generated" / "METRICS.md").write_text(metrics({name: gradient(name) for name in example_names()}))
    page = root / "README.md"
    if page.exists():
        page.write_text(readme(page.read_text(), gradient(IN_README).source))


if __name__ == "__main__":
    write_all(sys.argv[1] if len(sys.argv) > 1 else HERE.parent)
