#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "audit/entry.hpp"
#include "clients/client.hpp"
#include "codes/node_store.hpp"
#include "codes/store.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/database.hpp"

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
  struct Wish {
    std::string_view role;
    std::chrono::hours life;
    StoredCode::Kind kind = StoredCode::Kind::of_operator;
    std::string_view client{};  ///< of_known_client: which
  };
  /// What lets one node of the role in, as a client of its own; or as a client that is there, a node of that role: its
  /// secret is then the only one. Of a setup: in the place of the open one that a setup has made for the role.
  /// `configured`: ids that are taken besides those of the database. invalid for another role; not_found for no such
  /// client; conflict while kMostCodes are open, and for a client that is no such node or disabled.
  Result<Invitation> invite(const Wish& wish, const std::vector<std::string>& configured, const Actor& actor);
  /// Those that would let somebody in now.
  std::vector<StoredCode> open_codes() const;
  /// Those of that client let nobody in any more. How many; not_found for none.
  Result<std::int64_t> withdraw(std::string_view client, const Actor& actor);

  struct Candidate {
    std::string_view code;    ///< the invitation's secret
    std::string_view digest;  ///< of the node's own secret: base64url of SHA-256
    std::string_view url;     ///< what others reach it by
    std::string_view address;
  };
  /// The node as it is called from now on. The same candidate with the same code again: the same answer, for as long as
  /// its secret is good. not_found for no such code, conflict for one that another has used or whose secret has ended,
  /// forbidden for one whose time is over, invalid where the client is not any more what it was made for.
  Result<JoinedNode> admit(const Candidate& candidate);

  /// A client that has shown a secret: what it asks is done if that is still good in the database, whatever was known
  /// of it when the call came.
  struct Shown {
    std::string_view client_id;
    security::Digest digest;
    std::string_view address;
  };
  /// A second secret for the client; the one that it did not show goes. The same again: done. unauthenticated for a
  /// secret that is not good; conflict for a client that signs assertions or has joined by no code.
  Result<Done> add_secret(const Shown& shown, const security::Digest& next);
  /// What a node that has joined is reached by from now on. The same failures.
  Result<Done> move(const Shown& shown, std::string_view url);

  std::vector<JoinedNode> nodes() const;

 private:
  storage::Database& database_;
  const time::Clock& clock_;
};

}  // namespace dontgoback::auth
