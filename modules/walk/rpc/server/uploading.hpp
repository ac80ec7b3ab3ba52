#pragma once

#include <grpcpp/support/server_callback.h>

#include <list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "call.hpp"
#include "status.hpp"
#include "updates.hpp"

namespace dontgoback::walk::rpc {

/// A stream of what devices say. Each request is asked of its token and recorded; answers go out in the order of the
/// requests. So many requests and bytes are under way at once; the rest waits in the client. The next message may be
/// coming at any time, so there are so many streams in all, and of each caller.
template <class Asked, class Answer>
class Uploading : public grpc::ServerBidiReactor<Asked, Answer>, public Stream {
 public:
  using Request = Asked;
  using Response = Answer;

  Uploading(Parts parts, grpc::CallbackServerContext& context, std::size_t most_under_way)
      : parts_(parts),
        context_(context),
        most_under_way_(most_under_way),
        by_name_(callers_of(parts, context) == Callers::by_name) {
    if (auto token = token_of(context)) token_ = std::move(*token);
  }

  void begin() {
    if (token_.empty() && !by_name_) return finish_with(no_token());
    if (const auto full = parts_.streams.enter(*this)) return finish_with(*full);
    entered_ = true;
    asking_ = 1;
    if (by_name_) return known(share(site_of(context_.peer())));
    parts_.calls.authenticate(token_, [this](const Result<Calls::Caller>& caller) {
      if (!caller) return known(status_of(caller.failure()));
      if (const auto full = count(caller->walker)) return known(full);
      known(share(name_of_share(caller->walker)));
    });
  }

  void look(Clock::time_point now) override {
    const std::lock_guard lock(mutex_);
    if (parts_.streams.is_stuck(writes_since_, now)) context_.TryCancel();
  }
  void end(const grpc::Status& status) override {
    std::unique_lock lock(mutex_);
    end_with(status);
    go_on(lock);
  }

  void OnCancel() override { end(grpc::Status::CANCELLED); }
  void OnReadDone(bool ok) override {
    std::unique_lock lock(mutex_);
    reading_ = false;
    if (!ok) {
      closed_ = true;
      return go_on(lock);
    }
    if (ending_) return go_on(lock);
    auto& slot = slots_.emplace_back();
    slot.bytes = request_.ByteSizeLong();
    bytes_ += slot.bytes;
    ++asking_;
    Request request = std::move(request_);
    request_ = Request();
    lock.unlock();
    auto credential = by_name_ ? name_of(request) : token_;
    parts_.calls.authenticate(std::move(credential),
                              [this, &slot, request = std::move(request)](const Result<Calls::Caller>& caller) {
                                if (!caller) return answered(slot, status_of(caller.failure()));
                                if (const auto full = count(caller->walker)) return answered(slot, *full);
                                record(slot, request, *caller);
                              });
    lock.lock();
    go_on(lock);
  }
  void OnWriteDone(bool ok) override {
    std::unique_lock lock(mutex_);
    writes_since_.reset();
    if (!ok) end_with(grpc::Status::CANCELLED);
    go_on(lock);
  }
  void OnDone() override {
    if (entered_) parts_.streams.leave(*this, counted_);
    delete this;
  }

 protected:
  virtual Read<std::vector<steps::Update>> read(const Request& request, const Calls::Caller& caller) = 0;
  /// What goes out for a request, if anything does; in order.
  virtual std::optional<Response> acknowledgement(const std::vector<steps::Recorded>& recorded) = 0;
  /// Whom a request names.
  virtual std::string name_of(const Request&) const { return {}; }
  /// What goes out when all are recorded.
  virtual std::optional<Response> last() { return std::nullopt; }

  Calls& calls() { return parts_.calls; }

 private:
  static constexpr std::size_t kMostBytes = std::size_t{256} * 1024;

  struct Slot {
    std::size_t bytes = 0;
    std::optional<Read<std::vector<steps::Recorded>>> answer;
  };

  std::optional<grpc::Status> share(std::string whose) {
    share_ = parts_.uploads.take(std::move(whose));
    return share_ ? std::nullopt : std::optional(too_many_messages());
  }

