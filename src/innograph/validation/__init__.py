"""The rules of ``shapes/`` applied to the graph: each named graph alone, then their merge.

Only this package knows rdflib and pySHACL; what it takes and gives are pyoxigraph terms.
"""
