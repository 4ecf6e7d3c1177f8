package scenario

import (
	"context"
	"fmt"
	"iter"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"etincelle/engine"
	"etincelle/engine/dstream"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// Soak is a long run at the highest rate that the machine holds, while the executor of
// the receiver dies again and again. Back-pressure finds the rate.
type Soak struct {
	For        time.Duration // how long the source sends
	Kill       time.Duration // between two deaths
	Log        bool          // a write-ahead log; otherwise two copies of each block
	Unreliable bool          // the source forgets what it has sent, and blocks have one copy
	Dir        string        // for the log
	Tell       func(string)  // progress, a line at a time
}

// Report is what a soak has come to.
type Report struct {
	Sent       int64 `json:"sent"` // different rows that the source does not have any more
	Processed  int64 `json:"processed"`
	Lost       int64 `json:"lost"`
	Duplicated int64 `json:"duplicated"`

	Deaths         int     `json:"deaths"`
	Batches        int     `json:"batches"`
	FailedOutputs  int     `json:"failedOutputs"`
	RowsASecond    float64 `json:"rowsASecond"`
	MeanProcessing int64   `json:"meanProcessingTime"` // ms
	MeanDelay      int64   `json:"meanSchedulingDelay"`
	WorstDelay     int64   `json:"worstSchedulingDelay"`
	MemoryMiB      uint64  `json:"memoryMiB"` // that the process has from the system, at the end
}

// soakRow is a row of the soak: a number, and a word to count.
type soakRow struct {
	N    int64
	Word string
}

const soakBlock = 2000 // rows that the reliable receiver stores together

var soakWords = [...]string{"lot", "bloc", "flux", "fenêtre", "état", "source", "journal", "pilote"}

// Run runs the soak.
func (k Soak) Run(ctx context.Context) (Report, error) {
	s := engine.Start(engine.Executors(4), engine.Cores(2), engine.Progress(false))
	defer s.Stop()
	run := &soaking{Soak: k, session: s, supply: &supply{}, marks: &marks{}}
	engine.Inside(s).Listen(run.hear)
	c := run.program()
	if err := c.Start(); err != nil {
		return Report{}, err
	}
	began := time.Now()
	run.trouble(ctx, c)
	run.supply.close()
	lasted := time.Since(began)
	c.StopGracefully()
	return run.report(lasted), nil
}

// soaking is a soak under way.
type soaking struct {
	Soak
	session *engine.Session
	supply  *supply
	marks   *marks

	mu     sync.Mutex
	so     Report
	totals [2]int64 // of processing times and scheduling delays, ms
}

func (r *soaking) program() *dstream.Context {
	options := []dstream.Option{dstream.WithBackpressure(dstream.Backpressure{InitialRate: 20_000, MinRate: 1000})}
	level := rdd.MemoryAndDiskSer2
	if r.Log {
		options = append(options, dstream.WriteAheadLog())
	}
	if r.Unreliable {
		level = rdd.MemoryAndDiskSer
	}
	c := dstream.New(r.session, time.Second, options...)
	if r.Log {
		c.Checkpoint(r.Dir)
	}
	rows := dstream.ReceiverStream(c, func() dstream.CustomReceiver[soakRow] {
		return &soakReceiver{supply: r.supply, reliable: !r.Unreliable}
	}, level)
	words := dstream.MapToPair(rows, func(row soakRow) (string, int64) { return row.Word, 1 })
	counts := dstream.ReduceByKey(words, rdd.Add[int64])
	runs := dstream.MapPartitions(rows, runsOf)
	both := dstream.TransformWith(runs, counts, func(a *rdd.RDD[span], b *rdd.Pairs[string, int64]) *rdd.RDD[span] {
		return rdd.Union(r.session, a, rdd.Map(b, func(p rdd.Pair[string, int64]) span { return span{Words: p.Value} }))
	})
	both.ForEachRDD(func(batch *rdd.RDD[span], at dstream.Time) error {
		spans, err := batch.Collect()
		if err == nil {
			err = r.marks.take(spans)
		}
		return err
	})
	return c
}

// span is rows one after the other, or how often a word came.
type span struct{ From, To, Words int64 }

// runsOf is a partition's rows as runs of numbers.
func runsOf(rows iter.Seq[soakRow]) iter.Seq[span] {
	return func(yield func(span) bool) {
		var open span
		for row := range rows {
			if row.N == open.To {
				open.To++
				continue
			}
			if open.To > open.From && !yield(open) {
				return
			}
			open = span{From: row.N, To: row.N + 1}
		}
		if open.To > open.From {
			yield(open)
		}
	}
}

// trouble kills executors until it is time to end.
func (r *soaking) trouble(ctx context.Context, c *dstream.Context) {
	core := engine.Inside(r.session)
	end := time.After(r.For)
	kill := time.NewTicker(r.Kill)
	defer kill.Stop()
	tell := time.NewTicker(10 * time.Second)
	defer tell.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-end:
			return
		case <-kill.C:
			if name := dstream.ReceiverExecutor(c, 0); name != "" && core.KillExecutor(name, "killed by the soak") {
				r.mu.Lock()
				r.so.Deaths++
				r.mu.Unlock()
				time.AfterFunc(r.Kill/4, func() { core.AddExecutor(name) })
			}
		case <-tell.C:
			r.mu.Lock()
			line := fmt.Sprintf("%d rows in the output, %d batches, %d deaths, worst delay %d ms", r.marks.rows.Load(), r.so.Batches, r.so.Deaths, r.so.WorstDelay)
			r.mu.Unlock()
			r.Tell(line)
		}
	}
}

