#include "http/server/program_file.hpp"

#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include <functional>

namespace dontgoback::http {

ProgramFile::ProgramFile() : descriptor_(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) return;
  ::dl_iterate_phdr(
      [](dl_phdr_info* program, std::size_t, void* segments) {
        for (int i = 0; i < program->dlpi_phnum; ++i) {
          const auto& segment = program->dlpi_phdr[i];
          if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
          static_cast<std::vector<Segment>*>(segments)->push_back(
              {reinterpret_cast<const char*>(program->dlpi_addr + segment.p_vaddr), segment.p_filesz,
               static_cast<off_t>(segment.p_offset)});
        }
        return 1;  // the first object is the program itself
      },
      &segments_);
}

ProgramFile::~ProgramFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<off_t> ProgramFile::offset_of(std::string_view bytes) const {
  const std::less_equal<const char*> at_most;
  for (const auto& [begin, size, offset] : segments_) {
    if (at_most(begin, bytes.data()) && at_most(bytes.data() + bytes.size(), begin + size)) {
      return offset + static_cast<off_t>(bytes.data() - begin);
    }
  }
  return std::nullopt;
}

}  // namespace dontgoback::http
