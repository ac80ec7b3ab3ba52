#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "stream.hpp"

// A tar file as POSIX describes it (ustar), of regular files only, so that every tar can take it apart. Sizes of 8 GiB
// and more are written as GNU, BSD and Python do it.
namespace dontgoback::backup {

struct Member {
  std::string name;  ///< at most 100 bytes
  std::uint64_t size = 0;
  unsigned mode = 0600;
  std::string owner;  ///< a user's and a group's name; may be empty
  std::string group;
  std::int64_t modified = 0;  ///< seconds since 1970
};

class TarWriter {
 public:
  explicit TarWriter(Sink sink) : sink_(std::move(sink)) {}
  /// Then its bytes, exactly as many as `size`.
  void begin(const Member& member);
  void write(std::string_view bytes);
  void end();
  /// After the last one.
  void finish();

 private:
  Sink sink_;
  std::uint64_t left_ = 0;
  std::uint64_t size_ = 0;
};

/// Reads what TarWriter writes, and refuses everything else.
class TarReader {
 public:
  explicit TarReader(Source source) : source_(std::move(source)) {}
  /// The next one; nothing at the end, behind which nothing may follow. Throws BadArchive.
  std::optional<Member> next();
  /// The member's bytes; 0 at its end.
  std::size_t read(char* buffer, std::size_t size);

 private:
  void fill(char* buffer, std::size_t size);

  Source source_;
  std::uint64_t left_ = 0;
  std::uint64_t padding_ = 0;
};

}  // namespace dontgoback::backup
