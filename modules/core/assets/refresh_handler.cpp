#include "refresh_handler.hpp"

#include <chrono>
#include <optional>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"

namespace dontgoback::core::assets {
namespace {

struct RefreshRequest {
  std::optional<time::Day> snapshotDay;
};
BOOST_DESCRIBE_STRUCT(RefreshRequest, (), (snapshotDay))

}  // namespace

http::Response run_refresh(jobs::Scheduler& scheduler, const AssetRefresh& refresh, time::Day today,
                           const http::Request& request) {
  time::Day day = today;
  if (!request.body.empty()) {
    day = http::unwrap(json::read<RefreshRequest>(request.body)).snapshotDay.value_or(today);
  }
  if (day > today + std::chrono::days(1)) {
    throw http::Error(FailureKind::invalid,
                      {"`snapshotDay`는 내일보다 늦을 수 없습니다.", "`snapshotDay` must not be later than tomorrow."});
  }

  RefreshResult result;
  http::unwrap(scheduler.run_now(kRefreshJob, [&](const jobs::Run& run) {
    result = refresh.run(day, run);
    return to_string(day, result);
  }));
  return http::envelope(request, 200, {"자산 갱신을 마쳤습니다.", "The assets were refreshed."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("total", result.total);
                          writer.field("success", result.success);
                          writer.field("failed", result.failed);
                          writer.field("elapsedMs", result.elapsed_ms);
                          writer.end_object();
                        });
}

}  // namespace dontgoback::core::assets
