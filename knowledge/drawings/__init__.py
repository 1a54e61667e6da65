"""The pictures of the demo content: flat forms in the colours of the site, drawn by rule.

A drawing is a name, what it shows in words (its alternative text), and an SVG on a field of its
own, so that it looks the same on paper and in the dark. It holds no letters: what it says stands
in the caption.
"""

from .catalogue import drawing_of
from .forms import Drawing

__all__ = ["Drawing", "drawing_of"]
