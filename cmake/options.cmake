# Flags for every target of the project, and the one way to declare a library of it.

find_program(RELATA_CCACHE ccache)
if(RELATA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${RELATA_CCACHE})
endif()

add_library(relata_options INTERFACE)
target_compile_options(relata_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-restrict) # GCC 12 sees overlaps in std::string that are not there (bug 105651)
if(RELATA_WERROR)
  target_compile_options(relata_options INTERFACE -Werror)
endif()
if(RELATA_SANITIZE)
  target_compile_options(relata_options INTERFACE -fsanitize=${RELATA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(relata_options INTERFACE -fsanitize=${RELATA_SANITIZE})
endif()

# relata_library(NAME SOURCES... ): library target relata_NAME, exported as relata::NAME, with includes from the repository's root.
function(relata_library name)
  add_library(relata_${name} STATIC ${ARGN})
  add_library(relata::${name} ALIAS relata_${name})
  set_target_properties(relata_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_include_directories(relata_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/generated>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/relata>)
  target_compile_features(relata_${name} PUBLIC cxx_std_20)
  target_link_libraries(relata_${name} PRIVATE $<BUILD_INTERFACE:relata_options>)
endfunction()
