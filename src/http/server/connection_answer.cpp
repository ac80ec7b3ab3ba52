#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include "http/server/connection.hpp"
#include "http/server/host_failure.hpp"

namespace dontgoback::http {
namespace {

/// A request on its way through a lane and back to its loop.
template <class Handler, class Work>
class Errand final : public LaneTask {
 public:
  Errand(Handler handler, Work work) : handler_(std::move(handler)), work_(std::move(work)) {}
  void run(bool late) noexcept override {
    work_(late);
    asio::post(std::move(handler_));
  }

 private:
  Handler handler_;
  Work work_;
};

}  // namespace

/// Who asks comes before the body: it is read for who may send it. One that has arrived with the head is there anyway,
/// and its request goes through the lane once.
Awaitable<void> Connection::answer() {
  if (body_has_arrived()) {
    co_await run(&Connection::admit_and_handle);
    co_return;
  }
  if (response_) co_return;
  if (exchange_.route->route.access.need == Access::Need::nothing) {
    admit();
  } else {
    co_await run(&Connection::admit);
  }
  if (!response_) co_await read_body();
  loop_.waiting.leave(*this);
  if (!response_ && parser_->is_done()) co_await run(&Connection::handle);
}

void Connection::admit() { response_ = service_.pipeline.admit(exchange_); }

void Connection::handle() {
  exchange_.request.body = body_.view();
  response_ = service_.pipeline.handle(exchange_);
}

void Connection::admit_and_handle() {
  admit();
  if (!response_) handle();
}

/// Where the route says.
Awaitable<void> Connection::run(void (Connection::*step)()) {
  wait_until(Phase::answering, SteadyTime::max());
  switch (exchange_.route->route.lane) {
    case Lane::inline_:
      (this->*step)();
      break;
    case Lane::query:
      co_await run_in(*service_.query, step);
      break;
    case Lane::command:
      co_await run_in(*service_.command, step);
      break;
  }
}

Awaitable<void> Connection::run_in(WorkerLane& lane, void (Connection::*step)()) {
  const auto work = [this, step](bool late) {
    if (late) {
      response_ = busy(exchange_.request);
    } else {
      (this->*step)();
    }
  };
  const auto begin = [work, &lane](auto handler) {
    std::unique_ptr<LaneTask> errand =
        std::make_unique<Errand<decltype(handler), std::decay_t<decltype(work)>>>(std::move(handler), work);
    if (!lane.submit(errand)) errand->run(true);
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(begin, kAwait);
}

}  // namespace dontgoback::http
