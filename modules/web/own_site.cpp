#include "own_site.hpp"

#include <algorithm>

#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/text/excerpt.hpp"
#include "head.hpp"

namespace dontgoback::web {
namespace {

constexpr std::size_t kDescription = 200;  // characters
constexpr std::string_view kManifest = "/manifest.webmanifest";

/// The built-in one with the network's name. Its other members are written with their names, one a line.
std::string manifest_of(std::string_view built_in, const Network& network) {
  std::string out;
  while (!built_in.empty()) {
    auto line = built_in.substr(0, built_in.find('\n') + 1);
    if (line.empty()) line = built_in;
    built_in.remove_prefix(line.size());
    const auto names = [line](std::string_view member) { return line.find(member) != line.npos; };
    if (names("\"name\":") || names("\"short_name\":")) {
      std::string text;
      json::Writer(text).value(network.name.ko);
      out.append(names("\"short_name\":") ? "  \"short_name\": " : "  \"name\": ").append(text).append(",\n");
    } else {
      out.append(line);
    }
  }
  return out;
}

}  // namespace

OwnSite::OwnSite(const Site& built_in, Network network) : network_(std::move(network)), site_(built_in) {
  if (!network_.has_own_page()) return;
  files_.assign(built_in.files.begin(), built_in.files.end());
  replace(kShellPath, with_head(built_in.shell().identity.bytes, {.title = network_.name.ko,
                                                                  .description = description(http::Language::ko),
                                                                  .more = meta("network", page_json(network_))}));
  const auto manifest = std::ranges::find(files_, kManifest, &File::path);
  if (manifest != files_.end() && network_.name.own) {
    replace(kManifest, manifest_of(manifest->identity.bytes, network_));
  }
  site_ = {files_, built_in.policy};
}

void OwnSite::replace(std::string_view path, std::string bytes) {
  const auto keep = [this](std::string text) -> std::string_view {
    return *kept_.emplace_back(std::make_unique<const std::string>(std::move(text)));
  };
  const auto file = std::ranges::find(files_, path, &File::path);
  const auto tag = keep(http::entity_tag(bytes));
  *file = {file->path, file->content_type, false, {keep(std::move(bytes)), tag}, {}, {}};
}

std::string OwnSite::description(http::Language language) const {
  if (const auto& welcome = network_.welcome.in(language); !welcome.empty()) {
    return text::excerpt(welcome, kDescription);
  }
  return std::string(
      http::in(language, {"이름이 곧 재산인 익명 SNS", "An anonymous network where your name is your fortune"}));
}

}  // namespace dontgoback::web
