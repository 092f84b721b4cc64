# SPDX-FileCopyrightText: The Banister developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails where no test of the command line provokes one of the codes that Mautic's support knows: a new
# code comes with the failure that it stands for.
file(STRINGS ${ROOT}/app/products/mautic/mauticerror.h lines REGEX "^ +ERR_[A-Z0-9_]+,")
list(LENGTH lines count)
if(count LESS 12)
    message(FATAL_ERROR "Only ${count} codes were read: is the path right?")
endif()
file(GLOB tests ${ROOT}/tests/cli/tst_*failures.cpp)
set(text "")
foreach(test IN LISTS tests)
    file(READ ${test} content)
    string(APPEND text "${content}")
endforeach()
foreach(line IN LISTS lines)
    string(REGEX MATCH "ERR_[A-Z0-9_]+" code "${line}")
    # As the first of the codes that a case expects, in the list of a row.
    if(NOT text MATCHES "{\"${code}\"")
        message(SEND_ERROR "${code}: no case in tests/cli provokes it")
    endif()
endforeach()
