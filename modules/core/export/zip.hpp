#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <string_view>

#include "dontgoback/time/clock.hpp"

struct archive;  // libarchive's

namespace dontgoback::core::exports {

/// A ZIP archive (PKWARE's APPNOTE 6.3) that is written from its beginning to its end: sizes follow what they are of,
/// and where 4 GB are not enough it is Zip64. Holds a few hundred KB, however long it becomes.
class Zip {
 public:
  /// Called on the thread that writes; what it throws comes out of the call that wrote.
  using Sink = std::function<void(std::string_view)>;

  /// Throws std::runtime_error when libarchive is not here.
  explicit Zip(Sink sink);
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;
  /// One that is not finished stays without its directory: no reader takes it for whole.
  ~Zip();

  /// Begins a file, which ends the one before it. The name is ASCII.
  void begin(const char* name, time::Timestamp modified);
  void write(std::string_view bytes);
  /// Ends the archive.
  void finish();

 private:
  static std::ptrdiff_t sink_bytes(archive*, void* self, const void* bytes, std::size_t size);
  void check(long long result);

  const Sink sink_;
  archive* const archive_;
  std::exception_ptr failure_;
  bool finished_ = false;
};

}  // namespace dontgoback::core::exports
