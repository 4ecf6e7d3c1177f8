// Package protocol is what the grader (the parent) and the program under test
// (the child) say to each other: one JSON value a line. The child writes on its
// standard output, which the code under test cannot reach; the parent writes on
// the child's standard input.
//
//	parent                                  child
//	hello {version, nonce}            ──>
//	                                  <──   ready {version, functions}
//	case {function, params, session}  ──>
//	                                  <──   mark called
//	                                  <──   mark returned
//	                                  <──   event …           (at any moment from here on)
//	                                  <──   need {source, partition}
//	rows                              ──>
//	                                  <──   mark acted
//	                                  <──   mark again
//	                                  <──   answer, or failure
//	case …                            ──>
//	(closes)                                (ends)
//
// Only inputs go to the child: nothing in its process knows a wanted value. The
// nonce only tells the child's frames from what the code under test prints; who
// steals it has still to send the right values, and counters that agree.
package protocol

import "encoding/json"

// Version of the protocol. The child of a tree and its parent are always built
// from the same sources; a difference means a damaged build, not a student's fault.
const Version = 1

// Order is one line from the parent: one of its fields is set.
type Order struct {
	Hello *Hello `json:"hello,omitempty"`
	Case  *Case  `json:"case,omitempty"`
	Rows  *Rows  `json:"rows,omitempty"`
}

// Hello opens the conversation.
type Hello struct {
	Version    int    `json:"version"`
	Nonce      string `json:"nonce"`
	SoftMemory int64  `json:"softMemory,omitempty"` // bytes at which Go's collector works harder; 0: none
}

// Case asks for one call of one function.
type Case struct {
	Number   int            `json:"number"` // from 0 in this conversation
	Function string         `json:"function"`
	Params   map[string]int `json:"params,omitempty"`
	Session  Session        `json:"session"`
	Sources  []Source       `json:"sources"`
}

// Session says how the engine's session is opened.
type Session struct {
	Executors   int  `json:"executors"`
	Cores       int  `json:"cores"`
	Parallelism int  `json:"parallelism,omitempty"` // 0: not set
	Sequential  bool `json:"sequential,omitempty"`  // one task after the other, always in the same order
	Memory      int  `json:"memory,omitempty"`      // bytes of each executor; 0: Spark's default
	Lose        int  `json:"lose,omitempty"`        // executors lost before the result is computed again; 0: all, -1: none
	Attempts    int  `json:"attempts,omitempty"`    // of a task before its job fails; 0: one, a function that fails now and then is wrong
}

// Source announces an input; its rows stay with the parent until a task reads them.
type Source struct {
	Name       string `json:"name"`
	Partitions int    `json:"partitions"`
}

// Rows answers a Need.
type Rows struct {
	Rows []json.RawMessage `json:"rows"`
}

// Frame is one line from the child: the nonce, the case, and one of the others.
type Frame struct {
	Nonce   string          `json:"nonce"`
	Case    int             `json:"case"`
	Ready   *Ready          `json:"ready,omitempty"`
	Mark    Mark            `json:"mark,omitempty"`
	Calls   map[string]int  `json:"calls,omitempty"` // with a mark: the calls, so far, of functions that the harness hands to the one under test
	Event   json.RawMessage `json:"event,omitempty"` // engine/event.Encode
	Need    *Need           `json:"need,omitempty"`
	Answer  *Answer         `json:"answer,omitempty"`
	Failure *Failure        `json:"failure,omitempty"`
}

// Ready answers Hello.
type Ready struct {
	Version   int      `json:"version"`
	Functions []string `json:"functions"`
}

// Mark separates the phases of a case.
type Mark string

// The marks, in the order in which they come.
const (
	Called   Mark = "called"   // the function under test begins
	Returned Mark = "returned" // it has returned: a job before this mark is its own
	Acted    Mark = "acted"    // the dataset that it returned was computed, in one job; at once for one that returns a value
	Again    Mark = "again"    // and computed a second time, or called again for its value, after every executor was lost
)

// Need asks for the rows of one partition of a source.
type Need struct {
	Source    string `json:"source"`
	Partition int    `json:"partition"`
}

// Answer is what the function returned: a dataset, or a value, which stands as
// the one row of one partition.
type Answer struct {
	Value       bool                `json:"value,omitempty"`
	Rows        [][]json.RawMessage `json:"rows"`  // by partition
	Again       [][]json.RawMessage `json:"again"` // the same, computed again
	Partitions  int                 `json:"partitions"`
	Dataset     int                 `json:"dataset"` // its number in the session
	Partitioner string              `json:"partitioner,omitempty"`
	Lineage     string              `json:"lineage"`
}

// Failure is the end of a case without an answer.
type Failure struct {
	Kind  FailureKind `json:"kind"`
	Texts []string    `json:"texts,omitempty"` // the error and its causes, the innermost last
	Line  int         `json:"line,omitempty"`  // in exercises.go; 0 when not known
}

// FailureKind says who failed, and how.
type FailureKind string

// The kinds of failures.
const (
	ReturnedNil   FailureKind = "nil"     // the function returned no dataset
	Panicked      FailureKind = "panic"   // the function panicked
	OtherSession  FailureKind = "session" // the dataset belongs to another session
	JobFailed     FailureKind = "job"     // a job on the dataset failed
	HarnessFailed FailureKind = "harness" // the harness itself: the grader's fault
)
