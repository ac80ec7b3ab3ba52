#include "http/server/memory_budget.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "http/server/request_body.hpp"

using namespace dontgoback::http;
using Reach = MemoryShare::Reach;

TEST_CASE("Strangers fill half of the budget, to the byte, and who is known the rest") {
  MemoryBudget budget(1000);
  MemoryShare stranger(budget), other(budget), member(budget);
  CHECK_FALSE(stranger.grow_to(501, Reach::half));
  CHECK(budget.taken() == 0);
  CHECK(stranger.grow_to(500, Reach::half));
  CHECK_FALSE(other.grow_to(1, Reach::half));
  CHECK_FALSE(member.grow_to(501, Reach::whole));
  CHECK(member.grow_to(500, Reach::whole));
  CHECK_FALSE(other.grow_to(1, Reach::whole));
  CHECK(budget.taken() == 1000);
}

TEST_CASE("A share that grows takes what it has not, and gives all of it back once") {
  MemoryBudget budget(1000);
  {
    MemoryShare share(budget), beside(budget);
    REQUIRE(beside.grow_to(100, Reach::half));
    CHECK(share.grow_to(300, Reach::half));
    CHECK(share.grow_to(400, Reach::half));  // 100 more: 500 of the half
    CHECK(budget.taken() == 500);
    CHECK(share.grow_to(200, Reach::half));  // it has them
    CHECK(budget.taken() == 500);
    CHECK_FALSE(share.grow_to(401, Reach::half));
    CHECK(budget.taken() == 500);  // and keeps what it had
    share.release();
    CHECK(budget.taken() == 100);
    share.release();
    CHECK(budget.taken() == 100);
    CHECK(share.grow_to(400, Reach::half));
  }
  CHECK(budget.taken() == 0);  // with the shares
}

TEST_CASE("What is larger than any budget is refused, also where sums would go over") {
  MemoryBudget budget(1000);
  MemoryShare first(budget), second(budget);
  REQUIRE(first.grow_to(10, Reach::whole));
  CHECK_FALSE(second.grow_to(SIZE_MAX, Reach::whole));
  CHECK_FALSE(second.grow_to(SIZE_MAX - 9, Reach::whole));
  CHECK(budget.taken() == 10);
}

TEST_CASE("Many threads at once take no more than there is") {
  MemoryBudget budget(64);
  std::atomic<int> most{0}, now{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 2000; ++round) {
          MemoryShare share(budget);
          if (!share.grow_to(24, Reach::whole)) continue;
          const int holders = ++now;
          for (int seen = most; seen < holders && !most.compare_exchange_weak(seen, holders);) {
          }
          --now;
        }
      });
    }
  }
  CHECK(most >= 1);
  CHECK(most <= 2);  // 3 of 24 are more than 64
  CHECK(budget.taken() == 0);
}

TEST_CASE("A body takes of the budget as it comes, and the next request begins as a stranger's") {
  MemoryBudget budget(64 * 1024);
  RequestBody body(budget);
  MemoryShare strangers(budget);
  const std::string some(100, 's');
  REQUIRE(strangers.grow_to(32 * 1024, Reach::half));
  CHECK_FALSE(body.append(some));  // strangers' half is full
  body.reach(Reach::whole);
  CHECK(body.append(std::string(16 * 1024, 'm')));
  CHECK(body.size() == 16 * 1024);
  CHECK_FALSE(body.append(some));  // no small one any more: for these is the first half only
  CHECK(body.size() == 16 * 1024);
  body.clear();
  CHECK(body.size() == 0);
  CHECK(budget.taken() == 32 * 1024);
  CHECK_FALSE(body.append(some));  // whoever comes next on the connection
  strangers.release();
  CHECK(body.append(std::string(17 * 1024, 'm')));  // a large one, while there is space
  body.clear();
  CHECK(budget.taken() == 0);
}
