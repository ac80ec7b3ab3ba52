#include <algorithm>
#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "acts.hpp"
#include "authority.hpp"
#include "case_store.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"
#include "moderation.hpp"
#include "rules_store.hpp"
#include "unlinked.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;

constexpr std::int64_t kMaxId = std::numeric_limits<std::int64_t>::max();

/// What the command line gave.
struct Arguments {
  TargetKind kind = TargetKind::feed;
  std::int64_t id = 0;
  bool comment = false;
  std::string reason;
  std::string until;
  std::string word;
  Queue queue = Queue::members;
  std::int64_t before = 0;
  std::int64_t limit = 100;
};

/// Says it in the words of the command line.
template <class T>
T unwrap(Result<T> result) {
  if (!result) throw std::runtime_error(std::string(result.failure().message.en));
  return std::move(result).value();
}

std::int64_t needed_id(const Arguments& given) {
  if (given.id == 0) throw std::invalid_argument("the id is missing");
  return given.id;
}

std::string needed_reason(const Arguments& given) {
  auto reason = read_reason(given.reason);
  if (!reason) throw std::invalid_argument("--reason: 1 to 200 characters");
  return std::move(reason).value();
}

Target text_of(const Arguments& given) {
  return {given.comment ? TargetKind::comment : TargetKind::feed, needed_id(given)};
}

void print(Command::Context& context, const Standing& standing) {
  const auto& act = standing.act;
  config::Table table({"actId", "action", "targetType", "targetId", "reason", "at", "until"});
  table.add({act.id.value, std::string(audit::to_string(act.action)), std::string(to_string(act.target.kind)),
             act.target.id, act.reason, time::to_rfc3339(act.at),
             act.ends_at ? config::Table::Cell(time::to_rfc3339(*act.ends_at)) : config::Table::Cell()});
  table.print_row(context.out, context.json);
}

void reports(Command::Context& context, const Arguments& given) {
  config::Table table({"reportId", "targetType", "targetId", "memberCount", "guestCount", "openedAt", "decision"});
  const auto before = given.before == 0 ? kMaxId : given.before;
  const auto found = context.host.database.read(
      [&](Connection& connection) { return cases(connection, given.queue, before, static_cast<int>(given.limit)); });
  for (const auto& each : found) {
    table.add({each.id.value, std::string(to_string(each.target.kind)), each.target.id, each.members, each.guests,
               time::to_rfc3339(each.opened_at),
               each.decision ? config::Table::Cell(std::string(to_string(*each.decision))) : config::Table::Cell()});
  }
  table.print(context.out, context.json);
}

using Text = Result<Standing> (*)(Connection&, const Actor&, const Target&, std::string_view, time::Timestamp);

void act_on_text(Command::Context& context, const Arguments& given, Text act) {
  const auto target = text_of(given);
  const auto reason = needed_reason(given);
  print(context, context.host.database.write([&](Connection& connection) {
    return unwrap(act(connection, kOperator, target, reason, context.host.clock.now()));
  }));
}

void look_behind(Command::Context& context, const Arguments& given) {
  const Target target{given.kind, needed_id(given)};
  const auto reason = needed_reason(given);
  const auto looked = context.host.database.write([&](Connection& connection) {
    return unwrap(look(connection, audit::kOperator, target, reason, context.host.clock.now()));
  });
  config::Table table({"targetType", "targetId", "userId"});
  table.add({std::string(to_string(target.kind)), target.id,
             looked.author ? config::Table::Cell(looked.author->value) : config::Table::Cell()});
  table.print_row(context.out, context.json);
}

void suspend_account(Command::Context& context, const Arguments& given, const accounts::LifeCycle& life_cycle) {
  const UserId user{needed_id(given)};
  Suspending suspending{needed_reason(given), std::nullopt};
  const auto now = context.host.clock.now();
  if (!given.until.empty()) {
    const auto day = time::parse_day(given.until);
    if (!day || *day <= context.host.zone.day_of(now)) throw std::invalid_argument("--until: a day after today");
    suspending.ends_at = context.host.zone.at(*day, std::chrono::minutes(0));
  }
  print(context, context.host.database.write([&](Connection& connection) {
    return unwrap(suspend(connection, life_cycle, kOperator, user, suspending, now));
  }));
}

void lift_account(Command::Context& context, const Arguments& given, const accounts::LifeCycle& life_cycle) {
  const UserId user{needed_id(given)};
  const auto reason = needed_reason(given);
  print(context, context.host.database.write([&](Connection& connection) {
    return unwrap(lift(connection, life_cycle, kOperator, user, reason, context.host.clock.now()));
  }));
}

void print_words(Command::Context& context, const Rules& rules) {
  config::Table table({"word"});
  for (const auto& word : rules.words) table.add({word});
  table.print(context.out, context.json);
}

