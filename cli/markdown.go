package cli

import (
	"bytes"
	"strings"

	"etincelle/grader/notebook"
)

// markdown shows a text of ours, a hint for example, two columns from the margin.
func (a *app) markdown(text string) error {
	blocks, err := notebook.Fragment("text", text)
	if err != nil {
		return err
	}
	var shown bytes.Buffer
	if err := notebook.RenderBlocks(&shown, blocks, notebook.Style{Width: a.width - 2, Color: a.color, Language: string(a.language)}); err != nil {
		return err
	}
	for line := range strings.Lines(shown.String()) {
		a.line("  %s", strings.TrimRight(line, "\n"))
	}
	return nil
}
