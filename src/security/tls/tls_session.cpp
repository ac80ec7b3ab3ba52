#include "tls/tls_session.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <new>
#include <system_error>

namespace dontgoback::security {

void TlsSession::Free::operator()(ssl_st* session) const { SSL_free(session); }

TlsSession::TlsSession(const std::shared_ptr<ssl_ctx_st>& context, int socket) : ssl_(SSL_new(context.get())) {
  if (!ssl_ || SSL_set_fd(ssl_.get(), socket) != 1) throw std::bad_alloc();
  SSL_set_accept_state(ssl_.get());
}

TlsSession::Result TlsSession::greet() {
  ERR_clear_error();
  const auto result = result_of(SSL_do_handshake(ssl_.get()));
  greeted_ = result.state == State::done;
  return result;
}

TlsSession::Result TlsSession::read(std::span<char> space) {
  ERR_clear_error();
  return result_of(SSL_read(ssl_.get(), space.data(), static_cast<int>(space.size())));
}

TlsSession::Result TlsSession::write(std::string_view bytes) {
  ERR_clear_error();
  return result_of(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())));
}

void TlsSession::end() {
  if (!greeted_ || failed_) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

bool TlsSession::holds_bytes() const { return SSL_pending(ssl_.get()) > 0; }

TlsSession::Result TlsSession::result_of(int returned) {
  if (returned > 0) return {State::done, static_cast<std::size_t>(returned)};
  const int system = errno;
  switch (SSL_get_error(ssl_.get(), returned)) {
    case SSL_ERROR_WANT_READ:
      return {State::needs_reading};
    case SSL_ERROR_WANT_WRITE:
      return {State::needs_writing};
    case SSL_ERROR_ZERO_RETURN:
      return {State::ended};
    default:
      break;
  }
  failed_ = true;
  const auto error = ERR_get_error();
  ERR_clear_error();
  heard_plain_http_ = ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) == SSL_R_HTTP_REQUEST;
  const char* reason = ERR_reason_error_string(error);
  cause_ = reason != nullptr ? reason : system != 0 ? std::generic_category().message(system) : "end of file";
  return {State::failed};
}

}  // namespace dontgoback::security
