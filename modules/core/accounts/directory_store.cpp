#include <cstddef>
#include <utility>

#include "directory.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::accounts {
namespace {

const storage::Planned kList(
    "accounts/list",
    "SELECT id, role, status, email, amount, multiplier, private_profile, amount_day FROM accounts {PRIMARY} "
    "WHERE id > :after ORDER BY id LIMIT :limit");

}  // namespace

std::vector<Account> Directory::list(storage::Connection& connection, UserId after, int limit, time::Day today) const {
  std::vector<Account> accounts;
  std::vector<std::pair<std::size_t, time::Day>> ahead;
  connection.each(kList.on(connection), storage::args(after, limit),
                  [&](UserId id, int role, int status, const std::optional<std::string>& email, Won amount,
                      Multiplier multiplier, int profile, time::Day day) {
                    if (day > today) ahead.emplace_back(accounts.size(), day);
                    accounts.push_back(
                        {id, http::Role{role}, AccountStatus{status}, email, amount, multiplier, Visibility{profile}});
                  });
  for (const auto& [index, day] : ahead) show_fortune(connection, accounts[index], day, today);
  return accounts;
}

std::optional<Account> Directory::find(storage::Connection& connection, UserId id, time::Day today) const {
  std::optional<Account> account;
  time::Day amount_day;
  connection.each(
      "SELECT role, status, email, amount, multiplier, private_profile, amount_day FROM accounts WHERE id = :id",
      storage::args(id),
      [&](int role, int status, const std::optional<std::string>& email, Won amount, Multiplier multiplier, int profile,
          time::Day day) {
        account = Account{id, http::Role{role}, AccountStatus{status}, email, amount, multiplier, Visibility{profile}};
        amount_day = day;
      });
  if (account) show_fortune(connection, *account, amount_day, today);
  return account;
}

void Directory::show_fortune(storage::Connection& connection, Account& account, time::Day amount_day,
                             time::Day today) const {
  if (amount_day <= today) return;
  if (const auto fortune = fortunes_.shown_on(connection, account.id, today)) {
    account.amount = fortune->amount;
    account.multiplier = fortune->multiplier;
  }
}

}  // namespace dontgoback::core::accounts
