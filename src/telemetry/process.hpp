#pragma once

// What proc(5) says about this process.
namespace dontgoback::telemetry {

double resident_memory();  ///< bytes
double open_files();
double cpu_seconds();
double written_bytes();  ///< to block devices; 0 where the kernel does not account for it
double start_time();     ///< seconds since 1970

}  // namespace dontgoback::telemetry
