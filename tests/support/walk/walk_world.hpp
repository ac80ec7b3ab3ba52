#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "support/browser.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"
#include "support/test_node.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::test {

/// The schema of a node with walkers.
storage::Migrations walk_schema();

/// Takes the word of who says which walker it is, in a field `X-Walker`: for tests of what is behind a sign-in.
class SaidWalker final : public http::Authenticator {
 public:
  Result<http::Identity> authenticate(const http::Request& request) const override;
};

/// Parts of walk on a fresh database and a real socket, without walkers' sign-in.
class WalkWorld {
 public:
  /// `start` adds the parts' routes and jobs; what it makes lives in the caller.
  using Start = std::function<void(Host&, const http::Authenticator&)>;
  WalkWorld(storage::Dialect dialect, const Start& start);
  ~WalkWorld();

  struct Walker {
    WalkerId id;
    std::string uuid;
    std::string nickname;
  };
  /// A walker who consented to its steps being kept.
  Walker walker(std::string nickname, std::int64_t offset_minutes = 540);
  void set_status(const Walker& walker, walk::walkers::Status status);

  Answer send(const Walker& who, std::string_view method, std::string_view target, std::string_view body = {});
  Answer get(const Walker& who, std::string_view target) { return send(who, "GET", target); }

  /// The one number that the statement answers.
  std::int64_t number(std::string_view sql);
  void execute(std::string_view sql);

  FreshDatabase fresh;
  storage::Database& database;
  SetClock clock;
  SaidWalker sessions;
  TestNode node;

 private:
  class Parts;
  std::unique_ptr<Module> parts_;
};

}  // namespace dontgoback::test
