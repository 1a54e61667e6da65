"""Questionnaires that are answered online: the form, its guards, what the answers say."""
