#include "http/server/request_parser.hpp"

#include <boost/beast/http/error.hpp>
#include <functional>

#include "dontgoback/text/ascii.hpp"

namespace dontgoback::http {
namespace beast_http = boost::beast::http;
namespace {

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::get;
    case beast_http::verb::head:
      return Method::head;
    case beast_http::verb::post:
      return Method::post;
    case beast_http::verb::put:
      return Method::put;
    case beast_http::verb::patch:
      return Method::patch;
    case beast_http::verb::delete_:
      return Method::del;
    case beast_http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

}  // namespace

RequestParser::RequestParser(Exchange& exchange, RequestBody& body, std::size_t header_limit)
    : exchange_(exchange), body_(body) {
  this->header_limit(static_cast<std::uint32_t>(header_limit));
  this->body_limit(boost::none);  // known with the route only; see on_body_impl
}

std::size_t RequestParser::put(std::string_view bytes, error_code& error) {
  buffer_ = bytes;
  return basic_parser::put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
}

int RequestParser::refused() const {
  if (folded_) return 400;
  if (http11() ? hosts_ != 1 : hosts_ > 1) return 400;  // RFC 9112 section 3.2
  if (transfer_coding_ && !chunked()) return 501;       // RFC 9112 section 6.1
  if (transfer_coding_ && !http11()) return 400;        // the same: faulty framing
  if (expects_other_) return 417;
  return 0;
}

void RequestParser::on_request_impl(verb method, string_view, string_view target, int version, error_code&) {
  exchange_.request.method = method_of(method);
  exchange_.target = view(target);
  version_ = version;
}

void RequestParser::on_field_impl(beast_http::field id, string_view name, string_view value, error_code& error) {
  if (!in_head_) return;  // a trailer: nothing here needs one
  // Beast unfolds a field that spans lines into memory of its own; nobody sends that any more (RFC 9112 section 5.2).
  const std::less<const char*> before;
  if (before(value.data(), buffer_.data()) || before(buffer_.data() + buffer_.size(), value.data())) folded_ = true;
  if (id == beast_http::field::host) ++hosts_;
  if (id == beast_http::field::transfer_encoding) transfer_coding_ = true;
  if (id == beast_http::field::expect)
    (text::same_ignoring_case(view(value), "100-continue") ? expects_continue_ : expects_other_) = true;
  // Already here: also what refuses the rest of the head is a sentence.
  if (id == beast_http::field::accept_language && languages_++ == 0) {
    exchange_.request.language = language_of(view(value));
  }
  if (!exchange_.fields.add(view(name), view(value))) error = beast_http::error::header_limit;
}

void RequestParser::on_header_impl(error_code&) { in_head_ = false; }

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& error) {
  if (length && *length > body_most_) error = beast_http::error::body_limit;
}

std::size_t RequestParser::on_body_impl(string_view bytes, error_code& error) {
  if (bytes.size() > body_most_ - body_.size()) {
    error = beast_http::error::body_limit;
    return 0;
  }
  const auto part = view(bytes);
  if (content_length() == part.size()) {
    body_.refer_to(part);
  } else if (!body_.append(part)) {
    error = beast_http::error::buffer_overflow;
    return 0;
  }
  return part.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& error) {
  return on_body_impl(bytes, error);
}

}  // namespace dontgoback::http
