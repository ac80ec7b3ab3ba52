#include <catch2/catch.hpp>

#include "security/tls/tls_session.hpp"

using namespace dontgoback::security;
using namespace std::string_view_literals;

TEST_CASE("the first bytes say whether TLS begins") {
  struct Row {
    std::string_view bytes;
    FirstBytes look;
  };
  for (const auto& row : {
           Row{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"sv, FirstBytes::tls},
           Row{"\x16\x03\x03\x40\x00\x01\x00\x40\x00"sv, FirstBytes::tls},      // 16 KiB
           Row{"\x16\x03\x03\x00\x04\x01\x00\x01\xfc"sv, FirstBytes::tls},      // in records of four
           Row{"\x16\x03\x03\x40\x00\x01\x00\x40\x01"sv, FirstBytes::neither},  // one more
           Row{"\x16\x03\x03\x40\x00\x01\x01\xff\xfc"sv, FirstBytes::neither},
           Row{"\x16\x03\x03\x00\x01\x01\x16\x03\x03"sv, FirstBytes::neither},  // in records of one
           Row{"\x16\x03\x01\x02\x00\x02\x00\x01\xfc"sv, FirstBytes::neither},  // a server's
           Row{"\x15\x03\x01\x00\x02\x01\x00\x00\x00"sv, FirstBytes::neither},  // an alert
           Row{"\x80\x2e\x01\x00\x02\x00\x15\x00\x00"sv, FirstBytes::neither},  // of SSL 2
           Row{"\x16\x03\x01\x02\x00\x01\x00\x01"sv, FirstBytes::neither},
           Row{"GET / HTT"sv, FirstBytes::http},
           Row{"DELETE /a"sv, FirstBytes::http},
           Row{"PRI * HTT"sv, FirstBytes::http},
           Row{"O"sv, FirstBytes::http},
           Row{"get / htt"sv, FirstBytes::neither},
           Row{""sv, FirstBytes::neither},
       }) {
    CAPTURE(row.bytes);
    CHECK(judge(row.bytes) == row.look);
  }
}
