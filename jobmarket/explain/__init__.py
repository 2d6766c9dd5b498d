"""`jobmarket explain`: from a figure to its postings, and from a posting to its words and crawls.

Everything but the words, the crawls and the payload's file comes from the published file. Those three are only in the
private warehouse. If it is missing, or locked by another process, they are left out, and a line says so.
"""

from jobmarket.explain.figure import FigureCell
from jobmarket.explain.subject import explain
from jobmarket.explain.week import monday_of

__all__ = ["FigureCell", "explain", "monday_of"]
