#include <chrono>
#include <string>
#include <thread>

#include "sealing.hpp"
#include "search.hpp"
#include "sweeping.hpp"

namespace dontgoback::core::search {
namespace {

/// What is not sealed yet is read in texts by each search, so not for long.
constexpr std::chrono::minutes kEvery{1};
/// After the purges of the night.
constexpr std::chrono::hours kSwept{5};

void sleep(std::chrono::steady_clock::duration length) { std::this_thread::sleep_for(length); }

auto until_stopped(const jobs::Run& run) {
  return [&run] { return !run.stop.stop_requested() && run.keep_alive(); };
}

}  // namespace

std::vector<jobs::Job> own_jobs(Host& host) {
  auto& database = host.database;
  return {{.name = "search-seal",
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
