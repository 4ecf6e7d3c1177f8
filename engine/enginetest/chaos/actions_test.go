package chaos

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"

	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// What runs a job and brings an answer, which must be the model's.

// action is a verb that compares; the parameter, if the form shows one, is a digit.
func action[T any](name, form string, try func(c call, r *rdd.RDD[T], k known, n int) error) *verb {
	return &verb{
		name: name, from: []kind{kindOf[T]()}, form: form, draw: digit,
		model: func(call) (known, bool) { return known{}, true },
		run:   func(c call) (any, error) { return nil, try(c, c.in[0].(*rdd.RDD[T]), c.known[0], c.p[0]) },
	}
}

// same compares an answer with the model's.
func same[A any](want A) func(got A, err error) error {
	return func(got A, err error) error {
		if err == nil && fmt.Sprint(got) != fmt.Sprint(want) {
			err = wrong{fmt.Sprintf("the answer is %v, not %v", got, want)}
		}
		return err
	}
}

// like compares rows with the first of a dataset.
func like[T any](k known, got []T, err error) error {
	if err != nil {
		return err
	}
	if why := k.unlike(boxed(got)); why != "" {
		return wrong{why}
	}
	return nil
}

// number is the check that there are as many as there should be.
func number[T any](want int, got []T, err error) error {
	if err == nil && len(got) != want {
		return wrong{fmt.Sprintf("%d rows came, not %d", len(got), want)}
	}
	return err
}

// orEmpty is the check of an answer that an empty dataset does not have.
func orEmpty[A any](k known, answer A, err error, check func(A) error) error {
	empty := err != nil && strings.Contains(err.Error(), "empty collection")
	switch {
	case empty && k.size() == 0:
		return nil
	case empty:
		return wrong{fmt.Sprintf("the engine says that it is empty, it has %d rows", k.size())}
	case err != nil:
		return err
	case k.size() == 0:
		return wrong{fmt.Sprintf("the answer is %v, but there are no rows", answer)}
	}
	return check(answer)
}

// actions are those that any kind of row has.
func actions[T any]() []*verb {
	return []*verb{
		action("RDD.Collect", "%[1]s.Collect()", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			rows, err := r.Collect()
			return cmp.Or(number(k.size(), rows, err), like(k, rows, err))
		}),
		action("RDD.Count", "%[1]s.Count()", func(_ call, r *rdd.RDD[T], k known, _ int) error { return same(k.size())(r.Count()) }),
		action("RDD.Take", "%s.Take(%v)", func(_ call, r *rdd.RDD[T], k known, n int) error {
			rows, err := r.Take(n)
			return cmp.Or(number(min(n, k.size()), rows, err), like(k, rows, err))
		}),
		action("RDD.Explain", "%[1]s.Explain()", func(_ call, r *rdd.RDD[T], _ known, _ int) error {
			if !strings.Contains(r.Explain(), r.Lineage()) {
				return wrong{"Explain does not begin with the lineage"}
			}
			return nil
		}).seldom(),
		action("RDD.First", "%[1]s.First()", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			row, err := r.First()
			return orEmpty(k, row, err, func(row T) error { return like(k, []T{row}, nil) })
		}),
		action("RDD.ToLocalIterator", "slices.Collect(%[1]s.ToLocalIterator())", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			var rows []T
			for row, err := range r.ToLocalIterator() {
				if err != nil {
					return err
				}
				rows = append(rows, row)
			}
			return cmp.Or(number(k.size(), rows, nil), like(k, rows, nil))
		}).seldom(),
		action("RDD.ForEach", "%[1]s.ForEach(counted)", func(c call, r *rdd.RDD[T], k known, _ int) error {
			rows, total := rdd.Counter(c.world.s), rdd.NewAccumulator(c.world.s, 0, rdd.Add)
			err := r.ForEach(func(row T) {
				rows.Add(1)
				c.world.storm.row() // some have been counted, some not
				total.Add(hash(row))
			})
			want := 0
			for _, row := range k.rows() {
				want += hash(row)
			}
			return same(fmt.Sprint(k.size(), want))(fmt.Sprint(rows.Value(), total.Value()), err)
		}).often(),
		action("RDD.ForEachPartition", "%[1]s.ForEachPartition(counted)", func(c call, r *rdd.RDD[T], k known, _ int) error {
			rows, parts := rdd.Counter(c.world.s), rdd.Counter(c.world.s)
			err := r.ForEachPartition(countPartition[T](rows, parts))
			if k.n == unknown {
				return same(int64(k.size()))(rows.Value(), err)
			}
			return same(fmt.Sprint(k.size(), k.n))(fmt.Sprint(rows.Value(), parts.Value()), err)
		}),
	}
}

