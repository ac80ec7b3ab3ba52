#pragma once

#include <memory>
#include <string>

#include "stream.hpp"

// Zstandard (RFC 8878) by Debian's libzstd1, which is loaded at the first use: no server pays for it.
namespace dontgoback::backup {

/// Makes one frame with a checksum of what is in it.
class Compressor {
 public:
  /// Throws std::runtime_error, naming the package, when the library is not there.
  explicit Compressor(Sink sink);
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  void write(std::string_view bytes);
  void finish();

 private:
  void run(std::string_view bytes, int directive);

  Sink sink_;
  void* context_;
  std::string buffer_;
};

/// Reads one frame, which is all that there may be.
class Decompressor {
 public:
  explicit Decompressor(Source source);
  ~Decompressor();
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;
  /// As a Source. Throws BadArchive when the bytes are no frame, a damaged one, one cut short, or when
  /// something follows it.
  std::size_t read(char* buffer, std::size_t size);

 private:
  bool refill();

  Source source_;
  void* context_;
  std::string buffer_;
  std::size_t position_ = 0;
  std::size_t filled_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace dontgoback::backup
