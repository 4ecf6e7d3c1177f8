// Package harness is the grader's half of the program under test: it opens a
// session, makes the inputs, calls the student's function, computes what it
// returns, and tells the parent all that happens. It knows no wanted value.
//
// A TP's own package (harness/tp02) says how each function is called:
//
//	flights := harness.Source[datasets.Flight](c, "flights")
//	return harness.Call(c, func() *rdd.RDD[datasets.Flight] { return student.Shrink(flights, c.Param("n")) })
//
// Package child runs this in a process of its own, behind a pipe; public tests
// run it in theirs.
package harness

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
	"etincelle/grader/protocol"
)

// Exercise is one exercise of a TP: the functions that a student writes for it.
type Exercise struct {
	Number    int
	Functions []Function
}

// Function knows how to call one function under test.
type Function struct {
	Name string
	Run  func(*Case) Dataset
}

// Parent is the other end: it has the inputs, and listens.
type Parent interface {
	// Rows are those of one partition of a source of a case. Tasks call it, at once.
	Rows(number int, source string, partition int) ([]json.RawMessage, error)
	// Tell passes a frame on. Frames are heard in the order of the calls.
	Tell(protocol.Frame)
}

// Case is one call under way.
type Case struct {
	spec      protocol.Case
	parent    Parent
	session   *engine.Session
	executors []string
	missing   string // what the case should have given and did not

	mu    sync.Mutex // guards calls
	calls map[string]int
}

func open(spec protocol.Case, parent Parent) *Case {
	c := &Case{spec: spec, parent: parent}
	options := []engine.Option{
		engine.App(spec.Function), engine.Executors(spec.Session.Executors), engine.Cores(spec.Session.Cores),
		engine.Parallelism(spec.Session.Parallelism),
		engine.Attempts(spec.Session.Attempts), // at least one
		engine.Files(new(fs.Memory)),           // nothing of the disk can be read or written
		engine.Listen(c.hear),
	}
	if spec.Session.Memory > 0 {
		options = append(options, engine.Memory(int64(spec.Session.Memory)))
	}
	if spec.Session.Sequential {
		options = append(options, engine.Sequential())
	}
	c.session = engine.Start(options...)
	return c
}

// hear passes the session's events on.
func (c *Case) hear(e event.Event) {
	if added, ok := e.(event.ExecutorAdded); ok {
		c.executors = append(c.executors, added.Executor)
	}
	data, err := event.Encode(e)
	if err != nil {
		data = nil // the parent counts on this event, and will miss it
	}
	c.tell(protocol.Frame{Event: data})
}

func (c *Case) tell(f protocol.Frame) {
	f.Case = c.spec.Number
	c.parent.Tell(f)
}

func (c *Case) mark(m protocol.Mark) {
	c.mu.Lock()
	calls := maps.Clone(c.calls)
	c.mu.Unlock()
	c.tell(protocol.Frame{Mark: m, Calls: calls})
}

// Called counts a call of a function that the case hands to the one under test.
// Tasks call it, at once.
func (c *Case) Called(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls == nil {
		c.calls = map[string]int{}
	}
	c.calls[name]++
}

// Session is the one that the case runs in.
func (c *Case) Session() *engine.Session { return c.session }

// Param is a number of the case.
func (c *Case) Param(name string) int {
	n, given := c.spec.Params[name]
	if !given {
		c.missing = "parameter " + name
	}
	return n
}

// Given reports whether the case gives a number of that name.
func (c *Case) Given(name string) bool {
	_, given := c.spec.Params[name]
	return given
}

// Rows is an input of the case as a slice, for functions that take plain values.
// They are read before the function under test is called.
func Rows[T any](c *Case, name string) []T { return slices.Concat(Parts[T](c, name)...) }

// Parts is Rows with the partitions kept apart: for a stream, what comes together.
func Parts[T any](c *Case, name string) [][]T {
	var parts [][]T
	for p := range c.partitionsOf(name) {
		raw, err := c.parent.Rows(c.spec.Number, name, p)
		var rows []T
		if err == nil {
			rows, err = decoded[T](raw, name, p)
		}
		if err != nil {
			c.missing = fmt.Sprintf("source %s that can be read (%v)", name, err)
		}
		parts = append(parts, rows)
	}
	return parts
}

// partitionsOf is how many partitions an input has, one at least.
func (c *Case) partitionsOf(name string) int {
	for _, s := range c.spec.Sources {
		if s.Name == name && s.Partitions > 0 {
			return s.Partitions
		}
	}
	c.missing = "source " + name
	return 1
}

func decoded[T any](raw []json.RawMessage, name string, partition int) ([]T, error) {
	rows := make([]T, len(raw))
	for i := range raw {
		if err := json.Unmarshal(raw[i], &rows[i]); err != nil {
			return nil, fmt.Errorf("row %d of partition %d of %s: %w", i, partition, name, err)
		}
	}
	return rows, nil
}

// Source is an input of the case as a dataset. Its rows stay with the parent:
// each task that reads a partition asks for it, so the parent counts the reads
// where the code under test cannot reach.
func Source[T any](c *Case, name string) *rdd.RDD[T] {
	return rdd.FromPartitions(c.session, name, c.partitionsOf(name), func(p int) ([]T, error) {
		raw, err := c.parent.Rows(c.spec.Number, name, p)
		if err != nil {
			return nil, fmt.Errorf("read partition %d of %s: %w", p, name, err)
		}
		return decoded[T](raw, name, p)
	})
}
