package salvage

import (
	"go/ast"
	"go/token"
	"slices"
)

// Only is the source with nothing in it but what the functions need: they, what
// they use, and what runs by itself when the program starts. Every line keeps its
// number. An exercise that was not touched is so the same source as before,
// whatever was done to the others, and need not be compiled again.
//
// What is left out is not looked at any more: the whole file must have been
// checked before.
func (f *File) Only(functions ...string) []byte {
	p, err := parse(f.Source)
	if err != nil {
		return f.Source // whoever compiles it will say why
	}
	uses := p.uses(owners)
	needed := map[string]bool{}
	var need func(names []string)
	need = func(names []string) {
		for _, name := range names {
			if !needed[name] {
				needed[name] = true
				need(uses[name])
			}
		}
	}
	need(functions)
	for _, d := range p.tree.Decls {
		if runsByItself(d) {
			need(owners(d))
		}
	}
	e := &edits{source: f.Source}
	for _, d := range p.tree.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		if !slices.ContainsFunc(owners(d), func(name string) bool { return needed[name] }) {
			e.blank(p.offset(startOf(d)), p.offset(d.End()))
		}
	}
	left := &File{Source: e.apply()}
	left.dropImports()
	return left.Source
}

// startOf is where a declaration starts, with its comment.
func startOf(d ast.Decl) token.Pos {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc != nil {
			return d.Doc.Pos()
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			return d.Doc.Pos()
		}
	}
	return d.Pos()
}

// runsByItself reports whether a declaration does something before anyone calls:
// a function init, a variable that begins with the result of a call or of a channel.
func runsByItself(d ast.Decl) bool {
	if fn, ok := d.(*ast.FuncDecl); ok {
		return fn.Recv == nil && fn.Name.Name == "init"
	}
	g, ok := d.(*ast.GenDecl)
	if !ok || g.Tok != token.VAR {
		return false
	}
	runs := false
	for _, spec := range g.Specs {
		for _, value := range spec.(*ast.ValueSpec).Values {
			ast.Inspect(value, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncLit:
					return false // it runs when it is called
				case *ast.CallExpr:
					runs = true
				case *ast.UnaryExpr:
					runs = runs || n.Op == token.ARROW
				}
				return true
			})
		}
	}
	return runs
}

// owners are the names that bring a declaration with them: those that it
// declares, or the type whose method it is.
func owners(d ast.Decl) []string {
	fn, ok := d.(*ast.FuncDecl)
	if !ok || fn.Recv == nil {
		return named(d)
	}
	var of []string
	for _, field := range fn.Recv.List {
		ast.Inspect(field.Type, func(n ast.Node) bool {
			if name, ok := n.(*ast.Ident); ok && len(of) == 0 {
				of = append(of, name.Name) // the type; what follows in brackets are its parameters
			}
			return len(of) == 0
		})
	}
	return of
}
