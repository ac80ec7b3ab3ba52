#include "http/server/program_file.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>

using namespace dontgoback::http;

TEST_CASE("What is linked into the program is found in its file") {
  const ProgramFile file;
  const std::string_view linked = "a sentence that stands in this program and in its file alike";
  const auto offset = file.offset_of(linked);
  REQUIRE(offset);
  std::string read(linked.size(), '\0');
  REQUIRE(::pread(file.descriptor(), read.data(), read.size(), *offset) == static_cast<ssize_t>(read.size()));
  CHECK(read == linked);
  CHECK(file.offset_of(linked.substr(5, 7)) == *offset + 5);
}

TEST_CASE("What is made at run time is not") {
  const ProgramFile file;
  const std::string made(100, 'x');
  CHECK_FALSE(file.offset_of(made));
  static char writable[] = "may be changed";
  CHECK_FALSE(file.offset_of({writable, sizeof writable}));
}
