package frame_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/frame"
)

func put(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func collected(t *testing.T, f *frame.Frame) string {
	t.Helper()
	rows, err := f.Collect()
	require.NoError(t, err)
	return strings.Trim(fmt.Sprint(rows), "[]")
}

func TestReadCSV(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	path := put(t, "t.csv", "\xef\xbb\xbfa,b,\"c d\",e\r\n1,x,1.5,2024-01-02\r\n2,\"y, \\\"z\\\"\",,\n\n3,\"\",-2e3,2024-01-03\n4")
	f := frame.Read(s).Header().InferSchema().CSV(path)
	require.NoError(t, f.Err())
	assert.Equal(t, "struct<a:int,b:string,c d:double,e:date>", f.Schema().String())
	assert.Equal(t, `1 x 1.5 2024-01-02] [2 y, "z" <nil> <nil>] [3  -2000 2024-01-03] [4 <nil> <nil> <nil>`, collected(t, f))
	assert.Equal(t, "1.5 1] [<nil> 2] [-2000 3] [<nil> 4", collected(t, f.Select(frame.Col("`c d`"), frame.Col("a")))) // columns out of their order

	plain := frame.Read(s).CSV(path) // no header: names by place, strings
	assert.Equal(t, []string{"_c0", "_c1", "_c2", "_c3"}, plain.Columns())

	typed := frame.Read(s).Header().Schema("a bigint, b string").CSV(path)
	assert.Equal(t, "1 x] [2 y, \"z\"] [3 ] [4 <nil>", collected(t, typed))

	bad := frame.Read(s).Schema("a int").CSV(put(t, "bad.csv", "1\nx\n99999999999\n"))
	assert.Equal(t, "1] [<nil>] [<nil>", collected(t, bad))

	tabs := frame.Read(s).Option("sep", `\t`).Option("nullValue", "-").Schema("a int, b string").CSV(put(t, "t.tsv", "1\tx\n-\t-\n"))
	assert.Equal(t, "1 x] [<nil> <nil>", collected(t, tabs))

	assert.ErrorContains(t, frame.Read(s).CSV("nowhere.csv").Err(), "PATH_NOT_FOUND")
	assert.ErrorContains(t, frame.Read(s).Option("sepp", ";").CSV(path).Err(), "sepp")
}

// TestCutFile: however a file is cut in spans, each line is read once.
func TestCutFile(t *testing.T) {
	var text strings.Builder
	for i := range 400_000 {
		fmt.Fprintf(&text, "%d,%s\n", i, strings.Repeat("x", i%41))
	}
	path := put(t, "many.csv", text.String())
	for _, cores := range []int{1, 3, 8} {
		s := engine.Start(engine.Cores(cores))
		f := frame.Read(s).Schema("n bigint, x string").CSV(path)
		rows, err := f.Agg(frame.CountAll(), frame.Sum(frame.Col("n")), frame.SQL("sum(length(x))")).Collect()
		require.NoError(t, err)
		assert.Equal(t, "[[400000 79999800000 7999926]]", fmt.Sprint(rows), "%d cores", cores)
		s.Stop()
	}
}

func TestReadJSONAndText(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	path := put(t, "t.jsonl", `{"b": 1, "a": "x", "c": [1, 2.5], "d": {"e": true}}`+"\n"+`{"b": 2.5}`+"\nnot json\n")
	f := frame.Read(s).JSON(path)
	require.NoError(t, f.Err())
	assert.Equal(t, "struct<a:string,b:double,c:array<double>,d:struct<e:boolean>>", f.Schema().String())
	assert.Equal(t, "x 1 [1 2.5] [true]] [<nil> 2.5 <nil> <nil>] [<nil> <nil> <nil> <nil>", collected(t, f))

	lines := frame.Read(s).Text(put(t, "t.txt", "one\r\n\ntwo"))
	assert.Equal(t, "one] [] [two", collected(t, lines))
}

func TestWriteAndReadBack(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	f := frame.Query(s, `SELECT * FROM VALUES (1, 'a"b,c', 1.5D, DATE '2024-01-02', true), (2, '', NULL, NULL, false), (3, NULL, -0.25D, DATE '1969-12-31', NULL) AS t(i, s, d, day, b)`)
	want := collected(t, f)
	schema := "i int, s string, d double, day date, b boolean"
	dir := t.TempDir()
	require.NoError(t, f.Write().Header().CSV(filepath.Join(dir, "csv")))
	assert.Equal(t, want, collected(t, frame.Read(s).Header().Schema(schema).CSV(filepath.Join(dir, "csv")).OrderBy(frame.Col("i"))))
	require.NoError(t, f.Write().JSON(filepath.Join(dir, "json")))
	assert.Equal(t, want, collected(t, frame.Read(s).Schema(schema).JSON(filepath.Join(dir, "json")).OrderBy(frame.Col("i"))))

	again := f.Write().Header().CSV(filepath.Join(dir, "csv"))
	assert.ErrorContains(t, again, "PATH_ALREADY_EXISTS")
	require.NoError(t, f.Limit(1).Write().Mode(frame.Overwrite).CSV(filepath.Join(dir, "csv")))
	require.NoError(t, f.Write().Mode(frame.Ignore).CSV(filepath.Join(dir, "csv")))
	assert.Equal(t, `1 a"b,c`, collected(t, frame.Read(s).Schema("i int, s string").CSV(filepath.Join(dir, "csv"))))
	assert.ErrorContains(t, f.Write().Text(filepath.Join(dir, "text")), "single column")
	require.NoError(t, f.Select(frame.Col("s")).Write().Text(filepath.Join(dir, "text")))
	assert.FileExists(t, filepath.Join(dir, "text", "_SUCCESS"))
}

func ExampleRead() {
	s := engine.Start(engine.Conf("spark.sql.shuffle.partitions", "2"))
	defer s.Stop()
	dir, _ := os.MkdirTemp("", "flights")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "flights.csv")
	_ = os.WriteFile(path, []byte("carrier,delay\nAA,12\nDL,\nAA,3\n"), 0o644)

	flights := frame.Read(s).Header().InferSchema().CSV(path)
	fmt.Print(flights.PrintSchema())
	late := flights.GroupBy(frame.Col("carrier")).Agg(frame.Avg(frame.Col("delay")).As("mean")).OrderBy(frame.Col("carrier"))
	fmt.Println(engine.Must(late.Collect()))
	engine.Check(late.Write().Header().CSV(filepath.Join(dir, "late")))
	text, _ := os.ReadFile(filepath.Join(dir, "late", "part-00000.csv"))
	fmt.Printf("%s", text)
	// Output:
	// root
	//  |-- carrier: string (nullable = true)
	//  |-- delay: integer (nullable = true)
	// [[AA 7.5] [DL <nil>]]
	// carrier,mean
	// AA,7.5
	// DL,
}

