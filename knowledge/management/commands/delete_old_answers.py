from django.core.management.base import BaseCommand

from knowledge.models import QuestionnaireAnswer


class Command(BaseCommand):
    help = "Tar bort enkätsvar som är äldre än vad redaktören har satt för enkäten. Kör varje dygn."

    def handle(self, *args, **options):
        gone = QuestionnaireAnswer.objects.delete_old()
        self.stdout.write(f"{gone} enkätsvar borttagna")
