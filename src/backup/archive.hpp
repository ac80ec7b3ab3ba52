#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "manifest.hpp"
#include "stream.hpp"

// The file of a backup: a tar, compressed by zstd, of manifest.json, then the parts that it lists, then SHA256SUMS,
// which holds the digests of all before and shows that nothing is missing: `tar --zstd -x` and `sha256sum -c`
// understand it.
namespace dontgoback::backup {

/// What takes long, for people: a phase, how much of it is done, of how much, and of what.
using Report =
    std::function<void(std::string_view phase, std::int64_t done, std::int64_t total, std::string_view unit)>;

inline constexpr std::string_view kDatabasePart = "database.sqlite";

/// Fills in the sizes and digests of the manifest's parts, which lie in `folder` under their names, and writes all.
void write_archive(Manifest& manifest, const std::filesystem::path& folder, const Sink& sink, const Report& report);

/// Reads one from its beginning to its end. Throws BadArchive with what is wrong.
class ArchiveReader {
 public:
  explicit ArchiveReader(Source source);
  ~ArchiveReader();
  const Manifest& manifest() const { return manifest_; }
  /// What no other backup has: the digest of its manifest.
  const std::string& id() const { return manifest_sha256_; }
  /// Writes each part into `folder` under its name; everything has its digest when this returns.
  void unpack(const std::filesystem::path& folder, const Report& report);

 private:
  struct Layers;
  std::unique_ptr<Layers> layers_;
  std::string manifest_sha256_;
  Manifest manifest_;
};

}  // namespace dontgoback::backup
