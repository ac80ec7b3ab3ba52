#include <algorithm>
#include <optional>
#include <vector>

#include "confidence.hpp"
#include "day_store.hpp"
#include "dontgoback/http/error.hpp"
#include "handlers.hpp"
#include "json.hpp"
#include "walker_clock.hpp"

// Why a day has the steps that it has: what each device said, which hours were the day's, and what decided.
namespace dontgoback::walk::steps {
namespace {

constexpr Failure kNoDay{FailureKind::not_found, {"그 날의 기록이 없습니다.", "Nothing was told of that day."}};

/// Time that is the day's while the clock showed one offset.
struct Stretch {
  Quarter from, until;
  std::int64_t offset;
};

std::vector<Stretch> stretches_of(time::Day day, std::span<const ToldDay> told) {
  const WalkerClock clock(told);
  std::vector<Stretch> stretches;
  const auto first = (day.number() * kMinutesOfDay - 14 * 60) / 15;
  for (auto quarter = first; quarter < first + 50 * 4; ++quarter) {
    const auto offset = clock.seen_at(quarter);
    if (!offset || clock.day_of(quarter) != day) continue;
    if (!stretches.empty() && stretches.back().until == quarter && stretches.back().offset == *offset) {
      stretches.back().until = quarter + 1;
    } else {
      stretches.push_back({quarter, quarter + 1, *offset});
    }
  }
  return stretches;
}

time::Timestamp moment_of(Quarter quarter) { return time::Timestamp(std::chrono::minutes(quarter * 15)); }

Message rule_of(const Row& row, const DaySum& sum) {
  if (!row.plain) {
    return row.by_hours
               ? Message{"그 무렵 시계가 바뀌었습니다. 이 날에 속하는 시간의 걸음을, 시간마다 더 많은 기기의 것으로 더했습니다.",
                         "The clock changed around that day. Of the time that is the day's, the larger of each hour is "
                         "summed."}
               : Message{"그 무렵 시계가 바뀌었습니다. 이 날에 속하는 시간에 가장 많이 센 기기의 합계입니다.",
                         "The clock changed around that day. It is what one device counted in the time that is the "
                         "day's, the most of all."};
  }
  if (row.by_hours && sum.devices.size() > 1) {
    return {"시간마다 더 많은 기기의 걸음을 더했습니다.", "The larger of each hour is summed."};
  }
  if (row.by_hours) return {"기기가 알려 준 시간별 걸음의 합입니다.", "The hours that the device told, summed."};
  return {"기기들이 알려 준 합계 중 가장 큰 것입니다.", "The largest total that a device told."};
}

template <class F>
void list(json::Writer& writer, std::string_view name, const auto& of, F&& write_each) {
  writer.key(name);
  writer.begin_array();
  for (const auto& each : of) {
    writer.begin_object();
    write_each(each);
    writer.end_object();
  }
  writer.end_array();
}

void write_said(json::Writer& writer, const Said& said) {
  writer.field("device", said.device);
  writer.field("source", to_string(said.source));
  writer.field("utcOffsetMinutes", said.offset_minutes);
  writer.field("version", said.version);
  writer.field("steps", static_cast<std::int64_t>(said.total));
  writer.key("hours");
  writer.begin_array();
  for (const auto steps : said.hours) writer.value(static_cast<std::int64_t>(steps));
  writer.end_array();
  writer.field("takenBack", said.taken_back);
}

}  // namespace

http::Response why(const Desk& desk, const http::Request& request) {
  const auto day = day_in_path(request);
  const std::chrono::days reach(kReach);
  auto rows = desk.database.read([&](storage::Connection& connection) {
    return rows_between(connection, request.identity.walker, day - reach, day + reach);
  });
  const auto row = std::ranges::find(rows, day, &Row::day);
  if (row == rows.end()) throw http::Error(kNoDay);
  std::vector<ToldDay> told;
  for (const auto& each : rows) told.push_back({each.day, each.told});
  const auto sum = row->plain ? sum_of(row->told) : sum_of(day, told);
  const auto confidence = confidence_of(sum, row->told, desk.recorder.limits());

  return http::envelope(request, 200, {"그 날의 걸음 수가 정해진 까닭입니다.", "Why the day has these steps."},
                        [&](json::Writer& writer) {
                          const auto words = [&](const Message& message) {
                            return request.language == http::Language::en ? message.en : message.ko;
                          };
                          writer.begin_object();
                          writer.field("day", day);
                          writer.field("steps", static_cast<std::int64_t>(row->total));
                          writer.field("byHours", row->by_hours);
                          writer.field("rule", words(rule_of(*row, sum)));
                          list(writer, "devices", sum.devices, [&](const DeviceShare& share) {
                            writer.field("device", share.device);
                            writer.field("source", to_string(share.source));
                            writer.field("steps", static_cast<std::int64_t>(share.total));
                            writer.field("tellsHours", share.tells_hours);
                          });
                          list(writer, "time", stretches_of(day, told), [&](const Stretch& stretch) {
                            writer.field("from", moment_of(stretch.from));
                            writer.field("until", moment_of(stretch.until));
                            writer.field("utcOffsetMinutes", stretch.offset);
                          });
                          // Where the clock did not change, what was told of other days has no part in this one.
                          std::erase_if(told, [&](const ToldDay& each) { return row->plain && each.day != day; });
                          list(writer, "told", told, [&](const ToldDay& each) {
                            writer.field("day", each.day);
                            list(writer, "by", each.told.said, [&](const Said& said) { write_said(writer, said); });
                          });
                          writer.field("confidence", static_cast<std::int64_t>(confidence.percent));
                          list(writer, "doubts", confidence.doubts, [&](const Doubted& doubted) {
                            writer.field("doubt", to_string(doubted.doubt));
                            writer.field("confidence", static_cast<std::int64_t>(doubted.confidence));
                            writer.field("text", words(words_of(doubted.doubt)));
                          });
                          writer.end_object();
                        });
}

}  // namespace dontgoback::walk::steps
