#pragma once

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "call.hpp"
#include "status.hpp"

namespace dontgoback::walk::rpc {

/// A stream that says what is new, whenever something may be. One thing is under way at a time: its token is asked of,
/// then the module, then what is new is written message by message; what changes meanwhile makes another round. So a
/// client that does not read costs what it was last sent. What it asks for is read first, as of any call (`Answering`).
template <class Asked, class Message>
class Pushing : public grpc::ServerBidiReactor<Asked, Message>, public Stream {
 public:
  using Request = Asked;
  using Response = Message;

  Pushing(Parts parts, grpc::CallbackServerContext& context)
      : parts_(parts), context_(context), callers_(callers_of(parts, context)) {}

  /// After construction; this may be gone when it returns only if the call is bound already, which it is not.
  void begin() {
    if (const auto full = parts_.streams.enter(*this)) return stop(*full);
    entered_ = true;
    if (callers_ == Callers::by_name) return read(parts_.strangers, site_of(context_.peer()));
    auto token = token_of(context_);
    if (!token) return stop(no_token());
    calls().authenticate(std::move(*token), [this](const Result<Calls::Caller>& caller) {
      if (!caller) return stop(status_of(caller.failure()));
      read(parts_.messages, name_of_share(caller->walker));
    });
  }

  void look(Clock::time_point now) override {
    std::unique_lock lock(mutex_);
    if (finished_) return;
    if (busy_) {
      if (parts_.streams.is_stuck(writes_since_, now)) context_.TryCancel();
      if (!reads_since_ || now - *reads_since_ < kMessageComes) return;
      lock.unlock();
      return end(came_too_slowly());
    }
    if (now - checked_at_ < kTokenIsGood) return;
    busy_ = true;
    checks_only_ = now - asked_at_ < kAskedAnyway;
    lock.unlock();
    round();
  }

  void end(const grpc::Status& status) override {
    {
      const std::lock_guard lock(mutex_);
      if (finished_) return;
      if (!ending_) ending_ = status;
      if (busy_ && !reads_since_) return;  // its next step sees it
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
    if (callers_ == Callers::by_name) name_ = named(request_);
    if (const auto problem = take(std::exchange(request_, Request()))) return stop(*problem);
    round();
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return stop(grpc::Status::CANCELLED);
    next_write();
  }
  void OnDone() override {
    if (entered_) parts_.streams.leave(*this, counted_ ? std::optional(caller_.walker) : std::nullopt);
    watch_.reset();
    delete this;
  }

 protected:
  /// What it asks for: why that cannot be, or nothing. Before all else.
  virtual std::optional<grpc::Status> take(const Request& request) = 0;
  /// Whose call it says it is.
  virtual std::string named(const Request&) const { return {}; }
  /// Whose days make it look again; none: of the caller and its friends.
  virtual std::vector<std::string> watched() const { return {}; }
  /// Asks for what is so now; then `send` or `stop`.
  virtual void ask(const Calls::Caller& caller) = 0;

  Calls& calls() { return parts_.calls; }
  /// What is new: perhaps nothing.
  void send(std::vector<Message> messages) {
    messages_ = std::move(messages);
    sent_ = 0;
    next_write();
  }
  /// Ends it within a round.
  void stop(const grpc::Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (!ending_) ending_ = status;
      finished_ = true;
    }
    this->Finish(*ending_);
  }

 private:
  bool is_ending() {
    const std::lock_guard lock(mutex_);
    return ending_.has_value();
  }

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

  void round() {
    // The token stays with the call: thousands of streams need no copy of theirs.
    auto credential = callers_ == Callers::by_name ? name_ : token_of(context_).value();
    calls().authenticate(std::move(credential), [this](const Result<Calls::Caller>& caller) {
      if (is_ending()) return stop(grpc::Status::CANCELLED);
      if (!caller) return stop(status_of(caller.failure()));
      known(*caller);
    });
  }

  void known(const Calls::Caller& caller) {
    if (!watch_) {  // the first round
      if (const auto full = parts_.streams.enter_as(caller.walker)) return stop(*full);
      counted_ = true;
      caller_ = caller;
      watch_ = calls().watch(caller.walker, watched(), [this] { nudge(); });
    }
    {
      std::unique_lock lock(mutex_);
      checked_at_ = Clock::now();
      if (std::exchange(checks_only_, false) && !dirty_) {
        lock.unlock();
        return idle();
      }
      dirty_ = false;
      asked_at_ = checked_at_;
    }
    ask(caller_);
  }

  void nudge() {
    {
      const std::lock_guard lock(mutex_);
      if (finished_) return;
      dirty_ = true;
      if (busy_) return;
      busy_ = true;
    }
    round();
  }

  void next_write() {
    {
      std::unique_lock lock(mutex_);
      writes_since_.reset();
      message_ = Message();  // a stream that says nothing keeps nothing of what it said
      if (ending_) {
        lock.unlock();
        return stop(grpc::Status::CANCELLED);
      }
      if (sent_ == messages_.size()) {
        messages_ = {};
        lock.unlock();
        return idle();
      }
      writes_since_ = Clock::now();
      message_ = std::move(messages_[sent_++]);
    }
    this->StartWrite(&message_);
  }

  void idle() {
    {
      std::unique_lock lock(mutex_);
      if (ending_) {
        lock.unlock();
        return stop(grpc::Status::CANCELLED);
      }
      if (!dirty_) {
        busy_ = false;
        return;
      }
    }
    round();
  }

  const Parts parts_;
  grpc::CallbackServerContext& context_;
  const Callers callers_;
  std::string name_;  // of whom it is by name
  bool entered_ = false;
  bool counted_ = false;
  Calls::Caller caller_;
  std::unique_ptr<Calls::Watch> watch_;
  std::optional<Shares::Share> share_;
  Request request_;
  Message message_;
  std::vector<Message> messages_;  // of the round under way; nothing is kept of them else
  std::size_t sent_ = 0;           // of them

  std::mutex mutex_;
  bool busy_ = true;
  bool dirty_ = false;        // something changed since the module was last asked
  bool checks_only_ = false;  // the round asks of the token and nothing else
  bool finished_ = false;
  Clock::time_point checked_at_ = Clock::now();
  Clock::time_point asked_at_ = checked_at_;      // the module
  std::optional<Clock::time_point> reads_since_;  // what it asks for
  std::optional<Clock::time_point> writes_since_;
  std::optional<grpc::Status> ending_;
};

}  // namespace dontgoback::walk::rpc
