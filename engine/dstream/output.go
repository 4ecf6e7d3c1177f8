package dstream

import (
	"fmt"
	"io"
	"os"
	"strings"

	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Output is an output operation: what is done with each batch of a stream. A program
// without one has nothing to execute.
type Output struct {
	id   int // in order of registration
	of   *stream
	name string
	site lineage.Site
	err  error
	most int // rows of a result that it shows, 0 when it shows all
	run  func(at Time, set *dataset) error
}

// Err is the mistake in its definition, nil when there is none. Start returns it too.
func (o *Output) Err() error { return firstError(o.err, o.of.err) }

// ForEachRDD registers an output: f runs on the driver with the dataset of each batch,
// when its turn comes, and may run as many jobs as it wants. An error fails the output
// for this batch; the other outputs and the later batches go on.
//
// After a failure f may run again for a batch that it has seen: an output that must
// not be counted twice writes under the batch's time, or over what it wrote before.
func (d *DStream[T]) ForEachRDD(f func(batch *rdd.RDD[T], at Time) error) *Output {
	typed := d.typed
	return d.output("foreachRDD", func(at Time, set *dataset) error { return f(typed(set.typed), at) })
}

func (s *stream) output(name string, run func(at Time, set *dataset) error) *Output {
	c := s.context
	o := &Output{id: len(c.outputs), of: s, name: name, site: lineage.Caller(), run: run}
	if o.err = c.open(); o.err == nil {
		c.outputs = append(c.outputs, o)
	}
	return o
}

// String is the output's name and line: "foreachRDD at wordcount.go:12".
func (o *Output) String() string {
	if line := o.site.String(); line != "" {
		return o.name + " at " + line
	}
	return o.name
}

// printed is how many rows Print shows.
const printed = 10

// Print writes the first ten rows of each batch on standard output, after its time.
func (d *DStream[T]) Print() *Output { return d.PrintTo(os.Stdout, printed) }

// PrintTo is Print of the first n rows, written elsewhere.
func (d *DStream[T]) PrintTo(w io.Writer, n int) *Output {
	typed := d.typed
	o := d.output("print", func(at Time, set *dataset) error {
		rows, err := typed(set.typed).Take(n + 1)
		if err != nil {
			return err
		}
		var b strings.Builder
		line := strings.Repeat("-", 43)
		fmt.Fprintf(&b, "%s\nTime: %s\n%s\n", line, at, line)
		for _, row := range rows[:min(n, len(rows))] {
			fmt.Fprintln(&b, rdd.Text(row))
		}
		if len(rows) > n {
			b.WriteString("...\n")
		}
		b.WriteString("\n")
		_, err = io.WriteString(w, b.String())
		return err
	})
	o.most = n
	return o
}

// SaveAsTextFiles writes each batch as text, a row a line, in a folder of its own:
// prefix-2000.suffix for the batch of 2000 ms, without the dot when there is no suffix.
// A batch that runs again is written over what was there.
func (d *DStream[T]) SaveAsTextFiles(prefix, suffix string) *Output {
	typed, files := d.typed, d.context.core.Files()
	return d.output("saveAsTextFiles", func(at Time, set *dataset) error {
		folder := fmt.Sprintf("%s-%d", prefix, int64(at))
		if suffix != "" {
			folder += "." + suffix
		}
		if err := files.Remove(folder); err != nil {
			return err
		}
		return typed(set.typed).SaveAsTextFile(folder)
	})
}
