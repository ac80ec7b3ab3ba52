#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/core/world.hpp"

namespace dontgoback::test {

/// A network of members who have been here for some days, and newcomers of today, filled in a few statements, whatever
/// its size: a third bear the name of newcomers, a tenth another one in common, the rest names of their own, as a lot
/// of people do after some weeks. Members of both colours, one of them much richer than all others.
class Network {
 public:
  Network(World& in, int size);

  /// Another day: everybody's amount has moved, and names are counted anew.
  void next_day();
  /// Counts the names of today.
  void count_names();

  /// Somebody with that id and the name of one who is there.
  UserId join(std::int64_t id, UserId named_like);

  UserId member(int i) const { return members_.at(static_cast<std::size_t>(i)); }
  const std::vector<UserId>& members() const { return members_; }

  /// What everybody may look up of somebody on a day: the name and its colour.
  struct Known {
    std::string name, colour;
    friend auto operator<=>(const Known&, const Known&) = default;
  };
  /// Of all who are ACTIVE now, as of today.
  std::map<std::int64_t, Known> known() const;
  /// As what each of them would be shown by an unlinked word that they begin a thread with now: whoever reads it knows
  /// the rule and the names of all, and so who may have written it, and no better than that.
  std::map<Known, std::set<std::int64_t>> shown_as() const;

  World& world;

 private:
  time::Day today() const { return zone_.day_of(world.clock.now()); }

  const time::Zone zone_{"Asia/Seoul"};
  std::vector<UserId> members_;
};

}  // namespace dontgoback::test
