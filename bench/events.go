package bench

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// The events of the streaming jobs: files of lines {"ts":ms,"key":"k17","v":3}, a
// minute of event time each, a tenth of the rows up to five minutes late.
const (
	eventFiles   = 20
	eventRows    = 100_000 // a file, at scale 1
	smallFiles   = 100
	smallRows    = 10
	eventKeys    = 1000
	minuteMs     = 60_000
	lateMs       = 5 * minuteMs
	watermarkMs  = 2 * minuteMs // of the jobs
	firstEventMs = 1_700_000_000_000
)

// writeEvents writes one set of files, and reckons how many groups a query in update
// mode tells of them, one file a batch: plain loops, which have nothing of the engine.
func writeEvents(dir string, files, rows int, seed uint64) (told int, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, err
	}
	random := rand.New(rand.NewPCG(seed, 7))
	type group struct{ window, key int64 }
	before, now, most := int64(0), int64(0), int64(0) // the watermarks of the last batch and of this one; the latest event
	for f := range files {
		groups := map[group]bool{}
		err := write(filepath.Join(dir, fmt.Sprintf("%03d.json", f)), func(w io.Writer) error {
			for range rows {
				ts := firstEventMs + int64(f)*minuteMs + random.Int64N(minuteMs)
				if random.IntN(10) == 0 {
					ts -= random.Int64N(lateMs)
				}
				key, v := random.Int64N(eventKeys), random.IntN(100)
				if _, err := fmt.Fprintf(w, "{\"ts\":%d,\"key\":\"k%d\",\"v\":%d}\n", ts, key, v); err != nil {
					return err
				}
				most = max(most, ts)
				if window := ts / minuteMs * minuteMs; window+minuteMs > before {
					groups[group{window, key}] = true
				}
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
		told += len(groups)
		before, now = now, most-watermarkMs
	}
	return told, nil
}
