package main

// The architecture as a test: which folder may import which. A new folder gets
// a row here and a word in the design documents in the same change.
// arch_judge_test.go says how one file is judged.

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mayImport gives, for each folder, the folders of ours that its code may
// import; what its tests import is free unless testsMayImport has a row for it.
//
// "a/..." is a and all below it, "!a" takes a away again, and of several rows
// that cover a folder the longest holds. Rows stand in the order data flows.
var mayImport = map[string]string{
	".": "cli",
	"cli": "bench scenario source engine/event figure/... export kit tui/... grader/... !grader/harness/... !grader/hidden/... " +
		"replay/scenario replay/recorded",

	// The engine: leaves first, arrows point up this list and never down.
	"engine/clock":   "",
	"engine/codec":   "",
	"engine/fs":      "",
	"engine/event":   "",
	"engine/radix":   "",
	"engine/lineage": "engine/event",
	"engine/storage": "engine/codec engine/fs engine/lineage",
	"engine/spill":   "engine/codec engine/fs",
	"engine/shuffle": "engine/codec engine/fs engine/spill engine/lineage",
	"engine/sched":   "engine/clock engine/event engine/lineage",
	"engine": "engine/clock engine/codec engine/fs engine/event engine/lineage " +
		"engine/spill engine/storage engine/shuffle engine/sched",
	"engine/rdd": "engine engine/clock engine/codec engine/fs engine/radix engine/spill engine/event engine/lineage " +
		"engine/storage engine/shuffle",
	"engine/frame/column": "",
	"engine/frame/expr":   "engine/frame/column",
	"engine/frame/plan":   "engine/frame/column engine/frame/expr",
	"engine/frame/sql":    "engine/frame/column engine/frame/expr",
	"engine/frame/plan/physical": "engine engine/rdd engine/radix engine/event engine/lineage engine/fs engine/storage " +
		"engine/frame/column engine/frame/expr engine/frame/plan",
	"engine/frame/files":       "engine/fs engine/lineage engine/frame/column engine/frame/expr engine/frame/plan/...",
	"engine/frame":             "engine engine/rdd engine/event engine/fs engine/lineage engine/storage engine/frame/...",
	"engine/stream/watermark":  "",
	"engine/stream/checkpoint": "engine/fs",
	"engine/stream/state":      "engine/codec engine/fs",
	"engine/stream/operator":   "engine/frame/column engine/frame/expr engine/stream/state engine/stream/watermark",
	"engine/stream/analyze":    "engine/frame/column engine/frame/expr engine/frame/plan engine/stream/operator",
	"engine/stream": "engine engine/rdd engine/frame/... engine/event engine/lineage engine/storage engine/codec " +
		"engine/clock engine/fs engine/stream/...",
	"engine/dstream": "engine engine/rdd engine/event engine/lineage engine/storage engine/codec engine/fs engine/clock",
	// The suite that a receiver of the program's own is run against; students and the grader call it.
	"engine/dstream/receivertest": "engine engine/event engine/rdd engine/dstream",

	// Reaches into all of the engine; no row but its own names it, so tests alone use it.
	"engine/enginetest":            "engine/...",
	"engine/enginetest/oracle/...": "engine/... connect/parquet",
	"engine/enginetest/chaos":      "", // tests alone

	// What leaves the machine or weighs much.
	"connect/...": "engine engine/event engine/fs engine/lineage engine/rdd engine/frame/... engine/stream engine/dstream connect/...",

	// What a student writes, and what it is compared with: the public API and nothing else.
	"labs/...":      "datasets engine engine/rdd engine/frame engine/stream engine/dstream",
	"solutions/...": "datasets engine engine/rdd engine/frame engine/stream engine/dstream",

	// The grader. Its parent side reads events; only the harness, which runs inside
	// the student's process, sees the engine. In the order data flows:
	"grader/message":        "",
	"grader/protocol":       "engine/event",
	"grader/build":          "",
	"grader/notebook":       "grader/build grader/notebook/cells",
	"grader/notebook/cells": "",
	"grader/policy":         "grader/message grader/protocol",
	"grader/salvage":        "grader/message",
	"grader/evidence":       "engine/event grader/protocol",
	"grader/check":          "engine/event grader/protocol grader/message grader/evidence",
	"grader/check/...":      "engine/event grader/protocol grader/message grader/evidence grader/check grader/check/queries",
	"grader/runner":         "engine/event grader/build grader/policy grader/salvage grader/protocol grader/message grader/evidence grader/check",
	"grader/lab":            "datasets engine/fs engine/rdd grader/protocol grader/message grader/evidence grader/check/...",
	"grader/hidden/...":     "datasets grader/protocol grader/message grader/check grader/hidden/...",
	"grader/hidden/tp00":    "grader/hidden datasets grader/protocol grader/message grader/check grader/check/tp00",
	"grader/hidden/tp01":    "grader/hidden datasets engine engine/fs engine/rdd engine/event grader/protocol grader/message grader/check grader/check/tp01", // asks about recorded runs and lineages: real ones
	"grader/class":          "engine/event grader/... !grader/harness/... !grader/hidden/... !grader/report",
	"grader/report":         "engine/event grader/... !grader/harness/... !grader/hidden/...",
	"grader/harness/...":    "datasets engine engine/rdd engine/frame engine/stream engine/event engine/fs grader/protocol grader/harness/...",
	"grader/publictest":     "engine/event grader/... !grader/hidden/...",

	// A scenario in, events out. The scenario itself is data; what runs it is a
	// process of its own, so that no screen meets the engine.
	"replay/scenario": "grader/message",
	"replay":          "engine engine/clock engine/event engine/frame engine/frame/column engine/stream engine/dstream engine/rdd engine/lineage engine/fs replay/scenario",
	"replay/cmd":      "engine/event replay replay/scenario",
	"replay/recorded": "engine/event replay/scenario",

	// Readers of events.
	"tui/canvas":       "grader/message",
	"tui/keys":         "grader/message tui/canvas",
	"tui/terminal":     "grader/message tui/canvas tui/keys",
	"tui/terminaltest": "grader/message tui/canvas tui/keys", // tests alone
	"tui/watch": "grader/build grader/check grader/class grader/lab grader/message grader/notebook grader/report " +
		"tui/canvas tui/keys tui/terminal",
	"tui/model":           "engine/event grader/message",
	"tui/model/streaming": "engine/event grader/message tui/model",
	"tui/model/receiving": "engine/event grader/message",
	"tui/view/receiving":  "engine/event replay/scenario grader/message tui/model/receiving tui/canvas tui/keys tui/terminal tui/trial tui/stepper tui/follow",
	"tui/follow":          "engine/event",
	"tui/trial":           "engine/event grader/message",
	"tui/stepper":         "engine/event grader/message tui/canvas tui/keys tui/terminal tui/follow",
	"tui/view/streaming":  "engine/event replay/scenario grader/message tui/model tui/model/streaming tui/canvas tui/keys tui/terminal tui/trial tui/stepper tui/follow",
	"tui/home":            "grader/message tui/canvas tui/keys tui/terminal",
	"tui/book":            "grader/message grader/notebook tui/canvas tui/keys tui/terminal",
	"tui/view":            "engine/event replay/scenario grader/message tui/model tui/canvas tui/keys tui/terminal tui/trial tui/stepper tui/follow",
	"web/...":             "engine/event web/... grader/... !grader/harness/...",

	"figure":        "engine/event grader/message tui/model tui/model/streaming",
	"figure/stored": "engine/event grader/message grader/build grader/lab figure",

	// What leaves the course: a notebook for a printer or another program, a kit for students.
	"export": "grader/message grader/lab grader/notebook",
	"kit":    "grader/build grader/lab engine/fs",

	// The failures of streaming as programs; the engine's inside kills the executors.
	"scenario": "engine engine/clock engine/event engine/fs engine/lineage engine/rdd engine/dstream",

	"source": "", // a dataset over TCP

	"bench/...": "engine engine/rdd engine/frame engine/stream engine/dstream bench/...",
	"datasets":  "engine engine/rdd engine/event", // its rows, typed

	"docs/book": "", // tests alone: what the chapters say is compiled and run
}

