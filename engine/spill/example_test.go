package spill_test

import (
	"fmt"
	"io"
	"reflect"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
	"etincelle/engine/spill"
)

// A task that sorts more words than it has memory for puts sorted runs aside,
// and reads each from its start when it merges them.
func Example() {
	words, err := codec.LayoutOf(reflect.TypeFor[string]())
	check(err)
	var files fs.Memory // or fs.System
	file, err := spill.Create(&files, "job-0/task-3")
	check(err)
	var runs []*spill.Reader
	for _, run := range [][]string{{"be", "be", "not"}, {"or", "to", "to"}} {
		segment, err := file.Append(words, run)
		check(err)
		runs = append(runs, spill.Read(&files, words, segment))
	}
	check(file.Flush()) // what was appended can be read now
	for _, run := range runs {
		for {
			rows, err := run.Next()
			if err == io.EOF {
				break
			}
			check(err)
			fmt.Println(rows.([]string))
		}
		check(run.Close())
	}
	check(file.Close())
	check(files.Remove("job-0"))
	// Output:
	// [be be not]
	// [or to to]
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
