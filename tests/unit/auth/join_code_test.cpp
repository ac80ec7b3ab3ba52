#include <catch2/catch.hpp>

#include "nodes/code.hpp"

namespace dontgoback::auth {
namespace {

const JoinCode kCode{"https://auth.example", "thumb", "s3cret", "core", "dontgoback-core-server", 1'700'000'000};

TEST_CASE("a code says on the other machine what it said here") {
  const auto text = to_text(kCode);
  CHECK(text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") == text.npos);
  const auto read = parse_join_code(text).value();
  CHECK(read.issuer == kCode.issuer);
  CHECK(read.thumbprint == kCode.thumbprint);
  CHECK(read.secret == kCode.secret);
  CHECK(read.role == kCode.role);
  CHECK(read.client_id == kCode.client_id);
  CHECK(read.made_at == kCode.made_at);
}

TEST_CASE("a code that was changed anywhere on its way is none") {
  const auto text = to_text(kCode);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto changed = text;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    CAPTURE(i);
    CHECK_FALSE(parse_join_code(changed));
    CHECK_FALSE(parse_join_code(text.substr(0, i)));
  }
  CHECK_FALSE(parse_join_code(text + "x"));
  CHECK_FALSE(parse_join_code(text + text));
  CHECK_FALSE(parse_join_code(std::string(100'000, 'A')));
}

}  // namespace
}  // namespace dontgoback::auth
