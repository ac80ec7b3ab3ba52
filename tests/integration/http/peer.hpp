#pragma once

#include <functional>
#include <map>
#include <string>
#include <thread>

namespace dontgoback::http::testing {

struct Reply {
  int status = 0;
  std::string version;
  std::multimap<std::string, std::string> headers;  ///< names in lower case
  std::string body;

  std::string header(const std::string& name) const;
};

/// A client that sends exactly the bytes it is told to. Nothing here waits longer than ten seconds.
class Peer {
 public:
  explicit Peer(unsigned short port);
  /// From that address of this machine.
  static Peer from(const char* address, unsigned short port);
  /// One side of an accepted connection.
  static Peer of(int socket) { return Peer(socket, Owned{}); }
  Peer(Peer&& other) noexcept;
  ~Peer();

  void send(std::string_view bytes);
  /// The next whole answer. Throws when the connection ends first.
  Reply read(bool head_only = false);
  /// A chunk of a chunked answer after `read_head`.
  std::string read_chunk();
  Reply read_head();
  std::string read_until(std::string_view end);
  /// Whether the server ended the connection without sending anything more.
  bool at_end();
  std::size_t discard_all();
  void close();
  /// Ends it with a reset instead of a goodbye.
  void reset();
  int descriptor() const { return socket_; }

  Reply ask(std::string_view bytes) {
    send(bytes);
    return read();
  }

 private:
  struct Owned {};
  Peer(int socket, Owned) : socket_(socket) {}
  bool fill();

  int socket_;
  std::string received_;
};

/// Whether somebody listens there.
bool can_connect(unsigned short port);

/// A server that does to each connection, one after the other, what it is told.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::function<void(Peer&, int connection)> script);
  ~ScriptedServer();
  unsigned short port() const { return port_; }
  std::string url(std::string_view path = "/") const;

 private:
  int listener_;
  unsigned short port_;
  std::thread thread_;
};

/// Waits, at most ten seconds, until the condition holds; false when it never did.
bool eventually(const std::function<bool()>& condition);

}  // namespace dontgoback::http::testing
