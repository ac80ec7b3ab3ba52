#pragma once

#include <vector>

#include "dontgoback/backup.hpp"

// What the parts keep twice, so that a backup can be checked against itself.
namespace dontgoback::core {

/// Counts of likes, comments and replies.
std::vector<backup::Consistency> feed_rules();
/// Amounts of accounts.
std::vector<backup::Consistency> asset_rules();

}  // namespace dontgoback::core
