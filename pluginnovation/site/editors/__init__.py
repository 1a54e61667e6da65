"""The editors' rooms: roles, review, reports, uploads, what is due."""
