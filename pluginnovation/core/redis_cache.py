"""The caches in Redis. A module of its own: who has no Redis need not hold its client in memory."""

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from .caches import FAULTS, forgiving


@forgiving(*FAULTS, RedisError)
class SharedRedisCache(RedisCache):
    """Django's Redis cache; a Redis that is gone lets the site go on without."""

    def add(self, *args, **kwargs):
        """Where Redis does not answer nobody has it yet, as in the file cache: nothing is refused
        because of what cannot be looked up."""
        try:
            return super().add(*args, **kwargs)
        except RedisError:
            return True

    def incr(self, *args, **kwargs):
        """Where Redis does not answer nothing is counted: a ValueError, as for a missing key."""
        try:
            return super().incr(*args, **kwargs)
        except RedisError as fault:
            raise ValueError("The cache does not answer") from fault
