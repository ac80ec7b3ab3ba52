#include "http/server/channel.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <cstring>

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::http {
using boost::system::error_code;
namespace {

// One record of TLS (RFC 8446 section 5.1).
constexpr std::size_t kRecord = 16 * 1024;

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
  tls_.emplace(certificate_->begin(socket_.native_handle()));
  error_code error = asio::error::would_block;
  while (error == asio::error::would_block) {
    outcome(tls_->greet(), reading_waits_, error);
    if (error != asio::error::would_block) break;
    error_code waiting;
    co_await socket_.async_wait(reading_waits_, asio::redirect_error(kAwait, waiting));
    if (waiting) error = waiting;
  }
  if (!error) co_return Greeting::done;
  if (tls_->heard_plain_http()) co_return Greeting::plain_http;
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
  if (!tls_) return socket_.read_some(space, error);
  return outcome(tls_->read({static_cast<char*>(space.data()), space.size()}), reading_waits_, error);
}

Awaitable<std::size_t> Channel::read(asio::mutable_buffer space, error_code& error) {
  for (;;) {
    const auto count = read_some(space, error);
    if (error != asio::error::would_block) co_return count;
    co_await socket_.async_wait(reading_waits_, asio::redirect_error(kAwait, error));
    if (error) co_return 0;
  }
}

bool Channel::anything_received() const {
  error_code error;
  return holds_bytes() || socket_.available(error) > 0;
}

std::size_t Channel::write_some(const Pieces& pieces, error_code& error) {
  if (!tls_) return socket_.write_some(pieces, error);
  std::array<char, kRecord> record;
  return outcome(tls_->write({record.data(), gather(pieces, record)}), writing_waits_, error);
}

void Channel::end_writing() {
  if (tls_) tls_->end();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

}  // namespace dontgoback::http
