"""What the editors' own templates ask for."""

from django import template

from pluginnovation.site.editors.checks import findings

register = template.Library()


@register.simple_tag
def findings_in(task_state):
    """What the automatic check says of the version under review."""
    return findings(task_state.revision.as_object())
