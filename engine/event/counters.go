package event

import "fmt"

// Counters sums up what a stretch of events did. Add is the one place where
// events become numbers: the session, the screens and the grader all use it.
type Counters struct {
	Jobs          int   `json:"jobs"`
	Stages        int   `json:"stages"` // attempts of stages that ran
	SkippedStages int   `json:"skippedStages"`
	Tasks         int   `json:"tasks"` // attempts of tasks that ended, failed ones too
	FailedTasks   int   `json:"failedTasks"`
	Input         int64 `json:"input"`        // rows read from files and cached blocks
	Combined      int64 `json:"combined"`     // rows given to shuffle writers
	ShuffleWrite  int64 `json:"shuffleWrite"` // rows written to shuffles, after map-side combine
	ShuffleRead   int64 `json:"shuffleRead"`
	Output        int64 `json:"output"` // rows written to files
	Result        int64 `json:"result"` // rows brought to the driver
	Hits          int64 `json:"hits"`   // cached blocks read
	Misses        int64 `json:"misses"` // persisted partitions computed
	Evictions     int64 `json:"evictions"`
	Spilled       int64 `json:"spilled,omitempty"` // bytes written to disk for want of memory
}

// Add counts one more event.
func (c *Counters) Add(e Event) {
	switch e := e.(type) {
	case JobStart:
		c.Jobs++
	case StageStart:
		c.Stages++
	case StageSkipped:
		c.SkippedStages++
	case BlockDropped:
		if e.Reason == Evicted {
			c.Evictions++
		}
	case TaskEnd:
		c.Tasks++
		if e.Status != Succeeded {
			c.FailedTasks++
			return // what a failed attempt moved is not counted, as on Spark's pages
		}
		c.Input += e.Metrics.Input
		c.Combined += e.Metrics.Combined
		c.ShuffleWrite += e.Metrics.ShuffleWrite
		c.ShuffleRead += e.Metrics.ShuffleRead
		c.Output += e.Metrics.Output
		c.Result += e.Metrics.Result
		c.Hits += e.Metrics.Hits
		c.Misses += e.Metrics.Misses
		c.Spilled += e.Metrics.Spilled
	}
}

// Since is what was counted after before was taken.
func (c Counters) Since(before Counters) Counters {
	return Counters{
		Jobs: c.Jobs - before.Jobs, Stages: c.Stages - before.Stages, SkippedStages: c.SkippedStages - before.SkippedStages,
		Tasks: c.Tasks - before.Tasks, FailedTasks: c.FailedTasks - before.FailedTasks, Input: c.Input - before.Input,
		Combined: c.Combined - before.Combined, ShuffleWrite: c.ShuffleWrite - before.ShuffleWrite, ShuffleRead: c.ShuffleRead - before.ShuffleRead,
		Output: c.Output - before.Output, Result: c.Result - before.Result, Hits: c.Hits - before.Hits, Misses: c.Misses - before.Misses,
		Evictions: c.Evictions - before.Evictions, Spilled: c.Spilled - before.Spilled,
	}
}

// String is the counters that notebooks print most.
func (c Counters) String() string {
	return fmt.Sprintf("%d jobs, %d stages (%d skipped), %d tasks, %d rows shuffled", c.Jobs, c.Stages, c.SkippedStages, c.Tasks, c.ShuffleWrite)
}
