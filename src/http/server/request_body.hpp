#pragma once

#include <string>
#include <string_view>

#include "http/server/memory_budget.hpp"

namespace dontgoback::http {

/// A request's body: grows by what has arrived, whatever was announced.
class RequestBody {
 public:
  /// As large as what a member writes may be.
  static constexpr std::size_t kSmall = 16 * 1024;

  explicit RequestBody(MemoryBudget& budget) : share_(budget) {}

  /// How far small ones of this sender may fill the budget.
  void reach(MemoryShare::Reach reach) { reach_ = reach; }
  /// A part of it. False: the budget has none left.
  bool append(std::string_view part);
  /// All of it, which stays where it is as long as this is asked for it.
  void refer_to(std::string_view whole) { whole_ = whole; }

  std::string_view view() const { return whole_.empty() ? std::string_view(parts_) : whole_; }
  std::size_t size() const { return view().size(); }
  /// For the next one. Gives the memory back.
  void clear();

 private:
  MemoryShare share_;
  MemoryShare::Reach reach_ = MemoryShare::Reach::half;
  std::string parts_;
  std::string_view whole_;
};

}  // namespace dontgoback::http
