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
	uses := p.uses(named)
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

// uses says, of each name that has declarations, which names they hold.
func (p *part) uses(namesOf func(ast.Decl) []string) map[string][]string {
	imported := map[string]bool{}
	for _, spec := range p.tree.Imports {
		imported[importName(spec)] = true
	}
	uses := map[string][]string{}
	for _, d := range p.tree.Decls {
		names := namesOf(d)
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
	return uses
}

// named are the names that a declaration declares, a method's among them.
func named(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return []string{d.Name.Name}
	case *ast.GenDecl:
		return declared(d)
	}
	return nil
}
