#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include "support/temporary_directory.hpp"

namespace dontgoback::http::testing {

/// An authority of its own and a server certificate signed by it.
struct Certificates {
  /// `days`: how long the server's is good.
  explicit Certificates(const std::string& names, int days = 30) {
    const auto dir = directory.path().string();
    const auto command = "cd " + dir +
                         " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ca"
                         " -keyout ca.key -out ca.pem"
                         " && openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=node"
                         " -keyout node.key -out node.csr"
                         " && printf 'subjectAltName=" +
                         names +
                         "' > names"
                         " && openssl x509 -req -in node.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days " +
                         std::to_string(days) +
                         " -extfile names"
                         " -out node.pem";
    REQUIRE(std::system(("(" + command + ") > /dev/null 2>&1").c_str()) == 0);
  }
  std::string file(const std::string& name) const { return (directory.path() / name).string(); }

  test::TemporaryDirectory directory;
};

}  // namespace dontgoback::http::testing
