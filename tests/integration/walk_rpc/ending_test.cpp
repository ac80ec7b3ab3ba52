#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <future>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "client.hpp"
#include "messages.hpp"
#include "other_side.hpp"

namespace dontgoback::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string kRecord = "/walk.v1.WalkService/Record";
const std::string kBoard = "/walk.v1.WalkService/WatchBoard";
constexpr int kClients = 4;
constexpr seconds kLoad{6};
constexpr seconds kEnds{30};

std::string update(int version) {
  return field(1, field(1, "2026-01-31") + field(2, "phone") + field(4, version % 1'000) + field(6, version));
}

// Opens streams, tells them something or not, and goes in the middle.
void cut_streams(int port, unsigned seed, const std::atomic<bool>& ends) {
  std::mt19937 random(seed);
  auto channel = Served::channel_to(port);
  for (int version = 1; !ends; ++version) {
    const bool records = random() % 4 != 0;
    Talk talk(channel, records ? kRecord : kBoard,
              {.authorization = {random() % 2 == 0 ? "Bearer ann" : "Bearer bob"},
               .deadline = milliseconds(random() % 8 == 0 ? 1 : 60'000)});
    talk.write(records ? update(version) : "");
    if (random() % 2 == 0) talk.writes_done();
    if (random() % 4 == 0) talk.read();
    if (random() % 64 == 0) channel = Served::channel_to(port);
  }
}

// Whoever looks at all streams, which is done every few seconds and when a server ends, waits for none that begins.
TEST_CASE("a server ends whatever becomes of its streams, which are cut, and looked at all the while", "[walk_rpc]") {
  Served served({.looked_at = milliseconds(1)});
  std::vector<std::unique_ptr<Talk>> open;  // looking at them takes its time
  const auto channel = served.channel();
  for (int i = 0; i < 400; ++i) {
    open.push_back(std::make_unique<Talk>(channel, kBoard, Talk::Options{.deadline = minutes(5)}));
    open.back()->write("");
  }
  std::atomic<bool> ends = false;
  std::vector<std::thread> clients;
  const int port = served.server->port();
  for (unsigned i = 0; i < kClients; ++i) clients.emplace_back([&ends, port, i] { cut_streams(port, i, ends); });
  std::this_thread::sleep_for(kLoad);
  auto ended = std::async(std::launch::async, [&] { served.server.reset(); });
  if (ended.wait_for(kEnds) != std::future_status::ready) {
    std::cerr << "the server does not end\n";
    std::abort();  // nothing that waits for it would end either
  }
  ends = true;
  for (auto& client : clients) client.join();
  CHECK(served.server == nullptr);
}

}  // namespace
}  // namespace dontgoback::test
