#include "today.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

namespace dontgoback::core::assets {
namespace {

/// Round numbers, each about a tenth above the one before.
constexpr std::array<std::int64_t, 24> kEdges{10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30,
                                              33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91};

std::int64_t fine_floor(std::int64_t amount) {
  constexpr int kBits = 12;
  const int shift = std::max(0, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(amount))) - kBits);
  return amount >> shift << shift;
}

std::int64_t edge_below(std::int64_t amount) {
  std::int64_t unit = 1;
  while (amount / unit >= 100) unit *= 10;
  const auto* above = std::ranges::upper_bound(kEdges, amount / unit);
  return above == kEdges.begin() ? 0 : *std::prev(above) * unit;
}

/// `edge` is one, or 0.
std::int64_t next_edge(std::int64_t edge) {
  if (edge == 0) return kEdges.front();
  std::int64_t unit = 1;
  while (edge / unit >= 100) unit *= 10;
  const auto* above = std::ranges::upper_bound(kEdges, edge / unit);
  return above == kEdges.end() ? kEdges.front() * unit * 10 : *above * unit;
}

}  // namespace

bool Movers::Order::operator()(const Move& a, const Move& b) const {
  const int sign = side == Side::rises ? -1 : 1;
  return std::tuple(sign * a.hundredths, -a.amount.value, a.user) <
         std::tuple(sign * b.hundredths, -b.amount.value, b.user);
}

void Movers::add(const Move& move) {
  if (side_ == Side::rises ? move.hundredths <= 0 : move.hundredths >= 0) return;
  moves_.insert(move);
  if (moves_.size() > kKept) moves_.erase(std::prev(moves_.end()));
}

void Spread::add(Won amount) {
  ++accounts_;
  ++fine_[fine_floor(amount.value)];
  ++coarse_[edge_below(amount.value)];
}

std::vector<Step> Spread::steps() const {
  std::vector<Step> found;
  std::int64_t so_rich = 0;
  for (auto cell = fine_.rbegin(); cell != fine_.rend(); ++cell) {
    so_rich += cell->second;
    const auto per_cent = static_cast<int>((so_rich * 100 + accounts_ - 1) / accounts_);
    if (found.empty() || found.back().per_cent != per_cent) found.push_back({Won{cell->first}, per_cent});
    found.back().at_least = Won{cell->first};
  }
  std::ranges::reverse(found);
  return found;
}

std::vector<Cell> Spread::cells() const {
  std::vector<Cell> found;
  Cell open{};
  const auto close = [&] {
    if (open.accounts > 0) found.push_back(open);
    open = {};
  };
  if (coarse_.empty()) return found;
  for (auto edge = coarse_.begin()->first; edge <= coarse_.rbegin()->first; edge = next_edge(edge)) {
    const auto cell = coarse_.find(edge);
    if (open.accounts == 0) open.at_least = Won{edge};
    if (cell != coarse_.end()) {
      open.accounts += cell->second;
    } else if (open.accounts == 0) {
      found.push_back({Won{edge}, 0});
    }
    if (open.accounts >= accounts::kHiddenAmong) close();
  }
  if (open.accounts > 0) {
    while (!found.empty() && found.back().accounts == 0) found.pop_back();
    if (found.empty()) found.push_back({open.at_least, 0});
    found.back().accounts += open.accounts;
  }
  return found;
}

}  // namespace dontgoback::core::assets
