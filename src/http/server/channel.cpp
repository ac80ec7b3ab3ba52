#include "http/server/channel.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <cstring>

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::http {
using boost::system::error_code;
namespace {

// One record of TLS (RFC 8446 section 5.1).
constexpr std::size_t kRecord = 16 * 1024;
constexpr int kReadsAtOnce = 64;

/// As much of the pieces as one record holds.
std::size_t gather(const Channel::Pieces& pieces, std::array<char, kRecord>& record) {
  std::size_t size = 0;
  for (const auto& piece : pieces) {
    const auto count = std::min(piece.size(), record.size() - size);
    if (count > 0) std::memcpy(record.data() + size, piece.data(), count);
    size += count;
  }
  return size;
}

}  // namespace

Channel::Channel(Socket socket, const security::ServerCertificate* certificate)
    : socket_(std::move(socket)), certificate_(certificate) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Awaitable<Channel::Greeting> Channel::greet() {
  error_code error;
  std::array<char, security::kFirstBytes> first;
  std::size_t came = 0;
  // Readable with fewer bytes than these at the end only; and once, when they had come before the mark was set.
  socket_.set_option(asio::socket_base::receive_low_watermark(first.size()), error);
  for (int i = 0; i < 2 && came < first.size(); ++i) {
    co_await socket_.async_wait(Socket::wait_read, asio::redirect_error(kAwait, error));
    if (!error) came = socket_.receive(asio::buffer(first), Socket::message_peek, error);
    if (error || stopped_) co_return Greeting::nothing;
  }
  socket_.set_option(asio::socket_base::receive_low_watermark(1), error);
  const auto begins = security::judge({first.data(), came});
  if (begins == security::FirstBytes::http) {
    certificate_ = nullptr;
    co_return Greeting::plain_http;
  }
  if (begins == security::FirstBytes::neither) co_return Greeting::failed;
  tls_.emplace(certificate_->begin(socket_.native_handle()));
  do {
    outcome(tls_->greet(), reading_waits_, error);
    if (!error) co_return Greeting::done;
    if (error != asio::error::would_block) break;
    co_await socket_.async_wait(reading_waits_, asio::redirect_error(kAwait, error));
  } while (!error && !stopped_);
  telemetry::log(telemetry::Level::debug, "no TLS came about", {{"cause", tls_->cause()}});
  co_return Greeting::failed;
}

std::size_t Channel::outcome(security::TlsSession::Result result, Socket::wait_type& waits, error_code& error) {
  using State = security::TlsSession::State;
  error = {};
  switch (result.state) {
    case State::done:
      break;
    case State::needs_reading:
      waits = Socket::wait_read;
      error = asio::error::would_block;
      break;
    case State::needs_writing:
      waits = Socket::wait_write;
      error = asio::error::would_block;
      break;
    case State::ended:
      error = asio::error::eof;
      break;
    case State::failed:
      error = asio::error::connection_aborted;
      break;
  }
  return result.bytes;
}

std::size_t Channel::read_some(asio::mutable_buffer space, error_code& error) {
  if (certificate_ == nullptr) return socket_.read_some(space, error);
  if (!is_open(error)) return 0;
  return outcome(tls_->read({static_cast<char*>(space.data()), space.size()}), reading_waits_, error);
}

Awaitable<std::size_t> Channel::read(asio::mutable_buffer space, error_code& error) {
  // Who sends faster than is read would keep the loop to itself.
  if (++reads_at_once_ % kReadsAtOnce == 0) co_await asio::post(socket_.get_executor(), kAwait);
  for (;;) {
    const auto count = read_some(space, error);
    if (error != asio::error::would_block) co_return count;
    reads_at_once_ = 0;
    co_await socket_.async_wait(reading_waits_, asio::redirect_error(kAwait, error));
    if (!error && stopped_) error = asio::error::operation_aborted;
    if (error) co_return 0;
  }
}

/// OpenSSL knows the socket by its number, which may be another's by now.
bool Channel::is_open(error_code& error) const {
  if (tls_ && socket_.is_open()) return true;
  error = asio::error::bad_descriptor;
  return false;
}

bool Channel::anything_received() const {
  error_code error;
  return holds_bytes() || socket_.available(error) > 0;
}

std::size_t Channel::write_some(const Pieces& pieces, error_code& error) {
  if (certificate_ == nullptr) return socket_.write_some(pieces, error);
  if (!is_open(error)) return 0;
  std::array<char, kRecord> record;
  return outcome(tls_->write({record.data(), gather(pieces, record)}), writing_waits_, error);
}

void Channel::stop() {
  stopped_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

void Channel::end_writing() {
  if (tls_) tls_->end();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void Channel::close(bool cut) {
  error_code error;
  if (cut) {
    socket_.set_option(Socket::linger(true, 0), error);
  } else if (tls_) {
    end_writing();
    // The client's goodbye, were it left unread, would make the end a reset.
    std::array<char, 4096> sink;
    for (int i = 0; i < kReadsAtOnce && !error && socket_.available(error) > 0; ++i) {
      socket_.read_some(asio::buffer(sink), error);
    }
  }
  tls_.reset();
  socket_.close(error);
}

}  // namespace dontgoback::http
