#pragma once

#include <string>
#include <vector>

#include "../rpc.hpp"
#include "step.pb.h"
#include "updates.hpp"

namespace dontgoback::walk::rpc {

/// Which days of which walkers a client of the first release asks for.
struct AskedDays {
  std::vector<std::string> uuids;
  Calls::Days days;
  bool has_day = false;

  /// Version C asks of several walkers or names a day, and gets records with walkers and ranks; B does neither.
  bool wants_ranks() const { return has_day || uuids.size() > 1; }
};

/// Whom it names first; nothing where it names nobody.
std::string first_of(const ::step::GetStepsByUuidsInput& input);
Read<AskedDays> asked_days(const ::step::GetStepsByUuidsInput& input, const Calls& calls);

}  // namespace dontgoback::walk::rpc
