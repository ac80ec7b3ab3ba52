#include "http/message/fields.hpp"

#include <algorithm>

namespace dontgoback::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool FieldList::add(std::string_view name, std::string_view value) {
  if (size_ == kMost) return false;
  fields_[size_++] = {name, value};
  return true;
}

std::optional<std::string_view> FieldList::find(std::string_view name) const {
  const auto* found = std::find_if(begin(), end(), [name](const Field& field) { return same_name(field.name, name); });
  if (found == end()) return std::nullopt;
  return found->value;
}

std::size_t FieldList::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(begin(), end(), [name](const Field& field) { return same_name(field.name, name); }));
}

}  // namespace dontgoback::http
