package dstreamcase

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/event"
)

// life is one run of a case's program: a session, and what the program's names stand
// for.
type life struct {
	c       *Case
	session *engine.Session
	context *dstream.Context
	clock   *clock.Manual // of the batches
	pulse   *clock.Manual // of the receivers: Spark's go by the computer's clock
	heard   event.Recorder
	dir     string // the checkpoint directory, "" when the program sets none
	failed  map[string]bool

	streams    map[string]*rows
	intervals  map[string]func(interval int64) // how to set a stream's checkpoint interval
	stepErrors []any
	outputs    []output
	seen       map[int64]map[string]any // by batch and output: what it gave
	failures   map[int64][]string
	script     [][]Action

	hasReceiver bool
	calls       calls
}

// conf is what a case may set.
type conf struct {
	options []dstream.Option
	jump    int64
	block   time.Duration
	delay   time.Duration
}

// confOf reads the case's conf.
func confOf(c *Case) (conf, error) {
	got := conf{block: 200 * time.Millisecond, delay: 2 * time.Second}
	for _, name := range slices.Sorted(maps.Keys(c.Conf)) {
		value := c.Conf[name]
		n, err := strconv.ParseInt(strings.TrimSuffix(value, "ms"), 10, 64)
		switch name {
		case "spark.streaming.manualClock.jump":
			got.jump = n
		case "spark.streaming.blockInterval":
			got.block = milliseconds(n)
		case "spark.streaming.receiverRestartDelay":
			got.delay = milliseconds(n)
		case "spark.streaming.receiver.writeAheadLog.enable":
			if err = nil; value == "true" {
				got.options = append(got.options, dstream.WriteAheadLog())
			}
		default:
			return got, report.NotBuilt{What: "conf " + name}
		}
		if err != nil {
			return got, report.NotBuilt{What: fmt.Sprintf("%s=%s", name, value)}
		}
	}
	got.options = append(got.options, dstream.BlockInterval(got.block), dstream.RestartDelay(got.delay))
	return got, nil
}

// begin starts a session as Spark was started for the case, with its clocks at now.
func (r *runner) begin(now int64) (*life, error) {
	local, err := engine.Local(r.c.Master)
	if err != nil {
		return nil, report.NotBuilt{What: fmt.Sprintf("master %q", r.c.Master)}
	}
	l := &life{
		c: r.c, clock: clock.NewManual(time.UnixMilli(now)), pulse: clock.NewManual(time.UnixMilli(now)), failed: r.failed,
		streams: map[string]*rows{}, intervals: map[string]func(int64){}, seen: map[int64]map[string]any{}, failures: map[int64][]string{},
	}
	l.session = engine.Start(local, engine.App(r.c.Name), engine.Sequential(), engine.Clock(l.clock), engine.Listen(l.heard.Hear))
	return l, nil
}

// define runs the program's steps: the setup of the streaming context.
func (l *life) define(r *runner) error {
	l.context = dstream.New(l.session, milliseconds(l.c.BatchMS), append(r.conf.options, dstream.ReceiverClock(l.pulse))...)
	for i, step := range l.c.Program {
		if err := l.step(r, step); err != nil {
			var missing report.NotBuilt
			switch _, skipped := err.(undefined); {
			case asNotBuilt(err, &missing):
				return missing
			case skipped: // the stream that it needs was refused
			default:
				l.stepErrors = append(l.stepErrors, map[string]any{"step": i, "error": chain(err, r.folder)})
			}
		}
	}
	return nil
}

// step runs one step of the definition.
func (l *life) step(r *runner, step Step) error {
	if f, ok := defines()[step.Op]; ok {
		d, err := f(l, step)
		if err == nil {
			err = d.Err()
		}
		if err == nil {
			l.streams[step.ID] = d
		}
		return err
	}
	switch step.Op {
	case "output":
		return l.output(step)
	case "checkpointDir":
		l.dir = filepath.Join(r.folder, "cp")
		l.context.Checkpoint(l.dir)
	case "checkpointInterval":
		return l.checkpointInterval(step)
	case "remember":
		l.context.Remember(milliseconds(step.Duration))
	default:
		return report.NotBuilt{What: step.Op}
	}
	return nil
}

func (l *life) checkpointInterval(step Step) error {
	d, err := l.on(step, 0)
	if err != nil {
		return err
	}
	if set, ok := l.intervals[step.On[0]]; ok {
		set(step.Interval)
		return nil
	}
	return d.CheckpointEvery(milliseconds(step.Interval)).Err()
}
