#include "goals.hpp"

#include <algorithm>

#include "notices/notices.hpp"
#include "store.hpp"

namespace dontgoback::walk::goals {
namespace {

constexpr std::chrono::days kOne{1};

class OfSteps final : public steps::Listener {
  void changed(storage::Connection& connection, std::span<const Change> changes) const override {
    std::vector<Change> ahead;
    for (const auto& change : changes) {
      if (change.is_today && change.after > change.before) ahead.push_back(change);
    }
    for (std::span<const Change> left = ahead; !left.empty();) {
      const auto some = left.first(std::min(left.size(), kChangesAtOnce));
      left = left.subspan(some.size());
      for (const auto place : not_told_of(connection, some)) tell_if_reached(connection, some[place]);
    }
  }

  static void tell_if_reached(storage::Connection& connection, const Change& change) {
    const auto goal = goal_on(connection, change.walker, change.day);
    if (!goal || goal->steps == 0 || change.after < goal->steps) return;
    if (!mark_told(connection, change.walker, change.day)) return;
    notices::tell(connection, {change.walker, notices::Kind::goal, std::nullopt, goal->steps, change.at});
  }
};

class GoalsOfWalkers final : public walkers::Subscriber {
  void merged(storage::Connection& connection, WalkerId from, WalkerId to) const override {
    if (!has_goals(connection, to)) hand_over(connection, from, to);
  }
  void removed(storage::Connection& connection, WalkerId walker) const override { remove_all_of(connection, walker); }
};

class ExportedGoals final : public walkers::Exporter {
  std::string_view name() const override { return "goals"; }
  void write(storage::Connection& connection, WalkerId walker, json::Writer& writer) const override {
    writer.begin_object();
    writer.field("shared", is_shared(connection, walker).value_or(false));
    writer.key("goals");
    writer.begin_array();
    for (const auto& goal : goals_of(connection, walker, time::Day{})) {
      writer.begin_object();
      writer.field("from", goal.from);
      writer.field("steps", goal.steps);
      writer.field("grace", goal.grace);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  }
};

}  // namespace

void choose(storage::Connection& connection, const walkers::Walker& walker, const Choice& choice, time::Timestamp now) {
  const auto today = steps::today_of(walker, now);
  const auto least = least_on(connection, walker.id, today);
  // The one that was chosen last, though it may not hold yet.
  const auto last = goal_on(connection, walker.id, today + kOne).value_or(Goal{});
  const auto wanted = choice.steps.value_or(last.steps);
  const auto grace = choice.grace.value_or(last.grace);
  const auto of_today = std::max(wanted, least);
  drop_goals_after(connection, walker.id, today);
  put_goal(connection, walker.id, {today, of_today, grace}, least);
  if (wanted < of_today) put_goal(connection, walker.id, {today + kOne, wanted, grace}, wanted);
  set_shared(connection, walker.id, choice.shared.value_or(is_shared(connection, walker.id).value_or(false)));
}

const steps::Listener& of_steps() {
  static const OfSteps kListener;
  return kListener;
}

const walkers::Exporter& exporter() {
  static const ExportedGoals kExporter;
  return kExporter;
}

const walkers::Subscriber& subscriber() {
  static const GoalsOfWalkers kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::walk::goals
