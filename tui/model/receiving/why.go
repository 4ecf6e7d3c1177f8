package receiving

import (
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// The sentences about a step.
var (
	programStarts  = message.Both("Le programme commence : un lot toutes les {batch} s, un bloc toutes les {block} ms.", "The program starts: a batch each {batch} s, a block each {block} ms.")
	programEnds    = message.Both("Le programme s'arrête.", "The program stops.")
	programFails   = message.Both("Le programme s'arrête : {error}.", "The program stops: {error}.")
	stalled        = message.Both("Aucun lot n'est traité : {error}.", "No batch is processed: {error}.")
	receiverStarts = message.Both("Le récepteur {name} démarre sur {executor} et y prend un cœur.", "Receiver {name} starts on {executor} and takes a core there.")
	receiverAgain  = message.Both("Le récepteur {name} redémarre sur {executor} : ce qu'il n'avait pas encore mis dans un bloc est perdu.", "Receiver {name} starts again on {executor}: what it had not put into a block yet is lost.")
	receiverStops  = message.Both("Le récepteur {stream} s'arrête sur {executor} : {error}.", "Receiver {stream} stops on {executor}: {error}.")
	receiverSays   = message.Both("Le récepteur {stream} signale : {error}.", "Receiver {stream} reports: {error}.")
	executorDies   = message.Both("L'exécuteur {executor} meurt ({error}) : il tenait {blocks:bloc reçu|blocs reçus}, dont {only} sans autre copie ni journal.", "Executor {executor} dies ({error}): it held {blocks:received block|received blocks}, {only} of them without another copy or log.")
	blocksStored   = message.Both("{blocks:bloc reçu|blocs reçus} depuis le pas d'avant : {rows:ligne|lignes}.", "{blocks:block|blocks} received since the step before: {rows:row|rows}.")
	batchDue       = message.Both("Le lot {at} s est dû : {rows:ligne|lignes} en {blocks:bloc|blocs}, donc {blocks:tâche|tâches} à la première étape.", "Batch {at} s is due: {rows:row|rows} in {blocks:block|blocks}, so {blocks:task|tasks} in the first stage.")
	batchQueued    = message.Both("Il attend : {waiting:lot n'est pas fini|lots ne sont pas finis} avant lui.", "It waits: {waiting:batch is|batches are} not over before it.")
	batchStarts    = message.Both("Le lot {at} s commence, {delay} ms après son heure (délai d'ordonnancement).", "Batch {at} s starts, {delay} ms after its time (scheduling delay).")
	batchDone      = message.Both("Le lot {at} s est fini : {processing} ms de traitement pour un lot toutes les {batch} ms.", "Batch {at} s is over: {processing} ms of processing, and a batch comes each {batch} ms.")
	batchSlow      = message.Both("Le lot {at} s est fini : {processing} ms de traitement, plus que les {batch} ms entre deux lots. La file d'attente s'allonge : instable.", "Batch {at} s is over: {processing} ms of processing, more than the {batch} ms between batches. The queue grows: unstable.")
	batchFails     = message.Both("Le lot {at} s échoue : {error}.", "Batch {at} s fails: {error}.")
	inputLost      = message.Both("Le lot {at} s part sans le bloc reçu à {block} s par le récepteur {stream} : {rows:ligne perdue|lignes perdues}, plus personne ne le tient. Deux copies ou le journal (WAL) l'auraient sauvé.", "Batch {at} s goes without the block received at {block} s by receiver {stream}: {rows:row is|rows are} lost, nobody holds it. Two copies or the log (WAL) would have saved it.")
	rateChanged    = message.Both("Le récepteur {stream} peut stocker {rate} lignes par seconde.", "Receiver {stream} may store {rate} rows a second.")
	atStart        = message.Both("Rien ne s'est encore passé : n avance. {batches:lot|lots} en tout.", "Nothing has happened yet: n goes on. {batches:batch|batches} in all.")
)

// Why explains the step that led to a position.
func (t *Timeline) Why(position int, l message.Language) []string {
	if position == 0 {
		return []string{atStart.Fill(l, message.Facts{"batches": t.batches})}
	}
	from := t.Previous(ByEvent, position)
	s := t.At(from)
	var all []string
	say := func(m message.Text, f message.Facts) { all = append(all, m.Fill(l, f)) }
	blocks, rows := 0, int64(0)
	for i, e := range t.facts[from:position] {
		switch e := e.(type) {
		case event.InputBlockAdded:
			blocks, rows = blocks+1, rows+e.Rows
		case event.ExecutorLost:
			held, only := s.lostWith(e.Executor, t.facts[from+i+1:])
			say(executorDies, message.Facts{"executor": e.Executor, "error": cause(e.Reason), "blocks": held, "only": only})
		}
		s.explain(e, say)
		_ = s.apply(e) // New has taken in all of them
	}
	if blocks > 0 {
		say(blocksStored, message.Facts{"blocks": blocks, "rows": rows})
	}
	return all
}

// lostWith counts the blocks that an executor took along, told just after its loss,
// and those of them that nobody else has.
func (s *State) lostWith(executor string, after []event.Event) (held, only int) {
	for _, e := range after {
		dropped, is := e.(event.InputBlockDropped)
		if !is || dropped.Executor != executor {
			break
		}
		held++
		if dropped.Left == 0 && !s.Blocks[BlockID{dropped.Stream, dropped.Block}].Logged {
			only++
		}
	}
	return held, only
}

// explain says what a fact means to someone who knows s, the state before it.
func (s *State) explain(e event.Event, say func(message.Text, message.Facts)) {
	switch e := e.(type) {
	case event.StreamingStart:
		say(programStarts, message.Facts{"batch": float64(e.BatchDuration) / 1000, "block": e.BlockInterval})
	case event.StreamingEnd:
		if e.Error == "" {
			say(programEnds, nil)
		} else {
			say(programFails, message.Facts{"error": cause(e.Error)})
		}
	case event.StreamingStalled:
		say(stalled, message.Facts{"error": cause(e.Reason)})
	case event.ReceiverStarted:
		w := receiverStarts
		if slices.ContainsFunc(s.Receivers, func(r Receiver) bool { return r.Stream == e.Stream && r.Starts > 0 }) {
			w = receiverAgain
		}
		say(w, message.Facts{"name": e.Name, "executor": e.Executor})
	case event.ReceiverStopped:
		say(receiverStops, message.Facts{"stream": e.Stream, "executor": e.Executor, "error": cause(e.Message)})
	case event.ReceiverError:
		say(receiverSays, message.Facts{"stream": e.Stream, "error": cause(e.Message)})
	case event.RateChanged:
		say(rateChanged, message.Facts{"stream": e.Stream, "rate": e.Rate})
	case event.InputLost:
		say(inputLost, message.Facts{"at": s.Seconds(e.Batch), "block": s.Seconds(int64(e.Block)), "stream": e.Stream, "rows": e.Rows})
	default:
		s.explainBatch(e, say)
	}
}

func (s *State) explainBatch(e event.Event, say func(message.Text, message.Facts)) {
	switch e := e.(type) {
	case event.BatchFormed:
		rows, blocks := int64(0), 0
		for _, in := range e.Inputs {
			rows, blocks = rows+in.Records, blocks+len(in.Blocks)
		}
		say(batchDue, message.Facts{"at": s.Seconds(e.Batch), "rows": rows, "blocks": blocks})
	case event.BatchSubmitted:
		if e.Waiting > 0 {
			say(batchQueued, message.Facts{"waiting": e.Waiting})
		}
	case event.BatchStarted:
		say(batchStarts, message.Facts{"at": s.Seconds(e.Batch), "delay": e.SchedulingDelay})
	case event.BatchCompleted:
		w := batchDone
		if e.ProcessingTime > s.Program.BatchDuration {
			w = batchSlow
		}
		say(w, message.Facts{"at": s.Seconds(e.Batch), "processing": e.ProcessingTime, "batch": s.Program.BatchDuration})
	case event.BatchNotGenerated:
		say(batchFails, message.Facts{"at": s.Seconds(e.Batch), "error": cause(e.Error)})
	case event.OutputCompleted:
		if e.Error != "" {
			say(batchFails, message.Facts{"at": s.Seconds(e.Batch), "error": cause(e.Error)})
		}
	}
}

// cause is an error in the middle of a sentence: without its full stop.
func cause(err string) string { return strings.TrimSuffix(strings.TrimSpace(err), ".") }
