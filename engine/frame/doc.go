// Package frame is tables by column name: a plan built by methods, made better by
// rules, and run as datasets of typed columns.
//
//	flights := frame.Read(s).Header().InferSchema().CSV("flights.csv")
//	late := flights.
//		Where(frame.SQL("dep_delay > 15")).
//		GroupBy(frame.Col("carrier")).
//		Agg(frame.CountAll().As("n"), frame.Avg(frame.Col("dep_delay")).As("mean"))
//	late.Show()
//	fmt.Println(late.Explain(frame.Extended))
//
// A method that returns a *Frame has run nothing, one that returns an error has
// run a job. (Three that give a frame are eager all the same, as in Spark: reading
// a schema from files, Checkpoint, and a parquet read.) Columns are typed at run
// time; a mistake in a definition is kept, readable as Err, and returned by the
// next action.
//
// The way of a query:
//
//	methods ──> logical plan ── rules ──> optimised plan ── strategies ──> operators ──> RDDs
//	            package plan              package plan      package plan/physical
package frame
