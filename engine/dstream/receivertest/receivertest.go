// Package receivertest is what a receiver of the program's own must be able to do, as a
// suite that runs it against a real server and a real session:
//
//	func TestLines(t *testing.T) {
//		receivertest.Run(t, receivertest.Subject{
//			Make:     func(address string) dstream.CustomReceiver[string] { return &lines{address: address} },
//			Reliable: true,
//		})
//	}
//
// The server speaks the language of `etincelle source tcp --ack`: a line is its number, a
// tab and its text; "ack 7" acknowledges the lines up to 7; who connects again is sent
// what it has not acknowledged. A receiver stores the texts. One that is not reliable
// need not acknowledge: its server forgets a line as it sends it.
package receivertest

import (
	"fmt"
	"testing"
	"time"

	"etincelle/engine/dstream"
)

// Subject is the receiver under test.
type Subject struct {
	// Make makes one that connects to address, "127.0.0.1:40000".
	Make func(address string) dstream.CustomReceiver[string]
	// Reliable says that it acknowledges a line when it is stored, and not before.
	Reliable bool
}

// Finding is one requirement, and how the subject does not meet it.
type Finding struct {
	Requirement string // "stops within a second"
	Problem     string // "" when it is met
}

// Check runs the whole suite: some seconds by the computer's clock.
func Check(s Subject) []Finding {
	var all []Finding
	for _, r := range requirements(s.Reliable) {
		f := Finding{Requirement: r.name}
		if err := r.met(s); err != nil {
			f.Problem = err.Error()
		}
		all = append(all, f)
	}
	return all
}

// Run is Check as tests, one a requirement.
func Run(t *testing.T, s Subject) {
	t.Helper()
	for _, r := range requirements(s.Reliable) {
		t.Run(r.name, func(t *testing.T) {
			if err := r.met(s); err != nil {
				t.Error(err)
			}
		})
	}
}

// requirement is one of them, and the check.
type requirement struct {
	name string
	met  func(Subject) error
}

func requirements(reliable bool) []requirement {
	all := []requirement{
		{"stores what it receives", storesWhatItReceives},
		{"stops within a second", stopsWithinASecond},
		{"leaks no goroutine", leaksNoGoroutine},
		{"survives a broken connection", survivesABrokenConnection},
		{"survives the death of its executor", survivesItsExecutor},
		{"respects the rate", respectsTheRate},
	}
	if reliable {
		all = append(all, requirement{"loses nothing after an acknowledgement", losesNothing})
	}
	return all
}

// storesWhatItReceives: fifty lines arrive, once each.
func storesWhatItReceives(s Subject) error {
	l, err := open(s, 0)
	if err != nil {
		return err
	}
	defer l.close()
	l.server.offer(50)
	if err := l.awaitRows(50); err != nil {
		return err
	}
	for n := range 50 {
		if times := l.times(text(int64(n))); times != 1 {
			return fmt.Errorf("line %q was stored %d times; nothing went wrong, so once was expected", text(int64(n)), times)
		}
	}
	return nil
}

// stopsWithinASecond: OnStart and OnStop return, and nothing is stored afterwards.
func stopsWithinASecond(s Subject) error {
	l, err := open(s, 0)
	if err != nil {
		return err
	}
	defer l.close()
	if l.starting > time.Second {
		return fmt.Errorf("OnStart took %s: it must start a goroutine that receives, and return", l.starting.Round(time.Millisecond))
	}
	l.server.offer(10)
	if err := l.awaitRows(10); err != nil {
		return err
	}
	began := time.Now()
	l.context.Stop()
	if took := time.Since(began); took > time.Second {
		return fmt.Errorf("stopping took %s: OnStop must have what OnStart started end at once, by closing what it waits on", took.Round(time.Millisecond))
	}
	return nil
}

// leaksNoGoroutine: a second after OnStop all goroutines of the receiver are gone.
func leaksNoGoroutine(s Subject) error {
	l, err := open(s, 0)
	if err != nil {
		return err
	}
	defer l.close()
	l.server.offer(10)
	if err := l.awaitRows(10); err != nil {
		return err
	}
	l.context.Stop()
	if left := l.awaitGoroutines(); left != "" {
		return fmt.Errorf("a second after OnStop a goroutine that OnStart started still runs: have it end when a read fails or IsStopped. It is\n%s", left)
	}
	return nil
}

// survivesABrokenConnection: it connects again and goes on.
func survivesABrokenConnection(s Subject) error {
	l, err := open(s, 0)
	if err != nil {
		return err
	}
	defer l.close()
	l.server.offer(20)
	if err := l.awaitRows(20); err != nil {
		return err
	}
	l.server.cut()
	l.server.offer(20)
	if err := l.awaitRows(40); err != nil {
		return fmt.Errorf("after the connection broke: %w. Call Restart when a read or a write fails", err)
	}
	return nil
}

// survivesItsExecutor: another one made for another executor goes on.
func survivesItsExecutor(s Subject) error {
	l, err := open(s, 0)
	if err != nil {
		return err
	}
	defer l.close()
	l.server.offer(20)
	if err := l.awaitRows(20); err != nil {
		return err
	}
	l.killReceiver()
	l.server.offer(20)
	if err := l.awaitRows(40); err != nil {
		return fmt.Errorf("after its executor died: %w. What a receiver needs must be made in OnStart", err)
	}
	return nil
}

const (
	slowRate = 100 // rows a second
	slowFor  = 1500 * time.Millisecond
)

// respectsTheRate: with far more lines than it may store, it stores no more than that.
func respectsTheRate(s Subject) error {
	l, err := open(s, slowRate)
	if err != nil {
		return err
	}
	defer l.close()
	l.server.offer(5000)
	began := time.Now()
	time.Sleep(slowFor)
	stored, took := l.stored(), time.Since(began)
	most := int64(1.3*slowRate*took.Seconds()) + slowRate/2
	if stored > most {
		return fmt.Errorf("%d rows were stored in %s where %d a second were allowed: Store waits by itself; before StoreBlock call Acquire", stored, took.Round(time.Millisecond), slowRate)
	}
	if stored == 0 {
		return fmt.Errorf("nothing was stored in %s where %d rows a second were allowed", took.Round(time.Millisecond), slowRate)
	}
	return nil
}

// losesNothing: executors die and connections break while lines come, and every line
// that was acknowledged is in the output.
func losesNothing(s Subject) error {
	l, err := open(s, 0)
	if err != nil {
		return err
	}
	defer l.close()
	for round := range 4 {
		l.server.offer(200)
		time.Sleep(60 * time.Millisecond)
		if round%2 == 0 {
			l.killReceiver()
		} else {
			l.server.cut()
			l.server.awaitClient(1)
		}
	}
	if err := l.awaitAcks(800); err != nil {
		return err
	}
	l.context.StopGracefully()
	for n := range l.server.acknowledged() {
		if l.times(text(n)) == 0 {
			return fmt.Errorf("line %q was acknowledged and is not in the output: acknowledge after StoreBlock has returned without an error", text(n))
		}
	}
	return nil
}
