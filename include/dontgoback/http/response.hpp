#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dontgoback/http/body.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::http {

/// What any number of streams send without a copy each.
using SharedText = std::shared_ptr<const std::string>;

/// The sending half of a streaming answer (Server-Sent Events). Every method may be called from any thread, also after
/// the client has gone.
class Stream {
 public:
  virtual ~Stream() = default;
  /// Queues a chunk. False when the client is gone, or has fallen more than 64 KiB behind and was cut off: stop
  /// sending.
  virtual bool send(SharedText chunk) = 0;
  bool send(std::string chunk) { return send(std::make_shared<const std::string>(std::move(chunk))); }
  /// Ends the answer after what is queued.
  virtual void close() = 0;
  /// Whether the client is still there.
  virtual bool open() const = 0;
};

/// Called once, on a thread that must not block, when the head has been written, and destroyed after: keep the stream
/// and send to it later. The request is gone by then. A node has places for so many streams (ServerSettings), and
/// answers 503 with `Retry-After` instead of one more.
using StreamStarted = std::function<void(std::shared_ptr<Stream>)>;

/// An answer. `Content-Length`, `Date`, `Connection` and `X-Request-Id` are the host's.
struct Response {
  int status = 200;
  std::string_view content_type = "application/json";  ///< a literal
  std::string body;
  /// Used instead of `body` when set: bytes that live as long as the program (built-in files).
  std::string_view fixed_body;
  std::vector<std::pair<std::string_view, std::string>> headers;  ///< names are literals
  StreamStarted stream;                                           ///< when set, the answer is chunked and has no body
  /// When set, the body is what this writes, chunked; not called for HEAD. A node makes a few such bodies at once
  /// (ServerSettings::bodies) and answers 503 with `Retry-After` instead of one more. A reader is cut off who takes no
  /// byte for a while, or falls behind the slowest rate (docs/availability.md).
  WriteBody write_body;
  std::string_view reason{};  ///< why it is a refusal, for the request's line in the log: a literal, one word

  /// Whether its length is not known when it begins.
  bool has_open_end() const { return stream != nullptr || write_body != nullptr; }

  Response& header(std::string_view name, std::string value) & {
    headers.emplace_back(name, std::move(value));
    return *this;
  }
  Response&& header(std::string_view name, std::string value) && {
    headers.emplace_back(name, std::move(value));
    return std::move(*this);
  }
};

// The envelope of the user API (contract, section 1): {"resultCode", "message", "data"}. Written only here, for
// successes
// (`S-<status>`) and failures (`F-<status>`, from 400 on) alike, in the request's language.

/// Writes `{"resultCode":"S-200","message":…,"data":` and leaves the writer where the data goes.
void begin_envelope(json::Writer& writer, const Request& request, int status, const Message& message);

/// An answer with `data` written by `write_data(json::Writer&)`.
template <class F>
Response envelope(const Request& request, int status, const Message& message, F&& write_data) {
  Response response;
  response.status = status;
  response.body.reserve(512);
  json::Writer writer(response.body);
  begin_envelope(writer, request, status, message);
  write_data(writer);
  writer.end_object();
  return response;
}

/// An answer whose `data` is null; of a failure at a path that has a form of its own, in that.
Response envelope(const Request& request, int status, const Message& message);

Response redirect(std::string location);
Response text(int status, std::string body);

}  // namespace dontgoback::http
