package streaming

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
	model "etincelle/tui/model/streaming"
)

// The storm week: 6 181 flights, 310 batches of 20 rows, three modes, at 120 × 36. It
// is to open in under a second, and to answer a key in under 16 ms.

// BenchmarkOpen reads the recording and draws the first page. live is what the screen
// then holds of the heap.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	var before, after runtime.MemStats
	var s *screen
	for b.Loop() {
		s = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		story, err := model.New(tape(b, "storm"), 0)
		require.NoError(b, err)
		s = newScreen(story, Options{Language: message.French}, stopped{}, nil)
		s.draw(120, 36)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "live-MiB")
	runtime.KeepAlive(s)
}

// BenchmarkKey jumps about, and tells the slowest of the jumps.
func BenchmarkKey(b *testing.B) {
	h := newHand(b, tape(b, "storm"), nil)
	b.ReportAllocs()
	at, slowest := 0, time.Duration(0)
	for b.Loop() {
		at = (at + 7) % h.story.Len()
		began := time.Now()
		h.Step(at + 1)
		h.draw(120, 36)
		slowest = max(slowest, time.Since(began))
	}
	b.ReportMetric(float64(slowest.Microseconds())/1000, "slowest-ms")
}
