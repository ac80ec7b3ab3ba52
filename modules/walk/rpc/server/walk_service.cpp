#include "walk_service.hpp"

#include <functional>

#include "answering.hpp"
#include "pushing.hpp"
#include "status.hpp"
#include "uploading.hpp"
#include "walk_v1.pb.h"

namespace dontgoback::walk::rpc {
namespace {

constexpr std::size_t kRequestsUnderWay = 8;

class RecordStream final : public Uploading<::walk::v1::RecordRequest, ::walk::v1::Acknowledgement> {
 public:
  RecordStream(Parts parts, grpc::CallbackServerContext& context) : Uploading(parts, context, kRequestsUnderWay) {}

 protected:
  Read<std::vector<steps::Update>> read(const ::walk::v1::RecordRequest& request, const Calls::Caller&) override {
    return updates_of(request, calls());
  }
  std::optional<::walk::v1::Acknowledgement> acknowledgement(const std::vector<steps::Recorded>& recorded) override {
    ::walk::v1::Acknowledgement acknowledgement;
    acknowledgement.set_requests(++requests_);
    for (const auto& each : recorded) {
      auto& day = *acknowledgement.add_days();
      day.set_day(calls().text_of(each.day));
      day.set_total(each.total);
      day.set_version(each.version);
    }
    return acknowledgement;
  }

 private:
  std::int64_t requests_ = 0;
};

std::optional<Calls::Period> period_of(::walk::v1::Period period) {
  switch (period) {
    case ::walk::v1::PERIOD_TODAY:
      return Calls::Period::today;
    case ::walk::v1::PERIOD_WEEK:
      return Calls::Period::week;
    case ::walk::v1::PERIOD_MONTH:
      return Calls::Period::month;
    default:
      return std::nullopt;
  }
}

class BoardStream final : public Pushing<::walk::v1::WatchBoardRequest, ::walk::v1::Board> {
 public:
  using Pushing::Pushing;

 protected:
  std::optional<grpc::Status> take(const ::walk::v1::WatchBoardRequest& request) override {
    period_ = period_of(request.period());
    if (!period_) return invalid("period", "must be PERIOD_TODAY, PERIOD_WEEK or PERIOD_MONTH");
    return std::nullopt;
  }
  void ask(const Calls::Caller& caller) override {
    calls().board(caller.walker, *period_, [this](const Result<std::vector<Calls::BoardEntry>>& entries) {
      if (!entries) return stop(status_of(entries.failure()));
      std::vector<::walk::v1::Board> news;
      auto board = board_of(*entries);
      // What was sent is not kept, for it may be many names.
      const auto now = std::hash<std::string>()(board.SerializeAsString());
      if (said_ != now) news.push_back(std::move(board));
      said_ = now;
      send(std::move(news));
    });
  }

 private:
  static ::walk::v1::Board board_of(const std::vector<Calls::BoardEntry>& entries) {
    ::walk::v1::Board board;
    for (const auto& from : entries) {
      auto& entry = *board.add_entries();
      entry.set_walker(from.walker);
      entry.set_nickname(from.nickname);
      entry.set_steps(from.steps);
      entry.set_rank(from.rank);
      entry.set_me(from.is_me);
      entry.set_doubtful(from.is_doubtful);
    }
    return board;
  }

  std::optional<Calls::Period> period_;
  std::optional<std::size_t> said_;
};

// Nothing where nothing is said; false for what is no day.
bool read_day(const std::string& text, std::optional<time::Day>& day, const Calls& calls) {
  if (text.empty()) return true;
  day = calls.day_of(text);
  return day.has_value();
}

class GetDays final : public Answering<::walk::v1::GetDaysRequest, ::walk::v1::GetDaysResponse> {
 public:
  GetDays(const Parts& parts, grpc::CallbackServerContext& context) : Answering(parts, Callers::by_token, context) {}

 protected:
  void answer(const ::walk::v1::GetDaysRequest& request, const Calls::Caller& caller) override {
    Calls::Days days;
    if (!read_day(request.from(), days.from, calls())) return stop(invalid("from", "must be a day as 2026-01-31"));
    if (!read_day(request.to(), days.to, calls())) return stop(invalid("to", "must be a day as 2026-01-31"));
    if (days.from && days.to && *days.to < *days.from) return stop(invalid("to", "must not be before from"));
    const auto& walker = request.walker().empty() ? caller.uuid : request.walker();
    calls().days_of(caller.walker, {walker}, days, [this](const Result<std::vector<Calls::DayOf>>& found) {
      if (!found) return stop(status_of(found.failure()));
      ::walk::v1::GetDaysResponse response;
      for (const auto& from : *found) {
        auto& day = *response.add_days();
        day.set_day(calls().text_of(from.day));
        day.set_total(from.steps);
      }
      reply(std::move(response));
    });
  }
};

}  // namespace

WalkService::WalkService(const Parts& parts) {
  add<RecordStream>("/walk.v1.WalkService/Record", parts);
  add<BoardStream>("/walk.v1.WalkService/WatchBoard", parts);
  add<GetDays>("/walk.v1.WalkService/GetDays", parts);
}

}  // namespace dontgoback::walk::rpc
