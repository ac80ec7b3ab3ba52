#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <mutex>
#include <set>

#include "jobs/migrations.hpp"
#include "jobs/outbox.hpp"
#include "signals.hpp"
#include "storage/open.hpp"
#include "support/databases.hpp"
#include "support/set_clock.hpp"

#if defined(__SANITIZE_THREAD__)
// The children start threads after a fork of a process that has some.
extern "C" const char* __tsan_default_options() { return "die_after_fork=0"; }
#endif

namespace dontgoback::jobs {
namespace {

using namespace std::chrono_literals;
using Delivery = Outbox::Delivery;

/// A process of its own that says what it did through a pipe, until it is killed.
class Child {
 public:
  /// `work` gets a function that says a number. It must not return before it is killed.
  explicit Child(const std::function<void(const std::function<void(std::int64_t)>&)>& work) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      try {
        work([&](std::int64_t number) { (void)!::write(ends[1], &number, sizeof number); });
      } catch (...) {
      }
      ::_exit(1);
    }
    ::close(ends[1]);
    read_ = ends[0];
  }
  ~Child() {
    if (pid_ > 0) kill();
    ::close(read_);
  }
  std::optional<std::int64_t> heard() {
    std::int64_t number = 0;
    if (::read(read_, &number, sizeof number) != sizeof number) return std::nullopt;
    return number;
  }
  /// Waits until it is gone.
  void kill() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  ::pid_t pid_ = 0;
  int read_ = -1;
};

std::unique_ptr<storage::Database> open(const std::string& url) {
  storage::DatabaseSettings settings;
  settings.url = url;
  return storage::open_database(settings);
}

struct Collector {
  std::set<std::int64_t> ids() const {
    const std::lock_guard lock(mutex);
    return seen;
  }
  Delivery take(std::int64_t id) {
    const std::lock_guard lock(mutex);
    seen.insert(id);
    return Delivery::done;
  }
  mutable std::mutex mutex;
  std::set<std::int64_t> seen;
};

TEST_CASE("a message that was written outlives its writer") {
  const auto dialect = GENERATE(storage::Dialect::sqlite, storage::Dialect::mysql);
  const test::FreshDatabase fresh(dialect, migrations());
  const test::SetClock clock;
  std::set<std::int64_t> written;
  {
    Child writer([&](const auto& say) {
      const auto database = open(fresh.url());
      DatabaseOutbox outbox(*database, clock, "writer");
      for (;;) {
        say(database->write([&](storage::Connection& connection) {
          outbox.add(connection, "mail", "hello");
          return connection.last_insert_id();
        }));
      }
    });
    while (written.size() < 20) written.insert(writer.heard().value());
    writer.kill();
    while (const auto last = writer.heard()) written.insert(*last);
  }

  Collector collector;
  DatabaseOutbox outbox(*fresh, clock, "reader");
  outbox.on("mail", [&](std::int64_t id, std::string_view) { return collector.take(id); });
  outbox.start();
  EVENTUALLY(outbox.counts().waiting == 0);
  outbox.stop();
  const auto delivered = collector.ids();
  CHECK(std::includes(delivered.begin(), delivered.end(), written.begin(), written.end()));
}

TEST_CASE("a delivery that was killed is repeated by another node, once its lease has ended") {
  const auto dialect = GENERATE(storage::Dialect::sqlite, storage::Dialect::mysql);
  const test::FreshDatabase fresh(dialect, migrations());
  test::SetClock clock;
  DatabaseOutbox outbox(*fresh, clock, "reader");
  fresh->write([&](storage::Connection& connection) { outbox.add(connection, "mail", "hello"); });

  std::int64_t begun = 0;
  {
    Child deliverer([&](const auto& say) {
      const auto database = open(fresh.url());
      DatabaseOutbox dying(*database, clock, "deliverer");
      dying.on("mail", [&](std::int64_t id, std::string_view) -> Delivery {
        say(id);
        for (;;) ::pause();
      });
      dying.start();
      for (;;) ::pause();
    });
    begun = deliverer.heard().value();
  }

  Collector collector;
  outbox.on("mail", [&](std::int64_t id, std::string_view) { return collector.take(id); });
  outbox.start();
  outbox.wake();
  CHECK(outbox.counts().waiting == 1);
  clock.advance(61s);
  outbox.wake();
  EVENTUALLY(outbox.counts().waiting == 0);
  outbox.stop();
  CHECK(collector.ids() == std::set{begun});
}

}  // namespace
}  // namespace dontgoback::jobs
