#include "http/server/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/error.hpp>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"
#include "http/server/target.hpp"

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

/// Of good lines: what their `Accept-Language` asks for.
Language language_of_head(std::string_view lines) {
  while (!lines.empty()) {
    auto line = text::take(lines, '\n');
    const auto name = text::take(line, ':');
    if (text::same_ignoring_case(name, "Accept-Language"))
      return language_of(text::trimmed(line.substr(0, line.size() - 1)));
  }
  return Language::ko;
}

}  // namespace

RequestParser::RequestParser(Exchange& exchange, RequestBody& body, std::size_t header_limit)
    : exchange_(exchange), body_(body) {
  this->header_limit(static_cast<std::uint32_t>(header_limit));
  this->body_limit(boost::none);  // known with the route only; see on_body_impl
}

std::size_t RequestParser::put(std::string_view bytes, error_code& error) {
  const bool of_body = is_header_done();
  if (of_body ? !is_good_body(bytes, error) : !is_good_head(bytes, error)) return 0;
  const auto taken = basic_parser::put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  scanned_ahead_ = of_body ? bytes.size() - taken : 0;
  return taken;
}

bool RequestParser::is_good_head(std::string_view bytes, error_code& error) {
  const auto verdict = head_scan_.scan(bytes);
  if (verdict == HeadScan::Verdict::whole) return true;
  error = beast_http::error::need_more;
  if (verdict == HeadScan::Verdict::bad) {
    error = beast_http::error::bad_field;
    read_language(bytes);
  }
  return false;
}

void RequestParser::read_language(std::string_view head) {
  exchange_.request.language = language_of_head(head.substr(0, head_scan_.good()));
}

bool RequestParser::is_good_body(std::string_view bytes, error_code& error) {
  if (!chunked()) return true;
  const auto fresh = bytes.substr(std::min(scanned_ahead_, bytes.size()));
  if (chunk_scan_.scan(fresh) != ChunkScan::Verdict::bad) return true;
  error = beast_http::error::bad_chunk;
  return false;
}

int RequestParser::refused() {
  if (const int status = framing_.refused(http11())) return status;
  if (malformed_host_ || (http11() ? hosts_ != 1 : hosts_ > 1)) return 400;  // RFC 9112 section 3.2
  if (repeated_) return 400;                                                 // RFC 9110 section 5.3
  const auto target = Target::parse(exchange_.target);
  if (!target || (target->is_server() && exchange_.request.method != Method::options)) return 400;
  if (!target->authority.empty()) exchange_.authority = target->authority;
  exchange_.request.path = target->path;
  exchange_.request.query = target->query;
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
  switch (id) {
    case beast_http::field::host:
      ++hosts_;
      exchange_.authority = view(value);
      malformed_host_ |= !is_authority(exchange_.authority);
      break;
    case beast_http::field::content_length:
      framing_.content_length(view(value));
      break;
    case beast_http::field::transfer_encoding:
      framing_.transfer_encoding(view(value));
      break;
    case beast_http::field::expect:
      (text::same_ignoring_case(view(value), "100-continue") ? expects_continue_ : expects_other_) = true;
      break;
    case beast_http::field::accept_language:
      if (languages_++ == 0) exchange_.request.language = language_of(view(value));
      break;
    // What a decision hangs on has one value: of two, one reader takes the first and the next one the last.
    case beast_http::field::origin:
      repeated_ |= origins_++ > 0;
      break;
    case beast_http::field::content_type:
      repeated_ |= types_++ > 0;
      break;
    case beast_http::field::referer:
      repeated_ |= referers_++ > 0;
      break;
    default:
      break;
  }
  if (!exchange_.fields.add(view(name), view(value))) error = beast_http::error::header_limit;
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, string_view, error_code& error) {
  if (size > body_most_ - body_.size()) error = beast_http::error::body_limit;
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
