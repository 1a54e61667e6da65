"""Headings that PDF/UA accepts: none without words, and none that skips a level."""

DEEPEST = 6


def in_steps(blocks: list[dict]) -> list[dict]:
    """The blocks with headings one level deeper at most than the one before, empty ones gone."""
    level = 1
    made = []
    for block in blocks:
        if block["kind"] == "rich":
            block, level = _nodes(block, level)
        elif block["kind"] == "heading":
            if not block["text"].strip():
                continue
            level = _level(block["level"], level)
            block = block | {"level": level}
        made.append(block)
    return made


def _level(wanted: int, before: int) -> int:
    return max(2, min(wanted, before + 1, DEEPEST))


def _nodes(block: dict, level: int) -> tuple[dict, int]:
    nodes = []
    for node in block["nodes"]:
        if node["kind"] == "heading":
            if not _words(node["body"]):
                continue
            level = _level(node["level"], level)
            node = node | {"level": level}
        nodes.append(node)
    return block | {"nodes": nodes}, level


def _words(pieces: list[dict]) -> str:
    """The words of pieces of a line, without the space around them."""
    return "".join(
        _words(piece["body"]) if "body" in piece else piece.get("text", "") for piece in pieces
    ).strip()
