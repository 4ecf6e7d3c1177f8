package frame

import (
	"fmt"
	"testing"

	"etincelle/engine"
)

func TestSmoke(t *testing.T) {
	for _, aqe := range []string{"false", "true"} {
		s := engine.Start(engine.Conf("spark.sql.shuffle.partitions", "4"), engine.Conf("spark.sql.adaptive.enabled", aqe))
		f := Range(s, 0, 20, 1, 3).WithColumn("k", SQL("id % 4")).GroupBy(Col("k")).Agg(SQL("sum(id) as s"))
		fmt.Println(f.Explain(Extended))
		rows, err := f.Collect()
		fmt.Println(rows, err)
		fmt.Println(f.Explain(Simple))
		fmt.Println(f.OrderBy(Col("s").Desc()).Show())
		fmt.Println(f.Count())
		j := f.Join(Range(s, 0, 3, 1, 1).Rename("id", "k"), Using("k"), Inner).Where(SQL("s > 3"))
		fmt.Println(j.Show())
		fmt.Println(j.Explain(Rules))
		w := f.WithColumn("r", RowNumber().Over(PartitionBy(SQL("k % 2")).OrderBy(Col("s").Desc()))).Where(SQL("r = 1"))
		fmt.Println(w.Show())
		fmt.Println(w.Explain(Extended))
		s.Stop()
	}
}
