#include "folder.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

#include "dontgoback/security/files/private_file.hpp"
#include "dontgoback/text/number.hpp"

namespace dontgoback::mail {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMost = 1000;
constexpr std::size_t kDigits = 8;

struct Numbered {
  std::uint64_t number;
  std::string name;
};

/// Also what a kill left half written (`NUMBER-ID.eml.XXXXXX`).
std::vector<Numbered> numbered_files(const fs::path& folder) {
  std::vector<Numbered> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    auto name = entry.path().filename().string();
    const auto number = text::number<std::uint64_t>(std::string_view(name).substr(0, name.find('-')));
    if (number) files.push_back({*number, std::move(name)});
  }
  return files;
}

std::string padded(std::uint64_t number) {
  const auto digits = std::to_string(number);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits;
}

/// Leaves the newest.
void prune(const fs::path& folder, std::vector<Numbered>& files) {
  if (files.size() <= kMost) return;
  const auto spare = files.begin() + static_cast<std::ptrdiff_t>(files.size() - kMost);
  std::nth_element(files.begin(), spare, files.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  std::error_code gone;  // an operator removes them, too
  std::for_each(files.begin(), spare, [&](const auto& file) { fs::remove(folder / file.name, gone); });
}

}  // namespace

Answer Folder::send(const Envelope& envelope, std::string_view mail) {
  if (!fs::exists(folder_)) {
    security::make_directories(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
  }
  auto files = numbered_files(folder_);
  const auto end = "-" + std::string(envelope.id) + ".eml";
  std::uint64_t newest = 0;
  for (const auto& file : files) {
    if (file.name.ends_with(end)) return {Answer::Kind::done, (folder_ / file.name).string()};
    newest = std::max(newest, file.number);
  }
  files.push_back({newest + 1, padded(newest + 1) + end});
  const auto file = folder_ / files.back().name;
  security::create_private_file(file, mail);
  prune(folder_, files);
  return {Answer::Kind::done, file.string()};
}

}  // namespace dontgoback::mail
