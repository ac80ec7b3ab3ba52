#include "manifest.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "stream.hpp"

namespace dontgoback::backup {
namespace {

/// What can be told of a manifest of whatever version.
struct Beginning {
  std::string format;
  std::int64_t version;
  std::string program;
};
BOOST_DESCRIBE_STRUCT(Beginning, (), (format, version, program))

void write(json::Writer& writer, const std::string& text) { writer.value(text); }
void write(json::Writer& writer, std::int64_t number) { writer.value(number); }
template <class T>
void write(json::Writer& writer, const std::vector<T>& list);
template <class T>
requires boost::describe::has_describe_members<T>::value void write(json::Writer& writer, const T& object) {
  writer.begin_object();
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
    writer.key(member.name);
    write(writer, object.*member.pointer);
  });
  writer.end_object();
}
template <class T>
void write(json::Writer& writer, const std::vector<T>& list) {
  writer.begin_array();
  for (const auto& element : list) write(writer, element);
  writer.end_array();
}

/// Below the place it is put: no way up, no empty step.
bool stays_below(const std::filesystem::path& path) {
  return path.is_relative() && !path.empty() &&
         std::none_of(path.begin(), path.end(), [](const auto& step) { return step == ".." || step.empty(); });
}

bool is_sound(const Manifest& manifest) {
  for (const auto& part : manifest.parts) {
    if (part.size < 0 || !stays_below(part.name)) return false;
  }
  for (const auto& file : manifest.files) {
    const std::filesystem::path path(file.path);
    if (path.is_absolute() ? path != path.lexically_normal() : !stays_below(path)) return false;
    const bool has_part = std::any_of(manifest.parts.begin(), manifest.parts.end(),
                                      [&](const Manifest::Part& part) { return part.name == file.part; });
    if (!has_part) return false;
  }
  return true;
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  std::string text;
  json::Writer writer(text);
  write(writer, manifest);
  return text + "\n";
}

Manifest read_manifest(std::string_view text) {
  const auto beginning = json::read<Beginning>(text);
  if (!beginning || beginning->format != Manifest{}.format) {
    throw BadArchive("is not a backup of dontgoback: its manifest is of something else");
  }
  if (beginning->version > Manifest::kVersion) {
    throw BadArchive("was made by a newer dontgoback (" + beginning->program +
                     "), whose backups this one cannot read: use that version or a later one");
  }
  auto manifest = json::read<Manifest>(text);
  if (!manifest || !is_sound(*manifest)) throw BadArchive("is damaged: its manifest makes no sense");
  return *std::move(manifest);
}

std::int64_t total_rows(const Manifest& manifest) {
  std::int64_t rows = 0;
  for (const auto& table : manifest.tables) rows += table.rows;
  return rows;
}

std::uint64_t total_size(const Manifest& manifest) {
  std::uint64_t size = 0;
  for (const auto& part : manifest.parts) size += static_cast<std::uint64_t>(part.size);
  return size;
}

}  // namespace dontgoback::backup
