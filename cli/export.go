package cli

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"etincelle/export"
	"etincelle/grader/lab"
)

// exportCommand writes a TP's notebook for a printer, a browser or Jupyter.
func (a *app) exportCommand() *cobra.Command {
	var html, ipynb bool
	var out string
	cmd := &cobra.Command{
		Use:     "export TP --html|--ipynb",
		Aliases: []string{"exporter"},
		Short:   a.say("Exporter le cahier d'un TP : page HTML à imprimer, cahier Jupyter", "Export a TP's notebook: an HTML page to print, a Jupyter notebook"),
		Long: a.say(
			"--html : une seule page, figures, sorties et vos prédictions comprises, qui ne demande rien au\nréseau ; elle s'imprime en A4. --ipynb : un cahier Jupyter (nbformat 4.5) avec ses sorties, écrit pour le noyau\nGoNB ; un autre noyau Go en montre le texte et les sorties.",
			"--html: one page with figures, outputs and your predictions, which asks nothing of the network; it\nprints on A4.\n--ipynb: a Jupyter notebook (nbformat 4.5) with its outputs, written for the GoNB kernel; another\nGo kernel shows its text and outputs."),
		Example:           "  go run . export tp02 --html\n  go run . export tp02 --ipynb --out tp02.ipynb",
		Args:              a.takes(1, 1),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			if html == ipynb {
				return a.usage(a.say("export : --html ou --ipynb est attendu, l'un des deux. Exemple :\n%s", "export: --html or --ipynb is expected, one of them. Example:\n%s"), cmd.Example)
			}
			l, err := a.lab(args[0])
			if err != nil {
				return err
			}
			source, err := export.Open(l, a.language)
			if err != nil {
				return fault(err)
			}
			defer source.Close()
			if source.Answers, err = a.predictions(l); err != nil {
				return fault(err)
			}
			write, ending := source.HTML, ".html"
			if ipynb {
				write, ending = source.IPYNB, ".ipynb"
			}
			written, err := write()
			if err != nil {
				return fault(err)
			}
			if out == "-" {
				_, err := a.out.Write(written)
				return fault(err)
			}
			if out == "" {
				out = filepath.Join(a.root, l.Short+"."+string(a.language)+ending)
			}
			if err := lab.WriteFile(out, written); err != nil {
				return fault(err)
			}
			a.line("%s", out)
			return nil
		},
	}
	cmd.Flags().BoolVar(&html, "html", false, a.say("une page HTML", "an HTML page"))
	cmd.Flags().BoolVar(&ipynb, "ipynb", false, a.say("un cahier Jupyter", "a Jupyter notebook"))
	cmd.Flags().StringVar(&out, "out", "", a.say("fichier à écrire (- : la sortie ; d'office à la racine du cours)", "file to write (-: the output; in the course's folder by default)"))
	return cmd
}

// predictions are what the student answered to a notebook's questions.
func (a *app) predictions(l *lab.Lab) (map[string]string, error) {
	readings, err := lab.LoadReadings(a.root)
	answers := map[string]string{}
	for id, p := range readings.Of(l.Name).Predictions {
		answers[id] = p.Text
	}
	return answers, err
}
