"""gRPC as npm's @grpc/grpc-js speaks it (walk/grpc_client.mjs)."""

import json
import subprocess
import threading
from pathlib import Path

from harness.node_cases import node_command

SOURCES = Path(__file__).parents[1] / "walk"
OURS = Path(__file__).parents[3] / "modules" / "walk" / "rpc"

OK, CANCELLED, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, PERMISSION_DENIED = 0, 1, 3, 4, 5, 7
RESOURCE_EXHAUSTED, UNIMPLEMENTED, UNAVAILABLE, UNAUTHENTICATED = 8, 12, 14, 16


class GrpcClient:
    """`folder`: grpc_client.mjs beside the packages it uses, as the build puts it there. `limit`: seconds until it is
    ended, so that a defect ends the test instead of hanging it."""

    def __init__(self, node_program, folder, limit=120):
        assert node_program and folder, "say where Node and the built cases are: --node, --node-cases"
        self._process = subprocess.Popen([*node_command(node_program), "grpc_client.mjs"], cwd=Path(folder).resolve(),
                                         text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._limit = threading.Timer(limit, self._process.kill)
        self._limit.start()

    def stop(self):
        self._limit.cancel()
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def tell(self, what, **told):
        self._process.stdin.write(json.dumps({"do": what, **told}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the client ended at {what}"
        return json.loads(line)

    def connect(self, name, address, ca=None, options=None, alias=None):
        """`name`: a, b or c, the published versions; v1; health or reflection. `options`: of the channel, by their names in
        gRPC. `alias`: for several connections of a version."""
        proto, service = {"v1": (OURS / "walk_v1.proto", "walk.v1.WalkService"),
                          "health": ("health", "grpc.health.v1.Health"),
                          "reflection": ("reflection", "grpc.reflection.v1alpha.ServerReflection"),
                          }.get(name, (SOURCES / "protos" / f"{name}.proto", "step.StepService"))
        host, port = address
        self.tell("connect", name=alias or name, proto=str(proto), service=service, address=f"{host}:{port}",
                  options=options or {}, **({"ca": str(ca)} if ca else {}))
        return Client(self, alias or name)


class Client:
    def __init__(self, told, name):
        self._told, self._name = told, name
        self._streams = 0

    def call(self, method, request, token=None, **more):
        return self._told.tell("call", client=self._name, method=method, request=request, token=token, **more)

    def open(self, method, request=None, token=None, **more):
        self._streams += 1
        stream = f"{self._name} {self._streams}"
        self._told.tell("open", client=self._name, stream=stream, method=method, request=request, token=token,
                        **more)
        return Stream(self._told, stream)

    def disconnect(self):
        self._told.tell("disconnect", name=self._name)


class Stream:
    def __init__(self, told, name):
        self._told, self._name = told, name

    def write(self, message):
        self._told.tell("write", stream=self._name, message=message)

    def close(self):
        self._told.tell("close", stream=self._name)

    def cancel(self):
        self._told.tell("cancel", stream=self._name)

    def next(self, limit=None):
        """{"message": …}, or at the end {"code": …, "details": …}; {} when none came within so many milliseconds."""
        return self._told.tell("next", stream=self._name, limit=limit)
