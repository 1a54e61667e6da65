"""E-mail of new data: asked for on a page, confirmed by a link, ended by a link."""
