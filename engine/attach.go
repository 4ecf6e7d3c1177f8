package engine

// What the packages that stand on the session keep for it: its streaming
// queries, say. Each has one value, under a key of a type of its own.

// Attached is the value under key, which make makes the first time. A value with
// a method Stop() is stopped before the session is.
func (c *Core) Attached(key any, make func() any) any {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.attached[key]; ok {
		return v
	}
	if c.attached == nil {
		c.attached = map[any]any{}
	}
	v := make()
	c.attached[key] = v
	return v
}

func (c *Core) stopAttached() {
	c.mu.Lock()
	var all []interface{ Stop() }
	for _, v := range c.attached {
		if s, ok := v.(interface{ Stop() }); ok {
			all = append(all, s)
		}
	}
	c.mu.Unlock()
	for _, s := range all {
		s.Stop()
	}
}
