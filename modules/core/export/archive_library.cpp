#include "archive_library.hpp"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace dontgoback::core::exports {

const ArchiveLibrary& ArchiveLibrary::get() {
  static const ArchiveLibrary library;
  return library;
}

ArchiveLibrary::ArchiveLibrary() : handle_(::dlopen("libarchive.so.13", RTLD_LAZY | RTLD_LOCAL)) {
  if (handle_ == nullptr) {
    throw std::runtime_error(
        "exports are packed by the library libarchive.so.13, which is not here: install the package libarchive13");
  }
  find(write_new, "archive_write_new");
  find(write_free, "archive_write_free");
  find(write_fail, "archive_write_fail");
  find(write_close, "archive_write_close");
  find(set_format_zip, "archive_write_set_format_zip");
  find(set_bytes_per_block, "archive_write_set_bytes_per_block");
  find(set_bytes_in_last_block, "archive_write_set_bytes_in_last_block");
  find(write_open, "archive_write_open");
  find(write_header, "archive_write_header");
  find(write_data, "archive_write_data");
  find(error_string, "archive_error_string");
  find(entry_new, "archive_entry_new");
  find(entry_free, "archive_entry_free");
  find(entry_set_pathname, "archive_entry_set_pathname");
  find(entry_set_filetype, "archive_entry_set_filetype");
  find(entry_set_perm, "archive_entry_set_perm");
  find(entry_set_mtime, "archive_entry_set_mtime");
}

template <class F>
void ArchiveLibrary::find(F& function, const char* name) {
  function = reinterpret_cast<F>(::dlsym(handle_, name));
  if (function == nullptr) throw std::runtime_error(std::string("libarchive.so.13 has no ") + name + ": it is too old");
}

}  // namespace dontgoback::core::exports
