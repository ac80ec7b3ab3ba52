#include "dontgoback/json/reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>

namespace dontgoback::json {
namespace {

namespace bj = boost::json;

constexpr std::size_t kMaxDepth = 16;

/// Builds the tree as Boost.JSON's own parser does, but refuses NUL and numbers that overflow, and counts the members
/// that were in the text.
struct Handler {
  static constexpr std::size_t max_object_size = bj::object::max_size();
  static constexpr std::size_t max_array_size = bj::array::max_size();
  static constexpr std::size_t max_key_size = bj::string::max_size();
  static constexpr std::size_t max_string_size = bj::string::max_size();

  bj::value_stack stack;
  std::size_t members = 0;

  using Error = boost::system::error_code;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return true; }
  bool on_object_end(std::size_t n, Error&) {
    members += n;
    stack.push_object(n);
    return true;
  }
  bool on_array_begin(Error&) { return true; }
  bool on_array_end(std::size_t n, Error&) {
    stack.push_array(n);
    return true;
  }
  bool on_key_part(bj::string_view part, std::size_t, Error& error) { return chars(part, error); }
  bool on_key(bj::string_view rest, std::size_t, Error& error) {
    if (!without_nul(rest, error)) return false;
    stack.push_key(rest);
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, Error& error) { return chars(part, error); }
  bool on_string(bj::string_view rest, std::size_t, Error& error) {
    if (!without_nul(rest, error)) return false;
    stack.push_string(rest);
    return true;
  }
  bool on_number_part(bj::string_view, Error&) { return true; }
  bool on_int64(std::int64_t number, bj::string_view, Error&) {
    stack.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, bj::string_view, Error&) {
    stack.push_uint64(number);
    return true;
  }
  bool on_double(double number, bj::string_view, Error& error) {
    if (!std::isfinite(number)) {
      error = bj::error::exponent_overflow;
      return false;
    }
    stack.push_double(number);
    return true;
  }
  bool on_bool(bool boolean, Error&) {
    stack.push_bool(boolean);
    return true;
  }
  bool on_null(Error&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(bj::string_view, Error&) { return true; }
  bool on_comment(bj::string_view, Error&) { return true; }

 private:
  static bool without_nul(bj::string_view text, Error& error) {
    if (text.find('\0') == bj::string_view::npos) return true;
    error = bj::error::syntax;
    return false;
  }
  bool chars(bj::string_view part, Error& error) {
    if (!without_nul(part, error)) return false;
    stack.push_chars(part);
    return true;
  }
};

/// The members of the tree. Of a key that comes twice Boost.JSON keeps the last, so then there are fewer than were
/// read.
std::size_t count_members(const bj::value& tree) {
  std::size_t members = 0;
  if (const auto* object = tree.if_object()) {
    members = object->size();
    for (const auto& member : *object) members += count_members(member.value());
  } else if (const auto* array = tree.if_array()) {
    for (const auto& element : *array) members += count_members(element);
  }
  return members;
}

}  // namespace

Result<bj::value> parse(std::string_view text) {
  bj::parse_options options;
  options.max_depth = kMaxDepth;
  bj::basic_parser<Handler> parser(options);
  auto& handler = parser.handler();
  handler.stack.reset();
  Handler::Error error;
  const auto read = parser.write_some(false, text.data(), text.size(), error);
  if (error || !parser.done() || read != text.size()) return kMalformed;
  auto tree = handler.stack.release();
  if (count_members(tree) != handler.members) return kMalformed;
  return tree;
}

namespace detail {

bool read(const bj::value& from, std::int64_t& to) {
  if (!from.is_int64()) return false;  // larger ones are uint64, and those with a point or an exponent double
  to = from.get_int64();
  return true;
}

bool read(const bj::value& from, bool& to) {
  if (!from.is_bool()) return false;
  to = from.get_bool();
  return true;
}

bool read(const bj::value& from, double& to) {
  if (!from.is_number()) return false;
  to = from.to_number<double>();
  return true;
}

bool read(const bj::value& from, std::string& to) {
  if (!from.is_string()) return false;
  to.assign(from.get_string().data(), from.get_string().size());
  return true;
}

}  // namespace detail
}  // namespace dontgoback::json
