#pragma once

#include <string>
#include <string_view>

// What other parts' SQL says of accounts: they name the table and the rules by these only. The columns they may read
// are in tables.txt.
namespace dontgoback::core::accounts {

/// The accounts, as `a`.
inline std::string table(std::string_view a) { return "accounts " + std::string(a); }

/// The account whose id is in `user`, as `a`: to follow a JOIN.
inline std::string joined(std::string_view a, std::string_view user) {
  return table(a).append(" ON ").append(a).append(".id = ").append(user);
}

/// The same, to be joined next in a `storage::Planned`.
inline std::string planned_join(std::string_view a, std::string_view user) {
  return "CROSS JOIN accounts " + std::string(a) + " {PRIMARY} ON " + std::string(a) + ".id = " + std::string(user);
}

/// Whether it takes part: signs in, writes, has its row of each day.
inline std::string is_active(std::string_view a) { return std::string(a) + ".status = 0"; }

/// Whether its day may stand, without its number, where nobody asked for it: of members who take part, whose profile
/// anybody may open and who did not say otherwise.
inline std::string is_listed(std::string_view a) {
  const std::string account(a);
  return is_active(a) + " AND " + account + ".role <> 0 AND " + account + ".private_profile = 0 AND " + account +
         ".unlisted = 0";
}

/// Whether strangers may read what it wrote, of what is shown (`visible_account`): anybody may open its profile, and it
/// did not say otherwise. So of what is written unlinked, always: whoever asked its author would tell who that is.
inline std::string is_open_to_strangers(std::string_view a) {
  const std::string account(a);
  return account + ".private_profile = 0 AND " + account + ".members_only = 0";
}

/// Whether the account whose id is in `user` is the one of all who write unlinked.
inline std::string is_unlinked(std::string_view user) { return std::string(user) + " = -2"; }

/// Whether what it wrote is shown.
inline std::string visible_account(std::string_view a) { return std::string(a) + ".status IN (0, 5)"; }

}  // namespace dontgoback::core::accounts
