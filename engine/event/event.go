// Package event is the engine's only outward voice. Each struct below is one
// fact; everything the screens draw, the grader counts and a recording keeps is
// read from these facts, never from the engine's inside.
//
// A fact prints as one short line (String) for transcripts, and encodes as one
// JSON line (see codec.go) for recordings. Numbers follow Spark: jobs, stages,
// tasks, datasets and shuffles count from 0 in each session. Times are those of
// the session's clock.
package event

import "time"

// Event is one fact. The variants are the structs of this package.
type Event interface {
	// Kind is the fact's name in a recording, for example "TaskEnd".
	Kind() string
	// String is the fact as one short line of text.
	String() string
}

// SessionStart opens a recording.
type SessionStart struct {
	App         string    `json:"app"`
	Time        time.Time `json:"time"`
	Parallelism int       `json:"parallelism"` // partitions used when a program names none
}

// SessionEnd closes it: cached blocks and shuffle outputs are gone.
type SessionEnd struct{}

// ExecutorAdded announces an executor, at the start or when it comes back.
type ExecutorAdded struct {
	Time     time.Time `json:"time,omitzero"`
	Executor string    `json:"executor"`
	Cores    int       `json:"cores"`
	Memory   int64     `json:"memory"` // bytes for cached blocks
}

// ExecutorLost says that an executor died: its blocks and shuffle outputs died with it.
type ExecutorLost struct {
	Time     time.Time `json:"time,omitzero"`
	Executor string    `json:"executor"`
	Reason   string    `json:"reason"`
}

// ExecutorExcluded says that tasks failed too often on an executor: it gets no more
// of a stage, or of the whole application until a timeout has passed.
type ExecutorExcluded struct {
	Time         time.Time `json:"time,omitzero"`
	Executor     string    `json:"executor"`
	Stage        int       `json:"stage"` // -1 for the application
	StageAttempt int       `json:"stageAttempt"`
	Failures     int       `json:"failures"` // different tasks that failed there
}

// ExecutorIncluded says that an executor which was excluded gets tasks again.
type ExecutorIncluded struct {
	Time     time.Time `json:"time,omitzero"`
	Executor string    `json:"executor"`
}

// JobStart opens a job: one action, or the sampling of an eager transformation.
type JobStart struct {
	Time     time.Time `json:"time,omitzero"`
	Job      int       `json:"job"`
	Action   string    `json:"action"`   // Spark's name: "count", "collect", "sortBy" …
	Site     string    `json:"site"`     // the student's line, "file.go:12"
	Dataset  int       `json:"dataset"`  // the dataset the job computes
	Stages   []Stage   `json:"stages"`   // all of them, parents first, skipped ones included
	Datasets []Dataset `json:"datasets"` // the lineage of Dataset, children first

	Group       string `json:"group,omitempty"`       // the job group that it is part of
	Description string `json:"description,omitempty"` // what the program says of the group
}

// Stage describes a stage before it runs: tasks that need no data moved between them.
type Stage struct {
	ID       int    `json:"id"`
	Name     string `json:"name"` // the operation of its last dataset, or the action for a result stage
	Site     string `json:"site"`
	Tasks    int    `json:"tasks"`
	Parents  []int  `json:"parents,omitempty"`  // stages whose shuffles it reads
	Datasets []int  `json:"datasets,omitempty"` // the datasets computed inside, last one first
	Writes   int    `json:"writes"`             // the shuffle it writes; -1 for a result stage
	Reads    []int  `json:"reads,omitempty"`    // the shuffles it reads
}

// Dataset describes one dataset of a lineage.
type Dataset struct {
	ID          int      `json:"id"`
	Class       string   `json:"class"`          // Spark's class: "MapPartitionsRDD" …
	Op          string   `json:"op"`             // the operation that made it: "map" …
	Name        string   `json:"name,omitempty"` // given by SetName
	Site        string   `json:"site"`
	Partitions  int      `json:"partitions"`
	Level       string   `json:"level,omitempty"`       // storage level, "" when not persisted
	Partitioner string   `json:"partitioner,omitempty"` // "" when none
	Parents     []Parent `json:"parents,omitempty"`
}

