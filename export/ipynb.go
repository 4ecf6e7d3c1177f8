package export

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/gomarkdown/markdown/ast"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

// A Jupyter notebook, format 4.5. Its cells are written for the GoNB kernel:
// %% says that what follows are the statements of main, and the first cell makes
// the course's module and the imports known. In another Go kernel the text and
// the outputs can be read all the same.

type document struct {
	Cells    []any    `json:"cells"`
	Metadata metadata `json:"metadata"`
	Format   int      `json:"nbformat"`
	Minor    int      `json:"nbformat_minor"`
}

type metadata struct {
	Kernel   kernel   `json:"kernelspec"`
	Language language `json:"language_info"`
	Title    string   `json:"title"`
}

type kernel struct {
	Display  string `json:"display_name"`
	Language string `json:"language"`
	Name     string `json:"name"`
}

type language struct {
	Extension string `json:"file_extension"`
	Type      string `json:"mimetype"`
	Name      string `json:"name"`
}

// markdownCell and codeCell are the two kinds of cells.
type markdownCell struct {
	Attachments map[string]map[string]string `json:"attachments,omitempty"`
	Kind        string                       `json:"cell_type"`
	ID          string                       `json:"id"`
	Metadata    struct{}                     `json:"metadata"`
	Source      []string                     `json:"source"`
}

type codeCell struct {
	Kind     string   `json:"cell_type"`
	Count    *int     `json:"execution_count"` // nil: it was not run
	ID       string   `json:"id"`
	Metadata struct{} `json:"metadata"`
	Outputs  []stream `json:"outputs"`
	Source   []string `json:"source"`
}

type stream struct {
	Name string   `json:"name"`
	Kind string   `json:"output_type"`
	Text []string `json:"text"`
}

// IPYNB is the notebook as a Jupyter notebook with its outputs.
func (s *Source) IPYNB() ([]byte, error) {
	b := &book{Source: s, lines: strings.Split(strings.ReplaceAll(string(s.text), "\r\n", "\n"), "\n")}
	if err := b.setup(); err != nil {
		return nil, err
	}
	for i, block := range s.notebook.Blocks {
		end := len(b.lines)
		if i+1 < len(s.notebook.Blocks) {
			end = s.notebook.Blocks[i+1].At() - 1
		}
		b.block(block, b.lines[block.At()-1:end])
	}
	b.flush()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	err := encoder.Encode(document{
		Cells: b.cells, Format: 4, Minor: 5,
		Metadata: metadata{Kernel: kernel{"Go (gonb)", "go", "gonb"}, Language: language{".go", "text/x-go", "go"}, Title: clean(s.notebook.Title)},
	})
	return out.Bytes(), err
}

// book collects cells. Text between two pieces of code is one cell.
type book struct {
	*Source
	lines []string // of the notebook's file
	cells []any
	count int // code cells that were run

	text     []string                     // of the cell under way
	pictures map[string]map[string]string // and its attachments
}

func (b *book) id() string { return fmt.Sprintf("c%04d", len(b.cells)+1) }

// block adds a block, which stands on these lines of the file.
func (b *book) block(block notebook.Block, lines []string) {
	switch n := block.(type) {
	case *notebook.Heading:
		if n.Level <= 2 {
			b.flush()
		}
		b.prose(lines, n.Node)
	case *notebook.Prose:
		b.prose(lines, n.Node)
	case *notebook.Shared:
		b.code(n.Text, "")
	case *notebook.Cell:
		output := ""
		if n.Output != nil {
			output = n.Output.Text
		}
		b.code("%%\n"+n.Text, output)
	case *notebook.Illustration:
		b.fence("go", b.say(illustrationText, nil), n.Text)
	case *notebook.Listing:
		b.fence(n.Language, "", n.Text)
	case *notebook.Predict:
		b.asked(b.say(predictText, nil), lines)
		if given := b.answer(n.ID); given != "" {
			b.fence("text", b.say(answerText, nil), given) // the reader's words, which nothing reads as Markdown
		}
	case *notebook.Task:
		b.asked(b.say(taskText, message.Facts{"number": n.Number}), lines)
	case *notebook.Folded:
		b.add(lines)
	}
}

