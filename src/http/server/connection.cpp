#include "http/server/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>

#include "dontgoback/http/method.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "http/server/host_failure.hpp"

namespace dontgoback::http {
using boost::system::error_code;
namespace {

// How long a refused client may go on sending: closing at once would reset the connection under our answer.
constexpr std::chrono::milliseconds kLinger{2000};

std::atomic<std::size_t>& counter_of(ConnectionCount& count, Connection::Kind kind) {
  switch (kind) {
    case Connection::Kind::user:
      return count.users;
    case Connection::Kind::management:
      return count.management;
    case Connection::Kind::surplus:
      break;
  }
  return count.surplus;
}

}  // namespace

Connection::Connection(Service& service, EventLoop& loop, Socket socket, const RouteTable& routes, Visitor visitor)
    : service_(service),
      loop_(loop),
      routes_(routes),
      visitor_(std::move(visitor)),
      channel_(std::move(socket), visitor_.certificate),
      input_(loop.blocks, service.memory, service.settings.header_limit),
      body_(service.memory),
      unsent_share_(service.memory) {
  exchange_.peer = visitor_.address;
  exchange_.peer_text = exchange_.peer.text();
  loop_.connections.push_back(*this);
}

Connection::~Connection() {
  loop_.waiting.leave(*this);
  service_.left(counter_of(*service_.count, visitor_.kind));
}

void Connection::start(std::shared_ptr<Connection> connection) {
  auto executor = connection->executor();
  asio::co_spawn(executor, live(std::move(connection)), asio::detached);
}

Awaitable<void> Connection::live(std::shared_ptr<Connection> self) {
  try {
    bool served = true;
    if (self->channel_.has_tls()) served = co_await self->greet();
    if (served && self->visitor_.kind == Kind::surplus) {
      co_await self->turn_away();
    } else if (served) {
      co_await self->serve();
    }
  } catch (const std::exception& error) {
    telemetry::log_error("connection failed", {{"cause", error.what()}, {"id", self->exchange_.request_id}});
  }
  // What a client was cut off from is not kept for it by the system either: a reset tells it at once, and frees the
  // megabytes that it did not take.
  self->channel_.close(self->broken_);
  if (self->visitor_.kind == Kind::management) self->service_.spare_descriptor.restore();
}

/// TLS begins within the time that a request's head has.
Awaitable<bool> Connection::greet() {
  if (visitor_.kind == Kind::user) loop_.waiting.join(*this, std::chrono::steady_clock::now());
  wait_within(Phase::idle, visitor_.kind == Kind::user ? service_.settings.limits.header : kLinger);
  const auto greeting = co_await channel_.greet();
  loop_.waiting.leave(*this);
  if (greeting == Channel::Greeting::done) co_return true;
  if (gave_way_ || draining() || (greeting == Channel::Greeting::nothing && !expired_)) co_return false;
  (expired_ ? service_.slow_tls : service_.failed_tls).add();
  if (greeting != Channel::Greeting::plain_http) co_return false;
  // Somebody typed http:// and the port.
  constexpr std::string_view kAnswer =
      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
      "이 주소는 https://로만 열립니다.\nThis address speaks https:// only.\n";
  error_code ignored;
  channel_.socket().write_some(asio::buffer(kAnswer), ignored);
  co_await linger();
  co_return false;
}

Awaitable<void> Connection::serve() {
  do {
    begin_request();
    Parsed head = parse_head();
    while (head == Parsed::partly) {
      if (!wait_for_head()) co_return;
      if (!co_await receive()) break;
      head = parse_head();
    }
    loop_.waiting.leave(*this);
    if (head == Parsed::whole) {
      began_ = std::chrono::steady_clock::now();
      decide();
      if (!response_) co_await answer();
    }
    if (!response_) co_return;  // the client has gone
    find_place();
    if (!parser_->is_done()) unread_ = true;
    prepare_answer();
    if (write_now() == Written::partly) co_await write_answer();
    if (response_->has_open_end() && !exchange_.head_only() && !broken_) co_await stream();
    body_place_.reset();
    const bool was_stream = stream_place_.has_value();
    stream_place_.reset();
    account_for(was_stream);
  } while (keep_ && !broken_);
  if (unread_ && !broken_) co_await linger();
}

/// The head decides: an answer already, or how much body there may be.
void Connection::decide() {
  if (visitor_.kind == Kind::management && !service_.management_hosts.answers(exchange_.authority)) return refuse(421);
  response_ = service_.pipeline.check(exchange_, routes_);
  if (response_) return;
  const auto limit = exchange_.route->route.body_limit;
  parser_->limit_body(limit);
  if (parser_->content_length().value_or(0) > limit) refuse(413);
}

void Connection::refuse(int status) {
  response_ = host_failure(exchange_.request, status);
  unread_ = true;
}

MemoryShare::Reach Connection::reach_of_sender() const {
  return exchange_.request.identity.kind == Identity::Kind::nobody ? MemoryShare::Reach::half
                                                                   : MemoryShare::Reach::whole;
}

void Connection::refuse_for_memory() {
  service_.refused_for_memory.add();
  response_ = busy(exchange_.request);
  unread_ = true;
}

Awaitable<void> Connection::turn_away() {
  begin_request();
  wait_within(Phase::leaving, kLinger);
  // Its request first: an answer to nothing confuses clients.
  error_code error;
  co_await channel_.read(asio::buffer(loop_.sink), error);
  if (error) co_return;
  response_ = busy(exchange_.request);
  unread_ = true;
  prepare_answer();
  if (write_now() == Written::all) co_await linger();
}

Awaitable<void> Connection::linger() {
  channel_.end_writing();
  wait_within(Phase::leaving, kLinger);
  if (visitor_.kind == Kind::user) loop_.waiting.join(*this, std::chrono::steady_clock::now());
  error_code error;
  while (!error) co_await channel_.read(asio::buffer(loop_.sink), error);
}

void Connection::account_for(bool was_stream) {
  const int status = response_->status;
  const bool head_was_whole = began_ != SteadyTime{};
  const auto took = head_was_whole ? std::chrono::steady_clock::now() - began_ : SteadyTime::duration{};
  service_.answers.count(exchange_.route, status, was_stream ? std::nullopt : std::optional(took));
  if (visitor_.kind != Kind::user || !service_.settings.request_log) return;
  const Request& request = exchange_.request;
  const auto path =
      exchange_.route != nullptr ? exchange_.route->route.path : request.path.substr(0, kLongestLoggedPath);
  const bool routine = exchange_.route != nullptr && exchange_.route->route.routine && status < 400;
  const auto level = routine ? telemetry::Level::debug : telemetry::Level::info;
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  const auto method = name_of(request.method);
  if (response_->reason.empty()) {
    telemetry::log(level, "request",
                   {{"method", method},
                    {"path", path},
                    {"status", status},
                    {"us", us},
                    {"bytes", answer_bytes_},
                    {"id", exchange_.request_id}});
  } else {
    telemetry::log(level, "request",
                   {{"method", method},
                    {"path", path},
                    {"status", status},
                    {"reason", response_->reason},
                    {"us", us},
                    {"bytes", answer_bytes_},
                    {"id", exchange_.request_id}});
  }
}

void Connection::wait_within(Phase phase, std::chrono::milliseconds limit) {
  wait_until(phase, std::chrono::steady_clock::now() + limit);
}

void Connection::wait_until(Phase phase, SteadyTime deadline) {
  phase_ = phase;
  expired_ = false;
  channel_.resume();
  deadline_ = deadline;
}

void Connection::expire_if_past(SteadyTime now) {
  if (now < deadline_) return;
  expired_ = true;
  deadline_ = SteadyTime::max();
  switch (phase_) {
    case Phase::streaming:  // its time is over, however fast its client is
      return stream_->close();
    case Phase::head:
      service_.slow_head.add();
      break;
    case Phase::body:
      service_.slow_body.add();
      break;
    case Phase::writing:
      service_.slow_reader.add();
      break;
    default:
      break;
  }
  stop_waiting();
}

void Connection::stop_waiting() { channel_.stop(); }

bool Connection::give_way() {
  if (phase_ == Phase::idle && anything_received()) return false;
  gave_way_ = true;
  stop_waiting();
  return true;
}

bool Connection::dismissed() const { return drain_step() >= (keep_ ? Drain::no_next : Drain::no_first); }

void Connection::drain() {
  if (!draining()) return;
  if (phase_ == Phase::idle && dismissed() && !anything_received()) stop_waiting();
  if (stream_ != nullptr) stream_->end();
}

}  // namespace dontgoback::http
