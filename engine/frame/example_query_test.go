package frame_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/frame"
)

func ExampleQuery() {
	s := engine.Start(engine.Conf("spark.sql.shuffle.partitions", "2"))
	defer s.Stop()
	schema, _ := frame.ParseSchema("carrier string, delay int")
	frame.Of(s, schema, frame.Row{"AA", int32(12)}, frame.Row{"DL", int32(3)}, frame.Row{"AA", nil}).CreateView("flights")

	late := frame.Query(s, `
		SELECT carrier, count(*) AS flights, avg(delay) AS mean
		FROM flights
		GROUP BY carrier
		ORDER BY mean DESC`)
	fmt.Println(late.Columns())
	fmt.Println(engine.Must(late.Collect()))

	fmt.Println(frame.Query(s, "SELECT carier FROM flights").Err())
	// Output:
	// [carrier flights mean]
	// [[AA 2 12] [DL 1 3]]
	// [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `carier` cannot be resolved. Did you mean one of the following? [`carrier`, `delay`]. (line 1, column 8)
	//   SELECT carier FROM flights
	//          ^^^^^^ (example_query_test.go:24)
}

func ExampleTable() {
	s := engine.Start()
	defer s.Stop()
	frame.Range(s, 0, 3, 1, 1).CreateView("numbers")
	fmt.Println(engine.Must(frame.Table(s, "numbers").Count()))
	fmt.Println(frame.Table(s, "numbrs").Err())
	// Output:
	// 3
	// [TABLE_OR_VIEW_NOT_FOUND] The table or view `numbrs` cannot be found. Verify the spelling, or name a frame by its method CreateView. Did you mean `numbers`? (example_query_test.go:38)
}

func ExampleFrame_Intersect() {
	s := engine.Start(engine.Conf("spark.sql.shuffle.partitions", "1"))
	defer s.Stop()
	a, b := frame.Range(s, 0, 5, 1, 1), frame.Range(s, 3, 9, 1, 1)
	fmt.Println(engine.Must(a.Intersect(b).OrderBy(frame.Col("id")).Collect()))
	fmt.Println(engine.Must(a.Except(b).OrderBy(frame.Col("id")).Collect()))
	// Output:
	// [[3] [4]]
	// [[0] [1] [2]]
}
