#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "audit/entry.hpp"
#include "clients/client.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/database.hpp"
#include "nodes/store.hpp"

namespace dontgoback::auth {

/// The roles whose nodes join an auth server, each with what its node may ask for.
struct NodeRole {
  std::string_view role;
  std::vector<std::string> scopes;
  std::string_view name;  ///< for people
};
const std::vector<NodeRole>& node_roles();

/// How nodes of this program become clients of the auth server, and get new secrets. A node makes its secret itself and
/// tells its digest, so that no secret travels here and every call may be repeated. Each act is one transaction with
/// its row of the audit trail. Any thread that may block.
class NodeAdmission {
 public:
  static constexpr std::size_t kMostCodes = 100;

  NodeAdmission(storage::Database& database, const time::Clock& clock) : database_(database), clock_(clock) {}

  struct Invitation {
    std::string secret;  ///< 256 random bits, kept as a digest
    std::string client_id;
    time::Timestamp made_at{};
    time::Timestamp ends_at{};
  };
  /// What lets one node of the role in, as a client of its own; or, where `client` is not empty, as that one, which
  /// gets a second secret. `configured`: ids that are taken besides those of the database. invalid for another role;
  /// not_found for no such client; conflict while kMostCodes are open.
  Result<Invitation> invite(std::string_view role, std::chrono::hours life, const std::vector<std::string>& configured,
                            const Actor& actor, std::string_view client = {});

  struct Candidate {
    std::string_view code;    ///< the invitation's secret
    std::string_view digest;  ///< of the node's own secret: base64url of SHA-256
    std::string_view url;     ///< what others reach it by
    std::string_view address;
  };
  /// The node as it is called from now on. The same candidate with the same code again: the same answer. not_found for
  /// no such code, conflict for one that another has used, forbidden for one whose time is over.
  Result<JoinedNode> admit(const Candidate& candidate);

  /// A second secret for `client`, which has shown `shown`; the one that it did not show goes. The same again: done.
  /// conflict for a client that signs assertions or has joined by no code.
  Result<Done> add_secret(const Client& client, const security::Digest& shown, const security::Digest& next,
                          std::string_view address);

  std::vector<JoinedNode> nodes() const;
  /// What a node that has joined is reached by from now on.
  void moved(const JoinedNode& node);

 private:
  storage::Database& database_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::auth
