"""Text on its way into a spreadsheet: what others have written must not be calculated there."""

# What begins a formula in some spreadsheet or other, also written wide as in East Asian ones.
_SIGNS = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula; a sign alone stays what it is.

    Blanks before the sign do not help: spreadsheets strip them.
    """
    risky = text.startswith(_BREAKS) or text.lstrip().startswith(_SIGNS)
    return f"'{text}" if risky and len(text) > 1 else text
