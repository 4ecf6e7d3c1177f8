package chaos

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"etincelle/engine/rdd"
)

// Where rows come from. A source's parameters are how many partitions, how many
// rows, and which ones.

func sources() []*verb {
	return []*verb{
		slice("Of", "rdd.Of(s, %v, numbers(%v, %v)...)", numbers, func(c call) *rdd.RDD[int] {
			return rdd.Of(c.world.s, c.p[0], numbers(c.p[1], c.p[2])...)
		}),
		slice("FromSlice", "rdd.FromSlice(s, %v, numbers(%v, %v))", numbers, func(c call) *rdd.RDD[int] {
			return rdd.FromSlice(c.world.s, c.p[0], numbers(c.p[1], c.p[2]))
		}),
		slice("FromSlice", "rdd.FromSlice(s, %v, names(%v, %v))", names, func(c call) *rdd.RDD[string] {
			return rdd.FromSlice(c.world.s, c.p[0], names(c.p[1], c.p[2]))
		}),
		slice("FromSlice", "rdd.FromSlice(s, %v, scores(%v, %v))", scores, func(c call) *rdd.RDD[word] {
			return rdd.FromSlice(c.world.s, c.p[0], scores(c.p[1], c.p[2]))
		}),
		slice("FromSlice", "rdd.FromSlice(s, %v, edges(%v, %v))", edges, func(c call) *rdd.RDD[pair] {
			return rdd.FromSlice(c.world.s, c.p[0], edges(c.p[1], c.p[2]))
		}),
		slice("Range", "rdd.Range(s, %[3]v, %[3]v+3*%[2]v, 3, %[1]v)", func(n, from int) []int64 {
			var all []int64
			for i := range n {
				all = append(all, int64(from+3*i))
			}
			return all
		}, func(c call) *rdd.RDD[int64] {
			from := int64(c.p[2])
			return rdd.Range(c.world.s, from, from+3*int64(c.p[1]), 3, c.p[0])
		}),
		{
			name: "FromPartitions", to: ints, form: `rdd.FromPartitions(s, "uneven", %v, uneven(%v, %v))`, draw: extent,
			model: func(c call) (known, bool) {
				var parts [][]any
				for p := range c.p[0] {
					parts = append(parts, boxed(uneven(p, c.p[1], c.p[2])))
				}
				return exactly(ints, parts), true
			},
			run: func(c call) (any, error) {
				return rdd.FromPartitions(c.world.s, "uneven", c.p[0], func(p int) ([]int, error) { return uneven(p, c.p[1], c.p[2]), nil }), nil
			},
		},
		{
			name: "Empty", to: ints, form: "rdd.Empty[int](s)", weight: rare,
			model: func(call) (known, bool) { return exactly(ints, nil), true },
			run:   func(c call) (any, error) { return rdd.Empty[int](c.world.s), nil },
		},
		{
			name: "TextFile", to: texts, form: "rdd.TextFile(s, lines(%[2]v, %[3]v), %[1]v)", draw: extent,
			model: func(c call) (known, bool) {
				if c.p[1] == 0 {
					return exactly(texts, nil), true // an empty file has no partition
				}
				lines := inOrder(boxed(names(c.p[1], c.p[2])))
				return known{parts: [][]bunch{lines}, n: unknown}, true // cut by bytes
			},
			run: func(c call) (any, error) {
				path := c.world.path(fmt.Sprint("lines", c.id))
				text := strings.Join(names(c.p[1], c.p[2]), "\n") + "\n"
				if c.p[1] == 0 {
					text = ""
				}
				err := c.world.files.Write(path, []byte(text))
				return rdd.TextFile(c.world.s, path, c.p[0]), err
			},
		},
		{
			name: "WholeTextFiles", to: words, form: "rdd.MapValues(rdd.WholeTextFiles(s, folder(%[2]v, %[3]v), %[1]v), length)", draw: extent, weight: rare,
			model: func(c call) (known, bool) {
				return known{parts: [][]bunch{{boxed(wholeFiles(c.p[1], c.p[2]))}}, n: unknown}, true
			},
			run: func(c call) (any, error) {
				folder := c.world.path(fmt.Sprint("folder", c.id))
				for _, file := range wholeFiles(c.p[1], c.p[2]) {
					if err := c.world.files.Write(folder+"/"+file.Key, make([]byte, file.Value)); err != nil {
						return nil, err
					}
				}
				whole := rdd.WholeTextFiles(c.world.s, folder, c.p[0])
				return rdd.MapToPair(whole, func(f rdd.Pair[string, string]) (string, int) {
					return f.Key[strings.LastIndexAny(f.Key, `/\`)+1:], len(f.Value)
				}), nil
			},
		},
	}
}

// slice is a source that spreads rows evenly.
func slice[T any](name, form string, rows func(n, seed int) []T, build func(call) *rdd.RDD[T]) *verb {
	return &verb{
		name: name, to: kindOf[T](), form: form, draw: extent,
		model: func(c call) (known, bool) {
			all, n := boxed(rows(c.p[1], c.p[2])), c.p[0]
			parts := make([][]any, n)
			for p := range parts {
				parts[p] = all[p*len(all)/n : (p+1)*len(all)/n]
			}
			return exactly(kindOf[T](), parts), true
		},
		run: func(c call) (any, error) { return build(c), nil },
	}
}

// extent draws a source's parameters; the rows of a large program are many, see draw.
func extent(r *rand.Rand, _ []known) []int {
	rows := r.IntN(30)
	if r.IntN(4) == 0 {
		rows = r.IntN(120)
	}
	return []int{1 + r.IntN(6), rows, r.IntN(100)}
}

// numbers are few different ones, so that keys and rows meet again.
func numbers(n, seed int) []int {
	r := rand.New(rand.NewPCG(uint64(n), uint64(seed)))
	all := make([]int, n)
	for i := range all {
		all[i] = r.IntN(n/2+9) - 5
	}
	return all
}

// names are words of up to four letters, sometimes two with a blank.
func names(n, seed int) []string {
	var all []string
	for i, x := range numbers(n, seed+1000) {
		name := strings.Repeat(string(rune('a'+(x+5)%26)), 1+(x+5)%4)
		if i%5 == 0 {
			name += " " + fmt.Sprint(x&15)
		}
		all = append(all, name)
	}
	return all
}

func scores(n, seed int) []word {
	var all []word
	xs := numbers(n, seed)
	for i, name := range names(n, seed) {
		all = append(all, rdd.KV(name, xs[i]))
	}
	return all
}

func edges(n, seed int) []pair {
	var all []pair
	to := numbers(n, seed+2000)
	for i, x := range numbers(n, seed) {
		all = append(all, rdd.KV(x, to[i]))
	}
	return all
}

// uneven is the rows of partition p: every third one is empty.
func uneven(p, n, seed int) []int {
	if p%3 == 1 {
		return nil
	}
	return numbers(n/(p+1), seed+p)
}

// wholeFiles are at least one and at most six files of some bytes.
func wholeFiles(n, seed int) (all []word) {
	for i := range 1 + n%6 {
		all = append(all, rdd.KV(fmt.Sprintf("file%d.txt", i), (seed*7+i*13)%40))
	}
	return all
}
