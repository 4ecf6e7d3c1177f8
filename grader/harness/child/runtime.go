package child

import (
	"crypto/rand"
	"runtime"
	"runtime/debug"
	"time"
)

// The runtime sees that every goroutine waits, and ends the process at once,
// unless some thread of it waits for a timer. Two things keep timers where
// nobody looks; without the care taken here a student's deadlock would last until
// the time limit, and be called a loop.

// settle gets the first use of the system's random numbers over with: it sets a
// timer of a minute, to warn when there are none, and takes it back. A shorter
// timer wakes the thread that may have begun to wait for it.
func settle() {
	var first [1]byte
	_, _ = rand.Read(first[:]) // never fails, says its documentation
	time.Sleep(time.Millisecond)
}

// limitSoftly makes the collector work harder near a limit, in bytes. It says so
// only when a quarter of that is in use: a limit makes the collector keep timers.
func limitSoftly(limit int64) {
	if limit <= 0 {
		return
	}
	// The finalizer of an object that nothing holds runs after each collection.
	type beat struct{ _ [64]byte }
	var look func(*beat)
	look = func(*beat) {
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		if int64(memory.HeapAlloc) >= limit/4 {
			debug.SetMemoryLimit(limit)
			return
		}
		runtime.SetFinalizer(new(beat), look)
	}
	runtime.SetFinalizer(new(beat), look)
}
