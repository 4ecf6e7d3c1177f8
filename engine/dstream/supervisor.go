package dstream

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/storage"
)

// supervisor is the life of one receiver on one executor. It starts and stops the
// receiver, cuts its rows into blocks, stores them, and reports them to the driver.
type supervisor struct {
	c        *Context
	stream   *receiverStream
	executor string
	resident residentReceiver
	limit    *limiter
	release  func() // gives the core back
	over     func() // told once, when the receiver is not coming back by itself

	mu        sync.Mutex
	state     receiverState
	done      chan struct{} // closed while the receiver should not run
	stopTimer func()
	pushing   sync.Mutex // one block of the generator's at a time, in order
}

// receiverState orders a receiver's states: each comes after the ones before it, but for
// a restart.
type receiverState int

const (
	receiverWaits   receiverState = iota // for OnStart, at first or in a restart
	receiverRuns                         // set before OnStart is called
	receiverStopped                      // for good
	receiverDead                         // its executor is gone
)

// patience is how long OnStart may take before the program is told, by the computer's
// clock: a function of the program's own cannot be interrupted.
const patience = 3 * time.Second

// start calls OnStart.
func (s *supervisor) start() {
	s.mu.Lock()
	if s.state != receiverWaits {
		s.mu.Unlock()
		return
	}
	s.state, s.done = receiverRuns, make(chan struct{})
	s.mu.Unlock()
	s.c.core.Emit(event.ReceiverStarted{Time: s.c.clock.Now(), Stream: s.stream.number, Name: s.stream.receiverName(), Executor: s.executor})
	returned := make(chan error, 1)
	go func() {
		returned <- attempt(func() error {
			s.resident.start()
			return nil
		})
	}()
	select {
	case err := <-returned:
		if err != nil {
			s.failedToStart(err)
		}
		if m, manual := s.c.clock.(*clock.Manual); manual {
			m.Settle() // what it can receive now comes before whatever the driver does next
		}
	case <-clock.System{}.After(patience):
		s.reportError("OnStart has not returned: it must start a goroutine that receives, and return", nil)
	}
}

// failedToStart stops a receiver whose OnStart has panicked, and starts it again after a
// while: at once would be for ever.
func (s *supervisor) failedToStart(err error) {
	s.reportError(fmt.Sprintf("Error starting receiver %d", s.stream.number), err)
	s.restart(fmt.Sprintf("Error starting receiver %d", s.stream.number), err)
}

// generate cuts a block at each block interval, for as long as the receiver lives.
func (s *supervisor) generate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state >= receiverStopped {
		return
	}
	interval := millis(s.c.blockInterval)
	now := TimeOf(s.c.receiverClock.Now())
	wait := ms(batchAfter(now, 0, interval) - now)
	s.stopTimer = s.c.receiverClock.AfterFunc(wait.duration(), func() {
		s.flush()
		s.generate()
	})
}

// flush makes a block of the rows gathered so far.
func (s *supervisor) flush() {
	s.pushing.Lock()
	defer s.pushing.Unlock()
	block, rows := s.resident.cut()
	if rows == 0 {
		return
	}
	if err := s.push(block, rows); err != nil {
		s.reportError("Error in block pushing", err)
	}
}

// push stores a block where its level and the log say, and tells the driver of it.
func (s *supervisor) push(block storage.Block, rows int) error {
	received := receivedBlock{Stream: s.stream.number, Block: s.c.tracker.number(s.stream.number), Rows: int64(rows)}
	if s.c.log {
		data, err := block.Encode()
		if err != nil {
			return err
		}
		at, err := s.c.receivers.logOf(s.stream.number).append(data, TimeOf(s.c.clock.Now()))
		if err != nil {
			return err
		}
		below, err := filepath.Rel(s.c.checkpointDir, at.Path)
		if err != nil {
			return err
		}
		at.Path, received.Log = below, &at
		block.Bytes, block.Values, block.Size = data, nil, int64(len(data))
	}
	holders, err := s.c.core.PutInput(s.executor, received.id(), block, s.stream.level)
	if err != nil {
		return err
	}
	if len(holders) == 0 && received.Log == nil {
		return &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf(
			"Could not store %s to block manager with storage level %s: there is no room on %s, or it is gone", received.id(), s.stream.level, s.executor)}
	}
	if s.is(receiverDead) {
		return errDead(s.executor)
	}
	return s.c.tracker.add(received)
}

