package event

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The lines of text are an interface: transcripts everywhere hold them.
func TestLines(t *testing.T) {
	noon := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		event Event
		want  string
	}{
		{SessionStart{App: "tp02", Parallelism: 4}, `session "tp02" opens, 4 partitions by default`},
		{SessionEnd{}, "session closes: cached blocks and shuffle outputs are gone"},
		{ExecutorAdded{Executor: "e0", Cores: 2, Memory: 1 << 20}, "executor e0 joins with 2 cores and 1048576 bytes"},
		{ExecutorLost{Executor: "e0", Reason: "killed"}, "executor e0 is lost: killed"},
		{JobStart{Job: 3, Action: "count", Site: "a.go:12", Stages: make([]Stage, 2)}, "job 3 count at a.go:12: 2 stages"},
		{ExecutorExcluded{Executor: "e1", Stage: 3, Failures: 2}, "executor e1 gets no more tasks of stage 3.0: 2 failed there"},
		{ExecutorExcluded{Executor: "e1", Stage: -1, Failures: 3}, "executor e1 gets no more tasks of this session, for some time: 3 failed there"},
		{ExecutorIncluded{Executor: "e1"}, "executor e1 gets tasks again"},
		{JobStart{Job: 3, Action: "count", Site: "a.go:12", Group: "etl", Description: "each night"}, "job 3 count at a.go:12: 0 stages, of group etl"},
		{JobEnd{Job: 3}, "job 3 succeeded"},
		{JobEnd{Job: 3, Error: "boom"}, "job 3 failed: boom"},
		{StageStart{Stage: 1, Partitions: []int{0, 1, 2, 5}}, "stage 1.0 runs partitions 0-2,5"},
		{StageStart{Stage: 1, Attempt: 2, Partitions: []int{4}, Reason: "an output is gone"}, "stage 1.2 runs partitions 4: an output is gone"},
		{StageSkipped{Stage: 4, Shuffle: 2, WrittenBy: 0}, "stage 4 is skipped: shuffle 2 was written by stage 0"},
		{StageSkipped{Stage: 4, Shuffle: 2, WrittenBy: -1}, "stage 4 is skipped: nothing that runs reads shuffle 2"},
		{StageEnd{Stage: 1}, "stage 1.0 succeeded"},
		{StageEnd{Stage: 1, Attempt: 1, Error: "boom"}, "stage 1.1 failed: boom"},
		{TaskStart{Task: 9, Stage: 1, Partition: 2, Attempt: 3, Executor: "e1"}, "task 9 starts on e1: stage 1 partition 2 attempt 3"},
		{TaskStart{Task: 9, Executor: "e1", Preferred: true}, "task 9 starts on e1: stage 0 partition 0 attempt 0, beside its data"},
		{TaskStart{Task: 9, Executor: "e1", Attempt: 1, Speculative: true}, "task 9 starts on e1: stage 0 partition 0 attempt 1, a copy"},
		{TaskEnd{Task: 9, Status: Succeeded}, "task 9 succeeded"},
		{TaskEnd{Task: 9, Status: FetchFailed, Error: "gone"}, "task 9 fetch failed: gone"},
		{
			TaskEnd{Task: 9, Status: Failed, Error: "boom", Metrics: Metrics{
				Input: 1, Output: 2, ShuffleRead: 3, Combined: 4, ShuffleWrite: 5, Result: 6, Hits: 7, Misses: 8, Duration: time.Second,
			}},
			"task 9 failed, 1 read, 3 shuffle read, 4 to combine, 5 shuffle written, 2 written, 6 to the driver, 7 cache hits, 8 cache misses: boom",
		},
		{ShuffleWritten{Shuffle: 1, Map: 2, Executor: "e0", Rows: []int64{3, 0}}, "shuffle 1 map 2 on e0: rows [3 0]"},
		{BlockStored{Executor: "e0", Dataset: 3, Partition: 1, Level: "Memory"}, "block rdd_3_1 stored on e0: Memory"},
		{BlockStored{Executor: "e1", Dataset: 3, Partition: 1, Level: "Memory", Replica: true}, "replica rdd_3_1 stored on e1: Memory"},
		{BlockDropped{Executor: "e0", Dataset: 3, Partition: 1, Reason: Evicted}, "block rdd_3_1 not kept on e0: evicted"},
		{BlockRead{Task: 5, Executor: "e0", From: "e1", Dataset: 3, Partition: 1}, "task 5 reads block rdd_3_1 from e1"},
		{BlockMissed{Task: 5, Executor: "e0", Dataset: 3, Partition: 1, Reason: NeverStored}, "task 5 computes rdd_3_1: not yet"},
		{Persisted{Dataset: 3, Level: "Memory"}, "dataset 3 marked Memory"},
		{Persisted{Dataset: 3}, "dataset 3 unpersisted"},
		{CheckpointWritten{Dataset: 3, Partitions: 2}, "dataset 3 checkpointed in 2 files: lineage cut"},
		{QueryStart{Query: 1, Name: "counts", Mode: "append", Batch: 4}, `query 1 "counts" starts in append mode at batch 4`},
		{BatchStart{Batch: 3, Reason: "new rows", Watermark: noon}, "query 0 batch 3 begins (new rows): watermark 2024-01-01T12:00:00Z, late by none"},
		{RowsArrived{Batch: 3, Source: 1, Count: 20}, "query 0 batch 3 reads 20 rows of source 1"},
		{RowsLate{Batch: 3, Count: 2, Rule: "window end <= 12:00"}, "query 0 batch 3 drops 2 late in operator 0: window end <= 12:00"},
		{StateChanged{Batch: 3, Total: 9, Updated: 2, Removed: 1, Open: make([]OpenWindow, 4)}, "query 0 batch 3 operator 0 remembers 9 rows: 2 updated, 1 removed, 4 windows open"},
		{WatermarkMoved{Batch: 3, Before: noon, After: noon.Add(time.Millisecond), At: noon.Add(time.Hour)}, "query 0 batch 3 moves the watermark from 2024-01-01T12:00:00Z to 2024-01-01T12:00:00.001Z: event time 2024-01-01T13:00:00Z"},
		{RowsOut{Batch: 3, Count: 7}, "query 0 batch 3 gives 7 rows"},
		{BatchEnd{Batch: 3}, "query 0 batch 3 is committed"},
		{QueryEnd{Error: "boom"}, "query 0 ends: failed: boom"},
	} {
		t.Run(c.event.Kind(), func(t *testing.T) { assert.Equal(t, c.want, c.event.String()) })
	}
}

