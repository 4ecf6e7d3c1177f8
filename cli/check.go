package cli

import (
	"github.com/spf13/cobra"

	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/report"
)

// checkCommand judges the student's own exercises on the public cases.
func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "check TP",
		Aliases:           []string{"vérifier", "verifier"},
		Short:             a.say("Vérifier vos exercices sur les cas publics", "Check your exercises on the public cases"),
		Example:           "  go run . check tp02",
		Args:              a.takes(1, 1),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.lab(args[0])
			if err != nil {
				return err
			}
			if _, err := a.source(l); err != nil {
				return err
			}
			checked, err := class.Check(cmd.Context(), a.root, l.Name)
			if err != nil {
				return fault(err)
			}
			if err := class.Record(a.root, checked); err != nil {
				return fault(err)
			}
			width := a.width
			if !a.terminal {
				width = 0 // whoever reads a pipe wants whole lines
			}
			if err := report.Check(a.out, width, checked, a.language); err != nil {
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
		},
	}
}
