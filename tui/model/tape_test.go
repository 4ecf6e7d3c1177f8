package model

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
)

// The tapes are recordings as the engine makes them, small enough to check by
// hand. They are kept as files because the screens' tests read them too.

var rewrite = flag.Bool("rewrite", false, "write the golden files instead of comparing with them")

func TestTapes(t *testing.T) {
	for name, events := range tapes() {
		file := filepath.Join("..", "testdata", name+".jsonl")
		var b bytes.Buffer
		require.NoError(t, event.Write(&b, events))
		if *rewrite {
			require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
		}
		kept, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(kept), b.String(), "%s is not what its tape says; go test ./tui/model -rewrite writes it", file)
		read, err := event.Read(bytes.NewReader(kept))
		require.NoError(t, err)
		require.Equal(t, events, read)
	}
}

func tapes() map[string][]event.Event {
	return map[string][]event.Event{
		"join": joinTape(), "cache": cacheTape(), "retry": retryTape(), "fetch": fetchTape(), "copies": copiesTape(), "hostile": hostileTape(),
	}
}

// tape writes facts in the order in which the engine tells them.
type tape struct {
	events []event.Event
	tasks  int
	job    int
}

func (t *tape) add(events ...event.Event) { t.events = append(t.events, events...) }

func session(app string, memory int64, executors ...string) *tape {
	t := &tape{}
	t.add(event.SessionStart{App: app, Time: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC), Parallelism: 4})
	for _, name := range executors {
		t.add(event.ExecutorAdded{Executor: name, Cores: 1, Memory: memory})
	}
	return t
}

// work is what one task does.
type work struct {
	partition int
	executor  string
	attempt   int
	preferred bool
	metrics   event.Metrics
	writes    []int64                    // rows for each reader
	during    func(id int) []event.Event // facts about blocks
	status    event.Status
	err       string
}

// wave runs tasks side by side: all start, then all end.
func (t *tape) wave(stage event.Stage, attempt int, works ...work) {
	first := t.tasks
	for i, w := range works {
		t.tasks++
		t.add(event.TaskStart{Job: t.job, Stage: stage.ID, StageAttempt: attempt, Task: first + i, Partition: w.partition, Attempt: w.attempt, Executor: w.executor, Preferred: w.preferred})
		if w.during != nil {
			t.add(w.during(first + i)...)
		}
		if w.writes != nil {
			t.add(event.ShuffleWritten{Shuffle: stage.Writes, Map: w.partition, Executor: w.executor, Rows: w.writes})
			for _, rows := range w.writes {
				works[i].metrics.ShuffleWrite += rows
			}
		}
	}
	for i, w := range works {
		if w.status == "" {
			w.status = event.Succeeded
		}
		w.metrics.Duration = time.Duration(10+i) * time.Millisecond
		t.add(event.TaskEnd{Job: t.job, Stage: stage.ID, StageAttempt: attempt, Task: first + i, Partition: w.partition, Attempt: w.attempt, Executor: w.executor, Status: w.status, Error: w.err, Metrics: w.metrics})
	}
}

func (t *tape) stage(s event.Stage, attempt int, reason string, partitions ...int) {
	t.add(event.StageStart{Job: t.job, Stage: s.ID, Attempt: attempt, Partitions: partitions, Reason: reason})
}

func (t *tape) end(s event.Stage, attempt int, problem string) {
	t.add(event.StageEnd{Job: t.job, Stage: s.ID, Attempt: attempt, Error: problem})
}

func (t *tape) over(problem string) {
	t.add(event.JobEnd{Job: t.job, Error: problem})
	t.job++
}

func narrow(ids ...int) []event.Parent {
	var parents []event.Parent
	for _, id := range ids {
		parents = append(parents, event.Parent{Dataset: id, Shuffle: -1})
	}
	return parents
}

