#include "commands/keys.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "commands/operator.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/time/day.hpp"
#include "keys/sealing.hpp"
#include "keys/store.hpp"

namespace dontgoback::auth {
namespace {

using config::Table;

struct Arguments {
  std::string kid;
  bool now = false;
  bool reset = false;
};

using Files = std::function<KeyFiles(const Host&)>;

Table::Cell moment(const std::optional<time::Timestamp>& timestamp) {
  return timestamp ? Table::Cell(time::to_rfc3339(*timestamp)) : Table::Cell();
}

std::vector<KeyTimes> times_in(storage::Database& database) {
  return database.read([](storage::Connection& connection) { return all_key_times(connection); });
}

/// For what opens keys; there is one.
KeyRing opened_ring(const Command::Context& context, const Files& files) {
  const auto& host = context.host;
  if (times_in(host.database).empty()) {
    throw std::runtime_error("there is no signing key yet: the server makes one when it starts");
  }
  return {host.database, host.clock, present_sealing_key(files(host).sealing)};
}

void list(const Command::Context& context, const Files& files) {
  Table table({"kid", "algorithm", "state", "signsFrom"});
  if (times_in(context.host.database).empty()) {
    context.notes << "there is no signing key yet: the server makes one when it starts\n";
    return table.print(context.out, context.json);
  }
  for (const auto& key : opened_ring(context, files).describe()) {
    table.add({key.plan.key.kid, std::string(security::name_of(key.algorithm)), std::string(name_of(key.plan.state)),
               time::to_rfc3339(key.plan.key.signs_from)});
  }
  table.print(context.out, context.json);
}

void plan(const Command::Context& context, std::int64_t rotation_days) {
  struct Moment {
    time::Timestamp at;
    std::string what;
    std::string kid;
  };
  std::vector<Moment> moments;
  const auto now = context.host.clock.now();
  const auto times = times_in(context.host.database);
  for (const auto& entry : times.empty() ? std::vector<KeyPlan>() : plan_of(times, now)) {
    moments.push_back({entry.key.published_at, "published", entry.key.kid});
    moments.push_back({entry.key.signs_from, "signs", entry.key.kid});
    if (entry.gone_at) moments.push_back({*entry.gone_at, "its last token has ended; forgotten", entry.key.kid});
  }
  if (rotation_days > 0 && !times.empty()) {
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

/// Needs no key file: it is the way out when that is lost.
void reset(const Command::Context& context, const Files& files, bool confirmed) {
  const auto& host = context.host;
  if (!confirmed) {
    throw std::invalid_argument(
        "keys reset ends every token issued so far and wants every auth node stopped: give --yes for that; a key that "
        "can be opened is better replaced by keys rotate or keys retire");
  }
  const auto forgotten = times_in(host.database);
  forget_keys(host.database, host.clock, files(host).first_release, command_line_operator());
  Table table({"kid", "done"});
  for (const auto& key : forgotten) table.add({key.kid, std::string("forgotten")});
  table.print(context.out, context.json);
  context.notes << (forgotten.empty() ? "there was no key to forget: " : "")
                << "the first auth node that starts makes a new key, and " << files(host).sealing.string()
                << " if it is missing, which every other auth node needs a copy of. Restart verifiers of the first "
                   "release, too: they read the key once.\n";
}

}  // namespace

std::vector<Command> key_commands(std::function<KeyFiles(const Host&)> files, const std::int64_t& rotation_days) {
  using Uses = Command::Uses;
  const auto given = std::make_shared<Arguments>();
  return {
      {"keys",
       "list",
       Uses::reads,
       "Shows the keys that sign tokens between servers",
       {},
       [files](Command::Context context) { list(context, files); }},
      {"keys",
       "plan",
       Uses::reads,
       "Shows when which key is published, signs and is forgotten",
       {},
       [&rotation_days](Command::Context context) { plan(context, rotation_days); }},
      {"keys", "rotate", Uses::writes, "Publishes a next key, which signs ten minutes later",
       [given](config::Options& options) {
         options.toggle("--now", given->now, "It signs at once: verifiers fetch it when they meet it");
       },
       [files, given](Command::Context context) {
         const auto when = given->now ? KeyRing::When::now : KeyRing::When::after_publication;
         print(context, opened_ring(context, files).rotate(when, command_line_operator()), "state");
       }},
      {"keys", "retire", Uses::writes, "Takes a key and every token it signed out of use at once",
       [given](config::Options& options) { options.text("kid", given->kid, "The key, as `keys list` shows it"); },
       [files, given](Command::Context context) {
         if (given->kid.empty()) throw std::invalid_argument("the key's kid is missing");
         print(context, opened_ring(context, files).retire(given->kid, command_line_operator()), "state");
       }},
      {"keys", "reset", Uses::writes,
       "Forgets all keys, also those that auth.key cannot open any more; the next start makes a new one",
       [given](config::Options& options) {
         options.toggle("--yes", given->reset,
                        "Every token issued so far may be refused, and every auth node restarted");
       },
       [files, given](Command::Context context) { reset(context, files, given->reset); }},
  };
}

}  // namespace dontgoback::auth
