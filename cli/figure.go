package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/engine/event"
	"etincelle/figure"
	"etincelle/figure/stored"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/report"
)

// maxRecording bounds the recordings that are drawn, in bytes: what is larger
// makes no figure that anybody can read.
const maxRecording = 256 << 20

// figureCommand draws a recording, or keeps the figures of the labs fresh.
func (a *app) figureCommand() *cobra.Command {
	var o figure.Options
	var svg, text, check, rewrite bool
	var out string
	cmd := &cobra.Command{
		Use:     "figure GENRE FICHIER.jsonl",
		Aliases: []string{"dessiner"},
		Short:   a.say("Dessiner un enregistrement : étapes, partitions, lots d'un flux", "Draw a recording: stages, partitions, a stream's batches"),
		Long: a.say(
			"Dessine un enregistrement fait avec ETINCELLE_RECORD=fichier.jsonl, en SVG ou en texte.\nGenres : étapes (et brassages) ; partitions (lignes de chacune) ; stockage (mémoire et disque des\nexécuteurs à la fin du dernier job choisi).\n\nRequêtes sur un flux : arrivées (temps d'événement, arrivée, filigrane, de la première choisie) ; modes\n(ce qu'écrit chacun, lot par lot) ; modèle (entrée, résultat et sortie aux trois premiers\ndéclenchements) ; délais (ce que perd et fait attendre chaque délai du filigrane) ; état (sa taille,\nlot après lot).\n\nSans enregistrement : --check dit si les figures des TP sont celles que donnent leurs programmes\n(labs/TP/figures), --rewrite les redessine.",
			"Draws a recording made with ETINCELLE_RECORD=file.jsonl, as SVG or as text.\nKinds: stages (and shuffles); partitions (the rows of each); storage (memory and disk of the\nexecutors at the end of the last job chosen).\n\nStreaming queries: arrivals (event time, arrival and watermark, of the first chosen); modes (what each\nwrites, batch by batch); model (input, result and output at the first three triggers); delays (what\neach delay of a watermark loses, and how long it makes wait); state (its size, batch after batch).\n\nWithout a recording: --check says whether the labs' figures are what their programs give\n(labs/TP/figures), --rewrite draws them anew."),
		Example: "  go run . figure stages run.jsonl\n  go run . figure partitions run.jsonl --job 1,2 --out sizes.svg\n  go run . figure arrivals run.jsonl --query 2\n  go run . figure --check",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case check && rewrite || (check || rewrite) && len(args) > 0 || svg && text:
				return a.usage("%s", a.say(
					"figure : --check et --rewrite vont seuls, --svg exclut --text. Emploi : go run . figure GENRE FICHIER.jsonl",
					"figure: --check and --rewrite go alone, --svg excludes --text. Usage: go run . figure GENRE FICHIER.jsonl"))
			case check:
				return a.figures(cmd, a.freshFigures)
			case rewrite:
				return a.figures(cmd, a.newFigures)
			}
			if err := a.takes(2, 2)(cmd, args); err != nil {
				return err
			}
			kind, err := figure.KindNamed(args[0])
			if err != nil {
				return &exit{exitUsage, err}
			}
			recording, err := boundedRecording(args[1])
			if err != nil {
				return &exit{exitUsage, err}
			}
			o.Language = a.language
			f, err := figure.Draw(kind, recording, o)
			if err != nil {
				return &exit{exitUsage, fmt.Errorf("%s: %w", report.Clean(args[1]), err)}
			}
			drawn := []byte(f.Text())
			if svg || !text && strings.EqualFold(filepath.Ext(out), ".svg") {
				drawn = f.SVG()
			}
			if out != "" {
				return fault(lab.WriteFile(out, drawn))
			}
			_, err = a.out.Write(drawn)
			return fault(err)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&svg, "svg", false, a.say("en SVG (d'office si --out finit par .svg)", "as SVG (by itself when --out ends in .svg)"))
	flags.BoolVar(&text, "text", false, a.say("en texte", "as text"))
	flags.StringVar(&out, "out", "", a.say("fichier à écrire (d'office : la sortie)", "file to write (the output by default)"))
	flags.StringVar(&o.Title, "title", "", a.say("titre de la figure", "the figure's title"))
	flags.IntSliceVar(&o.Jobs, "job", nil, a.say("numéros des jobs à dessiner (d'office : tous)", "numbers of the jobs to draw (all by default)"))
	flags.IntSliceVar(&o.Queries, "query", nil, a.say("numéros des requêtes à dessiner, dans l'ordre de l'enregistrement, à partir de 0 (d'office : toutes)", "numbers of the streaming queries to draw, in the recording's order, from 0 (all by default)"))
	flags.BoolVar(&check, "check", false, a.say("les figures des TP sont-elles à jour ?", "are the labs' figures fresh?"))
	flags.BoolVar(&rewrite, "rewrite", false, a.say("redessiner les figures des TP", "draw the labs' figures anew"))
	return cmd
}

// boundedRecording reads a recording that may be anybody's.
func boundedRecording(path string) ([]event.Event, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxRecording {
		return nil, fmt.Errorf("%s: found %d MiB, expected a recording of at most %d MiB", path, info.Size()>>20, maxRecording>>20)
	}
	return readRecording(path)
}

// figures does one thing with the figures of every lab.
func (a *app) figures(cmd *cobra.Command, do func(*cobra.Command, *lab.Lab) error) error {
	names, err := lab.List(a.root)
	if err != nil {
		return fault(err)
	}
	var errs []error
	for _, name := range names {
		l, err := lab.Find(a.root, name)
		if err == nil {
			err = do(cmd, l)
		}
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return &exit{exitWrong, errors.New(report.Clean(err.Error()))}
	}
	return nil
}

func (a *app) freshFigures(cmd *cobra.Command, l *lab.Lab) error {
	if err := stored.Check(cmd.Context(), l); err != nil {
		return err
	}
	a.line(a.say("%s : les figures sont à jour.", "%s: the figures are fresh."), l.Short)
	return nil
}

func (a *app) newFigures(cmd *cobra.Command, l *lab.Lab) error {
	written, err := stored.Write(cmd.Context(), l)
	for _, path := range written {
		if short, err := filepath.Rel(a.root, path); err == nil {
			path = short
		}
		a.line("%s", path)
	}
	return err
}

// figureTrials is what selftest asks of the labs' figures; rewrite draws them
// anew first.
func (a *app) figureTrials(ctx context.Context, scope class.Scope, rewrite bool, tell func(class.Trial)) (bool, error) {
	names, err := scope.Labs(a.root)
	held := true
	for _, name := range names {
		l, err := lab.Find(a.root, name)
		if err == nil && rewrite {
			_, err = stored.Write(ctx, l)
		}
		if err == nil {
			err = stored.Check(ctx, l)
		}
		held = held && err == nil
		tell(class.Trial{Lab: name, Name: "figures", Err: err})
	}
	return held, err
}
