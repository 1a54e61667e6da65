"""What follows from a change elsewhere."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from pluginnovation.core import generation
from pluginnovation.core.models import SiteMedia

from .models import LecturePage, QuestionnaireAnswer


@receiver(post_save, sender=SiteMedia)
def captions_changed(instance, created, **kwargs):
    """A film's captions are the transcript of its lectures; new ones are shown at once."""
    if not created:
        for lecture in LecturePage.objects.filter(media=instance):
            lecture.save(clean=False)


@receiver(post_delete, sender=QuestionnaireAnswer)
def answers_gone(**kwargs):
    """What a summary shows is made of the answers that are left."""
    generation.changed()
