#include <limits>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "dontgoback/text/number.hpp"
#include "life_cycle.hpp"
#include "session_store.hpp"

namespace dontgoback::walk::walkers {
namespace {

std::string to_text(Status status) {
  switch (status) {
    case Status::suspended:
      return "SUSPENDED";
    case Status::leaving:
      return "LEAVING";
    default:
      return "ACTIVE";
  }
}

/// By its UUID, its nickname, or the number that the log has.
Walker walker_named(storage::Connection& connection, const std::string& name) {
  std::optional<Walker> found;
  if (const auto uuid = parse_uuid(name)) {
    found = find_by_uuid(connection, *uuid);
  } else if (const auto number = text::number<std::int64_t>(name)) {
    found = find(connection, WalkerId{*number});
  } else {
    found = find_by_folded(connection, folded_nickname(name));
  }
  if (!found) throw std::runtime_error("there is no walker '" + name + "'");
  return *found;
}

config::Table table_of(std::vector<Walker> walkers) {
  config::Table table({"number", "walkerId", "nickname", "status", "sharesSteps"});
  for (auto& walker : walkers) {
    table.add({walker.id.value, to_string(walker.uuid),
               walker.nickname.empty() ? config::Table::Cell() : config::Table::Cell(std::move(walker.nickname)),
               to_text(walker.status), walker.shares_steps});
  }
  return table;
}

struct Arguments {
  std::string walker;
  std::string nickname;
  std::int64_t after = 0;
  std::int64_t limit = 100;
  bool yes = false;
};
using Given = std::shared_ptr<Arguments>;

/// A command on one walker: `act` changes it, locked.
template <class F>
Command on_one(std::string name, std::string help, F act, bool takes_nickname = false) {
  const auto given = std::make_shared<Arguments>();
  return {"walkers",
          std::move(name),
          Command::Uses::writes,
          std::move(help),
          [given, takes_nickname](config::Options& options) {
            options.text("walker", given->walker, "Its UUID, its nickname, or its number");
            if (takes_nickname) options.text("nickname", given->nickname, "Its new nickname");
          },
          [given, act](Command::Context context) {
            const auto changed = context.host.database.write([&](storage::Connection& connection) {
              const auto walker = walker_named(connection, given->walker);
              lock_walker(connection, walker.id);
              act(connection, walker, *given, context.host.clock.now());
              return find(connection, walker.id).value();
            });
            table_of({changed}).print_row(context.out, context.json);
          }};
}

Command list_command() {
  const auto given = std::make_shared<Arguments>();
  return {"walkers",
          "list",
          Command::Uses::reads,
          "Show walkers, the oldest first",
          [given](config::Options& options) {
            options.integer("--after", given->after, 0, std::numeric_limits<std::int64_t>::max(),
                            "Only numbers above this");
            options.integer("--limit", given->limit, 1, 100'000, "At most so many");
          },
          [given](Command::Context context) {
            auto walkers = context.host.database.read([&](storage::Connection& connection) {
              return list_walkers(connection, WalkerId{given->after}, static_cast<int>(given->limit));
            });
            table_of(std::move(walkers)).print(context.out, context.json);
          }};
}

Command show_command() {
  const auto given = std::make_shared<Arguments>();
  return {"walkers",
          "show",
          Command::Uses::reads,
          "Show a walker",
          [given](config::Options& options) {
            options.text("walker", given->walker, "Its UUID, its nickname, or its number");
          },
          [given](Command::Context context) {
            const auto walker = context.host.database.read(
                [&](storage::Connection& connection) { return walker_named(connection, given->walker); });
            table_of({walker}).print_row(context.out, context.json);
          }};
}

Command reset_command() {
  const auto given = std::make_shared<Arguments>();
  return {
      "walkers",
      "reset-keys",
      Command::Uses::writes,
      "Forgets walk's key and who signs in to which walker, for when walk.key is lost; the next start makes a new one",
      [given](config::Options& options) {
        options.toggle("--yes", given->yes,
                       "Every session ends; walkers of phones, whom no member has, are not found again");
      },
      [given](Command::Context context) {
        if (!given->yes) {
          throw std::invalid_argument(
              "walkers reset-keys signs everybody out, and walkers of phones, whom no member has, are not found "
              "again: give --yes for that");
        }
        config::Table table({"done", "endedSessions"});
        table.add({std::string("reset"), reset_keys(context.host.database)});
        table.print_row(context.out, context.json);
        context.notes << "start every node that runs walk anew: a running one still has the old key\n";
      }};
}

}  // namespace

std::vector<Command> commands(const Subscribers& subscribers) {
  using storage::Connection;
  std::vector<Command> all{list_command(), show_command()};
  all.push_back(on_one(
      "rename", "Gives a walker another nickname, which it may change at once",
      [subscribers](Connection& connection, const Walker& walker, const Arguments& given, time::Timestamp) {
        const auto nickname = read_nickname(given.nickname);
        if (!nickname) throw std::invalid_argument(std::string(nickname.failure().message.en));
        const auto done = give_nickname(connection, subscribers, walker.id, *nickname);
        if (!done) throw std::runtime_error(std::string(done.failure().message.en));
      },
      true));
  all.push_back(on_one("remove-nickname", "Takes a walker's nickname away; it may choose another at once",
                       [subscribers](Connection& connection, const Walker& walker, const Arguments&, time::Timestamp) {
                         static_cast<void>(give_nickname(connection, subscribers, walker.id, std::nullopt));
                       }));
  all.push_back(
      on_one("suspend", "Suspends a walker: it is signed out everywhere, and friends do not see it",
             [subscribers](Connection& connection, const Walker& walker, const Arguments&, time::Timestamp now) {
               change_status(connection, subscribers, walker.id, Status::suspended, now);
             }));
  all.push_back(
      on_one("lift", "Ends a walker's suspension",
             [subscribers](Connection& connection, const Walker& walker, const Arguments&, time::Timestamp now) {
               if (walker.status == Status::leaving) throw std::runtime_error("it is not suspended: it is leaving");
               change_status(connection, subscribers, walker.id, Status::active, now);
             }));
  all.push_back(reset_command());
  return all;
}

}  // namespace dontgoback::walk::walkers
