// Bodies of steps as REST takes them, of one day and of many, and the moments and sources in them.
#include "fuzz.hpp"
#include "steps/json.hpp"

using namespace dontgoback;
using namespace dontgoback::walk::steps;
using dontgoback::fuzz::require;

namespace {

constexpr Judging kNow{time::Timestamp(std::chrono::seconds(1'800'000'000)), true};

void judge(const ReadUpdates& read) {
  if (const auto* failure = std::get_if<Failure>(&read)) {
    require(failure->kind == FailureKind::invalid || failure->kind == FailureKind::too_large);
    return;
  }
  if (const auto* problem = std::get_if<Problem>(&read)) {
    require(!problem->field.empty() && !problem->message.en.empty());
    return;
  }
  const auto& updates = std::get<std::vector<Update>>(read);
  if (const auto problem = problem_of(updates, kNow)) {
    require(!problem->field.empty() && problem->index < std::max<std::size_t>(1, updates.size()));
    return;
  }
  require(!updates.empty() && updates.size() <= kMostUpdates);
  for (const auto& update : updates) {
    require(update.total >= 0 && update.total <= kMostSteps && update.hours.size() <= 25);
    for (const auto hour : update.hours) require(hour >= 0 && hour <= kMostSteps);
    require(!update.device.empty() && update.device.size() <= kLongestDevice);
    require(parse_source(to_string(update.source)) == update.source);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  judge(read_update(text, "2027-01-15"));
  judge(read_update("{}", text));
  judge(read_updates(text));
  if (const auto moment = parse_moment(text)) require(text.ends_with("Z") && *moment > time::Timestamp::min());
  if (const auto source = parse_source(text)) require(to_string(*source) == text);
  return 0;
}
