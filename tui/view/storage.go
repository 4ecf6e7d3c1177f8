package view

import (
	"fmt"

	"etincelle/tui/model"
)

// storageLines draws what the executors keep: the cache's counters, each
// executor's memory, then each dataset with its blocks by executor.
func (p *page) storageLines(n int) listing {
	c := p.state.Counters
	var lines listing
	lines.add(text(normal, p.word(cacheCounts, model.Facts{"hits": c.Hits, "misses": c.Misses, "evictions": c.Evictions})))
	lines.add(flow(p.memory(), " · ", n)...)
	ids := p.state.KeptIDs()
	if len(ids) == 0 {
		lines.add(nil, text(faint, p.word(nothingKept, nil)))
		return lines
	}
	names := 0
	for _, id := range ids {
		names = max(names, min(textWidth(clean(p.state.Label(id))), n/3))
	}
	for _, id := range ids {
		lines.add(p.kept(id, names, n)...)
	}
	lines.add(nil)
	lines.add(p.legend(n, legendBlocks)...)
	return lines
}

// memory says how full each executor is.
func (p *page) memory() []line {
	var items []line
	for _, x := range p.state.Executors {
		if x.Lost {
			items = append(items, text(bad, p.word(lostExecutor, model.Facts{"executor": x.Name})))
			continue
		}
		memory, disk := p.state.Used(x.Name)
		item := text(normal, p.word(heldBy, model.Facts{"executor": x.Name, "memory": model.Bytes(memory), "budget": model.Bytes(x.Budget)}))
		if disk > 0 {
			item = append(item, say(normal, " "+p.word(held, model.Facts{"disk": model.Bytes(disk)})))
		}
		items = append(items, item)
	}
	return items
}

// kept is one dataset: name, level, partitions kept, blocks by executor.
func (p *page) kept(id, names, n int) []line {
	d := p.state.Kept[id]
	level := p.word(noLevel, nil)
	if d.Level != "" {
		level = model.Level(d.Level)
	}
	head := line{say(strong, fit(clean(p.state.Label(id)), names)), say(normal, "  "+fit(level, min(max(textWidth(level), 15), 21)))}
	if d.Level != "" || d.Partitions > 0 {
		head = append(head, say(normal, fmt.Sprintf(" %d/%d", p.state.Stored(id), d.Partitions)))
	}
	if _, saved := p.state.Checkpoints[id]; saved {
		head = append(head, say(good, "  ◆ "+p.word(checkpointed, nil)))
	}
	held := map[string]line{}
	for _, b := range p.state.BlocksOf(id) {
		held[b.Executor] = append(held[b.Executor], say(normal, " "), block(b))
	}
	var items []line
	for _, x := range p.state.Executors {
		if blocks := held[x.Name]; blocks != nil {
			items = append(items, append(text(normal, x.Name), blocks...))
		}
	}
	rest := flow(items, "   ", n-2)
	if len(rest) == 1 && head.width()+3+rest[0].width() <= n {
		return []line{append(append(head, say(normal, "   ")), rest[0]...)}
	}
	lines := []line{head}
	for _, l := range rest {
		lines = append(lines, append(line{say(normal, "  ")}, l...))
	}
	return lines
}
