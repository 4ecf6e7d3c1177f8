package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/grader/lab"
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
	mouse, live        bool
	one                bool // batch is asked for
	dataset            string
	batch              int64
	out                string
	query              int
}

// stepCommand steps through jobs and streaming queries: the student's exercise, the
// notebook's example, an experiment of the course, a recording.
func (a *app) stepCommand() *cobra.Command {
	var how stepping
	cmd := &cobra.Command{
		Use:     "step TP [EXERCICE] | FICHIER.rec | FICHIER.json | --live -- PROGRAMME",
		Aliases: []string{"pas"},
		Short:   a.say("Avancer pas à pas, tâche par tâche ou lot par lot, et revenir", "Step task by task or batch by batch, and back"),
		Long: a.say(
			"Rejoue pas à pas votre exercice sur les données du TP. Sans numéro : le premier\nexercice commencé, sinon l'exemple du cahier ; dans les TP 4 à 6, deux\nrécepteurs dont un exécuteur meurt ; dans les TP 7 à 9, les animaux du cours\ndans les trois modes, une expérience qui se change (fenêtre, filigrane,\névénement en retard) et s'enregistre. Un enregistrement fait avec\nETINCELLE_RECORD=fichier.rec se rejoue de même ; --live le suit pendant que le\nprogramme tourne.",
			"Steps through your exercise on the TP's data. Without a number: the first\nexercise you have begun, else the notebook's example; in TPs 4 to 6 two\nreceivers, of which an executor dies; in TPs 7 to 9 the course's animals in the\nthree modes, an experiment that can be changed (window, watermark, a late\nevent) and saved. A recording made with ETINCELLE_RECORD=file.rec steps alike;\n--live follows it while the program runs."),
		Example: "  go run . step tp02\n  go run . step tp02 2 --plain\n  go run . step tp08\n  go run . step tp09 --batch 6 --plain\n  go run . step --dataset storm\n  go run . step --live -- go run ./mon-programme",
		Args: func(cmd *cobra.Command, args []string) error {
			if cmd.ArgsLenAtDash() >= 0 {
				return nil // a program with its own arguments
			}
			return a.takes(0, 2)(cmd, args)
		},
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			show := func() error {
				if how.live {
					return a.liveCommand(cmd, args, how)
				}
				s, err := a.find(cmd.Context(), args, how.dataset)
				if err != nil {
					return err
				}
				how.one = cmd.Flags().Changed("batch")
				return a.show(s, how)
			}
			if how.plain || how.data || how.out != "" || !a.terminal {
				return show()
			}
			return a.guarded(show)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&how.plain, "plain", false, a.say("en lignes de texte, sans écran (d'office dans un tube)", "as lines of text, without a screen (by itself in a pipe)"))
	flags.BoolVar(&how.ascii, "ascii", false, a.say("sans cadres ni signes hors ASCII", "no frames or signs beyond ASCII"))
	flags.BoolVar(&how.mouse, "mouse", false, a.say("la souris désigne les panneaux et les lots ; Maj pour sélectionner du texte", "the mouse points at panels and batches; Shift to select text"))
	flags.BoolVar(&how.live, "live", false, a.say("suivre un programme qui tourne : son enregistrement, ou sa commande après --", "follow a program that runs: its recording, or its command after --"))
	flags.BoolVar(&how.data, "json", false, a.say("les lots ou les jobs en JSON", "the batches or the jobs as JSON"))
	flags.StringVar(&how.dataset, "dataset", "", a.say("expérience du cours : animals, storm (6 181 vols d'une semaine d'orages), receivers (un exécuteur meurt) ou driver (le pilote meurt)", "an experiment of the course: animals, storm (6,181 flights of a stormy week), receivers (an executor dies) or driver (the driver dies)"))
	flags.Int64Var(&how.batch, "batch", 0, a.say("ce lot seul, avec --plain ou --json ; avec des récepteurs : ses secondes", "this batch alone, with --plain or --json; with receivers: its seconds"))
	flags.StringVar(&how.out, "out", "", a.say("écrire ce lot (--batch) ou le dernier en image pour un cahier : FICHIER.svg, et FICHIER.txt à côté", "write this batch (--batch) or the last as a picture for a notebook: FILE.svg, and FILE.txt beside it"))
	flags.IntVar(&how.query, "query", 1, a.say("laquelle, quand un enregistrement a plusieurs requêtes", "which one, when a recording has several queries"))
	return cmd
}

// liveCommand follows a file, or a program that it starts.
func (a *app) liveCommand(cmd *cobra.Command, args []string, how stepping) error {
	dash := cmd.ArgsLenAtDash()
	switch {
	case how.out != "" || how.data || how.dataset != "" || cmd.Flags().Changed("batch"):
		return a.usage("%s", a.say("--live ne va pas avec --json, --batch, --out ni --dataset", "--live does not go with --json, --batch, --out or --dataset"))
	case dash == 0 && len(args) > 0:
		return a.live(cmd.Context(), "", args, how)
	case dash >= 0 || len(args) != 1 || !isRecording(args[0]) || strings.HasSuffix(args[0], ".gz"):
		return a.usage("%s", a.say(
			"step --live : un enregistrement (.rec ou .jsonl) ou, après --, un programme. Exemples :\n  go run . step --live flux.rec\n  go run . step --live -- go run ./mon-programme",
			"step --live: a recording (.rec or .jsonl) or, after --, a program. Examples:\n  go run . step --live flow.rec\n  go run . step --live -- go run ./my-program"))
	}
	return a.live(cmd.Context(), args[0], nil, how)
}

