"""Virtuoso over a dump, as a peer to measure: Debian's package virtuoso-opensource.

    python benchmarks/virtuoso.py FOLDER DUMP.nq PORT

loads the dump into a new database in FOLDER, then serves it at PORT until it is stopped. Its default graph is
the union of all named graphs, as ours is.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

SETTINGS = """[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = 127.0.0.1:{control}
DirsAllowed = {dumps}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
KeepAliveTimeout = 15
MaxKeepAlives = 20
[SPARQL]
ResultSetMaxRows = 1000000
"""
"""Memory as Virtuoso's manual advises for 2 GB."""


def main(folder: Path, dump: Path, port: int) -> None:
    """Load, and become the server."""
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        control = probe.getsockname()[1]
    settings = folder / "virtuoso.ini"
    command = ["virtuoso-t", "-f", "-c", str(settings)]
    # at a port of its own, so that nobody takes it for ready before the graph is there
    settings.write_text(SETTINGS.format(folder=folder, dumps=dump.parent, control=control, port=control + 1))
    with subprocess.Popen(command) as loading:
        _tell(
            control,
            f"ld_dir('{dump.parent}', '{dump.name}', 'urn:x'); rdf_loader_run(); checkpoint; shutdown;",
        )
        loading.wait()
    settings.write_text(SETTINGS.format(folder=folder, dumps=dump.parent, control=control, port=port))
    os.execvp(command[0], command)


def _tell(control: int, statements: str) -> None:
    """Have the server, as soon as it listens, execute statements."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", control)) == 0:
                break
        time.sleep(0.1)
    subprocess.run(["isql-vt", f"127.0.0.1:{control}", "dba", "dba", f"EXEC={statements}"], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
