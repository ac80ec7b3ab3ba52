#include "endpoints/form.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"
#include "endpoints/refusal.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::string_view kResource = "resource";
/// Each is compared with all before it, where the socket is.
constexpr std::size_t kMostParameters = 64;

}  // namespace

bool has_media_type(const http::Request& request, std::string_view media_type) {
  auto type = request.header("Content-Type");
  return text::same_ignoring_case(text::trimmed(text::take(type, ';')), media_type);
}

bool is_form(const http::Request& request) { return has_media_type(request, "application/x-www-form-urlencoded"); }

void need_form(const http::Request& request) {
  if (!is_form(request)) throw invalid_request("no_form", "the body must be application/x-www-form-urlencoded");
}

Form::Form(std::string_view body) {
  auto pairs = http::form_pairs(body);
  if (!pairs) throw invalid_request("malformed_form", "the body is not application/x-www-form-urlencoded UTF-8");
  if (pairs->size() > kMostParameters)
    throw invalid_request("too_many_parameters", "the body has more parameters than any request needs");
  pairs_ = std::move(*pairs);
  std::erase_if(pairs_, [](const auto& pair) { return pair.second.empty(); });
  for (auto pair = pairs_.begin(); pair != pairs_.end(); ++pair) {
    const bool again = std::any_of(pairs_.begin(), pair, [&](const auto& other) { return other.first == pair->first; });
    if (!again) continue;
    if (pair->first == kResource)
      throw Refusal(400, "invalid_target", "several_resources", "a token is for one resource here; ask for each");
    throw invalid_request("repeated_parameter", "a parameter is given twice");
  }
}

std::optional<std::string_view> Form::find(std::string_view name) const {
  for (const auto& [key, value] : pairs_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string_view Form::needed(std::string_view name) const {
  const auto value = find(name);
  if (!value) throw invalid_request("missing_parameter", std::string(name) + " is missing");
  return *value;
}

}  // namespace dontgoback::auth
