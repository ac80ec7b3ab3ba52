#pragma once

#include <filesystem>
#include <optional>
#include <string>

// What would keep a start from using a file or directory, found out without changing anything. Each answers a sentence
// that names the path, or nothing when all is well for the user of this process.
namespace dontgoback::app {

/// Also true when it cannot be looked at: opening it says why.
bool may_exist(const std::filesystem::path& path);
/// Where the file is: `.` for a name alone.
std::filesystem::path directory_of(const std::filesystem::path& file);
/// Whether two paths, which need not exist, are the same place.
bool same_place(const std::filesystem::path& one, const std::filesystem::path& other);

/// Files can be made in the directory.
std::optional<std::string> why_not_writable(const std::filesystem::path& directory);
/// The directory is there and can be written, or can be made.
std::optional<std::string> why_no_data_dir(const std::filesystem::path& data_dir);
/// The file, which is there, can be written as an SQLite database is.
std::optional<std::string> why_no_sqlite_file(const std::filesystem::path& file);
/// The file, if it is there, is empty or begins as an SQLite database does.
std::optional<std::string> why_another_format(const std::filesystem::path& file);

}  // namespace dontgoback::app
