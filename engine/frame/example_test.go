package frame_test

import (
	"fmt"
	"strings"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/rdd"
)

// flights is a small table, with a flight that was cancelled: its delay is null.
func flights(s *engine.Session) *frame.Frame {
	schema := engine.Must(frame.ParseSchema("carrier string, origin string, delay int"))
	return frame.Of(s, schema,
		frame.Row{"AA", "JFK", int32(12)}, frame.Row{"UA", "EWR", int32(90)}, frame.Row{"AA", "LGA", nil},
		frame.Row{"DL", "JFK", int32(-3)}, frame.Row{"UA", "EWR", int32(15)}, frame.Row{"AA", "JFK", int32(40)})
}

func carriers(s *engine.Session) *frame.Frame {
	schema := engine.Must(frame.ParseSchema("carrier string, name string"))
	return frame.Of(s, schema, frame.Row{"AA", "American"}, frame.Row{"UA", "United"}, frame.Row{"VX", "Virgin"})
}

// Sequential sessions give the same output in every run.
func session(options ...engine.Option) *engine.Session {
	return engine.Start(append(options, engine.Sequential(), engine.Conf("spark.sql.shuffle.partitions", "2"))...)
}

func Example() {
	s := session()
	defer s.Stop()
	late := flights(s).
		Where(frame.Col("delay").Gt(frame.Lit(10))).
		GroupBy(frame.Col("carrier")).
		Agg(frame.CountAll().As("n"), frame.Avg(frame.Col("delay")).As("mean")).
		OrderBy(frame.Col("n").Desc(), frame.Col("carrier"))
	engine.Check(late.Show())
	// Output:
	// +-------+---+----+
	// |carrier|  n|mean|
	// +-------+---+----+
	// |     AA|  2|26.0|
	// |     UA|  2|52.5|
	// +-------+---+----+
}

func ExampleFrame_Select() {
	s := session()
	defer s.Stop()
	engine.Check(flights(s).Select(frame.Col("carrier"), frame.SQL("delay / 60 AS hours")).Limit(2).Show())
	// Output:
	// +-------+-----+
	// |carrier|hours|
	// +-------+-----+
	// |     AA|  0.2|
	// |     UA|  1.5|
	// +-------+-----+
}

func ExampleFrame_Where() {
	s := session()
	defer s.Stop()
	fmt.Println(flights(s).Where(frame.Col("delay").IsNull()).Collect())
	fmt.Println(flights(s).Filter("delay > 30 AND origin LIKE 'J%'").Collect())
	// Output:
	// [[AA LGA <nil>]] <nil>
	// [[AA JFK 40]] <nil>
}

func ExampleFrame_WithColumn() {
	s := session()
	defer s.Stop()
	kind := frame.When(frame.Col("delay").Gt(frame.Lit(30)), frame.Lit("late")).When(frame.Col("delay").IsNull(), frame.Lit("cancelled")).Otherwise(frame.Lit("fine"))
	engine.Check(flights(s).WithColumn("kind", kind).Drop("origin").Rename("delay", "minutes").Show())
	// Output:
	// +-------+-------+---------+
	// |carrier|minutes|     kind|
	// +-------+-------+---------+
	// |     AA|     12|     fine|
	// |     UA|     90|     late|
	// |     AA|   NULL|cancelled|
	// |     DL|     -3|     fine|
	// |     UA|     15|     fine|
	// |     AA|     40|     late|
	// +-------+-------+---------+
}

func ExampleFrame_Join() {
	s := session()
	defer s.Stop()
	for _, how := range []frame.JoinType{frame.Inner, frame.Left, frame.Right, frame.Full, frame.Semi, frame.Anti} {
		n, err := flights(s).Join(carriers(s), frame.Using("carrier"), how).Count()
		fmt.Println(how, n, err)
	}
	slower := frame.Matching(frame.SQL("a.origin = b.origin AND a.delay > b.delay"))
	fmt.Println(flights(s).As("a").Join(flights(s).As("b"), slower, frame.Inner).SelectExpr("a.origin", "a.delay", "b.delay").OrderBy(frame.SQL("a.delay"), frame.SQL("b.delay")).Collect())
	// Output:
	// Inner 5 <nil>
	// LeftOuter 6 <nil>
	// RightOuter 6 <nil>
	// FullOuter 7 <nil>
	// LeftSemi 5 <nil>
	// LeftAnti 1 <nil>
	// [[JFK 12 -3] [JFK 40 -3] [JFK 40 12] [EWR 90 15]] <nil>
}

