#include "bearer.hpp"

#include <algorithm>

namespace dontgoback::walk::rpc {
namespace {

constexpr std::string_view kScheme = "bearer";
constexpr int kMostSchemes = 2;

// Takes the scheme off, whatever its case (RFC 9110 section 11.1), and the spaces behind it.
bool take_scheme(std::string_view& text) {
  if (text.size() <= kScheme.size() || text[kScheme.size()] != ' ') return false;
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b; };
  if (!std::equal(text.begin(), text.begin() + kScheme.size(), kScheme.begin(), same)) return false;
  text.remove_prefix(kScheme.size());
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return true;
}

// RFC 6750 section 2.1: b64token.
bool is_of_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~+/=").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> bearer_token(std::string_view authorization) {
  for (int i = 0; i < kMostSchemes && take_scheme(authorization); ++i) {
  }
  if (authorization.empty() || authorization.size() > kLongestToken) return std::nullopt;
  if (!std::all_of(authorization.begin(), authorization.end(), is_of_token)) return std::nullopt;
  return std::string(authorization);
}

}  // namespace dontgoback::walk::rpc
