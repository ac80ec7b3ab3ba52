#include "http/message/fields.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"

namespace dontgoback::http {
bool FieldList::add(std::string_view name, std::string_view value) {
  if (size_ == kMost) return false;
  if (!fields_) fields_ = std::make_unique_for_overwrite<std::array<Field, kMost>>();
  (*fields_)[size_++] = {name, value};
  return true;
}

std::optional<std::string_view> FieldList::find(std::string_view name) const {
  const auto* found =
      std::find_if(begin(), end(), [name](const Field& field) { return text::same_ignoring_case(field.name, name); });
  if (found == end()) return std::nullopt;
  return found->value;
}

std::size_t FieldList::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(begin(), end(), [name](const Field& field) { return text::same_ignoring_case(field.name, name); }));
}

}  // namespace dontgoback::http
