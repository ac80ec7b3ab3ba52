#pragma once

#include <cstddef>
#include <string>

#include "zip.hpp"

namespace dontgoback::core::exports {

/// A file of the archive while it is written: text is put together here and passed on in pieces.
class File {
 public:
  File(Zip& zip, const char* name, time::Timestamp modified) : zip_(zip) { zip_.begin(name, modified); }

  std::string& text() { return text_; }
  /// To be called now and then.
  void pass() {
    if (text_.size() >= kPiece) end();
  }
  void end() {
    zip_.write(text_);
    text_.clear();
  }

 private:
  static constexpr std::size_t kPiece = 32 * 1024;

  Zip& zip_;
  std::string text_;
};

}  // namespace dontgoback::core::exports
