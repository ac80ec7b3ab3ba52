#!/usr/bin/python3
"""TLS ended by the program itself, against nginx with the same certificate: answers on connections that stay, connections that come
anew, in full and resumed, what processor an answer costs, and what memory a connection on which nothing comes holds."""

import socket
import ssl
import subprocess
import time
from contextlib import ExitStack

from measure import arguments, load
from measure.machine import cpu_seconds, heading, table
from measure.nginx import Nginx
from measure.service import UNLIMITED, folder, service

from harness.node import Node
from harness.wire import call

PATH = "/"
IDLE = 1000


def make_certificate(place):
    certificate, key = place / "certificate.pem", place / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made


def resident_kb(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def worker_of(nginx):
    with open(f"/proc/{nginx.pid}/task/{nginx.pid}/children") as children:
        return int(children.read().split()[0])


def idle_kb(pid, port):
    """Of each of many connections that have had one answer."""
    one = context()
    request = f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

    def opened():
        secured = one.wrap_socket(socket.create_connection(("127.0.0.1", port)))
        secured.sendall(request)
        while not secured.recv(65536):
            pass
        return secured

    before_any = [opened() for _ in range(50)]  # what the first ones make grow
    before = resident_kb(pid)
    connections = [opened() for _ in range(IDLE)]
    time.sleep(1)
    grown = resident_kb(pid) - before
    for each in before_any + connections:
        each.close()
    return grown / IDLE


def measured(pid, run):
    began = cpu_seconds(pid)
    found = run()
    return found, (cpu_seconds(pid) - began) / max(found.requests, 1) * 1e6


def main():
    given = arguments(__doc__, connections=(64, "of wrk"))
    heading("TLS by the program itself")
    with ExitStack() as stack:
        place = stack.enter_context(folder())
        certificate, key = make_certificate(place)
        topology = stack.enter_context(service(given.binary, place / "service", core_options=[
            *UNLIMITED, f"--tls-certificate-file={certificate}", f"--tls-key-file={key}"]))
        node: Node = topology.core
        plain = stack.enter_context(service(given.binary, place / "plain"))
        content = call(plain.core.address, "GET", PATH).body
        more = f"etag off; ssl_certificate {certificate}; ssl_certificate_key {key}; ssl_protocols TLSv1.2 TLSv1.3;"
        nginx = stack.enter_context(Nginx(place / "nginx", content, more=more, tls=True))
        servers = [("dontgoback", node.pid, f"https://127.0.0.1:{node.address[1]}{PATH}", node.address[1]),
                   ("nginx", worker_of(nginx), nginx.url, nginx.port)]
        rows = []
        for what, headers in (("a connection that stays", {}), ("a connection for each", {"Connection": "close"})):
            rounds = [[] for _ in servers]
            for _ in range(given.rounds):
                for found, (_, pid, url, _) in zip(rounds, servers):
                    found.append(measured(pid, lambda: load.run(url, given.connections, given.seconds, headers)))  # noqa: B023
            for (name, *_), found in zip(servers, rounds):
                loads = load.median([each for each, _ in found])
                cost = sorted(each for _, each in found)[len(found) // 2]
                rows.append([name, what, f"{loads.per_second:.0f}", f"{cost:.1f}", f"{loads.p50_ms:.2f}", f"{loads.p99_ms:.2f}"])
        table(["server", "answers on", "a second", "µs of processor each", "p50 ms", "p99 ms"], rows)
        table(["server", "KB an idle connection"],
              [[name, f"{idle_kb(pid, port):.1f}"] for name, pid, _, port in servers])


if __name__ == "__main__":
    main()
