#pragma once

#include <cstddef>
#include <string_view>

namespace dontgoback::http {

/// Whether a line without control characters is `name: value`: a token, then at once a colon (RFC 9112 section 5.1).
bool is_field_line(std::string_view line);

/// Looks at the raw bytes of a message's head before a parser takes them apart, because parsers forgive what two
/// servers need not read alike: every line ends in CRLF, holds no control character, and is a start line or `name:
/// value`; no line is folded (RFC 9112 sections 2.2, 3, 4 and 5). Each byte is looked at once, however it comes. Pure.
class HeadScan {
 public:
  enum class Kind { request, response };
  enum class Verdict { partly, whole, bad };

  explicit HeadScan(Kind kind) : kind_(kind) {}

  /// `head`: from its first byte, as far as it has come; a later call sees the same bytes and more. Wrong bytes are
  /// noticed as soon as they are there, a wrong line when it is whole.
  Verdict scan(std::string_view head);
  /// Bytes of the lines that were found good; when the head is whole, all of it with its empty line.
  std::size_t good() const { return line_; }

 private:
  Kind kind_;
  std::size_t line_ = 0;     // where the line in hand begins
  std::size_t checked_ = 0;  // up to here its bytes are fine
};

}  // namespace dontgoback::http
