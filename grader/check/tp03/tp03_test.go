package tp03

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

func property(t *testing.T, name string) check.Property {
	t.Helper()
	for _, p := range Properties() {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no property %q", name)
	return check.Property{}
}

func TestPropertiesAreNamedInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Properties() {
		assert.False(t, seen[p.Name], p.Name)
		seen[p.Name] = true
		assert.NotEmpty(t, p.Title.French, p.Name)
		assert.NotEmpty(t, p.Title.English, p.Name)
		assert.NotNil(t, p.Judge, p.Name)
	}
}

// rows are JSON values.
func rows(texts ...string) (all []json.RawMessage) {
	for _, text := range texts {
		all = append(all, json.RawMessage(text))
	}
	return all
}

// source has partitions of so many flights, every fifth of them cancelled.
func source(name string, sizes ...int) check.Source {
	s, n := check.Source{Name: name}, 0
	for _, size := range sizes {
		var partition []json.RawMessage
		for range size {
			partition = append(partition, json.RawMessage(fmt.Sprintf(`{"Departed":%t,"Delay":%d}`, n%5 > 0, n)))
			n++
		}
		s.Partitions = append(s.Partitions, partition)
	}
	return s
}

// The events of the tests: blocks of datasets on e0, unless another executor is said.
func job(n int) event.Event { return event.JobStart{Job: n, Action: "count"} }

func stored(dataset, partition int) event.Event {
	return event.BlockStored{Executor: "e0", Dataset: dataset, Partition: partition, Memory: 100}
}

func dropped(dataset, partition int, reason string) event.Event {
	return event.BlockDropped{Executor: "e0", Dataset: dataset, Partition: partition, Reason: reason}
}

func onDisk(dataset, partition int) event.Event {
	return event.BlockStored{Executor: "e0", Dataset: dataset, Partition: partition, Disk: 60}
}

func copied(dataset, partition int) event.Event {
	return event.BlockStored{Executor: "e1", Dataset: dataset, Partition: partition, Memory: 100, Replica: true}
}

var file, local = event.CheckpointWritten{Path: "/checkpoints/x/rdd-1"}, event.CheckpointWritten{}

// steps is a job that has so many steps in its lineage.
func steps(n int) event.Event {
	j := event.JobStart{Action: "count", Datasets: []event.Dataset{{Name: "other"}}}
	for range n {
		j.Datasets = append(j.Datasets, event.Dataset{Name: stepName})
	}
	return j
}

// events puts lists together.
func events(all ...event.Event) []event.Event { return all }

// judged is one judgement that a test asks for.
type judged struct {
	got evidence.Outcome
	key check.Key
}

// judge holds that each outcome leads to its key, and that its text lacks no fact.
func judge(t *testing.T, name string, c check.Case, want check.Want, tests map[string]judged) {
	t.Helper()
	for about, test := range tests {
		var key check.Key
		if found := property(t, name).Judge(c, test.got, want); len(found) > 0 {
			key = found[0].Key
			for _, l := range []message.Language{message.French, message.English} {
				assert.NotContains(t, found[0].Text(l), "?", "%s: a fact is missing", about)
			}
		}
		assert.Equal(t, test.key, key, about)
	}
}

// value is an outcome of a function that returned a value.
func value(text string, reads int, inside ...event.Event) evidence.Outcome {
	return evidence.Outcome{
		Value: true, Rows: [][]json.RawMessage{rows(text)}, Again: [][]json.RawMessage{rows(text)},
		InsideEvents: inside, ReadsInside: map[string]int{"flights": reads},
	}
}

func brought(o evidence.Outcome, n int64) evidence.Outcome {
	o.Own.Result = n
	return o
}

func failing(text string, inside ...event.Event) evidence.Outcome {
	return evidence.Outcome{InsideEvents: inside, Failure: &protocol.Failure{Kind: protocol.JobFailed, Texts: []string{text}}}
}

