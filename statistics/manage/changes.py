"""What a form changed, as the audit log tells it."""


def told(form) -> str:
    """``roll: Kommunläsare → Regionläsare; kommun: Göteborg → ingen``."""
    return "; ".join(
        f"{form.fields[name].label.lower()}: {_words(form, name, form[name].initial)} →"
        f" {_words(form, name, form.cleaned_data[name])}"
        for name in form.changed_data
    )


def _words(form, name, value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(sorted(str(each) for each in value)) or "ingen"
    choices = getattr(form.fields[name], "choices", None)
    if choices and value not in (None, ""):
        key = str(getattr(value, "pk", value))
        found = (label for code, label in choices if str(code) == key)
        return str(next(found, value))
    return str(value) if value not in (None, "") else "ingen"
