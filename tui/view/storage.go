package view

import (
	"fmt"
	"strings"

	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// storageLines draws what the executors keep: the cache's counters, each
// executor's memory, then each dataset with its blocks by executor.
func (p *page) storageLines(n int) canvas.Listing {
	c := p.state.Counters
	var lines canvas.Listing
	lines.Add(canvas.Text(canvas.Normal, p.word(cacheCounts, model.Facts{"hits": c.Hits, "misses": c.Misses, "evictions": c.Evictions})))
	lines.Add(canvas.Flow(p.memory(n), " · ", n)...)
	ids := p.state.KeptIDs()
	if len(ids) == 0 {
		lines.Add(nil, canvas.Text(canvas.Faint, p.word(nothingKept, nil)))
		return lines
	}
	names := 0
	for _, id := range ids {
		names = max(names, min(canvas.Columns(canvas.Clean(p.state.Label(id))), n/3))
	}
	for _, id := range ids {
		lines.Add(p.kept(id, names, n)...)
	}
	lines.Add(nil)
	lines.Add(p.legend(n, legendBlocks)...)
	return lines
}

// memory says how full each executor is: with room, as a box of memory as well.
func (p *page) memory(n int) []canvas.Line {
	var items []canvas.Line
	for _, x := range p.state.Executors {
		if x.Lost {
			items = append(items, canvas.Text(canvas.Bad, p.word(lostExecutor, model.Facts{"executor": x.Name})))
			continue
		}
		memory, disk := p.state.Used(x.Name)
		facts := model.Facts{"executor": x.Name, "memory": model.Bytes(memory), "budget": model.Bytes(x.Budget)}
		item := canvas.Text(canvas.Normal, p.word(heldBy, facts))
		if n >= roomy {
			item = canvas.Line{canvas.Say(canvas.Normal, x.Name+" "), canvas.Say(canvas.Active, box8(memory, x.Budget)), canvas.Say(canvas.Normal, " "+p.word(heldOf, facts))}
		}
		if disk > 0 {
			item = append(item, canvas.Say(canvas.Normal, " "+p.word(held, model.Facts{"disk": model.Bytes(disk)})))
		}
		switch {
		case x.Excluded:
			item = append(item, canvas.Say(canvas.Bad, " "+p.word(excludedAll, nil)))
		case len(x.Stages) > 0:
			item = append(item, canvas.Say(canvas.Bad, " "+p.word(excluded, model.Facts{"stages": numbers(x.Stages)})))
		}
		items = append(items, item)
	}
	return items
}

// box8 is how full a memory is, in eight columns: any block fills one.
func box8(used, budget int64) string {
	const columns = 8
	full := 0
	if used > 0 && budget > 0 {
		full = share(used, budget, columns)
	}
	return strings.Repeat("█", full) + strings.Repeat("░", columns-full)
}

// share is how many of so many columns a part of a whole fills: one at least.
func share(part, whole int64, columns int) int {
	return min(max(int(float64(part)/float64(whole)*float64(columns)), 1), columns)
}

func numbers(all []int) string {
	var parts []string
	for _, n := range all {
		parts = append(parts, fmt.Sprint(n))
	}
	return strings.Join(parts, ", ")
}

// kept is one dataset: name, level, partitions kept, blocks by executor.
func (p *page) kept(id, names, n int) []canvas.Line {
	d := p.state.Kept[id]
	level := p.word(noLevel, nil)
	if d.Level != "" {
		level = model.Level(d.Level)
	}
	head := canvas.Line{canvas.Say(canvas.Strong, canvas.Fit(canvas.Clean(p.state.Label(id)), names)), canvas.Say(canvas.Normal, "  "+canvas.Fit(level, min(max(canvas.Columns(level), 15), 21)))}
	if d.Level != "" || d.Partitions > 0 {
		head = append(head, canvas.Say(canvas.Normal, fmt.Sprintf(" %d/%d", p.state.Stored(id), d.Partitions)))
	}
	if _, saved := p.state.Checkpoints[id]; saved {
		head = append(head, canvas.Say(canvas.Good, "  ◆ "+p.word(checkpointed, nil)))
	}
	held := map[string]canvas.Line{}
	for _, b := range p.state.BlocksOf(id) {
		one := block(b)
		if b.Replica && b.Gone == "" {
			one = canvas.Say(one.Role, one.Text+"+")
		}
		held[b.Executor] = append(held[b.Executor], canvas.Say(canvas.Normal, " "), one)
	}
	var items []canvas.Line
	for _, x := range p.state.Executors {
		if blocks := held[x.Name]; blocks != nil {
			items = append(items, append(canvas.Text(canvas.Normal, x.Name), blocks...))
		}
	}
	rest := canvas.Flow(items, "   ", n-2)
	if len(rest) == 1 && head.Columns()+3+rest[0].Columns() <= n {
		return []canvas.Line{append(append(head, canvas.Say(canvas.Normal, "   ")), rest[0]...)}
	}
	lines := []canvas.Line{head}
	for _, l := range rest {
		lines = append(lines, append(canvas.Line{canvas.Say(canvas.Normal, "  ")}, l...))
	}
	return lines
}
