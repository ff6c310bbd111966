# Installs the build BINARY_DIR, moves the installation (a path of the build inside it would break now), builds
# the project beside this file against it and runs that and the installed program. Works in WORK_DIR.

function(step name)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${name} failed (${code}): ${ARGN}\n${output}")
  endif()
  message(STATUS "${name}: ok")
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
file(MAKE_DIRECTORY ${WORK_DIR})
step("install" ${CMAKE_COMMAND} --install ${BINARY_DIR} --prefix ${WORK_DIR}/first)
file(RENAME ${WORK_DIR}/first ${WORK_DIR}/prefix)

step("configure a project that uses it" ${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/project -B ${WORK_DIR}/build
  -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=${CXX} "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}")
step("build it" ${CMAKE_COMMAND} --build ${WORK_DIR}/build)
step("run it" ${WORK_DIR}/build/user)

step("installed program" ${WORK_DIR}/prefix/bin/relata --version)
file(WRITE ${WORK_DIR}/article.txt "Russian forces captured the town of Avdiivka in Ukraine on Saturday.\n")
step("installed program reads a text" ${WORK_DIR}/prefix/bin/relata build ${WORK_DIR}/article.txt -o ${WORK_DIR}/graph.json)

foreach(file bin/relata include/relata/graph/graph.h share/relata/data/ontology.txt share/relata/models/reader.rlm
    share/doc/relata/LICENSE share/doc/relata/NOTICE)
  if(NOT EXISTS ${WORK_DIR}/prefix/${file})
    message(FATAL_ERROR "not installed: ${file}")
  endif()
endforeach()
