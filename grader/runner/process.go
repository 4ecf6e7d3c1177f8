package runner

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// life is one child process, from its start to its end.
type life struct {
	outcomes []evidence.Outcome // of the calls that were answered, in order
	ended    *check.Finding     // why not all were; nil when all were
	printed  string
}

// child is a process under watch.
type child struct {
	command *exec.Cmd
	limits  Limits
	output  *output

	once   sync.Once
	reason error // why it was killed; written once, before over is closed
	over   chan struct{}
}

// Why a child is killed.
var (
	errTime   = errors.New("time")
	errMemory = errors.New("memory")
	errOutput = errors.New("output")
)

// live starts a child, makes the calls, and ends it.
func (p *Program) live(ctx context.Context, calls []Call, limits Limits) (life, error) {
	folder, err := os.MkdirTemp(p.folder, "run-")
	if err != nil {
		return life{}, fmt.Errorf("a folder to run the program in cannot be made: %w", err)
	}
	defer os.RemoveAll(folder)
	c := &child{command: exec.Command(p.file), limits: limits, over: make(chan struct{})}
	c.output = &output{limit: limits.Output, full: func() { c.end(errOutput) }}
	c.command.Dir = folder
	c.command.Env = environment(folder)
	c.command.Stderr = c.output
	defer Group(c.command)()
	orders, err := c.command.StdinPipe()
	if err != nil {
		return life{}, fmt.Errorf("the program under test cannot be given input: %w", err)
	}
	frames, err := c.command.StdoutPipe()
	if err != nil {
		return life{}, fmt.Errorf("the program under test cannot be listened to: %w", err)
	}
	if err := c.command.Start(); err != nil {
		return life{}, fmt.Errorf("the program under test cannot be started: %w", err)
	}
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		c.watch(ctx)
	}()
	soft := int64(float64(limits.Memory) * softMemory)
	talk := conversation{nonce: rand.Text(), soft: soft, orders: orders, frames: bufio.NewReaderSize(frames, 1<<16), print: c.output.add}
	outcomes, broke := talk.hold(calls)
	switch {
	case errors.Is(broke, errTalk):
		c.end(errOutput)
	case errors.Is(broke, errProtocol):
		c.end(broke)
	}
	// Its input ends, so it does, unless something of the student's is still at it.
	orders.Close()
	_, _ = io.Copy(c.output, frames) // until it is dead; what is said now is no answer
	exit := c.command.Wait()
	close(c.over)
	<-watched
	return c.report(ctx, outcomes, len(calls), broke, exit)
}

// report puts together how the child's life went.
func (c *child) report(ctx context.Context, outcomes []evidence.Outcome, asked int, broke, exit error) (life, error) {
	l := life{outcomes: outcomes, printed: c.output.text()}
	switch {
	case ctx.Err() != nil:
		return l, fmt.Errorf("the run was stopped: %w", context.Cause(ctx))
	case errors.Is(broke, errProtocol):
		return l, fmt.Errorf("%w; it printed: %s", broke, l.printed)
	case len(outcomes) == asked:
		return l, nil // all was answered: how it ended afterwards does not matter
	}
	l.ended = c.autopsy(exit)
	return l, nil
}

// end kills the child, once, for a reason.
func (c *child) end(reason error) {
	c.once.Do(func() {
		c.reason = reason
		_ = Kill(c.command) // it may have ended by itself just now
	})
}

// watch ends the child at its limits, and returns when it is over.
func (c *child) watch(ctx context.Context) {
	late := time.NewTimer(c.limits.Time)
	defer late.Stop()
	look := time.NewTicker(watchEvery)
	defer look.Stop()
	for {
		select {
		case <-c.over:
			return
		case <-ctx.Done():
			c.end(context.Cause(ctx))
			<-c.over
			return
		case <-late.C:
			c.end(errTime)
		case <-look.C:
			if residentMemory(c.command.Process.Pid) > c.limits.Memory {
				c.end(errMemory)
			}
		}
	}
}

// environment is all that a child knows of its surroundings.
func environment(folder string) []string {
	variables := []string{
		"GOTRACEBACK=single", // a crash with 100 000 goroutines prints one
		"TMPDIR=" + folder, "TEMP=" + folder, "TMP=" + folder, "HOME=" + filepath.Clean(folder),
	}
	if root, set := os.LookupEnv("SYSTEMROOT"); set {
		variables = append(variables, "SYSTEMROOT="+root) // Windows starts nothing without it
	}
	return variables
}
