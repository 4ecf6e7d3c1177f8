package receiving

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// say takes in a sentence about a step.
type say func(message.Text, message.Facts)

// Why explains the step that led to a position: what happened, in its order, then the
// sums.
func (t *Timeline) Why(position int, l message.Language) []string {
	if position == 0 {
		return []string{atStart.Fill(l, message.Facts{"batches": t.Batches()})}
	}
	from := t.Previous(ByEvent, position)
	s := t.At(from)
	var all, sums []string
	tell := func(m message.Text, f message.Facts) { all = append(all, m.Fill(l, f)) }
	add := func(m message.Text, f message.Facts) { sums = append(sums, m.Fill(l, f)) }
	blocks, rows := 0, int64(0)
	lost := losses{}
	for i, e := range t.facts[from:position] {
		switch e := e.(type) {
		case event.InputBlockAdded:
			blocks, rows = blocks+1, rows+e.Rows
		case event.InputLost:
			lost.add(&s, e)
		case event.OutputRows:
			tellResult(e, add)
		case event.ExecutorLost:
			f := s.lostWith(e.Executor, t.facts[from+i+1:])
			f["executor"], f["error"] = e.Executor, Reason(e.Reason)
			tell(executorDies, f)
		}
		s.explain(e, tell)
		_ = s.apply(e) // New has taken in all of them
		if done, is := e.(event.BatchCompleted); is {
			s.tellTasks(done.Batch, add)
		}
	}
	lost.tell(&s, tell)
	if blocks > 0 {
		add(blocksStored, message.Facts{"blocks": blocks, "rows": rows})
	}
	if all = append(all, sums...); len(all) == 0 {
		s.explainFine(t.facts[position-1], tell) // between two stops
	}
	return all
}

// explainFine says what a fact means that no step ends with.
func (s *State) explainFine(e event.Event, tell say) {
	switch e := e.(type) {
	case event.ExecutorAdded:
		tell(executorJoins, message.Facts{"executor": e.Executor, "cores": e.Cores})
	case event.TaskStart:
		tell(taskStarts, message.Facts{"executor": e.Executor, "partition": e.Partition, "stage": e.Stage})
	case event.TaskEnd:
		w := taskEnds
		if e.Status != event.Succeeded {
			w = taskFails
		}
		tell(w, message.Facts{"executor": e.Executor, "partition": e.Partition, "stage": e.Stage})
	case event.InputBlockStored:
		tell(blockKept, message.Facts{"executor": e.Executor, "stream": e.Stream, "block": s.Seconds(int64(e.Block)), "rows": e.Rows})
	case event.InputBlockDropped:
		tell(blockDropped, message.Facts{"executor": e.Executor, "stream": e.Stream, "block": s.Seconds(int64(e.Block)), "left": e.Left})
	case event.BatchSubmitted:
		tell(jobsReady, message.Facts{"at": s.Seconds(e.Batch)})
	case event.OutputStarted:
		tell(outputStarts, message.Facts{"at": s.Seconds(e.Batch), "output": e.Output})
	case event.StreamingCheckpoint:
		tell(checkpointWritten, message.Facts{"at": s.Seconds(e.Batch)})
	}
}

// losses adds up what batches go without.
type losses struct {
	batches []int64
	rows    map[int64]int64
	blocks  map[int64]int
	from    map[int64][]string
	missed  int64
	windows []string
}

func (k *losses) add(s *State, e event.InputLost) {
	if b := s.Batch(e.Batch); b != nil && b.Times > 0 {
		k.missed += e.Rows
		if name := s.Name(e.Batch); !slices.Contains(k.windows, name) {
			k.windows = append(k.windows, name)
		}
		return
	}
	if k.rows == nil {
		k.rows, k.blocks, k.from = map[int64]int64{}, map[int64]int{}, map[int64][]string{}
	}
	if !slices.Contains(k.batches, e.Batch) {
		k.batches = append(k.batches, e.Batch)
	}
	k.rows[e.Batch] += e.Rows
	k.blocks[e.Batch]++
	if name := fmt.Sprintf("R%d", e.Stream); !slices.Contains(k.from[e.Batch], name) {
		k.from[e.Batch] = append(k.from[e.Batch], name)
	}
}

func (k *losses) tell(s *State, tell say) {
	for _, at := range k.batches {
		tell(inputLost, message.Facts{"at": s.Seconds(at), "blocks": k.blocks[at], "rows": k.rows[at], "from": strings.Join(k.from[at], ", ")})
	}
	switch {
	case len(k.batches) > 0 && s.Deaths > 0:
		tell(logWouldSave, nil)
	case len(k.batches) > 0:
		tell(wouldSave, nil)
	}
	if k.missed > 0 {
		tell(windowLacks, message.Facts{"rows": k.missed, "list": strings.Join(k.windows, ", ")})
	}
}

// Name is a batch's name: its seconds after the start.
func (s *State) Name(at int64) string { return fmt.Sprintf("%g s", s.Seconds(at)) }

// lostWith counts the blocks that an executor took along, told just after its loss,
// and those of them that nobody else has.
func (s *State) lostWith(executor string, after []event.Event) message.Facts {
	held, waiting, only := 0, 0, 0
	for _, e := range after {
		dropped, is := e.(event.InputBlockDropped)
		if !is || dropped.Executor != executor {
			break
		}
		held++
		block, _ := s.Block(BlockID{dropped.Stream, dropped.Block})
		if b := s.Batch(block.Batch); b != nil && b.Status == Done {
			continue
		}
		waiting++
		if dropped.Left == 0 && !block.Logged {
			only++
		}
	}
	return message.Facts{"blocks": held, "waiting": waiting, "only": only}
}

