"""How many took part according to a report, in words."""


def participants_in_words(report) -> str:
    """``25, varav 10 flickor och 15 pojkar``; a number that is not known is not made up."""
    counts = ((report.participants_girls, "flickor"), (report.participants_boys, "pojkar"))
    parts = [f"{count} {who}" for count, who in counts if count is not None]
    if report.participants_total is None:
        total = "Antalet framgår inte"
    else:
        total = str(report.participants_total)
    return f"{total}, varav {' och '.join(parts)}" if parts else total
