"""From a program to text: nesting, names, statements, comments."""
