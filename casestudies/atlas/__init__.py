"""The map of the case studies: borders, where the labels go, and what is shown."""
