"""What a part of the measurements hands over, and the document that is made of them."""

import os
import platform
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Part:
    """A table with a heading; ``missed`` holds a sentence for every bound that was missed."""

    title: str
    intro: str
    head: list[str]
    rows: list[list[str]]
    missed: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        lines = [self.head, ["---"] + ["---:"] * (len(self.head) - 1), *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        missed = "".join(f"\n- **Missed:** {one}" for one in self.missed)
        return f"## {self.title}\n\n{self.intro}\n\n{table}\n{missed}\n".rstrip() + "\n"


def machine() -> str:
    """Cores, memory and versions; no name of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB memory, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}"
    )


def document(parts: list[Part]) -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    top = (
        "# Measured\n\nWritten by `make bench`; do not edit. "
        f"{date.today():%Y-%m-%d}, {machine()}; load of the machine at the end {load}.\n\n"
        "Absolute times swing with the machine; ratios were taken interleaved in one run.\n"
    )
    return "\n".join([top, *(part.markdown() for part in parts)])
