# What `cmake --install` puts where:
#   bin/relata                  the program
#   lib/librelata_*.a           the libraries
#   include/relata/             their headers, included as "graph/graph.h"
#   lib/cmake/relata/           find_package(relata): relata::graph, relata::importers, relata::exporters, relata::store, relata_DATA_DIR
#   share/relata/{data,models}  what the program reads at run time, laid out as in the repository
#   share/doc/relata/           licence and notices

include(CMakePackageConfigHelpers)

set(RELATA_INSTALL_CMAKE ${CMAKE_INSTALL_LIBDIR}/cmake/relata)
set(RELATA_INSTALL_DATA ${CMAKE_INSTALL_DATADIR}/relata)

install(TARGETS relata RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS relata_graph relata_importers relata_exporters relata_store EXPORT relata_targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY graph importers exporters store DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/relata
  FILES_MATCHING PATTERN "*.h" PATTERN mime.h EXCLUDE)
install(DIRECTORY data models DESTINATION ${RELATA_INSTALL_DATA} PATTERN "*.src" EXCLUDE)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(EXPORT relata_targets FILE relataTargets.cmake NAMESPACE relata::
  DESTINATION ${RELATA_INSTALL_CMAKE})
configure_package_config_file(cmake/relataConfig.cmake.in ${PROJECT_BINARY_DIR}/relataConfig.cmake
  INSTALL_DESTINATION ${RELATA_INSTALL_CMAKE} PATH_VARS RELATA_INSTALL_DATA)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/relataConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/relataConfig.cmake ${PROJECT_BINARY_DIR}/relataConfigVersion.cmake
  DESTINATION ${RELATA_INSTALL_CMAKE})
