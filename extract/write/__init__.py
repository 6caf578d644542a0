"""Results to files, and files into their place."""

from extract.write.assemble import Summary, assemble
from extract.write.formats import Wanted
from extract.write.publish import Place
from extract.write.result import Result, converted, pack, unpack

__all__ = ["Place", "Result", "Summary", "Wanted", "assemble", "converted", "pack", "unpack"]
