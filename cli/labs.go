package cli

import (
	"errors"
	"io/fs"
	"strconv"

	"github.com/spf13/cobra"

	"etincelle/grader/build"
	"etincelle/grader/lab"
)

// lab opens the TP that the command line names.
func (a *app) lab(name string) (*lab.Lab, error) {
	l, err := lab.Find(a.root, name)
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	return l, nil
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
