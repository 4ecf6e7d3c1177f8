package view

import (
	"fmt"

	"etincelle/tui/canvas"
	"etincelle/tui/model"
)

// storageLines draws what the executors keep: the cache's counters, each
// executor's memory, then each dataset with its blocks by executor.
func (p *page) storageLines(n int) canvas.Listing {
	c := p.state.Counters
	var lines canvas.Listing
	lines.Add(canvas.Text(canvas.Normal, p.word(cacheCounts, model.Facts{"hits": c.Hits, "misses": c.Misses, "evictions": c.Evictions})))
	lines.Add(canvas.Flow(p.memory(), " · ", n)...)
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

// memory says how full each executor is.
func (p *page) memory() []canvas.Line {
	var items []canvas.Line
	for _, x := range p.state.Executors {
		if x.Lost {
			items = append(items, canvas.Text(canvas.Bad, p.word(lostExecutor, model.Facts{"executor": x.Name})))
			continue
		}
		memory, disk := p.state.Used(x.Name)
		item := canvas.Text(canvas.Normal, p.word(heldBy, model.Facts{"executor": x.Name, "memory": model.Bytes(memory), "budget": model.Bytes(x.Budget)}))
		if disk > 0 {
			item = append(item, canvas.Say(canvas.Normal, " "+p.word(held, model.Facts{"disk": model.Bytes(disk)})))
		}
		items = append(items, item)
	}
	return items
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
		held[b.Executor] = append(held[b.Executor], canvas.Say(canvas.Normal, " "), block(b))
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
