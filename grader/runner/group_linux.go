package runner

import (
	"os/exec"
	"runtime"
	"syscall"
)

// Group puts the command into a process group of its own, and has the system
// kill it when the grader dies. That is bound to the thread that starts it,
// which the caller keeps until release.
func Group(command *exec.Cmd) (release func()) {
	runtime.LockOSThread()
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	return runtime.UnlockOSThread
}

// Kill ends the command and all that it started. A group that is gone already
// is no error.
func Kill(command *exec.Cmd) error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
