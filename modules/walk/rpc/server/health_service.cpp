#include "health_service.hpp"

#include "answering.hpp"
#include "status.hpp"

namespace dontgoback::walk::rpc {
namespace {

using ::grpc::health::v1::HealthCheckRequest;
using ::grpc::health::v1::HealthCheckResponse;

class Check final : public Answering<HealthCheckRequest, HealthCheckResponse> {
 public:
  Check(const Parts& parts, Healths* healths, grpc::CallbackServerContext& context)
      : Answering(parts, Callers::anybody, context), healths_(*healths) {}

 protected:
  void answer(const HealthCheckRequest& request, const Calls::Caller&) override {
    const auto status = healths_.of(request.service());
    if (status == HealthCheckResponse::SERVICE_UNKNOWN) {
      return stop({grpc::StatusCode::NOT_FOUND, "service: there is none of this name"});
    }
    HealthCheckResponse response;
    response.set_status(status);
    reply(std::move(response));
  }

 private:
  Healths& healths_;
};

// Says what is so, and then what has changed; of changes while its client does not read, the last.
class Watch final : public grpc::ServerBidiReactor<HealthCheckRequest, HealthCheckResponse>,
                    public Stream,
                    public Healths::Watcher {
 public:
  using Request = HealthCheckRequest;
  using Response = HealthCheckResponse;

  Watch(const Parts& parts, Healths* healths, Shares* watches, grpc::CallbackServerContext& context)
      : parts_(parts), healths_(*healths), watches_(*watches), context_(context) {}

  void begin() {
    if (const auto full = parts_.streams.enter(*this)) return end(*full);
    entered_ = true;
    const auto network = site_of(context_.peer());
    watch_ = watches_.take(network);
    message_ = parts_.strangers.take(network);
    if (!watch_ || !message_) return end(too_many_messages());
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    reads_since_ = Clock::now();
    this->StartRead(&request_);
  }

  void look(Clock::time_point now) override {
    std::unique_lock lock(mutex_);
    if (parts_.streams.is_stuck(writes_since_, now)) context_.TryCancel();
    if (!reads_since_ || now - *reads_since_ < kMessageComes) return;
    lock.unlock();
    end(came_too_slowly());
  }
  // gRPC fails what is still being read or written.
  void end(const grpc::Status& status) override {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(finished_, true)) return;
    }
    this->Finish(status);
  }
  void told(Healths::Status status) override {
    const std::lock_guard lock(mutex_);
    now_ = status;
    write();
  }

  void OnCancel() override { end(grpc::Status::CANCELLED); }
  void OnReadDone(bool ok) override {
    message_.reset();
    {
      const std::lock_guard lock(mutex_);
      reads_since_.reset();
    }
    if (!ok) return end(no_message());
    healths_.watch(request_.service(), *this);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return end(grpc::Status::CANCELLED);
    const std::lock_guard lock(mutex_);
    writes_since_.reset();
    write();
  }
  void OnDone() override {
    healths_.forget(*this);
    if (entered_) parts_.streams.leave(*this, std::nullopt);
    delete this;
  }

 private:
  void write() {
    if (finished_ || writes_since_ || now_ == said_) return;
    said_ = now_;
    response_.set_status(*said_);
    writes_since_ = Clock::now();
    // Under the lock, or another thread might finish it in between.
    this->StartWrite(&response_);
  }

  const Parts parts_;
  Healths& healths_;
  Shares& watches_;
  grpc::CallbackServerContext& context_;
  bool entered_ = false;
  std::optional<Shares::Share> watch_;
  std::optional<Shares::Share> message_;
  HealthCheckRequest request_;
  HealthCheckResponse response_;

  std::mutex mutex_;
  bool finished_ = false;
  std::optional<Healths::Status> now_;
  std::optional<Healths::Status> said_;
  std::optional<Clock::time_point> reads_since_;
  std::optional<Clock::time_point> writes_since_;
};

}  // namespace

void Healths::set(const std::string& service, bool serving) {
  const std::lock_guard lock(mutex_);
  serving_[service] = serving;
  for (const auto& [watcher, watched] : watchers_) {
    if (watched == service) watcher->told(status_of(service));
  }
}

Healths::Status Healths::of(const std::string& service) const {
  const std::lock_guard lock(mutex_);
  return status_of(service);
}

Healths::Status Healths::status_of(const std::string& service) const {
  const auto found = serving_.find(service);
  if (found == serving_.end()) return HealthCheckResponse::SERVICE_UNKNOWN;
  return found->second ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

void Healths::watch(const std::string& service, Watcher& watcher) {
  const std::lock_guard lock(mutex_);
  watchers_[&watcher] = service;
  watcher.told(status_of(service));
}

void Healths::forget(Watcher& watcher) {
  const std::lock_guard lock(mutex_);
  watchers_.erase(&watcher);
}

HealthService::HealthService(const Parts& parts, Healths& healths, Shares& watches) {
  add<Check>("/grpc.health.v1.Health/Check", parts, &healths);
  add<Watch>("/grpc.health.v1.Health/Watch", parts, &healths, &watches);
}

}  // namespace dontgoback::walk::rpc
