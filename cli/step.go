package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"etincelle/replay/scenario"
	"etincelle/tui/model/receiving"
	"etincelle/tui/model/streaming"
	"etincelle/tui/view"
	receivers "etincelle/tui/view/receiving"
	streams "etincelle/tui/view/streaming"
)

// stepping is how one steps.
type stepping struct {
	plain, ascii, data bool
	dataset            string
	batch              int64
	query              int
}

// stepCommand steps through jobs and streaming queries: the student's exercise, the
// notebook's example, an experiment of the course, a recording.
func (a *app) stepCommand() *cobra.Command {
	var how stepping
	cmd := &cobra.Command{
		Use:     "step TP [EXERCICE] | FICHIER.rec | FICHIER.json",
		Aliases: []string{"pas"},
		Short:   a.say("Avancer pas à pas, tâche par tâche ou lot par lot, et revenir", "Step task by task or batch by batch, and back"),
		Long: a.say(
			"Rejoue pas à pas votre exercice sur les données du TP. Sans numéro : le premier exercice\ncommencé, sinon l'exemple du cahier ; dans les TP 4 à 6, deux récepteurs dont\nun exécuteur meurt ; dans les TP 7 à 9, les animaux du cours dans les trois\nmodes, une expérience qui se change (fenêtre, filigrane, événement en retard) et s'enregistre.\nUn enregistrement fait avec ETINCELLE_RECORD=fichier.rec se rejoue de même.",
			"Steps through your exercise on the TP's data. Without a number: the first exercise you have\nbegun, else the notebook's example; in TPs 4 to 6 two receivers, of which\nan executor dies; in TPs 7 to 9 the course's animals in the three modes, an\nexperiment that can be changed (window, watermark, a late event) and saved.\nA recording made with ETINCELLE_RECORD=file.rec steps alike."),
		Example:           "  go run . step tp02\n  go run . step tp02 2 --plain\n  go run . step tp08\n  go run . step tp09 --batch 6 --plain\n  go run . step --dataset storm",
		Args:              a.takes(0, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			show := func() error {
				s, err := a.find(cmd.Context(), args, how.dataset)
				if err != nil {
					return err
				}
				if streaming.Tells(s.events) {
					return a.stepQueries(s, how, cmd.Flags().Changed("batch"))
				}
				if receiving.Tells(s.events) {
					return a.stepReceivers(s, how, cmd.Flags().Changed("batch"))
				}
				if how.data || cmd.Flags().Changed("batch") {
					return a.usage("%s", a.say("--json et --batch : pour les lots d'un flux ; il n'y en a pas ici", "--json and --batch: for the batches of a stream; there is none here"))
				}
				return a.stepJobs(s, how)
			}
			if how.plain || how.data || !a.terminal {
				return show()
			}
			return a.guarded(show)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&how.plain, "plain", false, a.say("en lignes de texte, sans écran (d'office dans un tube)", "as lines of text, without a screen (by itself in a pipe)"))
	flags.BoolVar(&how.ascii, "ascii", false, a.say("sans cadres ni signes hors ASCII", "no frames or signs beyond ASCII"))
	flags.BoolVar(&how.data, "json", false, a.say("les lots en JSON", "the batches as JSON"))
	flags.StringVar(&how.dataset, "dataset", "", a.say("expérience du cours : animals, storm (6 181 vols d'une semaine d'orages), receivers (un exécuteur meurt) ou driver (le pilote meurt)", "an experiment of the course: animals, storm (6,181 flights of a stormy week), receivers (an executor dies) or driver (the driver dies)"))
	flags.Int64Var(&how.batch, "batch", 0, a.say("ce lot seul, avec --plain ou --json ; avec des récepteurs : ses secondes", "this batch alone, with --plain or --json; with receivers: its seconds"))
	flags.IntVar(&how.query, "query", 1, a.say("laquelle, quand un enregistrement a plusieurs requêtes", "which one, when a recording has several queries"))
	return cmd
}

// stepJobs shows jobs, stages and tasks.
func (a *app) stepJobs(s scene, how stepping) error {
	o := view.Options{Language: a.language, Title: s.title, NoColor: !a.color, ASCII: how.ascii, Scenario: s.jobs}
	if s.jobs != nil {
		o.Replay = a.runExample
		o.Save = func(j scenario.Jobs) (string, error) { return a.saveScenario(j) }
	}
	if how.plain || !a.terminal {
		return fault(view.Plain(a.out, s.events, o))
	}
	return fault(view.Run(s.events, o))
}

// stepReceivers shows receivers, blocks and the batches cut from them.
func (a *app) stepReceivers(s scene, how stepping, one bool) error {
	o := receivers.Options{Language: a.language, Title: s.title, NoColor: !a.color, ASCII: how.ascii, Scenario: s.receiving, Keep: keeping[receivers.Prediction](a, s.tp)}
	if one {
		o.Batch = &how.batch
	}
	if s.receiving != nil {
		o.Replay = a.receiverReplayer()
		o.Save = func(r scenario.Receiving) (string, error) { return a.saveScenario(r) }
	}
	switch {
	case how.data:
		return fault(receivers.JSON(a.out, s.events, o))
	case how.plain || !a.terminal:
		return fault(receivers.Plain(a.out, s.events, o))
	}
	return fault(receivers.Run(s.events, o))
}

// stepQueries shows the batches of streaming queries.
func (a *app) stepQueries(s scene, how stepping, one bool) error {
	choices := streaming.Choices(s.events)
	if how.query < 1 || how.query > choices {
		return a.usage(a.say("--query %d : de 1 à %d ici", "--query %d: from 1 to %d here"), how.query, choices)
	}
	if choices > 1 {
		fmt.Fprintf(a.problems, a.say("L'enregistrement a %d requêtes ; voici la %d (--query).\n", "The recording has %d queries; here is number %d (--query).\n"), choices, how.query)
	}
	o := streams.Options{
		Language: a.language, Title: s.title, NoColor: !a.color, ASCII: how.ascii, Comparison: how.query - 1,
		Scenario: s.scenario, Keep: keeping[streams.Prediction](a, s.tp), Export: handOut,
	}
	if s.scenario != nil {
		o.Replay = a.replayer()
		o.Save = func(one scenario.Scenario) (string, error) { return a.saveScenario(one) }
	}
	if one {
		o.Batch = &how.batch
	}
	switch {
	case how.data:
		return fault(streams.JSON(a.out, s.events, o))
	case how.plain || !a.terminal:
		return fault(streams.Plain(a.out, s.events, o))
	}
	return fault(streams.Run(s.events, o))
}
