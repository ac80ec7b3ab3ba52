#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>

#include "../../support/set_clock.hpp"
#include "dontgoback/http/event_streams.hpp"

// Event streams of a source that is a table, at times that the test sets.
namespace dontgoback::http::testing {

using namespace std::chrono_literals;

/// The client's half.
class Client final : public Stream {
 public:
  bool send(SharedText chunk) override {
    const std::lock_guard lock(mutex_);
    if (!open_) return false;
    text_ += *chunk;
    if (heard_) heard_();
    told_.notify_all();
    return true;
  }
  void close() override { leave(); }
  bool open() const override {
    const std::lock_guard lock(mutex_);
    return open_;
  }

  /// Called with each chunk that comes.
  void on_chunk(std::function<void()> heard) {
    const std::lock_guard lock(mutex_);
    heard_ = std::move(heard);
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    open_ = false;
    told_.notify_all();
  }
  /// What came since, once `part` is among it; throws where it does not come.
  std::string until(const std::string& part) {
    std::unique_lock lock(mutex_);
    const auto is_there = [&] { return text_.find(part) != std::string::npos; };
    if (!told_.wait_for(lock, 10s, is_there)) throw std::runtime_error("never told '" + part + "' but '" + text_ + "'");
    const auto end = text_.find(part) + part.size();
    const auto taken = text_.substr(0, end);
    text_.erase(0, end);
    return taken;
  }
  bool ended() {
    std::unique_lock lock(mutex_);
    return told_.wait_for(lock, 10s, [&] { return !open_; });
  }
  std::string left() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable told_;
  std::string text_;
  std::function<void()> heard_;
  bool open_ = true;
};

struct Table final : EventStreams::Source {
  std::vector<EventNews> news(std::span<const NewsFor> asked) override {
    const std::lock_guard lock(mutex);
    ++readings;
    if (std::exchange(fails, false)) throw std::runtime_error("away");
    std::vector<EventNews> all;
    for (const auto& one : asked) {
      auto& news = all.emplace_back(last);
      for (std::int64_t number = one.after + 1; number <= last; ++number) {
        news.add(one, number,
                 [&](EventView view) { return "[" + std::to_string(number) + "/" + std::to_string(view) + "]"; });
      }
      if (!state.empty()) news.state.fill(std::make_shared<const std::string>(state));
      news.watched = watched;
    }
    return all;
  }
  std::vector<std::int64_t> behind(std::span<const NewsFor> asked, EventStreams::Look look) override {
    const std::lock_guard lock(mutex);
    thorough += look == EventStreams::Look::thorough ? 1 : 0;
    std::vector<LastEvent> all;
    for (const auto& one : asked) all.push_back({one.reader, last});
    return those_behind(asked, all);
  }
  std::vector<std::int64_t> ended(std::span<const EventStreams::Session> asked) override {
    const std::lock_guard lock(mutex);
    std::vector<std::int64_t> ended;
    for (const auto& one : asked) {
      if (one.session == over) ended.push_back(one.session);
    }
    return ended;
  }
  SharedText to_all() override {
    const std::lock_guard lock(mutex);
    return word.empty() ? nullptr : std::make_shared<const std::string>(word);
  }

  template <class F>
  auto with(F&& what) {
    const std::lock_guard lock(mutex);
    return what();
  }

  std::mutex mutex;
  std::int64_t last = 0;
  std::string state;
  std::string word;
  std::vector<std::int64_t> watched;
  std::int64_t over = 0;
  bool fails = false;
  int readings = 0;
  int thorough = 0;
};

/// Than the pause.
inline constexpr auto kLonger = 2 * EventStreams::Pace().pause;

struct Node {
  explicit Node(const EventStreams::Pace& pace = {}) : streams(clock, table, pace, "streams of a test") {}

  std::shared_ptr<Client> open(const EventStreams::Reader& reader) {
    auto client = std::make_shared<Client>();
    streams.answer(reader).stream(client);
    return client;
  }
  void tell(std::int64_t last) {
    table.with([&] { table.last = last; });
  }
  /// All that was heard before has been looked at, what is due by that given, and no pause holds what comes: two
  /// streams have come since.
  void settle() {
    clock.advance(kLonger);
    for (int i = 0; i < 2; ++i) open({999, 999, 0, 0})->until("retry: 5000\n\n");
    clock.advance(kLonger);
  }

  test::SetClock clock;
  Table table;
  EventStreams streams;
};

}  // namespace dontgoback::http::testing
