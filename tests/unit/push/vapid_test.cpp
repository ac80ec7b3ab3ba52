#include "push/vapid.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/files/private_file.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback;
using namespace dontgoback::push;

TEST_CASE("Push services are told who we are, for which of them, and until when") {
  const auto key = security::SigningKey::generate(security::Algorithm::es256);
  const auto by = security::PublicKey::from_jwk(key.public_jwk());
  const Vapid vapid(key, "mailto:a@b.kr");
  const time::Timestamp now(std::chrono::seconds(1'700'000'000));
  const auto value = vapid.authorization("https://push.example", now);
  REQUIRE(value.starts_with("vapid t="));
  const auto end = value.find(", k=");
  CHECK(value.substr(end + 4) == vapid.public_key());
  CHECK(security::base64url_decode(vapid.public_key())->size() == 65);
  const auto token = value.substr(8, end - 8);
  const auto jws = security::parse_jws(token);
  REQUIRE(jws);
  CHECK(by->verify(jws->signing_input, jws->signature));
  CHECK(jws->payload == R"({"aud":"https://push.example","exp":1700043200,"sub":"mailto:a@b.kr"})");
  CHECK(jws->kid.empty());
  CHECK(Vapid(key, "").authorization("https://a", now).find("c3Vi") == std::string::npos);
}

TEST_CASE("A contact is what push services take") {
  for (const auto* good : {"mailto:a@b.kr", "https://b.kr", "https://b.kr/contact"}) CHECK(is_contact(good));
  for (const auto* bad : {"", "a@b.kr", "mailto:", "mailto:b.kr", "http://b.kr", "tel:1"}) CHECK_FALSE(is_contact(bad));
}

TEST_CASE("The key is made once, is private, and another file is refused by name") {
  const test::TemporaryDirectory place;
  const auto file = place.path() / "push.key";
  const auto key = read_or_create_key(file);
  CHECK(read_or_create_key(file).kid() == key.kid());
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::others_all) ==
        std::filesystem::perms::none);
  const auto other = place.path() / "other.key";
  for (const auto& bad : {std::string("no key"), security::SigningKey::generate(security::Algorithm::rs256).to_pem()}) {
    std::filesystem::remove(other);
    security::create_private_file(other, bad);
    CHECK_THROWS_WITH(read_or_create_key(other), Catch::Contains(other.string()));
  }
}

TEST_CASE("Another module's people have a key of their own, always the same, made of the one in the file") {
  const auto key = security::SigningKey::generate(security::Algorithm::es256);
  const auto walk = key_for(key, "walk");
  CHECK(walk.kid() == key_for(security::SigningKey::from_pem(key.to_pem()), "walk").kid());
  CHECK(walk.kid() != key.kid());
  CHECK(walk.kid() != key_for(key, "other").kid());
  CHECK(walk.kid() != key_for(security::SigningKey::generate(security::Algorithm::es256), "walk").kid());
  CHECK(Vapid(walk, "").public_key().size() == 87);
}
