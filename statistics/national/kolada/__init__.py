"""Kolada's open API, version 3 (https://api.kolada.se/v3/docs): key figures by municipality.

Free to use with "Källa: Kolada"; what is computed from it is marked as our own work.
"""

BASE = "https://api.kolada.se/v3"
SOURCE = "Kolada (RKA)"
NATION = "0000"

# The key figures of completion by home municipality, and of the schools that a municipality or
# somebody else runs. Their names are Kolada's own and come with the import.
WITHIN_THREE_YEARS = "N17445"
WITHIN_FOUR_YEARS = "N17457"
INDICATORS = (WITHIN_THREE_YEARS, WITHIN_FOUR_YEARS, "N17473", "N17451", "N17454")
