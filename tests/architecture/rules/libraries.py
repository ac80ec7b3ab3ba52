"""A library's headers are read in the folder that owns it, and nowhere else; what is not listed here has no owner yet."""

# The first that fits. None: wherever it is needed.
OWNERS = {
    "module_headers.hpp": ["src/app"],  # made by the build
    "boost/asio/": ["src/http", "src/shared"],
    "boost/beast/": ["src/http"],
    "boost/intrusive/": ["src/http"],
    "boost/json/fwd.hpp": None,
    "boost/json/src.hpp": ["src/json"],
    "boost/json/": ["src/json", "src/security", "modules/auth", "include/dontgoback/json", "include/dontgoback/security"],
    "boost/describe": None,
    "boost/math/": ["modules/extension"],
    "boost/multiprecision/": ["modules/extension"],
    "utf8proc.h": ["src/text"],
    "CLI/": ["src/config"],
    "toml++/": ["src/config"],
    "date/": ["src/time"],
    "openssl/": ["src/security"],
    "soci/": ["src/storage"],
    "sqlite3": ["src/storage"],
    "mysql": ["src/storage"],
    "errmsg.h": ["src/storage"],
    "hiredis/": ["src/shared"],
    "archive": ["modules/core/export"],
    "curl/": ["modules/mail"],
    # Loads libcurl where a mail server is configured, libarchive at the first export, and the gRPC server where it serves.
    "dlfcn.h": ["src", "modules/mail", "modules/core/export", "modules/walk/rpc"],
    "absl/": ["modules/walk/rpc/server"],  # of gRPC's own locks
    "grpc/": ["modules/walk/rpc/server"],
    "grpcpp/": ["modules/walk/rpc/server"],
    "google/protobuf/": ["modules/walk/rpc/server"],
    "step.": ["modules/walk/rpc/server"],  # made by the build of its protos
    "walk_v1.": ["modules/walk/rpc/server"],
    "health.": ["modules/walk/rpc/server"],
    # gRPC bounds no connections, so its server listens itself.
    **{name: ["src", "modules/walk/rpc/server"] for name in (
        "netdb.h", "netinet/", "poll.h", "sys/eventfd.h", "sys/socket.h", "sys/stat.h", "sys/types.h")},
}
# Of the operating system: the host's. The rest of POSIX is no module's business.
SYSTEM = {"arpa/", "sys/", "dlfcn.h", "fcntl.h", "grp.h", "link.h", "malloc.h", "netdb.h", "netinet/", "poll.h", "pwd.h",
          "sched.h", "signal.h", "unistd.h"}
SYSTEM_IN_MODULES = {"arpa/inet.h", "pwd.h", "strings.h", "unistd.h"}


def check(tree):
    for path in tree.paths("src", "modules", "include"):
        for line, name, _ in tree.includes(path):
            if tree.target(path, name) or ("/" not in name and not name.endswith((".h", ".hpp"))):  # <vector>
                continue
            owners = owners_of(name, path)
            if owners is not None and not any(path.startswith(owner + "/") for owner in owners):
                where = " and ".join(owners) or "no folder: name one in tests/architecture/rules/libraries.py"
                yield f"{path}:{line} includes {name}, which belongs to {where}"


def owners_of(name, path):
    for prefix, owners in OWNERS.items():
        if name.startswith(prefix):
            return owners
    if name in SYSTEM_IN_MODULES or (path.startswith("src/") and any(name.startswith(each) for each in SYSTEM)):
        return None
    return ["src"] if any(name.startswith(each) for each in SYSTEM) else []


EXAMPLES = [
    ({"modules/walk/a.cpp": "#include <boost/asio/post.hpp>\n"}, "a.cpp:1 includes boost/asio/post.hpp, which belongs to src/http"),
    ({"modules/walk/a.hpp": "\n# include <soci/soci.h>\n"}, "a.hpp:2 includes soci/soci.h"),
    ({"modules/walk/a.cpp": "#include <spdlog/spdlog.h>\n"}, "no folder"),
    ({"modules/walk/a.cpp": "#include <openssl/evp.h>\n"}, "belongs to src/security"),
    ({"modules/walk/a.cpp": '#include "openssl/evp.h"\n'}, "belongs to src/security"),
    ({"modules/walk/a.cpp": "#include <sys/socket.h>\n"}, "belongs to src"),
    ({"include/dontgoback/a.hpp": "#include <CLI/App.hpp>\n"}, "belongs to src/config"),
    ({"src/json/a.cpp": "#include <boost/json/src.hpp>\n", "modules/walk/b.cpp": "#include <vector>\n#include <unistd.h>\n",
      "src/app/c.cpp": "#include <sys/stat.h>\n", "src/http/client/d.cpp": "#include <boost/asio/post.hpp>\n"}, None),
]
