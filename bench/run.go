package bench

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"etincelle/engine"
)

// Plan says how a job is to be run.
type Plan struct {
	Data   string    // the folder of its files
	Runs   int       // how often
	Memory int64     // bytes for the session, 0 for its default and no report of memory
	Began  time.Time // of the process: the first run of startup is timed from there
}

// Result is one run. Of one with a budget of memory it also tells what became of it.
type Result struct {
	Peer    string  `json:"peer"`
	Job     string  `json:"job"`
	Run     int     `json:"run"`
	Seconds float64 `json:"s"`
	Check   string  `json:"check"`
	*Memory
	*Batches
}

// Batches is how long the batches of a stream took, in milliseconds.
type Batches struct {
	Median float64 `json:"p50ms"`
	Worst  float64 `json:"p99ms"` // but for the one in a hundred
}

func latencies(sorted []time.Duration) *Batches {
	at := func(part float64) float64 {
		d := sorted[min(int(part*float64(len(sorted))), len(sorted)-1)]
		return math.Round(float64(d.Microseconds())/10) / 100
	}
	return &Batches{Median: at(0.5), Worst: at(0.99)}
}

// Memory is what a run did with its budget, in bytes.
type Memory struct {
	Budget  int64 `json:"memory"`
	PeakRSS int64 `json:"peakRSS,omitzero"` // of the process so far; 0 where the system does not tell
	Spilled int64 `json:"spilled"`
}

// aboveBudget is what the Go runtime is allowed besides the session's budget: the
// program itself, buffers, and what waits to be collected.
const aboveBudget = 32 << 20

// fewCollections lets the heap grow to five times what is in use before it is
// collected: the other programs of a comparison are given gigabytes.
const fewCollections = 400

// ErrWrongAnswer says that a job ran and what it found is not what the data holds.
var ErrWrongAnswer = errors.New("wrong answer")

// Run runs a job several times, reading its file inside the timing, and hands
// each result over. A wrong answer is an error, where the data's own are known.
func Run(name string, plan Plan, report func(Result) error) error {
	body, known := jobs[name]
	cached, keeps := onCached[name]
	overStream, streams := inBatches[name]
	if !known && !keeps && !streams {
		return fmt.Errorf("job %q: found none of that name, expected one of %s", name, strings.Join(Jobs(), ", "))
	}
	expected, err := readAnswers(plan.Data)
	if err != nil {
		return err
	}
	options := []engine.Option{engine.Conf("spark.sql.shuffle.partitions", framePartitions)}
	if plan.Memory == 0 {
		defer debug.SetGCPercent(debug.SetGCPercent(fewCollections))
	} else {
		options = append(options, engine.Memory(plan.Memory))
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(plan.Memory + aboveBudget)) // the collector keeps up with the budget
	}
	for run := range plan.Runs {
		start := time.Now()
		if name == "startup" && run == 0 {
			start = plan.Began
		}
		s := engine.Start(options...)
		var check string
		var batches []time.Duration
		switch {
		case streams:
			check, batches, err = overStream(s, plan.Data)
		case keeps:
			var on func() (string, error)
			if on, err = cached(s, plan.Data); err == nil {
				start = time.Now()
				check, err = on()
			}
		default:
			check, err = body(s, plan.Data)
		}
		elapsed := time.Since(start)
		spilled := s.Counters().Spilled
		s.Stop()
		if err != nil {
			return fmt.Errorf("job %s: %w", name, err)
		}
		if want, given := expected[name]; given && check != want {
			return fmt.Errorf("job %s: %w: found %s, expected %s (%s in %s)", name, ErrWrongAnswer, check, want, answersFile, plan.Data)
		}
		result := Result{Peer: "etincelle", Job: name, Run: run, Seconds: math.Round(elapsed.Seconds()*1000) / 1000, Check: check}
		if len(batches) > 0 {
			result.Batches = latencies(batches)
		}
		if plan.Memory > 0 {
			result.Memory = &Memory{Budget: plan.Memory, PeakRSS: peakRSS(), Spilled: spilled}
		}
		if err := report(result); err != nil {
			return err
		}
	}
	return nil
}

// peakRSS is the most memory that the process ever had, in bytes, as Linux tells it
// (VmHWM, in kB); 0 elsewhere.
func peakRSS() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(status) {
		if fields := bytes.Fields(line); len(fields) > 1 && string(fields[0]) == "VmHWM:" {
			kilobytes, _ := strconv.ParseInt(string(fields[1]), 10, 64) // 0 when it is no number
			return kilobytes << 10
		}
	}
	return 0
}
