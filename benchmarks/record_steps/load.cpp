// Calls of a node's gRPC, so many under way at a time. A small client over libnghttp2, since what is at hand (grpc-js,
// grpc++'s own client) costs more a call than the server does.
//   record_steps_load PORT TOKENS CONNECTIONS UNDER_WAY SECONDS WHAT [UPDATES [STREAMS]]
// TOKENS: a line `UUID TOKEN` a walker. UNDER_WAY: of each connection. WHAT: `steps` (unary RecordSteps, the walkers in
// their order), `steps-random`, `health`, `message-random` (a stream of walk.v1 of anyone with one message of UPDATES),
// `streams` (STREAMS of walk.v1 open on each connection, messages of UPDATES), `boards` (STREAMS of WatchBoard open on
// each; SECONDS begin when all have said something, which a line `open` tells). Prints one line of JSON: calls or
// messages a second, latencies, what failed, and the processor's time of each that the load itself took.
#include <sys/epoll.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>

#include "connection.hpp"

using namespace record_steps;

namespace {

constexpr std::chrono::seconds kOpenWithin{120};

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Settings settings_of(const std::string& what, int updates) {
  static const std::map<std::string, Settings> kKnown{
      {"steps", {Kind::steps, Order::as_made, 1}},     {"steps-random", {Kind::steps, Order::random, 1}},
      {"health", {Kind::health, Order::as_made, 1}},   {"message-random", {Kind::message, Order::random, 1}},
      {"streams", {Kind::streams, Order::as_made, 1}}, {"boards", {Kind::boards, Order::as_made, 1}},
  };
  auto settings = kKnown.at(what);
  settings.updates = updates;
  return settings;
}

void print(Outcome& outcome, std::chrono::duration<double> took, double spent) {
  auto& times = outcome.microseconds;
  std::sort(times.begin(), times.end());
  const auto at = [&times](double share) {
    if (times.empty()) return 0.0;
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))] / 1000.0;
  };
  std::cout << "{\"calls\":" << times.size() << ",\"perSecond\":" << static_cast<double>(times.size()) / took.count()
            << ",\"p50\":" << at(0.5) << ",\"p99\":" << at(0.99) << ",\"most\":" << at(1)
            << ",\"failed\":" << outcome.failed << ",\"loadMicroseconds\":"
            << spent * 1e6 / static_cast<double>(std::max<std::size_t>(times.size() + outcome.failed, 1)) << "}"
            << std::endl;
}

void run(int argc, char** argv) {
  if (argc < 7) {
    throw std::runtime_error(
        "usage: record_steps_load PORT TOKENS CONNECTIONS UNDER_WAY SECONDS WHAT [UPDATES [STREAMS]]");
  }
  Traffic traffic(settings_of(argv[6], argc > 7 ? std::stoi(argv[7]) : 1), argv[2]);
  Outcome outcome;
  outcome.microseconds.reserve(1U << 22U);
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Connection>> connections;
  const auto processor = processor_seconds();
  const auto began = Clock::now();
  for (int i = 0; i < std::stoi(argv[3]); ++i) {
    connections.push_back(std::make_unique<Connection>(traffic, outcome, std::stoi(argv[1]), std::stoi(argv[4]),
                                                       argc > 8 ? std::stoi(argv[8]) : 0));
    epoll_event event{.events = EPOLLIN, .data = {.ptr = connections.back().get()}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, connections.back()->socket(), &event);
  }
  const auto looks_at = traffic.settings().kind == Kind::boards ? connections.size() * std::stoul(argv[8]) : 0;
  bool all_open = looks_at == 0;
  auto end = began + (all_open ? std::chrono::seconds(std::stoi(argv[5])) : kOpenWithin);
  std::array<epoll_event, 64> events{};
  while (Clock::now() < end) {
    const int count = ::epoll_wait(epoll, events.data(), events.size(), 100);
    for (int i = 0; i < count; ++i) static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr)->read();
    if (!all_open && outcome.streams_answered == looks_at) {
      all_open = true;
      end = Clock::now() + std::chrono::seconds(std::stoi(argv[5]));
      std::cout << "open" << std::endl;
    }
  }
  print(outcome, Clock::now() - began, processor_seconds() - processor);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << std::endl;
    return 1;
  }
  return 0;
}
