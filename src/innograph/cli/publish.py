"""``innograph publish``: a snapshot, brought to a server that others run."""

from pathlib import Path

import click

from innograph.cli.options import home_option, progress, store_credentials, store_option


@click.command(name="publish", short_help="bring a snapshot to a server elsewhere")
@click.option(
    "--to",
    "graph_store",
    metavar="URL",
    required=True,
    help="Where that server takes graphs, by SPARQL 1.1 Graph Store HTTP Protocol.",
)
@store_option
@home_option
@click.option("--snapshot", metavar="VERSION", help="Publish this snapshot instead of the current one.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
def command(graph_store: str, store: str | None, home: Path, snapshot: str | None, dry_run: bool) -> None:
    """Bring a snapshot to a server elsewhere, from which « innograph serve --store » can serve it.

    Graphs that are there already are passed over; a run that broke off goes on where it stopped; what was
    sent is asked back and compared. Where --store is not given, the address for queries is that of Oxigraph,
    Fuseki, Virtuoso, RDF4J or GraphDB beside --to. INNOGRAPH_STORE_AUTH is « name:password » for the server.
    """
    from innograph.journeys.publish import publish, query_address
    from innograph.store.snapshots import Home

    endpoint = store or query_address(graph_store)
    if endpoint is None:
        raise click.UsageError("where does this server take queries? Say it by --store")
    chosen = Home(home).choose(snapshot)
    done = publish(chosen, graph_store, endpoint, store_credentials(), progress(), dry_run=dry_run)
    click.echo(f"snapshot {chosen.version}" + (" (dry run: nothing was done)" if dry_run else ""))
    for what, graphs in (("sent", done.sent), ("there already", done.passed), ("removed", done.removed)):
        click.echo(f"{len(graphs):>7}  {what}")
    for graph in done.otherwise:
        click.echo(
            f"warning: {graph}: that server writes some literals otherwise, such as 1 for true", err=True
        )
