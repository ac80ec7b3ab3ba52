#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace dontgoback::backup {

/// What a backup says of itself: its first part, `manifest.json`.
struct Manifest {
  static constexpr std::int64_t kVersion = 1;

  struct Part {  ///< in the order they follow
    std::string name;
    std::int64_t size;
    std::string sha256;
  };
  struct File {
    std::string name;  ///< what it is to the program: `session-key`
    std::string part;  ///< the part that holds it
    std::string path;  ///< relative to the data directory, or absolute
    std::int64_t mode;
    std::string owner;  ///< names; may be empty
    std::string group;
  };
  struct AppliedMigration {
    std::string module;
    std::int64_t number;
    std::string name;
    std::string checksum;  ///< of the SQLite text
  };
  struct Table {
    std::string name;
    std::int64_t rows;
    std::string digest;  ///< of the rows, whatever their order: storage::RowsDigest
  };

  std::string format = "dontgoback backup";
  std::int64_t version = kVersion;
  std::string program;  ///< the version that made it
  std::string role;
  std::string created;   ///< RFC 3339
  std::string data_dir;  ///< absolute
  std::string database;  ///< where it was; empty: the role keeps none
  std::vector<AppliedMigration> migrations;
  std::vector<Table> tables;
  std::vector<File> files;
  std::vector<Part> parts;
};
BOOST_DESCRIBE_STRUCT(Manifest::Part, (), (name, size, sha256))
BOOST_DESCRIBE_STRUCT(Manifest::File, (), (name, part, path, mode, owner, group))
BOOST_DESCRIBE_STRUCT(Manifest::AppliedMigration, (), (module, number, name, checksum))
BOOST_DESCRIBE_STRUCT(Manifest::Table, (), (name, rows, digest))
BOOST_DESCRIBE_STRUCT(Manifest, (),
                      (format, version, program, role, created, data_dir, database, migrations, tables, files, parts))

std::string to_json(const Manifest& manifest);
/// Throws BadArchive for what is no manifest, or one of a later format.
Manifest read_manifest(std::string_view json);

std::int64_t total_rows(const Manifest& manifest);
/// Bytes of everything in it.
std::uint64_t total_size(const Manifest& manifest);

}  // namespace dontgoback::backup