func TestOnce(t *testing.T) {
	c := check.Case{Sources: []check.Source{source("flights", 30, 20), {Name: "limits", Partitions: [][]json.RawMessage{rows("10", "40")}}}}
	want := check.Want{Rows: rows("[32,8]")}
	judge(t, "once", c, want, map[string]judged{
		"kept and given back":          {value("[32,8]", 2, job(0), stored(1, 0), stored(1, 1), job(1), dropped(1, 0, event.Unpersisted), dropped(1, 1, event.Unpersisted)), ""},
		"a single pass":                {value("[32,8]", 2, job(0)), ""},
		"nothing kept":                 {value("[32,8]", 4, job(0), job(1)), check.NotKept},
		"another dataset at each turn": {value("[32,8]", 4, job(0), stored(1, 0), job(1), stored(2, 0)), check.ComputedAgain},
		"let go between two actions":   {value("[32,8]", 4, job(0), stored(1, 0), dropped(1, 0, event.Unpersisted), job(1)), check.FreedTooEarly},
		"two datasets kept":            {value("[32,8]", 2, job(0), stored(1, 0), stored(2, 0)), check.KeptTooMany},
		"no job at all":                {value("[32,8]", 0), check.NotFromSource},
		"cancelled flights too":        {value("[39,9]", 2), check.CancelledCounted},
		"other counts":                 {value("[0,0]", 2), check.WrongValue},
		"counted on the driver":        {brought(value("[32,8]", 2), 50), check.BroughtToDriver},
		"a few rows on the driver":     {brought(value("[32,8]", 2), 24), ""},
		"no answer":                    {failing("boom"), "jobFailedSomewhere"},
	})
	judge(t, "freed", c, want, map[string]judged{
		"given back":         {value("[32,8]", 2, job(0), stored(1, 0), dropped(1, 0, event.Unpersisted)), ""},
		"a block left":       {value("[32,8]", 2, job(0), stored(1, 0), stored(1, 1), dropped(1, 0, event.Unpersisted)), check.LeftInMemory},
		"nothing ever kept":  {value("[32,8]", 4, job(0), job(1)), check.NotKept},
		"lost with executor": {value("[32,8]", 2, job(0), stored(1, 0), event.ExecutorLost{Executor: "e0"}), ""},
	})
}

func TestRolling(t *testing.T) {
	c := check.Case{Sources: []check.Source{source("flights", 5, 5)}, Params: map[string]int{"n": 3}}
	want := check.Want{Rows: rows("[3,2,1]")}
	kept := events(job(0), stored(1, 0), job(1), stored(2, 0), dropped(1, 0, event.Unpersisted), job(2), stored(3, 0))
	judge(t, "rolling", c, want, map[string]judged{
		"two at a time": {value("[3,2,1]", 2, kept...), ""},
		"three":         {value("[3,2,1]", 2, job(0), stored(1, 0), job(1), stored(2, 0), job(2), stored(3, 0)), check.KeptTooMany},
		"too early":     {value("[3,2,1]", 6, append(kept, job(3))...), check.FreedTooEarly},
	})
	judge(t, "emptied", c, want, map[string]judged{
		"the last one left": {value("[3,2,1]", 2, kept...), check.LeftInMemory},
		"empty":             {value("[3,2,1]", 2, job(0), stored(1, 0), dropped(1, 0, event.Unpersisted)), ""},
	})
}

func TestWarm(t *testing.T) {
	c := check.Case{Sources: []check.Source{source("often", 1, 1), source("first", 1), source("second", 1)}}
	want := check.Want{Rows: rows("[2,1,1]")}
	did := func(often int, inside ...event.Event) evidence.Outcome {
		named := event.JobStart{Datasets: []event.Dataset{{ID: 7, Name: "often"}}}
		o := value("[2,1,1]", 0, append([]event.Event{named}, inside...)...)
		o.ReadsInside = map[string]int{"often": often, "first": 1, "second": 1}
		return o
	}
	judge(t, "warm", c, want, map[string]judged{
		"it stays":             {did(2, stored(7, 0), stored(7, 1)), ""},
		"half of it":           {did(2, stored(7, 0), stored(7, 1), dropped(7, 1, event.Evicted)), check.OftenEvicted},
		"let go":               {did(2, stored(7, 0), stored(7, 1), dropped(7, 1, event.Unpersisted)), check.OftenNotKept},
		"on disk alone":        {did(2, stored(7, 0), onDisk(7, 1)), check.OftenNotKept},
		"back after a detour":  {did(4, stored(7, 0), stored(7, 1), dropped(7, 1, event.Evicted), stored(7, 1)), check.ComputedAgain},
		"another was evicted":  {did(2, stored(7, 0), stored(7, 1), stored(8, 0), dropped(8, 0, event.Evicted)), ""},
		"other counts come":    {func() evidence.Outcome { o := did(2); o.Rows = [][]json.RawMessage{rows("[1,1,1]")}; return o }(), check.WrongValue},
		"not the same again":   {func() evidence.Outcome { o := did(2); o.Again = nil; return o }(), check.Recomputed},
		"named by no job kept": {value("[2,1,1]", 0), check.OftenNotKept},
	})
}

