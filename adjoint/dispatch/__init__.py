"""From a call to its specialisation: guards, the generated dispatcher, pickling."""