// merging are actions that merge rows, or put them in order.
func merging[T any]() []*verb {
	return []*verb{
		action("RDD.IsEmpty", "%[1]s.IsEmpty()", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			return same(k.size() == 0)(r.IsEmpty())
		}),
		action("RDD.Reduce", "%[1]s.Reduce(later)", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			row, err := r.Reduce(later)
			return orEmpty(k, row, err, last[T](k))
		}),
		action("Aggregate", "rdd.Aggregate(%[1]s, map[string]int{}, count, merge)", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			return same(counts(k.rows()))(rdd.Aggregate(r, map[string]int{}, tellInto[T], mergeInto))
		}),
		action("TopFunc", "rdd.TopFunc(%s, %v, byText)", func(_ call, r *rdd.RDD[T], k known, n int) error {
			rows, err := rdd.TopFunc(r, n, byText)
			want := inOrderOfText(k)
			slices.Reverse(want)
			return cmp.Or(number(min(n, len(want)), rows, err), like(inRow(want), rows, err))
		}),
		action("TakeOrderedFunc", "rdd.TakeOrderedFunc(%s, %v, byText)", func(_ call, r *rdd.RDD[T], k known, n int) error {
			rows, err := rdd.TakeOrderedFunc(r, n, byText)
			return cmp.Or(number(min(n, k.size()), rows, err), like(inRow(inOrderOfText(k)), rows, err))
		}),
		action("MaxFunc", "rdd.MaxFunc(%[1]s, byText)", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			row, err := rdd.MaxFunc(r, byText)
			return orEmpty(k, row, err, last[T](k))
		}).seldom(),
		action("MinFunc", "rdd.MinFunc(%[1]s, byText)", func(_ call, r *rdd.RDD[T], k known, _ int) error {
			row, err := rdd.MinFunc(r, byText)
			return orEmpty(k, row, err, func(got T) error { return same(text(inOrderOfText(k)[0]))(text(got), nil) })
		}).seldom(),
		action("TakeSample", "rdd.TakeSample(%[1]s, %[2]v, %[2]v)", func(_ call, r *rdd.RDD[T], k known, n int) error {
			rows, err := rdd.TakeSample(r, n, int64(n))
			return cmp.Or(number(min(n, k.size()), rows, err), like(loose(k.kind, k.rows(), unknown, placement{}), rows, err))
		}).seldom(),
	}
}

// trees are actions of several stages.
func trees[T any]() []*verb {
	return []*verb{
		action("TreeReduce", "rdd.TreeReduce(%s, later, 2+%v%%3)", func(_ call, r *rdd.RDD[T], k known, n int) error {
			row, err := rdd.TreeReduce(r, later, 2+n%3)
			return orEmpty(k, row, err, last[T](k))
		}).seldom(),
		action("TreeAggregate", "rdd.TreeAggregate(%s, map[string]int{}, count, merge, 2+%v%%3)", func(_ call, r *rdd.RDD[T], k known, n int) error {
			return same(counts(k.rows()))(rdd.TreeAggregate(r, map[string]int{}, tellInto[T], mergeInto, 2+n%3))
		}).seldom(),
	}
}

// later is the row whose text comes last.
func later[T any](a, b T) T {
	if text(a) >= text(b) {
		return a
	}
	return b
}

func byText[T any](a, b T) int { return strings.Compare(text(a), text(b)) }

