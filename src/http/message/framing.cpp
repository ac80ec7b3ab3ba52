#include "http/message/framing.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"

namespace dontgoback::http {

void FramingFields::content_length(std::string_view value) {
  ++lengths_;
  malformed_ |= value.empty() || !std::all_of(value.begin(), value.end(), text::is_digit);
}

void FramingFields::transfer_encoding(std::string_view value) {
  ++codings_;
  malformed_ |= value.empty();
  unknown_ |= !text::same_ignoring_case(value, "chunked");
}

int FramingFields::refused(bool http11) const {
  if (malformed_ || lengths_ + codings_ > 1) return 400;
  if (codings_ == 0) return 0;
  if (!http11) return 400;  // faulty framing, says RFC 9112 section 6.1
  return unknown_ ? 501 : 0;
}

}  // namespace dontgoback::http
