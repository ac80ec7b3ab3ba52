#include "core/accounts/email.hpp"

#include <catch2/catch.hpp>
#include <utility>

using namespace dontgoback;
using namespace dontgoback::core::accounts;

TEST_CASE("An e-mail address is masked") {
  const auto [email, masked] = GENERATE(table<std::string, std::string>({
      {"abcdefg@gmail.com", "abcd******@g*****.com"},
      {"abcd@gmail.com", "abcd******@g*****.com"},
      {"ab@gmail.com", "ab******@g*****.com"},
      {"abcdef@mail.example.co.kr", "abcd******@m*****.kr"},
      {"abcdef@localhost", "abcd******@l*****"},
      {"한글로된주소@도메인.한국", "한글로된******@도*****.한국"},
      {"a@b@c.org", "a@b******@c*****.org"},
      {"abcdef", "abcd******@*****"},
      {"", "******@*****"},
      {"@", "******@*****"},
  }));
  CHECK(masked_email(email) == masked);
}

TEST_CASE("The address of an account depends on who it is") {
  Account account;
  account.id = UserId{12};
  CHECK(masked_email(account) == std::nullopt);
  account.email = "someone@example.com";
  CHECK(masked_email(account) == "some******@e*****.com");
  account.role = http::Role::guest;
  CHECK(masked_email(account) == "gues******@d*****.invalid");
}
