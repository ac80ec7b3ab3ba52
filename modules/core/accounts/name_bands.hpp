#pragma once

#include <string>

#include "account.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"

// How names are shown of those who write unlinked: as many bear what is shown as it takes to hide one of them
// (docs/decisions/unlinked.md).
namespace dontgoback::core::accounts {

/// How many ACTIVE accounts are shown by one name and type at least, the one that is shown among them.
inline constexpr int kHiddenAmong = 20;

/// What stands where no name is told.
inline constexpr Message kNoName{"익명", "Anonymous"};

struct ShownName {
  std::string name;  ///< the account's, or a coarser one; empty: none is told
  AssetType type;    ///< blue where no name is told
};

/// How the account's name is shown now of what it writes unlinked.
ShownName unlinked_name(storage::Connection& connection, const Account& account);

}  // namespace dontgoback::core::accounts