// prose adds text and the figures that it shows.
func (b *book) prose(lines []string, node ast.Node) {
	text := strings.Join(lines, "\n")
	ast.WalkFunc(node, func(n ast.Node, entering bool) ast.WalkStatus {
		image, is := n.(*ast.Image)
		if !is || !entering {
			return ast.GoToNext
		}
		target := string(image.Destination)
		if f, ours := b.pictureAt(target); ours {
			name := strings.ReplaceAll(target, "/", "-")
			if b.pictures == nil {
				b.pictures = map[string]map[string]string{}
			}
			b.pictures[name] = map[string]string{"image/svg+xml": base64.StdEncoding.EncodeToString(f.svg)}
			text = strings.ReplaceAll(text, "("+target, "(attachment:"+name)
		}
		return ast.GoToNext
	})
	b.add(strings.Split(text, "\n"))
}

// asked adds a question or an exercise as a quote, its lines without the fence.
func (b *book) asked(title string, lines []string) {
	lines = trimmed(lines)
	quote := []string{"> **" + title + "**", ">"}
	for _, line := range lines[1:max(1, len(lines)-1)] {
		quote = append(quote, strings.TrimRight("> "+line, " "))
	}
	b.add(quote)
}

// fence adds code that is only shown.
func (b *book) fence(language, title, text string) {
	marks := "```"
	for strings.Contains(text, marks) {
		marks += "`"
	}
	var lines []string
	if title != "" {
		lines = append(lines, "*"+title+"*", "")
	}
	b.add(append(append(lines, marks+language), append(strings.Split(strings.TrimSuffix(text, "\n"), "\n"), marks)...))
}

// add adds lines of Markdown to the cell under way, apart by an empty one.
func (b *book) add(lines []string) {
	lines = trimmed(lines)
	if len(lines) == 0 {
		return
	}
	if len(b.text) > 0 {
		b.text = append(b.text, "")
	}
	for _, line := range lines {
		b.text = append(b.text, readable(line))
	}
}

// flush ends the cell under way.
func (b *book) flush() {
	text := strings.TrimSpace(clean(strings.Join(b.text, "\n")))
	if text != "" {
		b.cells = append(b.cells, markdownCell{Attachments: b.pictures, Kind: "markdown", ID: b.id(), Source: sourceLines(text)})
	}
	b.text, b.pictures = nil, nil
}

// code adds a cell that was run.
func (b *book) code(source, output string) {
	b.flush()
	b.count++
	count := b.count
	c := codeCell{Kind: "code", Count: &count, ID: b.id(), Outputs: []stream{}, Source: sourceLines(strings.TrimSuffix(source, "\n"))}
	if output != "" {
		c.Outputs = append(c.Outputs, stream{"stdout", "stream", sourceLines(output)})
	}
	b.cells = append(b.cells, c)
}

// setup adds what a kernel must know before the first cell: the course's module,
// and the imports, which cells do not write.
func (b *book) setup() error {
	program, err := notebook.Program(b.Lab.Root, b.notebook, map[string]string{b.Lab.Short: "etincelle/labs/" + b.Lab.Name})
	if err != nil {
		return err
	}
	paths := map[string]bool{}
	for name, source := range program.Files {
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly)
		if err != nil {
			return fmt.Errorf("the imports of the notebook's cells: %w", err)
		}
		for _, spec := range file.Imports {
			if !strings.Contains(spec.Path.Value, "etincelle/grader/") {
				paths[spec.Path.Value] = true
			}
		}
	}
	b.add([]string{b.say(setupText, message.Facts{"file": b.notebook.Path})})
	b.flush()
	source := "!*rm -f go.work && go work init && go work use . \"${GONB_DIR}\"\nimport (\n"
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		source += "\t" + name + "\n"
	}
	b.cells = append(b.cells, codeCell{Kind: "code", ID: b.id(), Outputs: []stream{}, Source: sourceLines(source + ")")})
	return nil
}
