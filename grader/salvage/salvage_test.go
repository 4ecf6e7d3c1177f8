package salvage

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const starter = `package tp

import (
	"etincelle/engine/rdd"
)

// One does one thing.
func One(r *rdd.RDD[int],
	n int) *rdd.RDD[int] {
	return r
}

func Two(s string) int { return 0 }
`

var functions = []string{"One", "Two"}

func opened(t *testing.T, source string) *File {
	t.Helper()
	f, err := Open([]byte(source), []byte(starter), functions)
	require.NoError(t, err)
	return f
}

func TestRepair(t *testing.T) {
	good := "package tp\n\nimport (\n\t\"strings\"\n\t\"etincelle/engine/rdd\"\n)\n\n" // 7 lines
	tests := map[string]struct {
		source     string
		complaints []Complaint
		broken     []string
		contains   []string
		without    []string
	}{
		"the body that holds the error becomes a stub": {
			source:     good + "func One(r *rdd.RDD[int], n int) *rdd.RDD[int] {\n\treturn nothing\n}\nfunc Two(s string) int { return len(strings.Fields(s)) }\n",
			complaints: []Complaint{{Line: 9, Message: "undefined: nothing"}},
			broken:     []string{"One"},
			contains:   []string{"func One(r *rdd.RDD[int], n int) *rdd.RDD[int] { panic(", "strings.Fields(s)"},
			without:    []string{"nothing"},
		},
		"an import that only the body used goes with it": {
			source:     good + "func One(r *rdd.RDD[int], n int) *rdd.RDD[int] { return r }\nfunc Two(s string) int { return strings.Fields(s) }\n",
			complaints: []Complaint{{Line: 9, Column: 34, Message: "cannot use"}},
			broken:     []string{"Two"},
			without:    []string{"strings"},
		},
		"an unused import costs nothing": {
			source:     good + "func One(r *rdd.RDD[int], n int) *rdd.RDD[int] { return r }\nfunc Two(s string) int { return 1 }\n",
			complaints: []Complaint{{Line: 4, Message: `"strings" imported and not used`}},
			contains:   []string{"return 1"},
			without:    []string{"strings"},
		},
		"a wrong signature is put right": {
			source:     good + "func One(r *rdd.RDD[int], n text) *rdd.RDD[int] { return r }\nfunc Two(s string) int { return len(strings.Fields(s)) }\n",
			complaints: []Complaint{{Line: 8, Message: "undefined: text"}},
			broken:     []string{"One"},
			contains:   []string{"n int) *rdd.RDD[int] { panic("},
		},
		"so is one that the program cannot call": {
			source:     good + "func One(r *rdd.RDD[int]) *rdd.RDD[int] { return r }\nfunc Two(s string) int { return len(strings.Fields(s)) }\n",
			complaints: []Complaint{{Function: "One", Message: "cannot use student.One"}},
			broken:     []string{"One"},
			contains:   []string{"n int) *rdd.RDD[int] { panic("},
		},
		"a missing function is added, with the import that it needs": {
			source:     "package tp\nfunc Two(s string) int { return 1 }\n",
			complaints: []Complaint{{Function: "One", Message: "undefined: student.One"}},
			broken:     []string{"One"},
			contains:   []string{`package tp; import rdd "etincelle/engine/rdd"`, "func One(r *rdd.RDD[int],"},
		},
		"a function that is declared twice": {
			source:     "package tp\nimport \"etincelle/engine/rdd\"\nfunc Two(s string) int { return 1 }\nfunc Two(s string) int { return 2 }\nfunc One(r *rdd.RDD[int], n int) *rdd.RDD[int] { return r }\n",
			complaints: []Complaint{{Line: 4, Message: "Two redeclared in this block"}},
			broken:     []string{"Two"},
			contains:   []string{"return 1"},
			without:    []string{"return 2"},
		},
		"what uses a broken helper is broken, what only has its name is not": {
			source:     good + "func One(r *rdd.RDD[int], n int) *rdd.RDD[int] { return rdd.Help(r) }\nfunc Two(s string) int { return Help(s) }\nfunc Help(s string) int { return strings.Fields(s) }\n",
			complaints: []Complaint{{Line: 10, Column: 35, Message: "cannot use"}},
			broken:     []string{"Two"},
			contains:   []string{"rdd.Help(r)"},
		},
		"a type that is wrong is taken out": {
			source:     good + "type t struct{ x missing }\nfunc One(r *rdd.RDD[int], n int) *rdd.RDD[int] { return r }\nfunc Two(s string) int { return len(strings.Fields(s)) }\n",
			complaints: []Complaint{{Line: 8, Message: "undefined: missing"}},
			without:    []string{"type t"},
			contains:   []string{"return r"},
		},
		"a brace that is missing": {
			source:     good + "func One(r *rdd.RDD[int], n int) *rdd.RDD[int] {\n\treturn r\n\n// Two is well.\nfunc Two(s string) int { return len(strings.Fields(s)) }\n",
			complaints: []Complaint{{Line: 12, Message: "syntax error: unexpected name Two"}},
			broken:     []string{"One"},
			contains:   []string{"func One(r *rdd.RDD[int],", "strings.Fields(s)"},
		},
		"a brace too many": {
			source:     good + "func One(r *rdd.RDD[int], n int) *rdd.RDD[int] {\n\treturn r\n}\n}\n\nfunc Two(s string) int { return len(strings.Fields(s)) }\n",
			complaints: []Complaint{{Line: 11, Message: "syntax error: non-declaration statement"}},
			broken:     []string{"One"},
			contains:   []string{"strings.Fields(s)"},
		},
		"a helper that cannot be parsed": {
			source:     good + "func (x X) help( {\n}\nfunc One(r *rdd.RDD[int], n int) *rdd.RDD[int] { return r }\nfunc Two(s string) int { return len(strings.Fields(s)) }\n",
			complaints: []Complaint{{Line: 8, Message: "syntax error"}},
			without:    []string{"help"},
			contains:   []string{"return r", "strings.Fields(s)"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			f := opened(t, test.source)
			require.True(t, f.Repair(test.complaints))
			_, err := parse(f.Source)
			require.NoError(t, err, "%s", f.Source)
			var broken []string
			for _, name := range functions {
				if reasons := f.Broken()[name]; len(reasons) > 0 {
					assert.Contains(t, reasons, test.complaints[0])
					broken = append(broken, name)
				}
			}
			assert.Equal(t, test.broken, broken)
			for _, text := range test.contains {
				assert.Contains(t, string(f.Source), text)
			}
			for _, text := range test.without {
				assert.NotContains(t, string(f.Source), text)
			}
		})
	}
}

