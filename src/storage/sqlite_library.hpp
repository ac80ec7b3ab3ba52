#pragma once

// As soci-sqlite3.h does.
namespace sqlite_api {
struct sqlite3;
}

// How SQLite itself is set up.
namespace dontgoback::storage {

/// A connection is one thread's at a time, so its own locks would only cost: a fifth of the time of a page of ten rows.
/// And how a file is to be read can only be said in a URI. Before the first connection; later it changes nothing.
void configure_library();

/// Before a join SQLite may read a whole table into a Bloom filter, where statistics say that the join is about more
/// rows than it has, whatever LIMIT says: all accounts for each page of ten. Pages and slices gain nothing by it.
void read_no_table_for_a_filter(sqlite_api::sqlite3* connection);

}  // namespace dontgoback::storage
