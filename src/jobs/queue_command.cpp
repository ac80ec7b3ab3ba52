#include "dontgoback/jobs/queue_command.hpp"

#include <algorithm>
#include <ostream>

#include "dontgoback/config/table.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::jobs {
namespace {

using State = Outbox::State;

constexpr int kMostListed = 1000;

std::string_view name_of(State state) {
  switch (state) {
    case State::waiting:
      return "waiting";
    case State::failed:
      return "failed";
    case State::refused:
      break;
  }
  return "refused";
}

void show(Command::Context& context, const std::vector<std::string>& topics) {
  auto& host = context.host;
  std::vector<Outbox::Entry> entries;
  bool more = false;
  for (const auto& topic : topics) {
    const auto found = host.database.read(
        [&](storage::Connection& connection) { return host.outbox.entries(connection, topic, kMostListed); });
    more = more || std::ranges::count(found, State::waiting, &Outbox::Entry::state) == kMostListed;
    entries.insert(entries.end(), found.begin(), found.end());
  }
  config::Table table({"id", "state", "tries", "written", "next", "ended", "answer"});
  for (const auto& entry : entries) {
    const config::Table::Cell at = time::to_rfc3339(entry.at), none;
    const bool waits = entry.state == State::waiting;
    table.add({entry.id, std::string(name_of(entry.state)), entry.attempts, time::to_rfc3339(entry.created_at),
               waits ? at : none, waits ? none : at, entry.answer.empty() ? none : config::Table::Cell(entry.answer)});
  }
  table.print(context.out, context.json);
  if (more) context.notes << "more may wait: the first " << kMostListed << " are shown\n";
}

}  // namespace

Command queue_command(std::string group, std::vector<std::string> topics, std::string help) {
  return {std::move(group),        "queue",
          Command::Uses::reads,    std::move(help),
          [](config::Options&) {}, [topics = std::move(topics)](Command::Context context) { show(context, topics); }};
}

}  // namespace dontgoback::jobs
