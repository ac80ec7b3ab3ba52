#include "records.hpp"

namespace dontgoback::jobs {

namespace {

class NodeRecords final : public JobRecords {
 public:
  explicit NodeRecords(const time::Clock& clock) : clock_(clock) {}

  std::optional<Progress> known(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(name);
    return found == records_.end() ? std::nullopt : std::optional(found->second.progress);
  }

  Progress recall(const std::string& name, const Progress& first) override {
    const std::lock_guard lock(mutex_);
    return known_or(name, first).progress;
  }

  std::optional<Begun> begin(const std::string& name, const Progress& first,
                             const std::function<bool(const Progress&)>& due) override {
    const std::lock_guard lock(mutex_);
    auto& record = known_or(name, first);
    if (record.running || !due(record.progress)) return std::nullopt;
    record.running = true;
    record.progress.last_started = clock_.now();
    return Begun{{}, record.progress, [] { return true; }};
  }

  bool finish(const std::string& name, const Begun&, const Progress& after) override {
    const std::lock_guard lock(mutex_);
    records_[name] = {after, false};
    return true;
  }

  bool running(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    return records_[name].running;
  }

 private:
  struct Record {
    Progress progress;
    bool running = false;
  };
  Record& known_or(const std::string& name, const Progress& first) {
    return records_.try_emplace(name, Record{first, false}).first->second;
  }

  const time::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Record> records_;
};

}  // namespace

std::unique_ptr<JobRecords> make_node_records(const time::Clock& clock) { return std::make_unique<NodeRecords>(clock); }

}  // namespace dontgoback::jobs
