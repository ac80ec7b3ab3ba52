#!/usr/bin/python3
"""Open streams of notifications, one of each of many accounts and all from one address: resident memory of each, how soon one
post has reached all of them, and what they cost while nothing happens; beside it nginx with nchan (Debian's
libnginx-mod-nchan), whose subscribers are events of one channel, without accounts, sessions or SQL."""

import http.client
import socket
import statistics
import subprocess
import time
from contextlib import contextmanager

from measure import arguments
from measure.listeners import listeners
from measure.machine import cpu_seconds, heading, on_server_core, table
from measure.people import People
from measure.service import UNLIMITED, folder, service

from harness.waiting import eventually

PATH = "/api/v1/notifications/stream"
OPTIONS = ("--max-connections=12000", "--max-connections-per-address=0", "--log-level=warn")
KB_EACH, MS_TO_ALL = 7, 300  # the limits
SETTLE = 12  # seconds: two looks at the numbers of all

NCHAN = """
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
{user}
worker_processes 1;
worker_rlimit_nofile 20000;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 12000; }}
http {{
  access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location /listen {{ nchan_subscriber eventsource; nchan_channel_id all; nchan_eventsource_ping_interval 25; }}
    location /say {{ nchan_publisher; nchan_channel_id all; }}
  }}
}}
"""


def resident(pid):
    """KB: resident in all, and of it what is nobody else's."""
    with open(f"/proc/{pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return [int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon")]


def measure(given, name, pid, address, requests, first, mark, say):
    before = resident(pid)
    with listeners(first) as them:
        count = them.open(address, requests)
        time.sleep(SETTLE)
        open_now = resident(pid)
        used = cpu_seconds(pid)
        time.sleep(given.seconds)
        idle = (cpu_seconds(pid) - used) / given.seconds
        reached = []
        for _ in range(given.rounds):
            time.sleep(1.5)
            them.expect(mark)
            began = time.monotonic()
            say()
            moments = them.heard()
            reached.append([(moment - began) * 1000 for moment in (moments[0], moments[len(moments) // 2], moments[-1])])
        after = resident(pid)
    each = [(now - was) / count for now, was in zip(open_now, before)]
    then = (after[0] - before[0]) / count
    middle = [statistics.median(column) for column in zip(*reached)]
    found = [name, count, f"{before[0] / 1024:.1f}", f"{open_now[0] / 1024:.1f}", f"{each[0]:.2f}", f"{each[1]:.2f}", f"{then:.2f}",
            *(f"{one:.0f}" for one in middle), f"{max(one[2] for one in reached):.0f}", f"{idle:.1%}"]
    print(found, flush=True)
    return found


def ours(given, place):
    with service(given.binary, place / "service", core_options=(*UNLIMITED, *OPTIONS)) as topology:
        node = topology.core
        people = People(node.address)
        all_of_them = people.make(given.streams)
        requests = [f"GET {PATH} HTTP/1.1\r\nHost: {node.url[7:]}\r\nCookie: {one}\r\n\r\n".encode() for one in all_of_them]

        def post():
            people.do(all_of_them[0], "POST", "/api/v1/feeds", {"content": "모두에게"}, 201)

        return measure(given, "dontgoback", node.pid, node.address, requests, b"event: unread", b"event: feed", post)


@contextmanager
def nchan(place):
    place.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (place / "nginx.conf").write_text(NCHAN.format(folder=place, port=port, user="user root;"))
    process = subprocess.Popen(["/usr/sbin/nginx", "-p", str(place), "-c", str(place / "nginx.conf"), "-g",
                                "daemon off; master_process off;"], preexec_fn=on_server_core)
    try:
        eventually(lambda: _listens(port), "nginx listens")
        yield process.pid, ("127.0.0.1", port)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _listens(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
        return True
    except ConnectionRefusedError:
        return False


def peer(given, place):
    with nchan(place / "nchan") as (pid, address):
        link = http.client.HTTPConnection(*address)

        def say():
            link.request("POST", "/say", '{"newestFeedId":1000000}')
            link.getresponse().read()

        say()  # what each hears when it begins
        requests = [b"GET /listen HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n"] * given.streams
        return measure(given, "nginx with nchan", pid, address, requests, b"newestFeedId", b"newestFeedId", say)


def main():
    given = arguments(__doc__, streams=(10_000, "open streams, each of an account of its own"))
    heading("Open streams")
    with folder() as place:
        rows = [ours(given, place), peer(given, place)]
    table(["server", "streams", "MB before", "MB with them", "KB each", "of it anonymous", "KB each after the posts",
           "first ms", "half ms", "all ms", "all ms at worst", "of a core while nothing happens"], rows)
    print(f"Limits: {KB_EACH} KB each, {MS_TO_ALL} ms to all. Server {' '.join(OPTIONS)}, on one core; the listeners a process on the "
          "other. A post's time is from the sending of its request until the last stream has its event.")


if __name__ == "__main__":
    main()
