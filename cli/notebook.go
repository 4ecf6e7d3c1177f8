package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"etincelle/grader/notebook"
)

// notebookCommand shows a TP's notebook in the terminal.
func (a *app) notebookCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "notebook TP [SECTION]",
		Aliases:           []string{"cahier"},
		Short:             a.say("Lire le cahier d'un TP", "Read a TP's notebook"),
		Example:           "  go run . notebook tp02\n  go run . notebook tp02 coalesce",
		Args:              a.takes(1, 2),
		ValidArgsFunction: a.completeTP,
		RunE: func(cmd *cobra.Command, args []string) error {
			lab, err := a.lab(args[0])
			if err != nil {
				return err
			}
			n, err := a.notebook(lab.Name)
			if err != nil {
				return fault(err)
			}
			blocks := n.Blocks
			if len(args) == 2 {
				section, found := n.Section(strings.TrimPrefix(args[1], "#"))
				if !found {
					return a.usage(a.say("le cahier de %s n'a pas de section %q : il a %s", "the notebook of %s has no section %q: it has %s"), lab.Short, args[1], strings.Join(sections(n), ", "))
				}
				blocks = append([]notebook.Block{section.Heading}, section.Blocks...)
			}
			var text bytes.Buffer
			err = notebook.RenderBlocks(&text, blocks, notebook.Style{Width: a.width, Color: a.color, Language: string(a.language)})
			if err != nil {
				return fault(err)
			}
			return fault(a.page(cmd.Context(), text.Bytes()))
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