// testsMayImport bounds the tests of the folders that students get: besides
// what the folder's own row allows.
var testsMayImport = map[string]string{
	"labs/...":      "grader/harness/... grader/publictest engine/enginetest",
	"solutions/...": "grader/harness/... grader/publictest engine/enginetest",
}

// modulesOf names the modules that the code of a folder may use besides the
// standard library: what a student compiles at each check stays light. A
// folder without a row may use what go.mod lists.
var modulesOf = map[string]string{
	"engine/...":         "github.com/petermattis/goid github.com/fxamacker/cbor/v2",
	"grader/harness/...": "github.com/petermattis/goid github.com/fxamacker/cbor/v2",
	"grader/protocol":    "github.com/fxamacker/cbor/v2",
	"labs/...":           "",
	"solutions/...":      "",
	"datasets":           "",
}

// tooHeavy are modules that the command may never link: they live in connect/,
// behind commands of their own.
const tooHeavy = "github.com/apache/arrow/... github.com/apache/arrow-go/... google.golang.org/grpc/... " +
	"github.com/aws/... github.com/twmb/franz-go/..."

func TestArchTree(t *testing.T) {
	judged := 0
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			hidden := path != "." && strings.ContainsAny(d.Name()[:1], "._")
			if hidden || d.Name() == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		judged++
		for _, fault := range judge(filepath.ToSlash(path), string(text)) {
			t.Error(fault)
		}
		return nil
	}))
	assert.Positive(t, judged, "no Go file was found")
}

// A misspelt row would allow nothing, and say nothing.
func TestArchTableNamesKnownFolders(t *testing.T) {
	known := func(pattern string) bool {
		folder := strings.TrimSuffix(strings.TrimPrefix(pattern, "!"), "/...")
		if _, ok := lookup(mayImport, folder); ok {
			return true
		}
		for row := range mayImport {
			if covers(folder+"/...", strings.TrimSuffix(row, "/...")) {
				return true
			}
		}
		return false
	}
	for _, table := range []map[string]string{mayImport, testsMayImport, modulesOf} {
		for row := range table {
			assert.True(t, known(row), "row %q covers no folder of mayImport", row)
		}
	}
	for _, table := range []map[string]string{mayImport, testsMayImport} {
		for row, allowed := range table {
			for _, pattern := range strings.Fields(allowed) {
				assert.True(t, known(pattern), "row %q allows %q, which no row covers", row, pattern)
			}
		}
	}
}

func TestArchCommandStaysLight(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	deps := strings.Fields(string(out))
	require.True(t, slices.Contains(deps, "etincelle/cli"), "go list shows no etincelle/cli: is this the command's folder?")
	for _, dep := range deps {
		assert.False(t, allows(tooHeavy, dep), "the command links %s; keep it in connect/", dep)
	}
}

// What the screens know is no matter of terminals: the models are read, and tested,
// without one.
func TestArchModelsMeetNoTerminal(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./tui/model/...").Output()
	require.NoError(t, err)
	deps := strings.Fields(string(out))
	require.Contains(t, deps, "etincelle/tui/model/streaming")
	for _, dep := range deps {
		assert.False(t, allows("github.com/rivo/tview/... github.com/gdamore/tcell/...", dep), "the models link %s", dep)
	}
}
