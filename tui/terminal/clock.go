package terminal

import (
	"context"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// Tick is the key that a clock presses; no keyboard has it.
const Tick = tcell.KeyF64

// lastSeen is the last key that a keyboard may have: those after it are pressed by
// what works beside a screen.
const lastSeen = tcell.KeyF60

// Clock presses a key with the computer's time.
type Clock struct {
	press  func()
	cancel context.CancelFunc
}

// NewClock is the clock of an application that presses Tick; it stands still.
func NewClock(app *tview.Application) *Clock { return NewClockOf(app, Tick) }

// NewClockOf is one that presses another key.
func NewClockOf(app *tview.Application, key tcell.Key) *Clock {
	return &Clock{press: func() { app.QueueEvent(tcell.NewEventKey(key, 0, tcell.ModNone)) }}
}

// Start makes it tick so many times in a second, in the place of what it did.
func (c *Clock) Start(perSecond int) {
	c.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel = cancel
	go func() {
		ticks := time.NewTicker(time.Second / time.Duration(perSecond))
		defer ticks.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticks.C:
				c.press()
			}
		}
	}()
}

// Stop makes it stand still.
func (c *Clock) Stop() {
	if c.cancel != nil {
		c.cancel()
		c.cancel = nil
	}
}
