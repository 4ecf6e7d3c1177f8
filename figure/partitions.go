package figure

import (
	"maps"
	"slices"

	"etincelle/grader/message"
)

// The rows of each partition of each stage that ran, as bars to one scale for
// the whole figure: stages can be compared with each other, and a bar with the
// mean of its stage.

func drawPartitions(jobs []job, w words) (drawing, []string) {
	f := barsFigure{mean: w.say(meanText, nil)}
	var said []string
	var most int64
	for _, j := range jobs {
		head := jobHead(j, w)
		said = append(said, head+".")
		var panels []panel
		for i, s := range j.Ran {
			if len(j.rows[i].rows) == 0 {
				continue // it did not run
			}
			p := describeSizes(j.rows[i], w)
			p.head = w.say(stageText, message.Facts{"stage": s.ID}) + " — " + p.head
			for k, n := range p.rows {
				most = max(most, n)
				p.values[k] = message.Number(w.language, n)
			}
			panels = append(panels, p)
			var each []string
			for k := range p.names {
				each = append(each, w.sentence(p.names[k], p.values[k]))
			}
			if rest := list(append(each, p.more, p.about)...); rest != "" {
				said = append(said, w.sentence(p.head, rest)+".")
			} else {
				said = append(said, p.head+".")
			}
		}
		f.heads, f.panels = append(f.heads, head), append(f.panels, panels)
	}
	for _, panels := range f.panels {
		for i := range panels {
			panels[i].most = most
		}
	}
	return f, said
}

// describeSizes puts the sizes of a stage's partitions into words.
func describeSizes(of sizes, w words) panel {
	var p panel
	var total, largest int64
	for _, n := range slices.Sorted(maps.Keys(of.rows)) {
		total, largest = total+of.rows[n], max(largest, of.rows[n])
		if len(p.rows) < maxParts {
			p.names = append(p.names, w.say(partitionText, message.Facts{"partition": n}))
			p.rows = append(p.rows, of.rows[n])
		}
	}
	p.values = make([]string, len(p.rows))
	count := len(of.rows)
	p.mean = float64(total) / float64(count)
	if total == 0 {
		return panel{head: w.say(partitionsText, message.Facts{"partitions": count}) + ", " + w.say(uncountedText, nil)}
	}
	p.head = w.say(partitionsText, message.Facts{"partitions": count}) + ", " + w.rows(total) + " " + w.say(meaningText[of.meaning], nil)
	p.about = w.say(imbalanceText, message.Facts{"ratio": float64(largest) / p.mean})
	if left := count - len(p.rows); left > 0 {
		p.more = w.say(moreText, message.Facts{"more": left})
	}
	return p
}
