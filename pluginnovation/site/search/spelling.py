"""What somebody may have meant who found nothing: near words of titles and summaries."""

from difflib import get_close_matches

from pluginnovation.site.models import SearchEntry

from .questions import MOST_PARTS, Question
from .words import fold, lemma, words

NEAR_ENOUGH = 0.75
SHORTEST_WORD = 4
MOST_ENTRIES = 3_000


def suggestion(question: Question) -> str:
    """The question with its unknown words replaced, or nothing (one query)."""
    known = vocabulary()
    typed = [word.text for word in words(question.text)][:MOST_PARTS]
    meant = [_nearest(word, known) for word in typed]
    return "" if meant == typed else " ".join(meant)


def vocabulary() -> dict[str, str]:
    """Folded words with the way they are written, from the newest titles and summaries.

    A word's dictionary form is there too: that is what people most often type.
    """
    texts = SearchEntry.objects.current().order_by("-date").values_list("title", "summary")
    written = {
        word.text.lower()
        for title, summary in texts[:MOST_ENTRIES]
        for word in words(f"{title} {summary}")
        if len(word.text) >= SHORTEST_WORD
    }
    return {fold(word): word for word in [*written, *map(lemma, written)]}


def _nearest(word: str, known: dict[str, str]) -> str:
    folded = fold(word)
    if len(word) < SHORTEST_WORD or folded in known:
        return word
    # Only words of about the length are compared; difflib is slow on thousands.
    near = [one for one in known if abs(len(one) - len(folded)) <= 2]
    match = get_close_matches(folded, near, n=1, cutoff=NEAR_ENOUGH)
    return known[match[0]] if match else word