// show opens the screen that tells what a scene holds.
func (a *app) show(s scene, how stepping) error {
	switch {
	case streaming.Tells(s.events):
		return a.stepQueries(s, how)
	case !shows(s.events) && !how.data:
		a.line(a.say("%s : ni job ni requête de flux n'a été lancé, il n'y a rien à suivre.", "%s: no job and no streaming query was run, there is nothing to step through."), s.title.In(a.language))
		return nil
	case how.out != "" || how.one && !receiving.Tells(s.events):
		return a.usage("%s", a.say("--batch et --out : pour les lots d'un flux ; il n'y en a pas ici", "--batch and --out: for the batches of a stream; there is none here"))
	case receiving.Tells(s.events):
		o := a.receiversOptions(s, how)
		switch {
		case how.data:
			return fault(receivers.JSON(a.out, s.events, o))
		case how.plain || !a.terminal:
			return fault(receivers.Plain(a.out, s.events, o))
		}
		return fault(receivers.Run(s.events, o))
	}
	o := a.jobsOptions(s, how)
	switch {
	case how.data:
		return fault(view.JSON(a.out, s.events, o))
	case how.plain || !a.terminal:
		return fault(view.Plain(a.out, s.events, o))
	}
	return fault(view.Run(s.events, o))
}

// jobsOptions are those of jobs, stages and tasks.
func (a *app) jobsOptions(s scene, how stepping) view.Options {
	o := view.Options{Language: a.language, Title: s.title, NoColor: !a.color, ASCII: how.ascii, Mouse: how.mouse, Write: handOut, Live: s.live, Scenario: s.jobs}
	if s.jobs != nil {
		o.Replay = a.runExample
		o.Save = func(j scenario.Jobs) (string, error) { return a.saveScenario(j) }
	}
	return o
}

// receiversOptions are those of receivers, blocks and the batches cut from them.
func (a *app) receiversOptions(s scene, how stepping) receivers.Options {
	o := receivers.Options{Language: a.language, Title: s.title, NoColor: !a.color, ASCII: how.ascii, Mouse: how.mouse, Write: handOut, Live: s.live, Scenario: s.receiving, Keep: keeping[receivers.Prediction](a, s.tp)}
	if how.one {
		o.Batch = &how.batch
	}
	if s.receiving != nil {
		o.Replay = a.receiverReplayer()
		o.Save = func(r scenario.Receiving) (string, error) { return a.saveScenario(r) }
	}
	return o
}

// queriesOptions are those of the batches of streaming queries.
func (a *app) queriesOptions(s scene, how stepping) streams.Options {
	o := streams.Options{
		Language: a.language, Title: s.title, NoColor: !a.color, ASCII: how.ascii, Mouse: how.mouse, Comparison: how.query - 1,
		Scenario: s.scenario, Keep: keeping[streams.Prediction](a, s.tp), Write: handOut, Live: s.live,
	}
	if s.scenario != nil {
		o.Replay = a.replayer()
		o.Save = func(one scenario.Scenario) (string, error) { return a.saveScenario(one) }
	}
	if l, err := lab.Find(a.root, s.tp); s.tp != "" && err == nil {
		o.Mode = l.Mode
	}
	if how.one {
		o.Batch = &how.batch
	}
	return o
}

// stepQueries shows the batches of streaming queries.
func (a *app) stepQueries(s scene, how stepping) error {
	choices := streaming.Choices(s.events)
	if how.query < 1 || how.query > choices {
		return a.usage(a.say("--query %d : de 1 à %d ici", "--query %d: from 1 to %d here"), how.query, choices)
	}
	if choices > 1 {
		fmt.Fprintf(a.problems, a.say("L'enregistrement a %d requêtes ; voici la %d (--query).\n", "The recording has %d queries; here is number %d (--query).\n"), choices, how.query)
	}
	err := a.tellQueries(s, how)
	var absent streams.NoBatch
	if errors.As(err, &absent) {
		return a.usage("--batch: %w", absent)
	}
	return err
}

func (a *app) tellQueries(s scene, how stepping) error {
	o := a.queriesOptions(s, how)
	switch {
	case how.out != "":
		return a.stepPicture(s, how)
	case how.data:
		return fault(streams.JSON(a.out, s.events, o))
	case how.plain || !a.terminal:
		return fault(streams.Plain(a.out, s.events, o))
	}
	return fault(streams.Run(s.events, o))
}

// pictureWidth and pictureHeight are those of a small terminal: a notebook is read there
// as well.
const pictureWidth, pictureHeight = 80, 24

// stepPicture writes a batch as a figure of a notebook: an image, and its text beside it.
func (a *app) stepPicture(s scene, how stepping) error {
	name, svg := strings.CutSuffix(how.out, ".svg")
	if !svg {
		return a.usage(a.say("--out %s : un nom en .svg est attendu", "--out %s: a name in .svg is expected"), how.out)
	}
	c, err := streams.Picture(s.events, a.queriesOptions(s, how), pictureWidth, pictureHeight)
	if err == nil {
		err = errors.Join(lab.WriteFile(how.out, c.SVG()), lab.WriteFile(name+".txt", []byte(c.String())))
	}
	if err != nil {
		return fault(err)
	}
	a.line(a.say("Écrit : %s, %s.txt. Dans un cahier : ![essai](%s)", "Written: %s, %s.txt. In a notebook: ![trial](%s)"), how.out, name, how.out)
	return nil
}
