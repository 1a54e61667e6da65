"""How the site is watched from outside: lines of log, figures for Prometheus, faults for Sentry.

The rule for all three: what happened and where in the code, never to whom or with which data.
"""
