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
		s.start(e)
	case event.DriverLost:
		s.driverDies()
	case event.StreamingCheckpoint:
		s.Saved = e
	case event.StreamingEnd:
		s.Over = true
		if e.Error != "" {
			s.Problem = e.Error // else what kept batches from being processed stays known
		}
	case event.StreamingStalled:
		s.Problem = e.Reason
	case event.ExecutorAdded:
		s.executor(e.Executor, func(x *Executor) { *x = Executor{Name: e.Executor, Cores: e.Cores} })
	case event.ExecutorLost:
		s.executor(e.Executor, func(x *Executor) { x.Lost, x.Reason, x.Busy = true, e.Reason, 0 })
	case event.TaskStart:
		s.executor(e.Executor, func(x *Executor) { x.Busy++ })
	case event.TaskEnd:
		s.taskEnds(e)
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
		if s.Blocks.n >= maxBlocks {
			return fmt.Errorf("more than %d blocks", maxBlocks)
		}
		s.block(e)
	default:
		s.batch(e)
	}
	return nil
}

// start begins a program, or goes on with that of a driver that died.
func (s *State) start(e event.StreamingStart) {
	switch {
	case s.Program.BatchDuration == 0 || s.Over:
		s.Receivers, s.Batches, s.Saved = nil, Batches{mine: s.Batches.mine}, event.StreamingCheckpoint{}
	case !s.Dead: // recorded before deaths were told
		executors := s.Executors // those of the next driver have joined
		s.driverDies()
		s.Executors = executors
	}
	s.Program, s.Over, s.Dead, s.Problem = e, false, false, ""
}

// driverDies takes away all that is not on disk: executors, what they hold, receivers,
// what the driver knows of blocks that are part of no batch yet.
func (s *State) driverDies() {
	s.Dead, s.Deaths = true, s.Deaths+1
	for i := range s.Executors {
		s.Executors[i] = Executor{Name: s.Executors[i].Name, Cores: s.Executors[i].Cores, Lost: true, Reason: DriverDied}
	}
	for i := range s.Receivers {
		s.Receivers[i].Runs, s.Receivers[i].Message = false, DriverDied
	}
	for b := range s.blocks(0) { // nobody holds it any more, nor any other
		if b.Lost() {
			s.loses(&b)
			s.putBlock(b)
		}
	}
	for b := range s.Batches.All() {
		if b.Status != Done && b.Status != Failed && (b.Status != CutOff || b.Started != 0) {
			s.Batches.change(b.Time, func(b *Batch) { b.Status, b.Started = CutOff, 0 })
		}
	}
}

// loses counts a block among the lost, once.
func (s *State) loses(b *Block) {
	if !b.Counted && b.Known {
		b.Counted = true
		s.Totals.Lost += b.Rows
	}
}

func (s *State) taskEnds(e event.TaskEnd) {
	s.executor(e.Executor, func(x *Executor) {
		x.Busy = max(x.Busy-1, 0)
		if e.Status == event.Succeeded {
			x.Tasks++
		}
	})
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
	case event.DriverLost:
		at = e.Time
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
	b, _ := s.Block(BlockID{stream, number})
	change(&b)
	s.putBlock(b)
}

func (s *State) putBlock(b Block) {
	b.life = s.Deaths
	s.Blocks.put(b)
}

// batch takes in what happens to a batch.
func (s *State) batch(e event.Event) {
	switch e := e.(type) {
	case event.BatchFormed:
		s.changeBatch(e.Batch, func(b *Batch) { b.Status, b.Inputs, b.Rows, b.Waiting = Formed, e.Inputs, 0, s.Unfinished(e.Batch) })
		for _, in := range e.Inputs {
			s.changeBatch(e.Batch, func(b *Batch) { b.Rows += in.Records })
			for _, number := range in.Blocks {
				s.changeBlock(in.Stream, number, func(b *Block) { b.Batch = e.Batch })
			}
		}
	case event.BatchSubmitted:
		s.changeBatch(e.Batch, func(b *Batch) {
			b.Status, b.Rows = Waiting, max(b.Rows, e.InputSize) // one that runs again was counted before
		})
	case event.BatchStarted:
		for i := range s.Executors {
			s.Executors[i].Tasks = 0
		}
		s.changeBatch(e.Batch, func(b *Batch) {
			b.Status, b.Started, b.Completed, b.Delay, b.Results = Running, e.Time.UnixMilli(), 0, e.SchedulingDelay, nil
		})
	case event.OutputRows:
		s.changeBatch(e.Batch, func(b *Batch) { b.Results = append(slices.Clip(b.Results), e) })
	case event.BatchCompleted:
		s.changeBatch(e.Batch, func(b *Batch) { s.completed(b, e) })
	case event.BatchNotGenerated:
		s.changeBatch(e.Batch, func(b *Batch) { b.Status, b.Error = Failed, e.Error })
	case event.OutputCompleted:
		if e.Error != "" {
			s.changeBatch(e.Batch, func(b *Batch) { b.Error = e.Error })
		}
	case event.InputLost:
		s.inputLost(e)
	}
}

// completed ends a batch.
func (s *State) completed(b *Batch, e event.BatchCompleted) {
	b.Status, b.Completed, b.Processing, b.Delay = Done, e.Time.UnixMilli(), e.ProcessingTime, e.SchedulingDelay
	b.Tasks = nil
	for _, x := range s.Executors {
		if x.Tasks > 0 {
			b.Tasks = append(b.Tasks, Share{x.Name, x.Tasks})
		}
	}
	if e.Failed > 0 {
		b.Status = Failed
		return
	}
	if b.Times++; b.Times > 1 {
		s.Totals.Twice += b.Read()
		return
	}
	s.Totals.Processed += b.Read()
}

// inputLost takes in that rows of a batch are nowhere any more: they were processed
// before, or never will be.
func (s *State) inputLost(e event.InputLost) {
	s.changeBlock(e.Stream, e.Block, func(block *Block) {
		s.changeBatch(e.Batch, func(b *Batch) {
			if b.Times > 0 {
				b.Missed += e.Rows
				s.Totals.Missed += e.Rows
				return
			}
			b.Lost += e.Rows
			block.Rows, block.Known = e.Rows, true
			s.loses(block)
		})
	})
}

// changeBatch changes a batch; one that nobody has formed (a program that recovers) is
// made.
func (s *State) changeBatch(at int64, change func(*Batch)) {
	s.Batches.change(at, change)
}
