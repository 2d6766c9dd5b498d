"""`jobmarket explain`: from a figure to its postings, from a posting to the words and the crawls it was read from.

Everything but the words, the crawls and the payload's file comes from the published file. These stand in the private
warehouse alone; without it, or while another process writes it, they are left out and a line says so.
"""

from jobmarket.explain.asked import explain
from jobmarket.explain.figure import Cell
from jobmarket.explain.week import monday_of

__all__ = ["Cell", "explain", "monday_of"]
