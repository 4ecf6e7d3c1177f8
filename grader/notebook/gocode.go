package notebook

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// Each Go fence is read on its own, so that a mistake in one is told at its own
// line and cannot spill into the next: a cell whose braces do not match could
// otherwise end its function and begin another.

// goFile is a fence read as Go: the file that was made of it, and how many lines
// stand in that file before the fence's own.
type goFile struct {
	*ast.File
	fset  *token.FileSet
	above int
}

// asStatements reads code as the body of a function.
func asStatements(code string) (goFile, error) {
	return readGo("package p\nfunc _() {\n"+code+"\n}\n", 2)
}

// asDeclarations reads code as declarations at package level.
func asDeclarations(code string) (goFile, error) {
	return readGo("package p\n"+code, 1)
}

func readGo(text string, above int) (goFile, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.AllErrors|parser.SkipObjectResolution)
	return goFile{file, fset, above}, err
}

// body is the statements of a file that asStatements made.
func (f goFile) body() []ast.Stmt {
	return f.Decls[0].(*ast.FuncDecl).Body.List
}

// statements reports what keeps code from being the body of a function.
func (r *reader) statements(code Code) {
	file, err := asStatements(code.Text)
	if err != nil {
		r.syntax(code, file, err)
		return
	}
	if len(file.Decls) != 1 {
		r.report(code.Line-1, "a closing brace without its opening one", "statements whose braces match", "correct the cell")
		return
	}
	r.directives(code, file)
}

// declarations reports what keeps code from standing at package level.
func (r *reader) declarations(code Code) {
	file, err := asDeclarations(code.Text)
	if err != nil {
		r.syntax(code, file, err)
		return
	}
	for _, declaration := range file.Decls {
		line := r.line(code, file, declaration.Pos())
		switch d := declaration.(type) {
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				r.report(line, "an import", "code without imports: they are found from the names used", "remove it")
			}
		case *ast.FuncDecl:
			if d.Recv == nil && (d.Name.Name == "main" || d.Name.Name == "init") {
				r.report(line, "a function "+d.Name.Name, "any other name: the notebook's program has its own", "rename it")
			}
		}
	}
	r.directives(code, file)
}

// illustration tells which of the two the code is.
func (r *reader) illustration(code Code) *Illustration {
	file, notDeclarations := asDeclarations(code.Text)
	if notDeclarations == nil && len(file.Decls) > 0 {
		r.declarations(code)
		return &Illustration{Code: code, Declarations: true}
	}
	if statements, err := asStatements(code.Text); err != nil && notDeclarations != nil && lastError(file, notDeclarations) > lastError(statements, err) {
		r.syntax(code, file, notDeclarations) // the reading that got further is the one that was meant
		return &Illustration{Code: code, Declarations: true}
	}
	r.statements(code)
	return &Illustration{Code: code}
}

// lastError is the line of the fence that reading stopped at.
func lastError(file goFile, err error) int {
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return 0
	}
	return list[0].Pos.Line - file.above
}

// syntax reports the errors of the Go parser.
func (r *reader) syntax(code Code, file goFile, err error) {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		r.report(code.Line-1, err.Error(), "Go", "correct the code")
		return
	}
	list.RemoveMultiples()
	for _, e := range list {
		r.report(r.clamp(code, e.Pos.Line-file.above), "Go that cannot be read ("+e.Msg+")", "Go that compiles", "correct the code")
	}
}

// directives refuses comments that the compiler obeys: they would move the
// positions of messages, or reach what a notebook has no business with.
func (r *reader) directives(code Code, file goFile) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if strings.HasPrefix(comment.Text, "//line ") || strings.HasPrefix(comment.Text, "/*line ") || strings.HasPrefix(comment.Text, "//go:") {
				r.report(r.line(code, file, comment.Pos()), "the compiler directive "+quoted(comment.Text), "plain Go", "remove it")
			}
		}
	}
}

// line is the index in the notebook of a position in a fence.
func (r *reader) line(code Code, file goFile, pos token.Pos) int {
	return r.clamp(code, file.fset.PositionFor(pos, false).Line-file.above)
}

// clamp turns the line of a fence, from 1, into the index in the notebook; an
// error at the end of the text belongs to the last line.
func (r *reader) clamp(code Code, line int) int {
	return code.Line - 1 + min(max(line, 1), max(strings.Count(code.Text, "\n"), 1))
}