  // May it read? Nothing says why not.
  void known(const std::optional<grpc::Status>& problem) {
    std::unique_lock lock(mutex_);
    --asking_;
    if (problem) end_with(*problem);
    may_read_ = !problem;
    go_on(lock);
  }

  // Among its caller's streams, if it is not: of one by name that is known with its first request. Asked without the
  // stream's lock, which whoever looks at all streams takes while it holds theirs.
  std::optional<grpc::Status> count(WalkerId walker) {
    {
      const std::lock_guard lock(mutex_);
      if (counted_) return std::nullopt;
    }
    auto full = parts_.streams.enter_as(walker);
    if (full) return full;
    const std::lock_guard lock(mutex_);
    counted_ = walker;
    return std::nullopt;
  }

  void record(Slot& slot, const Request& request, const Calls::Caller& caller) {
    auto updates = read(request, caller);
    if (auto* problem = std::get_if<grpc::Status>(&updates)) return answered(slot, std::move(*problem));
    if (context_.IsCancelled()) return answered(slot, grpc::Status::CANCELLED);
    parts_.calls.record(caller.walker, std::move(std::get<0>(updates)),
                        [this, &slot](const Result<std::vector<steps::Recorded>>& recorded) {
                          if (recorded) return answered(slot, *recorded);
                          answered(slot, status_of(recorded.failure()));
                        });
  }

  void answered(Slot& slot, Read<std::vector<steps::Recorded>> answer) {
    std::unique_lock lock(mutex_);
    slot.answer = std::move(answer);
    --asking_;
    go_on(lock);
  }

  void end_with(const grpc::Status& status) {
    if (!ending_) ending_ = status;
  }
  void finish_with(const grpc::Status& status) {
    finished_ = true;
    this->Finish(status);
  }

  // Does what can be done next: writes, reads, finishes. Nothing is done with `this` after it.
  void go_on(std::unique_lock<std::mutex>& lock) {
    if (finished_) return;
    bool writes = false;
    while (!writes && !writes_since_ && !ending_ && !slots_.empty() && slots_.front().answer) {
      auto slot = std::move(slots_.front());
      slots_.pop_front();
      bytes_ -= slot.bytes;
      if (auto* refusal = std::get_if<grpc::Status>(&*slot.answer)) {
        end_with(*refusal);
      } else if (auto response = acknowledgement(std::get<0>(*slot.answer))) {
        response_ = std::move(*response);
        writes_since_ = Clock::now();
        writes = true;
      }
    }
    const bool reads = may_read_ && !reading_ && !closed_ && !ending_ && slots_.size() < most_under_way_ &&
                       (slots_.empty() || bytes_ < kMostBytes);
    // Under the lock, or another thread might finish it in between; gRPC calls back from others.
    if (writes) this->StartWrite(&response_);
    if (reads) {
      reading_ = true;
      this->StartRead(&request_);
    }
    if (asking_ > 0 || writes_since_ || !(ending_ || (closed_ && slots_.empty()))) return;
    finished_ = true;
    lock.unlock();
    finish();
  }

  void finish() {
    if (ending_) return this->Finish(*ending_);
    auto response = last();
    if (!response) return this->Finish(grpc::Status::OK);
    response_ = std::move(*response);
    this->StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  const Parts parts_;
  grpc::CallbackServerContext& context_;
  const std::size_t most_under_way_;
  const bool by_name_;
  std::string token_;
  bool entered_ = false;
  std::optional<Shares::Share> share_;
  Request request_;
  Response response_;

  std::mutex mutex_;
  std::optional<WalkerId> counted_;
  std::list<Slot> slots_;  // in the order of the requests; references to them stay
  std::size_t bytes_ = 0;
  int asking_ = 0;  // answers that the module owes
  bool may_read_ = false;
  bool reading_ = false;
  bool closed_ = false;  // the client's side
  bool finished_ = false;
  std::optional<Clock::time_point> writes_since_;
  std::optional<grpc::Status> ending_;
};

}  // namespace dontgoback::walk::rpc
