#include "http/server/input_buffer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback::http;
using Made = InputBuffer::Made;
using Reach = MemoryShare::Reach;

namespace {

constexpr std::size_t kBlock = BlockPool::kBlock;

struct Fixture {
  /// As much of it as there is space for; what was taken.
  std::size_t receive(std::string_view text) {
    const auto space = in.space();
    const auto count = std::min(text.size(), space.size());
    std::copy_n(text.data(), count, static_cast<char*>(space.data()));
    in.arrived(count);
    return count;
  }

  BlockPool pool;
  MemoryBudget budget{32 * kBlock};
  InputBuffer in{pool, budget, 4 * kBlock};
};

std::string text(std::size_t size, char first = 'a') {
  std::string made(size, '\0');
  for (std::size_t i = 0; i < size; ++i) made[i] = static_cast<char>(first + i % 23);
  return made;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "Who says nothing has no memory, and none again after the answer") {
  CHECK_FALSE(in.has_memory());
  CHECK(in.unread().empty());
  CHECK(receive("hello") == 5);
  CHECK(in.has_memory());
  in.use(5);
  in.next();
  CHECK_FALSE(in.has_memory());
  CHECK(budget.taken() == 0);  // a block is not counted
}

TEST_CASE_METHOD(Fixture, "What came behind a request is the next one's") {
  receive("first second");
  in.use(6);
  in.next();
  CHECK(in.unread() == "second");
  CHECK(receive(" third") == 6);
  CHECK(in.unread() == "second third");
  in.use(12);
  in.next();
  CHECK_FALSE(in.has_memory());
}

TEST_CASE_METHOD(Fixture, "A head grows to its limit and no further, and is given back") {
  const auto head = text(4 * kBlock);
  std::size_t sent = receive(head);
  CHECK(sent == kBlock);
  CHECK_FALSE(in.is_full_of_head());
  for (const auto size : {2 * kBlock, 4 * kBlock}) {
    CHECK(in.space().size() == 0);
    REQUIRE(in.grow());
    CHECK(budget.taken() == size);
    sent += receive(std::string_view(head).substr(sent));
    CHECK(sent == size);
    CHECK(in.unread() == std::string_view(head).substr(0, size));
  }
  CHECK(in.is_full_of_head());
  in.use(sent);
  in.next();
  CHECK(budget.taken() == 0);
}

TEST_CASE("A head's limit need not be a power of two of blocks") {
  BlockPool pool;
  MemoryBudget budget(32 * kBlock);
  InputBuffer in(pool, budget, 3 * kBlock);
  in.space();
  in.arrived(kBlock);
  REQUIRE(in.grow());
  in.arrived(kBlock);
  REQUIRE(in.grow());
  CHECK(in.space().size() == kBlock);
  CHECK(budget.taken() == 3 * kBlock);
  in.arrived(kBlock);
  CHECK(in.is_full_of_head());
}

TEST_CASE_METHOD(Fixture, "A head does not grow where the strangers' half is full") {
  MemoryShare others(budget);
  REQUIRE(others.grow_to(15 * kBlock, Reach::half));
  receive(text(kBlock));
  CHECK_FALSE(in.grow());
  CHECK(in.unread() == text(kBlock));
  others.release();
  CHECK(in.grow());
  CHECK(in.unread() == text(kBlock));
}

TEST_CASE_METHOD(Fixture, "A body's space is made behind the head, which stays where it is") {
  receive("head" + text(100, 'A'));
  const auto head = in.unread().substr(0, 4);
  in.use(4);
  CHECK(in.make_space_behind_head(Reach::half) == Made::yes);
  CHECK(head == "head");
  CHECK(in.unread() == text(100, 'A'));
  CHECK(budget.taken() == kBlock);
  // Again and again, with what could not be used yet in front.
  for (std::size_t left = 100; left > 0; left /= 2) {
    in.use(in.unread().size() - left / 2);
    CHECK(in.make_space_behind_head(Reach::half) == Made::yes);
    CHECK(in.unread().size() == left / 2);
    CHECK(in.space().size() == kBlock - left / 2);
    CHECK(head == "head");
    CHECK(budget.taken() == kBlock);
  }
  in.next();
  CHECK_FALSE(in.has_memory());
  CHECK(budget.taken() == 0);
}

TEST_CASE_METHOD(Fixture, "A block of a body that could not be used is too much; a byte less is not") {
  receive("head");
  in.use(4);
  REQUIRE(in.make_space_behind_head(Reach::half) == Made::yes);
  receive(text(kBlock));
  CHECK(in.make_space_behind_head(Reach::half) == Made::full);
  in.use(1);
  CHECK(in.make_space_behind_head(Reach::half) == Made::yes);
  CHECK(in.unread() == std::string_view(text(kBlock)).substr(1));
  CHECK(in.space().size() == 1);
}

TEST_CASE_METHOD(Fixture, "A large head counts beside the body's block, for strangers and for who is known") {
  receive(text(kBlock));
  REQUIRE(in.grow());
  receive(text(kBlock));
  in.use(2 * kBlock);
  MemoryShare others(budget);
  REQUIRE(others.grow_to(14 * kBlock, Reach::half));
  CHECK(in.make_space_behind_head(Reach::half) == Made::no_memory);
  CHECK(in.make_space_behind_head(Reach::whole) == Made::yes);
  CHECK(budget.taken() == 17 * kBlock);
  in.next();
  CHECK(budget.taken() == 14 * kBlock);
}