// shownRows is how many rows of a result a sentence has.
const shownRows = 6

func tellResult(e event.OutputRows, tell say) {
	if e.Count == 0 {
		tell(batchEmpty, message.Facts{"action": e.Action})
		return
	}
	var parts []string
	for _, row := range e.Rows[:min(len(e.Rows), shownRows)] {
		parts = append(parts, strings.Join(row, " "))
	}
	if e.Count > len(parts) || e.More {
		parts = append(parts, "…")
	}
	tell(batchResult, message.Facts{"rows": e.Count, "action": e.Action, "list": message.Both(strings.Join(parts, " ; "), strings.Join(parts, "; "))})
}

// tellTasks says who did the work of a batch.
func (s *State) tellTasks(at int64, tell say) {
	b := s.Batch(at)
	if b == nil || len(b.Tasks) == 0 {
		return
	}
	var parts []string
	for _, share := range b.Tasks {
		parts = append(parts, fmt.Sprintf("%s %d", share.Executor, share.Tasks))
	}
	tell(batchTasks, message.Facts{"list": strings.Join(parts, " · ")})
}

// explain says what a fact means to someone who knows s, the state before it.
func (s *State) explain(e event.Event, tell say) {
	switch e := e.(type) {
	case event.StreamingStart:
		s.explainStart(e, tell)
	case event.DriverLost:
		s.explainDeath(tell)
	case event.StreamingEnd:
		if e.Error == "" {
			tell(programEnds, nil)
		} else {
			tell(programFails, message.Facts{"error": Reason(e.Error)})
		}
	case event.StreamingStalled:
		tell(stalled, message.Facts{"error": Reason(e.Reason)})
	case event.ReceiverStarted:
		w := receiverStarts
		if slices.ContainsFunc(s.Receivers, func(r Receiver) bool { return r.Stream == e.Stream && r.Starts > 0 }) {
			w = receiverAgain
		}
		tell(w, message.Facts{"name": e.Name, "executor": e.Executor})
	case event.ReceiverStopped:
		tell(receiverStops, message.Facts{"stream": e.Stream, "executor": e.Executor, "error": Reason(e.Message)})
	case event.ReceiverError:
		tell(receiverSays, message.Facts{"stream": e.Stream, "error": Reason(e.Message)})
	case event.RateChanged:
		tell(rateChanged, message.Facts{"stream": e.Stream, "rate": e.Rate})
	default:
		s.explainBatch(e, tell)
	}
}

func (s *State) explainStart(e event.StreamingStart, tell say) {
	switch {
	case s.Program.BatchDuration == 0 || s.Over:
		tell(programStarts, message.Facts{"batch": float64(e.BatchDuration) / 1000, "block": e.BlockInterval})
	case len(e.Recovered) == 0:
		tell(driverAfresh, nil)
	default:
		var names []string
		for _, at := range e.Recovered {
			names = append(names, s.Name(at))
		}
		tell(driverBack, message.Facts{"list": strings.Join(names, ", "), "away": e.Time.Sub(s.Now).Seconds()})
	}
}

func (s *State) explainDeath(tell say) {
	cut, logged, gone := 0, 0, 0
	without := []int64{0} // the batches, and none, whose blocks are still to be processed
	for b := range s.Batches.All() {
		if b.Status != Done {
			without = append(without, b.Time)
		}
		if b.Status != Done && b.Status != Failed {
			cut++
		}
	}
	for _, at := range without {
		for block := range s.blocks(at) {
			switch {
			case block.Counted || !block.Known:
			case block.Logged:
				logged++
			default:
				gone++
			}
		}
	}
	tell(driverDies, message.Facts{"cut": cut, "logged": logged, "gone": gone})
}

func (s *State) explainBatch(e event.Event, tell say) {
	switch e := e.(type) {
	case event.BatchFormed:
		rows, blocks := int64(0), 0
		for _, in := range e.Inputs {
			rows, blocks = rows+in.Records, blocks+len(in.Blocks)
		}
		w := batchDue
		if s.Batch(e.Batch) != nil {
			w = batchDueAgain
		}
		tell(w, message.Facts{"at": s.Seconds(e.Batch), "rows": rows, "blocks": blocks})
		if n := s.Unfinished(e.Batch); n > 0 {
			tell(batchQueued, message.Facts{"waiting": n})
		}
	case event.BatchStarted:
		tell(batchStarts, message.Facts{"at": s.Seconds(e.Batch), "delay": e.SchedulingDelay})
	case event.BatchCompleted:
		if e.Failed > 0 {
			return // OutputCompleted has said why
		}
		w := batchDone
		if e.ProcessingTime > s.Program.BatchDuration {
			w = batchSlow
		}
		tell(w, message.Facts{"at": s.Seconds(e.Batch), "processing": e.ProcessingTime, "batch": s.Program.BatchDuration})
		if b := s.Batch(e.Batch); b != nil && b.Times > 0 {
			tell(batchTwice, nil)
		}
	case event.BatchNotGenerated:
		tell(batchFails, message.Facts{"at": s.Seconds(e.Batch), "error": Reason(e.Error)})
	case event.OutputCompleted:
		if e.Error != "" {
			tell(batchFails, message.Facts{"at": s.Seconds(e.Batch), "error": Reason(e.Error)})
		}
	}
}
