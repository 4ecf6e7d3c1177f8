package tp01

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"etincelle/datasets"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
)

// The exercises that are handed a function: its calls are counted here.

// LongDelays calls the function of that name.
func LongDelays(f func(*rdd.RDD[string], func(string) datasets.Flight) *rdd.RDD[int]) harness.Function {
	return harness.Function{Name: "LongDelays", Run: func(c *harness.Case) harness.Dataset {
		lines := harness.Source[string](c, "lines")
		parse := func(line string) datasets.Flight {
			c.Called("parse")
			flight, err := datasets.ParseFlight(line)
			if err != nil {
				panic(err)
			}
			return flight
		}
		return harness.Call(c, func() *rdd.RDD[int] { return f(lines, parse) })
	}}
}

// Total calls the function of that name. The line that reads as the number "bad"
// cannot be read the first "failures" times.
func Total(f func(*rdd.RDD[string], func(string) (int, error)) (int, error)) harness.Function {
	type sum struct {
		Total  int
		Failed bool // the function returned an error
	}
	return harness.Function{Name: "Total", Run: func(c *harness.Case) harness.Dataset {
		lines, bad, failures := harness.Source[string](c, "lines"), c.Param("bad"), c.Param("failures")
		return harness.Value(c, func() (sum, error) {
			var mu sync.Mutex
			left := failures
			total, err := f(lines, func(line string) (int, error) {
				c.Called("read")
				n, err := strconv.Atoi(line)
				mu.Lock()
				defer mu.Unlock()
				if n == bad && left > 0 {
					left--
					return 0, fmt.Errorf("%q: the source does not answer", line)
				}
				return n, err
			})
			if err != nil {
				return sum{Failed: true}, nil
			}
			return sum{Total: total}, nil
		})
	}}
}

// Readable calls the function of that name.
func Readable(f func(*rdd.RDD[string], func(string) (int, error)) *rdd.RDD[int]) harness.Function {
	return harness.Function{Name: "Readable", Run: func(c *harness.Case) harness.Dataset {
		lines := harness.Source[string](c, "lines")
		read := func(line string) (int, error) {
			c.Called("read")
			return strconv.Atoi(line)
		}
		return harness.Call(c, func() *rdd.RDD[int] { return f(lines, read) })
	}}
}

// StagesOf calls the function of that name.
func StagesOf(f func(string) int) harness.Function {
	return harness.Function{Name: "StagesOf", Run: func(c *harness.Case) harness.Dataset {
		text := strings.Join(harness.Rows[string](c, "lineage"), "\n")
		return harness.Value(c, func() (int, error) { return f(text), nil })
	}}
}
