package receiving

import (
	"fmt"
	"slices"
	"time"

	"etincelle/engine/event"
)

// maxBlocks bounds what a recording may make a state hold.
const maxBlocks = 1 << 20

// apply takes in one fact.
func (s *State) apply(e event.Event) error {
	s.Position++
	s.tick(e)
	switch e := e.(type) {
	case event.StreamingStart:
		s.Program, s.Over, s.Problem = e, false, ""
		s.Receivers, s.Batches = nil, nil
	case event.StreamingEnd:
		s.Over, s.Problem = true, e.Error
	case event.StreamingStalled:
		s.Problem = e.Reason
	case event.ExecutorAdded:
		s.executor(e.Executor, func(x *Executor) { *x = Executor{Name: e.Executor, Cores: e.Cores} })
	case event.ExecutorLost:
		s.executor(e.Executor, func(x *Executor) { x.Lost, x.Reason = true, e.Reason })
	case event.ReceiverStarted:
		s.receiver(e.Stream, func(r *Receiver) {
			r.Name, r.Executor, r.Runs, r.Starts, r.Message = e.Name, e.Executor, true, r.Starts+1, ""
		})
	case event.ReceiverStopped:
		s.receiver(e.Stream, func(r *Receiver) { r.Runs, r.Message = false, e.Message })
	case event.ReceiverError:
		s.receiver(e.Stream, func(r *Receiver) { r.Message = e.Message })
	case event.RateChanged:
		s.receiver(e.Stream, func(r *Receiver) { r.Rate = e.Rate })
	case event.InputBlockStored, event.InputBlockDropped, event.InputBlockAdded:
		if len(s.Blocks) >= maxBlocks {
			return fmt.Errorf("more than %d blocks", maxBlocks)
		}
		s.block(e)
	default:
		s.batch(e)
	}
	return nil
}

// tick moves the time to that of a fact. A batch that is due tells its own.
func (s *State) tick(e event.Event) {
	var at time.Time
	switch e := e.(type) {
	case event.StreamingStart:
		at = e.Time
	case event.InputBlockStored:
		at = e.Time
	case event.InputBlockAdded:
		at = e.Time
	case event.BatchFormed:
		at = time.UnixMilli(e.Batch)
	case event.BatchStarted:
		at = e.Time
	case event.BatchCompleted:
		at = e.Time
	case event.ExecutorLost:
		at = e.Time
	case event.ReceiverStarted:
		at = e.Time
	case event.ReceiverStopped:
		at = e.Time
	}
	if at.After(s.Now) {
		s.Now = at
	}
}

func (s *State) executor(name string, change func(*Executor)) {
	i := slices.IndexFunc(s.Executors, func(x Executor) bool { return x.Name == name })
	if i < 0 {
		s.Executors = append(s.Executors, Executor{Name: name})
		i = len(s.Executors) - 1
	}
	change(&s.Executors[i])
}

func (s *State) receiver(stream int, change func(*Receiver)) {
	i := slices.IndexFunc(s.Receivers, func(r Receiver) bool { return r.Stream == stream })
	if i < 0 {
		s.Receivers = append(s.Receivers, Receiver{Stream: stream})
		i = len(s.Receivers) - 1
	}
	change(&s.Receivers[i])
}

func (s *State) block(e event.Event) {
	switch e := e.(type) {
	case event.InputBlockStored:
		s.changeBlock(e.Stream, e.Block, func(b *Block) {
			if !slices.Contains(b.Holders, e.Executor) {
				b.Holders = append(slices.Clone(b.Holders), e.Executor)
			}
			b.Rows, b.Copies = e.Rows, max(b.Copies, len(b.Holders))
		})
	case event.InputBlockDropped:
		s.changeBlock(e.Stream, e.Block, func(b *Block) {
			b.Holders = slices.DeleteFunc(slices.Clone(b.Holders), func(x string) bool { return x == e.Executor })
		})
	case event.InputBlockAdded:
		s.changeBlock(e.Stream, e.Block, func(b *Block) { b.Rows, b.Logged, b.Known = e.Rows, e.Logged, true })
		s.receiver(e.Stream, func(r *Receiver) { r.Rows, r.Blocks = r.Rows+e.Rows, r.Blocks+1 })
		s.Totals.Received += e.Rows
	}
}

func (s *State) changeBlock(stream, number int, change func(*Block)) {
	id := BlockID{stream, number}
	b := s.Blocks[id]
	b.ID = id
	change(&b)
	s.Blocks[id] = b
}

// batch takes in what happens to a batch.
func (s *State) batch(e event.Event) {
	switch e := e.(type) {
	case event.BatchFormed:
		s.Batches = append(s.Batches, Batch{Time: e.Batch, Inputs: e.Inputs})
		for _, in := range e.Inputs {
			s.Last().Rows += in.Records
			for _, number := range in.Blocks {
				s.changeBlock(in.Stream, number, func(b *Block) { b.Batch = e.Batch })
			}
		}
	case event.BatchSubmitted:
		s.changeBatch(e.Batch, func(b *Batch) { b.Status, b.Rows, b.Waiting = Waiting, e.InputSize, e.Waiting })
	case event.BatchStarted:
		s.changeBatch(e.Batch, func(b *Batch) { b.Status, b.Started, b.Delay = Running, e.Time.UnixMilli(), e.SchedulingDelay })
	case event.BatchCompleted:
		s.changeBatch(e.Batch, func(b *Batch) {
			b.Status, b.Completed, b.Processing, b.Delay = Done, e.Time.UnixMilli(), e.ProcessingTime, e.SchedulingDelay
			if e.Failed > 0 {
				b.Status = Failed
			} else {
				s.Totals.Processed += b.Rows
			}
		})
	case event.BatchNotGenerated:
		s.changeBatch(e.Batch, func(b *Batch) { b.Status, b.Error = Failed, e.Error })
	case event.OutputCompleted:
		if e.Error != "" {
			s.changeBatch(e.Batch, func(b *Batch) { b.Error = e.Error })
		}
	case event.InputLost:
		s.changeBatch(e.Batch, func(b *Batch) { b.Lost += e.Rows })
		s.Totals.Lost += e.Rows
	}
}

// changeBatch changes a batch; one that nobody has formed (a program that recovers) is
// made.
func (s *State) changeBatch(at int64, change func(*Batch)) {
	i := slices.IndexFunc(s.Batches, func(b Batch) bool { return b.Time == at })
	if i < 0 {
		s.Batches = append(s.Batches, Batch{Time: at})
		i = len(s.Batches) - 1
	}
	change(&s.Batches[i])
}
