package engine

import (
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// TrialVariable is event.TrialVariable.
const TrialVariable = event.TrialVariable

// trialOf reads what a screen has changed; a text that is no trial is told and changes
// nothing.
func trialOf(text string) event.Trial {
	var t event.Trial
	if text == "" {
		return t
	}
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		fmt.Fprintf(os.Stderr, "%s is not a trial, and changes nothing: %v\n", TrialVariable, err)
		return event.Trial{}
	}
	return t
}

// try changes the settings as a trial says.
func (s *settings) try(t event.Trial) {
	if t.Executors > 0 {
		Executors(t.Executors)(s)
	}
	if t.Cores > 0 {
		Cores(t.Cores)(s)
	}
	if t.Memory > 0 {
		Memory(t.Memory)(s)
	}
	s.copies = t.Copies
}

// killOn has executors die when so many tasks have started: the next one to start does it.
func (c *Core) killOn(kills []event.Kill) {
	if len(kills) == 0 {
		return
	}
	var mu sync.Mutex
	started := 0
	c.Intervene(func(*lineage.Task) error {
		mu.Lock()
		before := started
		started++
		mu.Unlock()
		for _, k := range kills {
			if k.Tasks == before {
				c.KillExecutor(k.Executor, "killed")
			}
		}
		return nil
	})
}
