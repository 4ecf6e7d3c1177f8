package cli

import (
	"github.com/spf13/cobra"

	"etincelle/grader/lab"
	"etincelle/grader/message"
)

// hintCommand shows one hint more at each call, and all of them after the last.
func (a *app) hintCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "hint TP EXERCICE",
		Aliases:           []string{"indice"},
		Short:             a.say("Un indice de plus pour un exercice", "One more hint for an exercise"),
		Example:           "  go run . hint tp02 2",
		Args:              a.takes(2, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(_ *cobra.Command, args []string) error {
			l, exercises, err := a.named(args)
			if err != nil {
				return err
			}
			return fault(a.hint(l, exercises[0]))
		},
	}
}

// nextHint counts one hint more, and returns all that have been shown.
func (a *app) nextHint(l *lab.Lab, e lab.Exercise, language message.Language) ([]string, error) {
	hints, err := l.Hints(e.Number, language)
	if err != nil {
		return nil, err
	}
	progress, err := lab.LoadProgress(a.root)
	if err != nil {
		return nil, err
	}
	state := progress.Of(l.Name, e.Number)
	state.Hints = min(state.Hints+1, len(hints))
	progress.Set(l.Name, e.Number, state)
	return hints[:state.Hints], progress.Save(a.root)
}

func (a *app) hint(l *lab.Lab, e lab.Exercise) error {
	hints, err := a.nextHint(l, e, a.language)
	if err != nil {
		return err
	}
	for i, hint := range hints {
		if i > 0 {
			a.line("")
		}
		a.line(a.say("Exercice %d — %s · indice %d sur %d", "Exercise %d — %s · hint %d of %d"), e.Number, e.Title.In(a.language), i+1, lab.HintStages)
		if err := a.markdown(hint); err != nil {
			return err
		}
	}
	a.line("")
	if len(hints) < lab.HintStages {
		a.line(a.say("Un indice de plus : go run . hint %s %d", "One more hint: go run . hint %s %d"), l.Short, e.Number)
	} else {
		a.line(a.say("C'est le dernier indice. Puis : go run . check %s", "That was the last hint. Then: go run . check %s"), l.Short)
	}
	return nil
}
