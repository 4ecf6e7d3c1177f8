package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/pprof"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/bench"
)

// benchCommand times a job of the benchmark, or makes its data.
func (a *app) benchCommand() *cobra.Command {
	plan := bench.Plan{Began: a.began}
	var scale float64
	var memory, profile string
	cmd := &cobra.Command{
		Use:   "bench JOB|make",
		Short: a.say("Mesurer un programme : ", "Time a program: ") + strings.Join(bench.Jobs(), ", "),
		Example: "  go run . bench make --data /tmp/data --scale 0.1\n  go run . bench wordcount --data /tmp/data --runs 3\n" +
			"  go run . bench sort --data /tmp/data --memory 64MiB --runs 1",
		Args: a.takes(1, 1),
		RunE: func(_ *cobra.Command, args []string) (err error) {
			if args[0] == "make" {
				return fault(bench.Make(plan.Data, filepath.Join(a.root, "datasets"), scale))
			}
			if plan.Memory, err = a.bytes("--memory", memory); err != nil {
				return err
			}
			stop, err := a.profile(profile)
			if err != nil {
				return err
			}
			defer stop()
			err = bench.Run(args[0], plan, func(r bench.Result) error {
				line, err := json.Marshal(r)
				a.line("%s", line)
				return err
			})
			if errors.Is(err, bench.ErrWrongAnswer) {
				return fault(err)
			}
			if err != nil {
				return &exit{exitUsage, err}
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&plan.Data, "data", ".", a.say("dossier des données", "folder of the data"))
	flags.IntVar(&plan.Runs, "runs", 3, a.say("nombre de passages", "number of runs"))
	flags.Float64Var(&scale, "scale", 1, a.say("taille des données à écrire (1 : 100 Mo de texte, 5 millions de paires, 3,4 millions de vols)", "size of the data to write (1: 100 MB of text, 5 million pairs, 3.4 million flights)"))
	flags.StringVar(&memory, "memory", "", a.say(
		"mémoire de la session, p. ex. 64MiB ; donne aussi le pic du processus (avec --runs 1, celui d'un passage) et ce qui a été déversé sur disque",
		"memory of the session, such as 64MiB; also tells the peak of the process (with --runs 1, that of one run) and what was spilled to disk"))
	flags.StringVar(&profile, "cpuprofile", "", a.say("fichier où écrire un profil, pour go tool pprof", "file for a profile, for go tool pprof"))
	return cmd
}

var sizeInBytes = regexp.MustCompile(`^([1-9]\d{0,8})(B|KiB|MiB|GiB)$`)

// bytes reads a flag's size; "" is 0.
func (a *app) bytes(flag, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	m := sizeInBytes.FindStringSubmatch(text)
	if m == nil {
		return 0, a.usage(a.say(
			"%s %q : un nombre entier suivi de B, KiB, MiB ou GiB est attendu, par exemple 64MiB",
			"%s %q: expected a whole number and B, KiB, MiB or GiB, such as 64MiB"), flag, text)
	}
	n, _ := strconv.ParseInt(m[1], 10, 64) // the expression lets small numbers through only
	return n * map[string]int64{"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}[m[2]], nil
}

// profile writes the processor's time to a file until stop is called; "" is none.
func (a *app) profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, &exit{exitUsage, fmt.Errorf("--cpuprofile: %w", err)}
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, fault(err)
	}
	return func() {
		pprof.StopCPUProfile()
		if err := f.Close(); err != nil {
			fmt.Fprintln(a.problems, err)
		}
	}, nil
}
