package salvage

import (
	"go/ast"
	"slices"
)

// Broken says which of the exercises' functions cannot be judged, and why: those
// that were taken out, and those that use something that was.
func (f *File) Broken() map[string][]Complaint {
	broken := map[string][]Complaint{}
	p, err := parse(f.Source)
	if err != nil {
		for _, name := range f.functions {
			broken[name] = f.Loose
		}
		return broken
	}
	imported := map[string]bool{}
	for _, spec := range p.tree.Imports {
		imported[importName(spec)] = true
	}
	uses := map[string][]string{} // top-level name → the names in its declaration
	for _, d := range p.tree.Decls {
		var names []string
		switch d := d.(type) {
		case *ast.FuncDecl:
			names = []string{d.Name.Name}
		case *ast.GenDecl:
			names = declared(d)
		}
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				return !ok || !imported[x.Name] // rdd.Filter is not this file's Filter
			case *ast.Ident:
				for _, name := range names {
					uses[name] = append(uses[name], n.Name)
				}
			}
			return true
		})
	}
	for _, name := range f.functions {
		if reasons := f.reasons(name, uses, map[string]bool{}); len(reasons) > 0 {
			broken[name] = reasons
		}
	}
	return broken
}

// reasons are the complaints about a name, and about all that it uses.
func (f *File) reasons(name string, uses map[string][]string, seen map[string]bool) []Complaint {
	if seen[name] {
		return nil
	}
	seen[name] = true
	found := slices.Clone(f.Taken[name])
	for _, used := range uses[name] {
		for _, c := range f.reasons(used, uses, seen) {
			if !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
	}
	return found
}
