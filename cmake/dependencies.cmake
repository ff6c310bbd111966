# Everything that the project needs from outside, all of it Debian packages (scripts/packages.txt).

find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
find_package(RapidJSON REQUIRED)
find_package(CLI11 REQUIRED)
find_package(EXPAT REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(ZLIB REQUIRED)
find_package(pegtl REQUIRED) # headers alone, in the compiler's own path
find_package(mimalloc 2.0 REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(GRAPHVIZ REQUIRED IMPORTED_TARGET libgvc libcgraph)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(EDITLINE REQUIRED IMPORTED_TARGET libedit)
pkg_check_modules(LIBARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(MD4C REQUIRED IMPORTED_TARGET md4c)
pkg_check_modules(POPPLER REQUIRED IMPORTED_TARGET poppler-cpp)

# What one thread allocates another frees (store/flow.h), for which the C library's allocator locks: threads wait for each other.
# Programs link this one instead. Libraries do not, since a program has one allocator, and sanitizers bring their own.
add_library(relata_allocator INTERFACE)
if(NOT RELATA_SANITIZE)
  target_link_libraries(relata_allocator INTERFACE mimalloc)
endif()
