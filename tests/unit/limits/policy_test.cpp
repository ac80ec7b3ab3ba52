#include "limits/policy.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::limits;
using http::RouteClass;
using namespace std::chrono_literals;

namespace {

Policy writes() { return default_limits()[static_cast<std::size_t>(RouteClass::write)]; }

std::string changed(const std::vector<std::string>& entries) {
  auto policy = writes();
  const auto problem = change(policy, entries);
  return problem ? "wrong: " + *problem : describe(policy);
}

}  // namespace

TEST_CASE("every class but the unlimited one is limited unless told otherwise, guests more than members") {
  const auto all = default_limits();
  for (std::size_t i = 1; i < http::kRouteClasses; ++i) {
    INFO(http::name_of(RouteClass{static_cast<int>(i)}));
    CHECK(all[i].guest.burst > 0);
    CHECK(all[i].guest.burst < all[i].member.burst);
    CHECK(all[i].member.burst * 5 < all[i].address.burst);  // people behind one address
    CHECK(all[i].address.burst < all[i].site.burst);
    CHECK((all[i].total.burst == 0 || all[i].total.burst > all[i].site.burst));
    CHECK(all[i].guest.name == http::name_of(RouteClass{static_cast<int>(i)}));
    CHECK(describe(no_limits()[i]) == "no limit");
  }
  CHECK(describe(all[0]) == "no limit");
}

TEST_CASE("an option changes the shares that it names") {
  CHECK(changed({}) == "guest=300/1h member=500/1h address=10000/1h site=40000/1h total=100000/1h");
  CHECK(changed({"member=7/90s"}) == "guest=300/1h member=7/90s address=10000/1h site=40000/1h total=100000/1h");
  CHECK(changed({"guest=0", "address=0"}) == "member=500/1h site=40000/1h total=100000/1h");
  CHECK(changed({"guest=1/24h", "member=1000000000/1s"}) ==
        "guest=1/24h member=1000000000/1s address=10000/1h site=40000/1h total=100000/1h");
  CHECK(changed({"0"}) == "no limit");
}

TEST_CASE("a /48 and the total never allow less than an address, unless it is said") {
  const std::string accounts = "guest=300/1h member=500/1h ";
  CHECK(changed({"address=50000/1h"}) == accounts + "address=50000/1h site=50000/1h total=100000/1h");
  CHECK(changed({"address=200000/1h"}) == accounts + "address=200000/1h site=200000/1h total=200000/1h");
  CHECK(changed({"site=200000/1h"}) == accounts + "address=10000/1h site=200000/1h total=200000/1h");
  CHECK(changed({"address=20/1s"}) == accounts + "address=20/1s site=40000/2000s total=100000/1h");
  CHECK(changed({"address=200000/1h", "site=10/1m", "total=5/1m"}) ==
        accounts + "address=200000/1h site=10/1m total=5/1m");
  CHECK(changed({"address=200000/1h", "total=0"}) == accounts + "address=200000/1h site=200000/1h");
}

TEST_CASE("what no share is, or no rate, is said and changes nothing") {
  for (const std::string wrong :
       {"", "write=1/1m", "member", "member=", "member=1", "member=1/", "member=1/m", "member=1/0m", "member=0/1m",
        "member=-1/1m", "member=1/1d", "member=1/25h", "member=1/1m ", "member=1/1.5m", "member=1000000001/1m",
        "member= 1/1m", "member=x/1m", "member=1/4294967296h", "1"}) {
    INFO(wrong);
    auto policy = writes();
    const auto problem = change(policy, {"guest=1/1m", wrong});
    REQUIRE(problem);
    CHECK(problem->find('"' + wrong + '"') == 0);
    CHECK(describe(policy) == describe(writes()));
  }
  CHECK(changed({"member=1/1m", "member=2/1m"}) == "wrong: member is given twice");
  CHECK(changed({"0", "member=1/1m"}).starts_with("wrong"));
}