// joinTape: flights counted by carrier, then joined with the carriers' names,
// twice: the second time every map stage is skipped.
func joinTape() []event.Event {
	t := session("tp02", 64<<10, "e0", "e1")
	flights := []event.Dataset{
		{ID: 2, Class: "ShuffledRDD", Op: "reduceByKey", Name: "comptes", Site: "exercises.go:31", Partitions: 3, Partitioner: "HashPartitioner(3)", Parents: []event.Parent{{Dataset: 1, Shuffle: 0}}},
		{ID: 1, Class: "MapPartitionsRDD", Op: "map", Site: "exercises.go:30", Partitions: 4, Parents: narrow(0)},
		{ID: 0, Class: "MapPartitionsRDD", Op: "textFile", Name: "vols", Site: "exercises.go:28", Partitions: 4},
	}
	write := event.Stage{ID: 0, Name: "map", Site: "exercises.go:30", Tasks: 4, Datasets: []int{1, 0}, Writes: 0}
	count := event.Stage{ID: 1, Name: "count", Site: "exercises.go:32", Tasks: 3, Parents: []int{0}, Datasets: []int{2}, Writes: -1, Reads: []int{0}}
	t.add(event.JobStart{Job: 0, Action: "count", Site: "exercises.go:32", Dataset: 2, Stages: []event.Stage{write, count}, Datasets: flights})
	t.stage(write, 0, "", 0, 1, 2, 3)
	t.wave(write, 0,
		work{partition: 0, executor: "e0", metrics: event.Metrics{Input: 1250, Combined: 1250}, writes: []int64{3, 2, 3}},
		work{partition: 1, executor: "e1", metrics: event.Metrics{Input: 1250, Combined: 1250}, writes: []int64{3, 2, 3}})
	t.wave(write, 0,
		work{partition: 2, executor: "e0", metrics: event.Metrics{Input: 1250, Combined: 1250}, writes: []int64{3, 2, 2}},
		work{partition: 3, executor: "e1", metrics: event.Metrics{Input: 1250, Combined: 1250}, writes: []int64{3, 2, 3}})
	t.end(write, 0, "")
	t.stage(count, 0, "", 0, 1, 2)
	t.wave(count, 0,
		work{partition: 0, executor: "e0", metrics: event.Metrics{ShuffleRead: 12, Result: 1}},
		work{partition: 1, executor: "e1", metrics: event.Metrics{ShuffleRead: 8, Result: 1}})
	t.wave(count, 0, work{partition: 2, executor: "e0", metrics: event.Metrics{ShuffleRead: 11, Result: 1}})
	t.end(count, 0, "")
	t.over("")

	joined := append([]event.Dataset{
		{ID: 6, Class: "MapPartitionsRDD", Op: "join", Site: "exercises.go:36", Partitions: 3, Partitioner: "HashPartitioner(3)", Parents: narrow(5)},
		{ID: 5, Class: "MapPartitionsRDD", Op: "join", Site: "exercises.go:36", Partitions: 3, Partitioner: "HashPartitioner(3)", Parents: narrow(4)},
		{ID: 4, Class: "CoGroupedRDD", Op: "join", Site: "exercises.go:36", Partitions: 3, Partitioner: "HashPartitioner(3)", Parents: []event.Parent{{Dataset: 2, Shuffle: -1}, {Dataset: 3, Shuffle: 1}}},
	}, flights...)
	joined = append(joined, event.Dataset{ID: 3, Class: "ParallelCollectionRDD", Op: "parallelize", Name: "compagnies", Site: "exercises.go:34", Partitions: 2})
	for n, action := range []string{"count", "collect"} {
		first := 2 + 3*n
		again := event.Stage{ID: first, Name: "map", Site: "exercises.go:30", Tasks: 4, Datasets: []int{1, 0}, Writes: 0}
		names := event.Stage{ID: first + 1, Name: "parallelize", Site: "exercises.go:34", Tasks: 2, Datasets: []int{3}, Writes: 1}
		result := event.Stage{ID: first + 2, Name: action, Site: "exercises.go:37", Tasks: 3, Parents: []int{first, first + 1}, Datasets: []int{6, 5, 4, 2}, Writes: -1, Reads: []int{0, 1}}
		t.add(event.JobStart{Job: t.job, Action: action, Site: "exercises.go:37", Dataset: 6, Stages: []event.Stage{again, names, result}, Datasets: joined})
		t.add(event.StageSkipped{Job: t.job, Stage: again.ID, Shuffle: 0, WrittenBy: 0})
		if n == 1 {
			t.add(event.StageSkipped{Job: t.job, Stage: names.ID, Shuffle: 1, WrittenBy: 3})
		}
		if n == 0 {
			t.stage(names, 0, "", 0, 1)
			t.wave(names, 0,
				work{partition: 0, executor: "e0", metrics: event.Metrics{Combined: 8}, writes: []int64{3, 2, 3}},
				work{partition: 1, executor: "e1", metrics: event.Metrics{Combined: 8}, writes: []int64{3, 3, 2}})
			t.end(names, 0, "")
		}
		t.stage(result, 0, "", 0, 1, 2)
		rows := int64(1)
		if action == "collect" {
			rows = 4
		}
		t.wave(result, 0,
			work{partition: 0, executor: "e0", metrics: event.Metrics{ShuffleRead: 18, Result: rows}},
			work{partition: 1, executor: "e1", metrics: event.Metrics{ShuffleRead: 13, Result: rows}})
		t.wave(result, 0, work{partition: 2, executor: "e0", metrics: event.Metrics{ShuffleRead: 16, Result: rows}})
		t.end(result, 0, "")
		t.over("")
	}
	t.add(event.SessionEnd{})
	return t.events
}

