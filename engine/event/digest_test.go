package event

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// twoJobs is a session's life: a shuffle is written and read with some trouble,
// then read again.
var twoJobs = []Event{
	SessionStart{App: "tp02", Parallelism: 2},
	JobStart{
		Job: 0, Action: "count", Site: "tp.go:9", Dataset: 1,
		Datasets: []Dataset{
			{ID: 1, Class: "ShuffledRDD", Op: "reduceByKey", Name: "totals", Site: "tp.go:8", Partitions: 2, Level: "Memory Deserialized 1x Replicated", Partitioner: "HashPartitioner(2)", Parents: []Parent{{0, 0}}},
			{ID: 0, Class: "ParallelCollectionRDD", Op: "parallelize", Site: "tp.go:7", Partitions: 1},
		},
		Stages: []Stage{{ID: 0, Name: "parallelize", Site: "tp.go:7", Tasks: 1, Datasets: []int{0}, Writes: 0}, {ID: 1, Name: "count", Site: "tp.go:9", Tasks: 2, Parents: []int{0}, Datasets: []int{1}, Writes: -1, Reads: []int{0}}},
	},
	StageStart{Stage: 0, Partitions: []int{0}},
	TaskEnd{Stage: 0, Status: Failed, Metrics: Metrics{Combined: 99}},
	TaskEnd{Stage: 0, Status: Succeeded, Metrics: Metrics{Combined: 5, ShuffleWrite: 3}},
	StageEnd{Stage: 0},
	StageStart{Stage: 1, Partitions: []int{0, 1}},
	BlockMissed{Dataset: 1, Partition: 0, Reason: NeverStored},
	TaskEnd{Stage: 1, Status: Succeeded, Metrics: Metrics{ShuffleRead: 1, Misses: 1}},
	TaskEnd{Stage: 1, Status: FetchFailed},
	StageEnd{Stage: 1, Error: "gone"},
	StageStart{Stage: 0, Attempt: 1, Reason: "gone"},
	TaskEnd{Stage: 0, Status: Succeeded},
	StageEnd{Stage: 0, Attempt: 1},
	StageStart{Stage: 1, Attempt: 1, Reason: "gone"},
	BlockMissed{Dataset: 1, Partition: 1, Reason: Lost},
	TaskEnd{Stage: 1, Status: Succeeded, Metrics: Metrics{ShuffleRead: 2, Misses: 1}},
	StageEnd{Stage: 1, Attempt: 1},
	JobEnd{Job: 0},
	JobStart{
		Job: 1, Action: "collect", Site: "tp.go:10", Dataset: 1, Datasets: []Dataset{{ID: 1, Class: "ShuffledRDD", Op: "reduceByKey", Site: "tp.go:8"}},
		Stages: []Stage{{ID: 2, Name: "parallelize", Site: "tp.go:7", Writes: 0}, {ID: 3, Name: "parallelize", Site: "tp.go:7", Writes: 4}, {ID: 4, Name: "collect", Site: "tp.go:10", Tasks: 2, Datasets: []int{1, 8}, Writes: -1}},
	},
	StageSkipped{Job: 1, Stage: 2, Shuffle: 0, WrittenBy: 0},
	StageSkipped{Job: 1, Stage: 3, Shuffle: 4, WrittenBy: -1},
	JobEnd{Job: 1, Error: "boom"},
	TaskEnd{Job: 9, Stage: 9, Status: Succeeded}, // of a job that nobody announced
}

func TestDigest(t *testing.T) {
	var d Digest
	for _, e := range twoJobs {
		d.Hear(e)
	}
	require.Len(t, d.Jobs, 2)
	assert.Equal(t, strings.TrimPrefix(`
job 0 count at tp.go:9: 2 stages, 0 skipped, 6 tasks
  stage 0 parallelize at tp.go:7: 1 tasks, 1 failed, 2 attempts (gone), 5 to combine, 3 shuffle written
    [0] ParallelCollectionRDD at parallelize (tp.go:7)
  stage 1 count at tp.go:9: 2 tasks, 1 failed, 2 attempts (gone), 3 shuffle read, 2 cache misses
    [1] totals ShuffledRDD at reduceByKey (tp.go:8), kept Memory Deserialized 1x Replicated, placed by HashPartitioner(2)
  rdd_1_1 computed again: lost`, "\n"), d.Jobs[0].String())
	assert.Equal(t, strings.TrimPrefix(`
job 1 collect at tp.go:10: 3 stages, 2 skipped, 0 tasks
  failed: boom
  stage 2 parallelize at tp.go:7: skipped, its shuffle 0 was written by stage 0
  stage 3 parallelize at tp.go:7: skipped, nothing that ran read shuffle 4
  stage 4 collect at tp.go:10: never ran
    [1] ShuffledRDD at reduceByKey (tp.go:8)
    [8]`, "\n"), d.Jobs[1].String())

	assert.Equal(t, []*JobDigest{d.Jobs[0]}, d.About(0))
	assert.Len(t, d.About(1), 2)
	assert.Empty(t, d.About(7))
	assert.True(t, d.Jobs[0].Ended)
}

// A stage that was skipped and then had to run is told as one that ran.
func TestDigestOfASkippedStageThatRuns(t *testing.T) {
	var d Digest
	for _, e := range []Event{
		JobStart{Stages: []Stage{{ID: 0, Name: "map", Site: "tp.go:1", Tasks: 4}}},
		StageSkipped{Stage: 0}, StageStart{Stage: 0, Reason: "gone"}, TaskEnd{Stage: 0, Status: Succeeded},
	} {
		d.Hear(e)
	}
	assert.Equal(t, "job 0  at : 1 stages, 0 skipped, 1 tasks\n  stage 0 map at tp.go:1: 4 tasks", d.Jobs[0].String())
}

// The digest and the counters of the same events tell the same numbers.
func TestDigestAgreesWithCounters(t *testing.T) {
	var d Digest
	var c Counters
	for _, e := range twoJobs[:len(twoJobs)-1] {
		d.Hear(e)
		c.Add(e)
	}
	var sum Counters
	for _, job := range d.Jobs {
		sum.Jobs++
		for _, s := range job.Ran {
			sum.Stages += s.Attempts
			sum.Tasks += s.Done + s.Failed
			sum.FailedTasks += s.Failed
			sum.Combined += s.Metrics.Combined
			sum.ShuffleWrite += s.Metrics.ShuffleWrite
			sum.ShuffleRead += s.Metrics.ShuffleRead
			sum.Misses += s.Metrics.Misses
			if s.Skipped {
				sum.SkippedStages++
			}
		}
	}
	assert.Equal(t, c, sum)
}
