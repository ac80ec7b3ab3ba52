#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "account.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"

// How names are shown of those who write unlinked: by what is shown, each is one of so many that nobody knows which
// (docs/decisions/unlinked.md).
namespace dontgoback::core::accounts {

/// How many ACTIVE accounts are shown by the same name and type at least, the one that is shown among them.
inline constexpr int kHiddenAmong = 20;

/// What stands where no name is told.
inline constexpr Message kNoName{"익명", "Anonymous"};

struct ShownName {
  std::string name;  ///< the account's, or a coarser one; empty: none is told
  AssetType type;    ///< blue where no name is told
  friend bool operator==(const ShownName&, const ShownName&) = default;
};

/// How the account's name is shown now of what it writes unlinked: as it was counted last, and without one while no
/// counting holds.
ShownName unlinked_name(storage::Connection& connection, const Account& account);

/// How often the amounts of many had changed when names were counted; nothing while they have changed since.
std::optional<std::int64_t> changes_counted(storage::Connection& connection);

/// A name with as many of its last digits zero, as a band: `1012만` → `1010만대`, `1000만대`, `1000만대`; `1.2억` →
/// `1억대`. Empty when no more than the first digit would be left to change. Pure.
std::string band_of(std::string_view name, int zeroes);

using Bearers = std::map<std::pair<std::string, AssetType>, std::int64_t>;  ///< how many bear a name with a type
struct Band {
  std::string name;
  AssetType type;
  std::string shown;
};
/// How each name is shown; those that are not in the answer: without one. Whoever is shown by a finer band than others
/// is not counted among those, and who is shown without a name is one of kHiddenAmong, too, or everybody is shown
/// alike. Those who are not counted yet, with the first amount's name or one that nobody bore, are thought of. Pure.
std::vector<Band> bands_of(Bearers bearers);

/// Counting names: hourly, and when amounts have changed.
std::vector<jobs::Job> name_jobs(Host& host);

}  // namespace dontgoback::core::accounts
