#include "auth/audit/store.hpp"
#include "auth/codes/store.hpp"
#include "auth/nodes/admission.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "oauth_world.hpp"

namespace dontgoback::auth::testing {
namespace {

using namespace std::chrono_literals;
using Kind = StoredCode::Kind;

const Actor kOperator{"cli:tester", {}};

std::string digest_text(std::string_view own) {
  return security::base64url_encode(security::bytes(security::sha256(own)));
}

/// An auth node that other nodes join.
struct Joined : World {
  NodeAdmission admission{auth.node.host().database, clock};

  NodeAdmission::Invitation invited(Kind kind = Kind::of_operator, std::string_view client = {}) {
    auto made = admission.invite({"core", 24h, kind, client}, {}, kOperator);
    REQUIRE(made);
    return *made;
  }
  http::ClientResponse join(const std::string& code, const std::string& own,
                            const std::string& at = "https://core.example") {
    return post("nodes/join", "code=" + code + "&secret_digest=" + digest_text(own) + "&url=" + at);
  }
  /// A node that has joined by a new code.
  NodeAdmission::Invitation joined(const std::string& own) {
    auto invitation = invited();
    REQUIRE(join(invitation.secret, own).status == 200);
    return invitation;
  }
  std::string url_of(std::string_view client) const {
    for (const auto& node : admission.nodes()) {
      if (node.client_id == client) return node.url;
    }
    return {};
  }
  bool is_good(const std::string& client, const std::string& own) {
    take_up();
    return post("token", "grant_type=client_credentials", basic(client, own)).status == 200;
  }
  std::size_t acts(std::string_view action) {
    std::size_t found = 0;
    for (const auto& entry : auth.node.host().database.read(
             [](storage::Connection& connection) { return list_entries(connection, 0, 100, {}); })) {
      if (entry.action == action) ++found;
    }
    return found;
  }
};

}  // namespace

TEST_CASE("a secret that was ended asks for no other, whatever is still known of it") {
  Joined world;
  const auto id = world.joined("first").client_id;
  const auto second = world.administration.rotate_secret(id, ClientAdministration::Newer::keep).value();
  REQUIRE(world.is_good(id, "first"));  // the node has taken up both
  REQUIRE(world.administration.finish_rotation(id));

  const auto answer = world.post("nodes/secret", "secret_digest=" + digest_text("thief"), World::basic(id, "first"));
  CHECK(answer.status == 401);
  const auto moved = world.post("nodes", "url=https://thief.example", World::basic(id, "first"));
  CHECK(moved.status == 401);
  CHECK(world.is_good(id, second));
  CHECK_FALSE(world.is_good(id, "thief"));
  CHECK(world.url_of(id) == "https://core.example");
}

TEST_CASE("a client that was just disabled asks for no other secret") {
  Joined world;
  const auto id = world.joined("first").client_id;
  REQUIRE(world.is_good(id, "first"));
  REQUIRE(world.administration.disable(id));
  CHECK(world.post("nodes/secret", "secret_digest=" + digest_text("next"), World::basic(id, "first")).status == 401);
  REQUIRE(world.administration.enable(id));
  CHECK_FALSE(world.is_good(id, "next"));
}

TEST_CASE("a used code moves the node for as long as the secret is good that it let in") {
  Joined world;
  const auto invitation = world.joined("first");
  const auto& id = invitation.client_id;
  CHECK(world.join(invitation.secret, "first", "https://other.example").status == 200);
  CHECK(world.url_of(id) == "https://other.example");
  CHECK(world.acts("node move") == 1);
  CHECK(world.join(invitation.secret, "first", "https://other.example").status == 200);
  CHECK(world.acts("node move") == 1);

  REQUIRE(world.administration.rotate_secret(id, ClientAdministration::Newer::keep));
  REQUIRE(world.administration.finish_rotation(id));
  const auto refused = world.join(invitation.secret, "first", "https://thief.example");
  CHECK(refused.status == 400);
  CHECK(member(refused.body, "error_description").find("has ended since") != std::string::npos);
  CHECK(world.url_of(id) == "https://other.example");
}

TEST_CASE("a disabled or removed client's codes let nobody in") {
  Joined world;
  const auto invitation = world.joined("first");
  const auto& id = invitation.client_id;
  const auto again = world.invited(Kind::of_known_client, id);
  SECTION("disabled") { REQUIRE(world.administration.disable(id)); }
  SECTION("removed") { REQUIRE(world.administration.remove(id)); }
  CHECK(world.join(invitation.secret, "first", "https://thief.example").status == 400);
  CHECK(world.join(again.secret, "thief").status == 400);
  CHECK(world.url_of(id) != "https://thief.example");
  CHECK(world.admission.open_codes().empty());
  if (!world.administration.enable(id)) return;
  CHECK(world.join(again.secret, "thief").status == 400);
}

TEST_CASE("a code for a new node makes nobody else's client") {
  Joined world;
  const auto invitation = world.invited();
  const auto own = world.add(invitation.client_id, {"token:introspect"});
  const auto refused = world.join(invitation.secret, "mine");
  CHECK(refused.status == 400);
  CHECK(member(refused.body, "error_description").find("not what it was") != std::string::npos);
  CHECK(world.is_good(invitation.client_id, own));
  CHECK_FALSE(world.is_good(invitation.client_id, "mine"));
}

TEST_CASE("a code for a client that is there is for nodes of its role that have joined") {
  Joined world;
  const auto id = world.joined("first").client_id;
  const auto invite = [&](std::string_view role, std::string_view client) {
    return world.admission.invite({role, 24h, Kind::of_known_client, client}, {}, kOperator);
  };
  CHECK(invite("core", "app").failure().kind == FailureKind::conflict);
  CHECK(invite("extension", id).failure().kind == FailureKind::conflict);
  CHECK(invite("core", "nobody").failure().kind == FailureKind::not_found);
  CHECK(invite("core", id));
}

TEST_CASE("a node that is let in again is the only one with a secret") {
  Joined world;
  const auto id = world.joined("stolen").client_id;
  REQUIRE(world.administration.rotate_secret(id, ClientAdministration::Newer::keep));
  REQUIRE(world.join(world.invited(Kind::of_known_client, id).secret, "fresh").status == 200);
  CHECK(world.is_good(id, "fresh"));
  CHECK_FALSE(world.is_good(id, "stolen"));
}

TEST_CASE("codes that let nobody in slow down whoever shows them") {
  Joined world;
  const auto used = world.joined("first").secret;
  const auto old = world.invited().secret;
  world.clock.advance(25h);
  const auto& code = GENERATE_REF(std::string("guess"), used, old);
  int status = 0;
  for (int i = 0; i < 8; ++i) status = world.join(code, "another").status;
  CHECK(status == 429);
}

TEST_CASE("a setup's code takes the place of the one before, an operator's stays") {
  Joined world;
  const auto first = world.invited(Kind::of_setup);
  const auto operators = world.invited();
  for (std::size_t i = 0; i < NodeAdmission::kMostCodes; ++i) {
    CHECK(world.invited(Kind::of_setup).client_id == first.client_id);
  }
  CHECK(world.admission.open_codes().size() == 2);
  CHECK(world.join(first.secret, "first").status == 400);
  CHECK(world.join(operators.secret, "other").status == 200);
}

TEST_CASE("a code that was withdrawn lets nobody in") {
  Joined world;
  const auto invitation = world.invited();
  CHECK(world.admission.withdraw(invitation.client_id, kOperator).value() == 1);
  CHECK(world.join(invitation.secret, "first").status == 400);
  CHECK(world.admission.withdraw(invitation.client_id, kOperator).failure().kind == FailureKind::not_found);
  CHECK(world.acts("node withdraw") == 1);
}

}  // namespace dontgoback::auth::testing