func (r *soaking) hear(e event.Event) {
	if failed, ok := e.(event.OutputCompleted); ok && failed.Error != "" {
		r.Tell(fmt.Sprintf("batch %d: %s", failed.Batch, failed.Error))
	}
	done, ok := e.(event.BatchCompleted)
	if !ok {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.so.Batches++
	r.so.FailedOutputs += done.Failed
	r.so.WorstDelay = max(r.so.WorstDelay, done.SchedulingDelay)
	r.totals[0] += done.ProcessingTime
	r.totals[1] += done.SchedulingDelay
}

func (r *soaking) report(lasted time.Duration) Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.so
	out.Sent = r.supply.gone(!r.Unreliable)
	out.Processed, out.Duplicated = r.marks.rows.Load(), r.marks.again
	out.Lost = out.Sent - r.marks.below(out.Sent)
	out.RowsASecond = float64(out.Processed) / lasted.Seconds()
	if out.Batches > 0 {
		out.MeanProcessing, out.MeanDelay = r.totals[0]/int64(out.Batches), r.totals[1]/int64(out.Batches)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	out.MemoryMiB = m.Sys >> 20
	return out
}

// supply is a source without end: rows 0, 1, 2 …
type supply struct {
	mu          sync.Mutex
	next, acked int64
	closed      bool
	generation  int
}

// connect begins again after what was acknowledged.
func (s *supply) connect(keeps bool) (generation int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.generation++
	if keeps {
		s.next = s.acked
	}
	return s.generation
}

// read takes n rows; ok is false when there are no more, or somebody else is connected.
func (s *supply) read(generation, n int) (from int64, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || generation != s.generation {
		return 0, false
	}
	from = s.next
	s.next += int64(n)
	return from, true
}

func (s *supply) ack(generation int, upTo int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if generation == s.generation {
		s.acked = max(s.acked, upTo)
	}
}

func (s *supply) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
}

// gone is how many rows the source does not have any more.
func (s *supply) gone(keeps bool) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if keeps {
		return s.acked
	}
	return s.next
}

// soakReceiver is the receiver of the soak, in both kinds.
type soakReceiver struct {
	dstream.Receiver[soakRow]
	supply   *supply
	reliable bool
}

func (r *soakReceiver) OnStart() { go r.receive(r.supply.connect(r.reliable)) }
func (r *soakReceiver) OnStop()  {}

func (r *soakReceiver) receive(generation int) {
	n := 1
	if r.reliable {
		n = soakBlock
	}
	for !r.IsStopped() {
		if r.reliable && r.Acquire(n) != nil {
			return
		}
		from, ok := r.supply.read(generation, n)
		if !ok {
			return
		}
		if !r.reliable {
			if r.Store(row(from)) != nil {
				return
			}
			continue
		}
		block := make([]soakRow, n)
		for i := range block {
			block[i] = row(from + int64(i))
		}
		if r.StoreBlock(block) != nil {
			return
		}
		r.supply.ack(generation, from+int64(n))
	}
}

func row(n int64) soakRow { return soakRow{n, soakWords[n%int64(len(soakWords))]} }

// marks is which rows have come to the output: a bit each.
type marks struct {
	rows  atomic.Int64 // different ones
	again int64
	bits  []uint64
}

// take marks the rows of a batch, whose words must add up to them.
func (m *marks) take(spans []span) error {
	var rows, words int64
	for _, s := range spans {
		words += s.Words
		rows += s.To - s.From
		for n := s.From; n < s.To; n++ {
			for int(n/64) >= len(m.bits) {
				m.bits = append(m.bits, make([]uint64, 1<<14)...)
			}
			if bit := uint64(1) << (n % 64); m.bits[n/64]&bit == 0 {
				m.bits[n/64] |= bit
				m.rows.Add(1)
			} else {
				m.again++
			}
		}
	}
	if rows != words {
		return fmt.Errorf("a batch of %d rows has %d words", rows, words)
	}
	return nil
}

// below is how many of the rows 0 … n-1 have come.
func (m *marks) below(n int64) (count int64) {
	for i := int64(0); i < n; i++ {
		if int(i/64) < len(m.bits) && m.bits[i/64]&(1<<(i%64)) != 0 {
			count++
		}
	}
	return count
}

// TemporaryDir is a folder for a soak's log, and what removes it.
func TemporaryDir() (dir string, remove func(), err error) {
	dir, err = os.MkdirTemp("", "etincelle-soak-")
	return dir, func() { _ = os.RemoveAll(dir) }, err // a folder of our own in the system's temporary one
}
