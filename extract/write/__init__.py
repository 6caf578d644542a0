"""Tables to files."""

from extract.write.output import Output

__all__ = ["Output"]
