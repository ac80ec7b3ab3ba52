#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace dontgoback::security {

/// The server's side of TLS on one connection, over a socket that does not block; it outlives this. One thread at a
/// time. The process ignores SIGPIPE: OpenSSL writes to sockets as to files.
class TlsSession {
 public:
  enum class State {
    done,
    needs_reading,  ///< the same call again, when the socket has something to read
    needs_writing,  ///< the same call again, when the socket takes something
    ended,          ///< the client has said goodbye
    failed,         ///< nothing more can be done
  };
  struct Result {
    State state;
    std::size_t bytes = 0;
  };

  /// Throws std::bad_alloc.
  TlsSession(const std::shared_ptr<ssl_ctx_st>& context, int socket);

  /// The beginning, before all else.
  Result greet();
  /// At least one byte when it is done.
  Result read(std::span<char> space);
  /// At least one byte of them when it is done. Called again it is given the same bytes, wherever they are by then.
  Result write(std::string_view bytes);
  /// Says goodbye, if that can be said.
  void end();

  /// Bytes that `read` gives without looking at the socket.
  bool holds_bytes() const;
  /// Whether it failed because the client spoke plain HTTP.
  bool heard_plain_http() const { return heard_plain_http_; }
  /// Why it failed, for a log; as OpenSSL says it.
  const std::string& cause() const { return cause_; }

 private:
  struct Free {
    void operator()(ssl_st* session) const;
  };
  Result result_of(int returned);

  std::unique_ptr<ssl_st, Free> ssl_;
  bool greeted_ = false;
  bool failed_ = false;
  bool heard_plain_http_ = false;
  std::string cause_;
};

}  // namespace dontgoback::security
