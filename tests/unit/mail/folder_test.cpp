#include "mail/folder.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <vector>

#include "support/temporary_directory.hpp"

using namespace dontgoback;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> names(const fs::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path().filename().string());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("mails are files for their owner's eyes, in order; the same letter is one", "[mail]") {
  const test::TemporaryDirectory place;
  const auto path = place.path() / "data" / "mail";
  mail::Folder folder(path);
  const auto first = folder.send({"b", "a@b.kr", "c@d.kr"}, "first");
  CHECK(first.kind == mail::Answer::Kind::done);
  CHECK(first.what == (path / "00000001-b.eml").string());
  CHECK(folder.send({"a", "a@b.kr", "c@d.kr"}, "second").what == (path / "00000002-a.eml").string());
  CHECK(folder.send({"b", "a@b.kr", "c@d.kr"}, "first again").what == first.what);
  CHECK(names(path) == std::vector<std::string>{"00000001-b.eml", "00000002-a.eml"});
  std::ifstream file(first.what);
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == "first");
  CHECK(fs::status(first.what).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(fs::status(path).permissions() == fs::perms::owner_all);
}

TEST_CASE("of the files the newest thousand stay, and what is not ours", "[mail]") {
  const test::TemporaryDirectory place;
  std::ofstream(place.path() / "notes.txt");
  for (int i = 1; i <= 1000; ++i) std::ofstream(place.path() / (std::to_string(10'000'000 + i) + "-x.eml"));
  mail::Folder folder(place.path());
  folder.send({"new", "a@b.kr", "c@d.kr"}, "mail");
  const auto left = names(place.path());
  CHECK(left.size() == 1001);
  CHECK(left.front() == "10000002-x.eml");
  CHECK(left[999] == "10001001-new.eml");
  CHECK(left.back() == "notes.txt");
}
