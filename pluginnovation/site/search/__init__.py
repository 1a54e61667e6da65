"""Search with an index of its own: words -> index rows -> results with their hits marked."""
