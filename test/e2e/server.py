"""Moto's server on a free port of 127.0.0.1, for as long as the standard input is open.

The port is the kernel's choice, so that nothing can take it in between; the server prints it. The end of the standard input is the end
of whoever started the server, however that came about.
"""

import os
import threading

from moto.server import main


def end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
