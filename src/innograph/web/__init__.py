"""The web door: SPARQL over HTTP and a page for everything; thin routes over the stages."""