// Storage levels as the engine describes them.
const (
	memoryOnly    = "Memory Deserialized 1x Replicated"
	memoryAndDisk = "Disk Memory Deserialized 1x Replicated"
)

// cacheTape: a cached dataset, a block lost, one evicted by another dataset,
// one without room, one on disk; then the mark is taken off.
func cacheTape() []event.Event {
	t := session("tp03", 1024, "e0", "e1")
	t.add(event.Persisted{Dataset: 1, Level: memoryOnly})
	words := []event.Dataset{
		{ID: 1, Class: "MapPartitionsRDD", Op: "map", Name: "mots", Site: "exercises.go:12", Partitions: 4, Level: memoryOnly, Parents: narrow(0)},
		{ID: 0, Class: "MapPartitionsRDD", Op: "textFile", Site: "exercises.go:11", Partitions: 4},
	}
	block := func(dataset, p int, executor, level string, memory, disk int64) event.Event {
		return event.BlockStored{Executor: executor, Dataset: dataset, Partition: p, Level: level, Memory: memory, Disk: disk}
	}
	count := func(stage int, works ...work) {
		s := event.Stage{ID: stage, Name: "count", Site: "exercises.go:13", Tasks: 4, Datasets: []int{1, 0}, Writes: -1}
		t.add(event.JobStart{Job: t.job, Action: "count", Site: "exercises.go:13", Dataset: 1, Stages: []event.Stage{s}, Datasets: words})
		t.stage(s, 0, "", 0, 1, 2, 3)
		t.wave(s, 0, works[:2]...)
		t.wave(s, 0, works[2:]...)
		t.end(s, 0, "")
		t.over("")
	}
	compute := func(p int, executor, reason string, after ...event.Event) work {
		return work{partition: p, executor: executor, metrics: event.Metrics{Input: 1250, Misses: 1, Result: 1}, during: func(id int) []event.Event {
			return append([]event.Event{event.BlockMissed{Task: id, Executor: executor, Dataset: 1, Partition: p, Reason: reason}}, after...)
		}}
	}
	read := func(p int, executor string) work {
		return work{partition: p, executor: executor, preferred: true, metrics: event.Metrics{Input: 1250, Hits: 1, Result: 1}, during: func(id int) []event.Event {
			return []event.Event{event.BlockRead{Task: id, Executor: executor, From: executor, Dataset: 1, Partition: p}}
		}}
	}
	count(0,
		compute(0, "e0", event.NeverStored, block(1, 0, "e0", memoryOnly, 400, 0)),
		compute(1, "e1", event.NeverStored, block(1, 1, "e1", memoryOnly, 400, 0)),
		compute(2, "e0", event.NeverStored, block(1, 2, "e0", memoryOnly, 400, 0)),
		compute(3, "e1", event.NeverStored, event.BlockDropped{Executor: "e1", Dataset: 1, Partition: 3, Reason: event.NoRoom}))
	t.add(event.BlockDropped{Executor: "e0", Dataset: 1, Partition: 2, Reason: event.Lost})
	count(1, read(0, "e0"), read(1, "e1"),
		compute(2, "e0", event.Lost, block(1, 2, "e0", memoryOnly, 400, 0)),
		compute(3, "e1", event.NoRoom, event.BlockDropped{Executor: "e1", Dataset: 1, Partition: 3, Reason: event.NoRoom}))

	// A second dataset takes the room of the first.
	t.add(event.Persisted{Dataset: 2, Level: memoryAndDisk})
	lengths := append([]event.Dataset{{ID: 2, Class: "MapPartitionsRDD", Op: "mapValues", Name: "longueurs", Site: "exercises.go:20", Partitions: 4, Level: memoryAndDisk, Parents: narrow(1)}}, words...)
	s := event.Stage{ID: 2, Name: "collect", Site: "exercises.go:21", Tasks: 4, Datasets: []int{2, 1, 0}, Writes: -1}
	t.add(event.JobStart{Job: t.job, Action: "collect", Site: "exercises.go:21", Dataset: 2, Stages: []event.Stage{s}, Datasets: lengths})
	t.stage(s, 0, "", 0, 1, 2, 3)
	keep := func(p int, executor string, after ...event.Event) work {
		return work{partition: p, executor: executor, metrics: event.Metrics{Input: 1250, Hits: 1, Misses: 1, Result: 8}, during: func(id int) []event.Event {
			return append([]event.Event{
				event.BlockMissed{Task: id, Executor: executor, Dataset: 2, Partition: p, Reason: event.NeverStored},
				event.BlockRead{Task: id, Executor: executor, From: executor, Dataset: 1, Partition: p},
			}, after...)
		}}
	}
	t.wave(s, 0,
		keep(0, "e0", event.BlockDropped{Executor: "e0", Dataset: 1, Partition: 2, Reason: event.Evicted}, block(2, 0, "e0", memoryAndDisk, 300, 0)),
		keep(1, "e1", block(2, 1, "e1", memoryAndDisk, 300, 0)))
	third := keep(2, "e0", block(1, 2, "e0", memoryOnly, 400, 0), block(2, 2, "e0", "Disk Serialized 1x Replicated", 0, 280))
	third.metrics = event.Metrics{Input: 1250, Misses: 2, Result: 8}
	third.during = func(id int) []event.Event {
		return []event.Event{
			event.BlockMissed{Task: id, Executor: "e0", Dataset: 2, Partition: 2, Reason: event.NeverStored},
			event.BlockMissed{Task: id, Executor: "e0", Dataset: 1, Partition: 2, Reason: event.Evicted},
			block(2, 0, "e0", "Disk", 0, 310), // spilled to make room
			block(1, 2, "e0", memoryOnly, 400, 0),
			block(2, 2, "e0", memoryAndDisk, 0, 280),
		}
	}
	t.wave(s, 0, third, keep(3, "e1", block(2, 3, "e1", memoryAndDisk, 300, 0)))
	t.end(s, 0, "")
	t.over("")
	t.add(event.CheckpointWritten{Dataset: 2, Path: "/points/rdd-2", Partitions: 4})
	for p, executor := range []string{"e0", "e1", "e0"} {
		t.add(event.BlockDropped{Executor: executor, Dataset: 1, Partition: p, Reason: event.Unpersisted})
	}
	t.add(event.Persisted{Dataset: 1})
	return t.events
}