func errDead(executor string) error {
	return fmt.Errorf("the receiver's executor %s is gone: nothing that it stores counts", executor)
}

// errStopped says that a receiver is not to store any more.
var errStopped = errors.New("the receiver is stopped")

func (s *supervisor) is(state receiverState) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state == state
}

// usable is the error of storing with a receiver that does not run.
func (s *supervisor) usable() error {
	if s == nil {
		return errors.New("a receiver cannot store before it is started: ReceiverStream starts it")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch s.state {
	case receiverRuns:
		return nil
	case receiverDead:
		return errDead(s.executor)
	}
	return errStopped
}

// doneNow is closed when the receiver that runs now should end.
func (s *supervisor) doneNow() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done
}

// acquire waits until n rows may be stored.
func (s *supervisor) acquire(n int) error {
	if err := s.usable(); err != nil {
		return err
	}
	s.limit.acquire(n, s.doneNow())
	return s.usable()
}

// halt takes the receiver out of its running state, if it is there, and has it end.
func (s *supervisor) halt(to receiverState) bool {
	s.mu.Lock()
	was := s.state
	if was >= receiverStopped {
		s.mu.Unlock()
		return false
	}
	s.state = to
	if was == receiverRuns {
		close(s.done)
	}
	if to >= receiverStopped && s.stopTimer != nil {
		s.stopTimer()
	}
	s.mu.Unlock()
	return was == receiverRuns
}

// callStop calls OnStop.
func (s *supervisor) callStop() {
	err := attempt(func() error {
		s.resident.stop()
		return nil
	})
	if err != nil {
		s.reportError(fmt.Sprintf("Error stopping receiver %d", s.stream.number), err)
	}
}

func (s *supervisor) tellStopped(message string, cause error) {
	s.c.core.Emit(event.ReceiverStopped{Time: s.c.clock.Now(), Stream: s.stream.number, Executor: s.executor, Message: message, Error: textOf(cause)})
}

// restart stops the receiver and starts it again after the delay, on another goroutine:
// the one that calls is the receiver's own.
func (s *supervisor) restart(message string, cause error) {
	s.c.receiverClock.AfterFunc(0, func() {
		if !s.halt(receiverWaits) {
			return
		}
		s.callStop()
		delay := s.c.restartDelay
		s.tellStopped(fmt.Sprintf("Restarting receiver with delay %dms: %s", delay.Milliseconds(), message), cause)
		s.c.receiverClock.AfterFunc(delay, s.start)
	})
}

// stopItself stops the receiver for good because it asked; the driver starts another.
func (s *supervisor) stopItself(message string, cause error) {
	s.c.receiverClock.AfterFunc(0, func() {
		if s.stop(message, cause) {
			s.over()
		}
	})
}

// stop stops the receiver for good; what it has gathered is stored first.
func (s *supervisor) stop(message string, cause error) bool {
	ran := s.halt(receiverStopped)
	if !ran {
		return false
	}
	s.callStop()
	s.flush()
	s.tellStopped(message, cause)
	s.release()
	return true
}

// lost is told when the executor dies. Whatever the receiver held is gone; OnStop is
// called, for the machine's death would close what it has open, too.
func (s *supervisor) lost() {
	if s.halt(receiverDead) {
		go s.callStop()
	}
	s.tellStopped("executor "+s.executor+" is lost", nil)
	s.over()
}

func (s *supervisor) reportError(message string, cause error) {
	s.c.core.Emit(event.ReceiverError{Time: s.c.clock.Now(), Stream: s.stream.number, Executor: s.executor, Message: message, Error: textOf(cause)})
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
