#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string>

#include "http/message/chunk_scan.hpp"
#include "http/message/framing.hpp"
#include "http/message/head_scan.hpp"
#include "http/server/exchange.hpp"
#include "http/server/request_body.hpp"

namespace dontgoback::http {

/// Beast's parser, filling an Exchange with views into the buffer it reads from: no allocation for a request without a
/// body. The bytes of the head must stay where they are until the request is answered. Beast is given only what
/// HeadScan and ChunkScan found good, and what it then forgives is in `refused`: a proxy before us may read it
/// otherwise.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  RequestParser(Exchange& exchange, RequestBody& body, std::size_t header_limit);

  /// As Beast's: takes bytes off the front and says how many; those it leaves come again, with more behind them.
  std::size_t put(std::string_view bytes, boost::beast::error_code& error);

  /// For the sentence that refuses a head of which no more is read: what its good lines ask for. `head` as put.
  void read_language(std::string_view head);

  /// Bytes the body may have; asked for when the route is known.
  void limit_body(std::size_t bytes) { body_most_ = bytes; }
  /// Takes the target apart. What a well-formed head still can have wrong: 400, 417 or 501; else 0.
  int refused();
  bool expects_continue() const { return expects_continue_; }
  bool http11() const { return version_ == 11; }

 private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;
  using verb = boost::beast::http::verb;

  void on_request_impl(verb method, string_view name, string_view target, int version, error_code& error) override;
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(boost::beast::http::field id, string_view name, string_view value, error_code& error) override;
  void on_header_impl(error_code& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& error) override;
  std::size_t on_body_impl(string_view bytes, error_code& error) override;
  void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& error) override;
  void on_finish_impl(error_code&) override {}
  bool is_good_head(std::string_view bytes, error_code& error);
  bool is_good_body(std::string_view bytes, error_code& error);

  Exchange& exchange_;
  RequestBody& body_;
  HeadScan head_scan_{HeadScan::Kind::request};
  ChunkScan chunk_scan_;
  std::size_t scanned_ahead_ = 0;  // bytes of the body that Beast left for the next call
  FramingFields framing_;
  std::size_t body_most_ = 0;
  int version_ = 0;
  unsigned hosts_ = 0;
  unsigned languages_ = 0;
  unsigned origins_ = 0;
  unsigned types_ = 0;
  unsigned referers_ = 0;
  bool in_head_ = true;
  bool malformed_host_ = false;
  bool repeated_ = false;
  bool expects_continue_ = false;
  bool expects_other_ = false;
};

}  // namespace dontgoback::http
