//go:build !unix

package runner

import "os/exec"

// Group does nothing here.
func Group(*exec.Cmd) (release func()) { return func() {} }

// Kill ends the command. The code under test can start no other.
func Kill(command *exec.Cmd) error { return command.Process.Kill() }
