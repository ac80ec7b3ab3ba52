#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dontgoback::http {

/// Looks at the raw bytes of a chunked body as HeadScan does at a head (RFC 9112 section 7.1): sizes, line ends, the
/// grammar of extensions and trailer fields. Extensions mean nothing here and may have kMostExtensions bytes in all,
/// trailers kMostTrailer. Pure.
class ChunkScan {
 public:
  static constexpr std::size_t kMostExtensions = 256;
  static constexpr std::size_t kMostTrailer = 2048;
  enum class Verdict { partly, whole, bad };

  /// `bytes`: what follows the bytes of the last call. Nothing behind a body's end is looked at.
  Verdict scan(std::string_view bytes);

 private:
  enum class State {
    size,
    blank,      // before a `;`
    extension,  // behind it: blanks, then the name
    name,
    after_name,  // blanks, then `=` or `;`
    value,       // behind `=`: blanks, then the value
    token,
    quoted,
    escaped,
    after_quoted,
    size_lf,
    data,
    data_cr,
    data_lf,
    trailer,  // the beginning of its line
    trailer_name,
    trailer_value,
    trailer_lf,
    last_lf,
    whole,
    bad,
  };
  State next(char c);
  static State behind_part(char c);
  State within_size(char c);
  State within_extension(char c);
  State within_trailer(char c);

  State state_ = State::size;
  std::uint64_t left_ = 0;  // of the chunk's data
  unsigned digits_ = 0;
  std::size_t extensions_ = 0;
  std::size_t trailer_ = 0;
};

}  // namespace dontgoback::http
