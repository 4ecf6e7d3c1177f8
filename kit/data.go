package kit

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"etincelle/grader/lab"
)

// Which datasets go along: those that the labs' files name, and those that the
// functions of package datasets which they call read.

// datasets takes them. The experiments of the stepping screens name theirs as well.
func (s *selector) datasets(labs []string) error {
	var said strings.Builder // all that the labs' files say
	for name, data := range s.files {
		if strings.HasPrefix(name, "replay/recorded/") && path.Ext(name) == ".json" {
			said.Write(data)
		}
		for _, l := range labs {
			if strings.HasPrefix(name, path.Join("labs", l)+"/") {
				said.Write(data)
			}
		}
	}
	read, err := s.readBy()
	if err != nil {
		return err
	}
	return s.walk("datasets", func(file string, d fs.DirEntry) error {
		name := strings.TrimPrefix(file, "datasets/")
		if d.IsDir() || slices.Contains([]string{".go", ".py", ".sh", ".md"}, path.Ext(name)) {
			return nil
		}
		wanted := strings.Contains(said.String(), name)
		for _, function := range read[name] {
			wanted = wanted || strings.Contains(said.String(), "datasets."+function)
		}
		if !wanted {
			return nil
		}
		return s.take(file)
	})
}

// readBy lists, for each string in package datasets, the exported functions that
// hold it: a dataset's path among them.
func (s *selector) readBy() (map[string][]string, error) {
	by := map[string][]string{}
	for name, data := range s.files {
		if path.Dir(name) != "datasets" || path.Ext(name) != ".go" {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("package datasets: %w", err)
		}
		for _, d := range tree.Decls {
			function, is := d.(*ast.FuncDecl)
			if !is || !function.Name.IsExported() {
				continue
			}
			ast.Inspect(function, func(n ast.Node) bool {
				if literal, is := n.(*ast.BasicLit); is && literal.Kind == token.STRING {
					if text, err := strconv.Unquote(literal.Value); err == nil {
						by[text] = append(by[text], function.Name.Name)
					}
				}
				return true
			})
		}
	}
	return by, nil
}

//go:embed page.fr.md
var pageFrench []byte

//go:embed page.en.md
var pageEnglish []byte

// readme puts the first page that a student reads into the kit.
func (s *selector) readme(labs []*lab.Lab) {
	var french, english []string
	for _, l := range labs {
		french = append(french, fmt.Sprintf("- `%s` : %s", l.Short, l.Title.French))
		english = append(english, fmt.Sprintf("- `%s`: %s", l.Short, l.Title.English))
	}
	fill := func(page []byte, list []string) []byte {
		return []byte(strings.NewReplacer("{labs}", strings.Join(list, "\n"), "{tp}", labs[0].Short, "{folder}", "labs/"+labs[0].Name).Replace(string(page)))
	}
	s.files["LISEZMOI.md"] = fill(pageFrench, french)
	s.files["README.md"] = fill(pageEnglish, english)
}
