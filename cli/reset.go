package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"etincelle/grader/lab"
)

// resetCommand puts an exercise back as it was handed out: it asks first, and
// keeps a copy.
func (a *app) resetCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:               "reset TP [EXERCICE]",
		Aliases:           []string{"recommencer"},
		Short:             a.say("Remettre un exercice comme au début (demande, garde une copie)", "Put an exercise back as at the start (asks, keeps a copy)"),
		Example:           "  go run . reset tp02 2",
		Args:              a.takes(1, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(_ *cobra.Command, args []string) error {
			l, exercises, err := a.named(args)
			if err != nil {
				return err
			}
			return a.reset(l, exercises, len(args) == 1, yes)
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, a.say("sans demander", "without asking"))
	return cmd
}

func (a *app) reset(l *lab.Lab, exercises []lab.Exercise, whole, yes bool) error {
	source, err := os.ReadFile(l.Path("exercises.go"))
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return fault(err)
	}
	fresh := l.Starter
	if !whole && !missing {
		if fresh, err = lab.Reset(source, l.Starter, functions(exercises)); err != nil {
			return &exit{exitUsage, fmt.Errorf(a.say("%w\nPour remettre tout le fichier : go run . reset %s", "%w\nTo put the whole file back: go run . reset %s"), err, l.Short)}
		}
	}
	if string(fresh) == string(source) {
		a.line("%s", a.say("Rien à faire : c'est déjà la version de départ.", "Nothing to do: this is the version you started from already."))
		return nil
	}
	if !yes && !missing && !a.agrees(a.say("Remettre %s comme au début ? Une copie sera gardée. [o/N] ", "Put %s back as at the start? A copy will be kept. [y/N] "), strings.Join(functions(exercises), ", ")) {
		a.line("%s", a.say("Rien n'a changé.", "Nothing was changed."))
		return &exit{exitWrong, nil}
	}
	if !missing {
		kept, err := a.keep(l, source)
		if err != nil {
			return fault(err)
		}
		a.line(a.say("Copie gardée : %s", "Copy kept: %s"), kept)
	}
	if err := lab.WriteFile(l.Path("exercises.go"), fresh); err != nil {
		return fault(err)
	}
	a.line(a.say("Remis comme au début : %s", "Back as at the start: %s"), strings.Join(functions(exercises), ", "))
	return nil
}

// keep copies the student's file where nothing overwrites it.
func (a *app) keep(l *lab.Lab, source []byte) (string, error) {
	name := filepath.Join(".etincelle", "copies", l.Name, "exercises-"+time.Now().Format("20060102-150405.000")+".go.txt")
	path := filepath.Join(a.root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	return name, lab.WriteFile(path, source)
}

// agrees asks a question; anything but a yes is a no, and so is no answer.
func (a *app) agrees(format string, args ...any) bool {
	fmt.Fprintf(a.out, format, args...)
	answer, err := bufio.NewReader(a.in).ReadString('\n')
	if err != nil && err != io.EOF {
		return false
	}
	if !a.terminal {
		fmt.Fprintln(a.out)
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "o", "oui", "y", "yes":
		return true
	}
	return false
}

func functions(exercises []lab.Exercise) []string {
	var names []string
	for _, e := range exercises {
		names = append(names, e.Functions...)
	}
	return names
}
