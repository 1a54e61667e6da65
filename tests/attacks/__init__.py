"""Attacks on the protection of the public figures (docs/skydd.md), and what they gain.

``python -m tests.attacks`` runs all of them on the synthetic records and prints the table.
"""
