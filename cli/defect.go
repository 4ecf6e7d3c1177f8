package cli

import (
	"fmt"
	"os"
	"runtime/debug"

	"etincelle/tui/terminal"
)

// A defect of ours is one line for the student. Where it happened is in a file, for
// who mends it.

// withoutPanic runs a command; a panic of it is its error.
func withoutPanic(run func() error) (err error) {
	defer func() {
		if defect := recover(); defect != nil {
			err = &terminal.Defect{Value: defect, Stack: debug.Stack()}
		}
	}()
	return run()
}

// broken is the line about a defect.
func (a *app) broken(d *terminal.Defect) string {
	line := fmt.Sprintf(a.say("Étincelle a un défaut et s'arrête ; rien de vous n'est perdu : %v.", "Étincelle has a defect and stops; nothing of yours is lost: %v."), d.Value)
	file, err := os.CreateTemp("", "etincelle-defect-*.txt")
	if err != nil {
		return line
	}
	defer file.Close()
	if _, err := fmt.Fprintf(file, "%v\n\n%s", d.Value, d.Stack); err != nil {
		return line
	}
	return line + " " + fmt.Sprintf(a.say("À joindre au signalement : %s", "To be sent with a report: %s"), file.Name())
}
