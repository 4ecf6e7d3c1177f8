package cli

import (
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"etincelle/bench"
)

// stormCommand runs the storm week of flights in the three output modes, and tells
// which flights came too late.
func (a *app) stormCommand() *cobra.Command {
	plan := bench.StormPlan{}
	cmd := &cobra.Command{
		Use:     "storm",
		Aliases: []string{"tempête", "tempete"},
		Short:   a.say("La semaine de tempête dans les trois modes, et les vols perdus pour retard", "The storm week in the three modes, and the flights lost for being late"),
		Long: a.say(
			"Compte les vols de la semaine du 24 au 30 juin 2013 par heure de départ prévue et par aéroport, en\nmodes ajout, mise à jour et complet, par lots de 20 lignes. Le flux apprend un vol quand il part : un\nvol en retard est une donnée tardive, et un filigrane trop court la perd.",
			"Counts the flights of 24 to 30 June 2013 by hour of scheduled departure and airport, in append, update\nand complete mode, 20 rows a batch. The stream learns of a flight when it leaves: a late flight is late\ndata, and a watermark with too short a delay loses it."),
		Example: "  go run . storm\n  go run . storm --delay 1h\n  go run . storm --rows 100 --slowly",
		Args:    a.takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if plan.Rows < 1 || plan.Delay < 0 {
				return a.usage("%s", a.say("storm : --rows vaut au moins 1 et --delay n'est pas négatif, par exemple --rows 20 --delay 10m", "storm: --rows is at least 1 and --delay is not negative, such as --rows 20 --delay 10m"))
			}
			plan.File = filepath.Join(a.root, "datasets", "flights", "stream_storm_week.csv")
			report, err := bench.StormWeek(plan)
			if err != nil {
				return fault(err)
			}
			a.storm(plan, report)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&plan.Rows, "rows", 20, a.say("lignes par lot", "rows a batch"))
	flags.DurationVar(&plan.Delay, "delay", 10*time.Minute, a.say("délai du filigrane", "delay of the watermark"))
	flags.BoolVar(&plan.Slowly, "slowly", false, a.say("laisser les lots vides s'intercaler, comme quand les lignes arrivent lentement", "let batches without rows run in between, as when rows come slowly"))
	return cmd
}

// storm prints what became of the week.
func (a *app) storm(plan bench.StormPlan, r *bench.StormReport) {
	a.line(a.say("%d vols, lots de %d lignes, filigrane à %s", "%d flights, batches of %d rows, watermark %s behind"), r.Flights, plan.Rows, plan.Delay)
	a.line("")
	a.line(a.say(
		"%-12s %6s %6s %8s %9s %9s %8s %6s %8s",
		"%-12s %6s %6s %8s %9s %9s %8s %6s %8s"),
		a.say("mode", "mode"), a.say("lots", "batches"), a.say("vides", "empty"), a.say("sorties", "out"), a.say("comptés", "counted"),
		a.say("attendent", "waiting"), a.say("perdus", "lost"), a.say("état", "state"), a.say("tardifs*", "dropped*"))
	names := map[string]string{"append": a.say("ajout", "append"), "update": a.say("mise à jour", "update"), "complete": a.say("complet", "complete")}
	for _, m := range r.Modes {
		if m.Refused != nil {
			a.line("%-12s %s", names[m.Mode], m.Refused)
			continue
		}
		a.line("%-12s %6d %6d %8d %9d %9d %8d %6d %8d", names[m.Mode], m.Batches, m.Empty, m.Out, m.Counted, m.Waiting, m.Lost, m.State, m.Dropped)
	}
	a.line("")
	a.line("%s", a.say(
		"perdus : vols dont l'heure était fermée quand ils sont partis (fin de fenêtre <= filigrane du lot d'avant).\n* numRowsDroppedByWatermark de Spark : groupes tardifs, comptés après l'agrégation partielle.\nLe mode complet ne perd rien : son état n'est jamais purgé.",
		"lost: flights whose hour was closed when they left (end of window <= watermark of the batch before).\n* Spark's numRowsDroppedByWatermark: late groups, counted after partial aggregation.\nComplete mode loses nothing: its state is never dropped."))
}
