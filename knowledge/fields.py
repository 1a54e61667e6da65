"""Form and database fields of the editorial apps."""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models


class ChoiceArrayField(ArrayField):
    """Several codes of one list, ticked in the editor. Stored in the order of the list."""

    def __init__(self, base_field=None, *, choices=None, **kwargs):
        if base_field is None:
            base_field = models.CharField(max_length=40, choices=choices)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(base_field, **kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        # The list of codes lives in the code; a new word needs no migration.
        kwargs["base_field"] = models.CharField(max_length=40)
        return name, "knowledge.fields.ChoiceArrayField", args, kwargs

    def formfield(self, **kwargs):
        return forms.TypedMultipleChoiceField(
            choices=self.base_field.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
            coerce=str,
        )

    def clean(self, value, model_instance):
        chosen = super().clean(value, model_instance)
        order = [code for code, _ in self.base_field.flatchoices]
        return sorted(chosen, key=order.index) if order else chosen
