package event

import "time"

// The facts of Spark Streaming (package dstream). A batch is named by its time, in
// milliseconds since 1970; durations are in milliseconds too, under the names of
// Spark's REST API.

// StreamingStart opens a streaming program: its streams, in the order in which they
// were defined.
type StreamingStart struct {
	Time          time.Time       `json:"time,omitzero"`
	BatchDuration int64           `json:"batchDuration"`
	BlockInterval int64           `json:"blockInterval"`
	ZeroTime      int64           `json:"zeroTime"` // one batch before the first
	Log           bool            `json:"log"`      // receivers write a write-ahead log
	CheckpointDir string          `json:"checkpointDir,omitempty"`
	Recovered     []int64         `json:"recovered,omitempty"` // after a restart: the batches that run again
	Streams       []StreamingNode `json:"streams"`
}

// StreamingNode is one stream of a program.
type StreamingNode struct {
	ID      int    `json:"id"`
	Class   string `json:"class"` // Spark's: "WindowedDStream"
	Op      string `json:"op"`    // "window"
	Site    string `json:"site"`
	Parents []int  `json:"parents,omitempty"`
	Slide   int64  `json:"slide"`
	Window  int64  `json:"window,omitempty"`
	Output  bool   `json:"output,omitempty"` // an output operation is registered on it
	Level   string `json:"level,omitempty"`  // of its datasets, or of a receiver's blocks
	Every   int64  `json:"checkpoint,omitempty"`
}

// StreamingEnd closes it.
type StreamingEnd struct {
	Time  time.Time `json:"time,omitzero"`
	Error string    `json:"error,omitempty"`
}

// DriverLost says that the driver died, and its executors with it: what they held is
// gone. A StreamingStart that follows is of the next driver.
type DriverLost struct {
	Time time.Time `json:"time,omitzero"`
}

// StreamingStalled says why no batch is processed.
type StreamingStalled struct {
	Time   time.Time `json:"time,omitzero"`
	Reason string    `json:"reason"`
}

// ReceiverStarted says that a receiver runs, and on a core of which executor.
type ReceiverStarted struct {
	Time     time.Time `json:"time,omitzero"`
	Stream   int       `json:"stream"`
	Name     string    `json:"name"` // "SocketReceiver-0"
	Executor string    `json:"executor"`
}

// ReceiverStopped says that it runs no more, perhaps until it is started again.
type ReceiverStopped struct {
	Time     time.Time `json:"time,omitzero"`
	Stream   int       `json:"stream"`
	Executor string    `json:"executor"`
	Message  string    `json:"message"`
	Error    string    `json:"error,omitempty"`
}

// ReceiverError is what a receiver reported.
type ReceiverError struct {
	Time     time.Time `json:"time,omitzero"`
	Stream   int       `json:"stream"`
	Executor string    `json:"executor"`
	Message  string    `json:"message"`
	Error    string    `json:"error,omitempty"`
}

// InputBlockStored says that an executor holds a block of received rows.
type InputBlockStored struct {
	Time     time.Time `json:"time,omitzero"`
	Stream   int       `json:"stream"`
	Block    int       `json:"block"`
	Executor string    `json:"executor"`
	Rows     int64     `json:"rows"`
	Level    string    `json:"level"`
	Memory   int64     `json:"memory"` // bytes in memory
	Disk     int64     `json:"disk"`   // bytes on disk
	Replica  bool      `json:"replica,omitempty"`
}

// InputBlockDropped says that an executor does not hold it any more, or never did
// (NoRoom). When nobody is left and no log has it, its rows are lost.
type InputBlockDropped struct {
	Time     time.Time `json:"time,omitzero"`
	Stream   int       `json:"stream"`
	Block    int       `json:"block"`
	Executor string    `json:"executor"`
	Reason   string    `json:"reason"`
	Left     int       `json:"left"` // executors that still hold it
}

// InputBlockAdded says that the driver knows of a block: it will be part of the next
// batch. Logged tells that its rows are in the write-ahead log.
type InputBlockAdded struct {
	Time   time.Time `json:"time,omitzero"`
	Stream int       `json:"stream"`
	Block  int       `json:"block"`
	Rows   int64     `json:"rows"`
	Logged bool      `json:"logged,omitempty"`
}

