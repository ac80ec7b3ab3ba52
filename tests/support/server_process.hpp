#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

struct passwd;

// Servers of others that tests start for themselves.
namespace dontgoback::test {

/// Starts a program, as `user` unless that is null, with its output in `log`. It is killed when this process ends.
pid_t spawn_server(const std::vector<std::string>& command, const std::filesystem::path& log, const passwd* user);
/// Whether somebody takes connections at this path.
bool listens_at(const std::string& socket);
std::string tail_of(const std::filesystem::path& log);

}  // namespace dontgoback::test