// retryTape: a task fails, is retried and succeeds; then a job whose task fails
// for good.
func retryTape() []event.Event {
	t := session("tp01", 64<<10, "e0", "e1")
	datasets := []event.Dataset{
		{ID: 1, Class: "MapPartitionsRDD", Op: "map", Site: "exercises.go:9", Partitions: 3, Parents: narrow(0)},
		{ID: 0, Class: "MapPartitionsRDD", Op: "textFile", Site: "exercises.go:8", Partitions: 3},
	}
	s := event.Stage{ID: 0, Name: "collect", Site: "exercises.go:10", Tasks: 3, Datasets: []int{1, 0}, Writes: -1}
	t.add(event.JobStart{Job: 0, Action: "collect", Site: "exercises.go:10", Dataset: 1, Stages: []event.Stage{s}, Datasets: datasets})
	t.stage(s, 0, "", 0, 1, 2)
	rows := event.Metrics{Input: 5, Result: 5}
	problem := "strconv.Atoi: parsing \"NA\": invalid syntax (exercises.go:9)"
	t.wave(s, 0, work{partition: 0, executor: "e0", metrics: rows}, work{partition: 1, executor: "e1", metrics: event.Metrics{Input: 2}, status: event.Failed, err: problem})
	t.wave(s, 0, work{partition: 1, executor: "e0", attempt: 1, metrics: rows}, work{partition: 2, executor: "e1", metrics: rows})
	t.end(s, 0, "")
	t.over("")
	s.ID = 1
	t.add(event.JobStart{Job: 1, Action: "collect", Site: "exercises.go:10", Dataset: 1, Stages: []event.Stage{s}, Datasets: datasets})
	t.stage(s, 0, "", 0, 1, 2)
	for attempt := range 2 {
		t.wave(s, 0, work{partition: 1, executor: "e1", attempt: attempt, status: event.Failed, err: problem})
	}
	t.end(s, 0, "Task 1 in stage 1.0 failed 2 times: "+problem)
	t.over("Job aborted due to stage failure: Task 1 in stage 1.0 failed 2 times: " + problem)
	return t.events
}

