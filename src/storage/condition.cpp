#include "condition.hpp"

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::storage {
namespace {

constexpr std::chrono::minutes kLogAgain{1};

const char* name_of(Condition::Use use) { return use == Condition::Use::read ? "read" : "write"; }

}  // namespace

bool Condition::may_log(Use use, Trouble trouble, Steady::time_point now) {
  auto& last = logged_at_[static_cast<std::size_t>(use)][static_cast<std::size_t>(trouble)];
  if (last && now - *last < kLogAgain) return false;
  last = now;
  return true;
}

void Condition::failed(Use use, const DatabaseTrouble& trouble) noexcept try {
  const std::lock_guard lock(mutex_);
  const auto now = Steady::now();
  if (trouble.trouble() == Trouble::damaged) damage_ = trouble.words();
  if (trouble.trouble() == Trouble::crowded) {
    if (may_log(use, trouble.trouble(), now)) {
      telemetry::log_warn("work for the database was given up; told at most once a minute",
                          {{"use", name_of(use)}, {"cause", trouble.what()}});
    }
    return;
  }
  auto& state = slot(use);
  const bool news = !state.failing || state.trouble != trouble.trouble();
  if (!state.failing) {
    state.since = now;
    state.failures = 0;
    state.logged = false;
  }
  state.failing = true;
  ++state.failures;
  state.trouble = trouble.trouble();
  state.words = trouble.words();
  if (!news || !may_log(use, state.trouble, now)) return;
  state.logged = true;
  telemetry::log_error(use == Use::read ? "the database cannot be read" : "the database cannot be written",
                       {{"cause", trouble.what()}});
} catch (const std::exception&) {  // no memory for the words: the caller has its exception
}

void Condition::worked(Use use) noexcept try {
  auto& state = slot(use);
  if (!state.failing) return;
  const std::lock_guard lock(mutex_);
  if (!state.failing.exchange(false)) return;
  if (!state.logged) return;
  const auto lasted = std::chrono::duration_cast<std::chrono::seconds>(Steady::now() - state.since);
  telemetry::log_info(use == Use::read ? "the database can be read again" : "the database can be written again",
                      {{"seconds", lasted.count()}, {"failures", state.failures}});
} catch (const std::exception&) {
}

std::optional<Trouble> Condition::trouble(Use use) const {
  const std::lock_guard lock(mutex_);
  if (!slot(use).failing) return std::nullopt;
  return slot(use).trouble;
}

std::string Condition::words(Use use) const {
  const std::lock_guard lock(mutex_);
  return slot(use).failing ? slot(use).words : std::string();
}

std::string Condition::damage() const {
  const std::lock_guard lock(mutex_);
  return damage_;
}

}  // namespace dontgoback::storage
