#pragma once

#include <string_view>

namespace dontgoback::http {

/// The fields that say where a message's body ends. Only what every recipient reads alike is taken: one
/// `Content-Length` of digits, or with HTTP/1.1 one `Transfer-Encoding` that is `chunked` and nothing else (RFC 9112
/// sections 6.1 to 6.3, with none of what they let a recipient forgive). Pure.
class FramingFields {
 public:
  void content_length(std::string_view value);
  void transfer_encoding(std::string_view value);

  bool chunked() const { return codings_ > 0; }
  /// 0 when they are fine, 501 for a coding that is not known here, else 400.
  int refused(bool http11) const;

 private:
  unsigned lengths_ = 0;
  unsigned codings_ = 0;
  bool malformed_ = false;
  bool unknown_ = false;
};

}  // namespace dontgoback::http
