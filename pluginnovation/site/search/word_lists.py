"""Words that are treated apart."""

# First parts that make a new word rather than a compound: a search for `brott` does not mean
# `avbrott`, nor `ordning` `förordning`. The last row only looks like first parts (kon-troll).
_PARTICLES = """
an and anti av bak bakom be bi bort cirka dis efter emot ent er fram fri från för före förut
genom hop ihop in inter intill inne kring lös med miss mot ned neder ner non o om omkring
på pre pro re sam samman sub till trans und undan under upp uppe ur ut utan utom van vid
vidare å åter över
all bli bor erfar gem inn kom kon mig mod per red sys
"""

# Words that say nothing about a text; left out of a search that has others.
_STOP_WORDS = """
alla att av blir de dem den det detta dig din du där eller en ett finns från för ha han har
hon hur här i inte jag kan man med men mig min nu när och oss på ska som så till under upp
ut vad var vara vi vid vilka vilken är över
"""

PARTICLES = frozenset(_PARTICLES.split())
STOP_WORDS = frozenset(_STOP_WORDS.split())

# What makes an adjective or a noun of a word: sannolik-het is no o-likhet.
SUFFIXES = ("het", "lig", "isk")
