package cli

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"etincelle/grader/notebook"
)

// notebookCommand shows a TP's notebook in the terminal.
func (a *app) notebookCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "notebook TP",
		Aliases:           []string{"cahier"},
		Short:             a.say("Lire le cahier d'un TP", "Read a TP's notebook"),
		Example:           "  go run . notebook tp02",
		Args:              a.takes(1, 1),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			lab, err := a.lab(args[0])
			if err != nil {
				return err
			}
			text, err := a.renderNotebook(lab.Name)
			if err != nil {
				return fault(err)
			}
			return fault(a.page(cmd.Context(), text))
		},
	}
}

// notebook is a TP's notebook in the reader's language.
func (a *app) notebook(tp string) (*notebook.Notebook, error) {
	path := filepath.Join("labs", tp, "notebook."+string(a.language)+".md")
	src, err := os.ReadFile(filepath.Join(a.root, path))
	if err != nil {
		return nil, err
	}
	return notebook.Parse(path, src)
}

// renderNotebook is a TP's notebook as text.
func (a *app) renderNotebook(tp string) ([]byte, error) {
	n, err := a.notebook(tp)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = notebook.Render(&text, n, notebook.Style{Width: a.width, Color: a.color, Language: string(a.language)})
	return text.Bytes(), err
}