func TestEveryKindHasALine(t *testing.T) {
	for _, kind := range kinds() {
		zero, err := decoders[kind]([]byte("{}"))
		require.NoError(t, err)
		line := zero.String()
		assert.NotEmpty(t, line, kind)
		assert.NotContains(t, line, "%!", kind)
		assert.NotContains(t, line, "\n", kind)
	}
}

// span reads "3" or "3-5".
func span(t require.TestingT, text string) (from, to int) {
	first, last, found := strings.Cut(text, "-")
	if !found {
		last = first
	}
	from, err := strconv.Atoi(first)
	require.NoError(t, err)
	to, err = strconv.Atoi(last)
	require.NoError(t, err)
	return from, to
}

// list may be read back: it loses no number.
func TestListOfNumbers(t *testing.T) {
	assert.Empty(t, list(nil))
	rapid.Check(t, func(t *rapid.T) {
		ns := rapid.SliceOf(rapid.IntRange(0, 20)).Draw(t, "numbers")
		var back []int
		for _, part := range strings.FieldsFunc(list(ns), func(r rune) bool { return r == ',' }) {
			from, to := span(t, part)
			for n := from; n <= to; n++ {
				back = append(back, n)
			}
		}
		assert.Equal(t, ns, append([]int{}, back...))
	})
}
