#include <catch2/catch.hpp>

#include "resource.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

TEST_CASE_METHOD(Resource, "a proof names the key it was signed with") {
  for (const auto* key : {&ec_key(), &rsa_key()}) {
    const auto result = verify(proof({}, *key));
    CHECK(result.why.empty());
    CHECK(result.thumbprint == key->kid());
    CHECK(result.outcome == Outcome::good);
  }
  CHECK(verify(proof({{"iat", std::to_string(now()) + ".25"}})).why.empty());
  CHECK(!verify(proof({{"unknown", "[1]"}})).thumbprint.empty());
}

TEST_CASE_METHOD(Resource, "there is exactly one proof") {
  const auto good = proof();
  CHECK(verify(std::vector<std::string>{}).why == "there is not exactly one DPoP field");
  CHECK(verify({good, good}).why == "there is not exactly one DPoP field");
  CHECK(!verify(good + "," + good).why.empty());
  CHECK(!verify(good).thumbprint.empty());
}

TEST_CASE_METHOD(Resource, "claims that are wrong are refused, and nothing of them is said") {
  const std::pair<std::map<std::string, std::string>, std::string> rows[] = {
      {{{"htm", R"("post")"}}, "htm"},
      {{{"htm", R"("GET")"}}, "htm"},
      {{{"htm", R"("")"}}, "htm"},
      {{{"htm", ""}}, "htm"},
      {{{"htu", R"("https://api.test/msa/other")"}}, "htu"},
      {{{"htu", R"("https://api.test/msa/ext/")"}}, "htu"},
      {{{"htu", R"("https://api.test/MSA/ext")"}}, "htu"},
      {{{"htu", R"("http://api.test/msa/ext")"}}, "htu"},
      {{{"htu", R"("https://api.test:8443/msa/ext")"}}, "htu"},
      {{{"htu", R"("https://api.test.evil/msa/ext")"}}, "htu"},
      {{{"htu", R"("https://evil@api.test/msa/ext")"}}, "htu"},
      {{{"htu", R"("/msa/ext")"}}, "htu"},
      {{{"htu", ""}}, "htu"},
      {{{"jti", ""}}, "jti"},
      {{{"jti", R"("")"}}, "jti"},
      {{{"jti", "1"}}, "jti"},
      {{{"jti", '"' + std::string(257, 'j') + '"'}}, "jti"},
      {{{"iat", ""}}, "iat"},
      {{{"iat", "1e12"}}, "iat"},
      {{{"iat", "-0.5"}}, "iat"},
      {{{"iat", "9223372036854775807"}}, "iat"},
      {{{"ath", ""}}, "ath"},
      {{{"ath", R"("")"}}, "ath"},
      {{{"ath", '"' + base64url_encode(bytes(sha256("another token"))) + '"'}}, "ath"},
      {{{"ath", "1"}}, "claim"},
  };
  for (const auto& [change, named] : rows) {
    INFO(change.begin()->first << ": " << change.begin()->second);
    const auto result = verify(proof(change));
    CHECK(result.thumbprint.empty());
    CHECK(result.why.find(named) != std::string::npos);
    CHECK(result.why.find("evil") == std::string::npos);
    CHECK(result.outcome == Outcome::refused);
  }
  CHECK(memory->size() == 0);  // what is refused takes no space
}

TEST_CASE_METHOD(Resource, "the URL is compared as URLs are, without query and fragment") {
  for (const auto* htu :
       {"HTTPS://API.test/msa/ext", "https://api.test:443/msa/ext", "https://api.test/msa/ext?a=b",
        "https://api.test/msa/ext#x", "https://api.test/%6Dsa/ext", "http://127.0.0.1:8092/msa/ext"}) {
    INFO(htu);
    CHECK(verify(proof({{"htu", '"' + std::string(htu) + '"'}})).why.empty());
  }
}

TEST_CASE_METHOD(Resource, "the node's own URL may end in slashes, as an issuer may") {
  urls = {"https://auth.test/", "https://api.test/below//"};
  CHECK(verify(proof({{"htu", R"("https://auth.test/msa/ext")"}})).why.empty());
  CHECK(verify(proof({{"htu", R"("https://api.test/below/msa/ext")"}})).why.empty());
  CHECK(!verify(proof({{"htu", R"("https://auth.test//msa/ext")"}})).why.empty());
}

TEST_CASE_METHOD(Resource, "at the token endpoint there is no token to be bound to") {
  CHECK(verify({proof({{"ath", ""}})}, std::nullopt).why.empty());
  CHECK(verify({proof({{"htm", R"("GET")"}, {"ath", ""}})}, std::nullopt, http::Method::get).why.empty());
}

TEST_CASE_METHOD(Resource, "the clock's skew is borne to the second, and told") {
  const auto at = [this](std::int64_t offset) { return proof({{"iat", std::to_string(now() + offset)}}); };
  CHECK(verify(at(60)).why.empty());
  CHECK(verify(at(-60)).why.empty());
  clock.advance(999ms);
  CHECK(verify(at(60)).why.empty());
  CHECK(verify(at(-60)).why.empty());
  CHECK(verify(at(61)).why == "iat is 61 s ahead of this server's clock (60 s are borne)");
  CHECK(verify(at(-95)).why == "iat is 95 s behind this server's clock (60 s are borne)");
  leeway = 0s;
  CHECK(verify(at(0)).why.empty());
  CHECK(verify(at(1)).why == "iat is 1 s ahead of this server's clock (0 s are borne)");
  CHECK(verify(at(-5)).why.empty());  // it has to get here
  CHECK(verify(at(-6)).why == "iat is 6 s behind this server's clock (5 s are borne)");
}

TEST_CASE_METHOD(Resource, "a proof is used once") {
  const auto good = proof();
  CHECK(verify(good).why.empty());
  CHECK(verify(good).why == "the proof was used before");
  CHECK(verify(proof({{"jti", R"("1")"}})).why == "the proof was used before");
  CHECK(verify(proof({{"jti", R"("1")"}}, rsa_key())).why.empty());  // another's

  // To the last moment at which it would be taken for its age.
  const auto late = proof({{"iat", std::to_string(now() + 60)}});
  CHECK(verify(late).why.empty());
  clock.advance(120s + 999ms);
  CHECK(verify(late).why == "the proof was used before");
  clock.advance(1ms);
  CHECK(verify(late).why == "iat is 61 s behind this server's clock (60 s are borne)");
}

TEST_CASE_METHOD(Resource, "of proofs of one second, one that was used takes no other with it") {
  leeway = GENERATE(0s, 60s);
  const auto borne = std::max(leeway, std::chrono::seconds(5));  // it has to get here
  // As what is used is forgotten a quarter of a minute at a time: the second before such a quarter ends, and that.
  for (int second = 0; second < 15; ++second) {
    const auto issued = std::to_string(now());
    CHECK(verify(proof({{"iat", issued}})).why.empty());
    clock.advance(borne);
    CHECK(verify(proof({{"iat", issued}})).why.empty());
    clock.advance(1s);
    CHECK(verify(proof({{"iat", issued}})).why.find("behind") != std::string::npos);
  }
}

TEST_CASE_METHOD(Resource, "a proof that may be from before the start needs this process' nonce") {
  clock.advance(700ms);
  memory.emplace(clock);
  verifier.emplace(urls, leeway, *memory, clock);
  const auto made = [this](std::int64_t offset, const std::string& nonce = {}) {
    return proof({{"iat", std::to_string(now() + offset)}, {"nonce", nonce.empty() ? "" : '"' + nonce + '"'}});
  };
  const auto nonce = verify(made(0)).nonce;
  REQUIRE(nonce.size() >= 22);
  for (const auto offset : {-60, -1, 0, 30, 60}) {  // of a client whose clock is behind, or ahead
    const auto refused = verify(made(offset));
    CHECK(refused.thumbprint.empty());
    CHECK(refused.nonce == nonce);
    CHECK(!refused.why.empty());
    CHECK(verify(made(offset, "another")).nonce == nonce);
    CHECK(verify(made(offset, nonce)).why.empty());
  }
  CHECK(memory->size() == 5);  // what is to be made again takes no space
  const auto once = made(0, nonce);
  CHECK(verify(once).why.empty());
  CHECK(verify(once).why == "the proof was used before");
  CHECK(verify(made(61, nonce)).nonce.empty());  // another time is not mended by it

  clock.advance(60s);
  CHECK(verify(made(0)).nonce == nonce);
  CHECK(verify(made(1)).why.empty());
  clock.advance(1s);
  CHECK(verify(made(0)).why.empty());
  CHECK(verify(made(0, nonce)).why.empty());
  CHECK(verify(made(0, "another")).why.empty());  // of another node at the same address, or an earlier process

  memory.emplace(clock);
  verifier.emplace(urls, leeway, *memory, clock);
  const auto next = verify(made(0, nonce)).nonce;
  CHECK_FALSE(next.empty());
  CHECK(next != nonce);
}

TEST_CASE_METHOD(Resource, "nothing taken before a restart is taken after it, however its date is off") {
  memory.emplace(clock);
  verifier.emplace(urls, leeway, *memory, clock);
  const auto nonce = verify(proof()).nonce;
  std::vector<std::string> used;
  for (auto offset = -60; offset <= 60; offset += 10) {
    used.push_back(proof({{"iat", std::to_string(now() + offset)}, {"nonce", offset < 0 ? '"' + nonce + '"' : ""}}));
  }
  clock.advance(61s);  // past the need of the nonce for what is dated now
  for (auto& text : used) CHECK(verify(text).outcome != Outcome::full);
  const auto ahead = proof({{"iat", std::to_string(now() + 60)}});
  const auto same_second = proof();
  CHECK(verify(ahead).why.empty());
  CHECK(verify(same_second).why.empty());
  used.insert(used.end(), {ahead, same_second});

  memory.emplace(clock);
  verifier.emplace(urls, leeway, *memory, clock);
  for (int second = 0; second < 130; ++second, clock.advance(1s)) {
    for (const auto& text : used) CHECK(verify(text).thumbprint.empty());
  }
}

TEST_CASE_METHOD(Resource, "space is the client's whatever its keys, else the key's") {
  const auto as = [this](std::string_view client, const SigningKey& key) {
    return verify({proof({}, key)}, kToken, http::Method::post, "/msa/ext", {client, {}});
  };
  for (int i = 0; i < 8; ++i) CHECK(as("core", i % 2 == 0 ? ec_key() : rsa_key()).why.empty());
  CHECK(as("core", ec_key()).outcome == Outcome::full);
  CHECK(as("core", rsa_key()).outcome == Outcome::full);
  CHECK(as("other", rsa_key()).why.empty());
  CHECK(as("", rsa_key()).why.empty());
}

TEST_CASE_METHOD(Resource, "a proof of another key than it should be of does not look good and takes no space") {
  const auto good = proof();
  const auto result = verify({good}, kToken, http::Method::post, "/msa/ext", {"core", rsa_key().kid()});
  CHECK(result.outcome == Outcome::other_key);
  CHECK(result.thumbprint.empty());
  CHECK(!result.why.empty());
  CHECK(memory->size() == 0);
  CHECK(verify({good}, kToken, http::Method::post, "/msa/ext", {"core", ec_key().kid()}).why.empty());
}

TEST_CASE_METHOD(Resource, "a full memory is worth another try") {
  for (int i = 0; i < 8; ++i) CHECK(verify(proof()).why.empty());
  const auto result = verify(proof());
  CHECK(result.outcome == Outcome::full);
  CHECK(result.thumbprint.empty());
  CHECK(!result.why.empty());
}
