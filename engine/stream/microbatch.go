package stream

import (
	"errors"
	"fmt"
	"iter"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
	"etincelle/engine/stream/analyze"
	"etincelle/engine/stream/checkpoint"
	"etincelle/engine/stream/watermark"
)

// runner is what runs the batches of a query, one after the other. Whoever
// calls step holds the query's lock.
type runner struct {
	session *engine.Session
	clock   clock.Clock
	files   fs.FS
	dir     string
	conf    physical.Conf
	set     settings
	exec    *execution
	tracker *watermark.Tracker
	sink    Sink
	out     *frameOut
	emit    *narrator

	next    int64               // the batch to run next
	current []string            // where the committed batches end, by source
	planned *checkpoint.Offsets // of batch next, when the last process planned it and did not commit
	last    *checkpoint.Offsets // of the batch before
	began   time.Time           // when the batch before began
	ran     bool                // this process has run a batch: one without rows may follow
	empty   int                 // batches without new rows since the last one with
	broken  *analyze.Refusal    // why no batch can run
}

// retained is how many batches the logs and the state go back
// (spark.sql.streaming.minBatchesToRetain).
const retained = 100

// resume reads where the query stands from its checkpoint.
func (r *runner) resume() error {
	at, err := checkpoint.Open(r.files, r.dir)
	if err != nil {
		return err
	}
	r.current = make([]string, len(r.exec.scans))
	if at.Planned < 0 {
		return nil
	}
	if err := r.fits(at.Last); err != nil {
		return err
	}
	r.tracker.Restore(at.Last.Watermark)
	if at.Committed == at.Planned {
		r.next = at.Planned + 1
		r.last = &at.Last
		r.current = at.Last.Sources
		r.tracker.Restore(at.Commit.NextWatermark)
		return nil
	}
	r.next, r.planned = at.Planned, &at.Last // the decisive line: it runs again, as it was planned
	if at.Before != nil {
		r.last = at.Before
		r.current = at.Before.Sources
	}
	return nil
}

// fits refuses offsets that this query cannot go on from.
func (r *runner) fits(o checkpoint.Offsets) error {
	if len(o.Sources) != len(r.exec.scans) {
		return fmt.Errorf("%s: %w: the offset log has %d sources, and this query %d", r.dir, checkpoint.ErrOther, len(o.Sources), len(r.exec.scans))
	}
	return nil
}

// step plans and runs one batch. ran is false when there was nothing to do.
func (r *runner) step() (ran bool, err error) {
	clocked := newStopwatch(r.clock)
	batch, err := r.plan(clocked)
	if err != nil || batch == nil {
		return false, err
	}
	if err := r.run(batch, clocked); err != nil {
		return false, err
	}
	return true, nil
}

// plannedBatch is a batch that is about to run.
type plannedBatch struct {
	checkpoint.Offsets
	reason string
	starts []string
	parts  [][]Part
	saved  chan error // of the offsets
}

// Why a batch runs.
const (
	newRows      = "new rows"
	noRows       = "no rows: the watermark has moved"
	planedBefore = "again: the last process did not finish it"
)

// plan decides whether a batch runs and what it reads, and writes that down.
func (r *runner) plan(clocked *stopwatch) (*plannedBatch, error) {
	b := &plannedBatch{starts: r.current, saved: make(chan error, 1)}
	if r.planned != nil {
		b.Offsets, b.reason = *r.planned, planedBefore
		b.saved <- nil
		return b, r.fetch(b, clocked)
	}
	if r.ran {
		if err := r.exec.redefined(); err != nil {
			return nil, told(err, engine.Inside(r.session).English())
		}
	}
	b.reason = noRows
	ends := r.current
	if !r.set.settle || !r.settles() {
		var err error
		if ends, err = r.latest(clocked); err != nil {
			return nil, err
		}
	}
	for i := range ends {
		if ends[i] != r.current[i] {
			b.reason = newRows
		}
	}
	w := r.tracker.Watermark()
	if b.reason == noRows && !r.settles() {
		return nil, nil
	}
	b.Offsets = checkpoint.Offsets{Watermark: w, Time: r.clock.Now().UnixMilli(), Sources: ends, Conf: r.constants()}
	if err := r.at(Planned); err != nil {
		return nil, err
	}
	if err := r.fetch(b, clocked); err != nil {
		return nil, err
	}
	// The log is written while the batch runs: nothing of the batch is seen, or
	// counts, before both are done.
	write := func() error {
		defer clocked.mark("walCommit")()
		for _, scan := range r.exec.scans {
			if s, ok := scan.of.source.(saver); ok {
				if err := s.Save(); err != nil {
					return err
				}
			}
		}
		return checkpoint.WriteOffsets(r.files, r.dir, r.next, b.Offsets)
	}
	if r.set.steps != nil { // one after the other, for whoever watches the steps
		if err := write(); err != nil {
			return nil, err
		}
		b.saved <- nil
		if err := r.at(OffsetsSaved); err != nil {
			return nil, err
		}
	} else {
		go func() { b.saved <- write() }()
	}
	return b, nil
}

// settles reports whether a batch without rows is worth running: this process has
// run a batch, the watermark has moved since, and some operator can use it.
func (r *runner) settles() bool {
	return r.set.noData && r.planned == nil && r.ran && r.last != nil && r.exec.again(r.last.Watermark, r.tracker.Watermark())
}

