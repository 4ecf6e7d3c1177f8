package runner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"etincelle/grader/build"
	"etincelle/grader/policy"
)

// Workshop makes the programs under test of one TP. What they all are made of
// has been compiled; an exercise that was compiled before, from the same source,
// need not be again.
type Workshop struct {
	ready   *build.Ready
	harness string
	kept    string // folder of compiled exercises; "" keeps none
}

// Open prepares to build programs for the TP that a harness belongs to. folder
// is where what is compiled is kept from one process to the next, "" nowhere.
// tell hears how far a first build is; it may be nil.
func Open(ctx context.Context, root, harness, folder string, tell func(build.Progress)) (*Workshop, error) {
	packages := append(policy.Imports(), build.Module+"/grader/harness/child", build.Module+"/grader/harness/"+harness)
	ready, err := build.Prepare(ctx, root, folder, packages, tell)
	if err != nil {
		return nil, err
	}
	return &Workshop{ready: ready, harness: harness, kept: folder}, nil
}

// compiled is a file that holds the exercise compiled, below the program's own
// folder.
func (w *Workshop) compiled(ctx context.Context, folder string, e exercise) (string, error) {
	file := filepath.Join(folder, "exercise"+strconv.Itoa(e.number)+".a")
	if w.kept == "" {
		return file, w.ready.Compile(ctx, e.Package, nil, file)
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n", w.ready.Fingerprint())
	for _, name := range []string{exercisesFile, harnessFile} {
		fmt.Fprintf(sum, "%s %d\n%s", name, len(e.Files[name]), e.Files[name])
	}
	family := filepath.Join(w.kept, w.harness+"-"+strconv.Itoa(e.number)+"-")
	kept := family + hex.EncodeToString(sum.Sum(nil)[:12]) + ".a"
	if place(kept, file) == nil {
		return file, nil // the same source was compiled before
	}
	if err := w.ready.Compile(ctx, e.Package, nil, file); err != nil {
		return "", err
	}
	older, _ := filepath.Glob(family + "*.a") // the pattern is well-formed
	if place(file, kept) == nil {
		for _, o := range older {
			_ = os.Remove(o) // one version of each exercise is kept: the last
		}
	}
	return file, nil
}

// place puts a copy of a file at a path, whole or not at all. It may be lost when
// the machine stops: then it is compiled again.
func place(file, at string) error {
	if os.Link(file, at) == nil {
		return nil
	}
	data, err := os.ReadFile(file) // on another disk, or on one without links
	if err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Dir(at), "placing-*")
	if err != nil {
		return err
	}
	_, err = beside.Write(data)
	if err = errors.Join(err, beside.Close()); err == nil {
		err = os.Rename(beside.Name(), at)
	}
	if err != nil {
		return errors.Join(err, os.Remove(beside.Name()))
	}
	return nil
}
