#pragma once

/// For functions that look into SOCI's drivers. Their classes are open "for advanced users", but hidden in their
/// libraries, where the sanitizer would look for their type.
#define DONTGOBACK_DRIVER_CLASS __attribute__((no_sanitize("vptr")))
