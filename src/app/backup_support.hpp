#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "backup/archive.hpp"
#include "backup/examine.hpp"
#include "backup/files.hpp"
#include "program.hpp"

// What the backup commands share.
namespace dontgoback::app {

backup::Knowledge backup_knowledge(const Program& program);

/// Tells on standard error how far something is, once it takes long.
class Progress {
 public:
  explicit Progress(std::string what) : what_(std::move(what)) {}
  backup::Report report() {
    return [this](std::string_view phase, std::int64_t done, std::int64_t total, std::string_view unit) {
      say(phase, done, total, unit);
    };
  }

 private:
  void say(std::string_view phase, std::int64_t done, std::int64_t total, std::string_view unit);

  const std::string what_;
  std::chrono::steady_clock::time_point said_ = std::chrono::steady_clock::now();
};

/// A backup being read, from a file or, for `-`, standard input.
class BackupFile {
 public:
  /// Reads the manifest. Throws std::runtime_error, naming the file, when it is no backup that this program can use.
  BackupFile(const std::string& name, const backup::Knowledge& knowledge);
  backup::ArchiveReader& archive() { return *archive_; }
  const backup::Manifest& manifest() const { return archive_->manifest(); }
  /// In words: `FILE is cut short`.
  [[noreturn]] void refuse(const backup::BadArchive& error) const;

 private:
  std::string name_;
  std::unique_ptr<backup::FileReader> reader_;
  std::unique_ptr<backup::ArchiveReader> archive_;
};

struct BackupArguments {
  std::string file;
  std::string into;
  std::int64_t keep = 0;
  bool replace = false;
  std::string scratch;
};

void create_backup(Program& program, const BackupArguments& given);
void verify_backup(Program& program, const BackupArguments& given);
void restore_backup(Program& program, const BackupArguments& given);

}  // namespace dontgoback::app
