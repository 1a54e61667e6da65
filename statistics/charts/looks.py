"""Widths and colours of all charts."""

# Each chart is drawn for two widths, so that text stays at 13 px on a telephone too.
NARROW, WIDE = 320, 512
COLOURS = ("#0f6b60", "#c4512d", "#2f6db0", "#9a6a00", "#7b4f96", "#6b7477")
MAIN, ACCENT = COLOURS[:2]
QUIET = "#9fb3ae"
FIELD = "#dcebe3"