func ExampleExpr_Over() {
	s := session()
	defer s.Stop()
	byCarrier := frame.PartitionBy(frame.Col("carrier")).OrderBy(frame.Col("delay").Desc())
	worst := flights(s).WithColumn("rank", frame.RowNumber().Over(byCarrier)).
		WithColumn("so_far", frame.Sum(frame.Col("delay")).Over(byCarrier.RowsBetween(frame.UnboundedPreceding, frame.CurrentRow))).
		OrderBy(frame.Col("carrier"), frame.Col("rank"))
	engine.Check(worst.Show())
	// Output:
	// +-------+------+-----+----+------+
	// |carrier|origin|delay|rank|so_far|
	// +-------+------+-----+----+------+
	// |     AA|   JFK|   40|   1|    40|
	// |     AA|   JFK|   12|   2|    52|
	// |     AA|   LGA| NULL|   3|    52|
	// |     DL|   JFK|   -3|   1|    -3|
	// |     UA|   EWR|   90|   1|    90|
	// |     UA|   EWR|   15|   2|   105|
	// +-------+------+-----+----+------+
}

func ExampleExplode() {
	s := session()
	defer s.Stop()
	lines := frame.Of(s, engine.Must(frame.ParseSchema("line string")), frame.Row{"to be or"}, frame.Row{"not to be"})
	words := lines.Select(frame.Explode(frame.SQL("split(line, ' ')")).As("word"))
	fmt.Println(words.GroupBy(frame.Col("word")).Count().OrderBy(frame.Col("count").Desc(), frame.Col("word")).Collect())
	// Output:
	// [[be 2] [to 2] [not 1] [or 1]] <nil>
}

func ExampleFrame_Union() {
	s := session()
	defer s.Stop()
	origins := flights(s).Select(frame.Col("origin"))
	fmt.Println(origins.Union(origins).Count())
	fmt.Println(origins.Union(origins).Distinct().OrderBy(frame.Col("origin")).Collect())
	fmt.Println(flights(s).DropDuplicates("carrier").Count())
	// Output:
	// 12 <nil>
	// [[EWR] [JFK] [LGA]] <nil>
	// 3 <nil>
}

func ExampleFrame_Repartition() {
	s := session()
	defer s.Stop()
	f := flights(s)
	fmt.Println(f.Repartition(5).NumPartitions())
	fmt.Println(f.Repartition(5).Coalesce(2).NumPartitions())
	fmt.Println(f.Repartition(3, frame.Col("carrier")).NumPartitions())
	// Output:
	// 5 <nil>
	// 2 <nil>
	// 3 <nil>
}

// A cached frame is computed once: the second count reads the executors' blocks.
func ExampleFrame_Cache() {
	s := session()
	defer s.Stop()
	late := flights(s).Filter("delay > 10").Cache()
	fmt.Println(late.Count())
	before := s.Counters()
	fmt.Println(late.Count())
	fmt.Println(s.Counters().Since(before).Hits > 0, late.StorageLevel())
	fmt.Println(late.Unpersist())
	// Output:
	// 4 <nil>
	// 4 <nil>
	// true StorageLevel(disk, memory, deserialized, 1 replicas)
	// <nil>
}

func ExampleFrame_Checkpoint() {
	s := session(engine.CheckpointDir("checkpoints"), engine.Files(memory()))
	defer s.Stop()
	counts := flights(s).GroupBy(frame.Col("carrier")).Count().Checkpoint()
	fmt.Print(counts.Explain(frame.Simple))
	fmt.Println(counts.Count())
	// Output:
	// == Physical Plan ==
	// Scan ExistingRDD [carrier, count]
	// 3 <nil>
}

