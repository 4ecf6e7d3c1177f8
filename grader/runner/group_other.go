//go:build !unix

package runner

import "os/exec"

func group(*exec.Cmd) (release func()) { return func() {} }

// kill ends the command. The code under test can start no other.
func kill(command *exec.Cmd) error { return command.Process.Kill() }
