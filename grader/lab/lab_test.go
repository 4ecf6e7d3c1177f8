package lab

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

const tree = "../.."

func realLab(t *testing.T) *Lab {
	t.Helper()
	l, err := Find(tree, "tp02")
	require.NoError(t, err)
	return l
}

func TestFind(t *testing.T) {
	l := realLab(t)
	assert.Equal(t, "tp02-partitionnement", l.Name)
	assert.True(t, filepath.IsAbs(l.Root))
	assert.Equal(t, []string{"Shrink", "Balance", "DelayByCarrier", "DistancesWithNames"}, l.Functions()[:4])
	e, err := l.Exercise(2)
	require.NoError(t, err)
	assert.Equal(t, []string{"DelayByCarrier"}, e.Functions)
	_, err = l.Exercise(99)
	assert.ErrorContains(t, err, "no exercise 99")

	whole, err := Find(tree, "tp02-partitionnement")
	require.NoError(t, err)
	assert.Equal(t, l.Name, whole.Name)
	for _, none := range []string{"tp0", "tp", "", "TP02", "../tp02"} {
		_, err = Find(tree, none)
		assert.ErrorContains(t, err, "there is no lab", none)
	}
	names, err := List(tree)
	require.NoError(t, err)
	assert.Contains(t, names, l.Name)
}

// small makes a tree with one lab, whose files can be spoilt.
func small(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	all := map[string]string{
		"labs/tp-x/lab.json":            `{"short":"tp","harness":"tp02","title":{"fr":"t","en":"t"},"exercises":[{"number":1,"title":{"fr":"e","en":"e"},"functions":["F"],"section":"s"}]}`,
		"labs/tp-x/starter.go.txt":      "package tp\n\nfunc F() int {\n\t// TODO\n\treturn 0\n}\n",
		"labs/tp-x/cases.json":          `{"version":1,"groups":[]}`,
		"datasets/flights/airlines.csv": "carrier,name\nAA,American\nB6,JetBlue\nUA,United\n",
	}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		path := filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return root
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, test := range map[string]struct{ file, text, says string }{
		"a field that nobody knows":  {"labs/tp-x/lab.json", `{"shrot":"tp"}`, `unknown field "shrot"`},
		"no JSON":                    {"labs/tp-x/lab.json", `tp`, "invalid character"},
		"cases of another version":   {"labs/tp-x/cases.json", `{"version":2,"groups":[]}`, "found version 2, expected 1"},
		"a dataset that is not ours": {"labs/tp-x/cases.json", withSource(`{"name":"x","dataset":"../go.mod"}`), "nothing reads its lines"},
		"a source without rows":      {"labs/tp-x/cases.json", withSource(`{"name":"x"}`), "neither inline rows nor a dataset"},
		"more rows than there are":   {"labs/tp-x/cases.json", withSource(`{"name":"x","dataset":"flights/airlines.csv","from":2,"rows":2,"partitions":1}`), "which has 3"},
		"fewer than none":            {"labs/tp-x/cases.json", withSource(`{"name":"x","dataset":"flights/airlines.csv","sizes":[-1]}`), "which has 3"},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Find(small(t, map[string]string{test.file: test.text}), "tp")
			if err == nil {
				_, err = l.Public()
			}
			assert.ErrorContains(t, err, test.says)
		})
	}
	_, err := Find(t.TempDir(), "tp")
	assert.ErrorContains(t, err, "there is no lab")
}

func withSource(source string) string {
	return `{"version":1,"groups":[{"exercise":1,"function":"F","property":"joined","cases":[{"name":"c","session":{"executors":1,"cores":1},"sources":[` + source + `]}]}]}`
}

func TestPublicCases(t *testing.T) {
	l := realLab(t)
	groups, err := l.Public()
	require.NoError(t, err)
	properties, err := l.Properties()
	require.NoError(t, err)
	judged := map[string]bool{}
	for _, g := range groups {
		assert.Contains(t, properties, g.Property)
		assert.Contains(t, l.Functions(), g.Function)
		judged[g.Function] = true
		assert.Zero(t, g.Points, "public cases explain, hidden ones count")
		size := -1
		for _, c := range g.Cases {
			require.NotNil(t, c.Want, c.Name)
			assert.GreaterOrEqual(t, c.Sources[0].Count(), size, "cases grow: the first that falls short is shown")
			size = min(c.Sources[0].Count(), 200)
			if c.Want.RowsOf != "" {
				assert.Len(t, c.Want.Rows, c.Source(c.Want.RowsOf).Count())
			}
		}
	}
	assert.Len(t, judged, len(l.Functions()))
}

func TestDatasetsAreCut(t *testing.T) {
	root := small(t, map[string]string{"labs/tp-x/cases.json": withSource(
		`{"name":"a","dataset":"flights/airlines.csv","partitions":2},{"name":"b","dataset":"flights/airlines.csv","from":1,"sizes":[0,2]}`)})
	l, err := Find(root, "tp")
	require.NoError(t, err)
	groups, err := l.Public()
	require.NoError(t, err)
	c := groups[0].Cases[0]
	row := func(code, name string) json.RawMessage {
		return json.RawMessage(`{"Key":"` + code + `","Value":"` + name + `"}`)
	}
	assert.Equal(t, [][]json.RawMessage{{row("AA", "American")}, {row("B6", "JetBlue"), row("UA", "United")}}, c.Source("a").Partitions)
	assert.Equal(t, [][]json.RawMessage{{}, {row("B6", "JetBlue"), row("UA", "United")}}, c.Source("b").Partitions)
}

