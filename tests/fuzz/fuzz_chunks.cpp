// Chunked bodies: what ChunkScan lets pass Beast reads to the same end, and nothing else.
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "fuzz.hpp"
#include "http/message/chunk_scan.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;
namespace beast_http = boost::beast::http;

namespace {

/// Where Beast sees the body end, which begins the text; npos: nowhere.
std::size_t end_by_beast(std::string_view chunks) {
  beast_http::request_parser<beast_http::string_body> parser;
  constexpr std::string_view kHead = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  boost::beast::error_code error;
  parser.put(boost::asio::const_buffer(kHead.data(), kHead.size()), error);
  require(!error && parser.is_header_done());
  std::size_t taken = 0;
  while (taken < chunks.size() && !parser.is_done() && !error) {
    taken += parser.put(boost::asio::const_buffer(chunks.data() + taken, chunks.size() - taken), error);
  }
  return parser.is_done() ? taken : std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = fuzz::text_of(data, size);
  using Verdict = http::ChunkScan::Verdict;
  http::ChunkScan at_once;
  const auto verdict = at_once.scan(input);

  http::ChunkScan bytewise;
  auto last = Verdict::partly;
  std::size_t end = 0;
  while (last == Verdict::partly && end < size) last = bytewise.scan(input.substr(end++, 1));
  require(last == verdict);
  if (verdict != Verdict::whole) return 0;
  require(input.substr(0, end).ends_with("\r\n"));
  // Beast refuses some trailer fields, those of framing, and a size that it may not hold.
  const auto by_beast = end_by_beast(input);
  require(by_beast == std::string_view::npos || by_beast == end);
  return 0;
}
