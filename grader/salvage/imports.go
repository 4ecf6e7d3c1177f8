package salvage

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strconv"
)

// dropImports takes out the imports that nothing uses any more: the compiler
// refuses them.
func (f *File) dropImports() {
	p, err := parse(f.Source)
	if err != nil {
		return
	}
	used := qualifiers(p.tree)
	e := &edits{source: f.Source}
	for _, d := range p.tree.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			continue
		}
		for _, spec := range g.Specs {
			if used[importName(spec.(*ast.ImportSpec))] {
				continue
			}
			if g.Lparen.IsValid() {
				e.blank(p.offset(spec.Pos()), p.offset(spec.End()))
			} else {
				e.blank(p.offset(g.Pos()), p.offset(g.End()))
			}
		}
	}
	f.Source = e.apply()
}

// importForStubs imports, on the package clause's own line, what the handed-out
// signatures name and the file does not import.
func (f *File) importForStubs() {
	p, err := parse(f.Source)
	if err != nil {
		return
	}
	known := map[string]bool{}
	for _, spec := range p.tree.Imports {
		known[importName(spec)] = true
	}
	used := qualifiers(p.tree)
	e := &edits{source: f.Source}
	for _, spec := range f.starter.tree.Imports {
		if name := importName(spec); used[name] && !known[name] {
			e.insert(p.offset(p.tree.Name.End()), fmt.Sprintf("; import %s %s", name, spec.Path.Value))
		}
	}
	f.Source = e.apply()
}

// qualifiers are the names x of the file's selectors x.y.
func qualifiers(tree *ast.File) map[string]bool {
	used := map[string]bool{}
	for _, d := range tree.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok {
					used[x.Name] = true
				}
			}
			return true
		})
	}
	return used
}

// importName is the name under which the file knows an import. The packages
// that exercises may import are all named after the last element of their path.
func importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	name, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return path.Base(name)
}
