#include "shared/redis/neighbours.hpp"

#include <catch2/catch.hpp>
#include <string>

using dontgoback::shared::Neighbours;
using namespace std::chrono_literals;

TEST_CASE("who falls silent without a word is missed, once") {
  Neighbours neighbours(3s);
  const Neighbours::Moment start{};
  neighbours.heard("dies", start);
  neighbours.heard("lives", start);
  neighbours.heard("leaves", start);
  neighbours.left("leaves");
  neighbours.left("stranger");
  neighbours.heard("lives", start + 2s);
  CHECK_FALSE(neighbours.has_lost_one(start + 3s));
  CHECK(neighbours.has_lost_one(start + 4s));
  CHECK_FALSE(neighbours.has_lost_one(start + 4s));
  neighbours.forget();
  CHECK_FALSE(neighbours.has_lost_one(start + 1h));
}

TEST_CASE("names that anybody makes up are not kept without end") {
  Neighbours neighbours(3s);
  const Neighbours::Moment start{};
  neighbours.heard("first", start);
  for (std::size_t i = 0; i < 2 * Neighbours::kMost; ++i) neighbours.heard(std::to_string(i), start + 1s);
  neighbours.heard(std::to_string(2 * Neighbours::kMost - 1), start + 9s);  // one that found no place
  CHECK(neighbours.has_lost_one(start + 10s));
  CHECK_FALSE(neighbours.has_lost_one(start + 20s));
}
