package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/grader/message"
	"etincelle/scenario"
)

// scenarioCommand runs one of the failures that the course names, or lists them.
func (a *app) scenarioCommand() *cobra.Command {
	var realTime bool
	var record string
	cmd := &cobra.Command{
		Use:     "scenario [NOM]",
		Aliases: []string{"scénario"},
		Short:   a.say("Jouer une panne du streaming et en lire le bilan", "Run a failure of streaming and read its account"),
		Long: a.say(
			"Une source envoie des lignes numérotées, un récepteur les range, des lots les\ntraitent ; quelque chose tombe en panne ; à la fin, un bilan dit ce que chaque\nligne est devenue. Sur l'horloge manuelle, chaque passage est le même. Sans\nnom : la liste.",
			"A source sends numbered rows, a receiver stores them, batches process them;\nsomething fails; at the end an account says what became of every row. On the\nmanual clock every run is the same. Without a name: the list."),
		Example: "  go run . scenario\n  go run . scenario receiver-killed-1\n  go run . scenario backlog --real --record backlog.jsonl",
		Args:    a.takes(0, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return scenarioNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				a.listScenarios()
				return nil
			}
			s, err := scenario.Find(args[0])
			if err != nil {
				return a.usage(a.say("scénario %q : connus sont %s", "scenario %q: known are %s"), args[0], strings.Join(scenarioNames(), ", "))
			}
			return a.runScenario(s, scenario.Options{Real: realTime}, record)
		},
	}
	cmd.Flags().BoolVar(&realTime, "real", false, a.say("à l'horloge de l'ordinateur, en temps réel", "by the computer's clock, in real time"))
	cmd.Flags().StringVar(&record, "record", "", a.say("fichier .jsonl où enregistrer, pour step", ".jsonl file to record to, for step"))
	return cmd
}

func scenarioNames() []string {
	var names []string
	for _, s := range scenario.All() {
		names = append(names, s.Name)
	}
	return names
}

func (a *app) listScenarios() {
	for _, s := range scenario.All() {
		a.line("%-22s %s", s.Name, a.text(s.Title))
	}
}

// text is a scenario's sentence in the reader's language.
func (a *app) text(t scenario.Text) string { return a.say(t.French, t.English) }

func (a *app) runScenario(s scenario.Scenario, o scenario.Options, record string) error {
	a.line("%s", a.text(s.Title))
	a.line("%s", a.text(s.Story))
	a.line("")
	r, err := s.Run(o)
	if err != nil {
		return fault(err)
	}
	for _, line := range r.Narrate(a.language == message.English) {
		a.line("%s", line)
	}
	if record == "" {
		return nil
	}
	if err := r.Record(record); err != nil {
		return &exit{exitUsage, fmt.Errorf("--record: %w", err)}
	}
	a.line("")
	a.line(a.say("Enregistré : go run . step %s", "Recorded: go run . step %s"), record)
	return nil
}
