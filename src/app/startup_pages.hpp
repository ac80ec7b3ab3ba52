#pragma once

namespace dontgoback::app {

/// Unmaps the program's and its libraries' code and constants, which come back from the page cache as they are used:
/// what only the start needed (relocation, options, migrations) stays away. Saves a node that idles about a quarter of
/// its resident memory. Pages that were written to are not touched.
void release_startup_pages();

}  // namespace dontgoback::app
