package cli

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
)

// guardVariable tells a process that another one watches over its screen.
const guardVariable = "ETINCELLE_GUARDED"

// guarded shows a screen in a process of its own. A screen that is killed outright
// (SIGKILL, no memory left) leaves a terminal that nobody can type in: the process
// that started it puts that right. The other way round, a screen ends when the
// process that started it is gone (terminal.Signals).
//
// It comes first in a command: what is done before it is done twice.
func (a *app) guarded(show func() error) error {
	if os.Getenv(guardVariable) != "" || runtime.GOOS == "windows" { // there the console's modes are the system's to restore
		return show()
	}
	program, err := os.Executable()
	if err != nil {
		return show()
	}
	_, err = a.child(program, a.args, nil, guardVariable+"=1")
	var ended *exec.ExitError
	switch {
	case !errors.As(err, &ended):
		return fault(err)
	case ended.ExitCode() < 0:
		return fault(errors.New(a.say(
			"L'écran a été arrêté net ; ce qui était enregistré l'est toujours.",
			"The screen was stopped dead; what was saved still is.")))
	}
	return &exit{ended.ExitCode(), nil}
}
