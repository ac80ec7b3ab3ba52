#pragma once

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/client.hpp"
#include "http/message/chunk_scan.hpp"
#include "http/message/framing.hpp"
#include "http/message/head_scan.hpp"

namespace dontgoback::http {

/// Takes the bytes of one answer apart, read as strictly as a request is (see RequestParser): whoever could make two
/// nodes read one answer differently could answer for the other. Pure.
class ResponseReader {
 public:
  /// `head_only`: the answer to HEAD. `body_limit` in bytes.
  ResponseReader(bool head_only, std::size_t body_limit);

  /// Bytes come as they are read, in order. Throws std::runtime_error for what is no answer, or none to our request.
  void put(std::string_view bytes);
  /// There will be no more bytes. Throws std::runtime_error when the answer is not whole.
  void end();

  bool done() const;
  /// Nothing of the answer has come.
  bool untouched() const { return untouched_; }
  /// When it is done: whether the connection is good for another call.
  bool keep() const { return keep_; }
  /// When it is done.
  ClientResponse take();
  /// Before that: the `Date` field.
  std::string date() const;

 private:
  using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

  void begin();
  bool is_good(std::string_view bytes);
  void check_head();

  const bool head_only_;
  const std::size_t body_limit_;
  std::optional<Parser> parser_;
  HeadScan head_scan_{HeadScan::Kind::response};
  ChunkScan chunk_scan_;
  std::size_t scanned_ahead_ = 0;
  std::string left_;  // bytes the parser has not taken
  unsigned interim_ = 0;
  bool untouched_ = true;
  bool keep_ = false;
};

}  // namespace dontgoback::http
