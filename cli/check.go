package cli

import (
	"context"

	"github.com/spf13/cobra"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/report"
)

// checkCommand judges the student's own exercises on the public cases: once, or
// each time the file is saved.
func (a *app) checkCommand() *cobra.Command {
	var watch, ascii bool
	cmd := &cobra.Command{
		Use:               "check TP [EXERCICE]",
		Aliases:           []string{"vérifier", "verifier"},
		Short:             a.say("Vérifier vos exercices sur les cas publics", "Check your exercises on the public cases"),
		Example:           "  go run . check tp02\n  go run . check tp02 2\n  go run . check tp02 --watch",
		Args:              a.takes(1, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			l, exercises, err := a.named(args)
			if err != nil {
				return err
			}
			source, err := a.source(l)
			if err != nil {
				return err
			}
			if watch {
				return a.watch(l, exercises, ascii)
			}
			return a.checkOnce(cmd.Context(), l, source, exercises)
		},
	}
	cmd.Flags().BoolVarP(&watch, "watch", "w", false, a.say("vérifier à chaque enregistrement du fichier, dans un écran", "check at each save of the file, on a screen"))
	cmd.Flags().BoolVar(&ascii, "ascii", false, a.say("sans cadres ni signes hors ASCII (avec --watch)", "no frames or signs beyond ASCII (with --watch)"))
	return cmd
}

func (a *app) checkOnce(ctx context.Context, l *lab.Lab, source []byte, exercises []lab.Exercise) error {
	checker, err := class.NewChecker(ctx, l, a.warming())
	if err != nil {
		return fault(err)
	}
	checked, err := checker.Check(ctx, source, nil, exercises...)
	if err != nil {
		return fault(err)
	}
	if err := class.Record(a.root, checked); err != nil {
		return fault(err)
	}
	style := report.Style{Width: a.width, Color: a.color}
	if !a.terminal {
		style.Width = 0 // whoever reads a pipe wants whole lines
	}
	if err := report.Check(a.out, style, checked, a.language); err != nil {
		return fault(err)
	}
	for _, v := range checked.Verdicts {
		if v.Kind == check.GraderError {
			return &exit{exitFault, nil}
		}
	}
	if !checked.Right() {
		return &exit{exitWrong, nil}
	}
	return nil
}
