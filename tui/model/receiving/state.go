package receiving

import (
	"iter"
	"regexp"
	"slices"
	"strconv"
	"time"

	"etincelle/engine/event"
)

// State is what is known after some facts.
type State struct {
	Position  int
	Now       time.Time // of the last fact that has one
	Program   event.StreamingStart
	Over      bool
	Dead      bool   // the driver is: nobody has taken its place yet
	Deaths    int    // of drivers
	Problem   string // why it ended, or why nothing is processed
	Saved     event.StreamingCheckpoint
	Executors []Executor
	Receivers []Receiver
	Blocks    Blocks  `json:"-"`
	Batches   Batches `json:"-"`
	Totals    Totals
}

// Totals adds up rows, each once: what was stored, what batches that succeeded had, what
// was lost before that. Twice counts rows of batches that succeeded again after the
// driver's death, Missed those that were lost after their batch and that a window lacks.
type Totals struct{ Received, Processed, Lost, Twice, Missed int64 }

// Waiting is the rows that are neither processed nor lost.
func (t Totals) Waiting() int64 { return t.Received - t.Processed - t.Lost }

// Executor is one simulated worker.
type Executor struct {
	Name   string
	Cores  int
	Lost   bool
	Reason string
	Busy   int // tasks that run
	Tasks  int // of the batch that runs or ran last, that succeeded
}

// Receiver is the receiver of one stream, wherever it runs.
type Receiver struct {
	Stream   int
	Name     string
	Executor string
	Runs     bool
	Starts   int    // how often it was started
	Message  string // why it does not run, or what it reported
	Rows     int64
	Blocks   int
	Rate     float64 // rows a second that it may store; 0 when nothing limits it
}

// BlockID names a block of received rows.
type BlockID struct{ Stream, Number int }

// Block is received rows, and who holds them.
type Block struct {
	ID      BlockID
	Rows    int64
	Holders []string // executors
	Logged  bool
	Known   bool // to the driver: it is part of a batch, or will be
	Batch   int64
	Copies  int  // that there were at most
	Counted bool // among the lost
	life    int  // of which driver its holders are: how many had died before
}

// Lost reports whether nobody has the rows any more.
func (b Block) Lost() bool { return len(b.Holders) == 0 && b.Copies > 0 && !b.Logged }

// Status is how far a batch is.
type Status int

// A batch's life.
const (
	Formed Status = iota
	Waiting
	Running
	Done
	Failed
	CutOff // by the driver's death: nothing came of it
)

// Batch is one batch. Times are in milliseconds since 1970, 0 when not yet.
type Batch struct {
	Time       int64 // when it was due
	Status     Status
	Inputs     []event.BatchInput
	Rows       int64
	Waiting    int // batches before it that were not over when it was due
	Started    int64
	Completed  int64
	Delay      int64 // of scheduling
	Processing int64
	Lost       int64 // rows of blocks that nobody held when it was to be processed
	Missed     int64 // rows that it had processed and that a window of a later batch lacks
	Times      int   // it succeeded
	Results    []event.OutputRows
	Tasks      []Share
	Error      string
}

// Share is the tasks of one executor for a batch.
type Share struct {
	Executor string
	Tasks    int
}

// Read is the rows that the batch has: those that came for it and were not lost.
func (b Batch) Read() int64 { return b.Rows - b.Lost }

// unfinished reports whether it is due and not over.
func (b *Batch) unfinished() bool {
	return b.Status == Formed && b.Error == "" || b.Status == Waiting || b.Status == Running
}

func empty() State { return State{Blocks: noBlocks(), Batches: Batches{mine: &owner{}}} }

// clone copies what apply changes in place.
func (s *State) clone() State {
	c := *s
	c.Executors, c.Receivers = slices.Clone(s.Executors), slices.Clone(s.Receivers)
	c.Batches, c.Blocks = s.Batches.clone(), s.Blocks.clone()
	return c
}

// Seconds is how long after the program's start an instant is.
func (s *State) Seconds(ms int64) float64 { return float64(ms-s.Program.ZeroTime) / 1000 }

