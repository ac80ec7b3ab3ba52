#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <optional>

#include "http/server/event_loop.hpp"
#include "security/tls/server_certificate.hpp"

namespace dontgoback::http {

/// The bytes between a client and a connection: as they are on the socket, or with TLS over it. Nothing blocks: what
/// cannot be done yet is `would_block`, and can be waited for. Belongs to the loop's thread.
class Channel {
 public:
  /// The pieces of what is written; a piece may be empty.
  using Pieces = std::array<asio::const_buffer, 3>;

  /// Without a certificate, which outlives it, there is no TLS.
  Channel(Socket socket, const security::ServerCertificate* certificate);

  bool has_tls() const { return certificate_ != nullptr; }
  Socket& socket() { return socket_; }
  const Socket& socket() const { return socket_; }

  enum class Greeting { done, plain_http, failed };
  /// The beginning of TLS, before all else; `plain_http` when the client does not begin it but a request.
  Awaitable<Greeting> greet();

  /// What the socket must be waited for before what could not be read, or written, is tried again.
  Socket::wait_type waits_to_read() const { return reading_waits_; }
  Socket::wait_type waits_to_write() const { return writing_waits_; }
  /// Something can be read though the socket may have nothing.
  bool holds_bytes() const { return tls_ && tls_->holds_bytes(); }
  std::size_t read_some(asio::mutable_buffer space, boost::system::error_code& error);
  /// Reads once there is something.
  Awaitable<std::size_t> read(asio::mutable_buffer space, boost::system::error_code& error);
  /// Something of the next request is here, read or still with the kernel.
  bool anything_received() const;

  /// What `would_block` is written again from the same place.
  std::size_t write_some(const Pieces& pieces, boost::system::error_code& error);

  /// Nothing follows: the client sees a whole end.
  void end_writing();

 private:
  static std::size_t outcome(security::TlsSession::Result result, Socket::wait_type& waits,
                             boost::system::error_code& error);

  Socket socket_;
  const security::ServerCertificate* certificate_;
  std::optional<security::TlsSession> tls_;
  // TLS may have to write to be able to read, and the other way round.
  Socket::wait_type reading_waits_ = Socket::wait_read;
  Socket::wait_type writing_waits_ = Socket::wait_write;
};

}  // namespace dontgoback::http
