#pragma once

#include <string>
#include <vector>

#include "rpc/names.hpp"
#include "service.hpp"

namespace dontgoback::walk::first_release {

/// Walkers of the first release in its gRPC calls: who calls is who has the UUID that the call names, or the access
/// token with it; friends are named by what they are known by.
class CalledNames final : public rpc::Names {
 public:
  /// `service` and `tokens` outlive it.
  CalledNames(const Service& service, const Tokens& tokens) : service_(service), tokens_(tokens) {}

  Result<rpc::Calls::Caller> holder_of(const std::string& credential) const override;
  std::optional<Named> find(storage::Connection& connection, WalkerId caller, const std::string& text) const override;
  std::vector<Friend> friends_of(storage::Connection& connection, WalkerId caller) const override;

 private:
  const Service& service_;
  const Tokens& tokens_;
};

}  // namespace dontgoback::walk::first_release
