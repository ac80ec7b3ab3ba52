#include <limits>
#include <memory>

#include "audit.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::audit {
namespace {

struct Arguments {
  std::int64_t before = 0;
  std::int64_t limit = 100;
};

}  // namespace

std::vector<Command> commands() {
  const auto given = std::make_shared<Arguments>();
  return {{"moderation", "audit", Command::Uses::reads,
           "Show what moderators, admins and operators did and why, the newest first",
           [given](config::Options& options) {
             options.integer("--before", given->before, 0, std::numeric_limits<std::int64_t>::max(),
                             "Only ids below this; 0: from the newest");
             options.integer("--limit", given->limit, 1, 100'000, "At most so many");
           },
           [given](Command::Context context) {
             config::Table table({"entryId", "at", "actorId", "action", "targetType", "targetId", "reason"});
             const auto before = given->before == 0 ? std::numeric_limits<std::int64_t>::max() : given->before;
             context.host.database.read([&](storage::Connection& connection) {
               each_entry(connection, before, static_cast<int>(given->limit), [&table](const Entry& entry) {
                 table.add({entry.id.value, time::to_rfc3339(entry.at), entry.actor.value,
                            std::string(to_string(entry.action)), std::string(to_string(entry.target.kind)),
                            entry.target.id, std::string(entry.reason)});
               });
             });
             table.print(context.out, context.json);
           }}};
}

}  // namespace dontgoback::core::audit