// fetchTape: an executor dies between a map stage and its reader; a fetch
// fails, the lost map task runs again, then the reader's second attempt; the
// executor comes back.
func fetchTape() []event.Event {
	t := session("tp02", 64<<10, "e0", "e1", "e2")
	datasets := []event.Dataset{
		{ID: 2, Class: "ShuffledRDD", Op: "groupByKey", Site: "exercises.go:15", Partitions: 2, Partitioner: "HashPartitioner(2)", Parents: []event.Parent{{Dataset: 1, Shuffle: 0}}},
		{ID: 1, Class: "MapPartitionsRDD", Op: "keyBy", Site: "exercises.go:14", Partitions: 3, Parents: narrow(0)},
		{ID: 0, Class: "MapPartitionsRDD", Op: "textFile", Site: "exercises.go:13", Partitions: 3},
	}
	write := event.Stage{ID: 0, Name: "keyBy", Site: "exercises.go:14", Tasks: 3, Datasets: []int{1, 0}, Writes: 0}
	read := event.Stage{ID: 1, Name: "collect", Site: "exercises.go:16", Tasks: 2, Parents: []int{0}, Datasets: []int{2}, Writes: -1, Reads: []int{0}}
	t.add(event.JobStart{Job: 0, Action: "collect", Site: "exercises.go:16", Dataset: 2, Stages: []event.Stage{write, read}, Datasets: datasets})
	t.stage(write, 0, "", 0, 1, 2)
	rows := event.Metrics{Input: 100, Combined: 100}
	t.wave(write, 0,
		work{partition: 0, executor: "e0", metrics: rows, writes: []int64{60, 40}},
		work{partition: 1, executor: "e1", metrics: rows, writes: []int64{50, 50}},
		work{partition: 2, executor: "e2", metrics: rows, writes: []int64{30, 70}})
	t.end(write, 0, "")
	t.stage(read, 0, "", 0, 1)
	first := t.tasks
	for p, executor := range []string{"e0", "e2"} {
		t.add(event.TaskStart{Job: 0, Stage: 1, Task: first + p, Partition: p, Executor: executor})
		t.tasks++
	}
	t.add(event.ExecutorLost{Executor: "e2", Reason: "killed by hand"})
	missing := "output of map 2 of shuffle 0 is missing"
	t.add(event.TaskEnd{Job: 0, Stage: 1, Task: first, Partition: 0, Executor: "e0", Status: event.FetchFailed, Error: missing, Metrics: event.Metrics{ShuffleRead: 110}})
	t.add(event.TaskEnd{Job: 0, Stage: 1, Task: first + 1, Partition: 1, Executor: "e2", Status: event.Failed, Error: "the executor was lost while the task ran"})
	t.end(read, 0, missing)
	t.stage(write, 1, missing, 2)
	t.wave(write, 1, work{partition: 2, executor: "e1", metrics: rows, writes: []int64{30, 70}})
	t.end(write, 1, "")
	t.stage(read, 1, missing, 0, 1)
	t.wave(read, 1,
		work{partition: 0, executor: "e0", metrics: event.Metrics{ShuffleRead: 140, Result: 7}},
		work{partition: 1, executor: "e1", metrics: event.Metrics{ShuffleRead: 160, Result: 9}})
	t.end(read, 1, "")
	t.over("")
	t.add(event.ExecutorAdded{Executor: "e2", Cores: 1, Memory: 64 << 10})
	t.add(event.SessionEnd{})
	return t.events
}

