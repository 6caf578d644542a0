"""Review pages: what was read in every document, beside its text."""

from extract.review.pictures import in_folder
from extract.review.site import Site, build

__all__ = ["Site", "build", "in_folder"]