func TestNothingToSave(t *testing.T) {
	for name, source := range map[string]string{
		"the head cannot be parsed":  "package tp\n\nimport (\n\nfunc One() {}\n",
		"there is no package clause": "func One() {}\n",
		"nothing at all":             "",
	} {
		t.Run(name, func(t *testing.T) {
			f := opened(t, source)
			assert.False(t, f.Repair([]Complaint{{Line: 1, Message: "syntax error"}}))
			assert.Len(t, f.Broken(), len(functions))
		})
	}
	t.Run("a complaint that no declaration holds", func(t *testing.T) {
		f := opened(t, strings.Replace(starter, "package tp", "package other", 1))
		assert.False(t, f.Repair([]Complaint{{Line: 1, Message: "found packages"}}))
	})
}

// Whatever is taken out, the lines of what stays keep their numbers.
func TestLinesKeepTheirNumbers(t *testing.T) {
	declarations := []string{
		"func One(r *rdd.RDD[int], n int) *rdd.RDD[int] {\n\treturn r\n}\n", "func Two(s string) int {\n\n\treturn 1\n}\n",
		"type t struct {\n\tx int\n}\n", "var v = 3\n", "func broken( {\n\treturn\n}\n", "// a comment\n", "func help() int { return v }\n",
	}
	rapid.Check(t, func(t *rapid.T) {
		source := "package tp\n\nimport \"etincelle/engine/rdd\"\n\n"
		for _, d := range rapid.SliceOfN(rapid.SampledFrom(declarations), 1, 8).Draw(t, "declarations") {
			source += d
		}
		lines := strings.Count(source, "\n")
		complaints := []Complaint{{Line: rapid.IntRange(5, lines+1).Draw(t, "line"), Message: "no"}}
		f, err := Open([]byte(source), []byte(starter), functions)
		require.NoError(t, err)
		f.Repair(complaints)
		before, after := strings.Split(source, "\n"), strings.Split(string(f.Source), "\n")
		require.GreaterOrEqual(t, len(after), len(before))
		for i, line := range after[:len(before)] {
			if marked := strings.TrimSpace(line); marked != "" && !strings.Contains(line, "panic(") && i > 3 {
				require.Equal(t, before[i], line, "line %d of\n%s", i+1, f.Source)
			}
		}
		if _, err := parse(f.Source); err == nil {
			require.False(t, bytes.Contains(f.Source, []byte("func broken(")))
		}
	})
}

func TestOnly(t *testing.T) {
	source := `package tp

import (
	"fmt"
	"strings"
)

// One does one thing.
func One(n int) int { return helper(n) + table["a"].weigh() }

// Two does another.
func Two(s string) int { return len(strings.Fields(s)) }

func helper(n int) int { return n }

type scale struct{ by int }

func (s scale) weigh() int { return s.more() }
func (s *scale) more() int { return unit }

const (
	unit = iota + 1
	ton
)

var table = map[string]scale{}

var alone = strings.ToUpper("runs by itself")

var quiet = func() string { return fmt.Sprint(1) }

func init() { note() }

func note() {}
`
	f := opened(t, source)
	one := string(f.Only("One"))
	for _, kept := range []string{"func One", "func helper", "type scale", ") weigh()", ") more()", "unit = iota", "var table", "var alone", "func init", "func note", `"strings"`} {
		assert.Contains(t, one, kept)
	}
	for _, left := range []string{"func Two", "Two does another", "quiet", `"fmt"`} {
		assert.NotContains(t, one, left)
	}
	assert.Equal(t, strings.Count(source, "\n"), strings.Count(one, "\n"), "every line keeps its number")
	two := string(f.Only("Two"))
	assert.NotContains(t, two, "scale")
	assert.Contains(t, two, "strings.Fields")

	edited := opened(t, strings.Replace(source, "return len(strings.Fields(s))", "return 1 + len(s)", 1))
	assert.Equal(t, one, string(edited.Only("One")), "another exercise's body is none of its business")
	assert.Equal(t, "package", string(opened(t, "package").Only("One")), "what cannot be parsed stays as it is")
}
