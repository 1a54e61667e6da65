"""How the web processes run. Gunicorn reads this file where it is started in the checkout.

``WEB_CONCURRENCY`` is the number of processes (gunicorn's own variable), ``WEB_BIND`` where they
listen. Nothing is loaded before the processes part, so that a reload takes up new code.
"""

import os

wsgi_app = "pluginnovation.wsgi"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads: a film that streams must not hold a whole process.
worker_class, threads = "gthread", 4
timeout, graceful_timeout, keepalive = 60, 30, 5
# A process is replaced now and then, not all at once: what libraries leak stays small.
max_requests, max_requests_jitter = 20_000, 2_000
loglevel = "warning"
# Addresses alone are personal data enough; the proxy keeps what log there is to be.
accesslog = None
forwarded_allow_ips = "127.0.0.1,::1"


def post_worker_init(worker):
    """New code, or a process that replaces one that was killed: nothing kept from before holds."""
    from pluginnovation.core import generation

    generation.new()
