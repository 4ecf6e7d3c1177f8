//go:build unix && !linux

package runner

import (
	"os/exec"
	"syscall"
)

// group puts the command into a process group of its own.
func group(command *exec.Cmd) (release func()) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return func() {}
}

// kill ends the command and all that it started. A group that is gone already
// is no error.
func kill(command *exec.Cmd) error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
