#include "shared/redis/wire.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace dontgoback::shared {
namespace asio = boost::asio;
using boost::system::error_code;

Wire::Wire(asio::io_context& context, asio::ssl::context* tls) : socket_(context), timer_(context) {
  if (tls != nullptr) tls_.emplace(socket_, *tls);
}

void Wire::limit(std::chrono::milliseconds span) {
  timer_.expires_after(span);
  // A handler may be on its way when the wire is gone, or when another limit has been set.
  timer_.async_wait([self = weak_from_this(), until = timer_.expiry()](error_code cancelled) {
    const auto wire = self.lock();
    if (cancelled || !wire || wire->timer_.expiry() != until) return;
    wire->late_ = true;
    wire->close();
  });
}

void Wire::close() {
  closed_ = true;
  timer_.cancel();
  error_code ignored;
  socket_.close(ignored);
}

void Wire::fail(const std::string& what, error_code cause) const {
  throw std::runtime_error(late_ ? std::string("no answer in time") : what + ": " + cause.message());
}

asio::awaitable<void> Wire::connect(const RedisAddress& address, Endpoint endpoint) {
  error_code failed;
  co_await socket_.async_connect(endpoint, asio::redirect_error(asio::use_awaitable, failed));
  if (failed) fail("no connection", failed);
  if (address.socket.empty()) socket_.set_option(asio::ip::tcp::no_delay(true), failed);
  if (tls_) co_await shake_hands(address);
}

asio::awaitable<void> Wire::shake_hands(const RedisAddress& address) {
  const std::string name(address.host_name());
  tls_->set_verify_mode(asio::ssl::verify_peer);
  tls_->set_verify_callback(asio::ssl::host_name_verification(name));
  error_code is_name, failed;
  asio::ip::make_address(name, is_name);
  // RFC 6066 section 3: names only.
  if (is_name && SSL_set_tlsext_host_name(tls_->native_handle(), name.c_str()) != 1) {
    throw std::runtime_error("the host's name is not one for TLS");
  }
  co_await tls_->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, failed));
  if (!failed) co_return;
  const long verdict = SSL_get_verify_result(tls_->native_handle());
  if (!late_ && verdict != X509_V_OK) {
    const bool other_name = verdict == X509_V_ERR_UNSPECIFIED || verdict == X509_V_ERR_APPLICATION_VERIFICATION;
    throw std::runtime_error("its certificate is not trusted: " +
                             (other_name ? "it is not for the name " + name
                                         : std::string(X509_verify_cert_error_string(verdict)) +
                                               "; authorities are those of this machine, or of SSL_CERT_FILE"));
  }
  if (ERR_GET_REASON(static_cast<unsigned long>(failed.value())) == SSL_R_WRONG_VERSION_NUMBER) {
    throw std::runtime_error("no TLS is spoken there: should the URL begin with redis://?");
  }
  fail("TLS", failed);
}

asio::awaitable<void> Wire::write(std::string_view bytes) {
  error_code failed;
  const auto buffer = asio::buffer(bytes.data(), bytes.size());
  if (tls_) {
    co_await asio::async_write(*tls_, buffer, asio::redirect_error(asio::use_awaitable, failed));
  } else {
    co_await asio::async_write(socket_, buffer, asio::redirect_error(asio::use_awaitable, failed));
  }
  if (failed) fail("the connection ended", failed);
}

asio::awaitable<Reply> Wire::reply() {
  for (;;) {
    if (auto reply = reader_.next()) co_return std::move(*reply);
    error_code failed;
    const auto buffer = asio::buffer(buffer_);
    std::size_t size = 0;
    if (tls_) {
      size = co_await tls_->async_read_some(buffer, asio::redirect_error(asio::use_awaitable, failed));
    } else {
      size = co_await socket_.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, failed));
    }
    if (failed) fail("the connection ended", failed);
    reader_.feed({buffer_.data(), size});
  }
}

}  // namespace dontgoback::shared
