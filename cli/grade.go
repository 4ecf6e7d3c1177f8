package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"etincelle/grader/class"
	"etincelle/grader/report"
	"etincelle/grader/runner"
)

// gradeCommand grades every submission of a class on the hidden cases.
func (a *app) gradeCommand() *cobra.Command {
	var out string
	var o class.Options
	cmd := &cobra.Command{
		Use:     "grade DIR",
		Aliases: []string{"noter"},
		Short:   a.say("Noter une classe sur les cas cachés (enseignants)", "Grade a class on the hidden cases (instructors)"),
		Long: a.say(
			"Note chaque rendu de DIR : un dossier par étudiant, avec TP/exercises.go dedans. Écrit dans\n--out un rapport par étudiant (Markdown et JSON), class.csv et class.json. La graine des cas\ncachés est neuve à chaque fois ; --seed refait exactement la même correction.",
			"Grades each submission in DIR: a folder a student, with TP/exercises.go inside. Writes to --out\na report for each student (Markdown and JSON), class.csv and class.json. The seed of the hidden\ncases is new each time; --seed repeats exactly the same grading."),
		Example: "  go run . grade grader/testdata/class --out reports",
		Args:    a.takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.holdsSubmissions(args[0]); err != nil {
				return err
			}
			if err := a.known(o.Labs); err != nil {
				return err
			}
			o.Done = func(student string, done, of int) {
				fmt.Fprintf(a.problems, "%d/%d  %s\n", done, of, report.Clean(student))
			}
			graded, err := class.Grade(cmd.Context(), a.root, args[0], o)
			if err != nil {
				return fault(err)
			}
			if err := report.Table(a.out, graded, a.language); err != nil {
				return fault(err)
			}
			if out == "" {
				out = filepath.Join(a.root, ".etincelle", "reports", filepath.Base(filepath.Clean(args[0])))
			}
			if err := report.Save(out, graded, a.language); err != nil {
				return fault(err)
			}
			a.line("")
			a.line(a.say("Rapports : %s", "Reports: %s"), out)
			a.line(a.say("Graine : %d", "Seed: %d"), graded.Seed)
			a.line("%s", runner.Enforced().In(a.language))
			if graded.Failed() {
				return &exit{exitFault, nil}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", a.say("dossier des rapports (d'office .etincelle/reports/…)", "folder for the reports (.etincelle/reports/… by default)"))
	cmd.Flags().Uint64Var(&o.Seed, "seed", 0, a.say("graine des cas cachés", "seed of the hidden cases"))
	cmd.Flags().StringSliceVar(&o.Labs, "tp", nil, a.say("TP à noter (d'office : tous)", "TPs to grade (all by default)"))
	cmd.Flags().IntVar(&o.Jobs, "jobs", 0, a.say("rendus corrigés à la fois (d'office : un par cœur)", "submissions graded at once (one a core by default)"))
	return cmd
}

// holdsSubmissions refuses a folder that no class can be in.
func (a *app) holdsSubmissions(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return a.usage(a.say("le dossier %s ne peut pas être lu (%v) : donnez celui qui contient un dossier par étudiant", "the folder %s cannot be read (%v): give the one that holds a folder for each student"), dir, err)
	}
	for _, e := range entries {
		if e.IsDir() {
			return nil
		}
	}
	return a.usage(a.say("%s ne contient aucun rendu : un dossier par étudiant est attendu, avec TP/exercises.go dedans", "%s holds no submission: a folder for each student is expected, with TP/exercises.go inside"), dir)
}
