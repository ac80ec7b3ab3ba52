#pragma once

#include <grpcpp/support/server_callback.h>

#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "call.hpp"
#include "status.hpp"

namespace dontgoback::walk::rpc {

/// A call of one message and one answer. Whose it is is asked before anything of the message is read, where that can be
/// asked before; and a message is read only while there is a share of what may be under way.
template <class Asked, class Answer>
class Answering : public grpc::ServerBidiReactor<Asked, Answer>, public Stream {
 public:
  using Request = Asked;
  using Response = Answer;

  Answering(Parts parts, Callers callers, grpc::CallbackServerContext& context)
      : parts_(parts), callers_(callers), context_(context) {}

  void begin() {
    if (const auto full = parts_.streams.enter(*this)) return stop(*full);
    entered_ = true;
    if (callers_ != Callers::by_token) return read(parts_.strangers, site_of(context_.peer()));
    auto token = token_of(context_);
    if (!token) return stop(no_token());
    parts_.calls.authenticate(std::move(*token), [this](const Result<Calls::Caller>& caller) {
      if (!caller) return stop(status_of(caller.failure()));
      caller_ = *caller;
      read(parts_.messages, name_of_share(caller_.walker));
    });
  }

  void look(Clock::time_point now) override {
    {
      const std::lock_guard lock(mutex_);
      if (!reads_since_ || now - *reads_since_ < kMessageComes) return;
    }
    end(came_too_slowly());
  }
  void end(const grpc::Status& status) override {
    {
      const std::lock_guard lock(mutex_);
      if (finished_) return;
      if (!ending_) ending_ = status;
      if (!reads_since_) return;  // its answer sees it
      finished_ = true;
    }
    this->Finish(*ending_);
  }

  void OnCancel() override { end(grpc::Status::CANCELLED); }
  void OnReadDone(bool ok) override {
    share_.reset();
    {
      const std::lock_guard lock(mutex_);
      reads_since_.reset();
      if (finished_) return;
    }
    if (!ok) return stop(no_message());
    if (callers_ != Callers::by_name) return answer(request_, caller_);
    parts_.calls.authenticate(named(request_), [this](const Result<Calls::Caller>& caller) {
      if (!caller) return stop(status_of(caller.failure()));
      caller_ = *caller;
      answer(request_, caller_);
    });
  }
  void OnDone() override {
    if (entered_) parts_.streams.leave(*this, std::nullopt);
    delete this;
  }

 protected:
  /// Then `reply` or `stop`, once, from any thread.
  virtual void answer(const Request& request, const Calls::Caller& caller) = 0;
  /// Whose call it says it is.
  virtual std::string named(const Request&) const { return {}; }

  Calls& calls() const { return parts_.calls; }
  /// Or its deadline is over.
  bool is_cancelled() const { return context_.IsCancelled(); }
  void reply(Response response) {
    response_ = std::move(response);
    if (!may_finish()) return this->Finish(*ending_);
    this->StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }
  void stop(const grpc::Status& status) { this->Finish(may_finish() ? status : *ending_); }

 private:
  void read(Shares& messages, std::string whose) {
    const bool waits = messages.await(std::move(whose), [this](Shares::Share share) {
      {
        const std::lock_guard lock(mutex_);
        if (!ending_) {
          share_ = std::move(share);
          reads_since_ = Clock::now();
          // Under the lock, or another thread might finish it in between.
          return this->StartRead(&request_);
        }
      }
      stop(*ending_);
    });
    if (!waits) stop(too_many_messages());
  }

  // Of whom an answer is owed: nobody else finishes it. Whether nothing has ended it meanwhile.
  bool may_finish() {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    return !ending_;
  }

  const Parts parts_;
  const Callers callers_;
  grpc::CallbackServerContext& context_;
  bool entered_ = false;
  Calls::Caller caller_;
  std::optional<Shares::Share> share_;
  Request request_;
  Response response_;

  std::mutex mutex_;
  bool finished_ = false;
  std::optional<Clock::time_point> reads_since_;
  std::optional<grpc::Status> ending_;
};

}  // namespace dontgoback::walk::rpc
