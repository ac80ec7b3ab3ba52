#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dontgoback::http {

/// Whose name a request to the management address may use. A page can make its reader's browser ask any address by a
/// name of the page's own (DNS rebinding), but not by an address, nor by a name that no public DNS has. So it answers
/// addresses, names of one label (`localhost`, those of a compose file or an /etc/hosts), those below `localhost` and
/// `internal`, this machine's own name, and names it is told. Pure but for the machine's name.
class ManagementHosts {
 public:
  /// Names without a port; case does not matter. Throws std::invalid_argument, naming the entry, for what is no host.
  explicit ManagementHosts(const std::vector<std::string>& names);

  /// `authority` as in `Host`, well-formed or empty (HTTP/1.0 needs none; browsers always send it).
  bool answers(std::string_view authority) const;

 private:
  std::vector<std::string> names_;
};

}  // namespace dontgoback::http