func TestPublished(t *testing.T) {
	c := check.Case{Sources: []check.Source{source("flights", 30, 20)}, Params: map[string]int{"limit": 47}}
	want := check.Want{Rows: rows(`["{\"Departed\":true,\"Delay\":48}","{\"Departed\":true,\"Delay\":49}"]`)}
	right := string(want.Rows[0])
	const nothing = `another program finds no checkpoint in "": checkpoint: no such folder`
	judge(t, "published", c, want, map[string]judged{
		"there":                {value(right, 4, job(0), file), ""},
		"in another order":     {value(`["{\"Delay\":49,\"Departed\":true}","{\"Departed\":true,\"Delay\":48}"]`, 2), ""},
		"one flight less":      {value(`["{\"Departed\":true,\"Delay\":48}"]`, 2), check.WrongRows},
		"a cancelled one too":  {value(`["{\"Departed\":true,\"Delay\":48}","{\"Departed\":false,\"Delay\":500}"]`, 2), check.CancelledCounted},
		"not a list of rows":   {value(`7`, 2), check.WrongRows},
		"nothing written":      {failing(nothing, job(0)), check.NothingPublished},
		"a local one":          {failing(nothing, job(0), local), check.LocalCheckpoint},
		"another folder":       {failing(nothing, job(0), file), check.NotACheckpoint},
		"another failure":      {failing("boom", job(0)), "jobFailedSomewhere"},
		"through the driver":   {brought(value(right, 2), 50), check.BroughtToDriver},
		"text written instead": {func() evidence.Outcome { o := failing(nothing, job(0)); o.Inside.Output = 2; return o }(), check.NotACheckpoint},
	})
	judge(t, "writtenOnce", c, want, map[string]judged{
		"from memory":  {value(right, 2, job(0), stored(1, 0), file, dropped(1, 0, event.Unpersisted)), ""},
		"computed":     {value(right, 4, job(0), file), check.WriteComputedAgain},
		"memory taken": {value(right, 2, job(0), stored(1, 0), file), check.LeftInMemory},
	})
}

func TestResumed(t *testing.T) {
	c := check.Case{Sources: []check.Source{source("published", 3)}}
	want := check.Want{Rows: rows("1", "2")}
	did := func(roots ...string) evidence.Outcome {
		all := [][]json.RawMessage{rows("2", "1")}
		return evidence.Outcome{Rows: all, Again: all, Roots: roots, ByValue: map[string]int{"published": 1}}
	}
	judge(t, "resumed", c, want, map[string]judged{
		"from the checkpoint": {did("checkpointFile"), ""},
		"made up":             {did("parallelize"), check.NotFromCheckpoint},
		"half made up":        {did("checkpointFile", "parallelize"), check.NotFromCheckpoint},
		"collected before":    {func() evidence.Outcome { o := did("parallelize"); o.Own.Jobs, o.Own.Result = 1, 3; return o }(), check.Collected},
	})
}

func TestIterated(t *testing.T) {
	c := check.Case{Sources: []check.Source{source("flights", 30, 30)}, Params: map[string]int{"n": 9, "every": 4}}
	want := check.Want{Rows: rows("1")}
	did := func(reads, again int, all ...event.Event) evidence.Outcome {
		one := [][]json.RawMessage{rows("1")}
		return evidence.Outcome{
			Rows: one, Again: one, Events: all, InsideEvents: all,
			ReadsInside: map[string]int{"flights": reads}, ReadsAgain: map[string]int{"flights": again},
		}
	}
	const lost = "[CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND] Checkpoint block rdd_1_0 not found!"
	judge(t, "cut", c, want, map[string]judged{
		"cut":            {did(2, 0, steps(4), stored(1, 0), file, steps(5)), ""},
		"one too many":   {did(2, 0, steps(4), file, steps(6)), check.LineageTooLong},
		"a cache alone":  {did(2, 0, steps(4), stored(1, 0), steps(9)), check.CacheKeepsLineage},
		"no mark":        {did(2, 0, steps(9)), check.LineageTooLong},
		"a local one":    {failing(lost, steps(4), local), check.LocalCheckpoint},
		"on the driver":  {brought(did(2, 0, steps(4)), 60), check.BroughtToDriver},
		"other rows":     {func() evidence.Outcome { o := did(2, 0); o.Rows = nil; return o }(), check.WrongRows},
		"no such answer": {failing("boom"), "jobFailedSomewhere"},
	})
	judge(t, "stepsOnce", c, want, map[string]judged{
		"once":     {did(2, 0, steps(4), file), ""},
		"twice":    {did(4, 0, steps(4), file), check.WriteComputedAgain},
		"too long": {did(2, 0, steps(9)), check.LineageTooLong},
	})
	judge(t, "survives", c, want, map[string]judged{
		"read from the file": {did(2, 0, steps(4), file), ""},
		"computed again":     {did(2, 1, steps(4), file), check.LostWithItsExecutor},
		"too long":           {did(2, 0, steps(9)), check.LineageTooLong},
	})
}

