# What every target shares, and the functions its folders use.

find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(date REQUIRED)
find_package(tomlplusplus REQUIRED)

find_library(SOCI_CORE soci_core REQUIRED)
find_library(SOCI_SQLITE3 soci_sqlite3 REQUIRED)
find_library(SQLITE3 sqlite3 REQUIRED)
find_library(HIREDIS hiredis REQUIRED)
find_path(MARIADB_INCLUDE mysql.h PATH_SUFFIXES mariadb mysql REQUIRED)

add_library(dontgoback_options INTERFACE)
target_compile_options(dontgoback_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC bug 105651: optimised `"text" + string` is taken for an overlapping copy.
  target_compile_options(dontgoback_options INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()
# A char has a sign on x86 and none on ARM: what is tested on the one is what runs on the other.
if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i.86)$")
  target_compile_options(dontgoback_options INTERFACE -fsigned-char)
endif()
# Statements know their place in the sources (storage/sql.hpp), relative to the project's root: nothing of this machine goes
# into the program. A compiler cache names files from the build's folder.
file(RELATIVE_PATH to_root ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR}/)
target_compile_options(dontgoback_options INTERFACE -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/= -fmacro-prefix-map=${to_root}=)
# What nobody calls is left out: resident pages are the budget.
target_compile_options(dontgoback_options INTERFACE $<$<CONFIG:Release>:-ffunction-sections> $<$<CONFIG:Release>:-fdata-sections>)
target_link_options(dontgoback_options INTERFACE $<$<CONFIG:Release>:-Wl,--gc-sections>)
target_link_libraries(dontgoback_options INTERFACE Threads::Threads)
if(DONTGOBACK_SANITIZE)
  target_compile_options(dontgoback_options INTERFACE -fsanitize=${DONTGOBACK_SANITIZE} -fno-omit-frame-pointer
                                                     -fno-sanitize-recover=undefined)
  # GCC's analysis is confused by the sanitizers' own code (std::regex in Catch2, std::function anywhere).
  target_compile_options(dontgoback_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  if(DONTGOBACK_SANITIZE STREQUAL "thread")  # and by what is inlined of strings that are added to
    target_compile_options(dontgoback_options
                           INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overread>")
  endif()
  target_link_options(dontgoback_options INTERFACE -fsanitize=${DONTGOBACK_SANITIZE})
  # Some sixty programs of 100 MB are linked for the tests: in a fifth of the time.
  find_program(MOLD mold)
  if(MOLD)
    target_link_options(dontgoback_options INTERFACE -fuse-ld=mold)
  endif()
endif()
if(DONTGOBACK_FUZZ)
  target_compile_options(dontgoback_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Reading the standard library is half of what compiling a file costs. Where sanitizers make that a matter of many minutes it
# is read once; every other build shows which includes are missing.
if(DONTGOBACK_SANITIZE)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/standard_headers.cpp CONTENT "")
  add_library(dontgoback_standard_headers OBJECT ${CMAKE_BINARY_DIR}/standard_headers.cpp)
  target_link_libraries(dontgoback_standard_headers PRIVATE dontgoback_options)
  target_precompile_headers(
    dontgoback_standard_headers PRIVATE <algorithm> <array> <atomic> <charconv> <chrono> <cstdint> <filesystem> <functional>
    <map> <memory> <mutex> <optional> <span> <stdexcept> <string> <string_view> <thread> <tuple> <utility> <variant> <vector>)
endif()

# A static library of the .cpp files in the folder, and in the folders below it named by FOLDERS. It sees the public interface and its
# own folder; PRIVATE takes what else it needs.
function(dontgoback_library name)
  cmake_parse_arguments(ARG "" "" "PRIVATE;FOLDERS" ${ARGN})
  set(patterns ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  foreach(folder IN LISTS ARG_FOLDERS)
    list(APPEND patterns ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
  endforeach()
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC dontgoback_interface PRIVATE dontgoback_options ${ARG_PRIVATE})
  if(TARGET dontgoback_standard_headers)
    target_precompile_headers(${name} REUSE_FROM dontgoback_standard_headers)
  endif()
  # A module sees no target of the host; who links it links what implements the interface.
  file(RELATIVE_PATH place ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  if(place MATCHES "^modules/")
    target_link_libraries(${name} INTERFACE dontgoback_host)
  endif()
endfunction()

# Builds migrations/NNN_name.<dialect>.sql of the folder into the target, as
# `dontgoback::storage::Migrations dontgoback::<module>::migrations()`.
function(dontgoback_migrations target module)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${module}_migrations.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DMODULE=${module} -DOUTPUT=${output} "-DFILES=${files}" -P
            ${PROJECT_SOURCE_DIR}/cmake/EmbedMigrations.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/EmbedMigrations.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()

# A module: the library module_<name> of the folder, as dontgoback_library makes it, which `dontgoback_modules` gives to
# a program. Its folder has module.hpp; migrations, if there are any, are built in.
function(dontgoback_module name)
  dontgoback_library(module_${name} ${ARGN})
  target_include_directories(module_${name} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/..)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/migrations)
    dontgoback_migrations(module_${name} ${name})
  endif()
  set_property(GLOBAL APPEND PROPERTY DONTGOBACK_MODULES ${name})
endfunction()

# Links every registered module into the target, and makes module_headers.hpp for it, which includes their headers.
function(dontgoback_modules target)
  get_property(modules GLOBAL PROPERTY DONTGOBACK_MODULES)
  list(TRANSFORM modules REPLACE "(.+)" "#include \"\\1/module.hpp\"" OUTPUT_VARIABLE includes)
  list(JOIN includes "\n" includes)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/modules/module_headers.hpp CONTENT "#pragma once\n\n${includes}\n")
  list(TRANSFORM modules PREPEND module_)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/modules)
  target_link_libraries(${target} PRIVATE ${modules})
endfunction()

# A Catch2 program of the given sources, run by ctest.
function(dontgoback_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests
                                             ${PROJECT_SOURCE_DIR}/modules)
  target_link_libraries(${name} PRIVATE dontgoback_test_main dontgoback_options ${ARG_LINK})
  # A failure says what was compared, in every source alike: a forgotten include would say {?}.
  target_precompile_headers(${name} REUSE_FROM dontgoback_test_headers)
  target_link_libraries(${name} PRIVATE dontgoback_test_options)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 LABELS "${ARG_LABELS}")
endfunction()
