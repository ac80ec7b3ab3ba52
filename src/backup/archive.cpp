#include "archive.hpp"

#include <stdexcept>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"
#include "files.hpp"
#include "security/files/private_file.hpp"
#include "tar.hpp"
#include "zstd.hpp"

namespace dontgoback::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBuffer = 128 * 1024;
constexpr std::uint64_t kMaxText = 4 << 20;  // of the manifest and the digests
constexpr std::string_view kManifest = "manifest.json";
constexpr std::string_view kDigests = "SHA256SUMS";
constexpr std::int64_t kMega = 1'000'000;

std::string digest_line(std::string_view sha256, std::string_view name) {
  return std::string(sha256) + "  " + std::string(name) + "\n";
}

std::string digests_of(const Manifest& manifest, std::string_view manifest_sha256) {
  std::string text = digest_line(manifest_sha256, kManifest);
  for (const auto& part : manifest.parts) text += digest_line(part.sha256, part.name);
  return text;
}

std::string sha256_text(std::string_view bytes) { return security::hex(security::bytes(security::sha256(bytes))); }

Member member(std::string_view name, std::uint64_t size) {
  Member result;
  result.name = name;
  result.size = size;
  return result;
}

[[noreturn]] void damaged(const std::string& what) { throw BadArchive("is damaged: " + what); }

}  // namespace

void write_archive(Manifest& manifest, const fs::path& folder, const Sink& sink, const Report& report) {
  for (auto& part : manifest.parts) {
    part.size = static_cast<std::int64_t>(fs::file_size(folder / part.name));
    part.sha256 = sha256_of(folder / part.name);
  }
  Compressor compressor(sink);
  TarWriter tar([&compressor](std::string_view bytes) { compressor.write(bytes); });
  const auto add_text = [&tar](std::string_view name, const std::string& text) {
    tar.begin(member(name, text.size()));
    tar.write(text);
    tar.end();
  };
  const auto text = to_json(manifest);
  add_text(kManifest, text);
  const auto total = static_cast<std::int64_t>(total_size(manifest));
  std::int64_t done = 0;
  std::string buffer(kBuffer, '\0');
  for (const auto& part : manifest.parts) {
    tar.begin(member(part.name, static_cast<std::uint64_t>(part.size)));
    FileReader reader(folder / part.name);
    while (const auto got = reader.read(buffer.data(), buffer.size())) {
      tar.write({buffer.data(), got});
      done += static_cast<std::int64_t>(got);
      report("writing", done / kMega, total / kMega, "MB");
    }
    tar.end();
  }
  add_text(kDigests, digests_of(manifest, sha256_text(text)));
  tar.finish();
  compressor.finish();
}

struct ArchiveReader::Layers {
  explicit Layers(Source source)
      : decompressor(std::move(source)),
        tar([this](char* buffer, std::size_t size) { return decompressor.read(buffer, size); }) {}

  std::string text(std::string_view name) {
    const auto found = tar.next();
    if (!found || found->name != name || found->size > kMaxText) damaged("its parts are not those that it lists");
    std::string content(static_cast<std::size_t>(found->size), '\0');
    std::size_t filled = 0;
    while (const auto got = tar.read(content.data() + filled, content.size() - filled)) filled += got;
    return content;
  }

  Decompressor decompressor;
  TarReader tar;
};

ArchiveReader::ArchiveReader(Source source) : layers_(std::make_unique<Layers>(std::move(source))) {
  const auto first = layers_->tar.next();
  if (!first || first->name != kManifest || first->size > kMaxText) {
    throw BadArchive("is not a backup of dontgoback: it does not begin with a manifest");
  }
  std::string text(static_cast<std::size_t>(first->size), '\0');
  std::size_t filled = 0;
  while (const auto got = layers_->tar.read(text.data() + filled, text.size() - filled)) filled += got;
  manifest_ = read_manifest(text);
  manifest_sha256_ = sha256_text(text);
}

ArchiveReader::~ArchiveReader() = default;

void ArchiveReader::unpack(const fs::path& folder, const Report& report) {
  const auto total = static_cast<std::int64_t>(total_size(manifest_));
  std::int64_t done = 0;
  std::string buffer(kBuffer, '\0');
  for (const auto& part : manifest_.parts) {
    const auto found = layers_->tar.next();
    if (!found || found->name != part.name || found->size != static_cast<std::uint64_t>(part.size)) {
      damaged("its parts are not those that it lists");
    }
    const auto unpacked = folder / part.name;
    security::make_directories(unpacked.parent_path());
    NewFile file(unpacked);
    // At once: root may be killed here, and the folder's owner has to clear it up.
    security::give_to_owner_of(unpacked.parent_path(), unpacked);
    security::Sha256 hash;
    while (const auto got = layers_->tar.read(buffer.data(), buffer.size())) {
      const std::string_view bytes(buffer.data(), got);
      hash.add(bytes);
      file.write(bytes);
      done += static_cast<std::int64_t>(got);
      report("reading", done / kMega, total / kMega, "MB");
    }
    file.sync();
    if (security::hex(security::bytes(hash.digest())) != part.sha256) damaged(part.name + " is not what was written");
  }
  if (layers_->text(kDigests) != digests_of(manifest_, manifest_sha256_)) damaged("its digests are not those it lists");
  if (layers_->tar.next()) damaged("something follows its end");
}

}  // namespace dontgoback::backup
