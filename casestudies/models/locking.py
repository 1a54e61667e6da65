"""Editors' forms that leave answered questions and scales as they were."""

from wagtail.admin.forms import WagtailAdminModelForm


class LockedForm(WagtailAdminModelForm):
    """Refuses changes to named parts once they have been answered."""

    locked_formset = ""
    locked_fields = ()
    locked_message = ""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and self._touches_locked() and self.instance.is_answered():
            self.add_error(None, self.locked_message)
        return cleaned

    def _touches_locked(self) -> bool:
        changed_rows = self.locked_formset in self.formsets and any(
            row.has_changed() for row in self.formsets[self.locked_formset].forms
        )
        return changed_rows or any(name in self.changed_data for name in self.locked_fields)


class LockedWhenAnsweredForm(LockedForm):
    locked_formset = "questions"
    locked_fields = ("code", "version")
    locked_message = (
        "Frågelistan har rapporter och kan inte ändras. "
        "Skapa en ny version av den och ändra där; de gamla rapporterna står kvar."
    )


class LockedScaleForm(LockedForm):
    locked_formset = "steps"
    locked_fields = ("label",)
    locked_message = (
        "Skalan har använts i rapporter och kan inte ändras. "
        "Skapa en ny skala och välj den i en ny version av frågelistan."
    )
