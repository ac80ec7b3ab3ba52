#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "open.hpp"

namespace dontgoback::storage {

/// Writes a consistent copy of an SQLite database to `target`, while a server may run beside it: written aside, synced,
/// renamed. Throws std::invalid_argument when `target` is there already, and on MariaDB, whose own tool is
/// mariadb-dump; Unavailable when the database or the place for the copy fails.
void backup(const DatabaseSettings& settings, const std::filesystem::path& target);

enum class Existing { keep, replace };

/// Puts a copy made by `backup` in the place of an SQLite database, after its integrity was checked. Throws
/// std::invalid_argument when there is a database and it is to be kept, for one that a process has open, and on
/// MariaDB; std::runtime_error when the copy is damaged. The old database is untouched then. The new one is its
/// directory's owner's, so that root may put it beside a unit that runs as somebody else.
void restore(const DatabaseSettings& settings, const std::filesystem::path& source, Existing existing);

/// Adds what is wrong with an SQLite database's pages and indexes, and the rows that point to nothing.
void check_pages(Connection& sqlite, std::vector<std::string>& problems);

/// Brings an SQLite file's statistics up to date: those it came with are older than its rows, and from MariaDB it has
/// none.
void renew_file_statistics(const std::filesystem::path& sqlite);

/// What is wrong with the database; nothing when it is in order. SQLite: its pages and indexes (PRAGMA
/// integrity_check), rows that point to nothing (foreign_key_check) and the state of the migrations; MariaDB: the last
/// only. Takes as long as reading the whole file, and changes nothing on disk. Throws Unavailable when it cannot be
/// opened.
std::vector<std::string> check(const DatabaseSettings& settings, const Migrations& migrations);

}  // namespace dontgoback::storage
