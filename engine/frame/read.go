package frame

import (
	"iter"
	"strings"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/files"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Reader reads files into frames:
//
//	frame.Read(s).Header().InferSchema().CSV("flights.csv")
//	frame.Read(s).Schema("carrier string, delay int").JSON("flights.jsonl")
//
// A path is a file, or a folder of files. Without a schema, reading one from the
// files runs jobs at once, as in Spark.
type Reader struct {
	session *engine.Session
	csv     files.CSV
	infer   bool
	schema  Schema
	err     error
}

// Read starts to read files.
func Read(s *engine.Session) *Reader { return &Reader{session: s, csv: files.NewCSV()} }

// Header says that the first line of each CSV file names its columns.
func (r *Reader) Header() *Reader { r.csv.Header = true; return r }

// InferSchema makes a job look at all of a CSV for the types of its columns;
// without it they are strings.
func (r *Reader) InferSchema() *Reader { r.infer = true; return r }

// Schema gives the columns, in Spark's words: "carrier string, delay int". No job looks for them then.
func (r *Reader) Schema(text string) *Reader {
	var err error
	if r.schema, err = ParseSchema(text); err != nil && r.err == nil {
		r.err = err
	}
	return r
}

// WithSchema gives the columns.
func (r *Reader) WithSchema(schema Schema) *Reader { r.schema = schema; return r }

// Option sets one of Spark's options of CSV: header, inferSchema, sep (or delimiter), quote, nullValue.
func (r *Reader) Option(key, value string) *Reader {
	isTrue := strings.EqualFold(value, "true")
	switch strings.ToLower(key) {
	case "header":
		r.csv.Header = isTrue
	case "inferschema":
		r.infer = isTrue
	case "sep", "delimiter":
		r.csv.Separator = r.oneByte(key, value)
	case "quote":
		r.csv.Quote = r.oneByte(key, value)
	case "nullvalue":
		r.csv.Null = value
	default:
		r.fail(expr.Errorf("UNKNOWN_OPTION", "There is no option %q: header, inferSchema, sep, quote and nullValue are known.", key))
	}
	return r
}

func (r *Reader) oneByte(key, value string) byte {
	if value == `\t` {
		value = "\t"
	}
	if len(value) != 1 {
		r.fail(expr.Errorf("INVALID_DELIMITER_VALUE.UNSUPPORTED", "The option %s is one byte long, not %q.", key, value))
		return ','
	}
	return value[0]
}

func (r *Reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// CSV reads fields set apart by commas.
func (r *Reader) CSV(path string) *Frame {
	return r.open(path, func(t *files.Table) (files.Format, Schema, error) {
		if r.schema != nil {
			return r.csv, nullable(r.schema), nil
		}
		names, err := r.header(t)
		if err != nil {
			return nil, nil, err
		}
		types := make([]files.Guess, len(names))
		schema := make(Schema, len(names))
		if r.infer {
			if types, err = r.types(t, len(names)); err != nil {
				return nil, nil, err
			}
		}
		for i, name := range names {
			schema[i] = Field{Name: name, Type: column.StringType, Nullable: true}
			if r.infer {
				schema[i].Type = types[i].Type()
			}
		}
		return r.csv, schema, nil
	})
}

// JSON reads an object a line.
func (r *Reader) JSON(path string) *Frame {
	return r.open(path, func(t *files.Table) (files.Format, Schema, error) {
		if r.schema != nil {
			return files.JSON{}, nullable(r.schema), nil
		}
		schema, err := r.jsonSchema(t)
		return files.JSON{}, schema, err
	})
}

// Text reads lines, each into column "value".
func (r *Reader) Text(path string) *Frame {
	return r.open(path, func(*files.Table) (files.Format, Schema, error) { return files.Text{}, files.TextSchema, nil })
}

// open finds the files; a mistake is the frame's.
func (r *Reader) open(path string, as func(*files.Table) (files.Format, Schema, error)) *Frame {
	none := FromPlan(r.session, &plan.Local{})
	if r.err != nil {
		return none.failed(r.err)
	}
	t, err := files.Open(engine.Inside(r.session).Files(), path)
	if err != nil {
		return none.failed(err)
	}
	format, schema, err := as(t)
	if err != nil {
		return none.failed(err)
	}
	return FromPlan(r.session, plan.NewScan(t.With(format, schema)))
}

// nullable is a schema of files: whatever was declared, a field may be missing.
func nullable(schema Schema) Schema {
	all := make(Schema, len(schema))
	for i, f := range schema {
		all[i] = f
		all[i].Nullable = true
	}
	return all
}

// header reads the first line, in a job of one task.
func (r *Reader) header(t *files.Table) (names []string, err error) {
	err = look(r.session, "csv", 1, func(*lineage.Task, int) ([]string, error) { return r.csv.HeaderOf(t.Files, t.Data) },
		func(_ int, found []string) { names = found })
	return names, err
}

// types looks at all fields, in a job of a task for each part of the files.
func (r *Reader) types(t *files.Table, width int) ([]files.Guess, error) {
	all := make([]files.Guess, width)
	spans := t.Spans(r.session.DefaultParallelism())
	err := look(r.session, "csv", len(spans), func(task *lineage.Task, p int) ([]files.Guess, error) {
		found := make([]files.Guess, width)
		for _, span := range spans[p] {
			guess, err := r.csv.Infer(t.Files, span, width, task.Look)
			if err != nil {
				return nil, err
			}
			for i, g := range guess {
				found[i].Join(g)
			}
		}
		return found, nil
	}, func(_ int, found []files.Guess) {
		for i, g := range found {
			all[i].Join(g)
		}
	})
	return all, err
}

func (r *Reader) jsonSchema(t *files.Table) (Schema, error) {
	all := map[string]column.Type{}
	spans := t.Spans(r.session.DefaultParallelism())
	err := look(r.session, "json", len(spans), func(task *lineage.Task, p int) (map[string]column.Type, error) {
		found := map[string]column.Type{}
		for _, span := range spans[p] {
			types, err := files.InferJSON(t.Files, span, task.Look)
			if err != nil {
				return nil, err
			}
			for name, of := range types {
				found[name] = files.JoinJSON(found[name], of)
			}
		}
		return found, nil
	}, func(_ int, found map[string]column.Type) {
		for name, of := range found {
			all[name] = files.JoinJSON(all[name], of)
		}
	})
	return files.FieldsOf(all), err
}

// look runs a job that looks at files: ask is its tasks' work.
func look[T any](s *engine.Session, op string, parts int, ask func(t *lineage.Task, p int) (T, error), take func(p int, found T)) error {
	asked := rdd.Define(s, rdd.Definition[T]{
		Class: "FileScanRDD", Op: op, Partitions: func() (int, error) { return parts, nil },
		Compute: func(t *lineage.Task, p int) iter.Seq[T] {
			return func(yield func(T) bool) {
				found, err := ask(t, p)
				t.Check(err)
				yield(found)
			}
		},
	})
	return rdd.RunJob(asked, op, nil, func(_ *lineage.Task, rows iter.Seq[T]) (found T, err error) {
		for v := range rows {
			found = v
			break
		}
		return found, nil
	}, take)
}
