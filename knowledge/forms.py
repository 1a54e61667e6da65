"""Forms of the editors."""

from wagtail.admin.forms import WagtailAdminPageForm


class PublishingForm(WagtailAdminPageForm):
    """Asks of a page that is to be published, or to be reviewed, what a live page must have.

    The page's own ``clean()`` cannot ask it of a draft: it does not know which button was pressed.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A new page says that it is live until the CMS has saved it as the draft that it is.
        if self.instance._state.adding:
            self.instance.live = False

    def _post_clean(self):
        super()._post_clean()
        asked = self.data.get("action-publish") or self.data.get("action-submit")
        if asked and not self.instance.live:
            for name, text in self.instance.missing_for_readers().items():
                self.add_error(name if name in self.fields else None, text)
