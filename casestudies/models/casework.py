"""The editor's form of a case study."""

from wagtail.admin.forms import WagtailAdminPageForm


class CaseStudyForm(WagtailAdminPageForm):
    """Says at the field which source keys are missing from the list of sources.

    It asks the rows as they are being saved, since the page itself still has the old ones.
    """

    def clean(self):
        cleaned = super().clean()
        for name in self._meta.model.KEYED_FIELDS:
            if name in cleaned:
                setattr(self.instance, name, cleaned[name])
        for name, keys in self.instance.unknown_keys(self._keys()).items():
            message = f"Källan finns inte i listan längre ner: {', '.join(keys)}."
            self.add_error(name if name in self.fields else None, message)
        return cleaned

    def _keys(self) -> set[str]:
        rows = self.formsets["sources"]
        rows.is_valid()
        return {
            row.cleaned_data.get("key")
            for row in rows.forms
            if getattr(row, "cleaned_data", None) and not row.cleaned_data.get("DELETE")
        }
