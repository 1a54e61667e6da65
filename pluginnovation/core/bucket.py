"""Files in an object store (S3), for more than one machine without a shared disk."""

from urllib.parse import quote

from botocore.exceptions import ClientError
from django.conf import settings
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """A private bucket: its files are read through the site, which knows who may."""

    def url(self, name, *args, **kwargs):
        return f"{settings.MEDIA_URL}{quote(name)}"

    def get_modified_time(self, name):
        """As of a file on a disk: FileNotFoundError where there is none."""
        try:
            return super().get_modified_time(name)
        except ClientError as fault:
            if fault.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                raise FileNotFoundError(name) from fault
            raise
