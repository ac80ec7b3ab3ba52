#pragma once

#include <exception>
#include <functional>
#include <string_view>

namespace dontgoback::http {

/// A body cannot go on: its reader has gone or takes it too slowly, or the node stops.
class BodyEnded : public std::exception {
 public:
  const char* what() const noexcept override { return "the reader of the body has gone"; }
};

/// Where the body of an answer goes that is made while it is sent, and waits for its reader.
class BodyWriter {
 public:
  virtual ~BodyWriter() = default;
  /// Takes the bytes, in order; waits while 64 KiB are not taken by the socket. Throws BodyEnded when there is nobody
  /// to write for: let it pass. The thread that the body was begun on only.
  virtual void write(std::string_view bytes) = 0;
};

/// Makes a body, on a thread of its own that may wait, after the request has been let go: keep what is needed, copied.
/// When it returns the body is whole. When it throws, the connection is cut, so that the client sees that the body is
/// not: BodyEnded passes in silence, anything else is logged with the request's id. Destroyed before the client can see
/// the end, also when it was never called.
using WriteBody = std::function<void(BodyWriter&)>;

}  // namespace dontgoback::http
