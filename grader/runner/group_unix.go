//go:build unix && !linux

package runner

import (
	"os/exec"
	"syscall"
)

// Group puts the command into a process group of its own.
func Group(command *exec.Cmd) (release func()) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return func() {}
}

// Kill ends the command and all that it started. A group that is gone already
// is no error.
func Kill(command *exec.Cmd) error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