// copiesTape: two copies of each block; an executor where tasks fail is excluded; a slow
// task is copied; a checkpoint cuts the lineage; an executor dies, and its blocks' copies
// are read.
func copiesTape() []event.Event {
	t := session("tp03", 64<<10, "e0", "e1", "e2")
	level := "Disk Memory Deserialized 2x Replicated"
	datasets := []event.Dataset{
		{ID: 2, Class: "MapPartitionsRDD", Op: "map", Name: "longueurs", Site: "exercises.go:12", Partitions: 3, Level: level, Parents: narrow(1)},
		{ID: 1, Class: "MapPartitionsRDD", Op: "flatMap", Site: "exercises.go:11", Partitions: 3, Parents: narrow(0)},
		{ID: 0, Class: "MapPartitionsRDD", Op: "textFile", Site: "exercises.go:10", Partitions: 3},
	}
	t.add(event.Persisted{Dataset: 2, Level: level})
	s := event.Stage{ID: 0, Name: "count", Site: "exercises.go:13", Tasks: 3, Datasets: []int{2, 1, 0}, Writes: -1}
	t.add(event.JobStart{Job: 0, Action: "count", Site: "exercises.go:13", Dataset: 2, Stages: []event.Stage{s}, Datasets: datasets})
	keeps := func(partition int, at, copy string) func(int) []event.Event {
		return func(task int) []event.Event {
			return []event.Event{
				event.BlockMissed{Task: task, Executor: at, Dataset: 2, Partition: partition, Reason: event.NeverStored},
				event.BlockStored{Executor: at, Dataset: 2, Partition: partition, Level: level, Memory: 400},
				event.BlockStored{Executor: copy, Dataset: 2, Partition: partition, Level: level, Memory: 400, Replica: true},
			}
		}
	}
	rows := func(n int64) event.Metrics { return event.Metrics{Input: n, Result: 1, Misses: 1} }
	disk := "input/output error"
	t.stage(s, 0, "", 0, 1, 2)
	t.wave(s, 0, work{partition: 0, executor: "e0", metrics: rows(1000), during: keeps(0, "e0", "e1")},
		work{partition: 1, executor: "e2", status: event.Failed, err: disk})
	t.wave(s, 0, work{partition: 1, executor: "e2", attempt: 1, status: event.Failed, err: disk})
	t.add(event.ExecutorExcluded{Executor: "e2", Stage: 0, Failures: 2})
	slow := t.tasks
	t.add(event.TaskStart{Job: 0, Stage: 0, Task: slow, Partition: 2, Executor: "e0"})
	t.tasks++
	t.wave(s, 0, work{partition: 1, executor: "e1", attempt: 2, metrics: rows(1000), during: keeps(1, "e1", "e2")})
	t.add(event.TaskStart{Job: 0, Stage: 0, Task: t.tasks, Partition: 2, Attempt: 1, Executor: "e1", Speculative: true})
	t.add(keeps(2, "e1", "e0")(t.tasks)...)
	t.add(event.TaskEnd{Job: 0, Stage: 0, Task: t.tasks, Partition: 2, Attempt: 1, Executor: "e1", Status: event.Succeeded, Metrics: rows(8000)})
	t.tasks++
	t.add(event.TaskEnd{Job: 0, Stage: 0, Task: slow, Partition: 2, Executor: "e0", Status: event.Killed, Error: "another attempt succeeded"})
	t.end(s, 0, "")
	t.over("")
	t.add(event.CheckpointWritten{Dataset: 2, Partitions: 3})
	t.add(event.ExecutorLost{Executor: "e1", Reason: "killed"})
	s.ID, s.Datasets = 1, []int{2}
	t.add(event.JobStart{Job: 1, Action: "count", Site: "exercises.go:14", Dataset: 2, Stages: []event.Stage{s}, Datasets: []event.Dataset{
		{ID: 2, Class: "MapPartitionsRDD", Op: "map", Name: "longueurs", Site: "exercises.go:12", Partitions: 3, Level: level, Parents: narrow(3)},
		{ID: 3, Class: "ReliableCheckpointRDD", Op: "checkpoint", Site: "exercises.go:12", Partitions: 3}}})
	t.stage(s, 0, "", 0, 1, 2)
	reads := func(partition int, from string) func(int) []event.Event {
		return func(task int) []event.Event {
			return []event.Event{event.BlockRead{Task: task, Executor: from, From: from, Dataset: 2, Partition: partition}}
		}
	}
	hit := event.Metrics{Input: 1000, Result: 1, Hits: 1}
	t.wave(s, 0, work{partition: 0, executor: "e0", preferred: true, metrics: hit, during: reads(0, "e0")},
		work{partition: 1, executor: "e2", preferred: true, metrics: hit, during: reads(1, "e2")})
	t.wave(s, 0, work{partition: 2, executor: "e0", preferred: true, metrics: hit, during: reads(2, "e0")})
	t.end(s, 0, "")
	t.over("")
	t.add(event.SessionEnd{})
	return t.events
}

// hostileTape: names that would break a careless screen.
func hostileTape() []event.Event {
	t := session("\x1b]0;owned\a", 64<<10, "[red]e0[-]", "日本語日本語")
	name := "\x1b[31mrouge\x1b[0m[::b]gras[-:-:-]\r\nligne\u202e2\u0000日本語のとても長い名前、画面より長い名前、まだまだ続く"
	t.add(event.JobStart{Job: 0, Action: "[yellow]count\t", Site: "a[\"region\"].go:1", Dataset: 1,
		Stages:   []event.Stage{{ID: 0, Name: "[blue]", Tasks: 1, Datasets: []int{1}, Writes: -1}},
		Datasets: []event.Dataset{{ID: 1, Class: "[X]", Op: "map", Name: name, Site: "é\u0301\u0301\u0301\u0301.go:1", Partitions: 1, Parents: narrow(1)}}})
	s := event.Stage{ID: 0, Writes: -1}
	t.stage(s, 0, "", 0)
	t.wave(s, 0, work{partition: 0, executor: "[red]e0[-]", status: event.Failed, err: "panic: \x1b[2J[red]fin\nde partie"})
	t.end(s, 0, "\x1b[2J")
	t.over("\x1b[2J")
	return t.events
}
