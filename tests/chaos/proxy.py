"""A line between the desks and the server that can be cut, held up, and closed. It needs no rights."""

import random
import selectors
import socket
import threading
import time


class Line:
    """Passes connections on from a port of its own. Faults are switched while it runs."""

    def __init__(self, to):
        self.to = to
        self.server = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.server.getsockname()[1]
        # Of how many connections out of 100 each is cut, after how many bytes at most; and when that was.
        self.cut_share, self.cut_after, self.cuts = 0, 20000, []
        # Nothing passes while this is set; connections stay open.
        self.silent = threading.Event()
        self.random = random.Random(17)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.server.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            server = socket.create_connection(self.to, timeout=5)
        except OSError:
            client.close()
            return
        server.settimeout(None)
        try:
            self.pass_on(client, server)
        except OSError:
            pass
        finally:
            client.close()
            server.close()

    def pass_on(self, client, server):
        """Copies both directions. A cut comes after a number of bytes, in the middle of whatever they are."""
        other = {client: server, server: client}
        left = self.random.randrange(self.cut_after) if self.random.uniform(0, 100) < self.cut_share else None
        counted = self.random.choice([client, server])
        with selectors.DefaultSelector() as selector:
            for end in other:
                selector.register(end, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    end = key.fileobj
                    data = end.recv(65536)
                    while self.silent.is_set():
                        time.sleep(0.02)
                    if not data:
                        return
                    if left is not None and end is counted:
                        if len(data) > left:
                            other[end].sendall(data[:left])
                            self.cuts.append(time.monotonic())
                            return
                        left -= len(data)
                    other[end].sendall(data)
