// The heads of requests, and the targets in them.
#include "fuzz.hpp"
#include "http/message/grammar.hpp"
#include "http/server/request_parser.hpp"
#include "http/server/target.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

constexpr std::size_t kHeaderLimit = 4096;

/// What was made of a head: 0 is taken, 1 incomplete, else the status it is refused with.
struct Outcome {
  int status = 1;
  std::size_t end = 0;
  http::Exchange exchange;
  std::string body;
};

/// The head comes in pieces of that size, and stays where it is.
void read(std::string_view input, std::size_t piece, Outcome& outcome) {
  http::RequestParser parser(outcome.exchange, outcome.body, kHeaderLimit);
  std::size_t taken = 0;
  for (std::size_t received = std::min(piece, input.size()); outcome.status == 1;
       received = std::min(received + piece, input.size())) {
    boost::beast::error_code error;
    taken += parser.put(input.substr(taken, received - taken), error);
    if (error && error != boost::beast::http::error::need_more) {
      outcome.status = 400;
    } else if (parser.is_header_done()) {
      outcome.status = parser.refused();
      outcome.end = taken;
    }
    if (received == input.size()) return;
  }
}

void check_taken(std::string_view head, const http::Exchange& exchange) {
  const auto in_head = [head](std::string_view part) {
    return part.empty() || (part.data() >= head.data() && part.data() + part.size() <= head.data() + head.size());
  };
  require(head.ends_with("\r\n\r\n"));
  std::size_t hosts = 0;
  for (const auto& field : exchange.fields) {
    require(in_head(field.name) && in_head(field.value));
    require(http::grammar::is_token(field.name));
    require(http::grammar::all_in(http::grammar::kText, field.value));
    hosts += text::same_ignoring_case(field.name, "Host") ? 1 : 0;
  }
  require(hosts <= 1);
  require(exchange.fields.count("Content-Length") + exchange.fields.count("Transfer-Encoding") <= 1);
  require(exchange.authority.empty() || http::is_authority(exchange.authority));
  require(exchange.request.path == "*" || exchange.request.path.starts_with('/'));
  require(in_head(exchange.request.path) || exchange.request.path == "/");
  require(in_head(exchange.request.query));
}

void check_target(std::string_view text) {
  const auto target = http::Target::parse(text);
  if (!target) return;
  require(text == "*" || text.find_first_of(" #\r\n") == text.npos);
  require(target->path == "*" || target->path.starts_with('/'));
  if (target->authority.empty()) return;
  require(http::is_authority(target->authority));
  require(!http::host_of_authority(target->authority).empty());
  require(target->authority.find_first_of("/?#@\\<> ") == text.npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = fuzz::text_of(data, size);
  check_target(input.substr(0, input.find('\n')));
  Outcome whole;
  read(input, std::max<std::size_t>(size, 1), whole);
  if (whole.status == 0) check_taken(input.substr(0, whole.end), whole.exchange);
  Outcome pieces;
  read(input, 1 + size % 7, pieces);
  if (size > kHeaderLimit) return 0;  // then it is how much had come that decides
  require(whole.status == pieces.status && whole.end == pieces.end);
  require(whole.exchange.request.language == pieces.exchange.request.language);
  return 0;
}
