#pragma once

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "dontgoback/json/form.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::json {

/// Parses a document strictly: UTF-8, depth at most 16, no trailing bytes, no key twice in an object.
/// Never throws; what is wrong is `invalid`.
Result<boost::json::value> parse(std::string_view text);

namespace detail {

/// Each reads one kind of value. False: of the wrong type or out of range. 1e3 and 1.0 are no integers.
bool read(const boost::json::value& from, std::int64_t& to);
bool read(const boost::json::value& from, bool& to);
bool read(const boost::json::value& from, double& to);
bool read(const boost::json::value& from, std::string& to);

/// A type of the domain, by its `Form`.
template <class T>
requires requires(std::int64_t number, T& to) { Form<T>::read(number, to); }
bool read(const boost::json::value& from, T& to) {
  const auto* number = from.if_int64();  // larger ones are uint64, and those with a point or an exponent double
  return number != nullptr && Form<T>::read(*number, to);
}
template <class T>
requires requires(std::string_view text, T& to) { Form<T>::read(text, to); }
bool read(const boost::json::value& from, T& to) {
  const auto* text = from.if_string();
  return text != nullptr && Form<T>::read(std::string_view(text->data(), text->size()), to);
}
template <class T>
bool read(const boost::json::value& from, std::vector<T>& to);
template <class T>
requires boost::describe::has_describe_members<T>::value bool read(const boost::json::value& from, T& to);

template <class T>
bool read_member(const boost::json::object& from, std::string_view name, T& to) {
  const auto* found = from.if_contains(name);
  return found != nullptr && read(*found, to);
}
/// An optional member may be absent or null.
template <class T>
bool read_member(const boost::json::object& from, std::string_view name, std::optional<T>& to) {
  const auto* found = from.if_contains(name);
  if (found == nullptr || found->is_null()) return true;
  return read(*found, to.emplace());
}

template <class T>
bool read(const boost::json::value& from, std::vector<T>& to) {
  if (!from.is_array()) return false;
  to.reserve(from.get_array().size());
  for (const auto& element : from.get_array()) {
    if (!read(element, to.emplace_back())) return false;
  }
  return true;
}

template <class T>
requires boost::describe::has_describe_members<T>::value bool read(const boost::json::value& from, T& to) {
  if (!from.is_object()) return false;
  bool good = true;
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) { good = good && read_member(from.get_object(), member.name, to.*member.pointer); });
  return good;
}

}  // namespace detail

inline constexpr Failure kMalformed{FailureKind::invalid,
                                    {"요청 본문의 형식이 올바르지 않습니다.", "The request body is malformed."}};

/// Reads a described struct (BOOST_DESCRIBE_STRUCT): unknown members are ignored, absent ones are an error unless
/// std::optional, types and ranges are exact. Never throws.
template <class T>
Result<T> read(std::string_view text) {
  auto document = parse(text);
  if (!document) return document.failure();
  T result{};
  if (!detail::read(*document, result)) return kMalformed;
  return result;
}

}  // namespace dontgoback::json
