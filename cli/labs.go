package cli

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/grader/build"
	"etincelle/grader/lab"
)

// lab opens the TP that the command line names.
func (a *app) lab(name string) (*lab.Lab, error) {
	l, err := lab.Find(a.root, name)
	if err != nil {
		return nil, a.noLab(name, err)
	}
	return l, nil
}

// known refuses a TP that was misspelt before anything long begins.
func (a *app) known(tps []string) error {
	for _, tp := range tps {
		if _, err := a.lab(tp); err != nil {
			return err
		}
	}
	return nil
}

// noLab says which TPs there are, when the one that was named is not among them.
func (a *app) noLab(name string, err error) error {
	names, listed := lab.List(a.root)
	if !errors.Is(err, lab.ErrNone) || listed != nil || len(names) == 0 {
		return &exit{exitUsage, err}
	}
	return a.usage(a.say("il n'y a pas de TP %q ici : il y a %s", "there is no TP %q here: there is %s"), name, strings.Join(names, ", "))
}

// source is the student's file; a missing one is told with what puts it back.
func (a *app) source(l *lab.Lab) ([]byte, error) {
	source, err := l.Source()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, a.usage(a.say("labs/%s/exercises.go n'est plus là. Pour le remettre : go run . reset %s", "labs/%s/exercises.go is not there any more. To put it back: go run . reset %s"), l.Name, l.Short)
	}
	return source, fault(err)
}

// exercise reads the number of an exercise from the command line.
func (a *app) exercise(l *lab.Lab, word string) (lab.Exercise, error) {
	n, err := strconv.Atoi(word)
	if err != nil {
		return lab.Exercise{}, a.usage(a.say("%q n'est pas le numéro d'un exercice : %s a les exercices 1 à %d", "%q is not the number of an exercise: %s has exercises 1 to %d"), word, l.Short, len(l.Exercises))
	}
	e, err := l.Exercise(n)
	if err != nil {
		return e, a.usage(a.say("%s n'a pas d'exercice %d : il a les exercices 1 à %d", "%s has no exercise %d: it has exercises 1 to %d"), l.Short, n, len(l.Exercises))
	}
	return e, nil
}

// named reads TP [EXERCICE] from the command line: the TP, and the exercise or
// all of them.
func (a *app) named(args []string) (*lab.Lab, []lab.Exercise, error) {
	l, err := a.lab(args[0])
	if err != nil {
		return nil, nil, err
	}
	if len(args) == 1 {
		return l, l.Exercises, nil
	}
	e, err := a.exercise(l, args[1])
	return l, []lab.Exercise{e}, err
}

// takes checks how many words follow a command, and says what is expected.
func (a *app) takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) >= least && len(args) <= most {
			return nil
		}
		return a.usage(a.say("%s : %d mot(s) trouvé(s). Emploi : go run . %s\nExemple :\n%s", "%s: found %d word(s). Usage: go run . %s\nExample:\n%s"), cmd.Name(), len(args), cmd.Use, cmd.Example)
	}
}

// knows refuses words that name no command, with those that look like one.
func (a *app) knows(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	near := ""
	if names := cmd.SuggestionsFor(args[0]); len(names) > 0 {
		near = a.say(" Peut-être : ", " Perhaps: ") + strings.Join(names, ", ") + "."
	}
	return a.usage(a.say("il n'y a pas de commande %q.%s Toutes : go run . help", "there is no command %q.%s All of them: go run . help"), args[0], near)
}

// misread is the error of a flag that cobra does not understand.
func (a *app) misread(cmd *cobra.Command, err error) error {
	return a.usage(a.say("%s : une option n'est pas comprise (%w). Toutes : go run . help %[1]s", "%s: a flag is not understood (%w). All of them: go run . help %[1]s"), cmd.Name(), err)
}

// completeTP completes the name of a TP, then the numbers of its exercises.
func (a *app) completeTP(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	root, err := build.Root(".")
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	if len(args) == 0 {
		names, err := lab.List(root)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		for _, name := range names {
			if l, err := lab.Find(root, name); err == nil {
				words = append(words, l.Short+"\t"+l.Title.In(a.language))
			}
		}
	} else if l, err := lab.Find(root, args[0]); err == nil && len(args) == 1 {
		for _, e := range l.Exercises {
			words = append(words, strconv.Itoa(e.Number)+"\t"+e.Title.In(a.language))
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
