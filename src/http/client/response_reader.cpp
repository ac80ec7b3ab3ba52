#include "http/client/response_reader.hpp"

#include <algorithm>
#include <stdexcept>

namespace dontgoback::http {
namespace beast_http = boost::beast::http;
using boost::system::error_code;
namespace {

constexpr std::uint32_t kHeaderLimit = 16 * 1024;
// 100 and its like come before the answer (RFC 9110 section 15.2), but not for ever.
constexpr unsigned kMostInterim = 8;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

[[noreturn]] void refuse(const char* why) { throw std::runtime_error(why); }

}  // namespace

ResponseReader::ResponseReader(bool head_only, std::size_t body_limit)
    : head_only_(head_only), body_limit_(body_limit) {
  begin();
}

void ResponseReader::begin() {
  parser_.emplace();
  parser_->header_limit(kHeaderLimit);
  parser_->body_limit(body_limit_);
  if (head_only_) parser_->skip(true);
  head_scan_ = HeadScan(HeadScan::Kind::response);
}

void ResponseReader::put(std::string_view bytes) {
  if (bytes.empty()) return;
  untouched_ = false;
  left_.append(bytes);
  while (!left_.empty() && !done()) {
    if (!is_good(left_)) break;
    const bool in_body = parser_->is_header_done();
    error_code error;
    const auto taken = parser_->put(boost::asio::const_buffer(left_.data(), left_.size()), error);
    if (error && error != beast_http::error::need_more) throw boost::system::system_error(error);
    scanned_ahead_ = in_body ? left_.size() - taken : 0;
    left_.erase(0, taken);
    if (!in_body && parser_->is_header_done()) check_head();
    if (error == beast_http::error::need_more) break;
  }
  // What comes behind the answer belongs to none.
  keep_ = done() && left_.empty() && parser_->keep_alive();
}

bool ResponseReader::is_good(std::string_view bytes) {
  if (!parser_->is_header_done()) {
    const auto verdict = head_scan_.scan(bytes);
    if (verdict == HeadScan::Verdict::bad) refuse("the answer is no HTTP");
    if (verdict == HeadScan::Verdict::partly && bytes.size() > kHeaderLimit) refuse("the answer's head is too large");
    return verdict == HeadScan::Verdict::whole;
  }
  if (parser_->chunked()) {
    const auto fresh = bytes.substr(std::min(scanned_ahead_, bytes.size()));
    if (chunk_scan_.scan(fresh) == ChunkScan::Verdict::bad) refuse("a chunk of the answer is malformed");
  }
  return true;
}

void ResponseReader::check_head() {
  FramingFields framing;
  for (const auto& field : parser_->get()) {
    if (field.name() == beast_http::field::content_length) framing.content_length(view(field.value()));
    if (field.name() == beast_http::field::transfer_encoding) framing.transfer_encoding(view(field.value()));
  }
  if (framing.refused(parser_->get().version() == 11) != 0) refuse("where the answer ends is not clear");
  const auto status = parser_->get().result_int();
  if (status >= 200) return;
  // Nothing here asks for another protocol.
  if (status == 101 || ++interim_ > kMostInterim) refuse("an interim answer that nobody asked for");
  begin();
}

void ResponseReader::end() {
  if (done()) return;
  error_code error = beast_http::error::partial_message;
  if (parser_->is_header_done()) parser_->put_eof(error);
  if (error || !done()) refuse("the connection ended within the answer");
  keep_ = false;
}

bool ResponseReader::done() const { return parser_->is_done(); }

std::string ResponseReader::date() const { return std::string(parser_->get()[beast_http::field::date]); }

ClientResponse ResponseReader::take() {
  auto message = parser_->release();
  ClientResponse response;
  response.status = static_cast<int>(message.result_int());
  response.body = std::move(message.body());
  response.etag = std::string(message[beast_http::field::etag]);
  response.content_type = std::string(message[beast_http::field::content_type]);
  response.retry_after = std::string(message[beast_http::field::retry_after]);
  return response;
}

}  // namespace dontgoback::http
