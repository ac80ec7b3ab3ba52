#pragma once

#include <unistd.h>

#include <array>
#include <cstdio>
#include <string_view>

namespace dontgoback::test {

/// Standard error of this process, led into a file for as long as it lives.
class CapturedStderr {
 public:
  CapturedStderr() : file_(std::tmpfile()), saved_(::dup(STDERR_FILENO)) { ::dup2(::fileno(file_), STDERR_FILENO); }
  ~CapturedStderr() {
    ::dup2(saved_, STDERR_FILENO);
    ::close(saved_);
    std::fclose(file_);
  }
  CapturedStderr(const CapturedStderr&) = delete;
  CapturedStderr& operator=(const CapturedStderr&) = delete;
  /// How many lines hold the words.
  int count(std::string_view words) const {
    std::rewind(file_);
    int lines = 0;
    for (std::array<char, 4096> line; std::fgets(line.data(), line.size(), file_) != nullptr;) {
      lines += std::string_view(line.data()).find(words) != std::string_view::npos;
    }
    return lines;
  }

 private:
  std::FILE* const file_;
  const int saved_;
};

}  // namespace dontgoback::test
