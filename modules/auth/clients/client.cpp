#include "clients/client.hpp"

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestScope = 64;
constexpr std::size_t kLongestAudience = 200;

bool is_scheme_character(char c) { return text::is_letter(c) || text::is_digit(c) || c == '+' || c == '-' || c == '.'; }

}  // namespace

bool is_client_id(std::string_view id) {
  return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), text::is_visible);
}

bool is_scope(std::string_view scope) {
  return !scope.empty() && scope != "*" && scope.size() <= kLongestScope &&
         std::all_of(scope.begin(), scope.end(), [](char c) { return text::is_visible(c) && c != '"' && c != '\\'; });
}

bool is_audience(std::string_view uri) {
  const auto colon = uri.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == uri.size() || uri.size() > kLongestAudience)
    return false;
  return text::is_letter(uri.front()) &&
         std::all_of(uri.begin(), uri.begin() + static_cast<std::ptrdiff_t>(colon), is_scheme_character) &&
         std::all_of(uri.begin(), uri.end(),
                     [](char c) { return text::is_visible(c) && c != '#' && c != '"' && c != '\\'; });
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  while (!list.empty()) {
    const auto word = text::take(list, ' ');
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.emplace_back(word);
  }
  return words;
}

std::vector<std::string> scopes_of(std::string list) {
  std::replace(list.begin(), list.end(), ',', ' ');
  return words_of(list);
}

bool is_own_scope(std::string_view scope) {
  return std::find(kOwnScopes.begin(), kOwnScopes.end(), scope) != kOwnScopes.end();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace dontgoback::auth
