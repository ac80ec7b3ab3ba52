#include "config/processors.hpp"

#include <sched.h>

#include <catch2/catch.hpp>

using namespace dontgoback;

TEST_CASE("As many processors count as the process may use") {
  cpu_set_t all;
  REQUIRE(::sched_getaffinity(0, sizeof all, &all) == 0);
  CHECK(config::usable_processors() == static_cast<std::size_t>(CPU_COUNT(&all)));
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int i = 0; i < CPU_SETSIZE; ++i) {
    if (!CPU_ISSET(i, &all)) continue;
    CPU_SET(i, &one);
    break;
  }
  REQUIRE(::sched_setaffinity(0, sizeof one, &one) == 0);
  CHECK(config::usable_processors() == 1);
  REQUIRE(::sched_setaffinity(0, sizeof all, &all) == 0);
}
