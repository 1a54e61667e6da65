"""Records as text for PostgreSQL's COPY: one line each, columns between tabs."""

NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def line(record: tuple) -> str:
    """The columns of a record, without the end of the line."""
    return "\t".join(map(text, record))


def text(value) -> str:
    """One value; lists are of codes, which need no quotes."""
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return binary(value)
    if isinstance(value, list):
        return f"{{{','.join(value)}}}"
    return escaped(value) if isinstance(value, str) else str(value)


def binary(value: bytes) -> str:
    return f"\\\\x{value.hex()}"


def escaped(value: str) -> str:
    return value.translate(_ESCAPES)
