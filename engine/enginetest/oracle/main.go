// Command oracle runs the engine on cases of the oracle, which real Spark has
// run before, and says where the engine differs:
//
//	go run ./engine/enginetest/oracle [--run REGEXP] [--verbose] FOLDER|FILE …
//
// A folder holds cases as JSON files, or a folder "cases" that does. The last
// line counts: "182 passed, 0 failed, 0 skipped". The exit code is 1 when a
// case failed, 2 when the command was not understood.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"etincelle/engine/enginetest/oracle/dstreamcase"
	"etincelle/engine/enginetest/oracle/rddcase"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/enginetest/oracle/sqlcase"
	"etincelle/engine/enginetest/oracle/streamcase"
)

// kind is one kind of case: how it is known, and what runs it.
type kind struct {
	name string
	mine func(fields map[string]json.RawMessage) bool
	run  func(data []byte) (report.Verdict, error)
}

// kinds are those that this command knows; a case says itself which it is of.
var kinds = []kind{
	{"dstream", dstreamcase.Mine, dstreamcase.Verdict},
	{"rdd", rddcase.Mine, rddcase.Verdict},
	{"structured", streamcase.Mine, streamcase.Verdict},
	{"sql", sqlcase.Mine, sqlcase.Verdict},
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, problems io.Writer) int {
	flags := flag.NewFlagSet("oracle", flag.ContinueOnError)
	flags.SetOutput(problems)
	pattern := flags.String("run", "", "run only the cases whose name matches this `regexp`")
	verbose := flags.Bool("verbose", false, "print the cases that pass, too")
	flags.Usage = func() {
		fmt.Fprintln(problems, "usage: oracle [--run REGEXP] [--verbose] FOLDER|FILE …")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	chosen, err := regexp.Compile(*pattern)
	if err == nil && flags.NArg() == 0 {
		err = errors.New("no folder was named")
	}
	var files []string
	if err == nil {
		files, err = casesOf(flags.Args())
	}
	if err != nil {
		fmt.Fprintf(problems, "oracle: %v\n", err)
		flags.Usage()
		return 2
	}
	var cases []oracleCase
	for _, file := range files {
		c, err := read(file)
		if err != nil {
			fmt.Fprintf(problems, "oracle: %s: %v\n", file, err)
			return 2
		}
		if chosen.MatchString(c.name) {
			cases = append(cases, c)
		}
	}
	var count report.Count
	for _, c := range cases {
		v, err := c.kind.run(c.data)
		if err != nil { // one bad case does not hide the others
			v = report.Verdict{Case: c.name, Broken: err.Error()}
		}
		count.Add(v)
		if *verbose || v.Failed() || v.Skipped != "" {
			v.Write(out)
		}
	}
	fmt.Fprintln(out, count)
	if count.Failed > 0 {
		return 1
	}
	return 0
}

// casesOf lists the files of the cases that the arguments name.
func casesOf(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		found, err := filepath.Glob(filepath.Join(arg, "*.json"))
		if err != nil {
			return nil, err
		}
		below, err := filepath.Glob(filepath.Join(arg, "cases", "*.json"))
		if err != nil {
			return nil, err
		}
		if len(below) > 0 {
			found = below // what lies beside "cases" is not a case
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s: found no case: no .json file in it, nor in a folder \"cases\" of it", arg)
		}
		files = append(files, found...)
	}
	return files, nil
}

// oracleCase is one case, and what runs it.
type oracleCase struct {
	name string
	data []byte
	kind kind
}

// read reads a file and finds what kind of case it is.
func read(file string) (oracleCase, error) {
	c := oracleCase{name: strings.TrimSuffix(filepath.Base(file), ".json")}
	var err error
	if c.data, err = os.ReadFile(file); err != nil {
		return c, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(c.data, &fields); err != nil {
		return c, fmt.Errorf("not a case: %w", err)
	}
	var known []string
	for _, c.kind = range kinds {
		if c.kind.mine(fields) {
			return c, nil
		}
		known = append(known, c.kind.name)
	}
	return c, fmt.Errorf("a case of a kind that is not known (its fields: %s); known: %s",
		strings.Join(slices.Sorted(maps.Keys(fields)), ", "), strings.Join(known, ", "))
}
