#include "http/message/chunk_scan.hpp"

#include "http/message/grammar.hpp"

namespace dontgoback::http {
namespace {

constexpr unsigned kMostDigits = 16;  // of 64 bits

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_tchar(char c) { return grammar::in(grammar::kToken, c); }

}  // namespace

ChunkScan::Verdict ChunkScan::scan(std::string_view bytes) {
  while (!bytes.empty() && state_ != State::whole && state_ != State::bad) {
    if (state_ == State::data) {
      const auto taken = std::min<std::uint64_t>(left_, bytes.size());
      left_ -= taken;
      bytes.remove_prefix(static_cast<std::size_t>(taken));
      if (left_ == 0) state_ = State::data_cr;
      continue;
    }
    state_ = next(bytes.front());
    bytes.remove_prefix(1);
  }
  return state_ == State::whole ? Verdict::whole : state_ == State::bad ? Verdict::bad : Verdict::partly;
}

ChunkScan::State ChunkScan::next(char c) {
  switch (state_) {
    case State::size:
      return within_size(c);
    case State::blank:
    case State::extension:
    case State::name:
    case State::after_name:
    case State::value:
    case State::token:
    case State::quoted:
    case State::escaped:
    case State::after_quoted:
      return ++extensions_ > kMostExtensions ? State::bad : within_extension(c);
    case State::size_lf:
      if (c != '\n') return State::bad;
      digits_ = 0;
      return left_ > 0 ? State::data : State::trailer;
    case State::data_cr:
      return c == '\r' ? State::data_lf : State::bad;
    case State::data_lf:
      return c == '\n' ? State::size : State::bad;
    case State::trailer:
    case State::trailer_name:
    case State::trailer_value:
    case State::trailer_lf:
    case State::last_lf:
      return ++trailer_ > kMostTrailer ? State::bad : within_trailer(c);
    default:
      return State::bad;
  }
}

ChunkScan::State ChunkScan::within_size(char c) {
  const int digit = grammar::hex_value(c);
  if (digit < 0) return digits_ > 0 ? behind_part(c) : State::bad;
  if (++digits_ > kMostDigits) return State::bad;
  left_ = left_ << 4U | static_cast<unsigned>(digit);
  return State::size;
}

/// Behind a size, an extension's name or its value. Blanks are part of the grammar only where a `;` follows.
ChunkScan::State ChunkScan::behind_part(char c) {
  if (c == ';') return State::extension;
  if (c == '\r') return State::size_lf;
  return is_blank(c) ? State::blank : State::bad;
}

ChunkScan::State ChunkScan::within_extension(char c) {
  switch (state_) {
    case State::blank:
      return c == '\r' ? State::bad : behind_part(c);
    case State::extension:
      if (is_blank(c)) return State::extension;
      return is_tchar(c) ? State::name : State::bad;
    case State::name:
      if (is_tchar(c)) return State::name;
      if (is_blank(c)) return State::after_name;
      return c == '=' ? State::value : behind_part(c);
    case State::after_name:
      if (is_blank(c)) return State::after_name;
      if (c == '=') return State::value;
      return c == ';' ? State::extension : State::bad;
    case State::value:
      if (is_blank(c)) return State::value;
      if (c == '"') return State::quoted;
      return is_tchar(c) ? State::token : State::bad;
    case State::token:
      return is_tchar(c) ? State::token : behind_part(c);
    case State::quoted:
      if (c == '"') return State::after_quoted;
      if (c == '\\') return State::escaped;
      return grammar::in(grammar::kText, c) ? State::quoted : State::bad;
    case State::escaped:
      return grammar::in(grammar::kText, c) ? State::quoted : State::bad;
    default:
      return behind_part(c);
  }
}

ChunkScan::State ChunkScan::within_trailer(char c) {
  switch (state_) {
    case State::trailer:
      if (c == '\r') return State::last_lf;
      return is_tchar(c) ? State::trailer_name : State::bad;
    case State::trailer_name:
      if (c == ':') return State::trailer_value;
      return is_tchar(c) ? State::trailer_name : State::bad;
    case State::trailer_value:
      if (c == '\r') return State::trailer_lf;
      return grammar::in(grammar::kText, c) ? State::trailer_value : State::bad;
    case State::trailer_lf:
      return c == '\n' ? State::trailer : State::bad;
    default:
      return c == '\n' ? State::whole : State::bad;
  }
}

}  // namespace dontgoback::http
