// The two connections of the link: how each is made, used, and made anew.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "dontgoback/text/parts.hpp"
#include "shared/redis/link.hpp"

namespace dontgoback::shared {
namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
namespace {

constexpr milliseconds kShortestPause{100}, kLongestPause{5000};
constexpr milliseconds kLook{100};  // between two looks at time limits: messages come faster

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

asio::awaitable<std::shared_ptr<Wire>> RedisLink::open() {
  const auto endpoint = endpoint_of(address_, resolver_);
  const auto wire = std::make_shared<Wire>(context_, tls_.get());
  wire->limit(kAnswerLimit);
  co_await wire->connect(address_, endpoint);
  if (const auto password = password_(); !password.empty()) {
    const auto auth = address_.user.empty() ? command("AUTH", password) : command("AUTH", address_.user, password);
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
      begin_sending();
      note(kSender, {});
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
  for (auto next_beat = steady_clock::now();;) {
    if (steady_clock::now() >= next_beat) {
      const std::lock_guard lock(mutex_);
      append(Word::lives);
      next_beat = steady_clock::now() + kBeat;
    }
    batch = next_batch();
    if (batch.commands == 0) {
      wire->limit(kBeat + kAnswerLimit);
      error_code woken;
      wake_.expires_at(next_beat);
      co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
      continue;
    }
    wire->limit(kAnswerLimit);
    co_await wire->write(batch.bytes);
    for (auto left = batch.commands; left > 0; --left) {
      const auto reply = co_await wire->reply();
      if (reply.kind != Reply::Kind::integer) throw_refused("PUBLISH", reply);
    }
    sent_.add(batch.commands - batch.words);
    if (batch.is_last) {
      const std::lock_guard lock(mutex_);
      said_all_ = true;
      changed_.notify_all();
    }
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
      neighbours_.forget();
      hearers_.lost();
      note(kHearer, {});
      asio::co_spawn(context_, beat(wire), asio::detached);
      for (auto next_look = steady_clock::now();;) {
        if (const auto now = steady_clock::now(); now >= next_look) {
          next_look = now + kLook;
          wire->limit(kBeat + kAnswerLimit);
          if (neighbours_.has_lost_one(now)) hearers_.lost();
        }
        const auto reply = co_await wire->reply();
        if (reply.kind == Reply::Kind::error) throw_refused("PING", reply);
        take(reply);
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

}  // namespace dontgoback::shared
