#include <limits>
#include <memory>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "rules.hpp"

namespace dontgoback::walk::reports {
namespace {

using config::Table;
using ports::ReportedNames;

constexpr std::int64_t kMaxId = std::numeric_limits<std::int64_t>::max();

struct Arguments {
  State state = State::open;
  std::int64_t before = 0;
  std::int64_t limit = 100;
  std::int64_t id = 0;
  Decision decision = Decision::keep;
  std::string name;
};

template <class T>
T unwrap(Result<T> result) {
  if (!result) throw std::runtime_error(std::string(result.failure().message.en));
  return std::move(result).value();
}

Table::Cell cell(std::optional<std::string_view> text) {
  return text ? Table::Cell(std::string(*text)) : Table::Cell();
}

/// `ABUSE 2, OTHER 1`
std::string in_words(const std::vector<ReportedNames::Count>& reasons) {
  std::string text;
  for (const auto& each : reasons) {
    text += (text.empty() ? "" : ", ") + std::string(to_string(each.reason)) + " " + std::to_string(each.times);
  }
  return text;
}

Table table_of(const std::vector<ReportedNames::Reported>& reports) {
  Table table({"reportId", "targetType", "name", "nameNow", "reports", "reasons", "openedOn", "decision"});
  for (const auto& each : reports) {
    table.add({each.id, std::string(to_string(each.kind)), each.name, cell(each.name_now), each.reports,
               in_words(each.reasons), time::to_string(each.opened_on),
               cell(each.decision ? std::optional(to_string(*each.decision)) : std::nullopt)});
  }
  return table;
}

void list(Command::Context& context, const walkers::Subscribers& subscribers, const Arguments& given) {
  const auto names = make_own_reported_names(context.host, subscribers);
  std::vector<ReportedNames::Reported> all;
  auto before = given.before == 0 ? kMaxId : given.before;
  while (static_cast<std::int64_t>(all.size()) < given.limit) {
    const auto left = given.limit - static_cast<std::int64_t>(all.size());
    auto page = unwrap(names->list(given.state, before, left < 50 ? static_cast<int>(left) : 50)).reports;
    if (page.empty()) break;
    before = page.back().id;
    std::move(page.begin(), page.end(), std::back_inserter(all));
  }
  table_of(all).print(context.out, context.json);
}

void decide_one(Command::Context& context, const walkers::Subscribers& subscribers, const Arguments& given) {
  if (given.id == 0) throw std::invalid_argument("the id is missing");
  if ((given.decision == Decision::rename) == given.name.empty()) {
    throw std::invalid_argument("--name: the new name, of `rename` and of nothing else");
  }
  const auto names = make_own_reported_names(context.host, subscribers);
  table_of({unwrap(names->decide(given.id, {given.decision, given.name}))}).print_row(context.out, context.json);
}

}  // namespace

std::vector<Command> commands(const walkers::Subscribers& subscribers) {
  const auto given = std::make_shared<Arguments>();
  return {
      {"walkers", "reports", Command::Uses::reads, "Show what walkers reported of names and cheers, the newest first",
       [given](config::Options& options) {
         options.choice<State>("--state", given->state, {{"open", State::open}, {"decided", State::decided}},
                               "What waits, or what was decided");
         options.integer("--before", given->before, 0, kMaxId, "Only ids below this; 0: from the newest");
         options.integer("--limit", given->limit, 1, 100'000, "At most so many");
       },
       [given, subscribers](Command::Context context) { list(context, subscribers, *given); }},
      {"walkers", "decide", Command::Uses::writes, "Decide on a report, and do what that comes to",
       [given](config::Options& options) {
         options.integer("id", given->id, 1, kMaxId, "The report's id");
         options.choice<Decision>("decision", given->decision,
                                  {{"keep", Decision::keep},
                                   {"rename", Decision::rename},
                                   {"remove", Decision::remove},
                                   {"suspend", Decision::suspend}},
                                  "Nothing is wrong; another name; no nickname, or the group closed; a walker "
                                  "suspended");
         options.text("--name", given->name, "The new name, of rename");
       },
       [given, subscribers](Command::Context context) { decide_one(context, subscribers, *given); }}};
}

}  // namespace dontgoback::walk::reports
