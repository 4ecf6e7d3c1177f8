// Package hidden is what the cases that count have in common: they are made
// from a seed, new for each grading, by programs that stand in the instructor's
// tree alone. A folder below makes the cases of one TP.
//
// The grader builds that folder into a program and reads its cases; nothing of
// it is linked into the command that students run.
package hidden

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"

	"etincelle/grader/check"
)

// Main is the main function of the generated program: it prints the groups of
// cases that groups makes from the seed on its command line.
func Main(groups func(seed uint64) ([]check.Group, error)) {
	if err := write(os.Stdout, os.Args[1:], groups); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(w io.Writer, args []string, groups func(seed uint64) ([]check.Group, error)) error {
	if len(args) != 1 {
		return fmt.Errorf("found %d arguments, expected the seed", len(args))
	}
	seed, err := strconv.ParseUint(args[0], 10, 64)
	if err != nil {
		return fmt.Errorf("seed %q: expected a whole number: %w", args[0], err)
	}
	made, err := groups(seed)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(made)
}
