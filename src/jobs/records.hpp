#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "dontgoback/storage/database.hpp"
#include "timetable.hpp"

namespace dontgoback::jobs {

/// A run that has begun: nobody else begins one until it is finished, or has not been kept alive for a minute.
struct Begun {
  std::string owner;
  Progress progress;  ///< `last_started` is now
  std::function<bool()> keep_alive;
};

/// Where the progress of jobs is kept, and what keeps two runs of one job apart. Any thread.
class JobRecords {
 public:
  virtual ~JobRecords() = default;
  /// The progress of a job that somebody knew. Reads only.
  virtual std::optional<Progress> known(const std::string& name) = 0;
  /// The progress of a job, which is `first` when nobody knew it.
  virtual Progress recall(const std::string& name, const Progress& first) = 0;
  /// Begins a run when none is under way and `due` agrees to the newest progress. Nothing otherwise.
  virtual std::optional<Begun> begin(const std::string& name, const Progress& first,
                                     const std::function<bool(const Progress&)>& due) = 0;
  /// Keeps the progress after a run. False, and nothing is kept, when the run has lost its lease.
  virtual bool finish(const std::string& name, const Begun& run, const Progress& after) = 0;
  /// Whether some node runs it now.
  virtual bool running(const std::string& name) = 0;
};

/// In the database: at most one node runs a job at a time.
std::unique_ptr<JobRecords> make_database_records(storage::Database& database, const time::Clock& clock,
                                                  std::string node_name);

/// In memory: every node runs its own.
std::unique_ptr<JobRecords> make_node_records(const time::Clock& clock);

}  // namespace dontgoback::jobs
