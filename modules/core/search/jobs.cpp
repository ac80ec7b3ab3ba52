#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include "sealing.hpp"
#include "search.hpp"
#include "sweeping.hpp"

namespace dontgoback::core::search {
namespace {

constexpr std::string_view kSeal = "search-seal";
/// What is not sealed yet is read in texts by each search, so not for long.
constexpr std::chrono::seconds kLook{10};
/// By itself; it is mostly begun by a look.
constexpr std::chrono::hours kEvery{1};
/// After the purges of the night.
constexpr std::chrono::hours kSwept{5};

void sleep(std::chrono::steady_clock::duration length) { std::this_thread::sleep_for(length); }

auto until_stopped(const jobs::Run& run) {
  return [&run] { return !run.stop.stop_requested() && run.keep_alive(); };
}

}  // namespace

std::vector<jobs::Job> own_jobs(Host& host) {
  auto& database = host.database;
  // A lease is written each time, so it is taken when there is work, which each node looks for.
  return {{.name = "search-look",
           .schedule = {.daily_at = {}, .every = kLook},
           .once_for_all_nodes = false,
           .work = [&host](const jobs::Run&) -> std::string {
             if (!is_behind(host.database)) return "all is sealed";
             const auto done = host.scheduler.run_now(kSeal);
             return done ? *done : "another node seals";
           },
           .needs_confirmed_clock = false},
          {.name = std::string(kSeal),
           .schedule = {.daily_at = {}, .every = kEvery},
           .once_for_all_nodes = true,
           .work = [&database](const jobs::Run& run) -> std::string {
             const auto chunks = seal(database, until_stopped(run), sleep);
             return chunks == 0 ? "nothing to seal" : "sealed " + std::to_string(chunks) + " chunks";
           },
           .needs_confirmed_clock = false},
          {.name = "search-sweep",
           .schedule = {.daily_at = kSwept, .every = {}},
           .once_for_all_nodes = true,
           .work = [&database](const jobs::Run& run) -> std::string {
             return sweep_removed(database, until_stopped(run), sleep) ? "nothing removed is left" : "cut short";
           },
           .needs_confirmed_clock = false}};
}

}  // namespace dontgoback::core::search
