#include "open_files.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::app {
namespace {

// What the node opens besides its clients' connections: databases (three files each thread that uses SQLite), calls to
// other nodes, the log, 64 connections each of management and of clients who are told that there are too many.
constexpr std::int64_t kOtherFiles = 384;

}  // namespace

std::int64_t allow_files_for(std::int64_t connections, std::int64_t of_modules) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return connections;
  const auto other_files = kOtherFiles + of_modules;
  const auto wanted = static_cast<rlim_t>(connections + other_files);
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  if (limit.rlim_cur >= wanted) return connections;
  const auto files = static_cast<std::int64_t>(limit.rlim_cur);
  // Where even the node's own hardly fit, a quarter goes to clients: rather few than none.
  const auto fit = std::min(connections, std::max(files - other_files, files / 4));
  telemetry::log_warn("fewer connections than --max-connections fit the limit of open files (ulimit -n, LimitNOFILE)",
                      {{"max-connections", connections}, {"open-files", files}, {"connections", fit}});
  return fit;
}

}  // namespace dontgoback::app
