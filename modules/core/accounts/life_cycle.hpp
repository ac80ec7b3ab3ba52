#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/day.hpp"

// What becomes of accounts, and who hears of it.
namespace dontgoback::core::accounts {

struct NewAccount {
  http::Role role;
  std::optional<std::string> email;
  time::Timestamp now;
  time::Day today;
};

/// What a part does with its own rows when something becomes of an account: inside the transaction that does it, which
/// may run more than once. An exception undoes all of it. Called from any thread.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  virtual void created(storage::Connection&, UserId, const NewAccount&) const {}
  /// A member signed in; neither a renewed session nor a new guest is one.
  virtual void signed_in(storage::Connection&, UserId, time::Timestamp /*now*/) const {}
  struct Change {
    UserId user;
    AccountStatus before;
    AccountStatus after;  ///< may be what it was, when somebody insists
    time::Timestamp now;
  };
  /// Suspended, hidden, or ACTIVE again.
  virtual void status_changed(storage::Connection&, const Change&) const {}
  /// What `from` did is to be `to`'s, as far as it can be; `from` is removed next.
  virtual void merged(storage::Connection&, UserId /*from*/, UserId /*to*/) const {}
  /// Removes some of what an account has that may be much, before it is removed: at most a transaction's worth. Whether
  /// nothing of it is left.
  virtual bool removed_some(storage::Connection&, UserId) const { return true; }
  /// About to be removed: not a row may be left. What others have stays right.
  virtual void removed(storage::Connection&, UserId) const {}
};

/// Changes accounts, and tells the subscribers in their order. Each call is part of the caller's transaction. Any
/// thread.
class LifeCycle {
 public:
  /// They are to live as long.
  explicit LifeCycle(std::vector<const Subscriber*> subscribers) : subscribers_(std::move(subscribers)) {}

  /// Makes an ACTIVE account with kFirstAmount and its first row of history.
  UserId create(storage::Connection& connection, const NewAccount& account) const;

  /// A sign-in: who is INACTIVE or CLOSE_REQUESTED becomes ACTIVE. Not to be called for a suspended account.
  void signed_in(storage::Connection& connection, UserId id, time::Timestamp now) const;

  /// Sets the status and adds its row of history (≤ 200 characters of reason), unless it is so already. What it was;
  /// nothing when there is no such account, or it is being removed.
  std::optional<AccountStatus> set_status(storage::Connection& connection, UserId id, AccountStatus status,
                                          std::string_view reason, time::Timestamp now) const;

  /// Makes a member a USER, MODERATOR or ADMIN, which counts at once, and adds its row of history, unless it is so
  /// already; a guest stays one. What it was; nothing when there is no such account.
  std::optional<http::Role> set_role(storage::Connection& connection, UserId id, http::Role role,
                                     time::Timestamp now) const;

  /// Removes a locked account and all that is its own.
  void remove(storage::Connection& connection, UserId id) const;

  /// The same of an account that may have any number of rows, a slice in each transaction: whether it is gone. From the
  /// first to the last it is `closed`.
  bool remove_slice(storage::Connection& connection, UserId id, time::Timestamp now) const;

  /// Makes what `from` did `to`'s and removes `from`, which is locked.
  void merge(storage::Connection& connection, UserId from, UserId to) const;

 private:
  std::vector<const Subscriber*> subscribers_;
};

/// Holds the account against other writers until the transaction ends, so that what is counted stays counted. To come
/// before what is read of the account.
void lock_account(storage::Connection& connection, UserId id);

/// Keeps the account as it is until the transaction ends, and lets others keep it, too: for who writes in its name, to
/// come before what is read of it. Whether it is there.
bool hold_account(storage::Connection& connection, UserId id);

/// Makes the departed account where there is none yet. To come before anything is made its.
void ensure_departed(storage::Connection& connection);
/// The same of the one of all who write unlinked.
void ensure_unlinked(storage::Connection& connection);

/// The account was used: its session was renewed.
void touch_account(storage::Connection& connection, UserId id, time::Timestamp now);

}  // namespace dontgoback::core::accounts
