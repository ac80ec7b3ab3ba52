#include "asset_name.hpp"

#include <array>
#include <cstdint>

namespace dontgoback::core::accounts {
namespace {

struct Unit {
  std::uint64_t won;
  std::string_view name;
};

constexpr std::array<Unit, 4> kUnits{{
    {1'000'000'000'000, "조"},
    {100'000'000, "억"},
    {10'000, "만"},
    {1, "원"},
}};

constexpr std::uint64_t divide_half_up(std::uint64_t number, std::uint64_t by) {
  return number / by + (number % by >= (by + 1) / 2 ? 1 : 0);
}

std::string with_unit(std::uint64_t count, std::string_view name) { return std::to_string(count).append(name); }

std::string name_of_magnitude(std::uint64_t won) {
  std::size_t i = 0;
  while (i + 1 < kUnits.size() && won < kUnits[i].won) ++i;
  const Unit& unit = kUnits[i];
  if (unit.won == 1) return with_unit(won, unit.name);

  const std::uint64_t tenths = divide_half_up(won, unit.won / 10);
  if (tenths < 100) {
    return std::to_string(tenths / 10).append(".").append(with_unit(tenths % 10, unit.name));
  }
  const std::uint64_t whole = divide_half_up(won, unit.won);
  const bool rounds_up_to_next_unit = i > 0 && whole * unit.won >= kUnits[i - 1].won;
  return rounds_up_to_next_unit ? name_of_magnitude(kUnits[i - 1].won) : with_unit(whole, unit.name);
}

}  // namespace

std::string_view to_string(AssetType type) { return type == AssetType::blue ? "BLUE" : "RED"; }

std::string name_of(Won amount) {
  if (amount.value >= 0) return name_of_magnitude(static_cast<std::uint64_t>(amount.value));
  return "-" + name_of_magnitude(std::uint64_t{0} - static_cast<std::uint64_t>(amount.value));
}

}  // namespace dontgoback::core::accounts
