#include <boost/asio/redirect_error.hpp>
#include <boost/beast/http/error.hpp>

#include "http/server/connection.hpp"

namespace dontgoback::http {
namespace beast_http = boost::beast::http;
using boost::system::error_code;

void Connection::begin_request() {
  body_.clear();
  input_.next();

  exchange_.fields.clear();
  exchange_.target = {};
  exchange_.authority = {};
  exchange_.route = nullptr;
  exchange_.taken.reset();
  exchange_.user_api = false;
  exchange_.cors = false;
  exchange_.path = nullptr;
  loop_.next_request_id(exchange_.request_id);
  exchange_.request = Request{};
  exchange_.request.headers = &exchange_.fields;
  exchange_.request.peer_address = exchange_.peer_text;
  exchange_.request.client_address = exchange_.peer_text;
  exchange_.request.request_id = exchange_.request_id;
  parser_.emplace(exchange_, body_, service_.settings.header_limit);
  began_ = {};

  response_.reset();
  unsent_share_.release();
  keep_ = false;
  unread_ = false;
}

Connection::Parsed Connection::parse_head() {
  // Some clients send an empty line after a body (RFC 9112 section 2.2).
  while (!parser_->got_some() && input_.unread().starts_with("\r\n")) input_.use(2);
  while (!input_.unread().empty() && !parser_->is_header_done()) {
    error_code error;
    input_.use(parser_->put(input_.unread(), error));
    if (error == beast_http::error::need_more) break;
    if (error) {
      refuse(error == beast_http::error::header_limit ? 431 : 400);
      return Parsed::refused;
    }
  }
  if (!parser_->is_header_done()) {
    if (!input_.is_full_of_head()) return Parsed::partly;
    parser_->read_language(input_.unread());
    refuse(431);
    return Parsed::refused;
  }
  const int status = parser_->refused();
  if (status == 0) return Parsed::whole;
  refuse(status);
  return Parsed::refused;
}

/// False: there is no request to wait for any more.
bool Connection::wait_for_head() {
  if (dismissed() && !anything_received()) return false;
  const auto& limits = service_.settings.limits;
  if (input_.unread().empty()) {
    wait_within(Phase::idle, first_ ? limits.header : limits.idle);
  } else if (phase_ != Phase::head) {
    wait_within(Phase::head, limits.header);
  }
  first_ = false;
  return true;
}

bool Connection::anything_received() const { return !input_.unread().empty() || channel_.anything_received(); }

Awaitable<bool> Connection::receive() {
  if (visitor_.kind == Kind::user && !InWaitingLine::is_linked()) {
    loop_.waiting.join(*this, std::chrono::steady_clock::now());
  }
  const bool idle = !input_.has_memory();
  if (!idle && input_.space().size() == 0 && !input_.grow()) {
    refuse_for_memory();
    co_return false;
  }
  error_code error;
  std::size_t count = 0;
  // There is memory once there is something to put there. Of TLS something may have come that is nothing yet.
  bool waits = idle && !channel_.holds_bytes();
  do {
    error = {};
    if (waits) co_await channel_.socket().async_wait(channel_.waits_to_read(), asio::redirect_error(kAwait, error));
    if (!error) count = channel_.read_some(input_.space(), error);
    waits = true;
  } while (error == asio::error::would_block);
  input_.arrived(count);
  if (gave_way_) co_return false;
  // The client has gone, or was too slow: then it is told if it had begun a request.
  // The time may be over when bytes have come that this was not told of yet: then nothing was there to be cancelled.
  if (expired_ && phase_ != Phase::idle) {
    if (!parser_->is_header_done()) parser_->read_language(input_.unread());
    refuse(408);
    co_return false;
  }
  co_return !error;
}

Connection::Parsed Connection::parse_body() {
  while (!input_.unread().empty() && !parser_->is_done()) {
    error_code error;
    input_.use(parser_->put(input_.unread(), error));
    if (error == beast_http::error::need_more) break;
    if (!error) continue;
    if (error == beast_http::error::buffer_overflow) {
      refuse_for_memory();
    } else {
      refuse(error == beast_http::error::body_limit ? 413 : 400);
    }
    return Parsed::refused;
  }
  return parser_->is_done() ? Parsed::whole : Parsed::partly;
}

bool Connection::body_has_arrived() {
  const auto missing = parser_->content_length_remaining();
  if (missing && *missing > input_.unread().size()) return false;
  return parser_->is_done() || parse_body() == Parsed::whole;
}

Awaitable<void> Connection::read_body() {
  const auto reach = reach_of_sender();
  body_.reach(reach);
  if (parser_->expects_continue() && input_.unread().empty() && body_.size() == 0) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code error;
    channel_.write_some({asio::buffer(kContinue)}, error);
    if (error) co_return;
  }
  wait_within(Phase::body, service_.settings.limits.body);
  while (parse_body() == Parsed::partly) {
    switch (input_.make_space_behind_head(reach)) {
      case InputBuffer::Made::yes:
        break;
      case InputBuffer::Made::full:
        co_return refuse(400);  // a chunk's head or trailer that does not end
      case InputBuffer::Made::no_memory:
        co_return refuse_for_memory();
    }
    if (!co_await receive()) co_return;
  }
}

}  // namespace dontgoback::http
