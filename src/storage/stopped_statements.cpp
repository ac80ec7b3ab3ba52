#include "stopped_statements.hpp"

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::storage {
namespace {

constexpr std::chrono::minutes kLogAgain{1};

}  // namespace

void StoppedStatements::add(const Sql& sql) noexcept try {
  const std::lock_guard lock(mutex_);
  if (listener_) listener_(sql.name());
  const auto now = Steady::now();
  const auto [logged, first] = logged_at_.try_emplace(std::string(sql.name()), now);
  if (!first && now - logged->second < kLogAgain) return;
  logged->second = now;
  telemetry::log_warn("a statement was stopped at its time limit; told at most once a minute",
                      {{"statement", sql.name()}});
} catch (const std::exception&) {  // no memory for a name: whoever ran it has its exception
}

void StoppedStatements::tell(Listener listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

}  // namespace dontgoback::storage
