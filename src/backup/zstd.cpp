#include "zstd.hpp"

#include <dlfcn.h>

#include <stdexcept>

namespace dontgoback::backup {
namespace {

// What zstd.h says of version 1, whose interface does not change.
struct InBuffer {
  const void* bytes;
  std::size_t size;
  std::size_t position;
};
struct OutBuffer {
  void* bytes;
  std::size_t size;
  std::size_t position;
};
constexpr int kLevelParameter = 100;
constexpr int kChecksumParameter = 201;
constexpr int kContinue = 0;
constexpr int kEnd = 2;

constexpr int kLevel = 3;
constexpr std::size_t kBuffer = 128 * 1024;
constexpr std::string_view kMagic("\x28\xB5\x2F\xFD", 4);

class Library {
 public:
  static const Library& get() {
    static const Library library;
    return library;
  }

  void* (*make_compressor)();
  std::size_t (*free_compressor)(void*);
  std::size_t (*set_parameter)(void*, int, int);
  std::size_t (*compress)(void*, OutBuffer*, InBuffer*, int);
  void* (*make_decompressor)();
  std::size_t (*free_decompressor)(void*);
  std::size_t (*decompress)(void*, OutBuffer*, InBuffer*);
  unsigned (*is_error)(std::size_t);

 private:
  Library() : handle_(::dlopen("libzstd.so.1", RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) {
      throw std::runtime_error(
          "backups are compressed by the library libzstd.so.1, which is not here: install the "
          "package libzstd1");
    }
    find(make_compressor, "ZSTD_createCCtx");
    find(free_compressor, "ZSTD_freeCCtx");
    find(set_parameter, "ZSTD_CCtx_setParameter");
    find(compress, "ZSTD_compressStream2");
    find(make_decompressor, "ZSTD_createDCtx");
    find(free_decompressor, "ZSTD_freeDCtx");
    find(decompress, "ZSTD_decompressStream");
    find(is_error, "ZSTD_isError");
  }

  template <class F>
  void find(F& function, const char* name) {
    function = reinterpret_cast<F>(::dlsym(handle_, name));
    if (function == nullptr) throw std::runtime_error(std::string("libzstd.so.1 has no ") + name + ": it is too old");
  }

  void* handle_;
};

[[noreturn]] void damaged() { throw BadArchive("is damaged: it cannot be unpacked"); }

}  // namespace

Compressor::Compressor(Sink sink) : sink_(std::move(sink)), context_(Library::get().make_compressor()) {
  if (context_ == nullptr) throw std::bad_alloc();
  Library::get().set_parameter(context_, kLevelParameter, kLevel);
  Library::get().set_parameter(context_, kChecksumParameter, 1);
  buffer_.resize(kBuffer);
}

Compressor::~Compressor() { Library::get().free_compressor(context_); }

void Compressor::run(std::string_view bytes, int directive) {
  InBuffer in{bytes.data(), bytes.size(), 0};
  for (;;) {
    OutBuffer out{buffer_.data(), buffer_.size(), 0};
    const auto left = Library::get().compress(context_, &out, &in, directive);
    if (Library::get().is_error(left) != 0) throw std::runtime_error("libzstd cannot compress");
    if (out.position > 0) sink_({buffer_.data(), out.position});
    if (directive == kEnd ? left == 0 : in.position == in.size) return;
  }
}

void Compressor::write(std::string_view bytes) { run(bytes, kContinue); }
void Compressor::finish() { run({}, kEnd); }

Decompressor::Decompressor(Source source) : source_(std::move(source)), context_(Library::get().make_decompressor()) {
  if (context_ == nullptr) throw std::bad_alloc();
  buffer_.resize(kBuffer);
}

Decompressor::~Decompressor() { Library::get().free_decompressor(context_); }

bool Decompressor::refill() {
  position_ = 0;
  filled_ = 0;
  // A pipe may give a byte at a time, and the first look wants four.
  while (filled_ < kMagic.size()) {
    const auto got = source_(buffer_.data() + filled_, buffer_.size() - filled_);
    if (got == 0) break;
    filled_ += got;
  }
  if (!begun_) {
    begun_ = true;
    if (std::string_view(buffer_.data(), filled_).substr(0, kMagic.size()) != kMagic) {
      throw BadArchive(filled_ == 0 ? "is empty" : "is not a backup of dontgoback");
    }
  }
  return filled_ > 0;
}

std::size_t Decompressor::read(char* buffer, std::size_t size) {
  OutBuffer out{buffer, size, 0};
  while (out.position == 0 && !ended_) {
    if (position_ == filled_ && !refill()) throw BadArchive("is cut short");
    InBuffer in{buffer_.data(), filled_, position_};
    const auto left = Library::get().decompress(context_, &out, &in);
    if (Library::get().is_error(left) != 0) damaged();
    position_ = in.position;
    ended_ = left == 0;
    if (ended_ && (position_ < filled_ || refill())) throw BadArchive("is damaged: something follows its end");
  }
  return out.position;
}

}  // namespace dontgoback::backup
