// Which keys a verifier knows, when it looks for others, and what it remembers.
#include "verifying_node.hpp"

using namespace dontgoback;
using namespace dontgoback::security;
using namespace dontgoback::test;
using namespace std::chrono_literals;
using Node = VerifyingNode;

TEST_CASE("without any key the answer is: later") {
  Node node;
  node.keys->known = nullptr;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto token = rsa_key().sign("at+jwt", node.claims());
  const auto result = verifier.verify(token);
  REQUIRE(!result);
  CHECK(result.failure().kind == FailureKind::unavailable);
  node.keys->known = ChangingKeys::set_of({rsa_key()});
  CHECK(Node::takes(verifier, token));
}

TEST_CASE("a new key is looked for once, when a token names it") {
  Node node;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto before = rsa_key().sign("at+jwt", node.claims());
  const auto after = other_rsa_key().sign("at+jwt", node.claims());
  CHECK(Node::takes(verifier, before));
  CHECK(node.keys->refreshes == 0);
  CHECK(!Node::takes(verifier, after));
  CHECK(node.keys->refreshes == 1);

  node.keys->next = ChangingKeys::set_of({rsa_key(), other_rsa_key()});
  CHECK(Node::takes(verifier, after));
  CHECK(node.keys->refreshes == 2);
  CHECK(Node::takes(verifier, after));
  CHECK(Node::takes(verifier, before));
  CHECK(node.keys->refreshes == 2);
}

TEST_CASE("a bad signature of a known key is no reason to look for keys") {
  Node node;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  CHECK(!Node::takes(verifier, forge(other_rsa_key(), header(rsa_key(), R"(,"typ":"at+jwt")"), node.claims())));
  CHECK(node.keys->refreshes == 0);
}

TEST_CASE("a first-release server's new key is looked for too") {
  Node node;
  node.expected.accept_legacy = true;
  node.keys->next = ChangingKeys::set_of({other_rsa_key()});
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  CHECK(Node::takes(verifier, forge(other_rsa_key(), R"({"alg":"RS256"})", node.claims({{"aud", ""}}))));
}

TEST_CASE("a remembered token still ends") {
  Node node;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto token = rsa_key().sign("at+jwt", node.claims());
  const auto first = verifier.verify(token);
  const auto second = verifier.verify(token);
  REQUIRE((first && second));
  CHECK(first->get() == second->get());  // not read again
  node.clock.advance(300s + 60s);
  CHECK(!Node::takes(verifier, token));
}

TEST_CASE("a key that leaves the set takes its remembered tokens along") {
  Node node({rsa_key(), ec_key()});
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto token = rsa_key().sign("at+jwt", node.claims());
  CHECK(Node::takes(verifier, token));
  node.keys->known = ChangingKeys::set_of({ec_key()});
  CHECK(!Node::takes(verifier, token));
  node.keys->known = ChangingKeys::set_of({rsa_key()});
  CHECK(Node::takes(verifier, token));
}

TEST_CASE("a token names its key, and the key that it is bound to") {
  const Node node;
  const TokenVerifier verifier(node.keys, node.expected, node.clock);
  const auto free = verifier.verify(rsa_key().sign("at+jwt", node.claims()));
  REQUIRE(free);
  CHECK((*free)->kid == rsa_key().kid());
  CHECK((*free)->confirmation.empty());
  const auto bound = verifier.verify(rsa_key().sign("at+jwt", node.claims({{"cnf", R"({"jkt":"thumb"})"}})));
  REQUIRE(bound);
  CHECK((*bound)->confirmation == "thumb");
  // Bound to what we cannot ask for is not unbound.
  for (const auto* cnf : {R"({"x5t#S256":"thumb"})", "{}", R"({"jkt":""})", R"({"jkt":1})", R"("thumb")"}) {
    INFO(cnf);
    CHECK(!Node::takes(verifier, rsa_key().sign("at+jwt", node.claims({{"cnf", cnf}}))));
  }
}
