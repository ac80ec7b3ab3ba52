#include "shared/redis/link.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::shared {
namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;
namespace {

constexpr std::size_t kNodeSize = 16;
constexpr std::size_t kSender = 0, kHearer = 1;
constexpr milliseconds kShortestPause{100}, kLongestPause{5000};
constexpr std::string_view kHelp = "Messages between nodes over Redis.";

/// The first word of an error, which says its kind. The rest may repeat what was sent, a password included.
std::string kind_of(const Reply& error) {
  std::string_view text = error.text;
  std::string kind(text::take(text, ' ').substr(0, 24));
  const bool is_word = std::all_of(kind.begin(), kind.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_word && !kind.empty() ? kind : "an error";
}

[[noreturn]] void throw_refused(const std::string& what, const Reply& reply) {
  if (reply.kind != Reply::Kind::error) throw NotUnderstood(what + " is answered by something else");
  const auto kind = kind_of(reply);
  if (kind == "NOAUTH") throw std::runtime_error("it wants a password: give --redis-password-file");
  if (kind == "WRONGPASS") throw std::runtime_error("user or password are wrong: check --redis-password-file");
  if (kind == "NOPERM") throw std::runtime_error("its user may not do that: give it the channels of dontgoback");
  if (kind == "DENIED") throw std::runtime_error("it is in protected mode, and lets nobody in without a password");
  throw std::runtime_error("it refuses " + what + ": " + kind);
}

Wire::Endpoint endpoint_of(const RedisAddress& address, http::Resolver& resolver) {
  if (!address.socket.empty()) return asio::local::stream_protocol::endpoint(address.socket);
  const auto found = resolver.resolve(std::string(address.host_name()), std::to_string(address.port),
                                      std::chrono::steady_clock::now() + RedisLink::kAnswerLimit);
  return found.front();
}

}  // namespace

/// Between two attempts: longer each time, and not at once with other nodes.
class RedisLink::Pause {
 public:
  void begin_anew() { next_ = kShortestPause; }
  milliseconds next(std::minstd_rand& random) {
    const auto most = std::exchange(next_, std::min(next_ * 2, kLongestPause));
    return milliseconds(std::uniform_int_distribution<std::int64_t>(most.count() / 2, most.count())(random));
  }

 private:
  milliseconds next_ = kShortestPause;
};

RedisLink::RedisLink(RedisAddress address, telemetry::Metrics& metrics)
    : address_(std::move(address)),
      node_(security::hex(security::random_bytes(kNodeSize / 2))),
      channels_{"dontgoback:" + std::to_string(address_.database) + ":topics",
                "dontgoback:" + std::to_string(address_.database) + ":limits"},
      standing_("Redis"),
      sent_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"sent\"")),
      heard_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"heard\"")),
      dropped_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"dropped\"")),
      nonsense_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"nonsense\"")),
      random_(std::random_device{}()) {
  metrics.gauge("dontgoback_redis_connections", "Connections to Redis that work, of two.",
                [this] { return static_cast<double>(connected_.load()); });
}

RedisLink::~RedisLink() { stop(); }

void RedisLink::start(std::string password, Hearers hearers) {
  password_ = std::move(password);
  hearers_ = std::move(hearers);
  if (address_.tls) {
    tls_ = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
    tls_->set_default_verify_paths();
  }
  asio::co_spawn(context_, send(), asio::detached);
  asio::co_spawn(context_, hear(), asio::detached);
  thread_ = std::thread([this] { context_.run(); });
}

void RedisLink::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

void RedisLink::publish(Channel channel, std::string_view message) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (!sending_ || waiting_.bytes.size() + message.size() > kMostWaiting) {
      dropped_.add();
      topics_missed_ |= channel == Channel::topics;
      return;
    }
    first = waiting_.commands == 0;
    append(channel, message);
  }
  if (first) asio::post(context_, [this] { wake_.cancel(); });
}

void RedisLink::append(Channel channel, std::string_view message) {
  std::string payload(node_);
  payload.append(message);
  waiting_.bytes += command("PUBLISH", channels_[static_cast<std::size_t>(channel)], payload);
  waiting_.of_topics |= channel == Channel::topics;
  ++waiting_.commands;
}

RedisLink::Batch RedisLink::next_batch() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

void RedisLink::begin_sending() {
  const std::lock_guard lock(mutex_);
  sending_ = true;
  if (std::exchange(topics_missed_, false)) append(Channel::topics, {});
}

void RedisLink::end_sending(const Batch& unanswered) {
  const std::lock_guard lock(mutex_);
  sending_ = false;
  topics_missed_ |= unanswered.of_topics || waiting_.of_topics;
  dropped_.add(unanswered.commands + waiting_.commands);
  waiting_ = {};
}

