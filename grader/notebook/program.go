package notebook

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"etincelle/grader/build"
)

// A notebook becomes one package main: shared code at package level, each cell
// and each illustration a function, and a main that hands the cells to the
// package cells. //line directives make the compiler, panics and the engine name
// the notebook's own lines. An illustration that declares gets a package of its
// own, with the shared code: a wrong version and the right one may stand in the
// same notebook under one name.

// generated is the folder of virtual packages below the module.
const generated = "grader/generated"

// runner is the package of cells, under a name no cell would choose.
const (
	runner     = "etincelle/grader/notebook/cells"
	runnerName = "notebookCells"
)

var notLetters = regexp.MustCompile(`[^A-Za-z0-9]+`)

// Program is the notebook's cells as source to build in the module at root.
// tp names the packages that its code may use beside the engine and a part of
// the standard library: name → import path.
func Program(root string, n *Notebook, tp map[string]string) (build.Program, error) {
	file, err := fileName(root, n.Path)
	if err != nil {
		return build.Program{}, err
	}
	g := generator{file: file, known: allowed(tp)}
	for _, shared := range collect[*Shared](n.Blocks) {
		g.place(&g.shared, shared.Code)
		g.shared.WriteString("\n")
	}
	folder := path.Join(generated, strings.Trim(notLetters.ReplaceAllString(file, "_"), "_"))
	program := build.Program{Root: root, Package: folder, Files: map[string][]byte{}}

	main := "package main\n\nimport " + runnerName + " \"" + runner + "\"\n%s\nfunc main() {\n\t" + runnerName + ".Main(" + fmt.Sprintf("%q", file)
	var functions strings.Builder
	for _, cell := range n.Cells() {
		main += fmt.Sprintf(",\n\t\t%s.Cell{Name: %q, Run: cell_%s}", runnerName, cell.Name, cell.Name)
		g.function(&functions, "cell_"+cell.Name, cell.Code, "")
	}
	main += ")\n}\n\n"
	for i, illustration := range collect[*Illustration](n.Blocks) {
		name := fmt.Sprintf("illustration%d", i+1)
		if !illustration.Declarations {
			g.function(&functions, name, illustration.Code, uses(illustration.Code))
			continue
		}
		var text strings.Builder
		text.WriteString(g.shared.String())
		g.place(&text, illustration.Code)
		beside := path.Join(folder, name)
		program.Also = append(program.Also, beside)
		if program.Files[beside+"/"+name+".go"], err = g.source("package "+name+"\n%s\n", text.String()); err != nil {
			return program, err
		}
	}
	program.Files[folder+"/main.go"], err = g.source(main, g.shared.String()+functions.String())
	return program, err
}

// fileName is the notebook's name in //line: relative to the module when it lies
// there, so that a program built elsewhere is the same.
func fileName(root, name string) (string, error) {
	if strings.ContainsAny(name, "\n\r") {
		return "", fmt.Errorf("the notebook's name %q has a line's end in it: rename the file", name)
	}
	if filepath.IsAbs(name) {
		if relative, err := filepath.Rel(root, name); err == nil && filepath.IsLocal(relative) {
			name = relative
		}
	}
	return filepath.ToSlash(filepath.Clean(name)), nil
}

// generator writes a notebook's packages.
type generator struct {
	file   string            // the notebook's name in //line
	known  map[string]string // what code may import: name → path
	shared strings.Builder
}

// place writes code so that its lines keep the notebook's numbers.
func (g *generator) place(to *strings.Builder, code Code) {
	fmt.Fprintf(to, "//line %s:%d:1\n%s", g.file, code.Line+1, code.Text)
}

// function writes code as the body of a function, with more after it.
func (g *generator) function(to *strings.Builder, name string, code Code, more string) {
	fmt.Fprintf(to, "func %s() {\n", name)
	g.place(to, code)
	fmt.Fprintf(to, "%s}\n\n", more)
}

// source completes a file: header has a %s where its imports go.
func (g *generator) source(header, text string) ([]byte, error) {
	imports, err := imports(text, g.known)
	if err != nil {
		return nil, fmt.Errorf("%s: the program made of its cells cannot be read: %w", g.file, err)
	}
	return []byte(strings.Replace(header, "%s", imports, 1) + text), nil
}

// uses is code that uses what an illustration defines, so that the compiler lets
// a reader see a definition without a use.
func uses(code Code) string {
	file, err := asStatements(code.Text)
	if err != nil {
		return "" // Parse has refused it
	}
	use := ""
	for _, statement := range file.body() {
		for _, name := range defined(statement) {
			if name.Name != "_" {
				use += "_ = " + name.Name + "\n"
			}
		}
	}
	return use
}

// defined lists the variables that a statement defines.
func defined(statement ast.Stmt) []*ast.Ident {
	var names []*ast.Ident
	switch s := statement.(type) {
	case *ast.AssignStmt:
		for _, left := range s.Lhs {
			if name, is := left.(*ast.Ident); is && s.Tok == token.DEFINE {
				names = append(names, name)
			}
		}
	case *ast.DeclStmt:
		if d := s.Decl.(*ast.GenDecl); d.Tok == token.VAR {
			for _, spec := range d.Specs {
				names = append(names, spec.(*ast.ValueSpec).Names...)
			}
		}
	}
	return names
}
