#pragma once

#include <sys/types.h>

#include <csignal>
#include <string>
#include <vector>

#include "support/temporary_directory.hpp"

namespace dontgoback::test {

using Arguments = std::vector<std::string>;

/// The real program as a process, with an environment of nothing but what is given. Killed when it has not ended by
/// itself.
class Program {
 public:
  explicit Program(const Arguments& arguments, const Arguments& environment = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// The next line of its standard output; empty when it ended instead.
  std::string line();
  /// All that is left of it, up to its end.
  std::string rest();
  void send(int signal) const;
  /// Waits for its end. The exit code, or 128 and the signal that ended it.
  int wait();
  /// What it wrote to standard error so far.
  std::string errors() const;
  pid_t pid() const { return process_; }

 private:
  TemporaryDirectory directory_;
  pid_t process_ = -1;
  int output_ = -1;
};

struct Ended {
  int code;
  std::string out;
  std::string err;
};

/// Runs it to its end.
Ended run(const Arguments& arguments, const Arguments& environment = {});

/// A node on port 0 with a data directory of its own, ready. `SIGTERM` in the end must give 0.
class Node {
 public:
  explicit Node(Arguments arguments = {}, const Arguments& environment = {});
  const std::string& ready_line() const { return ready_line_; }
  std::string data_dir() const { return directory_.path().string(); }
  /// The port of `http=` or `management=` in the ready line.
  int port(const std::string& name) const;
  Program& program() { return program_; }

 private:
  TemporaryDirectory directory_;
  Program program_;
  std::string ready_line_;
};

struct Answer {
  int status;
  std::string body;
};

/// GET over a connection of its own.
Answer get(int port, const std::string& path);

}  // namespace dontgoback::test
