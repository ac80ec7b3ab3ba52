#pragma once

#include <string>
#include <string_view>

#include "dontgoback/money.hpp"

namespace dontgoback::core::accounts {

/// The direction of a day: blue when its multiplier is ≥ 1, else red (contract, section 3). The number is the column's.
enum class AssetType { red = 0, blue = 1 };

constexpr AssetType type_of(Multiplier multiplier) {
  return multiplier.billionths >= Multiplier::kOne ? AssetType::blue : AssetType::red;
}
/// `BLUE` or `RED`.
std::string_view to_string(AssetType type);

/// An amount as a member's name: the biggest unit that fits of 조, 억, 만, 원; below 10 of it one decimal, from 10 on
/// none, both rounded half up; `0원`; a minus sign before negatives. 7 990 000 → `799만`, 123 456 789 → `1.2억`. Won
/// have no decimals (`5원`), and what rounds up to the next form is written in it: 99 500 → `10만`, 99 999 999 →
/// `1.0억`.
std::string name_of(Won amount);

}  // namespace dontgoback::core::accounts
