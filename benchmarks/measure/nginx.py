"""The peer: nginx with one worker on the server's core, serving a file as well as it can."""

import os
import socket
import subprocess

from harness.waiting import eventually

from measure.machine import on_server_core

CONFIG = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_requests 1000000000;
  open_file_cache max=100 inactive=1h; open_file_cache_valid 1h;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  types {{ }} default_type "{content_type}";
  server {{
    listen 127.0.0.1:{port}{tls};
    root {folder}/files;
    add_header X-Request-Id 0123456789abcdef;
    {more}
  }}
}}
"""


class Nginx:
    """Serves `content` at `url` while the `with` block runs; `packed`: the same, gzipped, for who accepts that.
    `more`: lines of the server's configuration, which name a certificate for `tls`."""

    def __init__(self, folder, content, packed=None, content_type="application/json", more="etag off;",
                 tls=False):
        self._folder = folder
        self._content_type, self._more, self._tls = content_type, more, tls
        file = folder / "files" / "page.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        if packed is not None:
            file.with_name("page.json.gz").write_bytes(packed)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}/page.json"

    def __enter__(self):
        config = self._folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(CONFIG.format(folder=self._folder, port=self.port, user=user, tls=" ssl" if self._tls else "", more=self._more,
                                        content_type=self._content_type))
        self._process = subprocess.Popen(["/usr/sbin/nginx", "-p", str(self._folder), "-c", str(config), "-g",
                                          "daemon off;"], preexec_fn=on_server_core, stderr=subprocess.DEVNULL)
        eventually(self._listens, "nginx listens")
        return self

    @property
    def pid(self):
        return self._process.pid

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(timeout=30)

    def _listens(self):
        assert self._process.poll() is None, (self._folder / "error.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True
        except ConnectionRefusedError:
            return False
