#include "json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "dontgoback/json/reader.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr std::array<std::pair<std::string_view, Source>, 5> kSources{{{"UNKNOWN", Source::unknown},
                                                                       {"PHONE", Source::phone},
                                                                       {"WATCH", Source::watch},
                                                                       {"MANUAL", Source::manual},
                                                                       {"IMPORT", Source::import_}}};

struct OneUpdate {
  std::optional<std::string> day;
  std::string device;
  std::optional<std::string> source;
  std::int64_t steps = 0;
  std::optional<std::vector<std::int64_t>> hours;
  std::int64_t version = 0;
  std::optional<std::int64_t> utcOffsetMinutes;
  std::optional<std::string> measuredAt;
};
BOOST_DESCRIBE_STRUCT(OneUpdate, (), (day, device, source, steps, hours, version, utcOffsetMinutes, measuredAt))

struct ManyUpdates {
  std::vector<OneUpdate> updates;
};
BOOST_DESCRIBE_STRUCT(ManyUpdates, (), (updates))

constexpr Problem kBadDay{0, "day", {"`day`는 YYYY-MM-DD 형식의 날짜여야 합니다.", "`day` is a day, YYYY-MM-DD."}};
constexpr Problem kBadSource{0,
                             "source",
                             {"`source`는 PHONE, WATCH, MANUAL, IMPORT, UNKNOWN 중 하나여야 합니다.",
                              "`source` is PHONE, WATCH, MANUAL, IMPORT or UNKNOWN."}};
constexpr Problem kBadMoment{0,
                             "measuredAt",
                             {"`measuredAt`은 2026-01-31T09:15:00.123Z 형식의 UTC 시각이어야 합니다.",
                              "`measuredAt` is a moment in UTC, as 2026-01-31T09:15:00.123Z."}};
/// What cannot be so many is -1, which is refused where all numbers are judged.
std::int32_t as_steps(std::int64_t number) {
  return number < 0 || number > kMostSteps ? -1 : static_cast<std::int32_t>(number);
}

std::variant<Update, Problem> update_of(const OneUpdate& said, std::string_view day_text) {
  const auto day = time::parse_day(day_text);
  if (!day) return kBadDay;
  const auto source = parse_source(said.source.value_or("UNKNOWN"));
  if (!source) return kBadSource;
  Update update{*day, said.device, *source, 0, {}, said.version, said.utcOffsetMinutes, {}};
  if (said.hours) std::ranges::transform(*said.hours, std::back_inserter(update.hours), as_steps);
  update.total = as_steps(said.steps);
  if (said.measuredAt) {
    update.measured_at = parse_moment(*said.measuredAt);
    if (!update.measured_at) return kBadMoment;
  }
  return update;
}

}  // namespace

std::string_view to_string(Source source) {
  if (source == Source::first_release) return "FIRST_RELEASE";
  const auto found = std::ranges::find(kSources, source, [](const auto& each) { return each.second; });
  return found == kSources.end() ? "UNKNOWN" : found->first;
}

std::optional<Source> parse_source(std::string_view text) {
  const auto found = std::ranges::find(kSources, text, [](const auto& each) { return each.first; });
  return found == kSources.end() ? std::nullopt : std::optional(found->second);
}

std::optional<time::Timestamp> parse_moment(std::string_view text) {
  constexpr std::string_view kForm = "YYYY-MM-DDTHH:MM:SS";
  if (text.size() <= kForm.size() || text.back() != 'Z' || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const auto day = time::parse_day(text.substr(0, 10));
  const auto number = [text](std::size_t at, int most) -> std::optional<int> {
    const char tens = text[at], ones = text[at + 1];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return std::nullopt;
    const int value = (tens - '0') * 10 + ones - '0';
    return value > most ? std::nullopt : std::optional(value);
  };
  const auto hour = number(11, 23), minute = number(14, 59), second = number(17, 59);
  if (!day || !hour || !minute || !second) return std::nullopt;
  auto fraction = text.substr(kForm.size(), text.size() - kForm.size() - 1);
  int milliseconds = 0;
  if (!fraction.empty()) {
    if (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > 10) return std::nullopt;
    fraction.remove_prefix(1);
    if (!std::ranges::all_of(fraction, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    const auto three = (std::string(fraction) + "00").substr(0, 3);
    std::from_chars(three.data(), three.data() + 3, milliseconds);
  }
  return time::Timestamp(day->date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + std::chrono::milliseconds(milliseconds);
}

ReadUpdates read_update(std::string_view body, std::string_view day) {
  const auto said = json::read<OneUpdate>(body);
  if (!said) return said.failure();
  auto update = update_of(*said, day);
  if (const auto* problem = std::get_if<Problem>(&update)) return *problem;
  return std::vector<Update>{std::get<Update>(std::move(update))};
}

ReadUpdates read_updates(std::string_view body) {
  const auto said = json::read<ManyUpdates>(body);
  if (!said) return said.failure();
  std::vector<Update> updates;
  for (const auto& each : said->updates) {
    auto update = update_of(each, each.day.value_or(""));
    if (auto* problem = std::get_if<Problem>(&update)) {
      problem->index = updates.size();
      return *problem;
    }
    updates.push_back(std::get<Update>(std::move(update)));
  }
  return updates;
}

}  // namespace dontgoback::walk::steps
