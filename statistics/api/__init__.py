"""The open figures for machines: the subset of PxWebApi 2 that ``docs/data.md`` names.

Everything here reads published cells through ``publication.Figures.cell`` and nothing else.
Specification: PxTools/PxApiSpecs, version 2.0.
"""
