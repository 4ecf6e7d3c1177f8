package stream

import (
	"fmt"
	"testing"
	"time"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
)

// BenchmarkMicroBatch is one batch of ten rows, with its logs and its state on the
// disk: what a batch costs besides its rows.
func BenchmarkMicroBatch(b *testing.B) {
	s := engine.Start(engine.Progress(false))
	defer s.Stop()
	in := NewMemory(s, frame.Schema{{Name: "ts", Type: column.TimestampType}, {Name: "key", Type: column.StringType}, {Name: "v", Type: column.BigIntType}})
	at := frame.Col("ts")
	counts := in.WithWatermark("ts", 2*time.Minute).GroupBy(frame.Window(at, time.Minute, time.Minute), frame.Col("key")).
		Agg(frame.CountAll().As("n"), frame.Sum(frame.Col("v")).As("total"))
	q, err := Start(counts, Update, SinkFunc(func(*Output) error { return nil }), ByHand(), Checkpoint(b.TempDir()))
	if err != nil {
		b.Fatal(err)
	}
	now := column.Timestamp(1_700_000_000_000_000)
	for b.Loop() {
		var rows []frame.Row
		for i := range 10 {
			now += 100_000
			rows = append(rows, frame.Row{now, fmt.Sprintf("k%d", i), int64(i)})
		}
		if err := in.Add(rows...); err != nil {
			b.Fatal(err)
		}
		if _, err := q.Advance(); err != nil {
			b.Fatal(err)
		}
	}
}
