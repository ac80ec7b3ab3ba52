#include "handlers.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "json.hpp"

namespace dontgoback::walk::steps {
namespace {

constexpr Message kRecorded{"걸음 수를 기록했습니다.", "The steps are recorded."};

/// Which field, and of which update: what a phone needs to leave that one out.
http::Response refusal(const http::Request& request, const Problem& problem) {
  return http::envelope(request, 400, problem.message, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("index", static_cast<std::int64_t>(problem.index));
    writer.field("field", problem.field);
    writer.end_object();
  });
}

void write(json::Writer& writer, const Recorded& recorded) {
  writer.field("day", recorded.day);
  writer.field("steps", static_cast<std::int64_t>(recorded.total));
  writer.field("version", recorded.version);
}

using Read = std::variant<std::vector<Update>, http::Response>;

/// What is in the body, judged.
Read judged(const Desk& desk, const http::Request& request, ReadUpdates read) {
  if (const auto* failure = std::get_if<Failure>(&read)) throw http::Error(*failure);
  if (const auto* problem = std::get_if<Problem>(&read)) return refusal(request, *problem);
  auto& updates = std::get<std::vector<Update>>(read);
  if (const auto problem = desk.recorder.problem_of(updates)) return refusal(request, *problem);
  return std::move(updates);
}

}  // namespace

time::Day day_in_path(const http::Request& request) {
  const auto day = time::parse_day(request.path_parameter("day"));
  if (day) return *day;
  throw http::Error(FailureKind::invalid,
                    {"`day`는 YYYY-MM-DD 형식의 날짜여야 합니다.", "`day` is a day, YYYY-MM-DD."});
}

http::Response put_day(const Desk& desk, const http::Request& request) {
  auto read = judged(desk, request, read_update(request.body, request.path_parameter("day")));
  if (auto* refused = std::get_if<http::Response>(&read)) return std::move(*refused);
  auto& updates = std::get<std::vector<Update>>(read);
  const auto recorded = http::unwrap(desk.recorder.record(request.identity.walker, std::move(updates)));
  return http::envelope(request, 200, kRecorded, [&](json::Writer& writer) {
    writer.begin_object();
    write(writer, recorded.front());
    writer.end_object();
  });
}

http::Response post_updates(const Desk& desk, const http::Request& request) {
  auto read = judged(desk, request, read_updates(request.body));
  if (auto* refused = std::get_if<http::Response>(&read)) return std::move(*refused);
  auto& updates = std::get<std::vector<Update>>(read);
  std::vector<std::string> devices;
  for (const auto& update : updates) devices.push_back(update.device);
  const auto recorded = http::unwrap(desk.recorder.record(request.identity.walker, std::move(updates)));
  return http::envelope(request, 200, kRecorded, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("recorded");
    writer.begin_array();
    for (std::size_t i = 0; i < recorded.size(); ++i) {
      writer.begin_object();
      write(writer, recorded[i]);
      writer.field("device", devices[i]);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  });
}

http::Response list_days(const Desk& desk, const http::Request& request) {
  const auto from = http::query_day(request, "from");
  const auto to = http::query_day(request, "to");
  if (!from || !to || *from > *to || (*to - std::chrono::days(kDaysBack - 1)) > *from) {
    throw http::Error(FailureKind::invalid, {"`from`과 `to`가 필요하며, `from`부터 400일까지만 볼 수 있습니다.",
                                             "`from` and `to` are needed, 400 days at most, in this order."});
  }
  return desk.database.read([&](storage::Connection& connection) {
    const auto walker = walkers::find(connection, request.identity.walker);
    if (!walker) throw http::Error(walkers::kNoWalker);
    const auto found = days(connection, walker->id, *from, *to);
    return http::envelope(request, 200, {"걸음 수입니다.", "The steps."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.field("today", today_of(*walker, desk.clock.now()));
      writer.key("days");
      writer.begin_array();
      for (const auto& each : found) {
        writer.begin_object();
        writer.field("day", each.day);
        writer.field("steps", static_cast<std::int64_t>(each.total));
        writer.field("byHours", each.by_hours);
        writer.field("confidence", static_cast<std::int64_t>(each.confidence));
        writer.end_object();
      }
      writer.end_array();
      writer.end_object();
    });
  });
}

http::Response take_device_back(const Desk& desk, const http::Request& request) {
  const std::string device(request.path_parameter("device"));
  const auto left = http::unwrap(desk.recorder.take_back(request.identity.walker, day_in_path(request), device));
  return http::envelope(request, 200, {"그 기기의 걸음을 뺐습니다.", "The device's steps are taken back."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("day", left.day);
                          writer.field("steps", static_cast<std::int64_t>(left.total));
                          writer.end_object();
                        });
}

}  // namespace dontgoback::walk::steps
