package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/report"
)

// runCommand runs the student's functions on the TP's data and shows what came:
// result, plan, counters. Nothing is judged.
func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "run TP [EXERCICE]",
		Aliases:           []string{"lancer"},
		Short:             a.say("Lancer vos exercices sur les données du TP : résultat, plan, compteurs", "Run your exercises on the TP's data: result, plan, counters"),
		Example:           "  go run . run tp02 2",
		Args:              a.takes(1, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			l, exercises, err := a.named(args)
			if err != nil {
				return err
			}
			code := exitRight
			for _, e := range exercises {
				done, undone, err := a.execute(cmd.Context(), l, e.Number)
				if err != nil {
					return err
				}
				for _, name := range undone {
					a.line(a.say("%s %d — %s : pas encore fait", "%s %d — %s: not done yet"), a.say("Exercice", "Exercise"), e.Number, name)
					code = exitWrong
				}
				for _, d := range done {
					if !a.shown(e, d) {
						code = exitWrong
					}
				}
			}
			if code != exitRight {
				return &exit{code, nil}
			}
			return nil
		},
	}
}

// shown prints one run; false when there is no result to show.
func (a *app) shown(e lab.Exercise, d executed) bool {
	a.line("%s", a.bold(fmt.Sprintf(a.say("Exercice %d — %s", "Exercise %d — %s"), e.Number, d.run.Function)))
	defer a.line("")
	if problem := d.problem(); problem != nil {
		a.line("  %s", problem.Text(a.language))
		for _, more := range problem.More {
			a.line("  %s", report.Clean(more.In(a.language)))
		}
		return false
	}
	about := d.data.Describe(a.language)
	a.folded(a.say("Données : ", "Data: ") + report.Clean(about[0]))
	for _, row := range about[1:] {
		a.folded(report.Clean(row))
	}
	a.result(d)
	if digest := d.digest(); !d.outcome.Value || ownJobs(digest) {
		a.plan(d, digest)
		a.counters(d)
	}
	a.keeping(d)
	if printed := strings.TrimSpace(d.printed); printed != "" {
		a.line("%s", a.say("Vos affichages", "What you printed"))
		for line := range strings.Lines(report.Clean(printed)) {
			a.line("  %s", line)
		}
	}
	return true
}

const (
	firstRows = 5 // of a result that are shown
	firstJobs = 6 // of a plan: a stream runs some for each batch
)

func (a *app) result(d executed) {
	rows := check.Flat(d.outcome.Rows)
	if d.outcome.Value && len(rows) > 0 {
		if queries := heardIn(rows[0]); len(queries) > 0 {
			a.batches(queries)
			return
		}
		a.line(a.say("Résultat : %s", "Result: %s"), report.Clean(check.Show(rows[0])))
		return
	}
	var sizes []string
	for _, p := range d.outcome.Rows {
		sizes = append(sizes, fmt.Sprint(len(p)))
	}
	a.line(a.say("Résultat : %d lignes dans %d partitions (%s)", "Result: %d rows in %d partitions (%s)"), len(rows), len(sizes), strings.Join(sizes, " "))
	for _, row := range rows[:min(firstRows, len(rows))] {
		a.folded("  " + report.Clean(check.Show(row)))
	}
	if len(rows) > firstRows {
		a.line("  …")
	}
}

// digest is the jobs of a run.
func (d executed) digest() (digest event.Digest) {
	for _, e := range d.recording() {
		digest.Hear(e)
	}
	return digest
}

// ownJobs reports whether the student's file has a part in a job. The jobs of a run
// that only checks an answer against the engine tell its reader nothing.
func ownJobs(digest event.Digest) bool {
	return slices.ContainsFunc(digest.Jobs, func(job *event.JobDigest) bool {
		return strings.Contains(job.String(), "exercises.go")
	})
}

func (a *app) plan(d executed, digest event.Digest) {
	a.line("%s", a.say("Plan", "Plan"))
	if d.outcome.Partitioner != "" {
		a.line(a.say("  partitionneur : %s", "  partitioner: %s"), d.outcome.Partitioner)
	}
	for _, job := range digest.Jobs[:min(firstJobs, len(digest.Jobs))] {
		for line := range strings.Lines(report.Clean(job.String())) {
			a.folded("  " + strings.TrimRight(line, "\n"))
		}
	}
	if left := len(digest.Jobs) - firstJobs; left > 0 {
		a.line("  %s", moreJobs.Fill(a.language, message.Facts{"jobs": left}))
	}
}

var moreJobs = message.Both("… et {jobs:job|jobs} de plus", "… and {jobs:more job|more jobs}")

var countersText = message.Both(
	"Compteurs : {jobs:job|jobs}, {stages:étape|étapes} ({skipped:sautée|sautées}), {tasks:tâche|tâches}, {shuffled:enregistrement brassé|enregistrements brassés}, {result:ligne au pilote|lignes au pilote}",
	"Counters: {jobs:job|jobs}, {stages:stage|stages} ({skipped:skipped|skipped}), {tasks:task|tasks}, {shuffled:record|records} shuffled, {result:row|rows} to the driver")

func (a *app) counters(d executed) {
	var c event.Counters
	for _, e := range d.recording() {
		c.Add(e)
	}
	a.folded(countersText.Fill(a.language, message.Facts{
		"jobs": c.Jobs, "stages": c.Stages, "skipped": c.SkippedStages, "tasks": c.Tasks, "shuffled": c.ShuffleWrite, "result": c.Result,
	}))
}
