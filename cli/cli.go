// Package cli is the `etincelle` command: one file a command, nothing but
// wiring. What a command does lives in grader/, tui/ and engine/; here are its
// words, in French and in English, its flags and its exit code.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"etincelle/grader/build"
	"etincelle/grader/message"
	"etincelle/grader/report"
	"etincelle/tui/terminal"
)

// The exit codes of every command.
const (
	exitRight = 0
	exitWrong = 1 // not done yet, or wrong
	exitUsage = 2
	exitFault = 3 // ours, not the student's
)

// exit is an error with the code the command ends with. A nil err says nothing
// more: the command has printed what there is to say.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// app is what the commands share.
type app struct {
	began    time.Time
	args     []string
	root     string // the module's folder
	language message.Language
	in       io.Reader
	out      io.Writer
	problems io.Writer
	terminal bool // out is a terminal: screens and colours are welcome
	color    bool
	width    int
}

// Main runs the command and returns its exit code.
func Main(args []string, in *os.File, out, problems *os.File) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := newApp(args, in, out, problems)
	cmd := a.commands()
	cmd.SetArgs(args)
	return a.code(withoutPanic(func() error { return cmd.ExecuteContext(ctx) }))
}

func newApp(args []string, in, out, problems *os.File) *app {
	a := &app{began: time.Now(), args: args, language: language(args, os.LookupEnv), in: in, out: out, problems: problems, width: 80}
	a.terminal = isTerminal(out) && isTerminal(in) && os.Getenv("TERM") != "dumb" && hasScreen()
	a.color = a.terminal && os.Getenv("NO_COLOR") == ""
	if a.terminal {
		a.width = terminalWidth(out)
	}
	return a
}

// code prints what went wrong and chooses the exit code.
func (a *app) code(err error) int {
	if err == nil {
		return exitRight
	}
	var defect *terminal.Defect
	if errors.As(err, &defect) {
		fmt.Fprintln(a.problems, a.broken(defect))
		return exitFault
	}
	var e *exit
	if errors.As(err, &e) {
		if e.err != nil {
			fmt.Fprintln(a.problems, e.err)
		}
		return e.code
	}
	fmt.Fprintln(a.problems, err)
	return exitUsage // what is left is cobra's: an unknown command or flag
}

// fault is an error of ours.
func fault(err error) error {
	if err == nil {
		return nil
	}
	return &exit{exitFault, err}
}

// say chooses the text in the reader's language.
func (a *app) say(french, english string) string {
	return message.Text{French: french, English: english}.In(a.language)
}

// commands is the whole tree.
func (a *app) commands() *cobra.Command {
	var first homeFlags
	root := &cobra.Command{
		Use:           "etincelle",
		Short:         a.say("Le cours « Spark et le streaming », en Go", "The course “Spark et le streaming”, in Go"),
		Long:          a.say("Étincelle : le cours « Spark et le streaming ». Sans commande : l'accueil, vos TP, la suite.", "Étincelle: the course “Spark et le streaming”. Without a command: the home page, your TPs, what comes next."),
		Args:          a.knows,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			dir, err := os.Getwd()
			if err != nil {
				return fault(err)
			}
			a.root, err = build.Root(dir)
			if err != nil {
				return &exit{exitUsage, err}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return a.home(first) },
	}
	first.add(a, root)
	root.PersistentFlags().String("lang", string(a.language), a.say("langue : fr ou en", "language: fr or en"))
	root.AddCommand(
		a.checkCommand(), a.hintCommand(), a.resetCommand(), a.notebookCommand(), a.runCommand(),
		a.stepCommand(), a.scenarioCommand(), a.sourceCommand(), a.figureCommand(), a.exportCommand(), a.stormCommand(),
	)
	root.AddCommand(a.instructors(a.gradeCommand(), a.selftestCommand(), a.kitCommand(), a.benchCommand())...)
	root.SetOut(a.out)
	root.SetErr(a.problems)
	a.dress(root)
	return root
}

// usage refuses a command line with what was found and what is expected.
func (a *app) usage(format string, args ...any) error {
	return &exit{exitUsage, fmt.Errorf(format, args...)}
}

// folded prints a text on as many lines as the terminal's width asks for; in a file
// or a pipe it stays whole, for the program that reads it.
func (a *app) folded(text string) {
	width := 0
	if a.terminal {
		width = a.width
	}
	for _, line := range report.Fold(text, width) {
		a.line("%s", line)
	}
}

// line prints one line.
func (a *app) line(format string, args ...any) {
	fmt.Fprintln(a.out, strings.TrimRight(fmt.Sprintf(format, args...), " "))
}
