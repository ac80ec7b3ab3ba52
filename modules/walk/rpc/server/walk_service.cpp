#include "walk_service.hpp"

#include <functional>

#include "pushing.hpp"
#include "status.hpp"
#include "uploading.hpp"

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

class BoardStream final : public Pushing<::walk::v1::Board> {
 public:
  BoardStream(Parts parts, grpc::CallbackServerContext& context, ::walk::v1::Period period)
      : Pushing(parts, context, token_of(context).value_or("")), period_(period_of(period)) {}

 protected:
  void ask(const Calls::Caller& caller) override {
    if (!period_) return stop(invalid("period", "must be PERIOD_TODAY, PERIOD_WEEK or PERIOD_MONTH"));
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

  const std::optional<Calls::Period> period_;
  std::optional<std::size_t> said_;
};

// Nothing where nothing is said; false for what is no day.
bool read_day(const std::string& text, std::optional<time::Day>& day, const Calls& calls) {
  if (text.empty()) return true;
  day = calls.day_of(text);
  return day.has_value();
}

}  // namespace

grpc::ServerBidiReactor<::walk::v1::RecordRequest, ::walk::v1::Acknowledgement>* WalkService::Record(
    grpc::CallbackServerContext* context) {
  auto* stream = new RecordStream(parts_, *context);
  stream->begin();
  return stream;
}

grpc::ServerWriteReactor<::walk::v1::Board>* WalkService::WatchBoard(grpc::CallbackServerContext* context,
                                                                     const ::walk::v1::WatchBoardRequest* request) {
  if (!token_of(*context)) return new Refused<::walk::v1::Board>(no_token());
  auto* stream = new BoardStream(parts_, *context, request->period());
  stream->begin();
  return stream;
}

grpc::ServerUnaryReactor* WalkService::GetDays(grpc::CallbackServerContext* context,
                                               const ::walk::v1::GetDaysRequest* request,
                                               ::walk::v1::GetDaysResponse* response) {
  auto* call = context->DefaultReactor();
  const auto refuse = [call](const grpc::Status& status) { call->Finish(status); };
  const auto answer = [this, call, response](const Result<std::vector<Calls::DayOf>>& days) {
    if (!days) return call->Finish(status_of(days.failure()));
    for (const auto& from : *days) {
      auto& day = *response->add_days();
      day.set_day(parts_.calls.text_of(from.day));
      day.set_total(from.steps);
    }
    call->Finish(grpc::Status::OK);
  };
  authenticate(
      parts_, *context, {},
      [this, call, request, answer](const Calls::Caller& caller) {
        Calls::Days days;
        if (!read_day(request->from(), days.from, parts_.calls)) {
          return call->Finish(invalid("from", "must be a day as 2026-01-31"));
        }
        if (!read_day(request->to(), days.to, parts_.calls)) {
          return call->Finish(invalid("to", "must be a day as 2026-01-31"));
        }
        if (days.from && days.to && *days.to < *days.from) {
          return call->Finish(invalid("to", "must not be before from"));
        }
        const auto& walker = request->walker().empty() ? caller.uuid : request->walker();
        parts_.calls.days_of(caller.walker, {walker}, days, answer);
      },
      refuse);
  return call;
}

}  // namespace dontgoback::walk::rpc
