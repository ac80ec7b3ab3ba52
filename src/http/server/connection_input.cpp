#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>

#include "http/server/connection.hpp"

namespace dontgoback::http {
namespace beast_http = boost::beast::http;
using boost::system::error_code;
namespace {

// Kept from one request to the next; a larger body's memory is given back.
constexpr std::size_t kKeptBody = 64 * 1024;

}  // namespace

void Connection::begin_request() {
  const auto left = received_ - parsed_;
  if (left > 0) std::memmove(buffer_.get(), buffer_.get() + parsed_, left);
  parsed_ = 0;
  received_ = left;
  head_end_ = 0;
  if (body_.capacity() > kKeptBody) std::string().swap(body_);
  body_.clear();

  exchange_.fields.clear();
  exchange_.target = {};
  exchange_.route = nullptr;
  exchange_.taken.reset();
  exchange_.user_api = false;
  exchange_.cors = false;
  loop_.next_request_id(exchange_.request_id);
  exchange_.request = Request{};
  exchange_.request.headers = &exchange_.fields;
  exchange_.request.peer_address = exchange_.peer_text;
  exchange_.request.client_address = exchange_.peer_text;
  exchange_.request.request_id = exchange_.request_id;
  parser_.emplace(exchange_, body_, std::string_view(buffer_.get(), buffer_size_), service_.settings.header_limit);
  began_ = {};

  response_.reset();
  keep_ = false;
  unread_ = false;
}

Connection::Parsed Connection::parse_head() {
  const auto limit = service_.settings.header_limit;
  // Some clients send an empty line after a body (RFC 9112 section 2.2).
  while (!parser_->got_some() && parsed_ < received_ && (buffer_[parsed_] == '\r' || buffer_[parsed_] == '\n'))
    ++parsed_;
  while (parsed_ < received_ && !parser_->is_header_done()) {
    error_code error;
    parsed_ += parser_->put(asio::const_buffer(buffer_.get() + parsed_, received_ - parsed_), error);
    if (error == beast_http::error::need_more) break;
    if (error) {
      refuse(error == beast_http::error::header_limit ? 431 : 400);
      return Parsed::refused;
    }
  }
  if (!parser_->is_header_done()) {
    if (received_ < limit) return Parsed::partly;
    refuse(431);
    return Parsed::refused;
  }
  head_end_ = parsed_;
  const int status = head_end_ > limit ? 431 : parser_->refused();
  if (status == 0) return Parsed::whole;
  refuse(status);
  return Parsed::refused;
}

/// False: there is no request to wait for any more.
bool Connection::wait_for_head() {
  if (draining() && !anything_received()) return false;
  const auto& limits = service_.settings.limits;
  if (received_ == 0) {
    wait_within(Phase::idle, first_ ? limits.header : limits.idle);
  } else if (phase_ != Phase::head) {
    wait_within(Phase::head, limits.header);
  }
  first_ = false;
  return true;
}

bool Connection::anything_received() const {
  error_code error;
  return received_ > 0 || socket_.available(error) > 0;
}

Connection::Parsed Connection::parse_body() {
  while (parsed_ < received_ && !parser_->is_done()) {
    error_code error;
    parsed_ += parser_->put(asio::const_buffer(buffer_.get() + parsed_, received_ - parsed_), error);
    if (error == beast_http::error::need_more) break;
    if (error) {
      refuse(error == beast_http::error::body_limit ? 413 : 400);
      return Parsed::refused;
    }
  }
  return parser_->is_done() ? Parsed::whole : Parsed::partly;
}

bool Connection::body_has_arrived() {
  const auto missing = parser_->content_length_remaining();
  if (missing && *missing > received_ - parsed_) return false;
  return parser_->is_done() || parse_body() == Parsed::whole;
}

Awaitable<void> Connection::read_body() {
  if (parser_->expects_continue() && parsed_ == received_) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code error;
    socket_.write_some(asio::buffer(kContinue), error);
    if (error) co_return;
  }
  wait_within(Phase::body, service_.settings.limits.body);
  while (parse_body() == Parsed::partly) {
    // The space behind the head is used again and again.
    const auto left = received_ - parsed_;
    if (left > 0) std::memmove(buffer_.get() + head_end_, buffer_.get() + parsed_, left);
    parsed_ = head_end_;
    received_ = head_end_ + left;
    if (received_ == buffer_size_) {
      refuse(400);  // a chunk's head or trailer that does not end
      co_return;
    }
    error_code error;
    received_ += co_await socket_.async_read_some(free_space(), asio::redirect_error(kAwait, error));
    if (error) {
      read_failed();
      co_return;
    }
  }
}

/// The client has gone, or was too slow: then it is told if it had begun a request.
void Connection::read_failed() {
  if (expired_ && phase_ != Phase::idle) refuse(408);
}

asio::mutable_buffer Connection::free_space() {
  return asio::buffer(buffer_.get() + received_, buffer_size_ - received_);
}

}  // namespace dontgoback::http
