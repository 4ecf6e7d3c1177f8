package dstreamcase

import (
	"errors"
	"slices"
	"sync"

	"etincelle/engine"
	"etincelle/engine/dstream"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// scripted is a receiver that does what the case's script says before each batch.
type scripted struct {
	dstream.Receiver[Value]
	l *life
}

// OnStart implements dstream.CustomReceiver.
func (s *scripted) OnStart() { s.l.called("onStart", s) }

// OnStop implements dstream.CustomReceiver.
func (s *scripted) OnStop() { s.l.called("onStop", nil) }

// calls is what has been called of the receivers, and the one that was started last.
type calls struct {
	mu    sync.Mutex
	names []string
	last  *scripted
}

func (l *life) called(name string, by *scripted) {
	l.calls.mu.Lock()
	defer l.calls.mu.Unlock()
	l.calls.names = append(l.calls.names, name)
	if by != nil {
		l.calls.last = by
	}
}

func (l *life) receiverCalls() []string {
	l.calls.mu.Lock()
	defer l.calls.mu.Unlock()
	return slices.Clone(l.calls.names)
}

// receiver is the stream of a scripted receiver.
func receiver(l *life, step Step) (*rows, error) {
	level, ok := levels[step.Level]
	if !ok {
		return nil, report.NotBuilt{What: "level " + step.Level}
	}
	l.hasReceiver = true
	return dstream.ReceiverStream(l.context, func() dstream.CustomReceiver[Value] { return &scripted{l: l} }, level), nil
}

var levels = map[string]rdd.StorageLevel{
	"MEMORY_ONLY": rdd.MemoryOnly, "MEMORY_ONLY_SER": rdd.MemoryOnlySer, "MEMORY_ONLY_2": rdd.MemoryOnly2, "MEMORY_ONLY_SER_2": rdd.MemoryOnlySer2,
	"MEMORY_AND_DISK": rdd.MemoryAndDisk, "MEMORY_AND_DISK_SER": rdd.MemoryAndDiskSer, "MEMORY_AND_DISK_2": rdd.MemoryAndDisk2,
	"MEMORY_AND_DISK_SER_2": rdd.MemoryAndDiskSer2, "DISK_ONLY": rdd.DiskOnly, "DISK_ONLY_2": rdd.DiskOnly2,
}

// play has the receiver do what a script says.
func (l *life) play(r *runner, script []Action) error {
	for _, action := range script {
		l.calls.mu.Lock()
		one := l.calls.last
		l.calls.mu.Unlock()
		if one == nil {
			return errors.New("a script without a receiver that was started")
		}
		if err := l.act(r, one, action); err != nil {
			return err
		}
	}
	return nil
}

func (l *life) act(r *runner, one *scripted, action Action) error {
	switch {
	case action.One != nil:
		for _, v := range action.One {
			if err := one.Store(v); err != nil {
				return err
			}
		}
		l.pulse.Advance(r.conf.block) // what is stored later is another block
	case action.Many != nil:
		return one.StoreBlock(*action.Many)
	case action.Iterator != nil:
		return one.StoreBlock(*action.Iterator)
	case action.Report != nil:
		one.ReportError(*action.Report, nil)
	case action.Restart != nil:
		one.Restart(*action.Restart, nil)
		l.pulse.Advance(r.conf.delay)
	case action.Stop != nil:
		one.Stop(*action.Stop, nil)
		l.pulse.Advance(0)
	default:
		return report.NotBuilt{What: "an action of a receiver"}
	}
	return nil
}

// receiverEvents is what listeners were told of receivers.
func (l *life) receiverEvents() []string {
	events := []string{}
	for _, e := range l.heard.Events() {
		switch e := e.(type) {
		case event.ReceiverStarted:
			events = append(events, "started")
		case event.ReceiverStopped:
			events = append(events, "stopped: "+e.Message)
		case event.ReceiverError:
			events = append(events, "error: "+e.Message)
		}
	}
	return events
}

// blockLevels is where the blocks of a batch are kept, nil when it has none.
func (l *life) blockLevels(batch *set) []string {
	ids, ok := dstream.InputBlocks(l.context, batch)
	if !ok {
		return nil
	}
	all := []string{}
	for _, id := range ids {
		level := "absent"
		if len(engine.Inside(l.session).InputHolders(id)) > 0 {
			for _, e := range l.heard.Events() {
				if e, ok := e.(event.InputBlockStored); ok && e.Block == id.Partition && !e.Replica {
					level = e.Level
				}
			}
		}
		all = append(all, level)
	}
	return all
}
