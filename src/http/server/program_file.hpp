#pragma once

#include <sys/types.h>

#include <optional>
#include <string_view>
#include <vector>

namespace dontgoback::http {

/// The program's own file. Bytes that are linked into the program are in it too, and the kernel can send them from
/// there (sendfile(2)) without copying them out of the program's memory. Any thread.
class ProgramFile {
 public:
  /// Opens the file that this process was started from, also when another has taken its place since. Where that fails
  /// it holds no bytes.
  ProgramFile();
  ~ProgramFile();
  ProgramFile(const ProgramFile&) = delete;
  ProgramFile& operator=(const ProgramFile&) = delete;

  int descriptor() const { return descriptor_; }
  /// Where in the file the bytes are; nothing unless all of them are in a part that the program cannot write to.
  std::optional<off_t> offset_of(std::string_view bytes) const;

 private:
  struct Segment {
    const char* begin;
    std::size_t size;
    off_t offset;
  };
  int descriptor_;
  std::vector<Segment> segments_;
};

}  // namespace dontgoback::http
