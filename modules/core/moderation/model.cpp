#include "model.hpp"

#include <array>
#include <utility>

namespace dontgoback::core::moderation {
namespace {

template <class E, std::size_t N>
using Names = std::array<std::pair<E, std::string_view>, N>;

constexpr Names<Decision, 4> kDecisions{{{Decision::hide, "HIDE"},
                                         {Decision::dismiss, "DISMISS"},
                                         {Decision::suspend, "SUSPEND"},
                                         {Decision::gone, "GONE"}}};
constexpr Names<TargetKind, 3> kTargets{
    {{TargetKind::feed, "FEED"}, {TargetKind::comment, "COMMENT"}, {TargetKind::user, "USER"}}};

template <class E, std::size_t N>
std::string_view name_of(const Names<E, N>& names, E value) {
  for (const auto& [each, name] : names) {
    if (each == value) return name;
  }
  return names.back().second;
}

template <class E, std::size_t N>
std::optional<E> named(const Names<E, N>& names, std::string_view wanted) {
  for (const auto& [each, name] : names) {
    if (name == wanted) return each;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Decision decision) { return name_of(kDecisions, decision); }
std::optional<Decision> decision_named(std::string_view name) {
  const auto decision = named(kDecisions, name);
  return decision == Decision::gone ? std::nullopt : decision;
}
std::optional<TargetKind> target_kind_named(std::string_view name) { return named(kTargets, name); }

}  // namespace dontgoback::core::moderation
