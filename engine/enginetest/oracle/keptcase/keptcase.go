// Package keptcase runs the cases of the oracle that the project keeps, of any kind, in
// the tests of the runners.
package keptcase

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"etincelle/engine/enginetest/oracle/report"
)

// Files are the cases of some folders: there must be some in each.
func Files(t *testing.T, folders ...string) []string {
	t.Helper()
	var files []string
	for _, folder := range folders {
		found, err := filepath.Glob(filepath.Join(folder, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Fatalf("no case in %s", folder)
		}
		files = append(files, found...)
	}
	return files
}

// Read reads a case.
func Read[C any](t *testing.T, file string, parse func([]byte) (C, error)) C {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := parse(data)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return c
}

// Observe runs a case, or skips the test when an operation is not built.
func Observe[C, O any](t *testing.T, c C, run func(C) (O, error)) O {
	t.Helper()
	seen, err := run(c)
	var missing report.NotBuilt
	if errors.As(err, &missing) {
		t.Skip(missing.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// Pass holds every case of some folders: each is a test by its name.
func Pass(t *testing.T, verdict func(data []byte) (report.Verdict, error), folders ...string) {
	for _, file := range Files(t, folders...) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			v, err := verdict(data)
			if err != nil {
				t.Fatal(err)
			}
			var page strings.Builder
			v.Write(&page)
			switch {
			case v.Skipped != "":
				t.Skip(page.String())
			case v.Failed():
				t.Error(page.String())
			}
		})
	}
}

// LeavesNoFile holds that runs leave nothing in the folder for temporary files.
func LeavesNoFile(t *testing.T, runs func()) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	runs()
	left, err := os.ReadDir(temporary)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range left {
		t.Errorf("%s is left", file.Name())
	}
}
