#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace dontgoback::telemetry {

/// How something that a node needs stands.
struct Finding {
  enum class Weight {
    fine,
    note,     ///< the node does its work; its operator should know
    unready,  ///< keeps the node from its work
    remark,   ///< all is well; this is shown with the notes
  };
  Weight weight = Weight::fine;
  std::string text;  ///< what, where, what to do: one line for an operator; empty when fine

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// The named checks behind `/readyz` and the metric `dontgoback_ready_checks`.
class Health {
 public:
  virtual ~Health() = default;
  /// `check` is asked at each `/readyz`, by one thread at a time that may block for a few seconds; what it throws makes
  /// the node unready. It must be cheap: somebody asks every few seconds. The name is a metric's label: `database`,
  /// `auth-keys`. Before the node is ready; std::logic_error for a second check of the name.
  virtual void add(std::string_view name, std::function<Finding()> check) = 0;
};

/// A finding that somebody keeps: its changes are logged, once each. Any thread.
class Standing {
 public:
  /// `subject` begins the log's lines: "the auth server's keys".
  explicit Standing(std::string subject) : subject_(std::move(subject)) {}

  void fine() { change({}); }
  void note(std::string text) { change({Finding::Weight::note, std::move(text)}); }
  void unready(std::string text) { change({Finding::Weight::unready, std::move(text)}); }
  /// What the log has been told of by somebody else.
  void keep(Finding now);

  Finding finding() const;

 private:
  void change(Finding now);

  const std::string subject_;
  mutable std::mutex mutex_;
  Finding finding_;
  bool logged_ = false;
};

}  // namespace dontgoback::telemetry
