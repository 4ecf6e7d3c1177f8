package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/report"
)

// selftestCommand is the authors' check of the course itself.
func (a *app) selftestCommand() *cobra.Command {
	var rewrite, notebooks bool
	var scope class.Scope
	cmd := &cobra.Command{
		Use:   "selftest",
		Short: a.say("Vérifier le cours lui-même (auteurs)", "Check the course itself (authors)"),
		Long: a.say(
			"Vérifie le cours : les énoncés non résolus échouent, les solutions réussissent, chaque erreur\nconnue a son explication, les autres styles justes sont acceptés, les indices existent dans les\ndeux langues, chaque cellule des cahiers affiche ce qui est imprimé dessous, et les figures sont\ncelles que donnent leurs programmes.",
			"Checks the course: unsolved exercises fail, solutions pass, each known mistake has its own\nexplanation, other right styles are accepted, hints exist in both languages, each cell of the\nnotebooks prints what is printed below it, and the figures are what their programs give."),
		Args: a.takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.known(scope.TPs); err != nil {
				return err
			}
			if rewrite {
				if err := a.rewriteCases(cmd, scope); err != nil {
					return fault(err)
				}
			}
			good := 0
			tell := func(t class.Trial) {
				if t.Err == nil {
					good++
					a.line("✓ %s: %s", t.Lab, t.Name)
					return
				}
				a.line("✗ %s: %s", t.Lab, t.Name)
				for line := range strings.Lines(report.Clean(t.Err.Error())) {
					a.line("    %s", strings.TrimRight(line, "\n"))
				}
			}
			held, err := class.Notebooks(cmd.Context(), a.root, scope, rewrite, tell)
			if err == nil {
				var drawn bool
				drawn, err = a.figureTrials(cmd.Context(), scope, rewrite, tell)
				held = held && drawn
			}
			if err == nil && !notebooks {
				var answers bool
				answers, err = class.Selftest(cmd.Context(), a.root, scope, tell)
				held = held && answers
			}
			if err != nil {
				return fault(err)
			}
			if !held {
				return &exit{exitWrong, nil}
			}
			a.line(a.say("Tout tient : %d essais.", "All holds: %d trials."), good)
			return nil
		},
	}
	cmd.Flags().BoolVar(&rewrite, "rewrite", false, a.say("récrire d'abord les sorties et figures des cahiers et les attentes des cas publics", "first rewrite the notebooks' outputs and figures and what the public cases want"))
	cmd.Flags().BoolVar(&notebooks, "notebooks", false, a.say("les cahiers seulement", "the notebooks only"))
	cmd.Flags().Uint64Var(&scope.Seed, "seed", 0, a.say("graine des cas cachés", "seed of the hidden cases"))
	cmd.Flags().StringSliceVar(&scope.TPs, "tp", nil, a.say("TP à vérifier (d'office : tous)", "TPs to check (all by default)"))
	return cmd
}

// rewriteCases writes what the solutions answer into the labs' public cases.
func (a *app) rewriteCases(cmd *cobra.Command, scope class.Scope) error {
	names, err := scope.Labs(a.root)
	if err != nil {
		return err
	}
	for _, name := range names {
		l, err := lab.Find(a.root, name)
		if err != nil {
			return err
		}
		fresh, err := class.Rewritten(cmd.Context(), l)
		if err != nil {
			return err
		}
		if err := lab.WriteFile(l.Path("cases.json"), fresh); err != nil {
			return err
		}
	}
	return nil
}
