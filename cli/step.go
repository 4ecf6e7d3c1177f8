package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/tui/view"
)

// stepCommand steps through a job: the student's exercise, the notebook's
// example, or a recording.
func (a *app) stepCommand() *cobra.Command {
	var plain, ascii bool
	cmd := &cobra.Command{
		Use:     "step TP [EXERCICE] | FICHIER.jsonl",
		Aliases: []string{"pas"},
		Short:   a.say("Avancer pas à pas dans un job, tâche par tâche, et revenir", "Step through a job task by task, and back"),
		Long: a.say(
			"Rejoue pas à pas votre exercice sur les données du TP. Sans numéro : le premier exercice\ncommencé, sinon l'exemple du cahier. Un enregistrement fait avec ETINCELLE_RECORD=fichier.jsonl\nse rejoue de même.",
			"Steps through your exercise on the TP's data. Without a number: the first exercise you have\nbegun, else the notebook's example. A recording made with ETINCELLE_RECORD=file.jsonl steps alike."),
		Example:           "  go run . step tp02\n  go run . step tp02 2 --plain",
		Args:              a.takes(1, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			show := func() error {
				events, title, err := a.scene(cmd.Context(), args)
				if err != nil {
					return err
				}
				o := view.Options{Language: a.language, Title: title, NoColor: !a.color, ASCII: ascii}
				if plain || !a.terminal {
					return fault(view.Plain(a.out, events, o))
				}
				return fault(view.Run(events, o))
			}
			if plain || !a.terminal {
				return show()
			}
			return a.guarded(show)
		},
	}
	cmd.Flags().BoolVar(&plain, "plain", false, a.say("en lignes de texte, sans écran (d'office dans un tube)", "as lines of text, without a screen (by itself in a pipe)"))
	cmd.Flags().BoolVar(&ascii, "ascii", false, a.say("sans cadres ni signes hors ASCII", "no frames or signs beyond ASCII"))
	return cmd
}

// scene is the recording that the command line asks for, and its title.
func (a *app) scene(ctx context.Context, args []string) ([]event.Event, string, error) {
	if strings.HasSuffix(args[0], ".jsonl") {
		events, err := readRecording(args[0])
		if err != nil {
			return nil, "", &exit{exitUsage, err}
		}
		return events, args[0], nil
	}
	l, err := a.lab(args[0])
	if err != nil {
		return nil, "", err
	}
	number, err := a.chosen(l, args[1:])
	if err != nil {
		return nil, "", err
	}
	if number == 0 {
		fmt.Fprintln(a.problems, a.say("Aucun exercice commencé : voici l'exemple du cahier.", "No exercise begun yet: here is the notebook's example."))
		events, err := a.example(ctx, l)
		return events, strings.ToUpper(l.Short), fault(err)
	}
	done, undone, err := a.execute(ctx, l, number)
	if err != nil {
		return nil, "", err
	}
	title := fmt.Sprintf("%s · %s %d", strings.ToUpper(l.Short), a.say("exercice", "exercise"), number)
	if len(done) == 0 {
		return nil, "", &exit{exitWrong, fmt.Errorf(a.say("%s : pas encore fait. L'exemple du cahier : go run . notebook %s", "%s: not done yet. The notebook's example: go run . notebook %s"), strings.Join(undone, ", "), l.Short)}
	}
	last := done[len(done)-1] // of several functions the last one moves rows
	if problem := last.problem(); problem != nil {
		return nil, "", a.findings([]check.Finding{*problem})
	}
	return last.recording(), title + " · " + last.run.Function, nil
}

// chosen is the exercise that is named, or the first one that is begun; 0 when
// none is.
func (a *app) chosen(l *lab.Lab, words []string) (int, error) {
	if len(words) > 0 {
		e, err := a.exercise(l, words[0])
		return e.Number, err
	}
	source, err := a.source(l)
	if err != nil {
		return 0, err
	}
	for _, e := range l.Exercises {
		if len(lab.Untouched(source, l.Starter, e.Functions)) < len(e.Functions) {
			return e.Number, nil
		}
	}
	return 0, nil
}
