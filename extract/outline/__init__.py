"""The outline of a document: header fields, the tree of numbered items, their fields, and the passages that the finders read."""

from extract.outline.build import outline

__all__ = ["outline"]
