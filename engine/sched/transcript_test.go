package sched

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// The files of testdata are lessons on stages and tests of the scheduler at
// once: text, commands, ---- and what the scheduler told. Run the tests with
// -rewrite to write the last part anew.
//
//	executors e0:2 e1:1        start these, with so many cores (first of all)
//	attempts N                 a task that fails this often fails its job (4)
//	NAME(N) OP                 define a dataset of N partitions
//	NAME OP <- A <= B          … from A by a narrow edge and B by a shuffle;
//	                           a union's partitions are its parents', in order
//	cache NAME                 keep its partitions once they are computed
//	drop NAME P                one of the partitions that were kept is so no more
//	lineage NAME               draw it
//	run ACTION NAME [P…]       compute it, or some of its partitions
//	fail NAME P TIMES          the task that ends in partition P of NAME fails
//	break E TIMES              … and so many tasks that run on executor E
//	lose NAME M [always]       the output of map task M that NAME reads is gone,
//	                           and the driver has not heard
//	kill E [when NAME P]       executor E dies, now or when that task starts
//	start E:N                  an executor joins
//	tell tasks, tell stages    how much to tell from here on
//
// Time passes when a command makes it pass, from one thing that happens to the next:
//
//	pace D                     a task takes D from here on (no time)
//	pace D on E                one that runs on executor E
//	pace D of NAME P [on E]    one that ends in partition P of NAME
//	deaf NAME P                … and that goes on when it is told to stop
//	clock D                    so much time passes
//	after D COMMAND            plays it D after the next command has begun
//	tell times                 put the time before each line
//	speculation on, off        copy slow tasks, with Spark's settings (off)
//	exclusion on, off          exclude executors on which tasks fail (off)
//	group ID                   jobs are part of a group from here on
//	cancel all, group ID, job N
//	queue ACTION NAME          a job that comes while the next one runs
var rewrite = flag.Bool("rewrite", false, "write what the scheduler tells into testdata")

func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			before, err := os.ReadFile(file)
			require.NoError(t, err)
			var after string
			synctest.Test(t, func(t *testing.T) { after = newLesson(filepath.Base(file)).replay(t, string(before)) })
			if *rewrite {
				require.NoError(t, os.WriteFile(file, []byte(after), 0o644))
				return
			}
			assert.Equal(t, string(before), after, "run the tests with -rewrite and read the difference")
		})
	}
}

// lesson is a file of testdata being played.
type lesson struct {
	*cluster
	file     string
	names    map[string]*lineage.Node
	attempts int
	stages   bool // tell of stages only
	times    bool // tell the time of each line
	paces    []pace
	muffled  map[part]bool
	group    string
	queued   []queued
	promised []func() // what happens after the next command has begun
}

func newLesson(file string) *lesson {
	return &lesson{file: file, names: map[string]*lineage.Node{}, attempts: 4, muffled: map[part]bool{}}
}

// replay plays the commands of text and returns it with what was told put in
// its place.
func (l *lesson) replay(t *testing.T, text string) string {
	var out, told strings.Builder
	flush := func() {
		if told.Len() > 0 {
			out.WriteString("----\n" + told.String())
			told.Reset()
		}
	}
	skipping := false // over what was told last time
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		switch {
		case line == "":
			skipping = false
			flush()
		case line == "----":
			skipping = true
			continue
		case skipping:
			continue
		case !strings.HasPrefix(line, "#"):
			site := lineage.Site{File: l.file, Line: strings.Count(out.String(), "\n") + 1}
			told.WriteString(l.command(t, site, strings.Fields(line)))
		}
		out.WriteString(line + "\n")
	}
	flush()
	l.finish()
	return out.String()
}

