package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"etincelle/tui/terminal"
)

// A screen starts another command as a process of its own, with the terminal:
// what becomes of it, a crash or a Ctrl-C, is not the screen's end.

// leaveScreens undoes what a screen that was killed leaves in the terminal: its
// own page, mouse and paste modes, a hidden cursor, colours.
const leaveScreens = "\x1b[?1049l\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?25h\x1b[0m"

// start runs a command and waits for it, then for Enter when there is something
// to read, saying back where Enter leads. It reports whether the screen is wanted
// again.
func (a *app) start(c terminal.Command, back string) (again bool, err error) {
	words := c.Words
	program, err := os.Executable()
	if err != nil {
		return false, err
	}
	if c.File != "" {
		open := editor()
		program, words = open[0], append(open[1:], editorPlace(open[0], c.File, c.Line)...)
	} else {
		a.line("%s", a.bold("go run . "+strings.Join(words, " ")))
	}
	stopped, err := a.child(program, words, interrupts)
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(a.problems, err)
	}
	if stopped {
		return false, nil
	}
	if c.Screen && err == nil {
		return true, nil
	}
	a.line("")
	fmt.Fprint(a.out, back)
	return a.enter(), nil
}

// interrupts is what Ctrl-C sends, where the terminal sends it to all that run on it:
// it is not passed on a second time.
var interrupts = []os.Signal{os.Interrupt}

// child runs a program on this terminal, with more in its environment. A signal that
// ends us ends it too, but for those that are the program's alone. Whatever it does,
// the terminal is afterwards as before.
func (a *app) child(program string, words []string, own []os.Signal, environment ...string) (stopped bool, err error) {
	if in, is := a.in.(*os.File); is {
		if before, err := term.GetState(int(in.Fd())); err == nil {
			defer term.Restore(int(in.Fd()), before)
		}
	}
	cmd := exec.Command(program, words...)
	cmd.Dir, cmd.Env = a.root, append(os.Environ(), environment...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = a.in, a.out, a.problems
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return false, fmt.Errorf(a.say("%s ne se lance pas : %w", "%s cannot be started: %w"), program, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	end := func(s os.Signal) {
		stopped = true
		if cmd.Process.Signal(s) != nil {
			cmd.Process.Kill() // Windows knows no other way
		}
	}
	parent, look := os.Getppid(), time.NewTicker(time.Second)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			if cmd.ProcessState != nil && cmd.ProcessState.ExitCode() < 0 { // killed: it could not clean up
				fmt.Fprint(a.out, leaveScreens)
			}
			return stopped, err
		case s := <-signals:
			if !slices.Contains(own, s) {
				end(s)
			}
		case <-look.C:
			if !stopped && os.Getppid() != parent { // `go run .` was killed
				end(syscall.SIGHUP)
			}
		}
	}
}

// enter waits for Enter; false when a signal or the end of the input comes first.
func (a *app) enter() bool {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	read := make(chan bool, 1)
	go func() { read <- lineRead(a.in) }()
	select {
	case ok := <-read:
		return ok
	case <-signals:
		a.line("")
		return false // the reader ends with the process
	}
}

// lineRead reads up to the line's end and no further: what follows is typed for
// the screen.
func lineRead(in io.Reader) bool {
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		if err != nil {
			return false
		}
		if n == 1 && one[0] == '\n' {
			return true
		}
	}
}

// editor is the user's, with its arguments; nil when the environment names none.
func editor() []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(os.Getenv(name)); len(words) > 0 {
			return words
		}
	}
	return nil
}

// editorPlace is how an editor is told where to open a file.
func editorPlace(program, file string, line int) []string {
	name := program[strings.LastIndexAny(program, `/\`)+1:]
	switch {
	case line <= 0:
		return []string{file}
	case strings.HasPrefix(name, "code"), strings.HasPrefix(name, "codium"):
		return []string{"--goto", fmt.Sprintf("%s:%d", file, line)}
	case strings.HasPrefix(name, "hx"), strings.HasPrefix(name, "zed"), strings.HasPrefix(name, "subl"):
		return []string{fmt.Sprintf("%s:%d", file, line)}
	}
	return []string{fmt.Sprintf("+%d", line), file} // vi, emacs, nano, joe, micro and their kin
}
