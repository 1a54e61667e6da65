"""The demo content of factors, tools and library, out of fixtures/content.

What is missing is made, by its slug below its parent; what is there is left as it is.
"""

from .demo_library import ensure_library, ensure_risk_factors
from .demo_pages import Links, ensure_page, reviewed
from .demo_tools import ensure_factors, ensure_tools
from .models import FactorIndexPage, FactorPage, LibraryIndexPage, ToolIndexPage

# The order in which the factors are shown.
FACTOR_ORDER = (
    "positiva-relationer",
    "flexibilitet",
    "helhetssyn",
    "koll-och-uppfoljning",
    "samverkan",
)


def load(home, stdout) -> None:
    """Make the pages that are missing; leave alone what is there."""
    factor_index = ensure_page(home, FactorIndexPage, "framgangsfaktorer", _factor_index)
    tool_index = ensure_page(home, ToolIndexPage, "verktyg", _tool_index)
    library = ensure_page(home, LibraryIndexPage, "forskning", _library)
    links = Links.of_fixtures()
    factors = ensure_factors(factor_index, FACTOR_ORDER)
    count = ensure_library(library, links)
    risks = ensure_risk_factors(links)
    tools = ensure_tools(tool_index, FactorPage.objects.child_of(factor_index), links)
    stdout.write(
        f"  {factors} framgångsfaktorer, {tools} verktyg, {risks} riskfaktorer, "
        f"{count} poster i biblioteket"
    )


def _factor_index():
    return {
        "title": "Framgångsfaktorer",
        "summary": "Fem sätt att arbeta som får fler att stanna. Läs varför, och vad du kan göra "
        "för en elev, på skolan eller i kommunen.",
    } | reviewed()


def _tool_index():
    return {
        "title": "Verktyg",
        "summary": "Metoder, riktlinjer, checklistor och frågeformulär att använda i morgon.",
    } | reviewed()


def _library():
    from pluginnovation.core.fixtures import CONTENT
    from pluginnovation.core.markdown import to_rich_text

    rule = CONTENT / "evidence-rule.md"
    text = rule.read_text(encoding="utf-8") if rule.exists() else ""
    # The page has a heading of its own for the rule.
    return {
        "title": "Forskning",
        "summary": "Föreläsningar, litteratur och studier från hela världen, sammanfattade på "
        "svenska.",
        "evidence_rule": to_rich_text(text.partition("\n")[2] if text.startswith("#") else text),
    } | reviewed()