// BenchmarkCSV reads a file like the flights', all its columns and two of them.
func BenchmarkCSV(b *testing.B) {
	var text strings.Builder
	text.WriteString("year,month,day,dep_time,dep_delay,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance\n")
	for i := range 200_000 {
		fmt.Fprintf(&text, "2013,%d,%d,%d,%d,%d,%s,%d,N%05d,%s,LAX,%d.0,%d\n", i%12+1, i%28+1, i%2400, i%90-10, i%120-30, []string{"AA", "DL", "UA"}[i%3], i%5000, i%4000, []string{"JFK", "EWR", "LGA"}[i%3], i%600, i%3000)
	}
	path := filepath.Join(b.TempDir(), "flights.csv")
	require.NoError(b, os.WriteFile(path, []byte(text.String()), 0o644))
	schema := "year int, month int, day int, dep_time int, dep_delay int, arr_delay int, carrier string, flight int, tailnum string, origin string, dest string, air_time double, distance int"
	for name, columns := range map[string][]string{"all": {"year", "month", "day", "dep_time", "dep_delay", "arr_delay", "flight", "air_time", "distance", "carrier", "tailnum", "origin", "dest"}, "two": {"dep_delay", "carrier"}} {
		b.Run(name, func(b *testing.B) {
			s := engine.Start(engine.Cores(1))
			defer s.Stop()
			var sums []frame.Expr
			for _, c := range columns {
				sums = append(sums, frame.Max(frame.Col(c)))
			}
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				_, err := frame.Read(s).Header().Schema(schema).CSV(path).Agg(sums...).Collect()
				require.NoError(b, err)
			}
		})
	}
}
