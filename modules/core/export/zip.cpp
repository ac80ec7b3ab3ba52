#include "zip.hpp"

#include <memory>
#include <new>
#include <stdexcept>
#include <string>

#include "archive_library.hpp"

namespace dontgoback::core::exports {
namespace {

constexpr int kBlock = 32 * 1024;
constexpr int kReadable = 0644;

archive* make() {
  auto* const made = ArchiveLibrary::get().write_new();
  if (made == nullptr) throw std::bad_alloc();
  return made;
}

}  // namespace

Zip::Zip(Sink sink) : sink_(std::move(sink)), archive_(make()) {
  const auto& library = ArchiveLibrary::get();
  library.set_format_zip(archive_);
  library.set_bytes_per_block(archive_, kBlock);
  library.set_bytes_in_last_block(archive_, 1);  // no padding
  library.write_open(archive_, this, nullptr, &Zip::sink_bytes, nullptr);
}

Zip::~Zip() {
  const auto& library = ArchiveLibrary::get();
  if (!finished_) library.write_fail(archive_);  // else it would be finished by being freed
  library.write_free(archive_);
}

void Zip::begin(const char* name, time::Timestamp modified) {
  const auto& library = ArchiveLibrary::get();
  const std::unique_ptr<archive_entry, decltype(library.entry_free)> entry(library.entry_new(), library.entry_free);
  if (!entry) throw std::bad_alloc();
  library.entry_set_pathname(entry.get(), name);
  library.entry_set_filetype(entry.get(), AE_IFREG);
  library.entry_set_perm(entry.get(), kReadable);
  library.entry_set_mtime(entry.get(), std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch().count(),
                          0);
  check(library.write_header(archive_, entry.get()));
}

void Zip::write(std::string_view bytes) {
  // Of a file without a size it takes all or fails.
  check(ArchiveLibrary::get().write_data(archive_, bytes.data(), bytes.size()));
}

void Zip::finish() {
  check(ArchiveLibrary::get().write_close(archive_));
  finished_ = true;
}

/// C is between this and who wrote: nothing may be thrown through it.
std::ptrdiff_t Zip::sink_bytes(archive*, void* self, const void* bytes, std::size_t size) {
  auto& zip = *static_cast<Zip*>(self);
  if (zip.failure_) return -1;
  try {
    zip.sink_({static_cast<const char*>(bytes), size});
    return static_cast<std::ptrdiff_t>(size);
  } catch (...) {
    zip.failure_ = std::current_exception();
    return -1;
  }
}

void Zip::check(long long result) {
  if (failure_) std::rethrow_exception(failure_);
  if (result >= 0) return;
  const char* const why = ArchiveLibrary::get().error_string(archive_);
  throw std::runtime_error(std::string("libarchive: ") + (why == nullptr ? "it fails" : why));
}

}  // namespace dontgoback::core::exports