func (r *runner) at(s Step) error {
	if r.set.steps == nil {
		return nil
	}
	return r.set.steps(s, r.next)
}

// constants are the settings that a checkpoint keeps.
func (r *runner) constants() map[string]string {
	return map[string]string{
		"spark.sql.streaming.multipleWatermarkPolicy": string(r.set.policy),
		"spark.sql.shuffle.partitions":                fmt.Sprint(r.exec.partitions),
	}
}

func (r *runner) latest(clocked *stopwatch) ([]string, error) {
	defer clocked.mark("latestOffset")()
	ends := make([]string, len(r.exec.scans))
	for i, scan := range r.exec.scans {
		var err error
		if ends[i], err = scan.of.source.Latest(r.current[i]); err != nil {
			return nil, fmt.Errorf("source %s: %w", scan.of.source.Description(), err)
		}
	}
	return ends, nil
}

// fetch asks the sources for the rows of the batch.
func (r *runner) fetch(b *plannedBatch, clocked *stopwatch) error {
	defer clocked.mark("getBatch")()
	for i, scan := range r.exec.scans {
		var parts []Part
		if b.Sources[i] != b.starts[i] {
			var err error
			if parts, err = scan.of.source.Batch(b.starts[i], b.Sources[i]); err != nil {
				return fmt.Errorf("source %s: %w", scan.of.source.Description(), err)
			}
		}
		b.parts = append(b.parts, parts)
	}
	return nil
}

// run runs a planned batch: the same plan as ever, over the new rows.
func (r *runner) run(b *plannedBatch, clocked *stopwatch) error {
	if r.broken != nil {
		return errors.Join(told(r.broken, engine.Inside(r.session).English()), <-b.saved)
	}
	late := int64(0)
	if r.last != nil {
		late = r.last.Watermark // the decisive line: late is what the batch before knew to be over
	}
	r.exec.begin(r.next, late, b.Watermark, b.Time)
	for i, scan := range r.exec.scans {
		scan.begin(b.parts[i])
	}
	r.emit.start(r.next, b, late)
	stop := clocked.mark("addBatch")
	var out *Output
	err := r.grouped(func() (err error) {
		out, err = r.compute()
		return err
	})
	stop()
	if err == nil {
		stop = clocked.mark("commitState")
		err = r.exec.stores.Save(r.next + 1)
		stop()
	}
	err = errors.Join(err, <-b.saved)
	if err == nil {
		err = r.at(StateSaved)
	}
	if err == nil {
		stop = clocked.mark("addBatch")
		err = r.grouped(func() error { return r.sink.Write(out) })
		stop()
	}
	if err == nil {
		err = r.at(SinkWritten)
	}
	if err != nil {
		r.exec.stores.Abort()
		return err
	}
	return r.commit(b, out, clocked)
}

// grouped runs jobs as part of the query's job group, its run: so one finds them, and
// cancels them.
func (r *runner) grouped(f func() error) error {
	q := r.out.query
	return r.session.InJobGroup(q.run, fmt.Sprintf("query %s, batch %d", q.label(), r.next), f)
}

// commit ends a batch.
func (r *runner) commit(b *plannedBatch, out *Output, clocked *stopwatch) error {
	stop := clocked.mark("commitOffsets")
	seen, all := r.exec.seen()
	r.tracker.EndBatch(seen)
	next := r.tracker.Watermark()
	if err := checkpoint.WriteCommit(r.files, r.dir, r.next, checkpoint.Commit{NextWatermark: next}); err != nil {
		return err
	}
	r.exec.stores.Advance(r.next + 1) // the decisive line: from here on the batch has happened
	stop()
	if err := r.at(Committed); err != nil {
		return err
	}
	for i, scan := range r.exec.scans {
		if b.Sources[i] != "" {
			if err := scan.of.source.Commit(b.Sources[i]); err != nil {
				return fmt.Errorf("source %s: %w", scan.of.source.Description(), err)
			}
		}
	}
	report := r.report(b, out, all, clocked)
	r.out.query.keep(report)
	r.emit.end(b, out, all, next, report)
	r.current, r.last, r.planned, r.ran, r.began = b.Sources, &b.Offsets, nil, true, clocked.begin
	done := r.next
	r.next++
	r.empty++
	if b.reason == newRows {
		r.empty = 0
	}
	if err := r.exec.stores.Maintain(done+1, done+1-retained); err != nil {
		return err
	}
	if done%retained == 0 && done > retained {
		return checkpoint.Purge(r.files, r.dir, done-retained)
	}
	return nil
}

// compute runs the plan, and brings the rows of the result to the driver.
func (r *runner) compute() (*Output, error) {
	x := physical.NewContext(r.session, r.conf, "start")
	rows, err := x.Run(r.exec.root)
	if err != nil {
		return nil, err
	}
	n, err := rdd.Node(rows).Partitions()
	if err != nil {
		return nil, err
	}
	out := &Output{Batch: r.next, Mode: r.exec.mode, Schema: r.out.schema, Parts: make([][]column.Batch, n), query: r.out.query}
	err = rdd.RunJob(rows, "start", nil,
		func(t *lineage.Task, in iter.Seq[column.Batch]) ([]column.Batch, error) {
			var part []column.Batch
			for b := range in {
				t.Metrics.Result += int64(b.Rows)
				part = append(part, b)
			}
			return part, nil
		},
		func(p int, part []column.Batch) { out.Parts[p] = part })
	return out, err
}
