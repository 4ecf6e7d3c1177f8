package kit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/hidden/tp02"
)

// The kit as a student gets it holds no solution and no hidden case, nor what
// makes them. This test reads the tree in its own way: what kit itself looks for
// is tried below.
func TestAKitKeepsTheSecrets(t *testing.T) {
	packed, err := Zip(selected(t).Files)
	require.NoError(t, err)
	files := unpacked(t, packed)
	all := map[string]string{} // every file without blanks
	for name, data := range files {
		all[name] = strings.Join(strings.Fields(string(data)), "")
	}
	holds := func(text string) []string {
		text = strings.Join(strings.Fields(text), "")
		var names []string
		for name, data := range all {
			if strings.Contains(data, text) {
				names = append(names, name)
			}
		}
		return names
	}
	require.NotEmpty(t, holds("func Shrink(flights *rdd.RDD[datasets.Flight], n int)"), "the search finds what is there")

	bodies := functionsOf(t, filepath.Join(tree, "solutions"))
	require.Contains(t, bodies, "DistancesWithNames", "the solutions are found")
	for name, body := range bodies {
		if len(strings.TrimSpace(body)) > 24 { // anybody may write `return p.n`
			assert.Empty(t, holds(body), "the solution %s", name)
		}
		for line := range strings.Lines(body) {
			if code, _, _ := strings.Cut(strings.TrimSpace(line), " //"); len(code) > 24 {
				assert.Empty(t, holds(code), "a line of the solution %s: %s", name, code)
			}
		}
	}
	declared := map[string]bool{} // "maker.hashed", by the kit's own code
	for name, data := range files {
		if path.Ext(name) == ".go" {
			for _, f := range parsed(t, data) {
				declared[f.name] = true
			}
		}
	}
	generators := functionsOf(t, filepath.Join(tree, "grader", "hidden", "tp02"))
	require.Contains(t, generators, "maker.hashed")
	for name, body := range generators {
		assert.Empty(t, holds(body), "the generator %s", name)
		if strings.Contains(name, ".") {
			assert.False(t, declared[name], "a generator's name: %s", name)
		}
	}
	groups, err := tp02.Groups(7)
	require.NoError(t, err)
	quoted := quotedStrings(t, files)
	for _, g := range groups {
		// A word or two may be anybody's; the whole of both languages is the case's.
		assert.False(t, len(holds(g.About.French)) > 0 && len(holds(g.About.English)) > 0, g.About.French)
		for _, c := range g.Cases {
			assert.NotContains(t, quoted, c.Name, "a hidden case's name")
			for _, row := range c.Sources[0].Partitions {
				if len(row) > 1 {
					assert.Empty(t, holds(string(row[0])+","+string(row[1])), "rows of a hidden case")
				}
			}
		}
	}
}

type function struct{ name, body string }

// parsed lists the functions of a Go source, methods as Type.Name.
func parsed(t *testing.T, source []byte) []function {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", source, parser.SkipObjectResolution)
	require.NoError(t, err)
	var all []function
	for _, d := range file.Decls {
		f, is := d.(*ast.FuncDecl)
		if !is || f.Body == nil {
			continue
		}
		name := f.Name.Name
		if f.Recv != nil {
			of := f.Recv.List[0].Type
			if star, is := of.(*ast.StarExpr); is {
				of = star.X
			}
			if named, is := of.(*ast.Ident); is {
				name = named.Name + "." + name
			}
		}
		from, to := set.Position(f.Body.Lbrace).Offset+1, set.Position(f.Body.Rbrace).Offset
		all = append(all, function{name, string(source[from:to])})
	}
	return all
}

// functionsOf reads the Go files below a folder, tests apart.
func functionsOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return err
		}
		source, err := os.ReadFile(file)
		for _, f := range parsed(t, source) {
			all[f.name] = f.body
		}
		return err
	}))
	return all
}

// quotedStrings are the words in quotes of the labs and of the grader: a case's
// name would stand in one of them. The engine's have the names of operations.
func quotedStrings(t *testing.T, files Files) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for name, data := range files {
		if strings.HasPrefix(name, "labs/") || strings.HasPrefix(name, "grader/") {
			parts := strings.Split(string(data), `"`)
			for i := 1; i < len(parts); i += 2 {
				all[parts[i]] = true
			}
		}
	}
	return all
}

// Each kind of secret, put where an author might leave it, stops the kit.
func TestWhatIsLeftByMistakeIsFound(t *testing.T) {
	secrets, err := Secrets(tree)
	require.NoError(t, err)
	s := selected(t)
	require.Empty(t, secrets.In(s.Files))
	for name, c := range map[string]struct{ file, text string }{
		"a solution in a hint":        {"labs/tp02-partitionnement/hints.fr.md", "Écrivez `return rdd.Coalesce(flights,   n)`."},
		"a line of it, broken anew":   {"labs/x.md", "distances := rdd.MapValues(flights,\n  func(f datasets.Flight) int {\n return f.Distance })"},
		"a solution under comments":   {"cli/x.go", "package cli\n\nfunc x() {\n\treturn /* one */ rdd.Coalesce(flights, // two\n\t\tn)\n}\n"},
		"another right answer":        {"labs/x.txt", "same := rdd.Map(flights, func(f datasets.Flight) datasets.Flight { return f })\nreturn rdd.Coalesce(same, n)"},
		"a known mistake":             {"labs/x.txt", "return rdd.Repartition(rdd.Repartition(flights, 2*n), n)"},
		"a generator":                 {"grader/x.go", "package grader\n\nfunc (m *Maker) Skewed(n, rows int) []int { return nil }\n"},
		"what a hidden case is about": {"labs/x.json", `{"about": "beaucoup de vols, peu de compagnies"}`},
	} {
		t.Run(name, func(t *testing.T) {
			leaks := secrets.In(Files{c.file: append(slices.Clone(s.Files[c.file]), c.text...)}) // the others have none
			require.NotEmpty(t, leaks)
			assert.Contains(t, leaks.Error(), c.file)
		})
	}
}

func TestSecretsNeedTheInstructorsTree(t *testing.T) {
	_, err := Secrets(t.TempDir())
	assert.ErrorContains(t, err, "a kit is made in the instructor's tree")
}
