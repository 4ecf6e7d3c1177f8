package lineage

import (
	"bytes"
	"iter"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lineOf is the number of the line of a file of this folder that ends in
// "// here: " and mark.
func lineOf(t *testing.T, file, mark string) Site {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for i, line := range bytes.Split(text, []byte("\n")) {
		if bytes.HasSuffix(line, []byte("// here: "+mark)) {
			return Site{file, i + 1}
		}
	}
	require.Fail(t, "no such line", "%s has no line marked %q", file, mark)
	return Site{}
}

// generic is a student's own helper.
func generic[T any](f func(T) Site, v T) Site { return f(v) }

type visitor struct{ seen Site }

func (v *visitor) visit(int) { v.seen = Caller() } // here: method

func TestCallerIsTheInnermostLineOfTheProgram(t *testing.T) {
	find := func(mark string) Site { return lineOf(t, "site_test.go", mark) }

	assert.Equal(t, find("direct"), Caller()) // here: direct

	closure := func() Site {
		return Caller() // here: closure
	}
	assert.Equal(t, find("closure"), closure())

	assert.Equal(t, find("generic"), generic(func(int) Site {
		return Caller() // here: generic
	}, 1))

	var v visitor
	(&v).visit(1)
	assert.Equal(t, find("method"), v.seen)
	method := v.visit
	method(1)
	assert.Equal(t, find("method"), v.seen)

	var sorted Site
	slices.SortFunc([]int{2, 1}, func(a, b int) int {
		sorted = Caller() // here: in sort
		return a - b
	})
	assert.Equal(t, find("in sort"), sorted)

	rows := iter.Seq[Site](func(yield func(Site) bool) {
		yield(Caller()) // here: in iterator
	})
	for site := range rows {
		assert.Equal(t, find("in iterator"), site)
	}
	next, stop := iter.Pull(rows)
	defer stop()
	site, _ := next()
	assert.Equal(t, find("in iterator"), site, "iter.Pull runs it on a goroutine of its own")

	var once sync.Once
	var inOnce Site
	once.Do(func() {
		inOnce = Caller() // here: in once
	})
	assert.Equal(t, find("in once"), inOnce)

	elsewhere := make(chan Site)
	go func() {
		elsewhere <- Caller() // here: goroutine
	}()
	assert.Equal(t, find("goroutine"), <-elsewhere)
}

func TestInside(t *testing.T) {
	for _, c := range []struct {
		function, file string
		want           bool
	}{
		{"etincelle/engine.Start", "/kit/engine/engine.go", true},
		{"etincelle/engine.Must[...]", "/kit/engine/engine.go", true},
		{"etincelle/engine/rdd.Map[...]", "/kit/engine/rdd/map.go", true},
		{"etincelle/engine/rdd.(*RDD[...]).Collect", "/kit/engine/rdd/action.go", true},
		{"etincelle/engine/rdd.mapped[...].func1", "/kit/engine/rdd/rdd.go", true},
		{"etincelle/engine/enginetest/oracle/neutral.Parse", "/kit/engine/enginetest/oracle/neutral/json.go", true},
		{"runtime.gopanic", "/go/src/runtime/panic.go", true},
		{"iter.Pull[...].func1", "/go/src/iter/iter.go", true},
		{"slices.insertionSortCmpFunc[...]", "slices/zsortanyfunc.go", true},
		{"math/rand.(*Rand).Intn", "math/rand/rand.go", true},
		{"encoding/json.(*encodeState).marshal", "/go/src/encoding/json/encode.go", true},
		{"internal/runtime/maps.(*Map).PutSlot", "/go/src/internal/runtime/maps/map.go", true},
		{"strings.Repeat", "/go/src/strings/strings.go", true},
		{"testing.tRunner", "/go/src/testing/testing.go", true},

		{"main.main", "/home/alice/main.go", false},
		{"main.main.func1.2", "/home/alice/main.go", false},
		{"main.(*counter[...]).add", "/home/alice/main.go", false},
		{"etincelle/labs/tp02-partitionnement.Solve", "/kit/labs/tp02-partitionnement/exercises.go", false},
		{"etincelle/enginery.Start", "/kit/enginery/start.go", false},
		{"github.com/alice/flights.Parse", "/home/alice/go/pkg/mod/github.com/alice/flights/parse.go", false},
		{"gopkg.in/yaml%2ev3.Unmarshal", "/home/alice/go/pkg/mod/gopkg.in/yaml.v3/yaml.go", false},
		{"etincelle/engine_test.TestStop", "/kit/engine/engine_test.go", false},
		{"etincelle/engine/rdd_test.ExampleMap", "/kit/engine/rdd/example_test.go", false},
		{"etincelle/engine/rdd.TestHash.func1", "/kit/engine/rdd/hash_test.go", false},
	} {
		assert.Equal(t, c.want, inside(runtime.Frame{Function: c.function, File: c.file}), c.function)
	}
}

func TestSiteText(t *testing.T) {
	assert.Equal(t, "tp.go:12", Site{"tp.go", 12}.String())
	assert.Empty(t, Site{}.String())
}
