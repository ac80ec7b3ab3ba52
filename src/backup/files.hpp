#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "stream.hpp"

// Files as backups need them. Everything throws std::runtime_error with the file's name and what the system says.
namespace dontgoback::backup {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

/// A new file of mode 0600 that is being written; nothing may be there yet.
class NewFile {
 public:
  explicit NewFile(std::filesystem::path path) : NewFile(path, path.string()) {}
  /// `name` is what complaints call it.
  NewFile(const std::filesystem::path& path, std::string name);
  void write(std::string_view bytes);
  /// On disk.
  void sync();

 private:
  std::string name_;
  Descriptor descriptor_;
};

/// Reads a file to its end; from a descriptor that is not closed, for standard input.
class FileReader {
 public:
  explicit FileReader(const std::filesystem::path& path);
  FileReader(int descriptor, std::string name) : name_(std::move(name)), fd_(descriptor) {}
  std::size_t read(char* buffer, std::size_t size);
  Source source() {
    return [this](char* buffer, std::size_t size) { return read(buffer, size); };
  }

 private:
  std::string name_;
  Descriptor owned_;
  int fd_;
};

std::string read_whole(const std::filesystem::path& path, std::uint64_t limit);
std::string sha256_of(const std::filesystem::path& path);
/// Writes all of it to a descriptor.
void write_to(int descriptor, const std::string& name, std::string_view bytes);
void sync_file(const std::filesystem::path& path);
void sync_directory(const std::filesystem::path& directory);
/// Durable: the file, then its name. Replaces what is there.
void move_into_place(const std::filesystem::path& from, const std::filesystem::path& to);
std::uint64_t free_space(const std::filesystem::path& directory);
/// `12 MB`
std::string readable_size(std::uint64_t bytes);
/// The path without links, also when it leads to something that is not there yet.
std::filesystem::path resolved(const std::filesystem::path& path);
/// The nearest folder above that is there.
std::filesystem::path nearest_existing(std::filesystem::path path);

/// A folder for the length of something's life, of its maker alone. What a killed process left beside it is removed.
class Scratch {
 public:
  explicit Scratch(const std::filesystem::path& parent);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};
inline constexpr std::string_view kScratchPrefix = ".dontgoback-scratch-";

}  // namespace dontgoback::backup
