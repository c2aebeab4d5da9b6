# Worst stack of a program, from GCC's call graphs (-fcallgraph-info=su) of its objects.
#
# Input: the .ci files. Whom a call by pointer reaches is said below; one that is not there fails.
# Interrupts come on top of main: the serial line's may interrupt the main loop's timer, a fault may interrupt both.

BEGIN {
    library_bytes = 64      # of functions without a size: memcpy, arithmetic on doubles
    exception_frame = 112   # with the floating-point registers and alignment
    by_pointer["board_poll"] = "core/link.c:poll"
    by_pointer["port/backplane.c:send"] = "port/stm32f405/array_emulated.c:exchange"
}

/^node:/ && / bytes \(/ {
    title = quoted($0, "title: ")
    if (/ bytes \(dynamic/ && !/bounded/) {
        fail(title " has no bound")
    }
    match($0, /[0-9]+ bytes \(/)
    own[title] = substr($0, RSTART, RLENGTH) + 0
}

/^edge:/ {
    from = quoted($0, "sourcename: ")
    to = quoted($0, "targetname: ")
    if (to == "__indirect_call") {
        to = by_pointer[from]
        reached[to] = 1
    }
    calls[from] = calls[from] "\n" to
}

END {
    if (failed) {
        exit 1
    }
    for (title in reached) {
        if (!(title in own)) {
            fail("a call by pointer reaches nobody: see by_pointer")
        }
    }
    total = worst("reset_handler")
    path = "reset_handler" chain["reset_handler"]
    total += worst("systick_handler") + worst("usart1_handler") + worst("fault_handler") + 3 * exception_frame
    print total
    print path > "/dev/stderr"
}

function fail(message) {
    print "stack: " message > "/dev/stderr"
    failed = 1
    exit 1
}

function quoted(line, key, rest) {
    rest = substr(line, index(line, key) + length(key) + 1)
    return substr(rest, 1, index(rest, "\"") - 1)
}

function worst(title, count, callees, k, below, deepest, best) {
    if (title in depth) {
        return depth[title]
    }
    if (title in open) {
        fail(title " calls itself")
    }
    open[title] = 1
    deepest = 0
    best = ""
    count = split(calls[title], callees, "\n")
    for (k = 2; k <= count; k++) {
        below = worst(callees[k])
        if (below > deepest) {
            deepest = below
            best = " > " callees[k] chain[callees[k]]
        }
    }
    delete open[title]
    chain[title] = best
    depth[title] = (title in own ? own[title] : library_bytes) + deepest
    return depth[title]
}