// InputLost says that a batch goes without a block that nobody holds.
type InputLost struct {
	Time   time.Time `json:"time,omitzero"`
	Batch  int64     `json:"batch"`
	Stream int       `json:"stream"`
	Block  int       `json:"block"`
	Rows   int64     `json:"rows"`
}

// BatchInput is what one stream gives to a batch.
type BatchInput struct {
	Stream  int   `json:"stream"`
	Records int64 `json:"records"`
	Blocks  []int `json:"blocks,omitempty"`
}

// BatchFormed says which received blocks are a batch: its time has come.
type BatchFormed struct {
	Time   time.Time    `json:"time,omitzero"`
	Batch  int64        `json:"batch"`
	Inputs []BatchInput `json:"inputs,omitempty"`
}

// BatchSubmitted says that a batch's jobs are made and wait for their turn.
type BatchSubmitted struct {
	Time      time.Time    `json:"time,omitzero"` // when its time had come
	Batch     int64        `json:"batch"`
	InputSize int64        `json:"inputSize"`
	Inputs    []BatchInput `json:"inputs,omitempty"`
	Outputs   int          `json:"numTotalOutputOps"`
	Waiting   int          `json:"waiting"` // batches before it that are not completed
}

// BatchStarted says that the first of its jobs runs.
type BatchStarted struct {
	Time            time.Time `json:"time,omitzero"`
	Batch           int64     `json:"batch"`
	SchedulingDelay int64     `json:"schedulingDelay"`
}

// BatchCompleted says that all of its jobs are over, failed ones too.
type BatchCompleted struct {
	Time            time.Time `json:"time,omitzero"`
	Batch           int64     `json:"batch"`
	InputSize       int64     `json:"inputSize"`
	SchedulingDelay int64     `json:"schedulingDelay"`
	ProcessingTime  int64     `json:"processingTime"`
	TotalDelay      int64     `json:"totalDelay"`
	Outputs         int       `json:"numTotalOutputOps"`
	Failed          int       `json:"numFailedOutputOps"`
}

// BatchNotGenerated says that a batch's jobs could not be made: nothing of it runs.
type BatchNotGenerated struct {
	Time  time.Time `json:"time,omitzero"`
	Batch int64     `json:"batch"`
	Error string    `json:"error"`
}

// OutputStarted says that an output operation of a batch runs.
type OutputStarted struct {
	Time   time.Time `json:"time,omitzero"`
	Batch  int64     `json:"batch"`
	Output int       `json:"outputOpId"`
	Name   string    `json:"name"` // "foreachRDD at wordcount.go:12"
}

// OutputCompleted says that it is over.
type OutputCompleted struct {
	Time     time.Time `json:"time,omitzero"`
	Batch    int64     `json:"batch"`
	Output   int       `json:"outputOpId"`
	Name     string    `json:"name"`
	Duration int64     `json:"duration"`
	Jobs     []int     `json:"jobIds,omitempty"`
	Error    string    `json:"error,omitempty"`
}

// OutputRows is what an action of an output operation brought to the program: the first
// rows, as cells, and how many there were.
type OutputRows struct {
	Batch  int64      `json:"batch"`
	Output int        `json:"outputOpId"`
	Action string     `json:"action"` // "collect"
	Rows   [][]string `json:"rows"`
	Count  int        `json:"count"`          // of all that were brought
	More   bool       `json:"more,omitempty"` // the batch has rows that were not brought
}

// StreamingCheckpoint says that the program's progress is on disk.
type StreamingCheckpoint struct {
	Time    time.Time `json:"time,omitzero"`
	Batch   int64     `json:"batch"`
	Path    string    `json:"path"`
	Pending []int64   `json:"pending,omitempty"` // batches that would run again
}

// RateChanged says how many rows a second a stream's receiver may store from now on.
type RateChanged struct {
	Time   time.Time `json:"time,omitzero"`
	Stream int       `json:"stream"`
	Rate   float64   `json:"rate"`
}