void RedisLink::note(std::size_t connection, std::string trouble) {
  troubles_[connection] = std::move(trouble);
  connected_ = static_cast<int>(std::count(troubles_.begin(), troubles_.end(), std::string()));
  const auto& cause = troubles_[kHearer].empty() ? troubles_[kSender] : troubles_[kHearer];
  if (cause.empty()) return standing_.fine();
  standing_.note(address_.text() + ": " + cause +
                 "; until it is back this node counts limits alone, and hears of others through the database only");
}

asio::awaitable<std::shared_ptr<Wire>> RedisLink::open() {
  const auto endpoint = endpoint_of(address_, resolver_);
  const auto wire = std::make_shared<Wire>(context_, tls_.get());
  wire->limit(kAnswerLimit);
  co_await wire->connect(address_, endpoint);
  if (!password_.empty()) {
    const auto auth = address_.user.empty() ? command("AUTH", password_) : command("AUTH", address_.user, password_);
    co_await wire->write(auth);
    const auto reply = co_await wire->reply();
    if (reply.kind != Reply::Kind::status) throw_refused("the password", reply);
  }
  co_await wire->write(command("PING"));
  const auto reply = co_await wire->reply();
  if (reply.kind != Reply::Kind::status || reply.text != "PONG") throw_refused("PING", reply);
  co_return wire;
}

asio::awaitable<void> RedisLink::send() {
  for (Pause pause;;) {
    std::shared_ptr<Wire> wire;
    std::string trouble;
    Batch batch;
    try {
      wire = co_await open();
      pause.begin_anew();
      note(kSender, {});
      begin_sending();
      co_await send_over(wire, batch);
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    end_sending(batch);
    if (wire) wire->close();
    note(kSender, trouble);
    co_await sleep(pause.next(random_));
  }
}

asio::awaitable<void> RedisLink::send_over(std::shared_ptr<Wire> wire, Batch& batch) {
  for (;;) {
    batch = next_batch();
    if (batch.commands == 0) {
      wire->limit(kBeat + kAnswerLimit);
      error_code woken;
      wake_.expires_after(kBeat);
      co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
      batch = next_batch();
    }
    const bool asks = batch.commands == 0;
    wire->limit(kAnswerLimit);
    if (asks) batch.bytes = command("PING");
    co_await wire->write(batch.bytes);
    for (auto left = asks ? std::size_t{1} : batch.commands; left > 0; --left) {
      const auto reply = co_await wire->reply();
      const auto expected = asks ? Reply::Kind::status : Reply::Kind::integer;
      if (reply.kind != expected) throw_refused(asks ? "PING" : "PUBLISH", reply);
    }
    sent_.add(batch.commands);
    batch = {};
  }
}

asio::awaitable<void> RedisLink::hear() {
  for (Pause pause;;) {
    std::shared_ptr<Wire> wire;
    std::string trouble;
    try {
      wire = co_await open();
      co_await wire->write(command("SUBSCRIBE", channels_[0], channels_[1]));
      for (std::size_t i = 0; i < channels_.size(); ++i) {
        const auto reply = co_await wire->reply();
        const bool begun =
            reply.kind == Reply::Kind::array && reply.elements.size() == 3 && reply.elements[0].text == "subscribe";
        if (!begun) throw_refused("SUBSCRIBE", reply);
      }
      pause.begin_anew();
      note(kHearer, {});
      hearers_.lost();
      asio::co_spawn(context_, beat(wire), asio::detached);
      for (;;) {
        wire->limit(kBeat + kAnswerLimit);
        take(co_await wire->reply());
      }
    } catch (const std::exception& error) {
      trouble = error.what();
    }
    if (wire) wire->close();
    note(kHearer, trouble);
    co_await sleep(pause.next(random_));
  }
}

asio::awaitable<void> RedisLink::beat(std::shared_ptr<Wire> wire) {
  try {
    for (;;) {
      co_await sleep(kBeat);
      if (wire->closed()) co_return;
      co_await wire->write(command("PING"));
    }
  } catch (const std::exception&) {
    wire->close();  // who reads there says why
  }
}

asio::awaitable<void> RedisLink::sleep(milliseconds span) {
  asio::steady_timer timer(context_, span);
  co_await timer.async_wait(asio::use_awaitable);
}

void RedisLink::take(const Reply& reply) {
  if (reply.kind == Reply::Kind::error) throw_refused("PING", reply);
  const auto& parts = reply.elements;
  if (parts.size() == 2 && parts[0].text == "pong") return;
  if (parts.size() == 3 && parts[0].text == "message") {
    for (std::size_t i = 0; i < channels_.size(); ++i) {
      if (parts[1].text == channels_[i]) return take(static_cast<Channel>(i), parts[2].text);
    }
  }
  nonsense_.add();
}

void RedisLink::take(Channel channel, std::string_view payload) {
  if (payload.starts_with(node_)) return;
  if (payload.size() < kNodeSize) return nonsense_.add();
  payload.remove_prefix(kNodeSize);
  if (channel == Channel::topics && payload.empty()) return hearers_.lost();
  heard_.add();
  if (!hearers_.heard(channel, payload)) nonsense_.add();
}

}  // namespace dontgoback::shared
