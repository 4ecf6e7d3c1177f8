package bench

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
)

// streaming counts and sums events by minute and key, in update mode, one file a
// batch, with logs and state on the disk.
func streaming(s *engine.Session, data string) (told int, batches []time.Duration, err error) {
	schema, err := frame.ParseSchema("ts bigint, key string, v bigint")
	if err != nil {
		return 0, nil, err
	}
	dir, err := os.MkdirTemp("", "etincelle-bench-")
	if err != nil {
		return 0, nil, err
	}
	defer os.RemoveAll(dir)
	events := stream.Files(s, data, stream.JSON, schema, stream.MaxFilesPerTrigger(1))
	counts := events.WithColumn("at", frame.SQL("timestamp_millis(ts)")).
		WithWatermark("at", watermarkMs*time.Millisecond).
		GroupBy(frame.Window(frame.Col("at"), time.Minute, time.Minute), frame.Col("key")).
		Agg(frame.CountAll().As("n"), frame.Sum(frame.Col("v")).As("s"))
	q, err := stream.Start(counts, stream.Update, stream.SinkFunc(func(out *stream.Output) error {
		told += out.Count()
		return nil
	}), stream.ByHand(), stream.Checkpoint(dir))
	if err != nil {
		return 0, nil, err
	}
	for {
		began := time.Now()
		ran, err := q.Advance()
		if err != nil {
			return told, batches, err
		}
		if !ran {
			return told, batches, q.Stop()
		}
		batches = append(batches, time.Since(began))
	}
}

// streamJob is the job on large files: what counts is how long all of it takes.
func streamJob(s *engine.Session, data string) (string, []time.Duration, error) {
	return checked(streaming(s, filepath.Join(data, "events")))
}

// microbatch is the job on small files: what counts is how long a batch takes.
func microbatch(s *engine.Session, data string) (string, []time.Duration, error) {
	return checked(streaming(s, filepath.Join(data, "small")))
}

func checked(told int, batches []time.Duration, err error) (string, []time.Duration, error) {
	slices.Sort(batches)
	return strconv.Itoa(told), batches, err
}