// command plays one line and returns what was told.
func (l *lesson) command(t *testing.T, site lineage.Site, words []string) string {
	bad := func(format string, args ...any) {
		require.Fail(t, "bad command", "%s: %s: %s", site, strings.Join(words, " "), fmt.Sprintf(format, args...))
	}
	number := func(i int) int {
		if i >= len(words) {
			bad("word %d is missing", i+1)
		}
		n, err := strconv.Atoi(words[i])
		if err != nil {
			bad("%q is not a number", words[i])
		}
		return n
	}
	dataset := func(i int) *lineage.Node {
		if i >= len(words) || l.names[words[i]] == nil {
			bad("word %d is no dataset", i+1)
		}
		return l.names[words[i]]
	}
	core := func(word string) Core {
		name, cores, _ := strings.Cut(word, ":")
		n, err := strconv.Atoi(cores)
		if err != nil {
			bad("%q is not an executor with its cores", word)
		}
		return Core{name, n}
	}

	switch words[0] {
	case "executors":
		if l.cluster != nil {
			l.finish() // this is another session
		}
		l.paces, l.muffled, l.group = nil, map[part]bool{}, ""
		l.cluster = newCluster(l.attempts)
		l.cluster.pace = l.paceOf
		l.cluster.deaf = func(t *lineage.Task) bool { return l.muffled[part{t.Dataset.ID, t.Partition}] }
		for _, word := range words[1:] {
			l.start(core(word).Executor, core(word).Free)
		}
	case "start":
		l.start(core(words[1]).Executor, core(words[1]).Free)
	case "attempts":
		l.attempts = number(1)
		l.sched.Attempts = l.attempts
	case "tell":
		l.times = l.times || words[1] == "times"
		l.stages = words[1] == "stages"
	case "cache":
		l.marked[dataset(1)] = true
		dataset(1).SetLevel(lineage.StorageLevel{Memory: true, Deserialized: true})
	case "lineage":
		return lineage.Text(dataset(1), func(*lineage.Node) lineage.Stored { return lineage.Stored{} }) + "\n"
	case "fail":
		l.bad[part{dataset(1).ID, number(2)}] = number(3)
	case "break":
		l.broken[words[1]] = number(2)
	case "lose":
		for _, d := range dataset(1).Deps() {
			if d.Shuffle != nil {
				l.lose(output{d.Shuffle.ID, number(2)})
				l.vanishing[output{d.Shuffle.ID, number(2)}] = len(words) > 3
			}
		}
	case "drop":
		delete(l.blocks, part{dataset(1).ID, number(2)})
	case "kill":
		if len(words) > 2 {
			l.killer[part{dataset(3).ID, number(4)}] = words[1]
			return ""
		}
		l.kill(words[1])
	case "run":
		var partitions []int
		for i := 3; i < len(words); i++ {
			partitions = append(partitions, number(i))
		}
		return l.jobs(site, words[1], dataset(2), partitions)
	case "queue":
		dataset(2)
		l.queued = append(l.queued, queued{group: l.group, action: words[1], dataset: words[2]})
	case "clock":
		l.promise()
		l.move(l.duration(words[1]))
	case "after":
		l.promised = append(l.promised, func() { l.after(l.duration(words[1]), func() { l.command(t, site, words[2:]) }) })
		return ""
	case "pace":
		p := pace{takes: l.duration(words[1])}
		for i := 2; i < len(words); i++ {
			switch words[i] {
			case "of":
				p.of = &part{dataset(i + 1).ID, number(i + 2)}
			case "on":
				p.executor = words[i+1]
			}
		}
		l.paces = append(l.paces, p)
	case "deaf":
		l.muffled[part{dataset(1).ID, number(2)}] = true
	case "speculation":
		l.sched.Speculation = nil
		if words[1] == "on" {
			l.sched.Speculation = new(Speculation{}.OrDefaults())
		}
	case "exclusion":
		l.sched.Exclusion = nil
		if words[1] == "on" {
			l.sched.Exclusion = new(Exclusion{}.OrDefaults())
		}
	case "group":
		l.group = words[1]
	case "cancel":
		switch words[1] {
		case "all":
			l.sched.CancelAll()
		case "group":
			l.sched.CancelGroup(words[2])
		case "job":
			l.sched.CancelJob(number(2))
		default:
			bad("%q is neither all nor group nor job", words[1])
		}
		return "" // whoever plays it tells what comes of it
	default:
		l.define(site, words, dataset, bad)
		return ""
	}
	return l.told()
}

var counted = regexp.MustCompile(`^(\w+)\((\d+)\)$`)

// define plays "NAME(N) OP <- A <= B".
func (l *lesson) define(site lineage.Site, words []string, dataset func(int) *lineage.Node, bad func(string, ...any)) {
	if len(words) < 2 {
		bad("neither a command nor a definition")
	}
	name, op, partitions := words[0], words[1], 0
	if m := counted.FindStringSubmatch(name); m != nil {
		name = m[1]
		partitions, _ = strconv.Atoi(m[2]) // the expression lets digits through only
	}
	var deps []lineage.Dep
	sum := 0
	for i := 2; i < len(words); i += 2 {
		parent := dataset(i + 1)
		n := len(upTo(parent))
		switch {
		case words[i] == "<=":
			deps = append(deps, l.across(parent))
		case words[i] == "<-" && op == "union":
			deps = append(deps, lineage.NarrowFrom(parent, lineage.Range, section(sum, n)))
		case words[i] == "<-":
			deps = append(deps, lineage.Narrow(parent))
		default:
			bad("%q is neither <- nor <=", words[i])
		}
		sum += n
		if partitions == 0 && op != "union" {
			partitions = n
		}
	}
	if op == "union" {
		partitions = sum
	}
	l.names[name] = l.node(op, partitions, site, deps...)
	l.names[name].SetName(name)
}

// section gives the parent partitions of a union: n of them, from from on.
func section(from, n int) func(int) []int {
	return func(p int) []int {
		if p < from || p >= from+n {
			return nil
		}
		return []int{p - from}
	}
}

// told returns the lines of the events since it was asked last.
func (l *lesson) told() string {
	var b strings.Builder
	for _, e := range l.events {
		switch e := e.(type) {
		case event.TaskStart:
			if l.stages {
				continue
			}
		case event.TaskEnd:
			if l.stages && e.Status == event.Succeeded {
				continue
			}
		}
		if at := reflect.ValueOf(e).FieldByName("Time"); l.times && at.IsValid() {
			fmt.Fprintf(&b, "%7v ", at.Interface().(time.Time).Sub(time.Time{}))
		}
		b.WriteString(e.String() + "\n")
		if start, ok := e.(event.JobStart); ok {
			for _, s := range start.Stages {
				b.WriteString("  " + l.plan(start, s) + "\n")
			}
		}
	}
	l.events = nil
	return b.String()
}

// plan draws a stage: what it reads, computes and writes.
func (l *lesson) plan(job event.JobStart, s event.Stage) string {
	line := fmt.Sprintf("stage %d %s, %d tasks: ", s.ID, s.Name, s.Tasks)
	for i, shuffle := range s.Reads {
		if i > 0 {
			line += "and "
		}
		line += fmt.Sprintf("shuffle %d ", shuffle)
	}
	if len(s.Reads) > 0 {
		line += "→ "
	}
	var names []string
	for _, d := range slices.Backward(job.Datasets) { // parents first
		if slices.Contains(s.Datasets, d.ID) {
			names = append(names, d.Name)
		}
	}
	line += strings.Join(names, " ")
	if s.Writes >= 0 {
		line += fmt.Sprintf(" → shuffle %d", s.Writes)
	}
	return line
}
