package engine

import (
	"io"
	"os"
	"sync"
	"time"

	"etincelle/engine/event"
)

// console shows the progress of long jobs on a terminal: one line, written again
// each second while a job runs and erased when it is over. Between jobs it holds
// no goroutine and no timer.
type console struct {
	out     io.Writer
	english bool
	now     func() time.Time
	ticks   func(tick func()) (stop func()) // calls tick once a second

	stop func() // touched by hear alone, which the bus calls one at a time

	mu       sync.Mutex // never held while out is written: a terminal that waits must not stop tasks
	progress progress

	writing sync.Mutex
	shown   bool
}

const eraseLine = "\r\x1b[K"

func newConsole(s settings) *console {
	return &console{out: os.Stderr, english: inEnglish(os.Getenv), now: s.clock.Now, ticks: everySecond}
}

// hear takes in one event.
func (c *console) hear(e event.Event) {
	c.mu.Lock()
	before := c.progress.running
	c.progress.hear(e)
	after := c.progress.running
	c.mu.Unlock()
	switch {
	case after && !before:
		c.stop = c.ticks(c.tick)
	case before && !after:
		c.stop()
		c.clear()
	}
}

// tick writes the line of this moment. One that comes late, after the job, finds
// nothing to say.
func (c *console) tick() {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.mu.Lock()
	line := c.progress.line(c.now(), c.english)
	c.mu.Unlock()
	if line != "" {
		c.write(eraseLine + line)
		c.shown = true
	}
}

func (c *console) clear() {
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.shown {
		c.write(eraseLine)
		c.shown = false
	}
}

func (c *console) write(text string) {
	_, _ = io.WriteString(c.out, text) // a terminal that is gone has nobody to tell
}

// everySecond calls tick from a goroutine of its own until stop is called.
func everySecond(tick func()) (stop func()) {
	over := make(chan struct{})
	ticker := time.NewTicker(time.Second)
	go func() {
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				tick()
			case <-over:
				return
			}
		}
	}()
	return func() { close(over) }
}

// isTerminal reports whether f is a screen with someone before it, who can read a
// line written over another. A module would know better (some devices are no
// terminal, and nobody reads them either); every student's program would link it.
func isTerminal(f *os.File) bool {
	found, err := f.Stat()
	if err != nil || found.Mode()&os.ModeCharDevice == 0 || os.Getenv("TERM") == "dumb" {
		return false
	}
	none, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(found, none)
}
