#include "keys/commands.hpp"

#include <algorithm>
#include <stdexcept>

#include "audit/operator.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"
#include "keys/store.hpp"

namespace dontgoback::auth {
namespace {

using config::Table;

struct Arguments {
  std::string kid;
  bool now = false;
};

Table::Cell moment(const std::optional<time::Timestamp>& timestamp) {
  return timestamp ? Table::Cell(time::to_rfc3339(*timestamp)) : Table::Cell();
}

void list(const Command::Context& context, const KeyRing& ring) {
  Table table({"kid", "algorithm", "state", "signsFrom"});
  for (const auto& key : ring.describe()) {
    table.add({key.plan.key.kid, std::string(security::name_of(key.algorithm)), std::string(name_of(key.plan.state)),
               time::to_rfc3339(key.plan.key.signs_from)});
  }
  table.print(context.out, context.json);
}

void plan(const Command::Context& context, const KeyRing& ring, std::int64_t rotation_days) {
  struct Moment {
    time::Timestamp at;
    std::string what;
    std::string kid;
  };
  std::vector<Moment> moments;
  std::vector<KeyTimes> times;
  for (const auto& entry : ring.plan()) {
    moments.push_back({entry.key.published_at, "published", entry.key.kid});
    moments.push_back({entry.key.signs_from, "signs", entry.key.kid});
    if (entry.gone_at) moments.push_back({*entry.gone_at, "its last token has ended; forgotten", entry.key.kid});
    times.push_back(entry.key);
  }
  const auto now = context.host.clock.now();
  if (rotation_days > 0) {
    if (const auto due = next_publication(times, std::chrono::days(rotation_days), now)) {
      moments.push_back({*due, "a next key is published", {}});
      moments.push_back({*due + kPublishedBefore, "that key signs", {}});
    }
  }
  std::stable_sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) { return a.at < b.at; });
  Table table({"at", "past", "what", "kid"});
  for (const auto& [at, what, kid] : moments) table.add({time::to_rfc3339(at), at <= now, what, kid});
  table.print(context.out, context.json);
}

void print(const Command::Context& context, const Result<KeyPlan>& result, std::string_view what) {
  if (!result) throw std::runtime_error(std::string(result.failure().message.en));
  Table table({"kid", what, "signsFrom"});
  table.add({result->key.kid, std::string(name_of(result->state)), moment(result->key.signs_from)});
  table.print_row(context.out, context.json);
}

}  // namespace

std::vector<Command> key_commands(const std::unique_ptr<KeyRing>& ring, const std::int64_t& rotation_days,
                                  bool& reset) {
  const auto given = std::make_shared<Arguments>();
  return {
      {"keys",
       "list",
       "Shows the keys that sign tokens between servers",
       {},
       [&ring](Command::Context context) { list(context, *ring); }},
      {"keys",
       "plan",
       "Shows when which key is published, signs and is forgotten",
       {},
       [&ring, &rotation_days](Command::Context context) { plan(context, *ring, rotation_days); }},
      {"keys", "rotate", "Publishes a next key, which signs ten minutes later",
       [given](config::Options& options) {
         options.toggle("--now", given->now, "It signs at once: verifiers fetch it when they meet it");
       },
       [&ring, given](Command::Context context) {
         const auto when = given->now ? KeyRing::When::now : KeyRing::When::after_publication;
         print(context, ring->rotate(when, command_line_operator()), "state");
       }},
      {"keys", "retire", "Takes a key and every token it signed out of use at once",
       [given](config::Options& options) { options.text("kid", given->kid, "The key, as `keys list` shows it"); },
       [&ring, given](Command::Context context) {
         if (given->kid.empty()) throw std::invalid_argument("the key's kid is missing");
         print(context, ring->retire(given->kid, command_line_operator()), "state");
       }},
      {"keys", "reset", "Forgets all keys, also those that auth.key cannot open any more, and makes a new one",
       [&reset](config::Options& options) {
         options.toggle("--yes", reset, "Every token issued so far may be refused, and every auth node restarted");
       },
       [&ring, &reset](Command::Context context) {
         if (!reset) {
           throw std::invalid_argument(
               "keys reset ends every token issued so far and wants every auth node stopped: give --yes for that; a "
               "key "
               "that can be opened is better replaced by keys rotate or keys retire");
         }
         list(context, *ring);
         if (!context.json) {
           context.out
               << "Start every auth node anew, with this auth.key. Verifiers of the first release, too: they read "
                  "the key once.\n";
         }
       }},
  };
}

}  // namespace dontgoback::auth
