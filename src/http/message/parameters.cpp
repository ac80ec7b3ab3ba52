#include "dontgoback/http/parameters.hpp"

#include <algorithm>
#include <limits>

#include "dontgoback/http/error.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/percent.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::http {
namespace {

constexpr Message kEncoding{"매개변수의 인코딩이 올바르지 않습니다.",
                            "A parameter is not well-formed UTF-8 in percent encoding."};
constexpr Message kTwice{"같은 매개변수가 두 번 있습니다.", "A parameter is given twice."};
constexpr Message kInteger{"매개변수는 허용 범위의 정수여야 합니다.",
                           "A parameter must be a decimal integer within its range."};
constexpr Message kDay{"날짜는 YYYY-MM-DD 형식이어야 합니다.", "A date must be YYYY-MM-DD."};
constexpr Message kId{"식별자는 양의 정수여야 합니다.", "An id must be a positive 64-bit decimal."};
constexpr Message kSize{"size는 1 이상의 정수여야 합니다.", "size must be an integer of at least 1."};
constexpr Message kBefore{"마지막 식별자는 0 이상의 정수여야 합니다.", "The last id must be 0 or a positive integer."};

[[noreturn]] void refuse(Message message) { throw Error(FailureKind::invalid, message); }

/// NUL is well-formed UTF-8, but ends a string in some databases and in C.
bool is_text(std::string_view bytes) { return text::is_utf8(bytes) && bytes.find('\0') == std::string_view::npos; }

bool names(std::string_view encoded, std::string_view name) {
  if (encoded.find_first_of("%+") == std::string_view::npos) return encoded == name;
  return text::form_decoded(encoded) == name;
}

/// The decoded value of the pair with that name in `a=1&b=2`.
std::optional<std::string> pair_value(std::string_view pairs, std::string_view name) {
  std::optional<std::string_view> found;
  while (!pairs.empty()) {
    const auto pair = text::take(pairs, '&');
    const auto equals = pair.find('=');
    if (!names(pair.substr(0, equals), name)) continue;
    if (found) refuse(kTwice);
    found = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
  }
  if (!found) return std::nullopt;
  auto value = text::form_decoded(*found);
  if (!value || !is_text(*value)) refuse(kEncoding);
  return value;
}

std::optional<std::int64_t> ranged(const Request& request, std::string_view name, std::int64_t min, std::int64_t max,
                                   Message rule) {
  const auto given = query_text(request, name);
  if (!given) return std::nullopt;
  const auto number = text::number<std::int64_t>(*given);
  if (!number || *number < min || *number > max) refuse(rule);
  return number;
}

}  // namespace

std::string_view Request::path_parameter(std::string_view name) const {
  for (const auto& [key, value] : path_parameters) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::string> query_text(const Request& request, std::string_view name) {
  return pair_value(request.query, name);
}

std::optional<std::int64_t> query_integer(const Request& request, std::string_view name, std::int64_t min,
                                          std::int64_t max) {
  return ranged(request, name, min, max, kInteger);
}

std::optional<time::Day> query_day(const Request& request, std::string_view name) {
  const auto text = query_text(request, name);
  if (!text) return std::nullopt;
  const auto day = time::parse_day(*text);
  if (!day) refuse(kDay);
  return day;
}

std::string path_text(const Request& request, std::string_view name) {
  auto value = text::percent_decoded(request.path_parameter(name));
  if (!value || !is_text(*value)) refuse(kEncoding);
  return *std::move(value);
}

std::int64_t path_id(const Request& request, std::string_view name) {
  const auto number = text::number<std::int64_t>(request.path_parameter(name));
  if (!number || *number <= 0) refuse(kId);
  return *number;
}

int page_size(const Request& request, int fallback) {
  constexpr std::int64_t kLargest = 50;
  const auto size = ranged(request, "size", 1, std::numeric_limits<std::int64_t>::max(), kSize);
  return static_cast<int>(std::min(size.value_or(fallback), kLargest));
}

std::int64_t page_before(const Request& request, std::string_view name) {
  constexpr auto kTop = std::numeric_limits<std::int64_t>::max();
  const auto last = ranged(request, name, 0, kTop, kBefore).value_or(0);
  return last == 0 ? kTop : last;
}

std::optional<std::string> form_text(std::string_view body, std::string_view name) { return pair_value(body, name); }

std::optional<std::string> form_decoded(std::string_view encoded) {
  auto value = text::form_decoded(encoded);
  if (value && !is_text(*value)) value.reset();
  return value;
}

std::optional<FormPairs> form_pairs(std::string_view body) {
  FormPairs pairs;
  while (!body.empty()) {
    const auto pair = text::take(body, '&');
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = form_decoded(pair.substr(0, equals));
    auto value = form_decoded(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

}  // namespace dontgoback::http
