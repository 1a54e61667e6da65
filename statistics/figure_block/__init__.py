"""A live figure that an editor puts into a page: the block of the CMS, and what it shows."""