// Elapsed is how far the last fact is, in seconds.
func (s *State) Elapsed() float64 {
	if s.Now.IsZero() {
		return 0
	}
	return s.Seconds(s.Now.UnixMilli())
}

// Last is the batch that was formed last, nil before the first.
func (s *State) Last() *Batch {
	if s.Batches.Len() == 0 {
		return nil
	}
	return s.Batches.at(s.Batches.Len() - 1)
}

// Block is a block, as the driver that lives now knows it.
func (s *State) Block(id BlockID) (b Block, found bool) {
	b, found = s.Blocks.get(id)
	b.ID = id
	if b.life < s.Deaths { // who held it died with the driver of that time
		b.Holders = nil
	}
	return b, found
}

// blocks lists the blocks of one batch; 0 means those of no batch yet.
func (s *State) blocks(batch int64) iter.Seq[Block] {
	return func(yield func(Block) bool) {
		if batch == 0 {
			for id := range s.Blocks.loose {
				if b, _ := s.Block(id); !yield(b) {
					return
				}
			}
			return
		}
		of := s.Batch(batch)
		if of == nil {
			return
		}
		for _, in := range of.Inputs {
			for _, number := range in.Blocks {
				if b, found := s.Block(BlockID{in.Stream, number}); found && b.Batch == batch && !yield(b) {
					return
				}
			}
		}
	}
}

// BlocksOf lists a stream's blocks of one batch; 0 means those of no batch yet.
func (s *State) BlocksOf(stream int, batch int64) []Block {
	var all []Block
	for b := range s.blocks(batch) {
		if b.ID.Stream == stream {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b Block) int { return a.ID.Number - b.ID.Number })
	return all
}

// Holds counts the blocks that an executor holds of the batch that was due last and of
// the next. Older ones are let go in silence when no window needs them.
func (s *State) Holds(executor string) (n int) {
	parts := []int64{0}
	if b := s.Last(); b != nil {
		parts = append(parts, b.Time)
	}
	for _, part := range parts {
		for b := range s.blocks(part) {
			if slices.Contains(b.Holders, executor) {
				n++
			}
		}
	}
	return n
}

// Queue counts the batches that are due and not over.
func (s *State) Queue() (n int) {
	for b := range s.Batches.All() {
		if b.Status == Waiting || b.Status == Formed {
			n++
		}
	}
	return n
}

// Unfinished counts the batches before a time that are due and not over.
func (s *State) Unfinished(before int64) (n int) {
	for _, at := range s.Batches.unfinished {
		if at < before {
			n++
		}
	}
	return n
}

// Batch finds a batch by its time, nil when there is none.
func (s *State) Batch(at int64) *Batch {
	if i := s.Batches.index(at); i >= 0 {
		return s.Batches.at(i)
	}
	return nil
}

// Answered is the batch whose result came last, nil before the first.
func (s *State) Answered() *Batch {
	var last *Batch
	for b := range s.Batches.All() {
		if len(b.Results) > 0 && (last == nil || b.Time > last.Time) {
			last = b
		}
	}
	return last
}

// Ended is the batch that ended last, nil before the first.
func (s *State) Ended() *Batch {
	for i := s.Batches.Len() - 1; i >= 0; i-- {
		if b := s.Batches.at(i); b.Completed > 0 {
			return b
		}
	}
	return nil
}

// Unstable reports whether the last batch that ran took longer than batches come.
func (s *State) Unstable() bool {
	b := s.Ended()
	return b != nil && b.Processing > s.Program.BatchDuration
}

// Receives reports whether a stream of the program comes from a receiver: a source whose
// blocks have a storage level.
func (s *State) Receives() bool {
	return slices.ContainsFunc(s.Program.Streams, func(d event.StreamingNode) bool { return len(d.Parents) == 0 && d.Level != "" })
}

var copies = regexp.MustCompile(`(\d+)x Replicated`)

// Copies is on how many executors a received block is to be, as the level of the
// receivers' streams says.
func (s *State) Copies() int {
	for _, d := range s.Program.Streams {
		if found := copies.FindStringSubmatch(d.Level); found != nil && len(d.Parents) == 0 {
			n, _ := strconv.Atoi(found[1]) // digits; too many of them are the largest number
			return n
		}
	}
	return 1
}
