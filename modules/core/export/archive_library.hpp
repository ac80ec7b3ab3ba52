#pragma once

#include <archive.h>
#include <archive_entry.h>

namespace dontgoback::core::exports {

/// libarchive (Debian's libarchive13), loaded at the first export: it brings several libraries with it, and most nodes
/// run for days without one.
class ArchiveLibrary {
 public:
  /// Throws std::runtime_error, naming the package, when it is not here.
  static const ArchiveLibrary& get();

  decltype(&archive_write_new) write_new;
  decltype(&archive_write_free) write_free;
  decltype(&archive_write_fail) write_fail;
  decltype(&archive_write_close) write_close;
  decltype(&archive_write_set_format_zip) set_format_zip;
  decltype(&archive_write_set_bytes_per_block) set_bytes_per_block;
  decltype(&archive_write_set_bytes_in_last_block) set_bytes_in_last_block;
  decltype(&archive_write_open) write_open;
  decltype(&archive_write_header) write_header;
  decltype(&archive_write_data) write_data;
  decltype(&archive_error_string) error_string;
  decltype(&archive_entry_new) entry_new;
  decltype(&archive_entry_free) entry_free;
  decltype(&archive_entry_set_pathname) entry_set_pathname;
  decltype(&archive_entry_set_filetype) entry_set_filetype;
  decltype(&archive_entry_set_perm) entry_set_perm;
  decltype(&archive_entry_set_mtime) entry_set_mtime;

 private:
  ArchiveLibrary();
  template <class F>
  void find(F& function, const char* name);

  void* handle_;
};

}  // namespace dontgoback::core::exports
