//go:build !linux

package runner

// watchesMemory says that residentMemory does not know on this system.
const watchesMemory = false

func residentMemory(int) int64 { return 0 }
