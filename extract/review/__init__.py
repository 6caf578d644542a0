"""Review pages: what was read in every document, beside its text."""

from extract.review.site import build

__all__ = ["build"]
