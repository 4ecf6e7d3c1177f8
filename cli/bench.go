package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/bench"
)

// benchCommand times a job of the benchmark, or makes its data.
func (a *app) benchCommand() *cobra.Command {
	var data string
	var runs int
	var scale float64
	cmd := &cobra.Command{
		Use:     "bench JOB|make",
		Short:   a.say("Mesurer un programme : ", "Time a program: ") + strings.Join(bench.Jobs(), ", "),
		Example: "  go run . bench make --data /tmp/data --scale 0.1\n  go run . bench wordcount --data /tmp/data --runs 3",
		Args:    a.takes(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if args[0] == "make" {
				return fault(bench.Make(data, filepath.Join(a.root, "datasets", "text", "opticks.txt"), scale))
			}
			err := bench.Run(args[0], data, runs, a.began, func(r bench.Result) error {
				line, err := json.Marshal(r)
				a.line("%s", line)
				return err
			})
			if err != nil {
				return &exit{exitUsage, err}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&data, "data", ".", a.say("dossier des données", "folder of the data"))
	cmd.Flags().IntVar(&runs, "runs", 3, a.say("nombre de passages", "number of runs"))
	cmd.Flags().Float64Var(&scale, "scale", 1, a.say("taille des données à écrire (1 : 100 Mo de texte, 5 millions de paires)", "size of the data to write (1: 100 MB of text, 5 million pairs)"))
	return cmd
}
