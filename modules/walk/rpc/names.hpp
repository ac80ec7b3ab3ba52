#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "rpc.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk::rpc {

/// What walkers are called in calls. Any thread that may block.
class Names {
 public:
  virtual ~Names() = default;
  /// Whose call it is, by what Calls::authenticate is given.
  virtual Result<Calls::Caller> holder_of(const std::string& credential) const = 0;
  /// The same where nothing has to be waited for; else nothing. Any thread.
  virtual std::optional<Result<Calls::Caller>> known_holder_of(const std::string& credential) const {
    static_cast<void>(credential);
    return std::nullopt;
  }

  struct Named {
    walkers::Walker walker;
    std::string uuid;  ///< what answers to the caller call it
  };
  /// Whom the caller calls so; whether it may look at it is not asked here.
  virtual std::optional<Named> find(storage::Connection& connection, WalkerId caller,
                                    const std::string& text) const = 0;

  struct Friend {
    WalkerId walker;
    std::string uuid;           ///< what answers call it
    bool shares_steps = false;  ///< its days are shown
  };
  /// The caller's friends that can be named here, in one statement however many.
  virtual std::vector<Friend> friends_of(storage::Connection& connection, WalkerId caller) const = 0;
};

/// Those who signed in: by access tokens and public UUIDs.
class SignedIn final : public Names {
 public:
  /// `walkers` outlives it.
  explicit SignedIn(const walkers::Walkers& walkers) : walkers_(walkers) {}
  Result<Calls::Caller> holder_of(const std::string& access_token) const override;
  std::optional<Result<Calls::Caller>> known_holder_of(const std::string& access_token) const override;
  std::optional<Named> find(storage::Connection& connection, WalkerId caller, const std::string& text) const override;
  std::vector<Friend> friends_of(storage::Connection& connection, WalkerId caller) const override;

 private:
  const walkers::Walkers& walkers_;
};

}  // namespace dontgoback::walk::rpc
