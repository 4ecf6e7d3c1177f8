//go:build unix

package terminal

import (
	"os/signal"
	"syscall"
)

// fromBackground lets a process change the terminal that its shell has taken back,
// as it does when the process that it started is gone.
func fromBackground() { signal.Ignore(syscall.SIGTTOU) }