// Before an action the plan is what was chosen. After one, adaptive execution has
// decided the rest, and each operator tells how many rows it gave.
func ExampleFrame_Explain() {
	s := session()
	defer s.Stop()
	counts := frame.Range(s, 0, 1000, 1, 4).WithColumn("k", frame.SQL("id % 3")).Filter("k > 0 AND 1 < 2").GroupBy(frame.Col("k")).Count()
	fmt.Print(counts.Explain(frame.Extended))
	engine.Must(counts.Collect())
	fmt.Print(counts.Explain(frame.Simple))
	// Output:
	// == Analyzed Logical Plan ==
	// Aggregate [k], [k, count(1) AS count]
	// +- Filter ((k > cast(0 as bigint)) AND (1 < 2))
	//    +- Project [id, (id % cast(3 as bigint)) AS k]
	//       +- Range (0, 1000, step=1, splits=4)
	// == Optimized Logical Plan ==
	// Aggregate [k], [k, count(1) AS count]
	// +- Project [(id % 3) AS k]
	//    +- Filter ((id % 3) > 0)
	//       +- Range (0, 1000, step=1, splits=4)
	// == Physical Plan ==
	// AdaptiveSparkPlan isFinalPlan=false
	// +- HashAggregate(keys=[k], functions=[count(1)])
	//    +- Exchange hashpartitioning(k, 2), ENSURE_REQUIREMENTS
	//       +- HashAggregate(keys=[k], functions=[partial_count(1)])
	//          +- Project [(id % 3) AS k]
	//             +- Filter ((id % 3) > 0)
	//                +- Range (0, 1000, step=1, splits=4)
	// == Physical Plan ==
	// AdaptiveSparkPlan isFinalPlan=true
	// +- ResultQueryStage
	//    +- HashAggregate(keys=[k], functions=[count(1)])  [rows: 2]
	//       +- AQEShuffleRead coalesced  [rows: 8]
	//          +- ShuffleQueryStage
	//             +- Exchange hashpartitioning(k, 2), ENSURE_REQUIREMENTS
	//                +- HashAggregate(keys=[k], functions=[partial_count(1)])  [rows: 8]
	//                   +- Project [(id % 3) AS k]  [rows: 666]
	//                      +- Filter ((id % 3) > 0)  [rows: 666]
	//                         +- Range (0, 1000, step=1, splits=4)  [rows: 1000]
}

// Each rule can be watched, and turned off to see what it does.
func ExampleSteps() {
	s := session(engine.Conf("spark.sql.optimizer.excludedRules", "ColumnPruning"))
	defer s.Stop()
	for _, step := range frame.Steps(flights(s).Filter("1 = 1 AND delay > 10").Join(carriers(s), frame.Using("carrier"), frame.Inner).Select(frame.Col("name"))) {
		fmt.Printf("%s: %s\n", step.Rule.Name, step.Rule.About)
	}
	// Output:
	// CollapseProject: a selection over a selection or an aggregation becomes one with it
	// ConstantFolding: an expression without columns is computed beforehand
	// BooleanSimplification: true AND x is x; NOT a < b is a >= b
	// InferFiltersFromConstraints: what conditions and joins imply is checked early
	// PushDownPredicates: conditions move below what does not change their outcome
	// ConvertToLocalRelation: selections and conditions over local rows are computed at once
}

func ExampleCollectAs() {
	s := session()
	defer s.Stop()
	type Flight struct {
		Carrier string
		Minutes *int `frame:"delay"`
	}
	rows, err := frame.CollectAs[Flight](flights(s).Limit(3))
	for _, r := range rows {
		fmt.Println(r.Carrier, r.Minutes != nil)
	}
	fmt.Println(err)
	// Output:
	// AA true
	// UA true
	// AA false
	// <nil>
}

// From rows to a table and back: the course's step "RDD > Spark SQL".
func ExampleFromRDD() {
	s := session()
	defer s.Stop()
	type Word struct{ Word string }
	words := rdd.Map(rdd.FlatMap(rdd.Of(s, 2, "to be", "or not to be"), strings.Fields), func(w string) Word { return Word{w} })
	counts := frame.FromRDD(words).GroupBy(frame.Col("word")).Count().OrderBy(frame.Col("word"))
	fmt.Print(counts.PrintSchema())
	rows := engine.Must(counts.RDD())
	fmt.Println(rdd.Map(rows, func(r frame.Row) string { return fmt.Sprint(r[0], "=", r[1]) }).Collect())
	// Output:
	// root
	//  |-- word: string (nullable = true)
	//  |-- count: long (nullable = false)
	// [be=2 not=1 or=1 to=2] <nil>
}

// A mistake in a definition is kept, and told by the first action.
func ExampleFrame_Err() {
	s := session()
	defer s.Stop()
	f := flights(s).Select(frame.Col("carier"))
	fmt.Println(strings.SplitN(f.Err().Error(), " (", 2)[0])
	_, err := f.Collect()
	fmt.Println(err == f.Err())
	// Output:
	// [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `carier` cannot be resolved. Did you mean one of the following? [`carrier`, `origin`, `delay`].
	// true
}