// What is wanted is written from outcomes, and reads back as what they were.
func TestRewritten(t *testing.T) {
	root := small(t, map[string]string{"labs/tp-x/cases.json": withSource(`{"name":"a","dataset":"flights/airlines.csv","partitions":2}`)})
	l, err := Find(root, "tp")
	require.NoError(t, err)
	groups, err := l.Public()
	require.NoError(t, err)
	same := evidence.Outcome{Rows: [][]json.RawMessage{check.Flat(groups[0].Cases[0].Sources[0].Partitions)}}
	other := evidence.Outcome{Rows: [][]json.RawMessage{{json.RawMessage(`{"Key":"<a>","Value":1}`)}, {}}}
	for _, o := range []evidence.Outcome{same, other} {
		text, err := l.Rewritten([][]evidence.Outcome{{o}})
		require.NoError(t, err)
		require.NoError(t, WriteFile(l.Path("cases.json"), text))
		groups, err = l.Public()
		require.NoError(t, err)
		got, want := *groups[0].Cases[0].Want, check.WantFrom(o)
		got.RowsOf = ""
		missing, extra := check.Difference(want.Rows, got.Rows)
		assert.Empty(t, missing)
		assert.Empty(t, extra)
		got.Rows, want.Rows = nil, nil
		assert.Equal(t, want, got)
		again, err := l.Rewritten([][]evidence.Outcome{{o}})
		require.NoError(t, err)
		assert.Equal(t, string(text), string(again))
	}
}

func TestRunsHaveTheirInputs(t *testing.T) {
	l := realLab(t)
	ran := map[string]bool{}
	for _, r := range l.Runs {
		c, err := l.Case(r)
		require.NoError(t, err)
		assert.Equal(t, 27004, c.Source("flights").Count())
		ran[r.Function] = true
	}
	assert.Len(t, ran, len(l.Functions()))
}

func TestHints(t *testing.T) {
	l := realLab(t)
	for _, lang := range []message.Language{message.French, message.English} {
		for _, e := range l.Exercises {
			hints, err := l.Hints(e.Number, lang)
			require.NoError(t, err)
			assert.Len(t, hints, HintStages)
		}
		_, err := l.Hints(99, lang)
		assert.ErrorContains(t, err, "found 0 hints for exercise 99, expected 3")
	}
}

func TestParseHints(t *testing.T) {
	all, err := parseHints("# Titre\n\npour les auteurs\n\n## Exercice 1\n\n### Indice 1\n\nun\n\n- deux\n\n### Indice 2\ntrois\n## Exercice 2\n### Indice 1\nquatre\n")
	require.NoError(t, err)
	assert.Equal(t, map[int][]string{1: {"un\n\n- deux", "trois"}, 2: {"quatre"}}, all)
	for text, says := range map[string]string{
		"### Indice 1\nx\n":                                "1: found hint 1",
		"## Exercice 1\n### Indice 2\nx\n":                 "2: found hint 2, expected hint 1",
		"## Exercice 1\n### Indice 1\nx\n## Exercice 1\n":  "4: found exercise 1 a second time",
		"## Exercice 1\n### Indice 1\n\n### Indice 2\nx\n": "hint 1 of exercise 1 is empty",
		"## Exercice 1\n### Indice 1\nx\n#### Plus\n":      `4: found the heading "#### Plus"`,
		"## Exercice 1\n## L'exercice\n### Indice 1\nx\n":  `2: found the heading "## L'exercice"`,
	} {
		_, err := parseHints(text)
		assert.ErrorContains(t, err, says, text)
	}
}

func TestProgress(t *testing.T) {
	root := t.TempDir()
	p, err := LoadProgress(root)
	require.NoError(t, err)
	p.Set("tp", 1, State{Kind: check.Right, Hints: 1})
	require.NoError(t, p.Save(root))
	p, err = LoadProgress(root)
	require.NoError(t, err)
	assert.Equal(t, State{Kind: check.Right, Hints: 1}, p.Of("tp", 1))
	require.NoError(t, os.WriteFile(progressPath(root), []byte("{half"), 0o644))
	p, err = LoadProgress(root)
	require.NoError(t, err, "a damaged file is as good as none")
	assert.Equal(t, State{}, p.Of("tp", 1))
	p.Set("tp", 1, State{Hints: 3})
	require.NoError(t, p.Save(root))
}

func TestWriteFileIsWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	require.NoError(t, WriteFile(path, []byte("old")))
	require.NoError(t, WriteFile(path, []byte("new")))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "new", string(data))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing temporary may stay")
	assert.Error(t, WriteFile(filepath.Join(dir, "none", "f"), nil))
}