// Parent is one edge of a lineage; Shuffle is -1 for a narrow one.
type Parent struct {
	Dataset int `json:"dataset"`
	Shuffle int `json:"shuffle"`
}

// JobEnd closes a job; Error is empty when it succeeded.
type JobEnd struct {
	Time  time.Time `json:"time,omitzero"`
	Job   int       `json:"job"`
	Error string    `json:"error,omitempty"`
}

// StageStart says that the missing partitions of a stage are about to run.
type StageStart struct {
	Time       time.Time `json:"time,omitzero"`
	Job        int       `json:"job"`
	Stage      int       `json:"stage"`
	Attempt    int       `json:"attempt"`
	Partitions []int     `json:"partitions"`
	Reason     string    `json:"reason,omitempty"` // why it runs again, "" the first time
}

// StageSkipped says that a listed stage did not run: its shuffle's output still
// exists, or everything that would read it is cached or skipped itself.
type StageSkipped struct {
	Job       int `json:"job"`
	Stage     int `json:"stage"`
	Shuffle   int `json:"shuffle"`
	WrittenBy int `json:"writtenBy"` // the stage that wrote the output; -1 when it is not all there
}

// StageEnd closes an attempt of a stage; Error is empty when it succeeded.
type StageEnd struct {
	Time    time.Time `json:"time,omitzero"`
	Job     int       `json:"job"`
	Stage   int       `json:"stage"`
	Attempt int       `json:"attempt"`
	Error   string    `json:"error,omitempty"`
}

// TaskStart says that an executor's core has taken a task.
type TaskStart struct {
	Time         time.Time `json:"time,omitzero"`
	Job          int       `json:"job"`
	Stage        int       `json:"stage"`
	StageAttempt int       `json:"stageAttempt"`
	Task         int       `json:"task"` // counts over the whole session
	Partition    int       `json:"partition"`
	Attempt      int       `json:"attempt"`
	Executor     string    `json:"executor"`
	Preferred    bool      `json:"preferred"`             // the executor holds a block the task reads
	Speculative  bool      `json:"speculative,omitempty"` // a copy of a task that takes long
}

// Status of a task that ended.
type Status string

// The ways a task ends.
const (
	Succeeded   Status = "succeeded"
	Failed      Status = "failed"       // an error or panic in the student's code, or a bad row
	FetchFailed Status = "fetch failed" // a shuffle output it reads is gone
	Killed      Status = "killed"       // before it ended its job was over, its executor died, or a copy of it was faster
)

// TaskEnd says how a task ended and what it moved.
type TaskEnd struct {
	Time         time.Time `json:"time,omitzero"`
	Job          int       `json:"job"`
	Stage        int       `json:"stage"`
	StageAttempt int       `json:"stageAttempt"`
	Task         int       `json:"task"`
	Partition    int       `json:"partition"`
	Attempt      int       `json:"attempt"`
	Executor     string    `json:"executor"`
	Status       Status    `json:"status"`
	Error        string    `json:"error,omitempty"`
	Metrics      Metrics   `json:"metrics"`
}

// Metrics of one task, counted in rows (records).
type Metrics struct {
	Input        int64         `json:"input,omitempty"`        // read from files or from cached blocks
	Output       int64         `json:"output,omitempty"`       // written to files
	ShuffleRead  int64         `json:"shuffleRead,omitempty"`  // fetched from shuffle outputs
	Combined     int64         `json:"combined,omitempty"`     // given to the shuffle writer, before map-side combine
	ShuffleWrite int64         `json:"shuffleWrite,omitempty"` // written to shuffle outputs, after it
	Result       int64         `json:"result,omitempty"`       // rows brought to the driver
	Hits         int64         `json:"hits,omitempty"`         // cached blocks read
	Misses       int64         `json:"misses,omitempty"`       // persisted partitions that had to be computed
	ShuffleBytes int64         `json:"shuffleBytes,omitempty"` // bytes of what it wrote to shuffles: exact on disk, estimated in memory
	Spilled      int64         `json:"spilled,omitempty"`      // bytes written to disk for want of memory
	Duration     time.Duration `json:"duration,omitempty"`     // by the session's clock
}

