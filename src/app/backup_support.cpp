#include "backup_support.hpp"

#include <unistd.h>

#include <iostream>
#include <stdexcept>

#include "runtime.hpp"

namespace dontgoback::app {
namespace {

constexpr std::chrono::seconds kQuiet{2};

std::unique_ptr<backup::FileReader> open_file(const std::string& name) {
  if (name.empty()) throw std::invalid_argument("the backup's file is missing (or - for standard input)");
  if (name != "-") return std::make_unique<backup::FileReader>(name);
  if (::isatty(STDIN_FILENO) != 0) throw std::invalid_argument("standard input is a terminal, not a backup");
  return std::make_unique<backup::FileReader>(STDIN_FILENO, "standard input");
}

}  // namespace

backup::Knowledge backup_knowledge(const Program& program) {
  backup::Knowledge knowledge;
  knowledge.migrations = every_migration(program.modules);
  for (const auto& module : program.modules.all()) {
    knowledge.modules.push_back({module->name(), !module->migrations().empty(), module->consistency(),
                                 [&module = *module](const backup::Copy& copy) { return module.check_copy(copy); }});
  }
  return knowledge;
}

void Progress::say(std::string_view phase, std::int64_t done, std::int64_t total, std::string_view unit) {
  const auto now = std::chrono::steady_clock::now();
  if (now - said_ < kQuiet) return;
  said_ = now;
  std::cerr << what_ << ": " << phase;
  if (total > 0) std::cerr << ", " << done << " of " << total << " " << unit;
  std::cerr << std::endl;
}

BackupFile::BackupFile(const std::string& name, const backup::Knowledge& knowledge)
    : name_(name == "-" ? "standard input" : name), reader_(open_file(name)) {
  try {
    archive_ = std::make_unique<backup::ArchiveReader>(reader_->source());
    backup::require_known(manifest(), knowledge);
  } catch (const backup::BadArchive& error) {
    refuse(error);
  }
}

void BackupFile::refuse(const backup::BadArchive& error) const { throw std::runtime_error(name_ + " " + error.what()); }

}  // namespace dontgoback::app
