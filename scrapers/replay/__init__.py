"""Boards that answer from this machine: recorded responses and the sample world, over loopback HTTP."""