// add sums up, durations apart: tasks run at once.
func (m *Metrics) add(more Metrics) {
	m.Input += more.Input
	m.Output += more.Output
	m.ShuffleRead += more.ShuffleRead
	m.Combined += more.Combined
	m.ShuffleWrite += more.ShuffleWrite
	m.Result += more.Result
	m.Hits += more.Hits
	m.Misses += more.Misses
	m.ShuffleBytes += more.ShuffleBytes
	m.Spilled += more.Spilled
}

// ShuffleWritten describes the output of one map task.
type ShuffleWritten struct {
	Shuffle  int     `json:"shuffle"`
	Map      int     `json:"map"` // the map partition
	Executor string  `json:"executor"`
	Rows     []int64 `json:"rows"` // rows for each reduce partition
}

// What a task was doing when it spilled.
const (
	SpilledWriting  = "shuffle write" // rows waiting to be handed to the next stage
	SpilledMerging  = "merge by key"  // one entry a key: reduceByKey, groupByKey, cogroup, joins
	SpilledOrdering = "sort"          // rows waiting to be sorted
)

// Spilled says that a task ran out of memory and put what it held on disk.
type Spilled struct {
	Time     time.Time `json:"time,omitzero"`
	Task     int       `json:"task"`
	Executor string    `json:"executor"`
	During   string    `json:"during"`
	Rows     int64     `json:"rows"`
	Bytes    int64     `json:"bytes"` // on disk
}

// BlockStored says that a partition of a persisted dataset is now kept.
type BlockStored struct {
	Executor  string `json:"executor"`
	Dataset   int    `json:"dataset"`
	Partition int    `json:"partition"`
	Level     string `json:"level"`
	Memory    int64  `json:"memory"` // bytes in memory
	Disk      int64  `json:"disk"`   // bytes on disk
	Replica   bool   `json:"replica,omitempty"`
}

// Reasons a block is dropped or missed.
const (
	Evicted     = "evicted"     // another dataset's block needed the room
	NoRoom      = "no room"     // it did not fit beside its own dataset's blocks
	Unpersisted = "unpersisted" // the program let it go
	Lost        = "lost"        // its executor died, or a test took it away
	NeverStored = "not yet"     // first time this partition is computed
)

// BlockDropped says that a block is no longer kept (or was never, for NoRoom).
type BlockDropped struct {
	Executor  string `json:"executor"`
	Dataset   int    `json:"dataset"`
	Partition int    `json:"partition"`
	Reason    string `json:"reason"`
}

// BlockRead says that a task read a cached block instead of computing it.
type BlockRead struct {
	Task      int    `json:"task"`
	Executor  string `json:"executor"` // the reader
	From      string `json:"from"`     // the holder
	Dataset   int    `json:"dataset"`
	Partition int    `json:"partition"`
}

// BlockMissed says that a task computes a partition that should be kept, and why.
type BlockMissed struct {
	Task      int    `json:"task"`
	Executor  string `json:"executor"`
	Dataset   int    `json:"dataset"`
	Partition int    `json:"partition"`
	Reason    string `json:"reason"`
}

// Persisted marks a dataset with a storage level; nothing is stored yet.
type Persisted struct {
	Dataset int    `json:"dataset"`
	Level   string `json:"level"`
}

// CheckpointWritten says that a dataset's partitions are on disk and its lineage is cut.
type CheckpointWritten struct {
	Dataset    int    `json:"dataset"`
	Path       string `json:"path"`
	Partitions int    `json:"partitions"`
}
