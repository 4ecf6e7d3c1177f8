package stream

import (
	"fmt"
	"time"

	"etincelle/engine/stream/watermark"
)

// Option configures a query. Later options win.
type Option func(*settings)

type settings struct {
	name       string
	checkpoint string // "" for one in memory, which dies with the query
	every      time.Duration
	once       bool // stop after one batch
	available  bool // stop when all that is there now is done
	byHand     bool
	policy     watermark.Policy
	noData     bool // batches without rows may run
	settle     bool // and run before new rows are read
	partitions int  // 0: the session's default parallelism
	listeners  []Listener
	steps      func(Step, int64) error
	problem    error
}

func defaults() settings { return settings{policy: watermark.Min, noData: true} }

// Name names the query in progress reports and recordings.
func Name(name string) Option { return func(s *settings) { s.name = name } }

// Checkpoint sets the folder of the logs and the state. A query that is started
// on the same folder goes on where the last one stopped. Without it they are kept
// in memory and lost with the query.
func Checkpoint(dir string) Option { return func(s *settings) { s.checkpoint = dir } }

// ProcessingTime runs a batch every d, when there are rows. 0, the default, begins
// the next batch when the last one has ended.
func ProcessingTime(d time.Duration) Option { return func(s *settings) { s.every = d } }

// Once runs one batch over all that is there, and stops.
func Once() Option { return func(s *settings) { s.once = true } }

// AvailableNow runs as many batches as it takes to read all that is there now,
// with what limits a batch, and stops.
func AvailableNow() Option { return func(s *settings) { s.available = true } }

// ByHand runs a batch when Advance is called, and only then.
func ByHand() Option { return func(s *settings) { s.byHand = true } }

// MultipleWatermarkPolicy says how several watermarks make one: "min", the
// default, waits for the slowest stream; "max" goes with the fastest
// (spark.sql.streaming.multipleWatermarkPolicy).
func MultipleWatermarkPolicy(policy string) Option {
	return func(s *settings) {
		p, err := watermark.PolicyOf(policy)
		if s.policy = p; err != nil {
			s.problem = err
		}
	}
}

// NoDataMicroBatches sets whether a batch without rows runs when the watermark has
// moved and could close something (true, spark.sql.streaming.noDataMicroBatches.enabled).
func NoDataMicroBatches(enabled bool) Option { return func(s *settings) { s.noData = enabled } }

// NoDataFirst says whether a batch without rows that is worth running runs before new
// rows are read, as it would when rows come slowly: for recordings, whose rows are all
// there. False, the default, reads new rows first, as Spark does.
func NoDataFirst(first bool) Option { return func(s *settings) { s.settle = first } }

// StatePartitions sets in how many parts the state is kept (the session's default
// parallelism; spark.sql.shuffle.partitions, 200 in Spark). A checkpoint keeps the
// number that it began with.
func StatePartitions(n int) Option {
	return func(s *settings) {
		if s.partitions = n; n < 1 {
			s.problem = fmt.Errorf("StatePartitions(%d): at least 1 is needed", n)
		}
	}
}

// Listen tells l of the query's start, of each batch's progress and of its end.
func Listen(l Listener) Option {
	return func(s *settings) { s.listeners = append(s.listeners, l) }
}

// Step is a place in a batch where a process may die, and the next one must go on.
type Step string

// The steps, in their order. Before and after each the files on disk say something else.
const (
	Planned      Step = "planned"       // nothing is written yet
	OffsetsSaved Step = "offsets saved" // the batch will run, by this process or the next
	StateSaved   Step = "state saved"   // what the batch remembers is on disk, and does not count yet
	SinkWritten  Step = "sink written"  // the rows are out
	Committed    Step = "committed"     // the batch will not run again
)

// AtStep calls f at each step of each batch, before the query goes on. An error
// stops the query there, as if the process had died: for tests of what comes after.
func AtStep(f func(step Step, batch int64) error) Option {
	return func(s *settings) { s.steps = f }
}
