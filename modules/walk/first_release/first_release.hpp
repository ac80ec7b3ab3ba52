#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "dontgoback/module.hpp"
#include "friends/friends.hpp"
#include "rpc/names.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

// Clients of the first release, which prove nothing, on listeners of their own (docs/first-release-walkers.md).
namespace dontgoback::walk::first_release {

/// Where they are served; empty: nowhere.
class Options {
 public:
  void declare(config::Options& options);
  void check(config::Checks& checks) const;
  const std::string& listen() const { return listen_; }
  const std::string& grpc_listen() const { return grpc_listen_; }
  bool is_on() const { return !listen_.empty() || !grpc_listen_.empty(); }

 private:
  std::string listen_;
  std::string grpc_listen_;
};

inline constexpr std::string_view kGrpcOption = "--walk-first-release-grpc-listen";

/// What serves them, while it lives.
class FirstRelease {
 public:
  /// `listeners` hear of friendships, `subscribers` of who leaves.
  FirstRelease(Host& host, const std::filesystem::path& key_file, friends::Listeners listeners,
               walkers::Subscribers subscribers);
  ~FirstRelease();

  /// The calls below /auth, and an answer of that release for any other path. Outlives the router.
  void add_routes(http::Router& router);
  /// What these walkers are called in gRPC calls. Lives as long as this.
  const rpc::Names& names() const;

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

/// Removes who was not seen for 400 days, once a day, whether they are served or not.
jobs::Job purge(Host& host, walkers::Subscribers subscribers);

/// What is here of a walker goes with it; it keeps to itself what moderators call it.
const walkers::Subscriber& subscriber();

}  // namespace dontgoback::walk::first_release
