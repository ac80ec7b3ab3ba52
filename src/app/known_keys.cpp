#include "known_keys.hpp"

#include <sstream>

#include "backup/files.hpp"
#include "security/files/private_file.hpp"

namespace dontgoback::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "known-keys";
constexpr std::size_t kMaxFile = 64 * 1024;

}  // namespace

std::optional<std::string> DatabaseKnownKeys::find(std::string_view name) {
  const auto row = database_.read([name](storage::Connection& connection) {
    return connection.one<std::string>("SELECT fingerprint FROM known_keys WHERE name = :name", name);
  });
  if (!row) return earlier_.find(name);
  return std::get<0>(*row);
}

void DatabaseKnownKeys::remember(std::string_view name, std::string_view fingerprint) {
  database_.write([&](storage::Connection& connection) {
    connection.execute("DELETE FROM known_keys WHERE name = :name", name);
    connection.execute("INSERT INTO known_keys (name, fingerprint) VALUES (:name, :fingerprint)", name, fingerprint);
  });
}

std::optional<std::string> FileKnownKeys::find(std::string_view name) {
  return security::find_in_lines(security::read_private_file(data_dir_ / kFile, kMaxFile).value_or(""), name);
}

void FileKnownKeys::remember(std::string_view name, std::string_view fingerprint) {
  std::istringstream lines(security::read_private_file(data_dir_ / kFile, kMaxFile).value_or(""));
  std::string text;
  for (std::string known, other; lines >> known >> other;) {
    if (known != name) text.append(known).append(" ").append(other).append("\n");
  }
  text.append(name).append(" ").append(fingerprint).append("\n");
  const fs::path draft = data_dir_ / (std::string(kFile) + ".draft");
  std::error_code ignored;
  fs::remove(draft, ignored);
  backup::NewFile(draft).write(text);
  security::give_to_owner_of(data_dir_, draft);
  backup::move_into_place(draft, data_dir_ / kFile);
}

}  // namespace dontgoback::app
