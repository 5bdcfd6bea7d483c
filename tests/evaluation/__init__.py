"""Programs whose value depends on the order in which Python evaluates them, and on what shares memory with what."""
