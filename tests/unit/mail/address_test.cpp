#include "dontgoback/mail/address.hpp"

#include <catch2/catch.hpp>
#include <string>

using dontgoback::mail::is_address;

TEST_CASE("addresses that mail goes to", "[mail]") {
  for (const auto* address : {"a@b.kr", "first.last+tag@example.com", "o'neill_x@sub.example-1.co.kr", "root@localhost",
                              "{|}~^`!#$%&*-/=?@example.com", "x@xn--3e0b707e.kr", "1@2a"}) {
    CAPTURE(address);
    CHECK(is_address(address));
  }
}

TEST_CASE("what is no address", "[mail]") {
  for (const auto* text : {"",
                           "@",
                           "a",
                           "a@",
                           "@b.kr",
                           ".a@b.kr",
                           "a.@b.kr",
                           "a..b@c.kr",
                           "a@b..kr",
                           "a@.b.kr",
                           "a@b.kr.",
                           "a@b@c.kr",
                           "a b@c.kr",
                           "a@b .kr",
                           "a@-b.kr",
                           "a@b-.kr",
                           "a@b_c.kr",
                           "a@[127.0.0.1]",
                           "a@127.0.0.1",
                           "\"a b\"@c.kr",
                           "a<b>@c.kr",
                           "a,b@c.kr",
                           "a;b@c.kr",
                           "a(b)@c.kr",
                           "\xEA\xB0\x80@b.kr",
                           "a@\xEA\xB0\x80.kr",
                           "a@b.kr\r\nBcc: c@d.kr",
                           "a@b.kr\n",
                           "a\t@b.kr",
                           "\x7F@b.kr"}) {
    CAPTURE(text);
    CHECK_FALSE(is_address(text));
  }
  CHECK_FALSE(is_address(std::string("a@b.kr\0c", 8)));
}

TEST_CASE("how long an address may be", "[mail]") {
  const std::string label(63, 'd');
  CHECK(is_address(std::string(64, 'l') + "@b.kr"));
  CHECK_FALSE(is_address(std::string(65, 'l') + "@b.kr"));
  CHECK(is_address("a@" + label + ".kr"));
  CHECK_FALSE(is_address("a@d" + label + ".kr"));
  const auto domain = label + "." + label + "." + label + ".";
  CHECK(is_address(std::string(254 - 1 - domain.size() - 2, 'l') + "@" + domain + "kr"));
  CHECK_FALSE(is_address(std::string(254 - 1 - domain.size() - 1, 'l') + "@" + domain + "kr"));
}
