package runner

import (
	"bytes"
	"os"
	"strconv"
)

// watchesMemory says that residentMemory knows.
const watchesMemory = true

// residentMemory is what a process has in memory, in bytes; 0 when it is gone.
func residentMemory(pid int) int64 {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(data) // size resident shared …, in pages
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
