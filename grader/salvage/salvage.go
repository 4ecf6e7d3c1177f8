// Package salvage saves what compiles of a file that does not: the declarations
// that hold the compiler's complaints are taken out, functions become stubs, and
// every line keeps its number. One unfinished exercise must not cost the others.
//
// It is pure: sources and complaints in, a source out. Whoever builds asks again
// with the complaints of the next build, until none is left or nothing changes.
package salvage

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// Complaint is one thing that the compiler said about the file, or about the
// generated program's use of one of its functions.
type Complaint struct {
	Line     int    `json:"line,omitempty"`   // in the file, 0 when Function is set
	Column   int    `json:"column,omitempty"` // 0 when not known
	Function string `json:"function,omitempty"`
	Message  string `json:"message"`
}

// File is a file under repair.
type File struct {
	Source []byte
	// Taken are the top-level names that were taken out or became stubs, and why.
	Taken map[string][]Complaint
	// Loose are the complaints that no declaration holds and that could be mended.
	Loose []Complaint

	starter   *part    // the file as it was handed out: the right signatures
	functions []string // that the exercises ask for
}

// part is a parsed source.
type part struct {
	source []byte
	set    *token.FileSet
	tree   *ast.File
}

func parse(source []byte) (*part, error) {
	p := &part{source: source, set: token.NewFileSet()}
	var err error
	p.tree, err = parser.ParseFile(p.set, "exercises.go", source, parser.ParseComments|parser.SkipObjectResolution)
	return p, err
}

// Open begins a repair. starter is the file as it was handed out, functions are
// those that must exist.
func Open(source, starter []byte, functions []string) (*File, error) {
	original, err := parse(starter)
	if err != nil {
		return nil, err
	}
	return &File{Source: source, Taken: map[string][]Complaint{}, starter: original, functions: functions}, nil
}

// Repair takes out what the complaints are about. It reports whether the source
// has changed: when it has not, there is nothing more to save.
func (f *File) Repair(complaints []Complaint) bool {
	before := f.Source
	if p, err := parse(f.Source); err != nil {
		if !f.cutUp(complaints) {
			return false
		}
	} else {
		f.takeOut(p, complaints)
	}
	f.addMissing()
	f.dropImports()
	return !bytes.Equal(before, f.Source)
}

// takeOut edits the declarations that hold complaints.
func (f *File) takeOut(p *part, complaints []Complaint) {
	e := &edits{source: f.Source}
	held := map[ast.Decl][]Complaint{}
	for _, c := range complaints {
		switch d := p.declaration(c); {
		case d != nil:
			held[d] = append(held[d], c)
		case c.Function != "":
			f.Taken[c.Function] = append(f.Taken[c.Function], c) // it is missing: addMissing adds it
		default:
			f.Loose = append(f.Loose, c)
		}
	}
	for _, d := range p.tree.Decls {
		reasons := held[d]
		if len(reasons) == 0 {
			continue
		}
		switch d := d.(type) {
		case *ast.FuncDecl:
			f.takeFunction(p, e, d, reasons)
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				f.Loose = append(f.Loose, reasons...) // an unused import: dropImports mends it
				continue
			}
			for _, name := range declared(d) {
				f.Taken[name] = append(f.Taken[name], reasons...)
			}
			e.blank(p.offset(d.Pos()), p.offset(d.End()))
		}
	}
	f.Source = e.apply()
}

// takeFunction makes a stub of a function, or takes it out when a stub is not
// what is needed: a name declared twice, a signature that is itself wrong.
func (f *File) takeFunction(p *part, e *edits, d *ast.FuncDecl, reasons []Complaint) {
	name := d.Name.Name
	again := len(f.Taken[name]) > 0
	f.Taken[name] = append(f.Taken[name], reasons...)
	from, to := p.offset(d.Pos()), p.offset(d.End())
	wrongSignature := d.Body == nil
	for _, c := range reasons {
		if strings.Contains(c.Message, "redeclared") {
			e.blank(from, to)
			return
		}
		wrongSignature = wrongSignature || c.Function != "" || d.Body != nil && p.before(c, d.Body.Lbrace)
	}
	switch asked := d.Recv == nil && slices.Contains(f.functions, name); {
	case asked && wrongSignature:
		e.replace(from, to, f.signature(name)+stubBody)
	case wrongSignature || again:
		e.blank(from, to)
	default:
		e.replace(p.offset(d.Body.Lbrace), to, stubBody)
	}
}

// stubBody stands for a body that does not compile. It never runs: what depends
// on it is not called.
const stubBody = `{ panic("does not compile") }`

// signature is a function's head as it was handed out, on one line.
func (f *File) signature(name string) string {
	for _, d := range f.starter.tree.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == name && fn.Body != nil {
			head := f.starter.source[f.starter.offset(fn.Pos()):f.starter.offset(fn.Body.Lbrace)]
			return strings.ReplaceAll(string(head), "\n", " ")
		}
	}
	return ""
}

// addMissing appends the functions that the exercises ask for and the file has
// not, as stubs, and imports what their signatures need.
func (f *File) addMissing() {
	p, err := parse(f.Source)
	if err != nil {
		return
	}
	there := map[string]bool{}
	for _, d := range p.tree.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
			there[fn.Name.Name] = true
		}
	}
	for _, name := range f.functions {
		if head := f.signature(name); !there[name] && head != "" {
			if len(f.Taken[name]) == 0 {
				f.Taken[name] = []Complaint{{Function: name, Message: "undefined: " + name}}
			}
			f.Source = append(slices.Clip(f.Source), "\n"+head+stubBody+"\n"...)
		}
	}
	f.importForStubs()
}

func declared(d *ast.GenDecl) []string {
	var names []string
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.ValueSpec:
			for _, n := range s.Names {
				names = append(names, n.Name)
			}
		case *ast.TypeSpec:
			names = append(names, s.Name.Name)
		}
	}
	return names
}

func (p *part) offset(at token.Pos) int { return p.set.PositionFor(at, false).Offset }
func (p *part) line(at token.Pos) int   { return p.set.PositionFor(at, false).Line }

// before reports whether a complaint stands before a place.
func (p *part) before(c Complaint, at token.Pos) bool {
	place := p.set.PositionFor(at, false)
	return c.Line < place.Line || c.Line == place.Line && c.Column < place.Column
}

// declaration is the top-level declaration that a complaint is about.
func (p *part) declaration(c Complaint) ast.Decl {
	for _, d := range p.tree.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && c.Function != "" {
			if fn.Recv == nil && fn.Name.Name == c.Function {
				return d
			}
			continue
		}
		if c.Function == "" && p.line(d.Pos()) <= c.Line && c.Line <= p.line(d.End()) {
			return d
		}
	}
	return nil
}