void change_words(Command::Context& context, const Arguments& given, void (*change)(Rules&, const std::string&)) {
  const auto word = read_word(given.word);
  if (!word) throw std::invalid_argument(std::string(word.failure().message.en));
  print_words(context, context.host.database.write([&](Connection& connection) {
    auto rules = hold_rules(connection);
    const auto before = rules.words;
    change(rules, *word);
    if (rules.words.size() > kMaxWords) throw std::runtime_error("there are 500 words already");
    if (rules.words != before) {
      write_rules(connection, rules);
      audit::record(connection, audit::kOperator, audit::Action::change_rules, {}, "", context.host.clock.now());
    }
    return rules;
  }));
}

void add_word(Rules& rules, const std::string& word) {
  const auto at = std::ranges::lower_bound(rules.words, word);
  if (at == rules.words.end() || *at != word) rules.words.insert(at, word);
}
void remove_word(Rules& rules, const std::string& word) { std::erase(rules.words, word); }

using Declare = void (*)(config::Options&, Arguments&);
using Run = std::function<void(Command::Context&, const Arguments&)>;

Command command(std::string name, Command::Uses uses, std::string help, Declare declare, Run run) {
  const auto given = std::make_shared<Arguments>();
  return {"moderation",
          std::move(name),
          uses,
          std::move(help),
          [given, declare](config::Options& options) { declare(options, *given); },
          [given, run = std::move(run)](Command::Context context) { run(context, *given); }};
}

void declare_text(config::Options& options, Arguments& given) {
  options.integer("id", given.id, 1, kMaxId, "The post's id");
  options.toggle("--comment", given.comment, "It is a comment's id");
  options.text("--reason", given.reason, "Why; its author is told");
}

void declare_account(config::Options& options, Arguments& given) {
  options.integer("id", given.id, 1, kMaxId, "The account's id");
  options.text("--reason", given.reason, "Why; kept in the audit trail");
}

void declare_word(config::Options& options, Arguments& given) { options.text("word", given.word, "2 to 50 letters"); }

}  // namespace

std::vector<Command> commands(const accounts::LifeCycle& life_cycle) {
  using Uses = Command::Uses;
  return {
      command(
          "reports", Uses::reads, "Show what was reported or waits, the newest first",
          [](config::Options& options, Arguments& given) {
            options.choice<Queue>("--queue", given.queue,
                                  {{"members", Queue::members}, {"guests", Queue::guests}, {"closed", Queue::closed}},
                                  "What members reported and what waits, what guests alone did, or what was decided");
            options.integer("--before", given.before, 0, kMaxId, "Only ids below this; 0: from the newest");
            options.integer("--limit", given.limit, 1, 100'000, "At most so many");
          },
          reports),
      command("hide", Uses::writes, "Hide a post or comment from all but its author", declare_text,
              [](Command::Context& context, const Arguments& given) { act_on_text(context, given, hide); }),
      command("restore", Uses::writes, "Show it again, also what waits", declare_text,
              [](Command::Context& context, const Arguments& given) { act_on_text(context, given, restore); }),
      command(
          "look", Uses::writes, "Say who wrote something unlinked; the audit trail has that it was asked",
          [](config::Options& options, Arguments& given) {
            options.choice<TargetKind>("kind", given.kind,
                                       {{"feed", TargetKind::feed}, {"comment", TargetKind::comment}}, "What it is");
            options.integer("id", given.id, 1, kMaxId, "Its id");
            options.text("--reason", given.reason, "Why; kept in the audit trail");
          },
          look_behind),
      command(
          "suspend", Uses::writes, "Keep an account from signing in and hide all it wrote",
          [](config::Options& options, Arguments& given) {
            declare_account(options, given);
            options.text("--until", given.until, "YYYY-MM-DD, the day when it ends; without one it does not");
          },
          [&life_cycle](Command::Context& context, const Arguments& given) {
            suspend_account(context, given, life_cycle);
          }),
      command("lift", Uses::writes, "End a suspension", declare_account,
              [&life_cycle](Command::Context& context, const Arguments& given) {
                lift_account(context, given, life_cycle);
              }),
      command(
          "words", Uses::reads, "Show the words that keep a text back until a moderator has looked at it",
          [](config::Options&, Arguments&) {},
          [](Command::Context& context, const Arguments&) {
            print_words(context, context.host.database.read(read_rules));
          }),
      command("add-word", Uses::writes, "Keep texts with this word back", declare_word,
              [](Command::Context& context, const Arguments& given) { change_words(context, given, add_word); }),
      command("remove-word", Uses::writes, "Keep them back no longer", declare_word,
              [](Command::Context& context, const Arguments& given) { change_words(context, given, remove_word); }),
  };
}

}  // namespace dontgoback::core::moderation