func TestChosen(t *testing.T) {
	one := [][]json.RawMessage{rows("1")}
	did := func(acting, again int, all ...event.Event) evidence.Outcome {
		return evidence.Outcome{Rows: one, Again: one, Events: all, Reads: map[string]int{"flights": acting}, ReadsAgain: map[string]int{"flights": again}}
	}
	c := func(situation int) check.Case {
		return check.Case{Sources: []check.Source{source("flights", 1, 1)}, Params: map[string]int{"situation": situation}}
	}
	want := check.Want{Rows: rows("1")}
	both := events(job(0), stored(1, 0), stored(1, 1))
	judge(t, "reused", c(usedOnce), want, map[string]judged{
		"as it is":      {did(2, 2, job(0)), ""},
		"kept":          {did(2, 0, both...), check.KeptForNothing},
		"written":       {did(4, 0, job(0), job(1), file), check.FileForNothing},
		"run inside":    {func() evidence.Outcome { o := did(2, 2); o.Own.Jobs = 1; return o }(), check.RanInside},
		"other rows":    {func() evidence.Outcome { o := did(2, 2); o.Rows = nil; return o }(), check.WrongRows},
		"nothing there": {evidence.Outcome{Failure: &protocol.Failure{Kind: protocol.ReturnedNil}}, check.ReturnedNil},
	})
	judge(t, "reused", c(usedOften), want, map[string]judged{
		"kept":         {did(2, 0, both...), ""},
		"not kept":     {did(2, 2, job(0)), check.NotKept},
		"two copies":   {did(2, 0, append(both, copied(1, 0))...), check.CopiesForNothing},
		"on disk":      {did(2, 0, job(0), onDisk(1, 0), stored(1, 1)), check.DiskForNothing},
		"a checkpoint": {did(2, 0, append(both, job(1), file)...), check.FileForNothing},
		"a local one":  {did(2, 0, append(both, local)...), check.FileForNothing},
	})
	judge(t, "tooLarge", c(tooLarge), want, map[string]judged{
		"the rest on disk": {did(2, 0, job(0), stored(1, 0), onDisk(1, 1)), ""},
		"memory alone":     {did(2, 1, job(0), stored(1, 0)), check.MemoryTooSmall},
		"disk alone":       {did(2, 0, job(0), onDisk(1, 0), onDisk(1, 1)), check.MemoryUnused},
		"two copies":       {did(2, 0, job(0), stored(1, 0), onDisk(1, 1), copied(1, 0)), check.CopiesForNothing},
	})
	judge(t, "memoryIsTaken", c(memoryIsTaken), want, map[string]judged{
		"disk alone": {did(2, 0, job(0), onDisk(1, 0), onDisk(1, 1)), ""},
		"in memory":  {did(2, 0, both...), check.MemoryUsed},
		"not kept":   {did(2, 2, job(0)), check.NotKept},
	})
	judge(t, "executorsDie", c(executorsDie), want, map[string]judged{
		"two copies":   {did(2, 0, append(both, copied(1, 0), copied(1, 1))...), ""},
		"one copy":     {did(2, 1, both...), check.LostWithItsExecutor},
		"on disk":      {did(2, 0, job(0), onDisk(1, 0)), check.DiskForNothing},
		"a checkpoint": {did(2, 0, append(both, job(1), file)...), check.FileForNothing},
	})
	judge(t, "othersReadIt", c(othersReadIt), want, map[string]judged{
		"cached and written":   {did(2, 0, append(both, job(1), file)...), ""},
		"written, twice over":  {did(4, 0, job(0), job(1), file), check.WriteComputedAgain},
		"kept":                 {did(2, 2, both...), check.NothingForOthers},
		"kept twice":           {did(2, 0, append(both, copied(1, 0), job(1), file)...), check.CopiesForNothing},
		"local":                {failing("[CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND] gone", job(0)), check.LocalCheckpoint},
		"written, and no more": {did(2, 2, append(both, job(1), file)...), check.LostWithItsExecutor},
	})
}

func TestNames(t *testing.T) {
	assert.Equal(t, "rdd_7_0, rdd_7_1", names([]block{{7, 1}, {7, 0}, {7, 1}}))
	assert.Equal(t, "rdd_1_0, rdd_1_1, rdd_1_2, rdd_1_3, …", names([]block{{1, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}}))
}