// inOrderOfText is a dataset's rows by their text.
func inOrderOfText(k known) []any {
	return slices.SortedFunc(slices.Values(k.rows()), func(a, b any) int { return strings.Compare(text(a), text(b)) })
}

func inRow(rows []any) known { return known{parts: [][]bunch{inOrder(rows)}} }

// last checks that an answer is the row whose text comes last.
func last[T any](k known) func(T) error {
	return func(got T) error {
		rows := inOrderOfText(k)
		return same(text(rows[len(rows)-1]))(text(got), nil)
	}
}

func countPartition[T any](rows, parts *rdd.Accumulator[int64]) func(iter.Seq[T]) {
	return func(part iter.Seq[T]) {
		parts.Add(1)
		for range part {
			rows.Add(1)
		}
	}
}

func tellInto[T any](times map[string]int, row T) map[string]int {
	times[text(row)]++
	return times
}

func mergeInto(times, more map[string]int) map[string]int {
	for t, n := range more {
		times[t] += n
	}
	return times
}

// often makes the verb come up more.
func (v *verb) often() *verb {
	v.weight = common
	return v
}

// saved compares the lines of a folder of text.
func saved[T any](line func(T) string) *verb {
	return action("RDD.SaveAsTextFile", "%[1]s.SaveAsTextFile(folder)", func(c call, r *rdd.RDD[T], k known, _ int) error {
		folder := c.world.path(fmt.Sprint("saved", c.id))
		if err := r.SaveAsTextFile(folder); err != nil {
			return err
		}
		entries, err := c.world.files.List(folder)
		if err != nil {
			return err
		}
		var lines []any
		parts := 0
		for _, e := range entries { // in order of name
			if !strings.HasPrefix(path.Base(strings.ReplaceAll(e.Path, `\`, "/")), "part-") {
				continue
			}
			parts++
			data, err := fs.Read(c.world.files, e.Path)
			if err != nil {
				return err
			}
			lines = append(lines, boxed(slices.Collect(strings.Lines(string(data))))...)
		}
		if k.n != unknown && parts != k.n {
			return wrong{fmt.Sprintf("%d files were written, not %d", parts, k.n)}
		}
		want := k.each(texts, false, func(row any) []any { return []any{line(row.(T)) + "\n"} })
		return cmp.Or(number(want.size(), lines, nil), like(want, lines, nil))
	})
}

func distinctCounts[T comparable]() *verb {
	return action("CountByValue", "rdd.CountByValue(%[1]s)", func(_ call, r *rdd.RDD[T], k known, _ int) error {
		got, err := rdd.CountByValue(r)
		byText := map[string]int{}
		for row, n := range got {
			byText[text(row)] = n
		}
		return same(counts(k.rows()))(byText, err)
	})
}

// ofPairs are the actions by key.
func ofPairs[K cmp.Ordered]() []*verb {
	type row = rdd.Pair[K, int]
	reduced := func(k known, f func(vs []int) int) map[K]int {
		keys, of := byKey(k.rows())
		want := map[K]int{}
		for _, key := range keys {
			want[key.(K)] = f(valuesOf(of[key]))
		}
		return want
	}
	return []*verb{
		action("CountByKey", "rdd.CountByKey(%[1]s)", func(_ call, r *rdd.RDD[row], k known, _ int) error {
			return same(reduced(k, func(vs []int) int { return len(vs) }))(rdd.CountByKey(r))
		}),
		action("ReduceByKeyLocally", "rdd.ReduceByKeyLocally(%[1]s, rdd.Add)", func(_ call, r *rdd.RDD[row], k known, _ int) error {
			if r.NumPartitions() == 0 {
				return nil // an error, as in Spark
			}
			return same(reduced(k, sum))(rdd.ReduceByKeyLocally(r, rdd.Add))
		}),
		action("CollectMap", "rdd.CollectMap(%[1]s)", func(_ call, r *rdd.RDD[row], k known, _ int) error {
			got, err := rdd.CollectMap(r)
			_, of := byKey(k.rows())
			for key, v := range got {
				if !slices.Contains(valuesOf(of[key]), v) {
					return wrong{fmt.Sprintf("key %v has the value %d, none of %s", key, v, bunch(of[key]))}
				}
			}
			return number(len(of), slices.Collect(maps.Keys(got)), err)
		}),
		action("Lookup", "rdd.Lookup(%s, key(%v))", func(_ call, r *rdd.RDD[row], k known, n int) error {
			if r.NumPartitions() == 0 {
				return nil // an error, as in Spark
			}
			keys, of := byKey(k.rows())
			var key K
			if len(keys) > 0 {
				key = keys[n%len(keys)].(K)
			}
			got, err := rdd.Lookup(r, key)
			want := valuesOf(of[key])
			slices.Sort(want)
			slices.Sort(got)
			return same(want)(got, err)
		}),
	}
}

// ofNumbers are the actions on numbers.
func ofNumbers() []*verb {
	near := func(want float64) func(float64, error) error {
		return func(got float64, err error) error {
			if err == nil && (got-want > 1e-6 || want-got > 1e-6) {
				return wrong{fmt.Sprintf("the answer is %v, not %v", got, want)}
			}
			return err
		}
	}
	total := func(k known) int { return sum(unboxed[int](k.rows())) }
	return []*verb{
		action("RDD.Fold", "%[1]s.Fold(0, rdd.Add)", func(_ call, r *rdd.RDD[int], k known, _ int) error { return same(total(k))(r.Fold(0, rdd.Add)) }),
		action("Sum", "rdd.Sum(%[1]s)", func(_ call, r *rdd.RDD[int], k known, _ int) error { return near(float64(total(k)))(rdd.Sum(r)) }),
		action("Stats", "rdd.Stats(%[1]s)", func(_ call, r *rdd.RDD[int], k known, _ int) error {
			if r.NumPartitions() == 0 {
				return nil // an error, as in Spark
			}
			got, err := rdd.Stats(r)
			return cmp.Or(same(int64(k.size()))(got.Count, err), near(float64(total(k))/float64(max(k.size(), 1)))(got.Mean, err))
		}),
		action("Max", "rdd.Max(%[1]s)", func(_ call, r *rdd.RDD[int], k known, _ int) error {
			got, err := rdd.Max(r)
			return orEmpty(k, got, err, func(n int) error { return same(slices.Max(unboxed[int](k.rows())))(n, nil) })
		}),
		action("Min", "rdd.Min(%[1]s)", func(_ call, r *rdd.RDD[int], k known, _ int) error {
			got, err := rdd.Min(r)
			return orEmpty(k, got, err, func(n int) error { return same(slices.Min(unboxed[int](k.rows())))(n, nil) })
		}),
		action("Top", "rdd.Top(%s, %v)", func(_ call, r *rdd.RDD[int], k known, n int) error {
			want := slices.Sorted(slices.Values(unboxed[int](k.rows())))
			slices.Reverse(want)
			return same(want[:min(n, len(want))])(rdd.Top(r, n))
		}),
		action("TakeOrdered", "rdd.TakeOrdered(%s, %v)", func(_ call, r *rdd.RDD[int], k known, n int) error {
			want := slices.Sorted(slices.Values(unboxed[int](k.rows())))
			return same(want[:min(n, len(want))])(rdd.TakeOrdered(r, n))
		}),
		action("HistogramBy", "rdd.HistogramBy(%s, []float64{-5, %v, 20})", func(_ call, r *rdd.RDD[int], k known, n int) error {
			want := make([]int64, 2)
			for _, x := range unboxed[int](k.rows()) {
				switch {
				case x >= -5 && x < n:
					want[0]++
				case x >= n && x <= 20:
					want[1]++
				}
			}
			return same(want)(rdd.HistogramBy(r, []float64{-5, float64(n), 20}))
		}),
		action("CountApproxDistinct", "rdd.CountApproxDistinct(%[1]s, 0.2)", func(_ call, r *rdd.RDD[int], k known, _ int) error {
			return same(about(unboxed[int](k.rows())))(rdd.CountApproxDistinct(r, 0.2))
		}).seldom(),
	}
}
