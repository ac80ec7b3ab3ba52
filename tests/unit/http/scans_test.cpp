// What the scanners know by themselves: before a server's tests Beast refuses most of it, too.
#include <catch2/catch.hpp>

#include "http/message/chunk_scan.hpp"
#include "http/message/framing.hpp"
#include "http/message/head_scan.hpp"

using namespace dontgoback::http;

namespace {

/// In pieces of that size.
ChunkScan::Verdict chunks(std::string_view bytes, std::size_t piece) {
  ChunkScan scan;
  auto verdict = ChunkScan::Verdict::partly;
  for (; !bytes.empty() && verdict == ChunkScan::Verdict::partly; bytes.remove_prefix(std::min(piece, bytes.size()))) {
    verdict = scan.scan(bytes.substr(0, piece));
  }
  return verdict;
}

HeadScan::Verdict request(std::string_view head) { return HeadScan(HeadScan::Kind::request).scan(head); }

}  // namespace

TEST_CASE("A body's end is told once and in one way") {
  using Fields = std::vector<std::pair<bool, std::string>>;  // whether it is Content-Length; its value
  const auto refused = [](const Fields& fields, bool http11 = true) {
    FramingFields framing;
    for (const auto& [length, value] : fields) {
      length ? framing.content_length(value) : framing.transfer_encoding(value);
    }
    return framing.refused(http11);
  };
  CHECK(refused({}) == 0);
  CHECK(refused({{true, "7"}}) == 0);
  CHECK(refused({{false, "chunked"}}) == 0);
  CHECK(refused({{false, "chunked"}}, false) == 400);
  CHECK(refused({{true, "7"}}, false) == 0);
  CHECK(refused({{true, "7"}, {true, "7"}}) == 400);
  CHECK(refused({{false, "chunked"}, {false, "chunked"}}) == 400);
  CHECK(refused({{true, "7"}, {false, "chunked"}}) == 400);
  CHECK(refused({{false, "chunked"}, {true, "7"}}) == 400);
  CHECK(refused({{false, "gzip"}}) == 501);
  CHECK(refused({{false, "gzip"}}, false) == 400);
}

TEST_CASE("A request's line has one version of one digit, and nothing behind it") {
  for (const auto* good : {"HTTP/1.0", "HTTP/1.1"}) {
    CHECK(request(std::string("GET / ") + good + "\r\n\r\n") == HeadScan::Verdict::whole);
  }
  for (const auto* bad : {"HTTP/1.", "HTTP/1.11", "HTTP/1.1 ", "HTTP/2.0", "http/1.1", ""}) {
    CAPTURE(bad);
    CHECK(request(std::string("GET / ") + bad + "\r\n\r\n") == HeadScan::Verdict::bad);
  }
}

TEST_CASE("Each chunk has a size of its own, of at most sixteen digits") {
  using Verdict = ChunkScan::Verdict;
  const auto piece = GENERATE(1U, 5U, 4096U);
  CHECK(chunks("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", piece) == Verdict::whole);
  CHECK(chunks("1\r\na\r\n\r\n", piece) == Verdict::bad);  // the second has none
  CHECK(chunks("1\r\na\r\n;b\r\n", piece) == Verdict::bad);
  std::string many;
  for (int i = 0; i < 20; ++i) many += "1\r\na\r\n";
  CHECK(chunks(many + "0\r\n\r\n", piece) == Verdict::whole);  // 21 digits together
  CHECK(chunks("0000000000000001\r\na\r\n0\r\n\r\n", piece) == Verdict::whole);
  CHECK(chunks("00000000000000001\r\na\r\n0\r\n\r\n", piece) == Verdict::bad);
}

TEST_CASE("Trailers have 2 KiB in all, with the line ends") {
  using Verdict = ChunkScan::Verdict;
  const auto with_trailer = [](std::size_t size) {  // size: with both line ends
    return "0\r\nA:" + std::string(size - 6, 'x') + "\r\n\r\n";
  };
  CHECK(chunks(with_trailer(ChunkScan::kMostTrailer), 4096) == Verdict::whole);
  CHECK(chunks(with_trailer(ChunkScan::kMostTrailer + 1), 4096) == Verdict::bad);
}
