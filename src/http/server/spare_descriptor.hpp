#pragma once

#include <fcntl.h>
#include <unistd.h>

namespace dontgoback::http {

/// A descriptor that is kept so that there is one when the process has no more. One thread.
class SpareDescriptor {
 public:
  SpareDescriptor() { restore(); }
  SpareDescriptor(const SpareDescriptor&) = delete;
  SpareDescriptor& operator=(const SpareDescriptor&) = delete;
  ~SpareDescriptor() { lend(); }

  /// Closes it, so that the next to be opened can be had. False: it is lent already.
  bool lend() {
    if (descriptor_ < 0) return false;
    ::close(descriptor_);
    descriptor_ = -1;
    return true;
  }
  /// Keeps one again, when there is one.
  void restore() {
    if (descriptor_ < 0) descriptor_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  }

 private:
  int descriptor_ = -1;
};

}  // namespace dontgoback::http
