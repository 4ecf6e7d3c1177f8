package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rivo/tview"
	"github.com/spf13/cobra"

	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/book"
	"etincelle/tui/terminal"
)

// notebookFlags say what to do with a notebook besides reading it.
type notebookFlags struct {
	plain, ascii, write bool
	run                 string
}

// notebookCommand shows a TP's notebook, runs its cells, writes what they print.
func (a *app) notebookCommand() *cobra.Command {
	var f notebookFlags
	cmd := &cobra.Command{
		Use:     "notebook TP [SECTION]",
		Aliases: []string{"cahier"},
		Short:   a.say("Lire le cahier d'un TP, prédire, lancer ses cellules", "Read a TP's notebook, predict, run its cells"),
		Long: a.say(
			"Dans un terminal : le cahier page par page ; Tab choisit une cellule, Entrée la lance, après la\nprédiction quand il y a une question. La touche ? donne toutes les autres.\nAilleurs, ou avec --plain : le cahier en lignes de texte.",
			"In a terminal: the notebook page by page; Tab chooses a cell, Enter runs it, after the prediction\nwhen there is a question. The key ? tells all the others.\nElsewhere, or with --plain: the notebook as lines of text."),
		Example:           "  go run . notebook tp02\n  go run . notebook tp02 coalesce\n  go run . notebook tp02 --run coalesce\n  go run . notebook tp02 --write",
		Args:              a.takes(1, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.lab(args[0])
			if err != nil {
				return err
			}
			d := &desk{app: a, lab: l}
			defer d.close()
			section := ""
			if len(args) == 2 {
				section = strings.TrimPrefix(args[1], "#")
			}
			switch {
			case f.write:
				return a.writeNotebook(cmd.Context(), d)
			case f.run != "":
				return a.runCell(cmd.Context(), d, f.run)
			case f.plain || !a.terminal:
				return a.printNotebook(d, section, f.ascii)
			}
			return a.guarded(func() error { return a.readNotebook(d, section, f.ascii) })
		},
	}
	cmd.Flags().BoolVar(&f.plain, "plain", false, a.say("en lignes de texte, sans écran (d'office dans un tube)", "as lines of text, without a screen (by itself in a pipe)"))
	cmd.Flags().BoolVar(&f.ascii, "ascii", false, a.say("sans cadres ni signes hors ASCII", "no frames or signs beyond ASCII"))
	cmd.Flags().StringVar(&f.run, "run", "", a.say("lancer cette cellule, après la prédiction, et montrer ce qu'elle affiche", "run this cell, after the prediction, and show what it prints"))
	cmd.Flags().BoolVar(&f.write, "write", false, a.say("lancer toutes les cellules et écrire ce qu'elles affichent à côté du cahier", "run all cells and write what they print beside the notebook"))
	return cmd
}

// readNotebook shows the notebook on the screen.
func (a *app) readNotebook(d *desk, section string, ascii bool) error {
	n, err := d.Open(a.language)
	if err != nil {
		return fault(err)
	}
	if err := a.knownSection(d.lab, n, section); err != nil {
		return err
	}
	readings, err := lab.LoadReadings(a.root)
	if err != nil {
		return fault(err)
	}
	a.aside(readings)
	if section == "" {
		section = readings.Of(d.lab.Name).Section
	}
	b, err := book.New(d, book.Options{
		Options: terminal.Options{NoColor: !a.color, ASCII: ascii}, Name: d.lab.Short,
		Language: a.language, Section: section, Files: os.DirFS(d.lab.Path("")),
	})
	if err != nil {
		return fault(err)
	}
	for {
		signals, release := terminal.Signals()
		command, err := b.Show(signals, tview.NewApplication())
		asked := signals.Err() != nil
		release()
		if err := lab.Reread(a.root, d.lab.Name, func(r *lab.Reading) { r.Section = b.Section() }); err != nil {
			return fault(err)
		}
		if err != nil || command == nil || asked {
			return fault(err)
		}
		again, err := a.start(*command, a.say("Entrée : retour au cahier ", "Enter: back to the notebook "))
		if err != nil || !again {
			return fault(err)
		}
	}
}

// knownSection refuses a section that the notebook does not have.
func (a *app) knownSection(l *lab.Lab, n *notebook.Notebook, section string) error {
	if _, found := n.Section(section); found || section == "" {
		return nil
	}
	return a.usage(a.say("le cahier de %s n'a pas de section %q : il a %s", "the notebook of %s has no section %q: it has %s"), l.Short, section, strings.Join(sections(n), ", "))
}

// aside says that a damaged file was put aside.
func (a *app) aside(r lab.Readings) {
	if r.Aside != "" {
		fmt.Fprintf(a.problems, a.say("Vos prédictions ne se lisaient plus : le fichier est gardé sous %s.\n", "Your predictions could not be read: the file is kept as %s.\n"), r.Aside)
	}
}

// notebook is a TP's notebook in the reader's language.
func (a *app) notebook(tp string) (*notebook.Notebook, error) {
	return openNotebook(a.root, tp, a.language)
}

func openNotebook(root, tp string, l message.Language) (*notebook.Notebook, error) {
	path := notebookPath(tp, l)
	src, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		return nil, err
	}
	return notebook.Parse(path, src)
}

// headingOf is a section's title in a language; its id where the notebook cannot be read.
func headingOf(root, tp, section string, l message.Language) string {
	n, err := openNotebook(root, tp, l)
	if err != nil {
		return section
	}
	if s, found := n.Section(section); found {
		return s.Title
	}
	return section
}

// notebookPath is a notebook's file, relative to the module.
func notebookPath(tp string, l message.Language) string {
	return filepath.Join("labs", tp, "notebook."+string(l)+".md")
}

// sections are the ids of a notebook's headings.
func sections(n *notebook.Notebook) []string {
	var ids []string
	for _, b := range n.Blocks {
		if h, is := b.(*notebook.Heading); is && h.ID != "" {
			ids = append(ids, h.ID)
		}
	}
	return ids
}
