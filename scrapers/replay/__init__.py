"""Serves recorded responses and the sample world as boards, over loopback HTTP."""
