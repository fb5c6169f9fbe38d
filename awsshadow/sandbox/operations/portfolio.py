"""The service catalog portfolio of the account, which is on or off."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from awsshadow.sandbox.engine.request import Request, View


def enable(request: Request) -> View:
    """Answer ``EnableSagemakerServicecatalogPortfolio``."""
    request.resources.put_note("portfolio", "", "Enabled")
    return {}


def disable(request: Request) -> View:
    """Answer ``DisableSagemakerServicecatalogPortfolio``."""
    request.resources.put_note("portfolio", "", "Disabled")
    return {}


def status(request: Request) -> View:
    """Answer ``GetSagemakerServicecatalogPortfolioStatus``."""
    return {"Status": request.resources.note("portfolio", "") or "Disabled"}
